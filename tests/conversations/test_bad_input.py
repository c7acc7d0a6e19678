"""What people and machines get wrong: one clear sentence, and nothing is lost."""

import asyncio
from datetime import timedelta

from bot.actions import pack
from bot.address import Address
from bot.events import Pressed, Submitted
from bot.people import Sighting
from bot.replies import Silence, Whisper
from bot.surface import Unavailable
from handlers import features
from handlers.checkins import actions
from handlers.turn import turns
from storage.checkins import Checkins
from storage.people import People
from tests.community import Stage


async def _told(stage: Stage, name: str) -> list[str]:
    member = stage.members[name]
    entries = await stage.database.look(lambda work: Checkins(work, stage.community.id).told_by(member))
    return [entry.text for entry in entries]


async def test_an_answer_too_long_is_counted_and_kept(stage: Stage) -> None:
    """The sentence says by how much it is too long, and everything typed stays."""
    ada = await stage.member("Ada")
    await ada.asks("update")
    refused = await ada.submits(text="あ" * 600)
    assert refused.errors["text"]
    assert refused.values["text"] == "あ" * 600
    assert await _told(stage, "Ada") == []
    await ada.submits(text="短くしました")
    assert await _told(stage, "Ada") == ["短くしました"]


async def test_invisible_characters_are_taken_out(stage: Stage) -> None:
    """Control and direction-changing characters cannot be smuggled into the digest."""
    ada = await stage.member("Ada")
    await ada.asks("update")
    await ada.submits(text="港\u202eの\u200b話\x07です")
    assert await _told(stage, "Ada") == ["港の話です"]


async def test_what_members_write_is_never_markup(stage: Stage) -> None:
    """Mentions, links and tags of any platform are shown as the letters they are."""
    ada = await stage.member("Ada")
    text = "<!channel> <b>太字</b> *星* [ここ](https://example.org) @everyone &amp;"
    await ada.asks("update")
    await ada.submits(text=text)
    await stage.moves(days=31)
    [digest] = await stage.surface.room_shows()
    assert text in digest or text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in digest


async def test_the_same_deed_delivered_again_acts_once(stage: Stage) -> None:
    """Whatever a platform repeats under one key, it is taken once; the repetition is answered with silence."""
    await stage.member("Ada")
    member = stage.members["Ada"]
    handle = (await stage.database.look(lambda work: People(work, stage.community.id).handles(member)))[0]
    take_turn = turns(stage.database, features.house(features.router()))
    told = actions.Tell(text="一度だけです")
    event = Submitted(who=Sighting(handle), where=Address.direct(handle), key="form-1", action=told)
    first, *others = await asyncio.gather(*(take_turn(event) for _ in range(3)))
    answers = [first, *others]
    assert sum(isinstance(answer, Silence) for answer in answers) == 2
    assert await _told(stage, "Ada") == ["一度だけです"]


async def test_buttons_of_what_is_gone_answer_in_one_sentence(stage: Stage) -> None:
    """A withdrawn answer's buttons, somebody else's answer, and made-up ids find nothing and change nothing."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben")
    await ada.asks("update 自分のものです")
    await ada.submits()
    member = stage.members["Ada"]
    [entry] = await stage.database.look(lambda work: Checkins(work, stage.community.id).told_by(member))
    other = stage.members["Ben"]
    handle = (await stage.database.look(lambda work: People(work, stage.community.id).handles(other)))[0]
    take_turn = turns(stage.database, features.house(features.router()))
    for action in (
        actions.Withdraw(entry=entry.id),
        actions.Write(entry=entry.id),
        actions.Withdraw(entry="nothing"),
        actions.Cheer(entry=entry.id, kind="congrats"),  # no digest has shown it yet
        actions.Cheer(entry="nothing", kind="tickle"),
        actions.Uncheer(entry=entry.id, kind="tickle"),
        actions.Read(digest="nothing", start=-3),
        actions.Desk(),
        actions.PauseAll(stop=True),
    ):
        assert pack(action)
        answer = await take_turn(Pressed(who=Sighting(handle), where=Address.direct(handle), action=action))
        assert not isinstance(answer, Silence)
    assert await _told(stage, "Ada") == ["自分のものです"]
    assert "自分のものです" not in await ben.asks("mine")


async def test_a_database_that_is_gone_for_a_moment_loses_nothing(stage: Stage) -> None:
    """The sentence says that it was not saved; the form is still there, and sent again it is taken."""
    ada = await stage.member("Ada")
    await ada.asks("update")
    real = stage.database.tx

    async def gone(_: object) -> None:
        raise Unavailable

    stage.database.tx = gone  # type: ignore[method-assign, assignment] # the database is away
    refused = await ada.submits(text="消えないでほしい")
    stage.database.tx = real  # type: ignore[method-assign] # and back
    assert await _told(stage, "Ada") == []
    assert "消えないでほしい" in (*refused.values.values(), refused.text)
    await ada.submits()
    assert await _told(stage, "Ada") == ["消えないでほしい"]


async def test_a_clock_set_back_asks_nobody_twice(stage: Stage) -> None:
    """The machine's clock jumps back a week: what was said is not said again, and the next prompt comes in its time."""
    ada = await stage.member("Ada")
    await stage.moves(days=95)
    before = len(await ada.inbox())
    assert before == 1
    stage.clock.offset -= timedelta(days=7)
    await stage.moves(days=8)
    assert len(await ada.inbox()) == before


async def test_a_sentence_for_an_old_button(stage: Stage) -> None:
    """The turn answers what this version does not know with one sentence, not with an error."""
    from bot.events import Outdated  # noqa: PLC0415 - used in this story alone

    await stage.member("Ada", language="en")
    member = stage.members["Ada"]
    handle = (await stage.database.look(lambda work: People(work, stage.community.id).handles(member)))[0]
    take_turn = turns(stage.database, features.house(features.router()))
    answer = await take_turn(Outdated(who=Sighting(handle), where=Address.direct(handle), key="old"))
    assert isinstance(answer, Whisper)
    assert "older version" in answer.card.summary
