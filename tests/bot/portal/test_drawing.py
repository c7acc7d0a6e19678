from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import FormData

from bot.address import Address
from bot.cards import (
    Button,
    Buttons,
    Card,
    Chart,
    Choice,
    Choices,
    Divider,
    Facts,
    Field,
    Image,
    Link,
    Look,
    Text,
    TextInput,
    Tick,
    sentence,
)
from bot.language import Reader
from bot.portal import texts
from bot.portal.delivering import Place, Shelves, board
from bot.portal.drawing import problems, values, web_form
from bot.portal.members import NEWEST
from bot.portal.signing import Held, Signing
from bot.replies import Form
from bot.surface import Absent, Delivered, Gone, Parcel, TryLater, Unavailable
from tests.bot.portal.village import Village

say = Reader("en")
TEXT = st.text(max_size=30)
PIECES = st.one_of(
    st.builds(Text, TEXT, st.sampled_from([Look.PLAIN, Look.HEADING, Look.QUIET, Look.QUOTE])),
    st.builds(Facts, st.tuples(st.tuples(TEXT, TEXT))),
    st.builds(Image, TEXT, TEXT),
    st.builds(Buttons, st.tuples(st.builds(Button, TEXT, TEXT, confirm=TEXT), st.builds(Link, TEXT, TEXT))),
    st.just(Divider()),
)
FIELDS: st.SearchStrategy[Field] = st.one_of(
    st.builds(TextInput, TEXT, TEXT, TEXT, TEXT, st.integers(1, 5)),
    st.builds(Choice, TEXT, TEXT, st.tuples(st.tuples(TEXT, TEXT)), TEXT),
    st.builds(Choices, TEXT, TEXT, st.tuples(st.tuples(TEXT, TEXT)), st.tuples(TEXT), TEXT, most=st.integers(0, 3)),
    st.builds(Tick, TEXT, TEXT, st.booleans(), TEXT),
)
FORMS = st.builds(
    Form,
    TEXT,
    TEXT,
    TEXT,
    st.lists(FIELDS, max_size=4).map(tuple),
    st.lists(PIECES, max_size=4).map(tuple),
    st.dictionaries(TEXT, TEXT, max_size=2),
)


@given(FORMS, st.text(min_size=1))
def test_a_form_comes_back_from_the_browser_as_it_went(form: Form, key: str) -> None:
    """Whatever a form holds, the signed text gives it back; under another key, or changed, it gives nothing."""
    held = Held("portal:c:m", "ja", "inbox:key", form)
    text = Signing(["new", key]).hold(held)
    assert Signing(["newer", "new"]).held(text) == held
    assert Signing(["another"]).held(text) is None
    said, _, signature = text.rpartition(".")
    assert Signing(["new"]).held(f"{said}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}") is None


@given(st.booleans(), st.text())
def test_a_place_round_trips(shared: bool, name: str) -> None:  # noqa: FBT001 - hypothesis gives it by position
    """A place is read as it was written; only an empty name is none."""
    place = Place(shared, name)
    assert Place.parse(str(place)) == (place if name else None)


FORM = Form(
    "title",
    "t.told {}",
    "send",
    (
        TextInput("text", "Text", max_length=5, lines=3),
        TextInput("link", "Link", required=False),
        Choice("few", "Few", (("a", "A"), ("b", "B"))),
        Choice("many", "Many", tuple((str(n), str(n)) for n in range(9))),
        Choices("some", "Some", (("a", "A"), ("b", "B"), ("c", "C")), most=2),
        Choices("any", "Any", (("a", "A"), ("b", "B")), ("b",), required=False),
        Tick("yes", "Yes", required=True),
        Tick("maybe", "Maybe"),
    ),
)
GOOD: dict[str, str | list[str]] = {
    "f-text": "a\r\nb",
    "f-link": "",
    "f-few": "a",
    "f-many": "3",
    "f-some": ["c", "a"],
    "f-yes": "y",
}


def posted(typed: dict[str, str | list[str]]) -> FormData:
    """As a browser sends it, what is chosen several times under one name."""
    each = [(name, value if isinstance(value, list) else [value]) for name, value in typed.items()]
    return FormData([(name, one) for name, all_ in each for one in all_])


def test_good_input_reaches_the_action_typed() -> None:
    """Text with plain line ends, ticks as true and false, several as they were chosen."""
    drawn = web_form(FORM, say, posted(GOOD))
    assert drawn.validate()
    chosen = {"few": "a", "many": "3", "some": ("c", "a"), "any": ()}
    assert values(drawn) == {"text": "a\nb", "link": "", **chosen, "yes": True, "maybe": False}


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"f-text": ""}, "f-text"),
        ({"f-text": "\u3000 \t"}, "f-text"),
        ({"f-text": "123456"}, "f-text"),
        ({"f-few": ""}, "f-few-0"),
        ({"f-few": "forged"}, "f-few-0"),
        ({"f-many": ""}, "f-many"),
        ({"f-some": []}, "f-some-0"),
        ({"f-some": ["a", "forged"]}, "f-some-0"),
        ({"f-some": ["a", "b", "c"]}, "f-some-0"),
        ({"f-any": "forged"}, "f-any-0"),
        ({"f-yes": ""}, "f-yes"),
        ({"f-link": "x" * 151}, "f-link"),
    ],
)
def test_bad_input_is_named_where_it_stands(changed: dict[str, str | list[str]], wrong: str) -> None:
    """One problem each, at the input it belongs to; a length counts what is kept, not how a line ends."""
    typed = {name: value for name, value in {**GOOD, **changed}.items() if value or not name.endswith("yes")}
    drawn = web_form(FORM, say, posted(typed))
    assert not drawn.validate()
    assert [where for where, _, _ in problems(FORM, drawn)] == [wrong]


async def test_every_piece_is_drawn(village: Village) -> None:
    """Nothing a card can hold is left out; an address that is none is no link."""
    aoba = await village.enters("Aoba")
    card = Card(
        "summary",
        (
            Text("plain"),
            Text("small", Look.QUIET),
            Text("said", Look.QUOTE),
            Facts((("label", "value"),)),
            Image("https://pictures.example/a.png", "what it shows"),
            Chart("bars", (("Joined", 1200),), "1,200 joined"),
            Divider(),
            Buttons((Link("good", "https://a.example/"), Link("bad", "javascript:alert(1)"))),
        ),
    )
    await village.receives("Aoba", card)
    letter = (await aoba.inbox())[0]
    bars = ["bars", "Joined", "1,200", Reader("ja")(texts.AS_TABLE), "Joined1,200"]
    assert letter.text.splitlines() == ["summary", "plain", "small", "said", "label", "value", *bars]
    assert letter.buttons == ("good",)
    assert aoba.browser.main.one("img")["alt"] == "what it shows"


async def test_the_first_heading_is_the_card_s_title(village: Village) -> None:
    """Also below a sentence that says what became of a press; those after it are below it."""
    aoba = await village.enters("Aoba")
    pieces = (
        Text("Noted."),
        Text("An evening", Look.HEADING),
        Text("News", Look.HEADING),
        Text("Supper", Look.HEADING),
    )
    await village.receives("Aoba", Card("Noted.", pieces))
    await aoba.inbox()
    main = aoba.browser.main
    assert [node.words for node in main.all("h3")] == ["An evening"]
    assert [node.words for node in main.all("h4")] == ["News", "Supper"]


async def test_older_letters_can_be_asked_for(village: Village) -> None:
    """A page shows the newest ones, and a link the rest."""
    aoba = await village.enters("Aoba")
    for number in range(NEWEST + 2):
        await village.receives("Aoba", sentence(f"letter {number}"), f"key {number}")
    assert len(await aoba.inbox()) == NEWEST
    await aoba.browser.get(aoba.browser.main.one("a")["href"])
    assert len(aoba.browser.articles) == NEWEST + 2
    assert not aoba.browser.main.all("a")


class Lost:
    """A notebook that cannot be reached."""

    async def read(self, community: str, page: str, name: str) -> str | None:
        raise Unavailable

    async def write(self, community: str, page: str, name: str, text: str) -> None:
        raise Unavailable

    async def leaf(self, community: str, page: str, limit: int = 50) -> list[tuple[str, str]]:
        raise Unavailable

    async def dated(self, community: str, page: str, limit: int = 50) -> list[tuple[str, str, datetime]]:
        raise Unavailable

    async def tear(self, community: str, page: str, name: str | None = None) -> None:
        raise Unavailable


async def test_a_delivery_knows_what_became_of_it(village: Village) -> None:
    """There or not there is always known; another community's parcel is refused, and lost memory means later."""
    surface = village.stage.surface
    for to in (Address.direct(village.handle("Aoba")), board(village.community)):
        parcel = Parcel("key", village.community, to, sentence("hello"))
        assert await surface.look_up(parcel) == Absent()
        assert await surface.deliver(parcel) == Delivered("key")
        assert await surface.look_up(parcel) == Delivered("key")
        assert isinstance(await surface.deliver(Parcel("key", village.other, to, parcel.card)), Gone)
        lost = Shelves(Lost())
        for outcome in (await lost.deliver(parcel), await lost.look_up(parcel)):
            assert isinstance(outcome, TryLater)
            assert outcome.after > timedelta()


def test_a_secret_is_never_put_back_into_the_page() -> None:
    """It shows dots, and whatever was typed is not written into a page that is shown again."""
    form = Form("Passphrase", "x {}", "Send", (TextInput("word", "Passphrase", secret=True, max_length=20),))
    drawn = web_form(form, say, FormData([("f-word", "x" * 21)]))
    assert not drawn.validate()
    assert 'type="password"' in str(drawn["word"]())
    assert "xxx" not in str(drawn["word"]())
