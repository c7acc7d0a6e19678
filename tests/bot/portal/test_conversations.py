from datetime import timedelta

import pytest

from bot.cards import sentence
from bot.language import Reader
from bot.portal import texts
from tests.bot.portal.village import WORDS, Village, digest, prompt

JA = WORDS["ja"]
say = Reader("ja")


async def test_a_letter_is_answered_where_it_stands(village: Village) -> None:
    """A button of a letter acts, and the answer takes the letter's place in the inbox."""
    await village.receives("Aoba", prompt(JA))
    aoba = await village.enters("Aoba")
    assert JA["ask"] in (await aoba.inbox())[0]
    assert JA["thanks"] in await aoba.presses(JA["same"])
    assert village.deeds == ["same:autumn"]
    assert [letter.buttons for letter in await aoba.inbox()] == [()]


async def test_a_form_led_to_by_a_letter_is_answered_there(village: Village) -> None:
    """A form carries the letter it came from, so its answer takes the letter's place."""
    await village.receives("Aoba", prompt(JA))
    aoba = await village.enters("Aoba")
    form = await aoba.presses(JA["changed"])
    assert form.is_form
    assert form.fields["text"] == JA["text"]
    assert form.values == {"template": "work", "text": "", "link": "", "audience": "everyone", "consent": ""}
    came = await aoba.submits(text="引っ越しました", audience="self", consent=True)
    assert JA["thanks"] in came
    assert village.deeds == ["told:work:引っ越しました:self:True"]
    assert JA["thanks"] in (await aoba.inbox())[0]


async def test_what_is_missing_is_said_and_what_was_typed_stays(village: Village) -> None:
    """A form with mistakes comes back with a summary, a sentence at each field, and the input."""
    aoba = await village.enters("Aoba")
    await aoba.opens_home()
    await aoba.presses(JA["changed"])
    came = await aoba.submits(link="https://example.org/", text="　")
    assert set(came.errors) == {"text", "consent"}
    assert came.values["link"] == "https://example.org/"
    summary = aoba.browser.main.one("section", lambda node: node["id"] == "errors")
    links = [node["href"] for node in summary.all("a")]
    assert links == ["#f-text", "#f-consent"]
    assert all(any("#" + node["id"] == link for node in aoba.browser.main) for link in links)
    assert "2" in aoba.browser.page.one("title").words
    assert aoba.browser.response.status_code == 422
    assert village.deeds == []


async def test_a_handlers_own_objection_is_shown_the_same_way(village: Village) -> None:
    """Errors a handler returns stand at their fields; one for no field stands in the summary alone."""
    aoba = await village.enters("Aoba")
    await aoba.opens_home()
    await aoba.presses(JA["changed"])
    came = await aoba.submits(text="a secret", consent=True)
    assert came.errors == {"text": "no secrets"}
    assert came.values["text"] == "a secret"
    assert "and no rush" in came
    assert JA["thanks"] in await aoba.submits(text="nothing much")


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("help", "help:"),
        ("/enishi help me", "help:me"),
        ("enishi help me", "help:me"),
        ("／ｅｎｉｓｈｉ　ＨＥＬＰ　ａｂ", "help:ａｂ"),
        ("ヘルプ", "help:"),
        ("what is this", "unknown:what is this"),
        ("/enishi", "unknown:"),
        ("/enishi-admin desk now", "desk:now"),
        ("ｅｎｉｓｈｉ－ａｄｍｉｎ desk", "desk:"),
    ],
)
async def test_commands_are_typed_with_or_without_their_name(village: Village, typed: str, seen: str) -> None:
    """The command line takes what a chat takes, and full-width letters."""
    chitose = await village.enters("Chitose")
    assert (await chitose.asks(typed)).text == seen


async def test_the_desk_has_its_own_command(village: Village) -> None:
    """The secretariat chooses the desk's command beside the line; a member who types it gets one sentence."""
    chitose, aoba = await village.enters("Chitose"), await village.enters("Aoba")
    assert "desk:now" in await chitose.asks("desk now", admin=True)
    came = await aoba.asks("desk now", admin=True)
    assert came.text
    assert "desk:" not in came


async def test_a_post_on_the_board_changes_for_everybody(village: Village) -> None:
    """A reaction to the digest redraws it for all; what is meant for one is shown to one."""
    aoba, beni = await village.enters("Aoba"), await village.enters("Beni")
    await village.board_receives(digest(JA))
    assert f"{JA['cheer']} 1" in (await aoba.presses(JA["cheer"])).buttons
    assert f"{JA['cheer']} 1" in (await village.stage.room_shows())[0].buttons
    assert JA["thanks"] in await beni.presses(JA["meet"])
    assert JA["thanks"] not in (await village.stage.room_shows())[0]


async def test_a_button_of_another_card_replaces_nothing(village: Village) -> None:
    """Who forges the place of a press may act, but cannot overwrite a post of the board."""
    aoba = await village.enters("Aoba")
    await village.board_receives(digest(JA))
    await aoba.browser.get("/board")
    form, button = aoba.browser.button(aoba.browser.main, JA["meet"])
    button.attributes["value"] = "t.same {}"
    assert JA["thanks"] in await aoba.browser.submit(form, button)
    assert JA["last"] in (await village.stage.room_shows())[0]


async def test_a_button_with_a_question_asks_it_first(village: Village) -> None:
    """Without JavaScript a page asks; cancelling does nothing."""
    await village.receives("Aoba", prompt(JA))
    aoba = await village.enters("Aoba")
    await aoba.browser.get("/inbox")
    asked = await aoba.browser.submit(*aoba.browser.button(aoba.browser.main, JA["pause"]))
    assert JA["sure"] in asked
    assert village.deeds == []
    assert JA["paused"] in await aoba.presses(JA["pause"])
    assert village.deeds == ["pause"]


async def test_the_same_page_acts_once(village: Village) -> None:
    """A double click or a reload of a sent page is answered politely and does nothing more."""
    await village.receives("Aoba", prompt(JA))
    aoba = await village.enters("Aoba")
    await aoba.browser.get("/inbox")
    form, button = aoba.browser.button(aoba.browser.main, JA["same"])
    await aoba.browser.submit(form, button)
    again = await aoba.browser.submit(form, button)
    assert say(texts.ALREADY_DONE) in again
    assert village.deeds == ["same:autumn"]


async def test_going_back_to_change_the_text_is_a_new_deed(village: Village) -> None:
    """Another text from the same page is taken; the same text twice is not."""
    aoba = await village.enters("Aoba")
    await aoba.opens_home()
    await aoba.presses(JA["changed"])
    form = aoba.browser.main.one("form", lambda node: node["action"] == "/submit")
    for text in ("one", "two", "two"):
        await aoba.browser.submit(form, text=text, consent=True)
    assert [deed.split(":")[2] for deed in village.deeds] == ["one", "two"]


async def test_an_unknown_button_is_answered_with_a_sentence(village: Village) -> None:
    """A button of another version, or none at all, is told so."""
    await village.receives("Aoba", prompt(JA))
    aoba = await village.enters("Aoba")
    await aoba.browser.get("/inbox")
    for value in ("gone.since {}", "t.cheer {}", "", "t.cheer {"):
        form, button = aoba.browser.button(aoba.browser.main, JA["same"])
        button.attributes["value"] = value
        came = await aoba.browser.submit(form, button)
        assert came.text
        assert aoba.browser.response.status_code == 200
        await aoba.browser.get("/inbox")
    assert village.deeds == []


@pytest.mark.parametrize("name", ["Beni", "Mallory"])
async def test_another_members_letter_cannot_be_answered(village: Village, name: str) -> None:
    """The place of a letter means one's own inbox only, in one's own community."""
    await village.receives("Aoba", prompt(JA))
    aoba, other = await village.enters("Aoba"), await village.enters(name)
    await aoba.browser.get("/inbox")
    form, button = aoba.browser.button(aoba.browser.main, JA["same"])
    await other.browser.get("/")
    for hidden in form.all("input", lambda node: node["name"] == "csrf"):
        hidden.attributes["value"] = other.browser.page.one("input", lambda node: node["name"] == "csrf")["value"]
    came = await other.browser.submit(form, button)
    assert say(texts.NO_SUCH_LETTER) in came
    assert village.deeds == []
    assert JA["ask"] in (await aoba.inbox())[0]


async def test_a_letter_is_delivered_once(village: Village) -> None:
    """A second delivery under the same key leaves the answered letter as it is, and looking up finds it."""
    aoba = await village.enters("Aoba")
    await village.receives("Aoba", prompt(JA))
    await aoba.presses(JA["same"])
    await village.receives("Aoba", prompt(JA))
    letters = await aoba.inbox()
    assert len(letters) == 1
    assert JA["thanks"] in letters[0]


async def test_letters_stand_newest_first(village: Village) -> None:
    """The inbox begins with the latest letter, each at its own address."""
    aoba = await village.enters("Aoba")
    for number in range(3):
        await village.receives("Aoba", sentence(f"letter {number}"), f"key {number}")
    assert [letter.text for letter in await aoba.inbox()] == ["letter 0", "letter 1", "letter 2"]
    assert len({article["id"] for article in aoba.browser.articles}) == 3


async def test_a_letter_says_when_it_came_and_is_new_once(village: Village) -> None:
    """Letters carry their day; what was on the page before is not new any more, and a shared post never is."""
    day, new = say.long_day(say.local(village.clock.now()).date()), say(texts.NEW)
    aoba = await village.enters("Aoba")
    await village.receives("Aoba", sentence("first"), "key 1")
    await village.board_receives(sentence("post"))

    async def marks(page: str) -> list[str]:
        await aoba.browser.get(page)
        return [node.words for node in aoba.browser.main.all("span", lambda node: node["class"] == "since")]

    assert await marks("/") == [f"{day} {new}"]  # the home page names it, and does not count as reading
    assert await marks("/inbox") == [f"{day} {new}"]
    assert await marks("/inbox") == [day]
    village.clock.forward(timedelta(days=1))
    await village.receives("Aoba", sentence("second"), "key 2")
    later = say.long_day(say.local(village.clock.now()).date())
    assert await marks("/inbox") == [f"{later} {new}", day]
    assert await marks("/board") == [day]


async def test_words_that_look_like_a_page_stay_words(village: Village) -> None:
    """Whatever a member writes is shown as text."""
    aoba = await village.enters("Aoba")
    nasty = '<script>alert(1)</script> "><b> &amp;'
    await village.receives("Aoba", sentence(nasty))
    assert nasty in (await aoba.inbox())[0]
    assert nasty in await aoba.asks(nasty)
