"""Sealed surveys: what may be shown of them stands in `rules.py`; what they are, in `storage/surveys.py`."""

from bot.router import Router
from handlers.feature import Feature
from handlers.surveys import about, ending, texts
from handlers.turn import Turn

router: Router[Turn] = Router()
feature = Feature("surveys", router, due=ending.due, audited=texts.AUDITED, export=about.export)
