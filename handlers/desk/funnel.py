"""How many came how far: roster, invitations, members, first words; nothing is counted that is not stored anyway."""

from collections.abc import Mapping

from handlers.desk import rules
from handlers.turn import Turn
from storage.checkins import Checkins
from storage.communities import Settings
from storage.roster import Roster, State

KEPT = "funnel"  # where a community's settings hold this month's numbers


def counts(turn: Turn) -> Mapping[str, int]:
    """The numbers that may be shown.

    Where they are floored they also stay the same for a month, so that no two looks tell who came or went.
    """
    preset = turn.community.preset
    if preset.floor == 1:
        return _now(turn)
    month = rules.month(turn.now.date())
    kept = turn.community.settings.get(KEPT) or {}
    if kept.get("month") == month:
        return dict(kept.get("counts") or {})
    fresh = rules.shown(_now(turn), preset)
    Settings(turn.work, turn.community.id).change(KEPT, {"month": month, "counts": fresh})
    return fresh


def _now(turn: Turn) -> dict[str, int]:
    states = Roster(turn.work, turn.community.id).counts()
    preset = turn.community.preset
    invited = states[State.INVITED] + states[State.JOINED]
    return {
        "imported": states[State.IMPORTED] + invited,
        "invited": invited,
        "joined": rules.together(turn.people.levels(), preset),
        "told": rules.together(Checkins(turn.work, turn.community.id).tellers(), preset),
    }
