"""Named polls: who comes, which date.  Whoever answers is named, as the poll says from its first word on."""

from bot.router import Router
from handlers.feature import Feature
from handlers.polls import about, conversation, desk, home, nudges, texts

feature = Feature(
    "polls",
    Router.merged([conversation.router, desk.router]),
    planners=nudges.PLANNERS,
    drawers=nudges.DRAWERS,
    manners=nudges.MANNERS,
    home=home.home,
    audited=texts.AUDITED,
    about=about.about,
    export=about.export,
    leave=nudges.redraw,
    seen=nudges.redraw,
)
