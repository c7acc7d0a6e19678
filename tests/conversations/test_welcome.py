"""Joining, who sees one, and the first weeks: on every surface."""

import asyncio

import pytest

from bot.address import Address
from bot.events import Submitted
from bot.people import Handle, Sighting
from bot.replies import Redraw
from handlers import features
from handlers.turn import turns
from handlers.welcome import actions, cards, conversation, rules
from storage.audit import Audit
from storage.clock import MovableClock
from storage.communities import Settings as Communities
from storage.communities import found
from storage.consents import Consents
from storage.engine import Database
from storage.invitations import Kind
from storage.people import FOREVER, People, Role
from storage.presets import PRESETS, Level
from storage.work import Work
from tests.community import Stage
from tests.conversations.welcoming import becomes, everybody, joins, letters, newcomer, who
from tests.stages.portal import PortalPerson

LETTER, WEEK, LATER = "ご参加ありがとうございます。まずは近況", "ここでしたいことは何ですか", "もう三週間です"

# --- joining -------------------------------------------------------------------------------------


async def test_the_first_card_says_what_is_kept_and_who_sees_it(stage: Stage) -> None:
    """Then the form asks a few things, and what it proposes is what is usual for alumni."""
    zoe, card = await newcomer(stage, "Zoe")
    for words in ("はじめまして", "お預かりするもの", "暗号化", "だれに見えるか", "名前を出しているメンバー"):
        assert words in card
    form = await zoe.presses("参加する")
    assert set(form.fields) == {"called", "years", "field", "purpose", "language", "level", "written"}
    assert (form.values["level"], form.values["written"], form.values["purpose"]) == ("3", "usual", "")
    answer = await zoe.submits(called=" ゾーイ ", years="２００９〜２０１９年", field="食品", purpose="reunion")
    assert "ゾーイさん、ようこそ" in answer
    assert "名前を出しているメンバー" in answer
    [zoe_herself] = await everybody(stage)
    assert zoe_herself.level is Level.MEMBERS
    assert zoe_herself.profile == {"name": "ゾーイ", "years": "2009–2019", "field": "食品", "purposes": ["reunion"]}
    [given] = await stage.database.look(lambda work: Consents(work, stage.community.id).of(zoe_herself.id))
    assert given.agreed
    assert given.version == conversation.current(PRESETS["alumni"])
    assert given.month.day == 1


async def test_in_an_ally_community_nobody_sees_who_joins(stage: Stage) -> None:
    """No name is needed, nobody is written to, and neither members nor the secretariat learn of it."""
    await becomes(stage, "ally")
    ben = await stage.member("Ben", Role.OWNER)
    zoe, card = await newcomer(stage, "Zoe")
    for words in ("書かなくてもかまいません", "ほかのメンバーにも事務局にも"):
        assert words in card
    form = await zoe.presses("参加する")
    assert set(form.fields) == {"called", "purpose", "language", "level", "written"}
    assert (form.values["called"], form.values["level"], form.values["written"]) == ("", "1", "never")
    answer = await zoe.submits()
    assert "だれにも見せない" in answer
    hidden = next(one for one in await everybody(stage) if one.id != stage.members["Ben"])
    assert (hidden.level, hidden.name, hidden.paused_until) == (Level.HIDDEN, "", FOREVER)
    await stage.moves(days=30)
    assert not await letters(zoe, "縁")
    await ben.asks("checkin", admin=True)
    assert "< 5" in await ben.presses("下見（件数だけ）")


async def test_who_wants_to_be_seen_by_more_says_so_once_more(stage: Stage) -> None:
    """Joining gives what is usual; the rest takes a second word, which lists who will see what."""
    zoe, answer = await joins(stage, "ゾーイ", level="4")
    assert (await who(stage, "ゾーイ")).level is Level.MEMBERS
    assert "メンバーかどうかにかかわらず" in answer
    assert "お名前の表示：ゾーイ" in answer
    await zoe.presses("はい、見せます")
    assert (await who(stage, "ゾーイ")).level is Level.OPEN


async def test_mistakes_keep_the_form(stage: Stage) -> None:
    """One sentence at each field that cannot be kept; whoever is seen needs a name."""
    zoe, _ = await newcomer(stage, "Zoe", Kind.LEAVER)
    await zoe.presses("参加する")
    leaver = {"mail": "zoe"} if stage.surface.surface.name == "portal" else {}
    refused = await zoe.submits(called="あ", years="きのう", **leaver)
    assert set(refused.errors) == {"years", *leaver}
    assert refused.values["years"] == "きのう"
    assert "ようこそ" in await zoe.submits(years="", **({"mail": "zoe@example.org"} if leaver else {}))
    assert (await who(stage, "あ")).profile.get("mail", "") == ("zoe@example.org" if leaver else "")


async def test_the_page_that_says_welcome_is_a_members(database: Database, clock: MovableClock) -> None:
    """On the portal whoever has just joined by a link is no guest any more, on that very page."""
    stage = await Stage.set_up("portal", database, clock)
    zoe, _ = await newcomer(stage, "Zoe")
    assert isinstance(zoe, PortalPerson)
    await zoe.presses("参加する")
    assert "広場" not in zoe.browser.page.words
    assert "ようこそ" in await zoe.submits(called="ゾーイ")
    assert "広場" in zoe.browser.page.words
    assert (await zoe.presses("一言書く")).is_form
    await stage.close()


async def test_two_taps_at_once_make_one_member(database: Database) -> None:
    """The same account twice in the same moment is one member; two accounts are two, until somebody says otherwise."""

    def founds(work: Work) -> str:
        community = found(work, "みなとの縁").id
        Communities(work, community).move_in("slack", "T1")
        return community

    community = await database.tx(founds)
    routes = features.router()
    take_turn = turns(database, features.house(routes))

    async def enters(user: str, key: str) -> object:
        who = Sighting(Handle("slack", "T1", user), "Zoe")
        action = actions.Enter(called="Zoe", level="3", written="usual")
        return await take_turn(Submitted(who=who, where=Address("slack", "T1", f"@{user}"), key=key, action=action))

    answers = await asyncio.gather(*(enters("U1", str(number)) for number in range(4)), enters("U2", "other"))
    assert all(isinstance(answer, Redraw) for answer in answers)
    members = await database.look(lambda work: People(work, community).all())
    assert [one.name for one in members] == ["Zoe", "Zoe"]


async def test_who_leaves_and_joins_again_is_new(stage: Stage) -> None:
    """Another id, a new consent, the letters from the start; nothing says they were here before."""
    await joins(stage, "ゾーイ", purpose="reading")
    before = await who(stage, "ゾーイ")
    await stage.database.tx(lambda work: features.leave(work, stage.community.id, before.id))
    zoe, _ = await joins(stage, "ゾーイ")
    after = await who(stage, "ゾーイ")
    assert after.id != before.id
    assert "purposes" not in after.profile
    await stage.moves(days=1)
    assert await letters(zoe, LETTER) == 1


# --- the text ------------------------------------------------------------------------------------


async def test_a_changed_text_is_asked_about_once_and_locks_nobody_out(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below what a member asked for, kindly and once; breaks and leaving work as ever; the answer is kept."""
    zoe, _ = await joins(stage, "ゾーイ")
    assert "説明が新しくなりました" not in await zoe.asks("often")
    now = cards.agreed(PRESETS["alumni"])
    monkeypatch.setattr(cards, "agreed", lambda _: now[1:])
    assert "説明が新しくなりました" in await zoe.asks("often")
    assert "説明が新しくなりました" not in await zoe.asks("often")
    assert "説明が新しくなりました" in await zoe.opens_home()
    assert "お預かりするもの" in await zoe.presses("読んでみる")
    assert "ありがとうございます" in await zoe.presses("これでよい")
    assert "説明が新しくなりました" not in await zoe.opens_home()
    consents = await stage.database.look(lambda work: Consents(work, stage.community.id).of(stage.members["ゾーイ"]))
    assert {one.version for one in consents if one.agreed} == {rules.version(now), rules.version(now[1:])}


# --- who sees me ---------------------------------------------------------------------------------


async def test_hiding_takes_the_name_out_of_what_was_posted(stage: Stage) -> None:
    """At once and without a question, in the channel and for whoever reads; showing it again takes one."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben")
    await ada.asks("update 港の話です")
    await ada.submits()
    await stage.moves(days=31)
    [digest] = await stage.surface.room_shows()
    assert "Adaさん" in digest
    assert "名前を出しているメンバー" in await ada.asks("公開範囲")
    assert "だれにも見せない" in await ada.presses("だれにも見せない（事務局にも）")
    await stage.moves(hours=1)
    [digest] = await stage.surface.room_shows()
    assert "Ada" not in digest
    assert "港の話です" in digest
    assert "Ada" not in await ben.asks("digest")
    assert "Ada" in await ada.asks("digest")
    await ada.asks("公開範囲")
    assert "次のようになります" in await ada.presses("事務局と、名前を出しているメンバー")
    assert (await who(stage, "Ada")).level is Level.HIDDEN
    await ada.presses("はい、見せます")
    assert (await who(stage, "Ada")).level is Level.MEMBERS
    assert "Ada" in await ben.asks("digest")


async def test_a_hidden_member_is_named_to_nobody(stage: Stage) -> None:
    """Not to an author they would like to meet, not in a number, not to the secretariat they write to."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben", Role.SECRETARIAT)
    await ada.asks("公開範囲")
    await ada.presses("だれにも見せない（事務局にも）")
    await ben.asks("update ベンの話です")
    await ben.submits()
    await stage.moves(days=31)
    await ada.asks("digest")
    assert "お名前は書いた方に届きません" in await ada.presses("会いたい")
    await ada.asks("digest")
    await ada.presses("おめでとう 👏")
    await stage.moves(days=5)
    assert not await letters(ben, "Ada")
    assert not await letters(ben, "お祝い")
    await ada.asks("update 相談があります")
    await ada.submits(audience="secretariat")
    await ben.asks("checkin", admin=True)
    shown = await ben.presses("事務局あて")
    assert "相談があります" in shown
    assert "Ada" not in shown


# --- the first weeks -----------------------------------------------------------------------------


async def test_letters_of_the_first_weeks_stop_when_they_are_needless(stage: Stage) -> None:
    """One on the day, none at a week for who has said what brings them, none at three for who has written."""
    zoe, _ = await joins(stage, "ゾーイ")
    await stage.moves(days=2)
    assert await letters(zoe, LETTER) == 1
    assert "読むだけ" in await zoe.presses("読むだけ")
    assert (await who(stage, "ゾーイ")).profile["purposes"] == ["reading"]
    await stage.moves(days=9)
    assert await letters(zoe, WEEK) == 0
    await zoe.asks("update 書いてみます")
    await zoe.submits()
    await stage.moves(days=18)
    assert await letters(zoe, LATER) == 0


async def test_who_says_nothing_gets_all_of_them_and_who_was_here_before_none(stage: Stage) -> None:
    """Each once; old members get none, however long they are here; a break is kept."""
    await stage.arrange(paused=True)  # a question on some day between two letters would put the later one off
    ada = await stage.member("Ada")
    zoe, _ = await joins(stage, "ゾーイ")
    rests, _ = await joins(stage, "リン", written="never")
    await stage.moves(days=35)
    for words in (LETTER, WEEK, LATER):
        assert await letters(zoe, words) == 1, words
        assert await letters(ada, words) == 0
        assert await letters(rests, words) == 0


async def test_an_introduction_is_seen_first_and_can_be_taken_back(stage: Stage) -> None:
    """Nothing is posted by itself; the line stands in the channel as it was shown, until it is taken back."""
    zoe, _ = await joins(stage, "ゾーイ")
    await zoe.presses("チャンネルで自己紹介する")
    assert (await zoe.submits(line="　")).errors
    first = await zoe.submits(line="港で働いていました")
    assert "ゾーイさんより" in first
    await stage.tick()
    assert not await stage.surface.room_shows()
    await zoe.presses("出す")
    await stage.moves(hours=1)
    [post] = await stage.surface.room_shows()
    assert "港で働いていました" in post
    await zoe.asks("公開範囲")
    await zoe.presses("事務局だけ")
    await stage.moves(hours=1)
    [post] = await stage.surface.room_shows()
    assert "ゾーイ" not in post
    assert "港で" not in post
    await stage.database.tx(lambda work: features.leave(work, stage.community.id, stage.members["ゾーイ"]))
    await stage.moves(hours=1)
    assert all("港で" not in post for post in await stage.surface.room_shows())


async def test_a_supporter_is_introduced_when_both_agree(stage: Stage) -> None:
    """One after the other is asked; a no reaches nobody; a yes tells each how to reach the other."""
    supporters = {name: await stage.member(name, Role.SUPPORTER) for name in ("Kim", "Lee")}
    zoe, answer = await joins(stage, "ゾーイ")
    assert "Kim" not in answer
    form = await zoe.presses("サポーターを紹介してもらう")
    assert "お名前と下の一行だけ" in form
    await zoe.submits(line="zoe@example.org")
    await stage.moves(days=1)
    asked = {name: await letters(one, "zoe@example.org") for name, one in supporters.items()}
    assert sorted(asked.values()) == [0, 1]
    first = max(asked, key=lambda name: asked[name])
    other = next(name for name in supporters if name != first)
    assert "だれにも伝わりません" in await supporters[first].presses("今回は見送ります")
    await stage.moves(days=3)
    assert await letters(supporters[other], "zoe@example.org") == 1
    await supporters[other].presses("引き受けます")
    await supporters[other].submits(line="3階の受付まで")
    await stage.moves(days=3)
    assert await letters(zoe, "3階の受付まで") == 1
    assert await letters(zoe, other) == 1
    assert await letters(zoe, first) == 0


# --- the desk ------------------------------------------------------------------------------------


async def test_the_secretariat_writes_the_letters_sees_and_tests_them(stage: Stage) -> None:
    """Days, words in each language, a preview, a test on themselves; a mistake keeps the form; it is in the log."""
    ben = await stage.member("Ben", Role.SECRETARIAT)
    assert "参加した日" in await ben.asks("入会", admin=True)
    await ben.presses("設定を変える")
    refused = await ben.submits(days="7, 0", words="にじ色")
    assert refused.errors
    assert refused.values["words"] == "にじ色"
    assert "参加から3日後" in await ben.submits(days="3")
    await ben.presses("お便り1")
    await ben.submits(ja="{name}さん、{community}の広場へどうぞ。", goal="none")
    assert "Benさん、みなとの縁の広場へどうぞ。" in await ben.presses("日本語で確認")
    await ben.asks("welcome", admin=True)
    assert "thank you for joining" in await ben.presses("英語で確認")
    await ben.asks("welcome", admin=True)
    await ben.presses("自分に試す")
    await stage.moves(hours=1)
    assert await letters(ben, "広場へどうぞ") == 1
    zoe, _ = await joins(stage, "ゾーイ")
    await stage.moves(days=5)
    assert await letters(zoe, "ゾーイさん、みなとの縁の広場へどうぞ。") == 1
    entries = await stage.database.look(lambda work: Audit(work, stage.community.id).latest(9))
    assert [one.action for one in entries].count("welcome.changed") == 2
