"""The audit's chain: whoever edits the database, without the keys, is found out."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from scheduler.tidying import tidy
from storage import audit as audits
from storage import communities, resealing
from storage.audit import Audit, Broken, Fault, Whole
from storage.clock import MovableClock
from storage.engine import Database
from storage.engine import database as open_database
from storage.keys import Keys
from storage.people import People, Role
from storage.tables import audit, audit_head
from storage.work import Work

ENTRIES = 6


@pytest.fixture
async def community(database: Database) -> str:
    """Six entries of one secretary."""

    def busy(work: Work) -> str:
        here = communities.found(work, "Story").id
        people = People(work, here)
        ada = people.get(people.welcome({"name": "Ada"}, Role.SECRETARIAT))
        for number in range(ENTRIES):
            Audit(work, here).record(ada, "import.confirmed", f"batch-{number}")
        return here

    return await database.tx(busy)


async def verified(database: Database, community: str) -> Whole | Broken:
    return await database.look(lambda work: Audit(work, community).verify())


def _set(number: int, /, **values: object) -> Callable[[Work], object]:
    return lambda work: work.connection.execute(sa.update(audit).where(audit.c.number == number).values(**values))


def _drop(where: sa.ColumnElement[bool]) -> Callable[[Work], object]:
    return lambda work: work.connection.execute(sa.delete(audit).where(where))


def _swap(work: Work) -> None:
    for old, new in ((2, 99), (4, 2), (99, 4)):
        _set(old, number=new)(work)


def _other_actor(work: Work) -> None:
    _set(3, actor_sealed=work.keys.seal("somebody-else"))(work)


def _cut_and_mend_the_head(work: Work) -> None:
    """The best an editor can do without the key: everything agrees but the keyed hash."""
    _drop(audit.c.number > 4)(work)
    link = work.connection.execute(sa.select(audit.c.link).where(audit.c.number == 4)).scalar_one()
    work.connection.execute(sa.update(audit_head).values(number=4, link=link))


def _forged(work: Work) -> None:
    """An entry put at the end, made of another one."""
    row = dict(work.connection.execute(sa.select(audit).where(audit.c.number == ENTRIES)).one()._mapping)
    work.connection.execute(sa.insert(audit).values({**row, "number": ENTRIES + 1}))


def _headless(work: Work) -> None:
    work.connection.execute(sa.delete(audit_head))


def _all_gone(work: Work) -> None:
    _drop(sa.true())(work)
    _headless(work)


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        (_set(3, subject="batch-9"), Broken(3, Fault.CHANGED)),
        (_set(3, action="import.undone"), Broken(3, Fault.CHANGED)),
        (_set(3, actor_sealed=b"nothing we sealed"), Broken(3, Fault.CHANGED)),
        (_other_actor, Broken(3, Fault.CHANGED)),
        (_set(6, link=bytes(32)), Broken(6, Fault.CHANGED)),
        (_drop(audit.c.number == 4), Broken(4, Fault.MISSING)),
        (_drop(audit.c.number == 1), Broken(1, Fault.MISSING)),
        (_drop(audit.c.number > 4), Broken(5, Fault.CUT)),
        (_drop(sa.true()), Broken(1, Fault.CUT)),
        (_swap, Broken(2, Fault.CHANGED)),
        (_forged, Broken(7, Fault.CHANGED)),
        (_cut_and_mend_the_head, Broken(1, Fault.HEAD)),
        (_headless, Broken(1, Fault.HEAD)),
        (_all_gone, Broken(1, Fault.HEAD)),
    ],
)
async def test_every_edit_is_found(
    database: Database, community: str, edit: Callable[[Work], object], found: Broken
) -> None:
    """Changed, deleted from the middle, cut off, reordered, forged, all of it: the first bad entry is named."""
    assert isinstance(await verified(database, community), Whole)
    await database.tx(edit)
    assert await verified(database, community) == found


async def test_a_changed_time_is_found(database: Database, community: str) -> None:
    """By one minute."""
    newest = (await database.look(lambda work: Audit(work, community).latest(1)))[0]
    await database.tx(_set(5, done_at=newest.at - timedelta(minutes=1)))
    assert await verified(database, community) == Broken(5, Fault.CHANGED)


async def test_old_entries_go_and_the_rest_can_still_be_verified(
    database: Database, community: str, clock: MovableClock
) -> None:
    """After two years they are tidied away; what is left has no gap, and cutting it is still found."""
    clock.forward(timedelta(days=400))
    await database.tx(lambda work: Audit(work, community).record(None, "link.revoked"))
    clock.forward(audits.KEPT - timedelta(days=399))
    assert (await tidy(database))["audit"] == ENTRIES
    left = await verified(database, community)
    assert isinstance(left, Whole)
    assert (left.entries, left.number) == (1, ENTRIES + 1)
    await database.tx(lambda work: Audit(work, community).record(None, "link.revoked"))
    assert isinstance(await verified(database, community), Whole)
    await database.tx(_drop(audit.c.number == ENTRIES + 1))
    assert await verified(database, community) == Broken(ENTRIES + 1, Fault.MISSING)


async def test_new_seal_keys_break_nothing(
    database: Database, database_url: str, community: str, keys: Keys, clock: MovableClock
) -> None:
    """The chain is over what the seals hold; with another tag key it is nobody's."""
    await database.close()
    fresh = Keys.fresh()
    rotating = open_database(
        database_url, Keys(keys.tag_key, (*fresh.seal_keys, *keys.seal_keys), keys.link_keys), clock
    )
    await rotating.open()
    await resealing.reseal(rotating)
    await rotating.close()
    only = open_database(database_url, Keys(keys.tag_key, fresh.seal_keys, keys.link_keys), clock)
    await only.open()
    assert isinstance(await verified(only, community), Whole)
    await only.close()
    stranger = open_database(database_url, Keys(fresh.tag_key, fresh.seal_keys, keys.link_keys), clock)
    await stranger.open()
    assert await verified(stranger, community) == Broken(1, Fault.HEAD)
    await stranger.close()


async def test_two_at_once_leave_no_gap(database: Database, community: str) -> None:
    """Transactions that record at the same time stand one after the other."""
    await asyncio.gather(
        *(database.tx(lambda work: Audit(work, community).record(None, "wave.approved")) for _ in range(8))
    )
    whole = await verified(database, community)
    assert isinstance(whole, Whole)
    assert whole.number == ENTRIES + 8


async def test_an_entry_holds_no_content(database: Database, community: str) -> None:
    """A sentence, a name or a mail address is refused where an id belongs; the time is to the minute."""
    for action, subject in (("Import confirmed", ""), ("x", "Ada さん"), ("x", "a@example.org"), ("x", "a" * 65)):
        with pytest.raises(ValueError, match="nothing else"):
            await database.tx(lambda work, a=action, s=subject: Audit(work, community).record(None, a, s))  # type: ignore[misc] # defaults bind the values
    newest = (await database.look(lambda work: Audit(work, community).latest(1)))[0]
    assert (newest.at.second, newest.at.microsecond) == (0, 0)


async def test_an_earlier_mark_shows_that_a_whole_copy_was_put_back(database: Database, community: str) -> None:
    """Both tables of an older copy agree with each other; only what was noted outside says that the end is missing."""
    tables = {table: await database.look(lambda work, t=table: _rows(work, t)) for table in (audit, audit_head)}  # type: ignore[misc] # as above
    await database.tx(lambda work: Audit(work, community).record(None, "barred"))
    whole = await verified(database, community)
    assert isinstance(whole, Whole)

    def restore(work: Work) -> None:
        for table, rows in tables.items():
            work.connection.execute(sa.delete(table))
            work.connection.execute(sa.insert(table), rows)

    assert await database.look(lambda work: audits.knows(work, whole.mark))
    await database.tx(restore)
    assert isinstance(await verified(database, community), Whole)
    assert not await database.look(lambda work: audits.knows(work, whole.mark))


def _rows(work: Work, table: sa.Table) -> list[dict[str, object]]:
    return [dict(row) for row in work.connection.execute(sa.select(table)).mappings()]
