"""How much one is written to: the reasons, the ways out, the budget, and what is told in one line."""

from datetime import date, timedelta

import pytest

from bot.address import Address
from bot.cards import Buttons, Card, Look, Text, button
from bot.language import mark
from handlers import nudges
from handlers.checkins import actions as checkin_actions
from storage.communities import Settings as Communities
from storage.habits import Habits
from storage.manners import Manner
from storage.outbox import Draft, Nudge, Outbox, Posted, State
from storage.people import People, Role
from storage.work import Work
from tests.community import Stage

NEWS, CALL = "story.news", "story.call"
KINDS = {
    NEWS: Manner(name=mark("Language"), why=mark("Home page"), digest=True, priority=3),
    CALL: Manner(name=mark("Language"), why=mark("Home page"), prompt=True, every=28),
}
TWO_DAYS = {"days": 2, "minutes": 1}


def _draw(_: Work, nudge: Nudge) -> Card:
    words = str(nudge.params["text"])
    go = button("読む", checkin_actions.Write(), Look.PRIMARY)
    return Card("みなとの縁", (Text(words, Look.HEADING), Text("本文です"), Buttons((go,))))


@pytest.fixture(autouse=True)
def _two_more_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A feature that tells news and asks for something."""
    for kind, manner in KINDS.items():
        monkeypatch.setitem(nudges.feature.manners, kind, manner)
        monkeypatch.setitem(nudges.feature.drawers, kind, _draw)


@pytest.fixture(autouse=True)
async def _no_prompts(_two_more_kinds: None, stage: Stage) -> None:
    """The check-ins are paused: a prompt would be one message more."""
    await stage.arrange(paused=True)


async def tell(stage: Stage, name: str, text: str, kind: str = NEWS, days: int = 10) -> None:
    """Put a message to this member into the outbox, due now, and let the clock look."""

    def add(work: Work) -> None:
        to = People(work, stage.community.id).address(stage.members[name])
        assert isinstance(to, Address)
        now = work.database_now
        draft = Draft(
            key=f"{kind}:{text}",
            kind=kind,
            to=to,
            member=stage.members[name],
            due_at=now,
            expires_at=now + timedelta(days=days),
            params={"text": text},
            priority=KINDS[kind].priority,
        )
        Outbox(work, stage.community.id).add([draft])

    await stage.database.tx(add)
    await stage.sender.drain()


async def posted(stage: Stage, name: str) -> dict[str, Posted]:
    """What became of this member's messages, by text."""
    rows = await stage.database.look(lambda work: Outbox(work, stage.community.id).last(stage.members[name], 50))
    return {one.key.rpartition(":")[2]: one for one in rows}


async def test_what_exceeds_the_budget_is_a_line_of_the_next_message(stage: Stage) -> None:
    """Three in 28 days, two days apart; the fourth is told in one line of the next one, to this member alone."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben")
    for text in ("一つ目", "二つ目", "三つ目"):
        await tell(stage, "Ada", text)
        await stage.moves(**TWO_DAYS)
        await ada.asks("お知らせ")  # a sign of life
    assert len(await ada.inbox()) == 3
    await tell(stage, "Ada", "四つ目")
    assert (await posted(stage, "Ada"))["四つ目"].state is State.CANCELLED
    page = await ada.asks("お知らせ")
    assert "3通お送りしました（多くても3通まで" in page
    assert "次のお知らせに一行でお載せします（この28日間に十分お送りしたため）" in page
    await stage.moves(days=28)  # room again: if nothing else comes, the line comes by itself
    rest = (await ada.inbox())[-1]
    assert "一行ずつのお知らせ" in rest
    assert "・四つ目" in rest
    assert "読む" in rest.buttons
    assert (await ben.inbox()) == []
    assert "四つ目" not in (await ada.inbox())[-2]


async def test_a_line_goes_with_whatever_is_said_next(stage: Stage) -> None:
    """The next message that may be said carries the line, and no other message comes for it."""
    ada = await stage.member("Ada")
    for text in ("一つ目", "二つ目", "三つ目", "四つ目"):
        await tell(stage, "Ada", text)
        await stage.moves(**TWO_DAYS)
        await ada.asks("お知らせ")  # a sign of life
    assert len(await ada.inbox()) == 3
    stage.clock.forward(timedelta(days=21))  # nobody looks for three weeks
    await tell(stage, "Ada", "五つ目", CALL)
    await stage.moves(days=14)
    inbox = await ada.inbox()
    assert len(inbox) == 4
    assert "五つ目" in inbox[-1]
    assert "・四つ目" in inbox[-1]


async def test_every_message_says_why_and_how_to_have_less(stage: Stage) -> None:
    """Three ways to have less of it stand under every message; each is answered at once."""
    ada = await stage.member("Ada")
    await tell(stage, "Ada", "一つ目")
    [shown] = await ada.inbox()
    assert "届いた理由: " in shown
    assert shown.buttons == ("読む", "通知を減らす", "今回は休む", "やめる")
    assert "多くても2通" in await ada.presses("通知を減らす")
    await ada.inbox()
    assert "お送りしません" in await ada.presses("やめる")
    await stage.moves(days=3)
    await tell(stage, "Ada", "二つ目")
    assert len(await ada.inbox()) == 1
    page = await ada.asks("お知らせ")
    assert "受け取らない設定のため" in page
    assert "多くても2通まで" in page


async def test_not_this_time_folds_the_message_away(stage: Stage) -> None:
    """One tap, no questions, and it counts as an answer."""
    ada = await stage.member("Ada")
    await tell(stage, "Ada", "一つ目", CALL)
    habits = await stage.database.look(
        lambda work: Habits(work, stage.community.id).awaited(stage.members["Ada"], CALL)
    )
    assert habits.unanswered == 1
    await ada.presses("今回は休む")
    [shown] = await ada.inbox()
    assert "また次の機会に" in shown
    assert not shown.buttons
    habits = await stage.database.look(
        lambda work: Habits(work, stage.community.id).awaited(stage.members["Ada"], CALL)
    )
    assert habits.unanswered == 0


async def test_a_member_sets_it_tighter_and_never_looser(stage: Stage) -> None:
    """The form offers what the community allows, and a mistake keeps what was chosen."""
    ada = await stage.member("Ada")
    await ada.asks("お知らせ設定")
    form = await ada.presses("もっと控えめにする")
    assert form.values == {"most": "3", "opens": "9", "closes": "18"}
    refused = await ada.submits(most="1", opens="15", closes="15")
    assert "始まりより後" in refused.errors["closes"]
    assert refused.values["most"] == "1"
    page = await ada.submits(opens="13")
    assert "多くても1通" in page
    assert "13時から15時" in page
    await stage.moves(days=1)
    await tell(stage, "Ada", "昼の話")  # at nine: too early for Ada
    assert await ada.inbox() == []
    [waiting] = [one for one in (await posted(stage, "Ada")).values() if one.state is State.PENDING]
    assert waiting.last_error == "held:hours"
    assert waiting.due_at.hour + 9 in {13, 14}


async def test_the_secretariat_sets_it_for_everybody(stage: Stage) -> None:
    """Mistakes are told at their fields; a country without a table is named; the change stands in the audit."""
    oribe = await stage.member("織部", Role.OWNER)
    ada = await stage.member("Ada")
    assert "28日間に3通" in await oribe.asks("お知らせ", admin=True)
    await oribe.presses("設定を変える")
    refused = await oribe.submits(gap="1", country="qq", closures="08-10/08-16\n夏休み", opens="10", closes="9")
    assert set(refused.errors) == {"gap", "country", "closures", "closes"}
    assert "夏休み" in refused.errors["closures"]
    saved = await oribe.submits(gap="７２", country="jp", closures="04-03/04-30", opens="9", closes="18")
    assert "保存しました" in saved
    assert "72時間以上" in saved
    await stage.moves(days=1)  # the company is closed
    await tell(stage, "Ada", "一つ目", days=40)
    assert await ada.inbox() == []
    await stage.moves(days=30)
    assert len(await ada.inbox()) == 1


async def test_a_holiday_table_that_is_missing_is_told(stage: Stage) -> None:
    """Without a table only weekends are kept, and the secretariat reads what to do."""
    oribe = await stage.member("織部", Role.OWNER)
    settings = {"country": "QQ"}
    await stage.database.tx(lambda work: Communities(work, stage.community.id).change("nudges", settings))
    assert "「QQ」の祝日の表がない" in await oribe.asks("お知らせ", admin=True)


async def test_who_moves_is_written_to_by_their_new_clock(stage: Stage) -> None:
    """What waits keeps its wall time in the new zone; nothing comes twice."""
    ada = await stage.member("Ada")
    await stage.moves(hours=10)  # seven in the evening
    await tell(stage, "Ada", "一つ目")
    before = (await posted(stage, "Ada"))["一つ目"].due_at
    await stage.database.tx(
        lambda work: People(work, stage.community.id).live_in(stage.members["Ada"], "Europe/Berlin")
    )
    after = (await posted(stage, "Ada"))["一つ目"].due_at
    assert after - before == timedelta(hours=7)
    for _ in range(14):
        await stage.moves(hours=3)
    assert len(await ada.inbox()) == 1


async def test_whoever_has_fallen_silent_hears_once_a_year_and_comes_back_by_one_tap(stage: Stage) -> None:
    """After six messages without any sign of life one comes a year later; it says that this is fine."""
    ada = await stage.member("Ada")
    who = stage.members["Ada"]
    day = date(2035, 4, 2) - timedelta(days=366)
    await stage.database.tx(lambda work: Habits(work, stage.community.id).asked([(who, "", day)] * 6))
    await tell(stage, "Ada", "一つ目")
    stage.clock.forward(timedelta(days=3))  # nobody comes by
    await tell(stage, "Ada", "二つ目", CALL)
    assert (await posted(stage, "Ada"))["二つ目"].last_error == "held:silence"
    [hello] = await ada.inbox()
    assert "年に1回ほど" in hello
    await ada.presses("これまでどおり受け取る")
    await tell(stage, "Ada", "三つ目", CALL)
    await stage.moves(days=1)
    assert len([one for one in await ada.inbox() if "三つ目" in one]) == 1
