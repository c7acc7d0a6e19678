"""Tries to tell who wrote what, from copies of a database, the keys of the install and the logs.

It knows who wrote which text, so that it can say how often it was right; everything else it finds by itself.  Each
channel is one way of guessing; under the null hypothesis its guess is a random order.  After all of them, Holm.
"""

import hmac
import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b, md5, sha1, sha256, sha512
from typing import Any

from tests.privacy import chance
from tests.privacy.looking import Copy, Row, Thief

MARK = re.compile(r"mark[0-9a-f]{12}")
SECRETS = 20  # values of each column that are tried as keys of keyed hashes
FEW = 5  # a column that tells of fewer answers is no channel
CROWD = 4  # a value in more rows than this links nothing


@dataclass
class Truth:
    """What really happened: authors in the order of their answers, each with all that is known of them."""

    marks: list[str]  # final texts, in the order in which they were sent
    people: list[tuple[str, ...]]  # who sent them: ids, handles, names
    forbidden: set[str] = field(default_factory=set)  # texts that may be readable nowhere, ever

    @property
    def n(self) -> int:
        """How many answers there are."""
        return len(self.marks)


@dataclass
class Found:
    """What the attack found: chances by channel, and what needs no chance."""

    raw: dict[str, float]  # each by itself
    correct: dict[str, int]
    readable: list[str]  # forbidden texts, and where; names in logs

    @property
    def chances(self) -> dict[str, float]:
        """The same, made honest for their number."""
        return chance.adjusted(self.raw)

    def leaks(self, level: float) -> list[str]:
        """Everything that is no chance."""
        return [*self.readable, *(f"{name} (p = {p:.2g})" for name, p in self.chances.items() if p < level)]


class Attack:
    """One attack on one survey."""

    def __init__(self, thief: Thief, truth: Truth, final: Copy, earlier: Sequence[Copy] = (), logs: str = "") -> None:
        self.thief, self.truth, self.final, self.earlier, self.logs = thief, truth, final, list(earlier), logs
        self._place = {mark: at for at, mark in enumerate(truth.marks)}
        self._who = {name: at for at, names in enumerate(truth.people) for name in names}
        self._names = re.compile("|".join(sorted(map(re.escape, self._who), key=len, reverse=True)))
        self._raw_chances: dict[str, float] = {}
        self._correct: dict[str, int] = {}
        self._texts = [(row, marks) for row in final.rows if (marks := self._marks(row))]
        self._persons = [(row, whom) for row in final.rows if (whom := self._people(row))]

    def run(self) -> Found:
        """All channels."""
        answers = dict(self._answer_orders())
        persons = dict(self._person_orders())
        for name, order in answers.items():
            self._order(name, order)
            for other, people in persons.items():
                self._matched(f"{name} ~ {other}", order, people)
        self._values()
        self._hashes()
        self._transactions()
        self._commits()
        self._copies()
        return Found(self._raw_chances, self._correct, [*self._readable()])

    # --- what is readable

    def _marks(self, row: Row) -> list[str]:
        found = {mark for value in row.values.values() for mark in MARK.findall(self.thief.reads(value))}
        return [mark for mark in found if mark in self._place]

    def _people(self, row: Row) -> set[int]:
        return {
            self._who[name]
            for value in row.values.values()
            if not isinstance(value, int | float | None)
            for name in self._names.findall(self.thief.reads(value))
        }

    def _readable(self) -> Iterator[str]:
        for number, copy in enumerate([*self.earlier, self.final]):
            last = number == len(self.earlier)
            banned = self.truth.forbidden if last else self.truth.forbidden | set(self.truth.marks)
            seen = {
                mark
                for row in copy.rows
                for value in row.values.values()
                for mark in MARK.findall(self.thief.reads(value))
            }
            if banned & seen:
                yield f"copy {number}: {len(banned & seen)} texts readable in rows"
            for name, raw in copy.raw.items():
                if wrong := {mark for _, mark in self.thief.finds(raw, MARK)} & banned:
                    yield f"copy {number}: {len(wrong)} texts readable in the bytes of {name}"
        if MARK.search(self.logs):
            yield "a text stands in the log"
        if named := self._names.search(self.logs):
            yield f"somebody is named in the log ({len(named.group())} characters)"

    # --- orders

    def _answer_orders(self) -> Iterator[tuple[str, list[int]]]:
        """Submission places of the answers, in the order of every column and of every file."""
        rows = [(row, marks[0]) for row, marks in self._texts if len(marks) == 1]
        for table, group in _by_table(rows):
            for name, keyed in _sortable(group):
                yield f"{table}{name}", [self._place[mark] for mark in keyed]
        for name, raw in self.final.raw.items():
            first: dict[str, int] = {}
            for at, mark in self.thief.finds(raw, MARK):
                if mark in self._place:
                    first.setdefault(mark, at)
            if len(first) >= FEW:
                yield f"bytes of {name}", [self._place[mark] for mark in sorted(first, key=first.__getitem__)]

    def _person_orders(self) -> Iterator[tuple[str, list[int]]]:
        rows = [(row, next(iter(whom))) for row, whom in self._persons if len(whom) == 1]
        for table, group in _by_table(rows):
            for name, keyed in _sortable(group):
                yield f"{table}{name}", list(dict.fromkeys(keyed))

    def _order(self, name: str, order: list[int]) -> None:
        """Whether an order is the order of submission, or the other way round."""
        ranked = [int(rank) for rank in chance.ranks(order)]
        self._tell(f"{name} is the order", sum(at == rank for at, rank in enumerate(ranked)), len(order))
        self._tell(f"{name} is the order, backwards", sum(at == r for at, r in enumerate(reversed(ranked))), len(order))
        rho = chance.together(range(len(order)), order)
        self._raw_chances[f"{name} follows the order"] = chance.by_chance(rho, len(order))

    def _matched(self, name: str, answers: list[int], people: list[int]) -> None:
        """Whether the answers lie in the order of somebody's rows."""
        of_both = [one for one in people if one in set(answers)]
        there = [one for one in answers if one in set(of_both)]
        if len(there) < FEW:
            return
        for way, order in (("", of_both), (", backwards", of_both[::-1])):
            self._tell(name + way, sum(a == b for a, b in zip(there, order, strict=True)), len(there))
        at = {one: place for place, one in enumerate(of_both)}
        rho = chance.together(range(len(there)), [at[one] for one in there])
        self._raw_chances[f"{name}, roughly"] = chance.by_chance(rho, len(there))

    def _tell(self, name: str, correct: int, n: int) -> None:
        self._correct[name] = correct
        self._raw_chances[name] = chance.at_least(correct, n)

    # --- links

    def _linked(self, name: str, guesses: Mapping[str, set[int]]) -> None:
        """Whether those that something leads to are the authors."""
        sure = {mark: next(iter(whom)) for mark, whom in guesses.items() if len(whom) == 1}
        if sure:
            self._tell(name, sum(self._place[mark] == whom for mark, whom in sure.items()), self.truth.n)

    def _values(self) -> None:
        """Through a value that an answer's row and somebody's row share, or a row in between shares with both."""
        holders: dict[Any, list[int]] = defaultdict(list)
        rows = self.final.rows
        for number, row in enumerate(rows):
            for value in _telling(row):
                holders[value].append(number)
        near = [
            {other for value in _telling(row) if len(holders[value]) <= CROWD for other in holders[value]}
            for row in rows
        ]
        number_of = {id(row): number for number, row in enumerate(rows)}
        whom = {number_of[id(row)]: people for row, people in self._persons}
        direct: dict[str, set[int]] = defaultdict(set)
        between: dict[str, set[int]] = defaultdict(set)
        for row, marks in self._texts:
            here = number_of[id(row)]
            once = near[here] | {here}
            twice = {far for one in once for far in near[one]}
            for mark in marks:
                direct[mark] |= {person for one in once for person in whom.get(one, ())}
                between[mark] |= {person for one in twice for person in whom.get(one, ())}
        self._linked("a shared value", direct)
        self._linked("a row in between", between)

    def _hashes(self) -> None:
        """Through a hash of somebody, plain or with a key that lies in the data, whole or cut."""
        columns: dict[tuple[str, str], set[bytes]] = defaultdict(set)
        for row in self.final.rows:
            for name, value in row.values.items():
                if len(columns[row.table, name]) < SECRETS:
                    columns[row.table, name] |= {raw for raw in _as_bytes(value) if 8 <= len(raw) <= 64}
        secrets = {self.thief.tag_key}.union(*columns.values())
        known = {
            digest[:8]: at
            for at, names in enumerate(self.truth.people)
            for name in names
            for digest in _digests(name.encode(), secrets)
        }
        guesses: dict[str, set[int]] = defaultdict(set)
        for row, marks in self._texts:
            whom = {known.get(raw[:8]) for value in row.values.values() for raw in _as_bytes(value)} - {None}
            for mark in marks:
                guesses[mark] |= {one for one in whom if one is not None}
        self._linked("a hash of somebody", guesses)

    def _transactions(self) -> None:
        """Through the transaction that wrote, or last locked, a row."""
        wrote: dict[int, set[int]] = defaultdict(set)
        for row, whom in self._persons:
            for mark in (".xmin", ".xmax"):
                if row.values.get(mark):
                    wrote[row.values[mark]] |= whom
        guesses = {
            mark: wrote[row.values[".xmin"]] for row, marks in self._texts if ".xmin" in row.values for mark in marks
        }
        self._linked("one transaction", guesses)

    def _commits(self) -> None:
        """Through a commit in SQLite's journal: what is new on its pages."""
        for name, raw in self.final.raw.items():
            if not name.endswith("-wal") or len(raw) < 32:
                continue
            page, seen = int.from_bytes(raw[8:12], "big"), set[str]()
            guesses: dict[str, set[int]] = {}
            commit = b""
            for at in range(32, len(raw) - page - 23, page + 24):
                commit += raw[at + 24 : at + 24 + page]
                if int.from_bytes(raw[at + 4 : at + 8], "big"):
                    marks = {mark for _, mark in self.thief.finds(commit, MARK)} - seen
                    names = {one for _, one in self.thief.finds(commit, self._names)} - seen
                    guesses |= {mark: {self._who[one] for one in names} for mark in marks if mark in self._place}
                    seen |= marks | names
                    commit = b""
            self._linked("one commit of the journal", guesses)

    # --- copies taken before

    def _copies(self) -> None:
        """Through what was new in each copy: how long it was, and where it lay."""
        arrived: dict[tuple[str, Any], int] = {}
        lying: dict[str, list[tuple[str, int, int]]] = {}  # tables: (key, length, when it came), as scanned last
        for number, copy in enumerate(self.earlier):
            lying = defaultdict(list)
            for row in copy.rows:
                told = {name: value for name, value in row.values.items() if not name.startswith(".")}
                when = arrived.setdefault((row.table, repr(told)), number)
                size = max((len(value) for value in told.values() if isinstance(value, bytes | str)), default=0)
                lying[row.table].append((_key_of(told.values()), size, when))
        texts = [(mark, max(self._lengths(row, mark), default=0)) for row, marks in self._texts for mark in marks]
        for table, came in lying.items():
            if len(came) != len(texts) or len(texts) < FEW or len({when for *_, when in came}) == 1:
                continue
            marks = [mark for mark, _ in texts]
            orders = {
                "place": (came, marks),
                "place, backwards": (came, marks[::-1]),
                "key": (sorted(came), marks),
                "key, backwards": (sorted(came), marks[::-1]),
            }
            if len({size for _, size, _ in came}) > 1:
                by_length = [mark for mark, _ in sorted(texts, key=lambda one: one[1])]
                orders["length"] = (sorted(came, key=lambda one: one[1]), by_length)
            for name, (rows, guessed) in orders.items():
                rho = chance.together([when for *_, when in rows], [self._place[mark] for mark in guessed])
                self._raw_chances[f"copies: {name} of {table}"] = chance.by_chance(rho, len(texts))

    def _lengths(self, row: Row, mark: str) -> Iterator[int]:
        for value in row.values.values():
            if mark in (text := self.thief.reads(value)):
                yield len(text)


def _by_table(rows: Iterable[tuple[Row, Any]]) -> Iterator[tuple[str, list[tuple[Row, Any]]]]:
    groups: dict[str, list[tuple[Row, Any]]] = defaultdict(list)
    for row, what in rows:
        groups[row.table].append((row, what))
    yield from ((table, group) for table, group in groups.items() if len(group) >= FEW)


def _sortable(group: Sequence[tuple[Row, Any]]) -> Iterator[tuple[str, list[Any]]]:
    """What the rows stand for, in the order of a scan, of each column, and of each column's length."""
    yield " as scanned", [what for _, what in sorted(group, key=lambda one: one[0].at)]
    for name in group[0][0].values:
        values = [row.values.get(name) for row, _ in group]
        for how, keys in (
            ("", values),
            (" by length", [len(v) if isinstance(v, bytes | str) else None for v in values]),
        ):
            if any(key is None or not isinstance(key, type(keys[0])) for key in keys) or isinstance(keys[0], bool):
                continue
            if not isinstance(keys[0], int | float | str | bytes | date | datetime) or len(set(keys)) < len(keys) / 2:
                continue
            order = sorted(range(len(keys)), key=lambda at: (keys[at], hash(str(group[at][1]))))
            yield f".{name}{how}", [group[at][1] for at in order]


def _telling(row: Row) -> Iterator[Any]:
    for name, value in row.values.items():
        tells = (isinstance(value, str | bytes) and len(value) >= 4) or (isinstance(value, int) and value > 1000)
        if tells and not name.startswith("."):
            yield value


def _key_of(values: Iterable[Any]) -> str:
    """What a table may be ordered by, in the order of the bytes."""
    short = (value.hex() if isinstance(value, bytes) else str(value) for value in values)
    return " ".join(value for value in short if len(value) <= 128)


def _digests(name: bytes, secrets: Iterable[bytes]) -> Iterator[bytes]:
    for hashed in (md5, sha1, sha256, sha512, blake2b):
        yield hashed(name).digest()
    yield uuid.uuid3(uuid.NAMESPACE_DNS, name.decode()).bytes
    yield uuid.uuid5(uuid.NAMESPACE_DNS, name.decode()).bytes
    for secret in secrets:
        yield hmac.digest(secret, name, sha256)
        yield sha256(secret + name).digest()
        yield sha256(name + secret).digest()


def _as_bytes(value: Any) -> Iterator[bytes]:
    if isinstance(value, bytes):
        yield value
    elif isinstance(value, str):
        yield value.encode()
        try:
            yield bytes.fromhex(value.replace("-", ""))
        except ValueError:
            return
