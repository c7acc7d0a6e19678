"""Who may see a member: setting it, and what has to follow in rows that others read."""

from storage.invitations import Invitations
from storage.people import People
from storage.presets import Level
from storage.roster import Roster
from storage.work import Work


def show(work: Work, community: str, member_id: str, level: Level) -> None:
    """From now on they are seen by these.

    Who is hidden stands on the roster as if they had never joined, and the link they joined by as if it was never used.

    Shared messages that name them are the caller's to have drawn again, see `handlers.features.show`.
    """
    People(work, community).show(member_id, level)
    if level is Level.HIDDEN:
        Roster(work, community).hide(member_id)
        Invitations(work, community).hide(member_id)
