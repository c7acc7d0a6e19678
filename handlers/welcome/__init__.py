"""Joining, agreeing, who sees one, and the first weeks."""

from bot.router import Router
from handlers.feature import Feature
from handlers.welcome import conversation, desk, introducing, nudges, texts
from handlers.welcome.conversation import asks_again, hello

feature = Feature(
    "welcome",
    Router.merged([conversation.router, introducing.router, desk.router]),
    drawers=nudges.DRAWERS,
    manners=nudges.MANNERS,
    audited={desk.CHANGED: texts.AUDIT_CHANGED},
    about=introducing.about,
    export=introducing.export,
    leave=nudges.revise,
    seen=nudges.revise,
    after=asks_again,
)

__all__ = ["feature", "hello"]
