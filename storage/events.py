"""Events: from a draft to what is kept of them.

    draft ── announce ──> announced ── cancel ──> cancelled
      └── discard ──> gone

What belongs to whom: `programme.py` is what an event says, `seats.py` who comes, `attendance.py` who came, `series.py`
what recurs.  All an event says is sealed as a whole; only its times and numbers can be searched by the database.
"""

import json
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from storage import ids
from storage.keys import Keys
from storage.places import Moved, Places
from storage.programme import SHOWN, Archive, Change, Details, Part, Waitlist, changes, differences, end_of
from storage.seating import Standing, overfull
from storage.tables import event, event_mark, event_part
from storage.work import Shelf

SEALED_IN = 1024  # what an event says is sealed in steps of so many bytes


class State(StrEnum):
    """How far an event has come."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Event:
    """One event with its parts, in their order.  `series` and `nominal_local` are of one that recurs."""

    id: str
    state: State
    revision: int  # SEQUENCE of calendars
    details: Details
    parts: tuple[Part, ...]
    changed_at: datetime
    archive: Archive
    confirmed_on: date | None  # when an organiser confirmed who had come
    series: str
    nominal_local: datetime | None

    @property
    def uid(self) -> str:
        """What calendars know the event by, where it is one entry; a part's own is `Part.uid`."""
        return self.id

    @property
    def zone(self) -> str:
        """The zone of the first part."""
        return self.first.zone

    @property
    def first(self) -> Part:
        """The part that begins first."""
        return min(self.parts, key=lambda part: part.starts_at)

    @property
    def starts_at(self) -> datetime:
        """When the first part begins."""
        return self.first.starts_at

    @property
    def ends_at(self) -> datetime:
        """When the last part ends."""
        return max(part.ends_at for part in self.parts)

    @property
    def deadline(self) -> date | None:
        """The last day to sign up, if there is one."""
        return self.details.deadline

    @property
    def signs_up_until(self) -> datetime:
        """The instant from which nobody can sign up any more; each part ends its own when it begins."""
        return end_of(self.details.deadline, self.zone) if self.details.deadline else self.ends_at

    @property
    def rule(self) -> str:
        """How it recurs (RRULE), or ""; each event of a series is a row of its own, see `series.py`."""
        return self.details.rule

    @property
    def claims(self) -> bool:
        """Whether a free seat is kept for the next in line, instead of given."""
        return self.details.waitlist is Waitlist.CLAIM

    @property
    def teams_know_parts(self) -> bool:
        """Whether its parts are the days of fixed teams, and announced: none may come or go."""
        return self.details.cohort is not None and self.state is not State.DRAFT

    def title(self, language: str) -> str:
        """What it is called."""
        return self.details.titled(language)

    def part(self, part_id: str) -> Part | None:
        """One of its parts, or None."""
        return next((part for part in self.parts if part.id == part_id), None)

    def is_run_by(self, member_id: str) -> bool:
        """Whether this member organises it."""
        return member_id in self.details.organisers

    def says(self, words: str) -> bool:
        """Whether all these words stand somewhere in it."""
        texts = [self.details.title, self.details.about, self.archive.summary]
        texts += [text for part in self.parts for text in (part.words, part.place)]
        said = _plain(" ".join(one for text in texts for one in text.values()))
        return all(word in said for word in _plain(words).split())


@dataclass(frozen=True, kw_only=True)
class Changed:
    """What a change led to: what is different, and whose standing is another now."""

    event: Event
    whole: frozenset[Change] = frozenset()
    parts: Mapping[str, frozenset[Change]] = field(default_factory=dict)  # by part, of those that differ
    moved: Sequence[Moved] = ()  # got a seat, or lost one with its part

    @property
    def what(self) -> frozenset[Change]:
        """Everything that is different."""
        return self.whole.union(*self.parts.values())


class Overfull(Exception):
    """A part has more people going than it would have seats; `taken` are theirs."""

    def __init__(self, part: Part, taken: Mapping[str, int]) -> None:
        super().__init__("more are going than there would be seats")
        self.part, self.taken = part, dict(taken)

    @property
    def total(self) -> int:
        """Of all kinds."""
        return sum(self.taken.values())


class HasPeople(Exception):
    """Parts that people are going to, or wait for, would be dropped without the word for it."""

    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__("people have signed up there")
        self.parts = tuple(parts)


class Events(Shelf):
    """The events of one community."""

    # --- drafts

    def write(
        self, details: Details, parts: Sequence[Part], *, series: str = "", nominal_local: datetime | None = None
    ) -> str:
        """A new draft.  Its id.  What may be announced, `storage.programme.faults` says; a draft needs one part."""
        event_id = ids.fresh()
        mine = {"series_id": series or None, "nominal_local": nominal_local}
        self._put(event, id=event_id, state=str(State.DRAFT), **mine, **self._values(details, parts))
        self._put_parts(event_id, parts, {})
        return event_id

    def rewrite(self, event_id: str, details: Details, parts: Sequence[Part]) -> bool:
        """Replace a draft; False when it is none (any more).  A part that keeps its id stays the same part."""
        found = self.get(event_id, lock=True)
        if found is None or found.state is not State.DRAFT:
            return False
        self.run(self._change(event).where(event.c.id == event_id).values(**self._values(details, parts)))
        self._put_parts(event_id, parts, {part.id: part for part in found.parts})
        return True

    def discard(self, event_id: str) -> bool:
        """Forget a draft; False when it is none (any more)."""
        gone = self._remove(event).where(event.c.id == event_id, event.c.state == str(State.DRAFT))
        return bool(self.run(gone).rowcount)

    def announce(self, event_id: str) -> Event | None:
        """Members see a draft from now on; None when it is none (any more)."""
        mine = self._change(event).where(event.c.id == event_id, event.c.state == str(State.DRAFT))
        values = {"state": str(State.ANNOUNCED), "changed_at": self.work.now, "clocked": False}
        return self.get(event_id) if self.run(mine.values(**values)).rowcount else None

    # --- changes

    def change(
        self, event_id: str, details: Details, parts: Sequence[Part], *, dropping: bool = False
    ) -> Changed | None:
        """Change an announced event; None when it is none (any more).  Nobody loses a seat but with their part.

        Raises Overfull when a part would have fewer seats than are taken, and HasPeople when a part that people signed
        up for is left out, unless `dropping`.
        """
        found = self.get(event_id, lock=True)
        if found is None or found.state is not State.ANNOUNCED:
            return None
        kept = {part.id for part in parts}
        lost = [part for part in found.parts if part.id not in kept]
        moved = self._drop(event_id, lost, dropping=dropping)
        self._refuse_overfull(event_id, parts)
        written = self._put_parts(event_id, parts, {part.id: part for part in found.parts})
        old = {part.id: part for part in found.parts}
        told = {part.id: changes(old[part.id], part) if part.id in old else _ADDED for part in written}
        told |= {part.id: _DROPPED for part in lost}
        told = {part: what for part, what in told.items() if what}
        whole = differences(found.details, details)
        raised = bool(SHOWN & whole.union(*told.values()))
        values = self._values(details, parts) if whole or told else {}
        if values:
            mine = self._change(event).where(event.c.id == event_id)
            self.run(mine.values(**values, revision=found.revision + raised))
        for part in written:
            moved += self._places.settle(event_id, part, details.waitlist, now=self.work.now)
        return Changed(event=self._found(event_id), whole=whole, parts=told, moved=moved)

    def cancel(self, event_id: str) -> Event | None:
        """It does not take place; None when it was not announced, or is cancelled already.

        Who had signed up stays known, so that they can be told.
        """
        self._places.hold(event_id)
        mine = self._change(event).where(event.c.id == event_id, event.c.state == str(State.ANNOUNCED))
        values = {"state": str(State.CANCELLED), "revision": event.c.revision + 1, "changed_at": self.work.now}
        values["clocked"] = False
        return self.get(event_id) if self.run(mine.values(**values)).rowcount else None

    def keep(self, event_id: str, archive: Archive) -> None:
        """Keep a summary and links of an event that is over; no calendar shows them."""
        sealed = self._sealed(archive)
        self.run(self._change(event).where(event.c.id == event_id).values(archive_sealed=sealed))

    def once(self, event_id: str, what: str) -> bool:
        """Whether this comes for the first time for an event; remembers it in the same transaction."""
        return self._put_once(event_mark, event_id=event_id, what=what)

    # --- looking

    def get(self, event_id: str, *, lock: bool = False) -> Event | None:
        """One event, or None.  `lock`: nobody else changes it or its seats until this transaction ends."""
        if lock:
            self._places.hold(event_id)
        row = self._row(event, id=event_id)
        if row is None:
            return None
        parts = self.run(_PARTS, {"community_id": self.community, "event_id": event_id})
        return _event_of(row, tuple(_part_of(one, self.work.keys) for one in parts), self.work.keys)

    def of_part(self, part_id: str) -> Event | None:
        """The event that a part belongs to, or None."""
        event_id = self.run(self._rows(event_part, event_part.c.event_id).where(event_part.c.id == part_id)).scalar()
        return self.get(event_id) if event_id else None

    def some(self, event_ids: Collection[str]) -> list[Event]:
        """These events, the earliest first."""
        return self._events(event.c.id.in_(list(event_ids)))

    def drafts(self) -> list[Event]:
        """All drafts, the earliest first."""
        return self._events(event.c.state == str(State.DRAFT))

    def upcoming(self, now: datetime | None = None, *, cancelled: bool = False) -> list[Event]:
        """What is announced and not over, the earliest first; also what was `cancelled`."""
        states = [State.ANNOUNCED, State.CANCELLED] if cancelled else [State.ANNOUNCED]
        return self._events(event.c.state.in_(map(str, states)), event.c.ends_at > (now or self.work.now))

    def past(
        self, now: datetime | None = None, *, words: str = "", limit: int = 50, cancelled: bool = False
    ) -> list[Event]:
        """What took place and is over, the latest first, or what was `cancelled`, too; with `words`, what says all."""
        states = [State.ANNOUNCED, State.CANCELLED] if cancelled else [State.ANNOUNCED]
        over = (event.c.state.in_(map(str, states)), event.c.ends_at <= (now or self.work.now))
        if not words.strip():
            return self._events(*over, latest=limit)
        return [one for one in self._events(*over, latest=_SEARCHED) if one.says(words)][:limit]

    def between(self, first: datetime, last: datetime) -> list[Event]:
        """What took or takes place and ends in (first, last], the earliest first."""
        when = (event.c.ends_at > first, event.c.ends_at <= last)
        return self._events(event.c.state == str(State.ANNOUNCED), *when)

    def of_series(self, series: str) -> list[Event]:
        """The events of one series, the earliest first."""
        return self._events(event.c.series_id == series)

    def run_by(self, member_id: str) -> list[Event]:
        """What this member organises, drafts too, the earliest first."""
        return [one for one in self._events() if one.is_run_by(member_id)]

    # --- leaving and merging

    def leave(self, member_id: str, instead: str = "") -> None:
        """Somebody organises nothing any more; `instead` does."""
        for one in self.run_by(member_id):
            new = one.details.organised(member_id, instead)
            sealed = self._sealed(new)
            self.run(self._change(event).where(event.c.id == one.id).values(details_sealed=sealed))

    # ---

    @property
    def _places(self) -> Places:
        return Places(self.work, self.community)

    def _found(self, event_id: str) -> Event:
        found = self.get(event_id)
        if found is None:
            raise TypeError("it was there a moment ago")
        return found

    def _drop(self, event_id: str, lost: Sequence[Part], *, dropping: bool) -> list[Moved]:
        """Take parts away, with who signed up there."""
        concerned = (Standing.GOING, Standing.OFFERED, Standing.WAITING)
        people = {part.id: self._places.seats(event_id, part.id, *concerned) for part in lost}
        if any(people.values()) and not dropping:
            raise HasPeople([part for part in lost if people[part.id]])
        moved = [one for part in lost for one in self._places.told_of(event_id, part.id, people[part.id], None)]
        for part in lost:
            self._places.clear(event_id, part.id)
        self.run(self._remove(event_part).where(event_part.c.id.in_([part.id for part in lost])))
        return moved

    def _refuse_overfull(self, event_id: str, parts: Iterable[Part]) -> None:
        for part in parts:
            if part.id and (part.capacity is not None or part.shares):
                taken = self._places.taken(event_id, part.id)
                if overfull(part, taken):
                    raise Overfull(part, {str(kind): number for kind, number in taken.kinds.items()})

    def _put_parts(self, event_id: str, parts: Sequence[Part], old: Mapping[str, Part]) -> list[Part]:
        """Write the parts in this order, and take away those that are left out.  The parts, with their ids."""
        written = [part if part.id in old else part.model_copy(update={"id": ids.fresh()}) for part in parts]
        gone = old.keys() - {part.id for part in written}
        if gone:
            self.run(self._remove(event_part).where(event_part.c.id.in_(gone)))
        for position, part in enumerate(written):
            values = {"position": position, **self._part_values(part)}
            if part.id in old:
                self.run(self._change(event_part).where(event_part.c.id == part.id).values(**values))
            else:
                self._put(event_part, id=part.id, event_id=event_id, **values)
        return written

    def _values(self, details: Details, parts: Sequence[Part]) -> dict[str, Any]:
        if not parts:
            raise TypeError("an event has a part")
        return {
            "details_sealed": self._sealed(details),
            "starts_at": min(part.starts_at for part in parts),
            "ends_at": max(part.ends_at for part in parts),
            "changed_at": self.work.now,
            "clocked": False,
        }

    def _part_values(self, part: Part) -> dict[str, Any]:
        sealed = part.model_dump(mode="json", include={"words", "place", "link"})
        return {
            "about_sealed": self.work.keys.seal(json.dumps(sealed, ensure_ascii=False), SEALED_IN),
            "shares": json.dumps({str(kind): seats for kind, seats in part.shares.items()}),
            **{name: getattr(part, name) for name in _PLAIN},
        }

    def _sealed(self, said: Details | Archive) -> bytes:
        return self.work.keys.seal(json.dumps(said.model_dump(mode="json"), ensure_ascii=False), SEALED_IN)

    def _events(self, *where: sa.ColumnElement[bool], latest: int = 0) -> list[Event]:
        """Events, the earliest first; or the `latest` so many, the latest first."""
        order = (event.c.ends_at.desc(), event.c.id) if latest else (event.c.starts_at, event.c.id)
        rows = self.run(self._rows(event).where(*where).order_by(*order).limit(latest or None)).all()
        parts: dict[str, list[Part]] = {}
        mine = event_part.c.event_id.in_([row.id for row in rows])
        for row in self.run(self._rows(event_part).where(mine).order_by(event_part.c.position)):
            parts.setdefault(row.event_id, []).append(_part_of(row, self.work.keys))
        return [_event_of(row, tuple(parts[row.id]), self.work.keys) for row in rows]


_PARTS = (  # made once: every answer asks for them
    sa.select(event_part)
    .where(*(event_part.c[name] == sa.bindparam(name) for name in ("community_id", "event_id")))
    .order_by(event_part.c.position)
)
_ADDED, _DROPPED = frozenset({Change.ADDED}), frozenset({Change.DROPPED})
_PLAIN = ("starts_local", "ends_local", "zone", "starts_at", "ends_at", "capacity")
_SEARCHED = 2000  # the latest so many are searched in memory


def _event_of(row: sa.Row[Any], parts: tuple[Part, ...], keys: Keys) -> Event:
    return Event(
        row.id,
        State(row.state),
        row.revision,
        _details(row.details_sealed, keys),
        parts,
        row.changed_at,
        Archive.model_validate_json(keys.open(row.archive_sealed)) if row.archive_sealed else Archive(),
        row.confirmed_on,
        row.series_id or "",
        row.nominal_local,
    )


_PART = ("id", "about_sealed", "shares", "starts_local", "ends_local", "zone", "capacity")


def _part_of(row: sa.Row[Any], keys: Keys) -> Part:
    return _part(keys, *(getattr(row, name) for name in _PART))


@lru_cache(2048)
def _part(keys: Keys, part_id: str, sealed: bytes, shares: str, *times: Any) -> Part:
    """The part that these very values tell of, made once: it cannot be changed."""
    told = {"id": part_id, **json.loads(keys.open(sealed)), "shares": json.loads(shares)}
    return Part.model_validate({**told, **dict(zip(_PART[3:], times, strict=True))})


@lru_cache(1024)
def _details(sealed: bytes, keys: Keys) -> Details:
    """What these very bytes hold: opened once, since a feed or a home page asks for many, again and again."""
    return Details.model_validate_json(keys.open(sealed))


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
