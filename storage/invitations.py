"""Invitations: a link for one person, and who has come in by it.

A link carries a code.  The code is made from the keys and the id of its row, so it is stored nowhere, can be shown to
its sender again, and a copy of the database opens nothing.  It works until somebody has joined by it, its last day is
over, or it was revoked; until then, whoever comes in by it gets a seat: a guest of the portal, or a chat account that
typed the code.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from bot.people import Handle
from storage.people import People, handle_tag
from storage.tables import door_session, handle, invitation, seat
from storage.work import Shelf, Work

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that look alike
CODE_LENGTH = 16  # 79 bits
GUEST = "guest-"  # begins the name of a guest of the portal
SEAT_LIVES = timedelta(hours=24)  # after that, the link is used again
ABOUT_BYTES = 1024
PORTAL, SESSION_LIVES = "portal", timedelta(days=14)


class Kind(StrEnum):
    """Why somebody gets a link."""

    PERSONAL = "personal"  # the secretariat writes to them
    REFERRAL = "referral"  # a member asked for it
    LEAVER = "leaver"  # at an exit interview


class State(StrEnum):
    """What has become of a link."""

    ASKED = "asked"  # a person has to approve
    PLANNED = "planned"  # approved, and not yet its turn
    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Invitation:
    """One link.  `name` is what its sender wrote for whoever opens it, or ""; nothing else of the invitee is shown."""

    id: str
    community: str
    kind: Kind
    state: State
    wave: str
    invitee: str
    member: str
    language: str
    name: str
    note: str
    opened_on: date | None
    sent_on: date | None
    expires_on: date | None


def plain(code: str) -> str:
    """A code as compared: capitals, without blanks and dashes; of a whole link, its code."""
    return "".join(letter for letter in code.rpartition("/")[2].upper() if letter in CODE_LETTERS)


def is_guest(who: Handle) -> bool:
    """Whether a handle is that of somebody who came in by a link and has not joined."""
    return who.surface == PORTAL and who.user.startswith(GUEST)


def of_guest(work: Work, community: str, who: Handle) -> Invitation | None:
    """The link that this handle came in by, as long as it can be joined by.

    Two turns that ask for the same link come one after the other.
    """
    return Invitations(work, community).held_by(who)


def accept(work: Work, community: str, guest: Handle, member_id: str) -> None:
    """A member was made of whoever holds this handle: the link they came in by is used up.

    A guest of the portal becomes the member there, in the same session.  Does nothing for any other handle.
    """
    Invitations(work, community).accept(guest, member_id)


class Invitations(Shelf):
    """The links of one community."""

    def held_by(self, who: Handle) -> Invitation | None:
        """The link that this handle came in by, if it still works; locked until the turn ends."""
        mine = seat.c.tag == handle_tag(self.work.keys, who)
        now = seat.c.expires_at > self.work.now
        joined = invitation.join(
            seat,
            sa.and_(seat.c.community_id == invitation.c.community_id, seat.c.invitation_id == invitation.c.id),
        )
        row = self.run(
            self._rows(joined, *invitation.c, scope=invitation)
            .where(mine, now, *self._works())
            .with_for_update(of=invitation)
        ).one_or_none()
        return self._invitation(row) if row else None

    def accept(self, who: Handle, member_id: str) -> None:
        """See `accept`."""
        held = self.held_by(who)
        if held is None:
            return
        self._update(held.id, state=State.USED, joined_tag=self._joined(member_id))
        mine = handle_tag(self.work.keys, who)
        session = self.run(self._rows(seat, seat.c.session_tag).where(seat.c.tag == mine)).scalar()
        if session:
            self._put(door_session, tag=session, member_id=member_id, expires_at=self.work.now + SESSION_LIVES)
            people = People(self.work, self.community)
            self.run(self._remove(handle).where(handle.c.tag == mine))
            people.add_handle(member_id, Handle(PORTAL, self.community, member_id))
        self.run(self._remove(seat).where(seat.c.invitation_id == held.id))

    def _works(self) -> tuple[sa.ColumnElement[bool], ...]:
        return (invitation.c.state == State.OPEN, invitation.c.expires_on >= self.work.now.date())

    def _update(self, invitation_id: str, **values: Any) -> None:
        self.run(self._change(invitation).where(invitation.c.id == invitation_id).values(**values))

    def _joined(self, member_id: str) -> bytes:
        return self.work.keys.tag("joined", self.community, member_id)

    def _invitation(self, row: sa.Row[Any]) -> Invitation:
        about: dict[str, str] = json.loads(self.work.keys.open(row.about_sealed))
        return Invitation(
            row.id,
            self.community,
            Kind(row.kind),
            State(row.state),
            row.wave_id or "",
            row.invitee_id or "",
            row.member_id or "",
            row.language,
            about.get("name", ""),
            about.get("note", ""),
            row.opened_on,
            row.sent_on,
            row.expires_on,
        )
