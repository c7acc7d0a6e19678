"""How much we write to somebody: what came and why, what waits, what was held back, and how to have less of it."""

from bot.router import Router
from handlers.feature import Feature
from handlers.nudges import conversation, desk, texts
from handlers.nudges.dressing import MANNERS, draw_rest
from storage.manners import REST

feature = Feature(
    "nudges",
    Router.merged([conversation.router, desk.router]),
    drawers={REST: draw_rest},
    manners=MANNERS,
    home=conversation.home,
    about=conversation.about,
    audited={"nudges.settings": texts.AUDIT_SETTINGS},
)
