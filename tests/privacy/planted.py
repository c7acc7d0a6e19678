"""Leaks that others have had, planted beside a closed survey one at a time: the attack has to find each of them."""

import hmac
import random
import uuid
from collections.abc import Callable
from functools import partial
from hashlib import md5, sha256

import sqlalchemy as sa

from storage.engine import Database
from storage.work import Work
from tests.privacy.attack import Truth

Leak = Callable[[Work, int, str, tuple[str, ...]], None]
"""What is written when somebody answers: (work, when, text, who)."""
LEAKS: dict[str, Leak] = {}
ORDERED: set[str] = set()  # written in the order of the answers; the others not, so that only what they say leaks
APART: set[str] = set()  # each in a transaction of its own
OF_THE_SERVER = {"random_key", "same_order", "one_transaction"}  # where two databases differ most


def leak(*, ordered: bool = False, apart: bool = False) -> Callable[[Leak], Leak]:
    """One of the battery."""

    def add(how: Leak) -> Leak:
        name = how.__name__.removeprefix("_")
        LEAKS[name] = how
        ORDERED.update({name} if ordered else ())
        APART.update({name} if apart else ())
        return how

    return add


TABLES = {
    "planted_answer": "id {number}, body TEXT, extra TEXT, n BIGINT",
    "planted_person": "name TEXT, extra TEXT, n BIGINT",
    "planted_between": "a TEXT, b TEXT",
}


def make(work: Work) -> None:
    """Empty tables for it."""
    drop(work)
    number = "BIGSERIAL PRIMARY KEY" if work.connection.dialect.name == "postgresql" else "INTEGER PRIMARY KEY"
    for name, columns in TABLES.items():
        work.connection.execute(sa.text(f"CREATE TABLE {name} ({columns.format(number=number)})"))


def drop(work: Work) -> None:
    """As if nothing had been."""
    for name in TABLES:
        work.connection.execute(sa.text(f"DROP TABLE IF EXISTS {name}"))


def _answer(work: Work, text: str, extra: object = None, n: int | None = None, id_: int | None = None) -> None:
    values: dict[str, object] = {"body": text, "extra": None if extra is None else str(extra), "n": n}
    if id_ is not None:
        values["id"] = id_
    columns: list[sa.ColumnClause[object]] = [sa.column(name) for name in values]
    work.connection.execute(sa.insert(sa.table("planted_answer", *columns)), values)


def _person(work: Work, who: tuple[str, ...], extra: object = None, n: int | None = None) -> None:
    values = {"name": who[0], "extra": None if extra is None else str(extra), "n": n}
    work.connection.execute(sa.text("INSERT INTO planted_person (name, extra, n) VALUES (:name, :extra, :n)"), values)


def _scattered(number: int) -> int:
    """Numbers that say nothing, and are the same each time."""
    return random.Random(number).getrandbits(60)  # noqa: S311 - no secret


@leak(ordered=True)
def _in_order(work: Work, _: int, text: str, __: tuple[str, ...]) -> None:
    _answer(work, text)


@leak(ordered=True)
def _random_key(work: Work, at: int, text: str, _: tuple[str, ...]) -> None:
    _answer(work, text, id_=_scattered(at))


@leak()
def _time(work: Work, at: int, text: str, _: tuple[str, ...]) -> None:
    _answer(work, text, n=1_700_000_000 + 60 * at, id_=_scattered(at))


@leak()
def _time_ordered_id(work: Work, at: int, text: str, _: tuple[str, ...]) -> None:
    stamp = (1_700_000_000_000 + at * 1000).to_bytes(6, "big").hex()
    _answer(work, text, f"{stamp[:8]}-{stamp[8:]}-7{_scattered(at):015x}"[:36], id_=_scattered(at))


@leak()
def _uuid1(work: Work, at: int, text: str, _: tuple[str, ...]) -> None:
    _answer(work, text, (1 << 60) + uuid.UUID(fields=(at * 977, 1, 0x11EE, 128, 1, 1)).time, id_=_scattered(at))


@leak()
def _name(work: Work, at: int, text: str, who: tuple[str, ...]) -> None:
    _answer(work, text, who[0], id_=_scattered(at))


@leak()
def _hash(work: Work, at: int, text: str, who: tuple[str, ...]) -> None:
    _answer(work, text, md5(who[1].encode()).hexdigest(), id_=_scattered(at))  # noqa: S324 - that is the leak


@leak()
def _cut_hash(work: Work, at: int, text: str, who: tuple[str, ...]) -> None:
    _answer(work, text, sha256(who[0].encode()).hexdigest()[:16], id_=_scattered(at))


@leak()
def _uuid5(work: Work, at: int, text: str, who: tuple[str, ...]) -> None:
    _answer(work, text, uuid.uuid5(uuid.NAMESPACE_DNS, who[0]), id_=_scattered(at))


@leak()
def _salted(work: Work, at: int, text: str, who: tuple[str, ...]) -> None:
    if at == 0:
        work.connection.execute(sa.text("INSERT INTO planted_between VALUES ('a salt in the data', '')"))
    _answer(work, text, sha256(b"a salt in the data" + who[0].encode()).hexdigest(), id_=_scattered(at))


@leak()
def _keyed(work: Work, at: int, text: str, who: tuple[str, ...]) -> None:
    _answer(work, text, hmac.digest(work.keys.tag_key, who[0].encode(), sha256).hex(), id_=_scattered(at))


@leak()
def _token(work: Work, at: int, text: str, who: tuple[str, ...]) -> None:
    _answer(work, text, f"token-{_scattered(at)}", id_=_scattered(at + 1000))
    _person(work, who, f"token-{_scattered(at)}")


@leak()
def _between(work: Work, at: int, text: str, who: tuple[str, ...]) -> None:
    ours, theirs = f"left-{_scattered(at)}", f"right-{_scattered(at + 500)}"
    _answer(work, text, ours, id_=_scattered(at + 1000))
    _person(work, who, theirs)
    work.connection.execute(sa.text("INSERT INTO planted_between VALUES (:a, :b)"), {"a": ours, "b": theirs})


@leak()
def _same_order(work: Work, at: int, text: str, who: tuple[str, ...]) -> None:
    """Two lists in one order, which is not the order of the answers."""
    _answer(work, text)
    _person(work, who)


@leak()
def _rough_time(work: Work, at: int, text: str, _: tuple[str, ...]) -> None:
    """A day is enough: an order that is only roughly that of the answers."""
    _answer(work, text, n=10_000 * (at // 3) + _scattered(at) % 10_000, id_=_scattered(at))


@leak()
def _outbox(work: Work, at: int, text: str, who: tuple[str, ...]) -> None:
    work.connection.execute(
        sa.text("INSERT INTO planted_between VALUES (:a, :b)"), {"a": f"thanks {who[2]}", "b": f"you wrote: {text}"}
    )


@leak()
def _count(work: Work, at: int, text: str, who: tuple[str, ...]) -> None:
    """A counter at the answer, and each person's turn."""
    _answer(work, text, n=at * 3 + 5, id_=_scattered(at))
    _person(work, who, n=at * 3 + 5)


@leak(apart=True)
def _one_transaction(work: Work, at: int, text: str, who: tuple[str, ...]) -> None:
    """The answer says nothing; but whoever wrote it was seen in the same transaction."""
    _answer(work, text, id_=_scattered(at))
    _person(work, who)


async def plant(database: Database, name: str, truth: Truth) -> None:
    """Everybody's."""
    told = [*enumerate(zip(truth.marks, truth.people, strict=True))]
    if name not in ORDERED:
        told.sort(key=lambda one: _scattered(one[0]))

    def all_of_them(work: Work) -> None:
        for at, (text, who) in told:
            LEAKS[name](work, at, text, who)

    await database.tx(make)
    if name not in APART:
        await database.tx(all_of_them)
        return
    for at, (text, who) in told:
        await database.tx(partial(_alone, LEAKS[name], at, text, who))


def _alone(how: Leak, at: int, text: str, who: tuple[str, ...], work: Work) -> None:
    how(work, at, text, who)
