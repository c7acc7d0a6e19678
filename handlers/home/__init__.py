"""The menu, the home page, several accounts, and the language one reads."""

from handlers.feature import Feature
from handlers.home import conversation, nudges

DRAWERS = {nudges.ASK_BACK: nudges.draw_ask_back}
feature = Feature("home", conversation.router, drawers=DRAWERS, manners=nudges.MANNERS)
