"""What became of what was sent: sums that add up, reasons in plain words, and sending again."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.language import mark
from handlers import checkins
from storage.manners import Manner
from storage.outbox import Draft, Outbox, State
from storage.people import People, Role
from storage.tables import nudge
from storage.work import Work
from tests.community import Stage
from tests.stages import Person, Shown

KIND = "story.news"
FATES = [
    (State.SENT, ""),
    (State.SENT, ""),
    (State.PENDING, ""),
    (State.SENDING, ""),
    (State.EXPIRED, ""),
    (State.CANCELLED, "held:break"),
    (State.CANCELLED, "replanned"),
    (State.FAILED, "gone:user_not_found"),
    (State.FAILED, "gone:closed"),
    (State.UNKNOWN, "unknown"),
]


@pytest.fixture(autouse=True)
def _a_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    manner = Manner(name=mark("Language"), why=mark("Home page"), asked=True)
    monkeypatch.setitem(checkins.feature.manners, KIND, manner)


async def a_batch(stage: Stage) -> None:
    """Ten messages, of which everything became that may become of one."""
    names = [f"M{number}" for number in range(len(FATES))]
    for name in names:
        await stage.member(name)

    def write(work: Work) -> None:
        people, outbox, now = People(work, stage.community.id), Outbox(work, stage.community.id), work.database_now
        for name, (state, why) in zip(names, FATES, strict=True):
            member = stage.members[name]
            to = people.address(member)
            assert to is not None
            later = now + timedelta(hours=3)
            draft = Draft(key=f"{KIND}:{name}", kind=KIND, to=to, member=member, due_at=later, expires_at=later)
            outbox.add([draft])
            values = {"state": state, "last_error": why, "sending_at": now if state is State.SENDING else None}
            where = (nudge.c.community_id == stage.community.id, nudge.c.member_id == member)
            work.connection.execute(sa.update(nudge).where(*where).values(**values))

    await stage.database.tx(write)


async def looks(person: Person, page: Shown) -> Shown:
    """At the only batch."""
    [label] = [label for label in page.buttons if label.startswith("見る")]
    return await person.presses(label)


async def states(stage: Stage) -> list[State]:
    counts = await stage.database.look(lambda work: Outbox(work, stage.community.id).counts(kind=KIND))
    return sorted(state for state, count in counts.items() for _ in range(count))


async def test_a_batch_adds_up(stage: Stage) -> None:
    """Planned is sent, waiting, held back, too late, cancelled, failed and unknown; nobody is named."""
    await a_batch(stage)
    sec = await stage.member("Sec", Role.SECRETARIAT)
    page = await sec.asks("配信", admin=True)
    line = re.search(r"予定10件：(.+)", page.text)
    assert line is not None
    assert sum(int(number) for number in re.findall(r" (\d+)", line[1])) == 10
    assert not any(f"M{number}" in page.text for number in range(len(FATES)))
    seen = await looks(sec, page)
    assert "送れなくなっています" in seen.text
    assert "返事がなく" in seen.text
    assert "お休み" in seen.text


async def test_those_who_failed_get_it_again(stage: Stage) -> None:
    """Once, and nobody else; what is not known is sent again only when somebody says so."""
    await a_batch(stage)
    sec = await stage.member("Sec", Role.SECRETARIAT)
    await looks(sec, await sec.asks("deliveries", admin=True))
    before = await states(stage)
    told = await sec.presses("失敗した方に送り直す")
    assert "2件を送り直しています" in told.text
    after = await states(stage)
    assert (before.count(State.FAILED), after.count(State.FAILED)) == (2, 0)
    assert after.count(State.PENDING) == before.count(State.PENDING) + 2
    assert after.count(State.UNKNOWN) == 1
    assert "失敗した方に送り直す" not in told.text
    told = await sec.presses("これらを送り直す")
    assert (await states(stage)).count(State.UNKNOWN) == 0


async def test_what_went_wrong_is_on_the_desk(stage: Stage) -> None:
    """For a week; and a member sees nothing of it."""
    sec, ada = await stage.member("Sec", Role.SECRETARIAT), await stage.member("Ada")
    assert "確かめたい配信" not in (await sec.asks("", admin=True)).text
    await a_batch(stage)
    desk = await sec.asks("", admin=True)
    assert "失敗2件" in desk.text
    assert "不明1件" in desk.text
    assert "予定10件" not in (await ada.asks("deliveries", admin=True)).text
