from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.address import Address
from bot.cards import sentence
from bot.surface import Delivered, LookedUp, Outcome, Parcel
from scheduler import working
from storage.engine import Database
from storage.errands import Errand, Polite
from storage.tables import metadata
from storage.work import Work


@dataclass
class Ears:
    """A surface that hears, and stumbles over one address."""

    heard: list[Parcel] = field(default_factory=list)

    async def deliver(self, parcel: Parcel) -> Outcome:
        self.heard.append(parcel)
        if parcel.to.room == "@deaf":
            raise RuntimeError(parcel.to.room)
        return Delivered("a receipt")

    async def look_up(self, parcel: Parcel) -> LookedUp:
        raise NotImplementedError


async def test_long_work_goes_on_after_a_stumble(database: Database, caplog: Any, capsys: Any) -> None:
    """What one feature's errand stumbles over keeps no other from ending, and its words are in no log."""
    done: list[str] = []

    def errand(name: str) -> Errand[None]:
        yield lambda work: work.now
        if name == "bad":
            raise RuntimeError("MARKER")
        done.append(name)

    def due(work: Work) -> Sequence[Errand[Any]]:
        return [errand(name) for name in ("first", "bad", "last")]

    assert await working.work(database, [due, due]) == 4
    assert done == ["first", "last"] * 2
    assert "MARKER" not in caplog.text + "".join(capsys.readouterr())


async def test_what_is_whispered_leaves_no_row(database: Database, caplog: Any, capsys: Any) -> None:
    """A quiet message goes out once, to each with a gap of its own; no table holds a row of it, and no log a name."""
    gaps: list[float] = []
    people = ("@ada", "@deaf", "@bo")

    def quiet(work: Work, polite: Polite) -> Sequence[Parcel]:
        return [Parcel("k", "c", Address("slack", "T", who), sentence("hello"), untraced=True) for who in people]

    def everybody(work: Work, community: str, members: Collection[str], kind: str) -> Collection[str]:
        return members

    async def pause(seconds: float) -> None:
        gaps.append(seconds)

    def rows(work: Work) -> int:
        return sum(len(work.connection.execute(table.select()).all()) for table in metadata.sorted_tables)

    ears = Ears()
    await working.whisper(database, {"slack": ears}, [quiet], everybody, pause)  # type: ignore[dict-item]  # as much of a surface as is needed
    assert [one.to.room for one in ears.heard] == list(people)
    assert len(set(gaps)) == len(people)
    assert min(gaps) > 0
    assert await database.look(rows) == 0
    assert not [who for who in people if who in caplog.text + "".join(capsys.readouterr())]
