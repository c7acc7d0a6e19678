"""「最近何してるの?」, from the clock to the digest."""

from storage.people import Role
from tests.community import Stage

QUARTER = 98  # days: the longest three months, a weekend and a holiday


async def test_the_quarters_prompt_arrives_once_and_one_tap_answers_it(stage: Stage) -> None:
    """A member is asked once a quarter, within working hours; "still the same" is an answer and the prompt is gone."""
    ada = await stage.member("Ada")
    await ada.asks("update 港の近くに引っ越しました")
    await ada.submits()
    await stage.moves(days=QUARTER)
    [prompt] = await ada.inbox()
    assert "最近何してるの?" in prompt
    assert "港の近くに引っ越しました" in prompt
    assert prompt.buttons == ("変わりなし", "変わった", "通知を減らす", "今回は休む", "やめる")
    assert "3か月に1回お尋ねする設定です" in prompt
    await ada.presses("変わりなし")
    [answered] = await ada.inbox()
    assert "お変わりなくて何よりです" in answered
    assert not answered.buttons


async def test_what_is_told_reaches_everyone_in_the_digest_and_praise_reaches_the_author_once(stage: Stage) -> None:
    """An answer for everyone is in the next digest; reactions come back as one summary.

    It names who would like to meet, and nobody else.
    """
    ada, ben, eve = await stage.member("Ada"), await stage.member("Ben"), await stage.member("Eve")
    await ada.asks("近況 本を書きました")
    told = await ada.submits(audience="everyone", template="project")
    assert "コミュニティの全員" in told
    await stage.moves(days=31)
    [digest] = await stage.surface.room_shows()
    assert "みんなの近況" in digest
    assert "Adaさん・プロジェクト" in digest
    assert "本を書きました" in digest
    assert "数日のうちに" in await ben.presses("おめでとう 👏")
    assert "数日のうちに" in await eve.presses("会いたい")
    await stage.moves(days=10)
    [summary] = [shown for shown in await ada.inbox() if "近況が読まれました" in shown]
    assert "1人から「おめでとう」" in summary
    assert "「会いたい」: Eve" in summary
    assert "Ben" not in summary


async def test_nothing_to_share_makes_no_digest(stage: Stage) -> None:
    """A month in which nobody told everybody something has no digest, not an empty one."""
    ada = await stage.member("Ada")
    await ada.asks("update 自分の覚え書き")
    await ada.submits(audience="self")
    await stage.moves(days=62)
    assert await stage.surface.room_shows() == []


async def test_what_is_for_the_secretariat_or_oneself_is_in_no_digest(stage: Stage) -> None:
    """The audience is kept: only what is for everyone is shown to everyone."""
    ada = await stage.member("Ada")
    for text, audience in (("全員に", "everyone"), ("事務局に", "secretariat"), ("自分に", "self")):
        await ada.asks(f"update {text}")
        await ada.submits(audience=audience)
    await stage.moves(days=31)
    [digest] = await stage.surface.room_shows()
    assert "全員に" in digest
    assert "事務局に" not in digest
    assert "自分に" not in digest


async def test_a_withdrawn_answer_disappears_from_the_digest_that_was_sent(stage: Stage) -> None:
    """Withdrawing deletes the words, also where they have been posted already; its buttons answer with one sentence."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben")
    for text in ("残るほうです", "消すほうです"):
        await ada.asks(f"update {text}")
        await ada.submits()
    await stage.moves(days=31)
    mine = await ada.asks("mine")
    assert mine.buttons.count("取り下げる") == 2
    await ada.presses("取り下げる")  # the newest stands first
    await stage.moves(hours=1)
    [digest] = await stage.surface.room_shows()
    assert "残るほうです" in digest
    assert "消すほうです" not in digest
    assert "消すほうです" not in await ben.asks("digest")
    assert "消すほうです" not in await ada.asks("mine")


async def test_an_answer_can_be_changed_after_the_digest(stage: Stage) -> None:
    """New words take the place of the old ones, also in the digest."""
    ada = await stage.member("Ada")
    await ada.asks("update 名古屋にいます")
    await ada.submits()
    await stage.moves(days=31)
    await ada.asks("mine")
    form = await ada.presses("直す")
    assert form.values["text"] == "名古屋にいます"
    await ada.submits(text="福岡にいます")
    await stage.moves(hours=1)
    [digest] = await stage.surface.room_shows()
    assert "福岡にいます" in digest
    assert "名古屋にいます" not in digest


async def test_a_form_with_a_mistake_keeps_what_was_typed(stage: Stage) -> None:
    """Each mistake is told in one sentence at its field, and everything typed is still there."""
    ada = await stage.member("Ada")
    await ada.asks("update")
    refused = await ada.submits(text="佐藤さんと店を始めました", link="http://example.com", template="job")
    assert refused.is_form
    assert set(refused.errors) == {"link", "agreed"}
    assert "https://" in refused.errors["link"]
    assert refused.values["text"] == "佐藤さんと店を始めました"
    assert refused.values["template"] == "job"
    told = await ada.submits(link="", agreed=True)
    assert "受け取りました" in told


async def test_two_ignored_prompts_halve_the_frequency_and_any_answer_restores_it(stage: Stage) -> None:
    """Silence is heard: after two prompts without an answer the next comes half as soon, down to one a year."""
    ada = await stage.member("Ada")
    await ada.asks("update はじめまして")
    await ada.submits(audience="self")  # so the first prompt comes three months from now
    prompts = []
    for quarter in (QUARTER, 92, 92, 92, QUARTER):
        await stage.moves(days=quarter)
        prompts.append(len(await ada.inbox()))
    assert prompts == [1, 2, 3, 3, 4]  # by the third, two were ignored: half a year to the fourth
    await ada.presses("今回は休む")
    await stage.moves(days=QUARTER)
    assert len(await ada.inbox()) == 5  # any answer restores it


async def test_a_pause_is_kept_and_ends_by_one_tap(stage: Stage) -> None:
    """Nobody on a break is asked; coming back is one tap."""
    ada = await stage.member("Ada")
    await stage.moves(days=QUARTER)
    await ada.asks("頻度")
    await ada.presses("しばらく休む")
    await ada.presses("期限なしで休む")
    await stage.moves(days=2 * QUARTER)
    assert len(await ada.inbox()) == 1
    assert "お休み中" in await ada.asks("頻度")
    assert "おかえりなさい" in await ada.presses("再開する")
    await stage.moves(days=QUARTER + 4)
    assert len(await ada.inbox()) == 2


async def test_less_often_is_one_tap(stage: Stage) -> None:
    """A quarterly member becomes a half-yearly one."""
    ada = await stage.member("Ada")
    await stage.moves(days=QUARTER)
    assert "6か月に1回" in await ada.presses("通知を減らす")
    await stage.moves(days=QUARTER)
    assert len(await ada.inbox()) == 1


async def test_the_secretariat_changes_the_cadence_and_sees_counts_only(stage: Stage) -> None:
    """The desk shows how it is set, changes it with the input kept after a mistake, and previews without words."""
    ben = await stage.member("Ben", Role.SECRETARIAT)
    ada = await stage.member("Ada")
    await ada.asks("update 秘密の近況")
    await ada.submits()
    desk = await ben.asks("checkin", admin=True)
    assert "3か月に1回" in desk
    await ben.presses("設定を変える")
    refused = await ben.submits(months="1", hour="25時")
    assert "0から23まで" in refused.errors["hour"]
    assert refused.values["months"] == "1"
    saved = await ben.submits(hour="９")
    assert "保存しました" in saved
    assert "1か月に1回" in saved
    preview = await ben.presses("下見（件数だけ）")
    assert "載る近況" in preview
    assert "秘密の近況" not in preview
    await ben.asks("checkin", admin=True)
    assert "お届けします" in await ben.presses("自分に試し送り")
    await stage.tick()
    [prompt] = await ben.inbox()
    assert "試し送り" in prompt


async def test_pausing_everything_stops_prompts_and_digests(stage: Stage) -> None:
    """The secretariat can stop all check-ins, and members hear nothing until they go on."""
    ben, ada = await stage.member("Ben", Role.SECRETARIAT), await stage.member("Ada")
    await ada.asks("update まとめに載るはずの一言")
    await ada.submits()
    await ben.asks("checkin", admin=True)
    assert "休止" in await ben.presses("すべて休止")
    await stage.moves(days=2 * QUARTER)
    assert await ada.inbox() == []
    assert await stage.surface.room_shows() == []


async def test_members_are_not_let_at_the_desk(stage: Stage) -> None:
    """`/enishi-admin` and its buttons answer a member with one sentence."""
    ada = await stage.member("Ada")
    assert "事務局の方だけ" in await ada.asks("checkin", admin=True)
    assert "事務局の方だけ" in await ada.asks("", admin=True)
