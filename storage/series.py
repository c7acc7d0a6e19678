"""Events that recur: one rule, and a row of its own for each time, some of them at a time.

A rule is of the wall time at which the first part begins; the other parts, and the last day to sign up, keep their
distance in days.  Each event of a series can be changed or cancelled alone, and keeps the wall time by the rule as its
name (`Event.nominal_local`), so that making them may be repeated on any replica.  A rule without an end is no burden:
only the next few are made, and none that begins more than two years from now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from storage import ids
from storage.errands import Errand, Step
from storage.events import Changed, Event, Events, HasPeople, Overfull, State
from storage.meetings import Meetings
from storage.places import Places
from storage.programme import FAR, Details, Part
from storage.questions import Frozen
from storage.recurrence import Rule, rule
from storage.tables import event, event_series
from storage.work import Shelf, Work

AHEAD = 4  # coming events of a series, at least
AHEAD_MAX = 60
_DAY = timedelta(days=1)


class Body(Frozen):
    """What each event of a series begins with: the first one's."""

    details: Details
    parts: tuple[Part, ...]

    @property
    def begins(self) -> datetime:
        """The wall time that the rule is of."""
        return min(self.parts, key=lambda part: part.starts_at).starts_local

    def at(self, nominal: datetime) -> "Body":
        """The same at another wall time."""
        days = nominal.date() - self.begins.date()
        parts = tuple(_moved(part, days) for part in self.parts)
        until = self.details.deadline + days if self.details.deadline else None
        return Body(details=self.details.model_copy(update={"deadline": until}), parts=parts)


def _moved(part: Part, days: timedelta) -> Part:
    """A new part, so many days later by the wall clock."""
    times = {name: getattr(part, name) + days for name in ("starts_local", "ends_local")}
    return Part.model_validate({**part.model_dump(), "id": "", **times})


@dataclass(frozen=True, slots=True)
class Series:
    """One series."""

    id: str
    body: Body
    rule: Rule
    ahead: int
    made_until: datetime
    active: bool


@dataclass(frozen=True, slots=True)
class Redone:
    """What changing a series led to: the coming events that changed, and those left alone, since they are their own.

    `refused` are those that could not be changed, each with why.
    """

    changed: Sequence[Changed]
    own: Sequence[Event]
    refused: Sequence[tuple[Event, Overfull | HasPeople]]


class SeriesShelf(Shelf):
    """The series of one community."""

    def announce(self, event_id: str, ahead: int = AHEAD) -> list[Event]:
        """Announce a draft; where it has a rule, as the first of a series whose next events are announced with it.

        [] when it is no draft (any more).  Raises RuleProblem when the rule cannot be used.
        """
        events = Events(self.work, self.community)
        found = events.get(event_id, lock=True)
        if found is None or found.state is not State.DRAFT:
            return []
        if found.rule:
            self._begin(found, max(1, min(ahead, AHEAD_MAX)))
        first = events.announce(event_id)
        announced = events.get(event_id)
        if first is None or announced is None:
            return []
        return [announced, *(self.extend(announced.series) if announced.series else [])]

    def get(self, series_id: str) -> Series | None:
        """One series, or None."""
        row = self._row(event_series, id=series_id)
        return self._read(row) if row else None

    def extend(self, series_id: str) -> list[Event]:
        """Announce the next events of a series, until so many are coming.  Those that are new."""
        self._hold(series_id)
        found = self.get(series_id)
        if found is None or not found.active:
            return []
        events = Events(self.work, self.community)
        coming = sum(1 for one in events.of_series(series_id) if one.starts_at > self.work.now)
        horizon, until, made = self.work.now + FAR, found.made_until, []
        times = found.rule.times(max(until, self.work.now), horizon)
        while coming < found.ahead:
            nominal, until = next(times, (None, horizon))
            if nominal is None:
                break
            body = found.body.at(nominal)
            one = events.announce(events.write(body.details, body.parts, series=series_id, nominal_local=nominal))
            made += [one] if one else []
            coming += 1
        over = until == horizon and not found.rule.next_times(horizon, 1)
        if until != found.made_until or over:
            self._set(series_id, made_until=until, active=not over)
        return made

    def change(self, series_id: str, details: Details, parts: Sequence[Part]) -> Redone | None:
        """Change all coming events of a series that nobody has changed alone, and those still to be made.

        `parts` are those of any one of its events; what differs in them between two dates are the dates alone, so all
        keep the days by the rule, and take over the times of the day.  None when there is no such series.
        """
        self._hold(series_id)
        found = self.get(series_id)
        if found is None:
            return None
        events = Events(self.work, self.community)
        given = Body(details=details, parts=tuple(parts))
        new = given.at(found.body.begins)
        changed, own, refused = [], [], []
        for one in events.of_series(series_id):
            if one.state is not State.ANNOUNCED or one.starts_at <= self.work.now or one.nominal_local is None:
                continue
            if not _same(one, found.body.at(one.nominal_local)):
                own.append(one)
                continue
            body = new.at(one.nominal_local)
            kept = [
                part.model_copy(update={"id": old.id}) if old else part
                for part, old in zip(body.parts, _padded(one.parts, len(body.parts)), strict=True)
            ]
            try:
                done = events.change(one.id, body.details, kept)
            except (Overfull, HasPeople) as problem:
                refused.append((one, problem))
                continue
            if done:
                changed.append(done)
        self._set(series_id, body_sealed=self._sealed(new), **_clock(found, new))
        return Redone(changed, own, refused)

    def stop(self, series_id: str) -> bool:
        """No further event of it is made; those announced stay.  False when it had stopped, or is none."""
        mine = self._change(event_series).where(event_series.c.id == series_id, event_series.c.active)
        return bool(self.run(mine.values(active=False)).rowcount)

    def cancel(self, series_id: str) -> list[Event]:
        """Stop a series, and cancel what is coming of it; those that were cancelled by this."""
        self._hold(series_id)
        self.stop(series_id)
        events = Events(self.work, self.community)
        coming = [one for one in events.of_series(series_id) if one.starts_at > self.work.now]
        return [done for one in coming if (done := events.cancel(one.id))]

    def leave(self, member_id: str, instead: str = "") -> None:
        """Somebody organises no event that is still to be made; `instead` does."""
        for row in self.run(self._rows(event_series)).all():
            body = self._read(row).body
            if member_id in body.details.organisers:
                new = body.model_copy(update={"details": body.details.organised(member_id, instead)})
                self._set(row.id, body_sealed=self._sealed(new))

    # ---

    def _begin(self, first: Event, ahead: int) -> None:
        begins, series_id = first.first.starts_local, ids.fresh()
        made = rule(begins, first.rule, first.zone)
        self._put(
            event_series,
            id=series_id,
            body_sealed=self._sealed(Body(details=first.details, parts=first.parts)),
            dtstart_local=begins,
            rrule=made.rrule,
            zone=first.zone,
            ahead=ahead,
            made_until=first.starts_at,
        )
        mine = self._change(event).where(event.c.id == first.id)
        self.run(mine.values(series_id=series_id, nominal_local=begins))
        Meetings(self.work, self.community).renamed(first.id, series_id)

    def _hold(self, series_id: str) -> None:
        Places(self.work, self.community).hold(f"series {series_id}")

    def _set(self, series_id: str, **values: Any) -> None:
        self.run(self._change(event_series).where(event_series.c.id == series_id).values(**values))

    def _sealed(self, body: Body) -> bytes:
        return self.work.keys.seal(body.model_dump_json(), 1024)

    def _read(self, row: sa.Row[Any]) -> Series:
        body = Body.model_validate_json(self.work.keys.open(row.body_sealed))
        own = Rule(row.dtstart_local, row.rrule, row.zone)
        return Series(row.id, body, own, row.ahead, row.made_until, row.active)


def due(work: Work) -> Sequence[Errand[list[Event]]]:
    """The series that want their next events, for the clock."""
    coming = (
        sa.select(sa.func.count())
        .select_from(event)
        .where(event.c.community_id == event_series.c.community_id, event.c.series_id == event_series.c.id)
        .where(event.c.starts_at > work.now)
        .scalar_subquery()
    )
    wanting = (event_series.c.active, coming < event_series.c.ahead, event_series.c.made_until < work.now + FAR - _DAY)
    rows = work.connection.execute(sa.select(event_series.c.community_id, event_series.c.id).where(*wanting)).all()
    return [_extending(community, series_id) for community, series_id in rows]


def _extending(community: str, series_id: str) -> Errand[list[Event]]:
    def extend(work: Work) -> list[Event]:
        return SeriesShelf(work, community).extend(series_id)

    step: Step = extend
    made: list[Event] = yield step
    return made


def _clock(found: Series, new: Body) -> dict[str, datetime]:
    """From when on a series goes on at another time of the day: never twice on the day of the last one."""
    own = Rule(new.begins, found.rule.rrule, found.rule.zone)
    last = found.made_until.astimezone(ZoneInfo(own.zone)).date()
    again = own.instant(datetime.combine(last, new.begins.time()))
    return {"dtstart_local": new.begins, "made_until": max(found.made_until, again)}


def _same(one: Event, body: Body) -> bool:
    """Whether an event is still as its series made it."""
    parts = tuple(part.model_copy(update={"id": ""}) for part in one.parts)
    return one.details == body.details and parts == body.parts


def _padded(parts: Sequence[Part], number: int) -> list[Part | None]:
    return [*parts[:number], *[None] * (number - len(parts))]
