"""A sealed survey as its members meet it: the promise, the form, the code, and what can be looked up."""

import re
from datetime import timedelta

from bot.address import Address
from bot.events import Pressed
from bot.people import Sighting
from bot.replies import Whisper
from handlers import features
from handlers.surveys.answering import texts
from handlers.surveys.answering.actions import Open
from handlers.surveys.answering.shown import said
from handlers.turn import turns
from storage.surveys import State
from tests.community import JA, Stage
from tests.conversations.surveying import DAYS, GROUPS, QUESTIONS, all_answer, crowd, found, opens, stands

CODE = re.compile(r"(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}")
TEXT = "もっと話を聞いてほしい"


async def test_a_survey_is_answered_changed_withdrawn_and_checked(stage: Stage) -> None:
    """Ada answers, answers anew, takes it back and answers again; the code she was shown last is counted, no other."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben", language="en")
    others = await crowd(stage)
    survey = await opens(stage, segment=GROUPS)
    home = await ada.opens_home()
    assert "職場アンケート" in home

    asked = await ada.presses("回答する")
    for promised in ("5人以上", survey.promised.mark, f"{survey.promised.audience}人", "東京、そのほか", "約束"):
        assert promised in asked.text + "".join(asked.buttons) + "".join(asked.links)
    assert list(asked.fields) == ["q1", "q2", "q3", "q4", "group"]
    assert set(asked.values.values()) == {""}  # nothing is filled in
    assert not any(asked.errors.values())
    taken = await ada.submits(q1="4", q2=("0", "1"), q3="7", q4=TEXT, group="0")
    first = CODE.search(taken.text)
    assert first
    assert TEXT not in taken

    again = await ada.opens_home()
    assert again.text == home.text  # it does not tell over a shoulder
    assert "封印されて" in await ada.presses("自分の状況")
    anew = await ada.presses("回答し直す")
    assert set(anew.values.values()) == {""}
    second = CODE.search((await ada.submits(q1="0", q4=TEXT)).text)
    assert second
    assert second.group() != first.group()
    await ada.opens_home()
    await ada.presses("自分の状況")
    assert "取り消しました" in await ada.presses("回答を取り消す")
    assert not await stands(stage, survey, "Ada")
    await ada.opens_home()
    await ada.presses("回答する")
    last = CODE.search((await ada.submits(q1="none", group="none")).text)
    assert last

    await ben.asks("survey check")
    early = await ben.submits(code=last.group())
    assert "Workplace survey" in early
    assert not [letter for person in (ada, ben) for letter in await person.inbox() if CODE.search(letter.text)]
    await all_answer(stage, survey, others[:6])
    await stage.moves(days=10)
    assert (await found(stage, survey)).state is State.CLOSED
    for code, counted in ((last, True), (first, False), (second, False)):
        await ada.asks("アンケート 確認")
        typed = code.group().lower().replace("-", " ")
        shown = await ada.submits(code="".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in typed))
        assert ("数えられています" in shown) == counted


async def test_words_that_may_tell_come_back_once_before_anything_is_kept(stage: Stage) -> None:
    """The form returns with what was typed and chosen, and may be sent as it is."""
    ada = await stage.member("Ada")
    await crowd(stage)
    survey = await opens(stage, segment=GROUPS)
    await ada.asks("アンケート")
    await ada.presses("回答する")
    telling = "法人営業部のAdaです。5人のチームなので分かります"
    hinted = await ada.submits(q1="3", q2=("1",), q3="0", q4=telling, group="1")
    assert hinted.is_form
    for words in ("法人営業部", "「Ada」", "5人のチーム", "まだ何も送信・保存していません"):
        assert words in hinted
    assert hinted.values == {"q1": "3", "q2": "1", "q3": "0", "q4": telling, "group": "1"}
    assert not await stands(stage, survey, "Ada")
    assert CODE.search((await ada.submits()).text)
    assert await stands(stage, survey, "Ada")


async def test_an_answer_that_cannot_be_taken_is_told_why(stage: Stage) -> None:
    """The key is lost, somebody came too late, the last second has passed: one kind sentence, and nothing is kept."""
    ada = await stage.member("Ada")
    await crowd(stage)
    survey = await opens(stage)
    await ada.asks("survey")
    await ada.presses("回答する")
    zoe = await stage.member("Zoe")
    assert "いま回答できるアンケートはありません" in await zoe.asks("survey")
    assert "職場アンケート" not in await zoe.opens_home()
    who = Sighting(stage.surface.handle("Zoe", stage.community.id, stage.members["Zoe"]))
    pressed = Pressed(who=who, where=Address.direct(who.handle), action=Open(survey=survey.id))  # a card of a channel
    told = await turns(stage.database, features.house(features.router()))(pressed)
    assert told == Whisper(said(JA, JA(texts.NOT_ASKED)), fleeting=True)
    await ada.asks("survey")
    key = stage.database._keys.surveys.get(survey.id)  # type: ignore[attr-defined] # both kinds keep them so
    stage.database._keys.surveys.destroy(survey.id)  # type: ignore[attr-defined] # as above
    assert "鍵が見つからない" in await ada.presses("回答する")
    stage.database._keys.surveys.put(survey.id, key)  # type: ignore[attr-defined] # as above
    await ada.asks("survey")
    await ada.presses("回答する")
    assert not await stands(stage, survey, "Ada")
    stage.clock.forward(timedelta(days=DAYS + 1))
    assert "受付を終了している" in await ada.submits(q1="1")


async def test_forty_questions_can_be_answered_from_everywhere(stage: Stage) -> None:
    """In a window where there is room for them, else on one's own page, which a button opens."""
    ada = await stage.member("Ada")
    await crowd(stage)
    one = QUESTIONS[0]
    survey = await opens(stage, [one.model_copy(update={"id": f"q{number}"}) for number in range(40)])
    await ada.asks("survey")
    shown = await ada.presses("回答する")
    if shown.is_form:
        assert CODE.search((await ada.submits(q1="1", q40="4")).text)
        assert await stands(stage, survey, "Ada")
        return
    assert stage.surface.surface.name == "teams"
    way = await ada.presses("自分のページを開く")
    assert way.links["自分のページを開く"].startswith("https://portal.example/door/")


async def test_what_is_stored_is_shown_to_whoever_it_belongs_to(stage: Stage) -> None:
    """Every row under one's tag, before and after answering, with the checks; on Teams in a window of its own."""
    ada = await stage.member("Ada")
    await crowd(stage)
    await opens(stage)

    async def proof() -> str:
        shown = await ada.asks("アンケート 証明")
        return (await ada.presses("保存されているもの") if shown.buttons else shown).text

    before = await proof()
    assert "封印された回答  ありません" in before.replace("\n", "  ")
    assert before.count("はい") == 5
    await ada.asks("survey")
    await ada.presses("回答する")
    await ada.submits(q4="もう少し休みを")
    assert "封印された1," in (await proof()).replace("封印された回答", "")
