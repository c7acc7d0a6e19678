"""Invitations: waves, drafts somebody sends themselves, one link at a time, referrals."""

from storage.audit import Audit
from storage.people import Role
from storage.roster import Person as Listed
from storage.roster import Roster
from tests.community import Stage
from tests.conversations.inviting import bars, code_in, imports, states
from tests.stages import Person, Shown

HANA = Listed("佐藤 花子", "サトウ ハナコ", "hana@example.org", left_year=2019, department="営業部")
KEN = Listed("鈴木 健", "スズキ ケン", left_year=2019, department="開発部", tags=("バンド",), language="en")
YUI = Listed("高橋 結衣", "タカハシ ユイ", left_year=2021, department="営業部")


async def _audited(stage: Stage) -> list[str]:
    entries = await stage.database.look(lambda work: Audit(work, stage.community.id).latest(50))
    return [entry.action for entry in reversed(entries)]


async def _picks(who: Person, **wish: str) -> Shown:
    await who.asks("wave", admin=True)
    await who.presses("招待する方を選ぶ")
    return await who.submits(**wish)


async def _first_draft(who: Person) -> Shown:
    await who.asks("wave", admin=True)
    return await who.presses("送る下書き")


async def test_a_wave_is_picked_approved_and_written_by_hand(stage: Stage) -> None:
    """Somebody picks, somebody else approves, and each draft is copied, sent and ticked; nothing is sent by us."""
    await imports(stage, HANA, KEN, YUI)
    ben, cat = await stage.member("Ben", Role.SECRETARIAT), await stage.member("Cat", Role.OWNER)
    assert "まだ選んだ方はいません" in await ben.asks("招待状", admin=True)
    asked = await _picks(ben, year="２０１９年", department="営業")
    assert "佐藤 花子" in asked
    assert "鈴木 健" not in asked
    assert "承認する" not in asked.buttons
    desk = await cat.asks("", admin=True)
    assert "Benさんが招待したい方: 2019年退職, 営業（1人）" in desk
    assert "佐藤 花子" in await cat.presses("お名前を確かめる")
    assert "承認しました" in await cat.presses("承認する")
    assert (await states(stage))["佐藤 花子"] == "imported"
    draft = await _first_draft(ben)
    assert "佐藤 花子さん" in draft
    assert "みなとの縁のBen" in draft
    assert "hana@example.org" in draft
    code_in(draft)
    assert "お元気で" in await ben.presses("親しく")
    network = await ben.presses("会社を離れた人のつながりとして")
    assert "会社を離れた人どうし" in network
    assert "アルムナイ" not in network
    assert (await states(stage)) == {"佐藤 花子": "invited", "鈴木 健": "imported", "高橋 結衣": "imported"}
    assert "いま送るものはありません" in await ben.presses("自分で送りました")
    assert "佐藤 花子" in await ben.presses("送った方")
    await ben.presses("佐藤 花子")
    await ben.presses("メモ")
    assert "電話で話した" in await ben.submits(text="電話で話した")
    assert await cat.inbox() == []
    assert await _audited(stage) == ["wave.asked", "wave.approved", "link.sent"]


async def test_a_draft_speaks_the_language_of_whoever_gets_it(stage: Stage) -> None:
    """The secretary reads Japanese, the person on the roster English; the only admin approves after a clear word."""
    await imports(stage, KEN)
    ben = await stage.member("Ben", Role.OWNER)
    await _picks(ben, tag="ﾊﾞﾝﾄﾞ", tone="warm")
    await ben.presses("承認する")
    draft = await _first_draft(ben)
    assert "Hello 鈴木 健" in draft
    assert "How have you been?" in draft


async def test_whoever_picked_does_not_approve(stage: Stage) -> None:
    """Neither by a button nor by an old one; somebody whose work is not the roster does not count as another."""
    await imports(stage, HANA)
    ben = await stage.member("Ben", Role.SECRETARIAT)
    asked = await _picks(ben)
    assert "承認する" in asked.buttons  # nobody else could
    await stage.member("Cat", Role.OWNER)
    assert "別の方が承認します" in await ben.presses("承認する")
    assert "送る下書き" not in (await ben.asks("wave", admin=True)).buttons


async def test_so_many_drafts_a_week(stage: Stage) -> None:
    """The rest of a wave waits for Monday, and again for the next one."""
    await imports(stage, *(Listed(f"山田 {number}", mail=f"y{number}@example.org") for number in range(5)))
    ben = await stage.member("Ben", Role.OWNER)
    await ben.asks("wave", admin=True)
    await ben.presses("設定")
    wrong = await ben.submits(weekly="0", days="三十", leaver_days="９０")
    assert set(wrong.errors) == {"weekly", "days"}
    assert "設定を残しました" in await ben.submits(weekly="２", days="30")
    await _picks(ben, most="5")
    await ben.presses("承認する")
    assert "送る下書きが2通" in await _first_draft(ben)
    await ben.presses("自分で送りました")
    assert "今週の2通はすべて" in await ben.presses("自分で送りました")
    await stage.moves(days=6)
    assert "下書き 2 通のうち 2 通" in await ben.asks("wave", admin=True)
    await stage.moves(days=1)
    assert "送る下書きが2通" in await _first_draft(ben)


async def test_somebody_on_the_list_never_appears(stage: Stage) -> None:
    """Neither when people are picked, nor when they are put on the list after their wave was made or draft given."""
    await imports(stage, HANA, KEN, YUI)
    ben = await stage.member("Ben", Role.OWNER)
    await bars(stage, Listed("高橋 結衣"))
    asked = await _picks(ben)
    assert "高橋 結衣" not in asked
    assert "2" in asked
    await bars(stage, Listed("鈴木 健"))
    approved = await ben.presses("承認する")
    assert "鈴木 健" not in approved
    assert "送る下書きが1通" in await _first_draft(ben)
    await bars(stage, Listed("佐藤 花子"))
    assert "送る下書き" not in (await ben.asks("wave", admin=True)).buttons


async def test_people_are_picked_once(stage: Stage) -> None:
    """Who is in a wave is in no other, and a wave of nobody is not made; a stopped one gives its people back."""
    await imports(stage, HANA)
    ben = await stage.member("Ben", Role.SECRETARIAT)
    await stage.member("Cat", Role.OWNER)
    await _picks(ben)
    refused = await _picks(ben, department="営業")
    assert "条件に合うまだ招待していない方がいません" in refused.errors["year"]
    wrong = await ben.submits(year="昨年", most="0")
    assert set(wrong.errors) == {"year", "most"}
    await ben.asks("wave", admin=True)
    await ben.presses("全員")
    assert "中止しました" in await ben.presses("この組を中止する")
    assert "佐藤 花子" in await _picks(ben)


async def test_an_import_is_closed_by_its_first_link(stage: Stage) -> None:
    """As long as nobody was given a link, the import can be taken back, and takes its waves' people with it."""
    await imports(stage, HANA)
    ben = await stage.member("Ben", Role.OWNER)
    await _picks(ben)
    await ben.presses("承認する")

    def closed(work: object) -> list[bool]:
        return [one.closed for one in Roster(work, stage.community.id).batches()]  # type: ignore[arg-type] # a Work

    assert await stage.database.look(closed) == [False]
    await _first_draft(ben)
    assert await stage.database.look(closed) == [True]


async def test_texts_are_the_communitys_own(stage: Stage) -> None:
    """A text can be changed; what could not be used is refused in one sentence and stays in the form."""
    await imports(stage, HANA)
    ben = await stage.member("Ben", Role.OWNER)
    await ben.asks("wave", admin=True)
    await ben.presses("文面を変える")
    await ben.presses("日本語、会社を離れた人のつながりとして")
    for text, why in (
        ("{name}さん、どうぞ", "{link} を残して"),
        ("{link} {boss}", "{boss} には何も入れられません"),
        ("アルムナイの会です {link}", "「アルムナイ」を使わずに"),
    ):
        refused = await ben.submits(text=text)
        assert why in refused.errors["text"]
        assert refused.values["text"] == text
    assert "文面を残しました" in await ben.submits(text="{name}さんへ {link} {sender}より")
    await _picks(ben, tone="network")
    await ben.presses("承認する")
    assert "佐藤 花子さんへ https://" in await _first_draft(ben)


async def test_a_link_is_taken_back_and_made_anew(stage: Stage) -> None:
    """The new one differs, and counts in the week."""
    await imports(stage, HANA)
    ben = await stage.member("Ben", Role.OWNER)
    await _picks(ben)
    await ben.presses("承認する")
    old = code_in(await _first_draft(ben))
    assert "リンクを取り消しました" in await ben.presses("リンクを取り消す")
    new = await ben.presses("新しいリンク")
    assert code_in(new) != old
    assert "下書き 10 通のうち" in await ben.asks("wave", admin=True)


async def test_a_supporter_invites_nobody(stage: Stage) -> None:
    """Rosters, waves and links are not theirs."""
    await stage.member("Ben", Role.OWNER)
    sue = await stage.member("Sue", Role.SUPPORTER)
    for words in ("wave", "invite", "leaver"):
        assert "事務局の方だけ" in await sue.asks(words, admin=True)


# --- one link for one person ---------------------------------------------------------------------


async def test_an_owner_invites_one_person_at_once(stage: Stage) -> None:
    """A name is all it takes; a mistake keeps the form; whoever is on the list is refused, to whoever keeps it."""
    await bars(stage, Listed("高橋 結衣", mail="yui@example.org"))
    ben = await stage.member("Ben", Role.OWNER)
    form = await ben.asks("招待 中村 蓮", admin=True)
    assert form.values["who"] == "中村 蓮"
    assert "name@example.org" in (await ben.submits(mail="nowhere")).errors["mail"]
    assert "中村 蓮さんへの招待ができました" in await ben.submits(mail="")
    code_in(await ben.presses("下書きを見る"))
    for who in ({"who": "高橋　結衣"}, {"who": "Y. T.", "mail": "YUI@example.org"}):
        await ben.asks("invite", admin=True)
        assert "「招待しない人」に入っています" in await ben.submits(**who)


async def test_others_of_the_secretariat_hear_the_same_whoever_it_is_about(stage: Stage) -> None:
    """A member, somebody unknown and somebody on the list: an owner is asked, and only they learn who is on it."""
    await bars(stage, Listed("高橋 結衣"))
    await stage.member("Ada")
    ben, cat = await stage.member("Ben", Role.SECRETARIAT), await stage.member("Cat", Role.OWNER)
    heard = set()
    for name in ("Ada", "中村 蓮", "高橋 結衣"):
        await ben.asks("invite", admin=True)
        heard.add((await ben.submits(who=name)).text.splitlines()[-1])
    assert heard == {"オーナーに承認をお願いしました。承認されると、あなたの下書きに出ます: /enishi-admin 招待状"}
    assert "招待しない" not in await ben.asks("", admin=True)
    desk = await cat.asks("", admin=True)
    assert "Benさんが高橋 結衣さんを招待したいそうです。「招待しない人」に入っています。" in desk
    assert "Benさんが中村 蓮さんを招待したいそうです。" in desk.text.splitlines()


# --- referral ------------------------------------------------------------------------------------


async def test_a_member_passes_on_a_link(stage: Stage) -> None:
    """No name is asked for; the secretariat agrees; the link comes to the member, and not into the message."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben", Role.OWNER)
    await ada.asks("紹介")
    assert "二週間のうちに" in await ada.presses("リンクをお願いする")
    assert "Adaさんが、元同僚の方への招待をお願いしています" in await ben.asks("", admin=True)
    assert "承認しました" in await ben.presses("承認する")
    await stage.tick()
    [letter] = [one for one in await ada.inbox() if "招待ができました" in one]
    assert "/i/" not in letter.text
    code_in(await ada.presses("招待を見る"))
    assert "送る下書き" not in (await ben.asks("wave", admin=True)).buttons


async def test_a_declined_referral_is_silent(stage: Stage) -> None:
    """Nobody is told, nothing of it stays; asking too often hears the same."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben", Role.OWNER)
    heard = set()
    for _ in range(5):
        await ada.asks("refer")
        heard.add((await ada.presses("リンクをお願いする")).text)
    assert len(heard) == 1
    desk = await ben.asks("", admin=True)
    assert desk.buttons.count("見送る") == 3
    assert "見送りました" in await ben.presses("見送る")
    await stage.tick()
    assert await ada.inbox() == []
