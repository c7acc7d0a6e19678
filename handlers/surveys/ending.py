"""The last day of a survey is over: it is counted and shown, or destroyed unread."""

from collections.abc import Sequence
from typing import Any

from handlers.surveys.authoring.announcing import ask_to_unlock
from handlers.surveys.rules import release
from storage import closing
from storage.closing import Ended, Held
from storage.errands import Errand
from storage.work import Work


def due(work: Work) -> Sequence[Errand[Any]]:
    """The closes whose time has come."""
    return [_close(community, survey) for community, survey in closing.due(work)]


def _close(community: str, survey: str) -> Errand[Ended | Held]:
    """Close it; where that needs its trustees, they are asked."""
    ended = yield from closing.close(community, survey, release)
    if ended is Held.TRUSTEES:
        yield lambda work: ask_to_unlock(work, community, survey)
    return ended
