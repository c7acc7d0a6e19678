"""Invitations: a link for one person, and who has come in by it.

A link carries a code.  The code is made from the keys and the id of its row, so it is stored nowhere, can be shown to
its sender again, and a copy of the database opens nothing.  It works until somebody has joined by it, its last day is
over, or it was revoked; until then, whoever comes in by it gets a seat: a guest of the portal, or a chat account that
typed the code.

Where nobody may know that somebody is a member, a used link is stored as `_QUIET` and reads as an open one everywhere:
its sender sees no difference, whatever they do with it.
"""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from bot.codes import LETTERS, of_link, plain, spelled
from bot.people import Handle
from bot.portal.door import SESSION_LIVES
from storage import ids
from storage.people import People, handle_tag
from storage.presets import Level
from storage.roster import Person, Roster
from storage.tables import door_session, handle, invitation, seat, wave
from storage.work import Shelf, Work

CODE_LENGTH = 16  # 79 bits
PORTAL = "portal"
GUEST = "guest-"  # begins the name of a guest of the portal
SEAT_LIVES = timedelta(hours=24)  # after that, the link is used again
ABOUT_BYTES = 1024
NOTE_MAX = 200  # characters
KEPT = timedelta(days=30)  # after its last day, so that its sender still sees whom they wrote to


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


_QUIET = "quiet"  # used, and to be told by nobody


@dataclass(frozen=True, slots=True)
class Invitation:
    """One link.  `name` is what its sender wrote for whoever opens it, or ""; nothing else of the invitee is shown."""

    id: str
    community: str
    kind: Kind
    state: State
    wave: str
    invitee: str  # of the roster, or ""
    member: str  # the secretary who sends it, the member who asked for it; "": they have left
    language: str
    name: str
    note: str
    mail: str  # as its sender wrote it, to be compared with the do-not-invite list
    opened_on: date | None
    sent_on: date | None
    expires_on: date | None


def is_guest(who: Handle) -> bool:
    """Whether a handle is that of somebody who came in by a link and has not joined."""
    return who.surface == PORTAL and who.user.startswith(GUEST)


def find(work: Work, code: str) -> Invitation | None:
    """The link of a code, in whichever community, if it works; locked until the turn ends."""
    tag = work.keys.tag("invitation", of_link(code))
    where = sa.select(invitation.c.community_id).where(invitation.c.tag == tag)
    community = work.connection.execute(where).scalar()
    return Invitations(work, community).working(tag) if community else None


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


def sit(work: Work, community: str, invitation_id: str, session: bytes) -> str:
    """A new guest of the portal, known by the tag of a session.  Returns the guest's name there."""
    return Invitations(work, community).sit(invitation_id, session)


def visiting(work: Work, session: bytes) -> tuple[Invitation, str] | None:
    """The link a session came in by and the guest's name, or None when it no longer works."""
    row = work.connection.execute(
        sa.select(seat.c.community_id, seat.c.id).where(seat.c.session_tag == session, seat.c.expires_at > work.now)
    ).one_or_none()
    if row is None:
        return None
    name = GUEST + row.id
    held = Invitations(work, row.community_id).held_by(Handle(PORTAL, row.community_id, name), lock=False)
    return (held, name) if held else None


def stand(work: Work, session: bytes) -> None:
    """A guest goes; the link stays as it is."""
    work.connection.execute(sa.delete(seat).where(seat.c.session_tag == session))


def forget(work: Work) -> int:
    """Drop links whose last day is long over, and seats that are over.  Returns how many."""
    before = (work.now - KEPT).date()
    links = work.connection.execute(sa.delete(invitation).where(invitation.c.expires_on < before)).rowcount
    whose = (invitation.c.community_id == wave.c.community_id, invitation.c.wave_id == wave.c.id)
    empty = sa.and_(wave.c.asked_on < before, ~sa.exists().where(*whose))
    links += work.connection.execute(sa.delete(wave).where(empty)).rowcount
    return links + work.connection.execute(sa.delete(seat).where(seat.c.expires_at <= work.now)).rowcount


class Invitations(Shelf):
    """The links of one community."""

    # --- made, shown, taken back -------------------------------------------------------------------

    def add(
        self,
        kind: Kind,
        state: State,
        member_id: str,
        *,
        language: str,
        name: str = "",
        mail: str = "",
        invitee: str = "",
        wave: str = "",
        last_day: date,
    ) -> str:
        """A new link that does not work yet; what nobody approves is forgotten after `last_day`.  Returns the id."""
        invitation_id = ids.fresh()
        self._put(
            invitation,
            id=invitation_id,
            kind=str(kind),
            state=str(state),
            tag=self.work.keys.tag("invitation", plain(self.code(invitation_id))),
            wave_id=wave or None,
            invitee_id=invitee or None,
            member_id=member_id,
            language=language,
            about_sealed=self._about({"name": name, "mail": mail}),
            expires_on=last_day,
        )
        return invitation_id

    def code(self, invitation_id: str) -> str:
        """What the link carries: made from the keys, so that it is stored nowhere."""
        number = int.from_bytes(self.work.keys.tag("invitation code", self.community, invitation_id))
        letters = []
        for _ in range(CODE_LENGTH):
            number, letter = divmod(number, len(LETTERS))
            letters.append(LETTERS[letter])
        return spelled("".join(letters))

    def get(self, invitation_id: str) -> Invitation | None:
        """One, or None."""
        return next(iter(self._all(invitation.c.id == invitation_id)), None)

    def waiting(self) -> list[Invitation]:
        """Those outside of waves that a person has to approve, in the order of ids."""
        return self._all(invitation.c.state == State.ASKED, invitation.c.wave_id.is_(None))

    def of_member(self, member_id: str, *states: State) -> list[Invitation]:
        """What somebody sends or asked for, in the order of ids."""
        stored = [*states, *([_QUIET] if State.OPEN in states else [])]
        return self._all(invitation.c.member_id == member_id, invitation.c.state.in_(stored))

    def of_wave(self, wave_id: str) -> list[Invitation]:
        """Those of a wave, in the order of ids."""
        return self._all(invitation.c.wave_id == wave_id)

    def taken(self) -> set[str]:
        """Who of the roster has a link, or is to get one."""
        on = self._rows(invitation, invitation.c.invitee_id).where(invitation.c.invitee_id.is_not(None))
        alive = sa.or_(invitation.c.state != State.REVOKED, invitation.c.sent_on.is_not(None))
        return set(self.run(on.where(alive)).scalars())

    def used_by(self, member_id: str) -> Invitation | None:
        """The link that a member joined by, if it is still known."""
        return next(iter(self._all(invitation.c.joined_tag == self._joined(member_id))), None)

    def opened_since(self, member_id: str, day: date) -> int:
        """How many personal links somebody was given since a local date."""
        mine = self._rows(invitation, sa.func.count()).where(invitation.c.member_id == member_id)
        since = (invitation.c.kind == Kind.PERSONAL, invitation.c.opened_on >= day)
        return int(self.run(mine.where(*since)).scalar_one())

    def open(self, invitation_id: str, today: date, last_day: date) -> bool:
        """From now on the link works.  False when it was open, used or revoked already."""
        waits = invitation.c.state.in_([State.ASKED, State.PLANNED])
        opened = self.run(
            self._change(invitation)
            .where(invitation.c.id == invitation_id, waits)
            .values(state=str(State.OPEN), opened_on=today, expires_on=last_day)
        ).rowcount
        found = self.get(invitation_id)
        if opened and found and found.invitee:
            Roster(self.work, self.community).invited(found.invitee)
        return bool(opened)

    def tick(self, invitation_id: str, today: date | None) -> None:
        """Its sender says that they sent it, or that they did not."""
        self._update(invitation_id, sent_on=today)

    def note(self, invitation_id: str, text: str) -> None:
        """What its sender wants to remember of it."""
        if found := self.get(invitation_id):
            self._update(
                invitation_id, about_sealed=self._about({"name": found.name, "mail": found.mail, "note": text})
            )

    def revoke(self, invitation_id: str) -> None:
        """The link works no more, and whoever came in by it without joining is out.  A used one stays as it is."""
        live = invitation.c.state.not_in([State.USED, State.REVOKED])
        one = self._change(invitation).where(invitation.c.id == invitation_id, live)
        if self.run(one.values(state=str(State.REVOKED))).rowcount:
            self.run(self._remove(seat).where(seat.c.invitation_id == invitation_id))

    def drop(self, invitation_id: str) -> None:
        """Delete one that was never given to anybody."""
        self.run(self._remove(invitation).where(invitation.c.id == invitation_id))

    # --- coming in ---------------------------------------------------------------------------------

    def working(self, tag: bytes) -> Invitation | None:
        """The link of this tag, if it works; locked until the turn ends."""
        return self._allowed(self._rows(invitation).where(invitation.c.tag == tag, *self._works()).with_for_update())

    def held_by(self, who: Handle, *, lock: bool = True) -> Invitation | None:
        """The link that this handle came in by, if it still works; locked until the turn ends."""
        both = sa.and_(seat.c.community_id == invitation.c.community_id, seat.c.invitation_id == invitation.c.id)
        mine = (seat.c.tag == handle_tag(self.work.keys, who), seat.c.expires_at > self.work.now)
        held = self._rows(invitation.join(seat, both), *invitation.c, scope=invitation).where(*mine, *self._works())
        return self._allowed(held.with_for_update(of=invitation) if lock else held)

    def sit(self, invitation_id: str, session: bytes) -> str:
        """See `sit`."""
        name = GUEST + (seat_id := ids.fresh())
        self._seat(Handle(PORTAL, self.community, name), invitation_id, seat_id, session)
        return name

    def sit_in_chat(self, invitation_id: str, who: Handle) -> None:
        """An account on a chat platform typed the code: what it joins by is this link."""
        self._seat(who, invitation_id, ids.fresh(), None)

    def accept(self, who: Handle, member_id: str) -> None:
        """See `accept`."""
        held = self.held_by(who)
        if held is None:
            return
        member = People(self.work, self.community).get(member_id)
        quiet = member is None or member.level is Level.HIDDEN or member.community.preset.hides
        self._update(held.id, state=_QUIET if quiet else str(State.USED), joined_tag=self._joined(member_id))
        mine = handle_tag(self.work.keys, who)
        session = self.run(self._rows(seat, seat.c.session_tag).where(seat.c.tag == mine)).scalar()
        if session:
            self._put(door_session, tag=session, member_id=member_id, expires_at=self.work.now + SESSION_LIVES)
            self.run(self._remove(handle).where(handle.c.tag == mine))
            People(self.work, self.community).add_handle(member_id, Handle(PORTAL, self.community, member_id))
        elsewhere = (seat.c.session_tag.is_(None), seat.c.tag != mine)  # chats that typed the code stay, see `is_late`
        self.run(self._remove(seat).where(seat.c.invitation_id == held.id, sa.not_(sa.and_(*elsewhere))))
        if held.invitee and not quiet:
            Roster(self.work, self.community).joined(held.invitee, member_id)

    def is_late(self, who: Handle) -> bool:
        """Whether the link that this handle came in by has made somebody a member meanwhile, or works no more."""
        if self.held_by(who):
            return False
        if is_guest(who):
            return True
        both = sa.and_(seat.c.community_id == invitation.c.community_id, seat.c.invitation_id == invitation.c.id)
        mine = (seat.c.tag == handle_tag(self.work.keys, who), seat.c.expires_at > self.work.now)
        used = self._rows(invitation.join(seat, both), seat.c.id, scope=invitation).where(*mine)
        return self.run(used.where(invitation.c.joined_tag.is_not(None))).first() is not None

    # --- leaving and merging -----------------------------------------------------------------------

    def leave(self, member_id: str) -> None:
        """Forget a member: what they asked for, what they send, and what they joined by.

        Where nobody may know, the row of the link stays until its day without anything that leads to them, since its
        sender would see it go.
        """
        by = invitation.c.member_id == member_id
        self.run(self._remove(invitation).where(by, invitation.c.state.in_([State.ASKED, State.PLANNED])))
        self.run(self._change(invitation).where(by).values(member_id=None))
        joined = invitation.c.joined_tag == self._joined(member_id)
        self.run(self._remove(invitation).where(joined, invitation.c.state == State.USED))
        self.run(self._change(invitation).where(joined).values(joined_tag=None))

    def hide(self, member_id: str) -> None:
        """A member is hidden from now on: nobody is told any more that their link was used."""
        used = self._change(invitation).where(invitation.c.joined_tag == self._joined(member_id))
        self.run(used.where(invitation.c.state == State.USED).values(state=_QUIET))

    def merge(self, gone: str, kept: str) -> None:
        """Two accounts are one member."""
        self.run(self._change(invitation).where(invitation.c.member_id == gone).values(member_id=kept))
        used = self._change(invitation).where(invitation.c.joined_tag == self._joined(gone))
        self.run(used.values(joined_tag=self._joined(kept)))

    # --- rows --------------------------------------------------------------------------------------

    def _works(self) -> tuple[sa.ColumnElement[bool], ...]:
        return (invitation.c.state == State.OPEN, invitation.c.expires_on >= self.work.now.date())

    def _allowed(self, statement: sa.Select[Any]) -> Invitation | None:
        """One that works, unless the person it is for has been put on the do-not-invite list since."""
        row = self.run(statement).one_or_none()
        found = self._invitation(row) if row else None
        return found if found and not self.is_barred(found) else None

    def is_barred(self, link: Invitation) -> bool:
        """Whether the person it is for is on the do-not-invite list, or on the roster no more."""
        if not link.invitee and not link.name:
            return False
        roster = Roster(self.work, self.community)
        person = roster.get(link.invitee) if link.invitee else Person(name=link.name, mail=link.mail)
        return person is None or bool(roster.barred_among([person]))

    def _seat(self, who: Handle, invitation_id: str, seat_id: str, session: bytes | None) -> None:
        self._put_over(
            seat,
            tag=handle_tag(self.work.keys, who),
            id=seat_id,
            invitation_id=invitation_id,
            session_tag=session,
            expires_at=self.work.now + SEAT_LIVES,
        )

    def _all(self, *where: sa.ColumnElement[bool]) -> list[Invitation]:
        rows = self.run(self._rows(invitation).where(*where).order_by(invitation.c.id))
        return [self._invitation(row) for row in rows]

    def _update(self, invitation_id: str, **values: Any) -> None:
        self.run(self._change(invitation).where(invitation.c.id == invitation_id).values(**values))

    def _joined(self, member_id: str) -> bytes:
        return self.work.keys.tag("joined", self.community, member_id)

    def _about(self, about: dict[str, str]) -> bytes:
        return self.work.keys.seal(json.dumps(about, ensure_ascii=False), ABOUT_BYTES)

    def _invitation(self, row: sa.Row[Any]) -> Invitation:
        about: dict[str, str] = json.loads(self.work.keys.open(row.about_sealed))
        return Invitation(
            row.id,
            self.community,
            Kind(row.kind),
            State.OPEN if row.state == _QUIET else State(row.state),
            row.wave_id or "",
            row.invitee_id or "",
            row.member_id or "",
            row.language,
            about.get("name", ""),
            about.get("note", ""),
            about.get("mail", ""),
            row.opened_on,
            row.sent_on,
            row.expires_on,
        )
