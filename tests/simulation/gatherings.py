"""Events of a simulated year: one a fortnight, announced to everybody, answered by habit."""

import random
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.events import inviting, rules
from storage.attendance import Attendance
from storage.events import Event, Events
from storage.people import People
from storage.programme import Details, Part
from storage.seats import Seats
from storage.work import Work
from tests.simulation.village import HABITS, Villager

EVERY, NOTICE = 14, 12  # days
TOKYO = "Asia/Tokyo"
AT = time(18)  # an hour before it is one of the hours at which the clock looks


class Gatherings:
    """The events of one community, and who is going to them."""

    def __init__(self, community: str, people: Mapping[str, Villager], chance: random.Random) -> None:
        self._community, self._people, self._chance = community, people, chance
        self._coming: Event | None = None
        self.reminders: Counter[str] = Counter()  # that each member is to get

    def of_day(self, work: Work, day: int) -> None:
        """Announced on a Monday; looked at and answered some days later; over, and noted, on the Saturday after."""
        match day % EVERY:
            case 0:
                self._coming = self._announce(work)
            case 3 if self._coming:
                self._answer(work, self._coming)
            case 13 if self._coming:
                attendance = Attendance(work, self._community)
                attendance.everybody_came(self._coming.first.id)
                attendance.confirm(self._coming.id, work.now.date())

    def _announce(self, work: Work) -> Event:
        on = work.now.astimezone(ZoneInfo(TOKYO)).date() + timedelta(days=NOTICE)
        begins = datetime.combine(on, AT)
        part = Part(starts_local=begins, ends_local=begins + timedelta(hours=2), zone=TOKYO)
        details = Details(title={"ja": "集い"}, deadline=on - timedelta(days=3))
        events = Events(work, self._community)
        found = events.announce(events.write(details, [part]))
        if found is None:
            raise TypeError("it was a draft a moment ago")
        inviting.soon(work, self._community, found.id)
        return found

    def _answer(self, work: Work, event: Event) -> None:
        """Whoever answers messages also comes to half of the events; some only look."""
        folk, seats = People(work, self._community), Seats(work, self._community)
        for one in self._people.values():
            often, _ = HABITS[one.habit]
            member = folk.get(one.member)
            if member is None or self._chance.random() >= often:
                continue
            if self._chance.random() < 1 / 2:
                seats.opened(event.id, member)
            else:
                seats.answer(event.first.id, member, going=True)
                self.reminders[one.member] += len(rules.REMINDERS)
