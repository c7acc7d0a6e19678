"""Who has a place in a series for fixed teams: pure, and the one place that decides it.

A team never has more people than places, those a place is kept for among them, and nobody is in two.  Places that come
free are kept for those who wait, in the order of the line; nobody who comes later passes them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from storage.programme import Attendee
from storage.questions import Frozen

FEW = 3  # a team of fewer is worth a word to whoever organises


class Stage(StrEnum):
    """How somebody stands in a series."""

    IN = "in"
    OFFERED = "offered"  # a place is kept for them until a time; it is taken, too
    WAITING = "waiting"
    GONE = "gone"  # a place was kept for them too long; only until they are told

    @property
    def holds(self) -> bool:
        """Whether a place is theirs."""
        return self in {Stage.IN, Stage.OFFERED}


class News(StrEnum):
    """What somebody is to be told."""

    OFFER = "offer"  # a place is kept for them
    LAPSED = "lapsed"  # it has gone to the next
    TEAM = "team"  # which team is theirs
    NEW = "new"  # one place of their team has a new member
    MERGED = "merged"  # their team and another are one
    ASKED = "asked"  # somebody would like to change dates with them
    SWAPPED = "swapped"  # they said yes
    OFF = "off"  # no date takes place any more


class Swap(Frozen):
    """Somebody's wish to come with another team for one date, and whose seat they would take."""

    event: str
    mine: str  # the part
    theirs: str
    other: str  # tag, in hex
    until: datetime
    no: bool = False  # the other said so; whoever asked does not hear of it


class Place(Frozen):
    """What stands for one member."""

    state: Stage
    kind: Attendee = Attendee.OTHER
    team: int = 0  # 0: none yet
    told: int = 0  # the team they know to be theirs
    line: int = 0  # place in line while waiting, else 0
    until: datetime | None = None  # of a place that is kept
    owed: tuple[News, ...] = ()  # what they have not been told yet
    lent: tuple[str, ...] = ()  # parts at which they offered their seat to whoever waits
    swap: Swap | None = None
    heard: datetime | None = None  # up to which date they were asked whether all is fine
    goes_on: bool | None = None  # into another such series

    def owing(self, *news: News) -> "Place":
        """With this to be told."""
        return self.model_copy(update={"owed": tuple(dict.fromkeys((*self.owed, *news)))})


class Book(Frozen):
    """What stands of a series as a whole."""

    teams: tuple[int, ...] = ()  # by number; (): not made yet
    fewer: int = 0  # by how many teams there are fewer than planned, since some were merged
    told: bool = False
    few: tuple[int, ...] = ()  # teams of which whoever organises knows that they are small
    again: str = ""  # the draft that was made of it for the next time


Foes = Callable[[bytes, int], int]  # how many of a team somebody asked not to sit with


def no_foes(_tag: bytes, _team: int) -> int:
    """Nobody asked for anything."""
    return 0


class Roll:
    """All places of one series.  `size`: places of a team; `number`: teams."""

    def __init__(self, places: Mapping[bytes, Place], book: Book, size: int, number: int) -> None:
        self.places, self.book, self.size = dict(places), book, size
        self.planned = number

    # --- counting

    def held(self, team: int | None = None) -> list[bytes]:
        """Who has a place, or one kept for them: in all, or in one team."""
        return [tag for tag, one in self.places.items() if one.state.holds and team in {None, one.team}]

    def room(self) -> int:
        """How many places are free in all."""
        return self.size * (self.planned - self.book.fewer) - len(self.held())

    def free(self, team: int) -> int:
        """How many places of a team are free."""
        return min(self.room(), self.size - len(self.held(team)))

    def line(self) -> list[bytes]:
        """Who waits, in their order."""
        waiting = [tag for tag, one in self.places.items() if one.state is Stage.WAITING]
        return sorted(waiting, key=lambda tag: self.places[tag].line)

    # --- coming and going

    def join(self, tag: bytes, kind: Attendee, foes: Foes = no_foes) -> Place:
        """Somebody joins, or stands at the end of the line.  Who is in it already stays where they are."""
        if tag in self.places and self.places[tag].state is not Stage.GONE:
            return self.places[tag]
        line = self.line()
        if line or self.room() <= 0:
            last = max((self.places[one].line for one in line), default=0)
            self.places[tag] = Place(state=Stage.WAITING, kind=kind, line=last + 1)
        else:
            self._enter(tag, Place(state=Stage.IN, kind=kind), self._best(tag, foes))
        return self.places[tag]

    def leave(self, tag: bytes) -> Place | None:
        """Somebody is in it no more; where they stood."""
        return self.places.pop(tag, None)

    def offer(self, until: datetime, foes: Foes = no_foes) -> list[bytes]:
        """Free places are kept for the first in line; for whom."""
        offered = []
        for tag in self.line()[: max(0, self.room())]:
            kept = {"state": Stage.OFFERED, "team": self._best(tag, foes), "line": 0, "until": until}
            self.places[tag] = self.places[tag].model_copy(update=kept).owing(News.OFFER)
            offered.append(tag)
        return offered

    def claim(self, tag: bytes, now: datetime, foes: Foes = no_foes) -> bool:
        """Take the place that is kept; False when it is not (any more)."""
        mine = self.places.get(tag)
        if mine is None or mine.state is not Stage.OFFERED or mine.until is None or mine.until <= now:
            return False
        team = mine.team if mine.team in self.book.teams else 0
        if not team:
            del self.places[tag]  # not to be in their own way
            team = self._best(tag, foes)
        self._enter(tag, mine.model_copy(update={"state": Stage.IN, "until": None, "owed": ()}), team)
        return True

    def lapse(self, now: datetime) -> list[bytes]:
        """Places that were kept long enough are free; whose they were."""
        late = [tag for tag, one in self.places.items() if one.until and one.until <= now]
        for tag in late:
            self.places[tag] = Place(state=Stage.GONE, owed=(News.LAPSED,))
        return late

    # --- teams

    def form(self, groups: Sequence[Iterable[bytes]]) -> bool:
        """These are the teams; False when they would not be whole, or too large."""
        numbered = {tag: number for number, group in enumerate(groups, 1) for tag in group}
        inside = {tag for tag, one in self.places.items() if one.state is Stage.IN}
        sizes = [len(list(group)) for group in groups]
        if numbered.keys() != inside or sum(sizes) != len(numbered) or max(sizes, default=0) > self.size:
            return False
        if len(groups) > self.planned - self.book.fewer:
            return False
        for tag in self.held():
            self.places[tag] = self.places[tag].model_copy(update={"team": numbered.get(tag, 0)})
        self.book = Book(teams=tuple(range(1, len(groups) + 1)), fewer=self.book.fewer)
        return True

    def move(self, tag: bytes, team: int) -> bool:
        """Somebody is in another team, or in a new one; False when it is full, or there are enough."""
        mine = self.places.get(tag)
        if mine is None or mine.state is not Stage.IN or mine.team == team or not self._may_be(team):
            return False
        if len(self.held(team)) >= self.size:
            return False
        self.places[tag] = mine.model_copy(update={"team": team})
        self.book = self.book.model_copy(update={"teams": tuple(sorted({*self.book.teams, team}))})
        return True

    def exchange(self, tag: bytes, other: bytes) -> bool:
        """Two change teams."""
        pair = [self.places.get(tag), self.places.get(other)]
        mine, theirs = pair
        if mine is None or theirs is None or mine.team == theirs.team:
            return False
        if not mine.team or not theirs.team or {mine.state, theirs.state} != {Stage.IN}:
            return False
        self.places[tag] = mine.model_copy(update={"team": theirs.team})
        self.places[other] = theirs.model_copy(update={"team": mine.team})
        return True

    def tell(self) -> list[bytes]:
        """Everybody knows their team from now on; to whom it is news."""
        news = [tag for tag, one in self.places.items() if one.state is Stage.IN and one.team not in {0, one.told}]
        for tag in news:
            mine = self.places[tag]
            self.places[tag] = mine.model_copy(update={"told": mine.team}).owing(News.TEAM)
        self.book = self.book.model_copy(update={"told": True})
        return news

    def fits(self, gone: int, kept: int) -> bool:
        """Whether two teams would fit into one."""
        both = {gone, kept} <= set(self.book.teams) and gone != kept
        return both and len(self.held(gone)) + len(self.held(kept)) <= self.size

    def merge(self, gone: int, kept: int) -> list[bytes]:
        """Two teams are one from now on; who is in it, [] when that cannot be."""
        if not self.fits(gone, kept):
            return []
        members = [*self.held(gone), *self.held(kept)]
        for tag in members:
            mine = self.places[tag].model_copy(update={"team": kept})
            if mine.state is Stage.IN and self.book.told:
                mine = mine.model_copy(update={"told": kept}).owing(News.MERGED)
            self.places[tag] = mine
        teams = tuple(one for one in self.book.teams if one != gone)
        few = tuple(one for one in self.book.few if one not in {gone, kept})
        fewer = min(self.book.fewer + 1, self.planned - len(teams))
        # never fewer places than are taken by those without a team
        while fewer > self.book.fewer and self.size * (self.planned - fewer) < len(self.held()):
            fewer -= 1
        self.book = self.book.model_copy(update={"teams": teams, "few": few, "fewer": fewer})
        return members

    # ---

    def _may_be(self, team: int) -> bool:
        if team in self.book.teams:
            return True
        return bool(self.book.teams) and 0 < team <= self.planned and len(self.book.teams) < self._number

    @property
    def _number(self) -> int:
        return self.planned - self.book.fewer

    def _best(self, tag: bytes, foes: Foes) -> int:
        """The team with most room, without whom they asked not to meet if that can be; 0: none has any."""
        some = [team for team in self.book.teams if len(self.held(team)) < self.size]
        return min(some, key=lambda team: (foes(tag, team), len(self.held(team)), team), default=0)

    def _enter(self, tag: bytes, place: Place, team: int) -> None:
        """Somebody has a place; a team that is told is told so, and so are they."""
        known = bool(team) and self.book.told
        if known:
            for other, one in self.places.items():
                if one.state is Stage.IN and one.told == team:
                    self.places[other] = one.owing(News.NEW)
        self.places[tag] = place.model_copy(update={"team": team, "told": team if known else 0})
