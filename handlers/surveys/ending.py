"""The last day of a survey is over: it is counted and shown, or destroyed unread."""

from collections.abc import Sequence
from typing import Any

from handlers.surveys.rules import release
from storage import closing
from storage.errands import Errand
from storage.work import Work


def due(work: Work) -> Sequence[Errand[Any]]:
    """The closes whose time has come."""
    return [closing.close(community, survey, release) for community, survey in closing.due(work)]
