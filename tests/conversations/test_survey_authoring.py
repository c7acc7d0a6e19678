"""The secretariat writes a survey, opens it, and stops it; everybody hears of it once."""

from datetime import timedelta

import sqlalchemy as sa

from handlers.surveys.authoring.templates import template
from storage.audit import Audit
from storage.boxes import Half
from storage.people import Area, People, Role
from storage.questions import Draft
from storage.surveys import State, Surveys
from storage.tables import survey
from storage.work import Work
from tests.community import Stage
from tests.conversations.authoring import answered, crowd, later, only
from tests.conversations.rostering import at_the_portal

QUESTION = {
    "kind": "single",
    "words_ja": "昼食\u202eは？",
    "words_en": "Lunch?",
    "options_ja": "弁当\n食堂",
    "options_en": "Box\nHall",
}


async def test_a_survey_is_written_question_by_question_and_opened(stage: Stage) -> None:
    """Empty, two questions in both languages, moved; what is frozen is shown, and everybody who was asked hears."""
    mei, ada = await stage.member("Mei", Role.SECRETARIAT), await stage.member("Ada")
    await crowd(stage, 8)
    await mei.asks("アンケート new", admin=True)
    await mei.presses("空の下書きから")
    await mei.presses("質問を加える")
    refused = await mei.submits(**QUESTION | {"options_ja": "弁当", "options_en": ""})
    assert "2から20" in refused.errors["options_ja"]
    assert refused.values["words_ja"].endswith("は？")
    shown = await mei.submits(options_ja=QUESTION["options_ja"], options_en=QUESTION["options_en"])
    assert "1. 昼食は？" in shown
    await mei.presses("質問を加える")
    await mei.submits(kind="text", words_ja="ほかには？", words_en="Anything else?")
    await mei.presses("2")
    assert "質問1" in await mei.presses("上へ")
    await mei.presses("下書きに戻る")
    shown = await mei.presses("確認して開く")
    assert "題名がまだありません" in shown
    await mei.presses("題名と前書き")
    await mei.submits(title_ja="お昼の話", title_en="About lunch")
    await mei.presses("締切・読む人・人数")
    refused = await mei.submits(closes="きのう", k="4")
    assert set(refused.errors) == {"closes", "k"}
    shown = await mei.submits(closes="2035-04-16", k="")
    assert "4月16日(月)" in shown
    assert "Asia/Tokyo" in shown
    shown = await mei.presses("確認して開く")
    assert "対象となるメンバー" in shown
    await mei.presses("開く")
    shown = await mei.submits(sure=True, channel="board" if stage.surface.surface.name == "portal" else "digest")
    opened = await only(stage, State.OPEN)
    assert opened.promised.mark in shown
    assert opened.promised.audience == 10
    assert [one.kind for one in opened.promised.questions] == ["text", "single"]
    zoe = await stage.member("Zoe")  # came later
    await stage.moves(days=1)
    [letter] = [one for one in await ada.inbox() if "お昼の話" in one]
    assert opened.promised.mark in letter
    assert "回答する" in letter.buttons
    assert not [one for one in await zoe.inbox() if "お昼の話" in one]
    [post] = [one for one in await stage.surface.room_shows() if "お昼の話" in one]
    assert opened.promised.mark in post
    assert "まだ5人に届いていません" in await mei.asks("アンケート", admin=True)


async def test_too_small_a_community_is_told_what_is_missing(stage: Stage) -> None:
    """One question and nine members: nothing is opened, one sentence says why, and the draft is as it was."""
    mei = await stage.member("Mei", Role.SECRETARIAT)
    await crowd(stage, 8)
    await mei.asks("アンケート new", admin=True)
    await mei.presses("集まりのあとで（3問）")
    shown = await mei.presses("確認して開く")
    assert "10人以上" in shown
    assert "9人" in shown
    assert "開く" not in shown.buttons
    assert (await only(stage)).state is State.DRAFT


async def test_stopping_takes_two(stage: Stage) -> None:
    """Whoever asks cannot agree; the second destroys everything, key included, and it stands in the audit."""
    mei, ben = await stage.member("Mei", Role.SECRETARIAT), await stage.member("Ben", Role.SECRETARIAT)
    await crowd(stage, 8)
    await mei.asks("アンケート new", admin=True)
    await mei.presses("集まりのあとで（3問）")
    await mei.presses("確認して開く")
    await mei.presses("開く")
    await mei.submits(sure=True)
    shown = await mei.presses("中止して破棄する")
    assert "7日以内" in shown
    assert "同意して破棄する" not in shown.buttons
    assert "Meiさん" in await ben.asks("", admin=True)
    await ben.presses("見る")
    assert "鍵を破棄しました" in await ben.presses("同意して破棄する")
    gone = await only(stage)
    assert gone.state is State.VOID
    assert not await stage.database.look(lambda work: work.keys.surveys.get(gone.id))
    done = await stage.database.look(lambda work: Audit(work, stage.community.id).latest(9))
    assert {"survey.stop_asked", "survey.stopped", "survey.voided"} <= {one.action for one in done}


async def test_a_sensitive_survey_is_opened_by_two_passphrases(stage: Stage) -> None:
    """Both trustees choose one before it opens; after the last day both type theirs, and the clock closes it."""
    mei, ada = await stage.member("Mei", Role.SECRETARIAT), await stage.member("Ada")
    await crowd(stage, 19)
    await mei.asks("アンケート new", admin=True)
    await mei.presses("集まりのあとで（3問）")
    await mei.presses("締切・読む人・人数")
    await mei.submits(sensitive=True)
    await mei.presses("開封担当を選ぶ")
    refused = await mei.submits(first=stage.members["Ada"], second=stage.members["Ada"])
    assert "second" in refused.errors
    assert "合言葉はまだ" in await mei.submits(second=stage.members["Mei"])
    assert "開封担当が二人" in await mei.presses("確認して開く")
    await stage.moves(hours=1)
    for person in (ada, mei):
        await person.opens_home()
        await person.presses("合言葉を決める")
        refused = await person.submits(passphrase="correct horse", again="battery staple")
        assert set(refused.errors) == {"again"}
        await person.submits(passphrase="ｃｏｒｒｅｃｔ horse", again="correct horse ")
    await mei.asks("アンケート open", admin=True)
    await mei.presses("開く")
    assert "Ada" in await mei.submits(sure=True)
    await answered(stage, 10)
    await later(stage, 15)
    assert (await only(stage)).state is State.SHUT
    [asked] = [one for one in await ada.inbox() if "受付が終わりました" in one]
    assert "合言葉を入力する" in asked.buttons
    assert "Ada" in await mei.asks("", admin=True)
    await ada.opens_home()
    await ada.presses("合言葉を入力する")
    assert "この合言葉では開きません" in (await ada.submits(passphrase="correct house")).errors["passphrase"]
    assert "もうお一人" in await ada.submits(passphrase="correct horse")
    await mei.opens_home()
    await mei.presses("合言葉を入力する")
    assert "そろいました" in await mei.submits(passphrase="CORRECT HORSE".lower())
    await stage.moves(hours=1)
    assert (await only(stage)).state is State.CLOSED


async def test_who_may_not_do_content_writes_no_survey(stage: Stage) -> None:
    """A supporter, and one of the secretariat whose work is the roster alone, are told so."""
    sue, rob = await stage.member("Sue", Role.SUPPORTER), await stage.member("Rob", Role.SECRETARIAT)
    roster = frozenset({Area.ROSTER})
    await stage.database.tx(
        lambda work: People(work, stage.community.id).appoint(stage.members["Rob"], Role.SECRETARIAT, list(roster))
    )
    for person in (sue, rob):
        shown = await person.asks("アンケート new", admin=True)
        assert not shown.buttons


async def test_a_long_survey_is_sent_as_a_file_and_changed_as_text(stage: Stage) -> None:
    """On the page, with mistakes by their lines and what was typed kept; a chat shows the way there."""
    mei = await stage.member("Mei", Role.SECRETARIAT)
    await mei.asks("アンケート new", admin=True)
    shown = await mei.presses("ファイルから")
    if stage.surface.surface.name != "portal":
        assert "自分のページへ" in shown.links
        return
    async with at_the_portal(stage, mei) as web:
        await web.asks("アンケート new", admin=True)
        await web.presses("ファイルから")
        shown = await web.submits(file=("質問.yaml", b"title: x\nquestions:\n  - kind: guess\n    ja: y\n"))
        assert "3行目" in shown.errors["file"]
        assert "「guess」" in shown.errors["file"]
        shown = await web.submits(file=("質問.yaml", b"x" * 200_000))
        assert "100 KB" in shown.errors["file"]
        shown = await web.submits(file=("質問.csv", "kind,ja,en\nscale,満足度は？,How happy?\n".encode("cp932")))
        assert "1. 満足度は？（0から10）" in shown
        form = await web.presses("全体を文章で")
        assert "満足度は？" in form.values["text"]
        shown = await web.presses("見え方を確かめる")
        assert "Microsoft Teams" in shown
        assert shown.text.count("1. 満足度は？") == 3
        assert "満足度は？" in shown.values["text"]
        wrong = form.values["text"].replace("scale", "scales")
        shown = await web.submits(text=wrong)
        assert "「scales」" in shown.errors["text"]
        assert shown.values["text"].strip() == wrong.strip()
        await web.submits(text=form.values["text"].replace("満足度は？", "いかがですか") + "\nsensitive: yes\n")
    one = await only(stage)
    assert one.draft
    assert one.draft.sensitive
    assert one.draft.remind_everyone
    assert one.draft.questions[0].words["ja"] == "いかがですか"


async def test_a_draft_is_tried_in_both_languages(stage: Stage) -> None:
    """The form as members will see it, drawn by the surface itself; what is sent with it is kept nowhere."""
    mei = await stage.member("Mei", Role.SECRETARIAT)
    await mei.asks("アンケート new", admin=True)
    await mei.presses("集まりのあとで（3問）")
    shown = await mei.presses("英語で試す")
    assert "How was the event?" in shown
    assert any("Would you come to the next one?" in label for label in shown.fields.values())
    assert "お試しでした" in await mei.submits()
    assert (await only(stage)).state is State.DRAFT


async def test_the_same_is_asked_again_next_year(stage: Stage) -> None:
    """From an earlier survey come its questions, not its day nor its trustees; too soon, the question is named."""
    mei = await stage.member("Mei", Role.SECRETARIAT)
    await crowd(stage, 9)
    await mei.asks("アンケート new", admin=True)
    await mei.presses("集まりのあとで（3問）")
    await mei.presses("確認して開く")
    await mei.presses("開く")
    await mei.submits(sure=True)
    await crowd(stage, 1)
    await mei.asks("アンケート new", admin=True)
    await mei.presses("以前のアンケートから")
    await mei.presses("集まりの感想")
    shown = await mei.presses("確認して開く")
    assert "質問1は、この90日のうちに" in shown
    assert "質問1" in shown.buttons


async def test_what_was_changed_in_the_database_is_shown_and_can_be_ended(stage: Stage) -> None:
    """The desk says that nothing is taken any more and what to do; where nobody else is there, one may end it."""
    mei = await stage.member("Mei", Role.SECRETARIAT)
    await crowd(stage, 9)
    await mei.asks("アンケート new", admin=True)
    await mei.presses("集まりのあとで（3問）")
    await mei.presses("確認して開く")
    await mei.presses("開く")
    await mei.submits(sure=True)
    assert "いまはあなただけ" in await mei.presses("中止して破棄する")
    one = await only(stage)
    changed = one.promised.model_copy(update={"k": 1000})

    def tamper(work: Work) -> None:
        sealed = work.keys.seal(changed.model_dump_json(), 1024)
        work.connection.execute(sa.update(survey).values(manifest_sealed=sealed))

    await stage.database.tx(tamper)
    assert "書き換えられている" in await mei.asks("", admin=True)
    shown = await mei.presses("見る")
    assert "バックアップから" in shown
    assert "破棄しました" in await mei.presses("中止して破棄する")


async def test_without_a_trustee_nobody_can_open_it(stage: Stage) -> None:
    """One of them leaves while it is open: the desk says so, and until when it waits."""
    mei, ada = await stage.member("Mei", Role.SECRETARIAT), await stage.member("Ada")
    await crowd(stage, 19)

    def trusted(work: Work) -> None:
        surveys = Surveys(work, stage.community.id)
        shipped, two = template("event_feedback"), (stage.members["Mei"], stage.members["Ada"])
        assert shipped
        draft = shipped.onto(Draft(title={}, closes_on=surveys.today() + timedelta(days=9)))
        one = surveys.write(draft.model_copy(update={"sensitive": True, "trustees": two}))
        for who in two:
            surveys.entrust(one, who, half)
        mine = People(work, stage.community.id).get(two[0])
        assert mine
        surveys.open(one, mine, ("Mei", "Ada"))

    half = Half(bytes(range(32)), bytes(16), b"")  # nothing is ever opened here
    await stage.database.tx(trusted)
    assert "「集まりの感想」の開封担当です" in await ada.asks("me")
    await ada.asks("退会")
    await ada.submits()
    assert "もう開けません" in await mei.asks("", admin=True)
    assert "もう開けません" in await mei.presses("見る")
