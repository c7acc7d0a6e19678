"""The menu, the home page, joining, and the language one reads."""

from handlers.feature import Feature
from handlers.home import conversation, nudges

DRAWERS = {nudges.HELLO: nudges.draw_hello, nudges.ASK_BACK: nudges.draw_ask_back}
feature = Feature("home", conversation.router, drawers=DRAWERS, manners=nudges.MANNERS)
