"""Questions without a name: asked in a window, opened together, moderated, wanted, answered, and gone."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from handlers.events.asking import limits
from storage.events import Event, Events
from storage.people import Role
from storage.tables import event_inbox, event_question, event_round, event_vote
from storage.work import Work
from tests.community import START, Stage
from tests.conversations.gathering import announced
from tests.conversations.surveyed import crowd
from tests.privacy.dispatching import changed, dumped
from tests.stages import Person, Shown
from tests.stages.portal import PortalPerson

CODE = re.compile(r"(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}")
SIX = START + timedelta(hours=9)  # in the evening, in Tokyo
WORDS = ("なぜ女性の管理職が少ないのですか", "差別を見たとき誰に言えばよいですか", "在宅勤務は続きますか")


async def set_up(stage: Stage) -> tuple[Person, Event]:
    """Sue runs an event to which a dozen may come, and lets questions be asked."""
    sue = await stage.member("Sue", Role.SUPPORTER)
    event = await announced(stage, organisers=(stage.members["Sue"],))
    await stage.tick()
    assert "質問を受け付ける" not in (await desk(sue)).buttons  # two members are too few
    await crowd(stage, 10)
    await desk(sue)
    assert "質問を受け付けています" in await sue.presses("質問を受け付ける")
    return sue, event


async def desk(sue: Person) -> Shown:
    """Her page of the questions."""
    await sue.asks("イベント", admin=True)
    await sue.presses("春の集い")
    await sue.presses("事前の準備")
    return await sue.presses("質問を見る")


async def until(stage: Stage, at: datetime) -> None:
    """The clock looks then."""
    stage.clock.forward(at - stage.clock.now())
    await stage.tick()
    await stage.surface.returns()


async def card(who: Person) -> Shown:
    """The event, as they see it."""
    await who.asks("イベント")
    return await who.presses("春の集い")


async def asks(who: Person, words: str) -> str:
    """The code they are shown."""
    await card(who)
    form = await who.presses("名前を出さずに質問する")
    assert "お名前、アカウント、時刻" in form.text
    found = CODE.search((await who.submits(words=words)).text)
    assert found
    return found.group()


async def rows(stage: Stage, table: sa.Table) -> Sequence[Any]:
    """As they lie there."""
    return await stage.database.look(lambda work: work.connection.execute(sa.select(table)).all())


async def published(stage: Stage, sue: Person, *who: Person) -> None:
    """All questions are asked, one each or by who there is, opened at six, and published."""
    for number, words in enumerate(WORDS):
        await asks(who[number % len(who)], words)
    await until(stage, SIX)
    shown = await desk(sue)
    assert "新着" in shown
    await sue.presses("新しい質問")
    for _ in WORDS:
        await sue.presses("1を公開する")


async def test_from_a_sealed_question_to_an_answer(stage: Stage) -> None:
    """Nobody reads before six; then Sue does, publishes, and members say which they want; the host ticks one off."""
    sue, _ = await set_up(stage)
    ada, ben = await stage.member("Ada"), await stage.member("Ben")
    code = await asks(ada, "取り消す質問です")
    await ada.presses("質問を取り消す")  # beside the code
    await asks(ben, WORDS[0])
    await card(ada)
    await ada.presses("質問を読む")
    await ada.presses("質問を取り消す")
    assert "code" in (await ada.submits(code="ABCD-EFGH-JKMN-PQRS")).errors
    assert "だれにも読まれていません" in await ada.submits(code=code)
    assert "公開された質問はまだありません" in await reads(ada)
    await desk(sue)
    assert WORDS[0] not in await sue.presses("新しい質問")

    await asks(ada, WORDS[1])
    await until(stage, SIX)  # two are too few to be opened
    await desk(sue)
    assert "ありません" in await sue.presses("新しい質問")
    await asks(ada, WORDS[2])
    await until(stage, SIX + timedelta(days=1))
    await desk(sue)
    shown = await sue.presses("新しい質問")
    assert all(words in shown for words in WORDS)
    for _ in WORDS:
        await sue.presses("1を公開する")

    listed = await reads(ben)
    first = next(words for words in WORDS if f"1. {words}" in listed.text)
    assert "5人未満" in listed
    assert "あなたも投票しています" in await ben.presses("1の答えを私も聞きたい")
    assert "あなたも投票しています" not in await ben.presses("1の投票を取り消す")
    await desk(sue)
    await sue.presses("司会者用の一覧")
    await sue.presses("1に答えた")
    assert "回答済みです" in await reads(ada)
    assert f"{first} ✓" in await sue.presses("もう一度見る")
    await sue.presses("3はまだ答えていない")
    assert not [letter for letter in await ada.inbox() if any(words in letter for words in WORDS)]


async def reads(who: Person) -> Shown:
    """The published ones."""
    await card(who)
    return await who.presses("質問を読む")


async def test_black_words_mergers_and_what_is_set_aside(stage: Stage) -> None:
    """Words are blacked out, two questions become one wanted once by whoever wanted both, and one is set aside."""
    sue, _ = await set_up(stage)
    ada, ben = await stage.member("Ada"), await stage.member("Ben")
    await published(stage, sue, ada, ben)
    for who in (ada, ben):
        await reads(who)
        await who.presses("1の答えを私も聞きたい")
    await ben.presses("2の答えを私も聞きたい")
    await desk(sue)
    await sue.presses("公開中の質問")
    black = await sue.presses("1の言葉を伏せる")
    assert "parts" in (await sue.submits(parts="ここにない言葉")).errors
    words = next(one for one in WORDS if one in black.text)
    assert f"■■■{words[2:]}" in await sue.submits(parts=words[:2])
    await desk(sue)
    form = await sue.presses("いくつかを1つにまとめる")
    assert {"which", "words"} <= set(form.fields)
    both = await stage.database.look(lambda work: [one.hex() for one in wanted(work.connection)])
    assert "which" in (await sue.submits(which=(both[0],), words="一つだけ")).errors
    assert "まとめました" in await sue.submits(which=tuple(both), words="まとめた質問")
    assert len(await rows(stage, event_vote)) == 2
    await sue.presses("公開中の質問")
    at = re.search(r"(\d)\. まとめた質問", (await sue.presses("質問の管理に戻る")).text)
    assert at is None  # the page itself holds no words
    shown = await sue.presses("公開中の質問")
    number = re.search(r"(\d)\. まとめた質問", shown.text)
    assert number
    await sue.presses(f"{number.group(1)}を公開しない")
    assert "まとめた質問" not in await reads(ada)
    await desk(sue)
    await sue.presses("公開しない質問")
    assert "新着に戻しました" in await sue.presses("1を新着に戻す")


def wanted(connection: sa.Connection) -> Sequence[bytes]:
    """The questions that somebody wants."""
    return connection.execute(sa.select(event_vote.c.question_id).distinct()).scalars().all()


async def test_asking_writes_one_row_and_wanting_another(
    stage: Stage, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Hinted at, sent, wanted, taken back: no other row is written or locked, and no log has a word or name."""
    caplog.set_level(0)
    sue, _ = await set_up(stage)
    ada = await stage.member("Ada")
    await published(stage, sue, ada)
    await card(ada)
    before = await stage.database.look(dumped)
    await ada.presses("名前を出さずに質問する")
    hinted = await ada.submits(words="Adaとしては marker1234 が気になります")
    assert "あなたの名前：「Ada」" in hinted
    assert await changed(stage, before) == set()
    assert CODE.search((await ada.submits()).text)
    assert await changed(stage, before) == {event_inbox.name}
    assert len(await rows(stage, event_inbox)) == 1
    await card(ada)
    before = await stage.database.look(dumped)
    await ada.presses("質問を読む")
    await ada.presses("1の答えを私も聞きたい")
    assert await changed(stage, before) == {event_vote.name}
    await ada.presses("1の投票を取り消す")
    assert await changed(stage, before) == set()
    said = caplog.text + "".join(capsys.readouterr())
    handle = stage.surface.handle("Ada", stage.community.id, stage.members["Ada"])
    told = ("marker1234", *WORDS, stage.members["Ada"], handle.user, "Ada")
    assert [one for one in told if one in said] == []


@pytest.mark.parametrize("stage", ["portal"], indirect=True)  # neither does the limit
async def test_so_many_of_one_member_and_none_typed_into_a_chat(stage: Stage) -> None:
    """The sixth is refused kindly; the command shows events, and keeps nothing of what is typed behind it."""
    await set_up(stage)
    ada = await stage.member("Ada")
    for number in range(limits.HERE._most):
        await asks(ada, f"質問その{number}")
    await card(ada)
    assert "お一人5件まで" in await ada.presses("名前を出さずに質問する")
    told = await ada.asks("イベント 質問 秘密の質問です")
    assert "ここには質問を入力しないでください" in told
    assert "秘密の質問です" not in told
    assert "春の集い" in told.buttons


async def test_the_day_and_afterwards(stage: Stage) -> None:
    """An hour before a single one is opened; after the end words are left, shown if Sue likes, and the key is gone."""
    sue, event = await set_up(stage)
    ada = await stage.member("Ada")
    await asks(ada, WORDS[0])
    await until(stage, event.starts_at)
    await desk(sue)
    await sue.presses("新しい質問")
    await sue.presses("1を公開する")
    await sue.asks("イベント 進行表", admin=True)
    shown = await sue.presses("司会者用の一覧")
    assert WORDS[0] in shown
    if isinstance(sue, PortalPerson):
        page = await sue.browser.client.get(f"/sheet/questions/{event.id}")
        assert WORDS[0] in page.text
        assert 'http-equiv="refresh"' in page.text
    await asks(ada, WORDS[1])  # opened by the quarter of an hour
    await until(stage, stage.clock.now() + timedelta(minutes=15))
    assert len(await rows(stage, event_question)) == 2
    await until(stage, event.ends_at)
    assert await rows(stage, event_inbox) == await rows(stage, event_vote) == []
    [there] = await rows(stage, event_round)
    assert there.key_id not in stage.database._keys.surveys.kept()  # type: ignore[attr-defined]  # both kinds keep them so
    await ada.asks("イベント 過去")
    assert WORDS[0] not in await ada.presses("春の集い")
    await sue.asks("イベント", admin=True)
    await sue.presses("終わったイベント")
    await sue.presses("春の集い")
    await sue.presses("名前を出さない質問")
    await sue.presses("司会者用の一覧")
    assert "✓" in await sue.presses("1に答えた")
    await sue.presses("質問の管理に戻る")
    await sue.presses("回答済みの質問を過去のイベントの下に表示する")
    await ada.asks("イベント 過去")
    assert WORDS[0] in await ada.presses("春の集い")


@pytest.mark.parametrize("stage", ["slack"], indirect=True)  # the clock knows no surface
async def test_an_event_that_moves_and_one_that_is_off(stage: Stage) -> None:
    """Moved, it is opened by its new times; cancelled, everything goes unread within half a minute."""
    _, event = await set_up(stage)
    ada = await stage.member("Ada")
    await asks(ada, WORDS[0])

    def moves(work: Work) -> None:
        noon = {"starts_local": START.replace(hour=12, tzinfo=None), "ends_local": START.replace(hour=13, tzinfo=None)}
        sooner = [part.model_copy(update=noon) for part in event.parts]
        assert Events(work, stage.community.id).change(event.id, event.details, sooner)

    await stage.database.tx(moves)
    await until(stage, stage.clock.now() + timedelta(hours=2))
    assert len(await rows(stage, event_question)) == 1
    await stage.database.tx(lambda work: Events(work, stage.community.id).cancel(event.id))
    await stage.tick()
    assert await rows(stage, event_question) == await rows(stage, event_inbox) == []
