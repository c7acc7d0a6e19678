"""The roster: who is who, imports that appear and go as a whole, and whom not to invite."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import communities, errands, leaving, roster, uploads
from storage.clock import MovableClock
from storage.engine import Database
from storage.errands import Errand, Look
from storage.keys import Keys
from storage.names import mail_key, name_key, number_key, reading_key
from storage.people import People
from storage.roster import ALIVE, KEPT, Person, Roster, State, Tags, prepared, same_person
from storage.uploads import LIVES, Stage, Uploads
from storage.work import Work

ADA, BOB = Person("Ada", mail="ada@example.com"), Person("Bob", number="12", left_year=2020)


@pytest.fixture
async def community(database: Database) -> str:
    return await database.tx(lambda work: communities.found(work, "Story").id)


def bring_in(work: Work, community: str, *people: Person) -> str:
    """An import of these."""
    kept = Roster(work, community)
    batch = kept.begin()
    assert batch
    assert kept.put(batch, [prepared(work.keys, who) for who in people])
    kept.publish(batch)
    return batch


def names(work: Work, community: str) -> list[str]:
    """Everybody on the roster."""
    return sorted(who.name for who in Roster(work, community).after())


# --- who is who ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋　太郎", "高橋太郎"),
        ("山﨑 花", "山崎花"),
        ("渡邊一", "渡辺 一"),
        ("Ada Lovelace", "ＡＤＡ　ＬＯＶＥＬＡＣＥ"),
        ("𠮷田", "吉田"),
        ("ﾔﾏﾀﾞ", "ヤマダ"),
    ],
)
def test_one_name_in_several_spellings(one: str, other: str) -> None:
    """Width, case, blanks and variants of a character make no difference where names are compared."""
    assert name_key(one) == name_key(other)


def test_readings_addresses_and_numbers() -> None:
    """Hiragana is katakana, a full-width address is the same address, and Excel's lost zeros are not missed."""
    assert reading_key("やまだ たろう") == reading_key("ﾔﾏﾀﾞﾀﾛｳ")
    assert mail_key(" ＡＤＡ@Example.COM") == mail_key("ada@example.com")
    assert number_key("００１２") == number_key("12") != number_key("21")
    assert name_key("山田") != name_key("山口")


TWINS = Person("佐藤 健", "サトウ ケン", "ken@example.com", "", 2020)


@pytest.mark.parametrize(
    ("row", "known"),
    [
        (TWINS, True),
        (Person("佐藤　健", "さとう けん", "", "", 2020), True),  # nothing tells them apart
        (Person("Ken", mail="ＫＥＮ@example.com"), True),  # the address is enough
        (
            Person("佐藤 健", "サトウ ケン", "other@example.com", "", 2020),
            False,
        ),  # a namesake with an address of theirs
        (Person("佐藤 健", "サトウ タケシ", "", "", 2020), False),
        (Person("佐藤 健", "サトウ ケン", "", "", 2021), False),
        (Person("佐藤 健", "サトウ ケン", "", "77", 2020), True),  # has a number, but no other address
    ],
)
async def test_who_is_known_already(database: Database, community: str, row: Person, known: bool) -> None:  # noqa: FBT001 - a column of the table
    """The same address or number is the same person, and a shared name is, unless address or number tell them apart."""
    await database.tx(lambda work: bring_in(work, community, TWINS))
    found = await database.look(lambda work: Roster(work, community).known([Tags.of(work.keys, row)]))
    assert found == ({0} if known else set())


# --- imports -------------------------------------------------------------------------------------


async def test_an_import_appears_all_at_once(database: Database, community: str) -> None:
    """Before it is published nobody sees anybody of it; then they are all there, once, however often it is repeated."""

    def begins(work: Work) -> str:
        batch = Roster(work, community).begin()
        assert batch
        assert Roster(work, community).put(batch, [prepared(work.keys, ADA), prepared(work.keys, BOB)])
        return batch

    batch = await database.tx(begins)
    assert await database.look(lambda work: names(work, community)) == []
    assert await database.look(lambda work: Roster(work, community).batches()) == []
    assert await database.tx(lambda work: Roster(work, community).begin()) is None
    assert await database.tx(lambda work: Roster(work, community).publish(batch)) == 2
    assert await database.look(lambda work: names(work, community)) == ["Ada", "Bob"]
    await database.tx(lambda work: bring_in(work, community, ADA))
    [only] = await database.look(lambda work: Roster(work, community).batches())
    assert (only.id, only.size, only.closed) == (batch, 2, False)
    assert await database.look(lambda work: Roster(work, community).counts()) == {
        State.IMPORTED: 2,
        State.INVITED: 0,
        State.JOINED: 0,
    }


async def test_an_import_that_stopped_is_nobodys(database: Database, community: str, clock: MovableClock) -> None:
    """Whoever was being written when a process ended is gone when the next import begins, and hinders nobody."""

    def begins(work: Work) -> str:
        batch = Roster(work, community).begin()
        assert batch
        Roster(work, community).put(batch, [prepared(work.keys, ADA)])
        return batch

    dead = await database.tx(begins)
    clock.forward(ALIVE)
    await database.tx(lambda work: bring_in(work, community, ADA))
    assert await database.look(lambda work: names(work, community)) == ["Ada"]
    assert not await database.tx(lambda work: Roster(work, community).put(dead, [prepared(work.keys, BOB)]))


async def test_undo_until_the_first_invitation(database: Database, community: str) -> None:
    """An import is taken back as a whole; after its first invitation it cannot be, and another one still can."""
    first = await database.tx(lambda work: bring_in(work, community, ADA))
    second = await database.tx(lambda work: bring_in(work, community, BOB))
    [ada] = [who for who in await database.look(lambda work: Roster(work, community).after()) if who.name == "Ada"]
    await database.tx(lambda work: Roster(work, community).invited(ada.id))
    assert await database.tx(lambda work: Roster(work, community).undo(first)) is None
    assert await database.tx(lambda work: Roster(work, community).undo(second)) == 1
    assert await database.tx(lambda work: Roster(work, community).undo(second)) is None
    assert await database.look(lambda work: names(work, community)) == ["Ada"]


@pytest.mark.parametrize(("kind", "state"), [("alumni", State.JOINED), ("ally", State.INVITED)])
async def test_who_joined_and_left(database: Database, kind: str, state: State) -> None:
    """Joining is on the roster, and leaving takes the row; in an ALLY community the roster never learns of either."""
    community = await database.tx(lambda work: communities.found(work, "Story", kind).id)

    def joins(work: Work) -> str:
        bring_in(work, community, ADA)
        [ada] = Roster(work, community).after()
        Roster(work, community).invited(ada.id)
        member = People(work, community).welcome({"name": "Ada"})
        Roster(work, community).joined(ada.id, member)
        return member

    member = await database.tx(joins)
    [ada] = await database.look(lambda work: Roster(work, community).after())
    assert (ada.state, ada.member) == (state, member if state is State.JOINED else None)
    await database.tx(lambda work: leaving.leave(work, community, member))
    assert await database.look(lambda work: names(work, community)) == ([] if state is State.JOINED else ["Ada"])


async def test_people_who_never_joined_are_not_kept_for_ever(
    database: Database, community: str, clock: MovableClock
) -> None:
    """Two years after their import they are deleted, the import with them; those who joined stay."""

    def story(work: Work) -> None:
        bring_in(work, community, ADA, BOB)
        ada = next(who for who in Roster(work, community).after() if who.name == "Ada")
        Roster(work, community).joined(ada.id, People(work, community).welcome({"name": "Ada"}))

    await database.tx(story)
    assert await database.tx(roster.forget) == 0
    clock.forward(KEPT + timedelta(days=1))
    assert await database.tx(roster.forget) == 1
    assert await database.look(lambda work: names(work, community)) == ["Ada"]


# --- do not invite -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "row", "same"),
    [
        (Person("佐藤 健"), Person("佐藤健", mail="any@example.com", left_year=2020), True),
        (Person("佐藤 健", left_year=2020), Person("佐藤 健", left_year=2021), False),
        (Person("佐藤 健", "サトウ ケン"), Person("佐藤 健", "さとう たける"), False),
        (Person("佐藤 健", mail="old@example.com"), Person("佐藤 健", mail="private@example.com"), True),
        (Person(mail="ken@example.com"), Person("Ken S.", mail="KEN@example.com"), True),
        (Person("佐藤 健", mail="ken@example.com"), Person("Somebody", mail="other@example.com"), False),
        (Person("K", number="0012"), Person("Q", number="12"), True),
        (Person(mail="ken@example.com"), Person("佐藤 健"), False),
        (Person("佐藤 健"), Person("鈴木 花", number="000"), False),
    ],
)
async def test_whom_the_list_stops(database: Database, community: str, entry: Person, row: Person, same: bool) -> None:  # noqa: FBT001 - as above
    """Address or number are enough; so is the name, with whatever address, unless reading or year differ."""
    assert same_person(entry, row) is same
    entry_id = await database.tx(lambda work: Roster(work, community).bar(entry))
    told: dict[str, Any] = {"mail": row.mail, "name": row.name, "reading": row.reading, "number": row.number}

    def stopped(work: Work) -> bool:
        return Roster(work, community).is_barred(**told, left_year=row.left_year)

    assert await database.look(stopped) is same
    assert await database.tx(lambda work: Roster(work, community).unbar(entry_id))
    assert not await database.look(stopped)
    assert not await database.tx(lambda work: Roster(work, community).unbar(entry_id))


# --- sealed --------------------------------------------------------------------------------------


@given(st.text("あaé", max_size=60), st.integers(1990, 2030))
def test_every_person_is_sealed_at_one_size(name: str, year: int) -> None:
    """The length of a row says nothing of who it is."""
    keys = Keys.fresh()
    longer = Person(name, name, f"{'x' * len(name)}@example.com", "1", year, name, (name,), "ja")
    assert len(prepared(keys, longer).sealed) == len(prepared(keys, Person("A")).sealed)


# --- errands and files ---------------------------------------------------------------------------


async def test_an_errand_is_steps_and_thoughts(database: Database, community: str) -> None:
    """Each step is a transaction of its own; what fails leaves the steps before it, and nothing after them."""

    def errand(*, fails: bool) -> Errand[list[str]]:
        yield lambda work: bring_in(work, community, ADA)
        seen = yield Look(lambda work: names(work, community))
        if fails:
            raise LookupError
        return [*seen, "and more"]

    assert await errands.run(database, errand(fails=False)) == ["Ada", "and more"]
    with pytest.raises(LookupError):
        await errands.run(database, errand(fails=True))
    assert await errands.Background(database).begin(errand(fails=True)) is None


async def test_a_file_waits_an_hour_for_one_person(database: Database, community: str, clock: MovableClock) -> None:
    """A second file takes the place of the first; after an hour there is none, and tidying deletes what is left."""
    ada, bob = await database.tx(lambda work: [People(work, community).welcome({"name": n}) for n in ("Ada", "Bob")])
    kept = uploads.StoredUploads(database)
    first = await kept.keep(community, ada, "first.csv", b"x" * 200_000)
    second = await kept.keep(community, ada, "second.csv", b"y" * 200_000)
    assert first != second

    def content(work: Work) -> bytes:
        pieces = Uploads(work, community).pieces(second, uploads.Part.FILE)
        return b"".join(work.keys.open_bytes(piece) for piece in pieces)

    assert await database.look(content) == b"y" * 200_000
    found = await database.look(lambda work: Uploads(work, community).of(ada))
    assert found
    assert (found.id, found.about, found.stage) == (second, {"name": "second.csv"}, Stage.ARRIVING)
    assert await database.look(lambda work: Uploads(work, community).of(bob)) is None
    assert await database.tx(lambda work: Uploads(work, community).begin(second, Stage.READING, found.about))
    assert not await database.tx(lambda work: Uploads(work, community).begin(second, Stage.READING, found.about))
    clock.forward(LIVES)
    assert await database.look(lambda work: Uploads(work, community).of(ada)) is None
    assert await database.tx(uploads.forget) == 1
