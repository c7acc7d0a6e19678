"""Leaving: everything about a member is gone, at once."""

from storage.people import People, Role
from tests.community import Stage


async def test_who_leaves_leaves_nothing(stage: Stage) -> None:
    """After one question the member, their words in posted digests, and the letters are gone; nobody is told."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben")
    for person, text in ((ada, "アダの話です"), (ben, "ベンの話です")):
        await person.asks(f"update {text}")
        await person.submits()
    await stage.moves(days=31)
    await ben.presses("おめでとう 👏")
    assert "すぐにすべて消え" in await ada.asks("退会")
    await ada.submits()
    await stage.moves(hours=1)
    [digest] = await stage.surface.room_shows()
    assert "アダの話です" not in digest
    assert "Ada" not in digest
    assert "ベンの話です" in digest
    assert await stage.database.look(lambda work: People(work, stage.community.id).get(stage.members["Ada"])) is None
    assert not await stage.database.look(lambda work: People(work, stage.community.id).handles(stage.members["Ada"]))


async def test_the_last_owner_hands_over_first(stage: Stage) -> None:
    """A community is not left without an owner by a tap."""
    oribe = await stage.member("織部", Role.OWNER)
    await stage.member("Ada")
    await oribe.asks("退会")
    assert "オーナーはあなただけ" in await oribe.submits()
    await stage.member("Ben", Role.OWNER)
    await oribe.asks("退会")
    assert "退会しました" in await oribe.submits()


async def test_the_secretariat_reads_what_was_written_to_it(stage: Stage) -> None:
    """What is for the secretariat reaches the secretariat, and nobody else; what is for oneself nobody."""
    ben, ada = await stage.member("Ben", Role.SECRETARIAT), await stage.member("Ada")
    for text, audience in (("相談があります", "secretariat"), ("自分の覚え書き", "self"), ("みなさんへ", "everyone")):
        await ada.asks(f"update {text}")
        await ada.submits(audience=audience)
    await ben.asks("checkin", admin=True)
    shown = await ben.presses("事務局あて")
    assert "相談があります" in shown
    assert "Ada" in shown
    assert "自分の覚え書き" not in shown
    assert "みなさんへ" not in shown


async def test_the_menu_can_be_pressed(stage: Stage) -> None:
    """Whoever cannot type commands presses them."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben", Role.SECRETARIAT)
    await ada.asks("")
    assert (await ada.presses("近況")).is_form
    await ben.asks("", admin=True)
    assert "近況の設定" in await ben.presses("近況")
