"""Leaving: one transaction erases a member and every trace of them.  Nothing says that they were here."""

from storage.communities import Settings
from storage.invitations import Invitations
from storage.notebook import Notes
from storage.outbox import Outbox
from storage.people import People
from storage.waves import Waves
from storage.work import Work


def leave(work: Work, community: str, member_id: str) -> None:
    """Erase a member: accounts, sessions, habits, answers, reactions, messages, and what surfaces keep of them.

    Shared messages that show what they told are the caller's to have drawn again.
    """
    people = People(work, community)
    for who in people.handles(member_id, reachable_only=False):
        for page in (f"inbox/{who.user}", f"@{who.user}"):
            Notes(work, community, who.surface).tear(page, None)
    Outbox(work, community).forget(member_id)
    hidden = Settings(work, community).get().preset.hides
    Invitations(work, community).leave(member_id, hidden=hidden)
    Waves(work, community).leave(member_id)
    people.remove(member_id)
