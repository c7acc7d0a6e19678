"""わたしの情報: everything stored about a member, theirs to see, change, take along and erase."""

from handlers.feature import Feature
from handlers.me import conversation, nudges

feature = Feature(
    "me",
    conversation.router,
    planners={nudges.STILL: nudges.plan},
    drawers={nudges.STILL: nudges.draw},
    manners=nudges.MANNERS,
    settle=nudges.settle,
)
