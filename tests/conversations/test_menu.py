"""The menu, words we do not know, languages, home."""

import pytest

from storage.people import Role
from tests.community import Stage


@pytest.mark.parametrize("words", ["", "help", "ヘルプ", "ＨＥＬＰ", "　へるぷ　", "こんにちは", "updte", "?"])
async def test_whatever_is_typed_gets_the_short_list(stage: Stage, words: str) -> None:
    """Nothing, help in any spelling, and unknown words are answered with the commands, in the reader's language."""
    ada = await stage.member("Ada")
    shown = await ada.asks(words)
    assert "/enishi 近況" in shown
    assert "/enishi-admin" not in shown


async def test_an_unknown_word_is_named(stage: Stage) -> None:
    """The answer repeats the word, so that a slip is seen."""
    ada = await stage.member("Ada")
    assert "「updte」は見つかりませんでした" in await ada.asks("updte")


async def test_english_members_read_english(stage: Stage) -> None:
    """Commands, forms, prompts and mistakes are in the member's own language, and one tap changes it."""
    eve = await stage.member("Eve", language="en")
    assert "/enishi update" in await eve.asks("")
    form = await eve.asks("ｕｐｄａｔｅ")
    assert "In your words" in form.fields["text"]
    assert "Please" in (await eve.submits(text="　")).errors["text"]
    assert "日本語でお届けします" in await eve.asks("language ja")
    assert "/enishi 近況" in await eve.asks("")


async def test_the_home_page_shows_my_words_and_where_i_stand(stage: Stage) -> None:
    """Home has the last answer, how often one is asked and the few buttons; the desk's only for the desk."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben", Role.SECRETARIAT)
    await ada.asks("update 畑を始めました")
    await ada.submits()
    home = await ada.opens_home()
    assert "Adaさん" in home
    assert "畑を始めました" in home
    assert "3か月に1回" in home
    assert "事務局" not in home.buttons
    assert "事務局" in (await ben.opens_home()).buttons


async def test_the_same_words_work_in_the_one_to_one_chat(stage: Stage) -> None:
    """What is written to the bot is taken as a command."""
    ada = await stage.member("Ada")
    assert "/enishi 近況" in await ada.says("ヘルプ")


async def test_each_reads_the_shared_digest_in_their_own_language(stage: Stage) -> None:
    """What members wrote stays as it is; everything around it is in the reader's language.

    On the board at once; in a channel, which has one language, by one tap.
    """
    ada, eve = await stage.member("Ada"), await stage.member("Eve", language="en")
    await ada.asks("update 港の話です")
    await ada.submits()
    await stage.moves(days=31)
    read = await eve.presses("Read in my language" if stage.surface.surface.name == "portal" else "自分の言語で読む")
    assert "News from everyone" in read
    assert "港の話です" in read
    assert "おめでとう 👏" not in read.buttons
    assert "Congratulations 👏" in read.buttons
