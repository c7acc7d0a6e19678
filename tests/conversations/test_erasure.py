"""After leaving, nothing of a person is in any row, file or log: neither in the open nor sealed."""

import logging
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from handlers import features
from scheduler.tidying import tidy
from storage import resealing
from storage.doors import Doors
from storage.engine import Sqlite
from storage.handouts import Handouts
from storage.people import Member, People, Role
from storage.presets import Level
from storage.work import Work
from tests.community import Stage
from tests.storage.test_privacy import bytes_of

NAME, TEXT, MAIL, FIELD = "穂高あおい", "山小屋を直しています", "aoi@hodaka.example", "木工"


def sealed(work: Work) -> Iterator[tuple[bytes, str]]:
    """Every sealed value with what is in it."""
    for _, columns in resealing.sealed_columns():
        for row in work.connection.execute(sa.select(*columns)):
            for value in row:
                if value:
                    yield value, work.keys.open_bytes(value).decode(errors="replace")


def telling(work: Work, marks: list[str]) -> list[bytes]:
    """The sealed values that say one of these."""
    return [value for value, text in sealed(work) if any(mark in text or _escaped(mark) in text for mark in marks)]


def _escaped(mark: str) -> str:
    """As JSON may write it."""
    return mark.encode("unicode_escape").decode()


async def test_who_leaves_is_nowhere(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    """Rows, sealed texts, the database's files, its journal and the logs hold nothing of whoever left, others' stay."""
    caplog.set_level(logging.INFO)
    with capture_logs() as said:
        ada, ben = await stage.member(NAME, Role.SUPPORTER), await stage.member("Ben", Role.OWNER)
        await stage.database.tx(lambda work: People(work, stage.community.id).show(stage.members[NAME], Level.OPEN))
        for person, text in ((ada, TEXT), (ben, "畑を始めました")):
            await person.asks(f"update {text}")
            await person.submits()
        await ada.asks("me")
        await ada.presses("書きかえる")
        await ada.submits(field=FIELD, mail=MAIL, years="2009", reunion=True)
        await ada.asks("鍵")
        await ada.presses("鍵をつくる")
        await ada.asks("つなぐ")
        await stage.moves(days=31)
        await ada.presses("おめでとう 👏")
        await stage.moves(days=100)
        await ada.asks("export")
        await ada.asks("pause 3か月")

        def prepared(work: Work) -> tuple[list[str], list[bytes]]:
            member = _of(work, stage)
            Doors(work, stage.community.id).begin(member.id)
            Handouts(work, stage.community.id).offer(member.id, "me.copy")
            handles = People(work, stage.community.id).handles(member.id, reachable_only=False)
            marks = [NAME, TEXT, MAIL, FIELD, member.id, *(who.user for who in handles)]
            return marks, telling(work, marks)

        marks, blobs = await stage.database.tx(prepared)
        assert len(blobs) >= 3  # profile, account, what was told: there was something to erase
        assert any(blob in bytes_of(stage.database) for blob in blobs)
        await ada.asks("退会")
        assert "退会しました" in await ada.submits()
        await stage.tick()  # shared messages are drawn again, without them
        await tidy(stage.database, features.leave)
    assert await stage.database.look(lambda work: telling(work, marks)) == []
    copy = bytes_of(stage.database)
    assert [blob for blob in blobs if blob in copy] == []
    for mark in marks:
        assert mark.encode() not in copy
        assert mark not in caplog.text
        assert mark not in str(said)
    kept = await stage.database.look(lambda work: [text for _, text in sealed(work)])
    assert any("畑を始めました" in text for text in kept)
    if isinstance(stage.database, Sqlite):
        assert any(stage.database.path.parent.glob("*-wal"))  # the journal was looked at, too


def _of(work: Work, stage: Stage) -> Member:
    member = People(work, stage.community.id).get(stage.members[NAME])
    assert member
    return member
