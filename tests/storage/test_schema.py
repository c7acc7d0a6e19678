"""The database's shape, and that it belongs to these keys."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from storage import keys as key_files
from storage import resealing, schema
from storage.clock import MovableClock
from storage.engine import Database, StorageProblem
from storage.engine import database as open_database
from storage.keys import KeyProblem, Keys
from storage.notebook import StoredNotebook
from storage.people import People
from storage.tables import member, metadata
from storage.work import Work
from tests.storage.test_privacy import write_everything


def test_the_migrations_make_what_the_tables_say(database_url: str) -> None:
    """Up, down to nothing, and up again: the shape is the newest one and differs in nothing."""
    assert schema.is_current(database_url)
    assert schema.differences(database_url) == []
    schema.migrate_down(database_url, "base")
    assert schema.current(database_url) is None
    assert len(schema.differences(database_url)) >= len(metadata.tables)
    schema.migrate(database_url)
    assert schema.current(database_url) == schema.head()
    assert schema.differences(database_url) == []


@pytest.mark.postgres
def test_replicas_may_migrate_at_once(postgres_url: str) -> None:
    """Several that start together wait for each other."""
    schema.migrate_down(postgres_url, "base")
    with ThreadPoolExecutor(3) as replicas:
        for done in [replicas.submit(schema.migrate, postgres_url) for _ in range(3)]:
            done.result()
    assert schema.is_current(postgres_url)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    """The operator reads which setting is wrong."""
    (tmp_path / "enishi.db").write_text("not a database, " * 100)
    with pytest.raises(StorageProblem, match="ENISHI_DATABASE"):
        schema.migrate(f"sqlite:///{tmp_path}/enishi.db")


async def test_a_database_knows_its_keys(database: Database, database_url: str, clock: MovableClock) -> None:
    """Other keys than the ones it was made with are refused; the right ones may be checked again and again."""
    for _ in range(2):
        await database.tx(schema.check_keys)
    await database.close()
    other = open_database(database_url, Keys.fresh(), clock)
    await other.open()
    with pytest.raises(KeyProblem, match="not the ones"):
        await other.tx(schema.check_keys)
    await other.close()


async def test_members_without_a_mark_are_not_adopted(database: Database) -> None:
    """A database with members in it and no mark is not given the mark of whatever keys come along."""
    await database.tx(write_everything)
    with pytest.raises(KeyProblem):
        await database.tx(schema.check_keys)


async def test_everything_is_sealed_anew(database: Database, database_url: str, clock: MovableClock) -> None:
    """After a rotation the newest key alone opens all there is; stopping on the way and starting again is harmless."""
    old = database._keys  # type: ignore[attr-defined] # both kinds keep them so
    community = await database.tx(write_everything)
    await database.close()
    fresh = Keys.fresh()
    both = Keys(old.tag_key, (*fresh.seal_keys, *old.seal_keys), old.link_keys)
    rotating = open_database(database_url, both, clock)
    await rotating.open()

    class Stopped(Exception):
        """The process ends here."""

    def stops(_done: int, _all: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        await resealing.reseal(rotating, stops)
    progress: list[tuple[int, int]] = []
    done = await resealing.reseal(rotating, lambda *at: progress.append(at))
    assert progress[-1] == (done, done)
    await rotating.close()
    only = open_database(database_url, Keys(old.tag_key, fresh.seal_keys, old.link_keys), clock)
    await only.open()

    def opens_all(work: Work) -> int:
        opened = 0
        for table, columns in resealing.sealed_columns():
            for row in work.connection.execute(sa.select(*columns)):
                opened += len([work.keys.open(sealed) for sealed in row if sealed])
            assert work.connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() > 0, table.name
        return opened

    assert await only.look(opens_all) >= done
    people = await only.look(lambda work: [one.name for one in People(work, community).all()])
    assert "MARKERname" in people
    assert await StoredNotebook(only, "slack").read(community, "MARKERpage", "MARKERentry") == "MARKERnote"
    await only.close()


async def test_sealing_anew_walks_past_one_chunk(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables longer than a transaction's share are walked to the end, each row once."""
    monkeypatch.setattr(resealing, "AT_ONCE", 3)
    community = await database.tx(write_everything)
    await database.tx(lambda work: [People(work, community).welcome({"name": str(number)}) for number in range(10)])
    all_rows = await database.look(resealing._count)
    query = sa.select(member.c.profile_sealed)

    async def profiles() -> set[bytes]:
        return await database.look(lambda work: set(work.connection.execute(query).scalars()))

    before = await profiles()
    assert await resealing.reseal(database) == all_rows
    assert not before & await profiles()


def test_key_files_are_made_once_and_rotated(tmp_path: Path) -> None:
    """Keys are never replaced; a rotation puts new ones in front, and the old ones open until they are dropped."""
    folder = tmp_path / "keys"
    made = key_files.create(folder)
    assert key_files.load(folder) == made
    assert folder.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in folder.iterdir())
    with pytest.raises(FileExistsError):
        key_files.create(folder)
    rotated = key_files.rotate(folder)
    assert (rotated.tag_key, rotated.seal_keys[1:], rotated.link_keys[1:]) == (
        made.tag_key,
        made.seal_keys,
        made.link_keys,
    )
    assert rotated.open(made.seal("text")) == "text"
    key_files.drop_old(folder)
    with pytest.raises(KeyProblem):
        key_files.load(folder).open(made.seal("text"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tag.key", None),
        ("seal.keys", ""),
        ("tag.key", "zz"),
        ("tag.key", "00"),
        ("seal.keys", "short"),
        ("link.keys", ""),
    ],
)
def test_damaged_key_files_are_named(tmp_path: Path, name: str, content: str | None) -> None:
    """The operator reads which files to restore."""
    key_files.create(tmp_path / "keys")
    file = tmp_path / "keys" / name
    file.unlink() if content is None else file.write_text(content)
    with pytest.raises(KeyProblem, match="ENISHI_KEYS"):
        key_files.load(tmp_path / "keys")


@pytest.mark.parametrize("text", ["", "a", "縁" * 30, "x" * 64, "x" * 65, "line\nbreak", "NUL\0NUL"])
def test_sealed_texts_differ_in_length_only_in_steps(keys: Keys, text: str) -> None:
    """What is sealed opens again, and its length tells at most how many steps of 64 bytes it has."""
    steps = max(1, -(-len(text.replace("\0", "").encode()) // 64))
    assert keys.open(keys.seal(text)) == text.replace("\0", "")
    assert len(keys.seal(text)) == len(keys.seal("y" * 64 * steps))
