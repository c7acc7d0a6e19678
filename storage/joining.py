"""One person, several accounts: a join is made only by a code that both accounts confirm, never by guessing.

The first account gets a code; whoever types it elsewhere names their account; the first account then says yes.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from bot.people import Handle
from storage import trustees
from storage.apart import Apart
from storage.asked import Asked
from storage.attendance import Attendance
from storage.ballots import Ballots
from storage.cohorts import Cohorts
from storage.exchange import Exchange
from storage.invitations import Invitations, is_guest
from storage.meetings import Meetings
from storage.people import Area, People, everywhere
from storage.polls import Polls
from storage.series import SeriesShelf
from storage.stops import Stops
from storage.tables import cheer, entry, feed, habit, handle, invitee, joining, member, nudge, wave
from storage.todos import Todos
from storage.work import Shelf, Work

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that look alike
CODE_LENGTH = 10  # 49 bits, for an hour, of accounts that Slack or Teams has signed in
LIVES = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Offer:
    """An open offer.  `other` is the account that typed the code, or None."""

    community: str
    member: str
    other: Handle | None


def plain(code: str) -> str:
    """A code as compared: capitals, without blanks and dashes."""
    return "".join(letter for letter in code.upper() if letter in CODE_LETTERS)


def find(work: Work, code: str) -> Offer | None:
    """The open offer of a code, in whichever community: it names its community itself."""
    tag = work.keys.tag("joining", plain(code))
    row = work.connection.execute(
        sa.select(joining).where(joining.c.tag == tag, joining.c.expires_at > work.now)
    ).one_or_none()
    if row is None:
        return None
    other = Handle.parse(work.keys.open(row.other_sealed)) if row.other_sealed else None
    return Offer(row.community_id, row.member_id, other)


def forget(work: Work) -> int:
    """Drop expired offers.  Returns how many."""
    return work.connection.execute(sa.delete(joining).where(joining.c.expires_at <= work.now)).rowcount


class Joins(Shelf):
    """The offers of one community."""

    def offer(self, member_id: str) -> str:
        """A code for this member; an earlier one of theirs ends."""
        self.run(self._remove(joining).where(joining.c.member_id == member_id))
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        tag = self.work.keys.tag("joining", code)
        self._put(joining, tag=tag, member_id=member_id, expires_at=self.work.now + LIVES)
        return code

    def take(self, code: str, other: Handle) -> None:
        """This account typed the code; whose code it is has to say yes."""
        sealed = self.work.keys.seal(str(other))
        tag = self.work.keys.tag("joining", plain(code))
        self.run(self._change(joining).where(joining.c.tag == tag).values(other_sealed=sealed))

    def taken_by(self, member_id: str) -> Handle | None:
        """Which account typed this member's code, if any."""
        sealed = self.run(
            self._rows(joining, joining.c.other_sealed).where(
                joining.c.member_id == member_id, joining.c.expires_at > self.work.now
            )
        ).scalar()
        return Handle.parse(self.work.keys.open(sealed)) if sealed else None

    def drop(self, member_id: str) -> None:
        """No: the offer ends."""
        self.run(self._remove(joining).where(joining.c.member_id == member_id))

    def join(self, member_id: str, other: Handle) -> bool:
        """Both said yes: the account is this member's.  False when it is so already.

        When the account was another member of this community, what that one told, gave and owns moves to this one, and
        that one is no more; settings stay those of the member who offered, and the higher role.
        """
        self.drop(member_id)
        people = People(self.work, self.community)
        was = next((one for one in everywhere(self.work, other) if one.community.id == self.community), None)
        if is_guest(other):  # of a link: whoever came in by it is this member, and the link is used up
            links = Invitations(self.work, self.community)
            if links.held_by(other) is None:
                return False
            links.accept(other, member_id)
            return True
        if was is None:
            return people.add_handle(member_id, other)
        if was.id == member_id:
            return False
        kept = people.get(member_id)
        if kept and was.role.rank > kept.role.rank:  # one person: a community does not lose its owner by this
            people.appoint(member_id, was.role, [Area(area) for area in was.areas])
        self._merge(was.id, member_id)
        return True

    def _merge(self, gone: str, kept: str) -> None:
        Invitations(self.work, self.community).merge(gone, kept)
        Ballots(self.work, self.community).merge(gone, kept)
        Asked(self.work, self.community).forget(gone, instead=kept)
        trustees.merge(self.work, self.community, gone, kept)
        Stops(self.work, self.community).merge(gone, kept)
        Polls(self.work, self.community).merge(gone, kept)
        Cohorts(self.work, self.community).merge(gone, kept)
        Attendance(self.work, self.community).merge(gone, kept)
        Apart(self.work, self.community).merge(gone, kept)
        Meetings(self.work, self.community).leave(gone, kept)
        Todos(self.work, self.community).leave(gone, kept)
        Exchange(self.work, self.community).merge(gone, kept)
        SeriesShelf(self.work, self.community).leave(gone, kept)
        for table in (handle, entry, nudge, invitee, wave, feed):
            self.run(self._change(table).where(table.c.member_id == gone).values(member_id=kept))
        both = self._rows(cheer, cheer.c.entry_id, cheer.c.kind).where(cheer.c.member_id == kept)
        for entry_id, kind in self.run(both).all():  # a reaction is one person's once
            same = (cheer.c.entry_id == entry_id, cheer.c.kind == kind, cheer.c.member_id == gone)
            self.run(self._remove(cheer).where(*same))
        self.run(self._change(cheer).where(cheer.c.member_id == gone).values(member_id=kept))
        own = self._rows(entry, entry.c.id).where(entry.c.member_id == kept)
        self.run(self._remove(cheer).where(cheer.c.member_id == kept, cheer.c.entry_id.in_(own)))
        self.run(self._remove(habit).where(habit.c.member_id == gone))
        self.run(self._remove(member).where(member.c.id == gone))
