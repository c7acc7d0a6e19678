"""Whether a draft may be opened: by itself, and beside what was asked before."""

from handlers.surveys.rules import Wave, may_ask_again
from storage.questions import Fault, Manifest
from storage.surveys import State, Survey, Surveys


def faults(surveys: Surveys, found: Survey) -> dict[Fault, str]:
    """Why a draft may not be opened today, and for some faults the id of the question; empty: it may.

    Compared with surveys that gave a result, or may still give one: of a void one nobody knows anything.
    """
    amiss = surveys.faults(found.id)
    if found.draft is None:
        return amiss
    for earlier in surveys.all(State.OPEN, State.SHUT, State.CLOSED):
        again = earlier.manifest and found.draft.asks_again(earlier.manifest)
        if (
            earlier.manifest
            and again
            and not may_ask_again(earlier.manifest, surveys.today(), wave(surveys, earlier.manifest))
        ):
            amiss.setdefault(Fault.AGAIN, again)
    return amiss


def wave(surveys: Surveys, earlier: Manifest) -> Wave:
    """How the community has changed since a survey, from monthly figures: no list of those who were asked is kept."""
    since, then = surveys.joined(earlier.opens_on)
    return Wave(earlier.audience, surveys.members(), since, then)
