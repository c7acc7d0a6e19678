"""The seats of an event's parts as rows: who holds one under which tag, and what becomes of a free one.

Whoever changes a seat holds the event (`Places.hold`) first, so that on any number of replicas one tap follows another;
the hold leaves nothing on the disk.  Tags are of one part each and mean nothing without the install's tag key.  To name
somebody, the tags of all members are made anew and compared: nothing that is stored leads from a seat to a member.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from storage.presets import Level
from storage.programme import Attendee, Part, Waitlist
from storage.seating import Counts, Seat, Standing, Taken, seated
from storage.surveys import hold
from storage.tables import event_look, event_outcome, event_part, event_seat, member
from storage.work import Shelf

OWED = event_seat.c.owed != sa.literal_column("''")  # spelled out for the partial index
CLAIMS = timedelta(hours=24)  # how long an offered seat is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Somebody whose standing changed by what another did, and who is to be told.

    Of whoever is `hidden` no row may tell: they are told by the clock, see `Seats.owed`; all others through the outbox.
    `was` and `now` are their standing; `now` is None when the part is gone.
    """

    member: str  # id
    event: str
    part: str
    was: Standing
    now: Standing | None
    until: datetime | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A member as far as seats are concerned."""

    id: str
    level: Level

    @property
    def hidden(self) -> bool:
        """Whether no row may tell of them."""
        return self.level is Level.HIDDEN

    def moved(
        self, event: str, part: str, *, was: Standing, now: Standing | None, until: datetime | None = None
    ) -> Moved:
        """That their standing is another now."""
        return Moved(member=self.id, event=event, part=part, was=was, now=now, until=until, hidden=self.hidden)


class Places(Shelf):
    """The seats of one community."""

    def hold(self, event_id: str) -> None:
        """Until this transaction ends nobody else changes a seat of this event."""
        hold(self.work, f"event {self.community} {event_id}")

    # --- who is who

    def tag(self, part_id: str, member_id: str) -> bytes:
        """What stands for a member in one part."""
        return self.work.keys.tag("event.seat", self.community, part_id, member_id)

    def tag_of_event(self, event_id: str, member_id: str) -> bytes:
        """What stands for a member in an event as a whole."""
        return self.work.keys.tag("event.whole", self.community, event_id, member_id)

    def members(self) -> list[Known]:
        """Everybody who is a member now."""
        return [Known(who, Level(level)) for who, level in self.run(self._rows(member, member.c.id, member.c.level))]

    def named(self, part_id: str, tags: Iterable[bytes]) -> dict[bytes, Known]:
        """Whose these tags of a part are; one whose member is gone is left out."""
        wanted = set(tags)
        if not wanted:
            return {}
        everybody = ((self.tag(part_id, one.id), one) for one in self.members())
        return {tag: one for tag, one in everybody if tag in wanted}

    # --- rows

    def taken(self, event_id: str, part_id: str) -> Taken:
        """How many seats of a part are taken."""
        seats = sa.func.sum(1 + event_seat.c.guests)
        rows = self.run(
            self._rows(event_seat, event_seat.c.kind, seats)
            .where(*_part(event_id, part_id), event_seat.c.state.in_(_HOLDING))
            .group_by(event_seat.c.kind)
        )
        return Taken({Attendee(kind): int(number) for kind, number in rows})

    def seats(self, event_id: str, part_id: str, *states: Standing) -> list[Seat]:
        """The seats of a part in these states, or all, in the order of the line and then of the tags."""
        which = event_seat.c.state.in_([str(state) for state in states]) if states else sa.true()
        rows = self._rows(event_seat).where(*_part(event_id, part_id), which)
        return [seat_of(row) for row in self.run(rows.order_by(event_seat.c.line, event_seat.c.tag))]

    def seat(self, event_id: str, part_id: str, tag: bytes) -> Seat | None:
        """One seat, or None."""
        row = self._row(event_seat, event_id=event_id, part_id=part_id, tag=tag)
        return seat_of(row) if row else None

    def put(self, event_id: str, part_id: str, seat: Seat) -> None:
        """Write one seat, new or in place of what it was."""
        values: dict[str, Any] = {name: getattr(seat, name) for name in _PLAIN}
        values |= {"event_id": event_id, "part_id": part_id, "state": str(seat.state), "kind": str(seat.kind)}
        self._put_over(event_seat, **values)

    def remove(self, event_id: str, part_id: str, tag: bytes) -> None:
        """Forget one answer."""
        self.run(self._remove(event_seat).where(*_part(event_id, part_id), event_seat.c.tag == tag))

    def clear(self, event_id: str, part_id: str | None = None) -> None:
        """Forget the answers to a part, or to all parts and whatever else stands for people there."""
        self.work.erases = True
        which = event_seat.c.part_id == part_id if part_id is not None else sa.true()
        self.run(self._remove(event_seat).where(event_seat.c.event_id == event_id, which))
        if part_id is None:
            for table in (event_look, event_outcome):
                self.run(self._remove(table).where(table.c.event_id == event_id))

    def ahead(self, event_id: str, part_id: str, seat: Seat) -> int:
        """How many wait before this one."""
        before = (event_seat.c.state == str(Standing.WAITING), event_seat.c.line < seat.line)
        count = self._rows(event_seat, sa.func.count()).where(*_part(event_id, part_id), *before)
        return int(self.run(count).scalar_one())

    def counts(self, event_id: str, part_id: str) -> Counts:
        """How many answered what to a part, also when their names are forgotten."""
        part = self._rows(event_part, event_part.c.totals, event_part.c.strangers).where(event_part.c.id == part_id)
        kept = self.run(part).one_or_none()
        strangers = kept.strangers if kept else 0
        if kept and kept.totals:
            old = json.loads(kept.totals)
            kinds = {Attendee(kind): number for kind, number in old.pop("kinds").items()}
            return Counts(kinds=kinds, strangers=strangers, **old)
        group = (event_seat.c.state, event_seat.c.kind, event_seat.c.here)
        seats, people = sa.func.sum(1 + event_seat.c.guests), sa.func.count()
        mine = self._rows(event_seat, *group, seats, people).where(*_part(event_id, part_id))
        by_state, by_kind, here = Counter[str](), Counter[Attendee](), 0
        for state, kind, came, number, answers in self.run(mine.group_by(*group)):
            by_state[state] += int(number)
            by_kind[Attendee(kind)] += int(number) * Standing(state).holds
            here += int(answers) * came
        told = {name: by_state[name] for name in _COUNTED}
        return Counts(kinds={kind: n for kind, n in by_kind.items() if n}, here=here, strangers=strangers, **told)

    # --- free seats

    def settle(
        self, event_id: str, part: Part, waitlist: Waitlist, *, now: datetime, alone: bool = False
    ) -> list[Moved]:
        """Give free seats to those who wait; the event is held.  Who was moved.

        `alone`: there is no conversation that could tell them, so that all of them are owed it.  Nobody is moved once
        the part has begun.
        """
        waiting = self.seats(event_id, part.id, Standing.WAITING) if part.starts_at > now else []
        chosen = seated(part, self.taken(event_id, part.id), waiting) if waiting else []
        return self._give(event_id, part, waitlist, chosen, now=now, alone=alone)

    def join(
        self, event_id: str, part: Part, waitlist: Waitlist, seat: Seat, *, now: datetime
    ) -> tuple[Seat, int, list[Moved]]:
        """Somebody stands in line, at its end or where they stood, and free seats are given; the event is held.

        Their seat, their place in line, 0 when they have one, and which others were moved.  Nothing is kept for them
        first: they are there to take it.
        """
        others = [one for one in self.seats(event_id, part.id, Standing.WAITING) if one.tag != seat.tag]
        mine = replace(seat, line=seat.line or max((one.line for one in others), default=0) + 1)
        chosen = seated(part, self.taken(event_id, part.id), [*others, mine])
        moved = self._give(event_id, part, waitlist, [one for one in chosen if one.tag != seat.tag], now=now)
        left = [one for one in others if one not in chosen and one.line < mine.line]
        if mine in chosen:
            mine, left = replace(mine, state=Standing.GOING, line=0), []
        self.put(event_id, part.id, mine)
        return mine, 1 + len(left) if mine.line else 0, moved

    def _give(
        self,
        event_id: str,
        part: Part,
        waitlist: Waitlist,
        chosen: Sequence[Seat],
        *,
        now: datetime,
        alone: bool = False,
    ) -> list[Moved]:
        """A seat for each of these, or the offer of one."""
        people, moved, claims = self.named(part.id, [one.tag for one in chosen]), [], waitlist is Waitlist.CLAIM
        state = Standing.OFFERED if claims else Standing.GOING
        until = min(now + CLAIMS, part.starts_at) if claims else None
        for one in chosen:
            who = people.get(one.tag)
            owed = str(state) if who and (who.hidden or alone) else ""
            self.put(event_id, part.id, replace(one, state=state, line=0, until=until, owed=owed))
            if who:
                moved.append(who.moved(event_id, part.id, was=one.state, now=state, until=until))
        return moved

    def told_of(self, event_id: str, part_id: str, seats: Sequence[Seat], now: Standing | None) -> list[Moved]:
        """The same people as those whose standing is another now."""
        people = self.named(part_id, [one.tag for one in seats])
        told = [(people[one.tag], one.state) for one in seats if one.tag in people]
        return [who.moved(event_id, part_id, was=was, now=now) for who, was in told]


_PLAIN = ("tag", "guests", "line", "until", "here", "owed")
_COUNTED = ("going", "offered", "waiting", "cannot")
_HOLDING = [str(state) for state in Standing if state.holds]


def _part(event_id: str, part_id: str) -> tuple[sa.ColumnElement[bool], ...]:
    return event_seat.c.event_id == event_id, event_seat.c.part_id == part_id


def seat_of(row: sa.Row[Any]) -> Seat:
    """A seat from its row."""
    same = {name: getattr(row, name) for name in _PLAIN}
    return Seat(state=Standing(row.state), kind=Attendee(row.kind), **same)
