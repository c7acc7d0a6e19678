"""Leaving: one transaction erases a member and every trace of them.  Nothing says that they were here."""

from storage import trustees
from storage.apart import Apart
from storage.asked import Asked
from storage.attendance import Attendance
from storage.ballots import Ballots
from storage.cohorts import Cohorts
from storage.exchange import Exchange
from storage.invitations import Invitations
from storage.meetings import Meetings
from storage.notebook import Notes
from storage.outbox import Outbox
from storage.people import People, handle_tag
from storage.polls import Polls
from storage.series import SeriesShelf
from storage.todos import Todos
from storage.waves import Waves
from storage.work import Work

BY_HAND = {  # tables that name a member and do not lose their rows with the member's own
    "nudge": "deleted: its member may be a person who is no member, or a shared room",
    "invitation": "deleted, or without its sender: somebody else's link must not end",
    "poll": "without its organiser: what others voted on must not end",
    "wave": "without who picked it: the links in it must not end",
}


def leave(work: Work, community: str, member_id: str) -> None:
    """Erase a member: accounts, sessions, habits, answers, reactions, messages, and what surfaces keep of them.

    Shared messages that show what they told are the caller's to have drawn again.
    """
    work.erases = True
    people, outbox = People(work, community), Outbox(work, community)
    for who in people.handles(member_id, reachable_only=False):
        for page in (f"inbox/{who.user}", f"@{who.user}"):
            Notes(work, community, who.surface).tear(page, None)
        outbox.forget_account(handle_tag(work.keys, who))
    outbox.forget(member_id)
    Ballots(work, community).forget(member_id)
    Asked(work, community).forget(member_id)
    trustees.forget(work, community, member_id)
    Invitations(work, community).leave(member_id)
    Waves(work, community).leave(member_id)
    Polls(work, community).leave(member_id)
    Cohorts(work, community).erase(member_id)
    Attendance(work, community).leave(member_id)
    Apart(work, community).leave(member_id)
    Exchange(work, community).leave(member_id)
    SeriesShelf(work, community).leave(member_id)
    Meetings(work, community).leave(member_id)
    Todos(work, community).leave(member_id)
    people.remove(member_id)
