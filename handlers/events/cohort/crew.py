"""A series for fixed teams with the people in it: who is in which team, and how many that is, as may be told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from storage.cohorting import Place, Stage
from storage.cohorts import Cohorts
from storage.communities import Community
from storage.events import Event
from storage.places import Known
from storage.presets import Level
from storage.programme import Part
from storage.seating import Standing
from storage.seats import Seats, Sitter
from storage.team_seats import Cohort
from storage.work import Work


@dataclass(frozen=True)
class Crew:
    """One series, and whose its places are."""

    work: Work
    here: Community
    found: Cohort
    people: dict[bytes, Known]

    def tag(self, who: str) -> bytes:
        """What stands for a member here."""
        return Cohorts(self.work, self.here.id).tag(self.found.id, who)

    def place(self, who: str) -> Place | None:
        """Where one member stands."""
        return self.found.roll.places.get(self.tag(who))

    def of(self, tags: Iterable[bytes]) -> list[Sitter]:
        """Whose these places are."""
        known = ((self.people[tag], self.found.roll.places[tag]) for tag in tags if tag in self.people)
        return [Sitter(one.id, one.level, Standing.GOING, place.kind, 0, here=False) for one, place in known]

    def inside(self) -> list[Sitter]:
        """Who is in it."""
        return self.of(tag for tag, one in self.found.roll.places.items() if one.state is Stage.IN)

    def waiting(self) -> list[Sitter]:
        """Who waits, in their order."""
        return self.of(self.found.roll.line())

    def team(self, number: int, *, told: bool = False) -> list[Sitter]:
        """Who is in a team as it is made, or as its members know it; 0: those without one."""
        places = self.found.roll.places.items()
        inside = ((tag, one.told if told else one.team) for tag, one in places if one.state is Stage.IN)
        return self.of(tag for tag, team in inside if team == number)

    def count(self, some: Collection[Sitter]) -> str:
        """How many they are, as may be told."""
        hidden = sum(one.level is Level.HIDDEN for one in some)
        return self.here.preset.shown(self.here.preset.counted(len(some) - hidden, hidden))

    def come(self, event: Event, part: Part, number: int) -> tuple[str, str]:
        """How many of a team come to their part of a date, and how many they are."""
        team = {one.member: one for one in self.team(number, told=True)}
        going = {one.member for one in Seats(self.work, self.here.id).going(event.id, part.id)}
        return self.count([one for who, one in team.items() if who in going]), self.count(list(team.values()))


def load(work: Work, here: Community, series: str) -> Crew | None:
    """One series, or None."""
    shelf = Cohorts(work, here.id)
    found = shelf.get(series) if series else None
    return Crew(work, here, found, shelf.people(found)) if found else None
