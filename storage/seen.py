"""Events already taken: a repeated delivery acts once."""

from datetime import timedelta

import sqlalchemy as sa

from storage.tables import seen
from storage.work import Work

KEPT = timedelta(days=1)  # Slack's last retry comes after about five minutes (`measured.md`, scale)


def first_time(work: Work, surface: str, key: str) -> bool:
    """Whether this key comes for the first time; remembers it in the same transaction."""
    return work.insert_once(seen, tag=work.keys.tag("seen", surface, key), at=work.now)


def take_back(work: Work, surface: str, key: str) -> None:
    """This deed was not done after all."""
    work.connection.execute(sa.delete(seen).where(seen.c.tag == work.keys.tag("seen", surface, key)))


def forget(work: Work) -> int:
    """Drop keys older than `KEPT`.  Returns how many."""
    result = work.connection.execute(sa.delete(seen).where(seen.c.at < work.now - KEPT))
    return result.rowcount
