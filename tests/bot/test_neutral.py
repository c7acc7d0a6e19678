"""The neutral words: what crosses between a surface and the house."""

from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.actions import Action, UnknownAction, pack, unpack
from bot.address import Address
from bot.cards import Buttons, Card, Facts, Image, Link, Text, button, dump, load
from bot.events import Asked, OpenedHome, Pressed, Said
from bot.language import Reader, mark, nearest, plural
from bot.people import Handle, Sighting
from bot.replies import Answer, Silence
from bot.router import Command, Conflict, Router, first_word

WHO = Sighting(Handle("slack", "T", "U"))
WHERE = Address("slack", "T", "C")
anything = st.text(max_size=30)


class Vote(Action):
    """For the tests."""

    name: ClassVar[str] = "test.vote"
    idea: int
    loud: bool = False
    words: str = ""


class Other(Action):
    """For the tests."""

    name: ClassVar[str] = "test.other"


@given(anything, anything, anything, anything)
def test_addresses_and_handles_round_trip(surface: str, tenant: str, room: str, thread: str) -> None:
    """Whatever a platform calls its places and people, text brings it back."""
    address = Address(surface, tenant, room, thread)
    assert Address.parse(str(address)) == address
    handle = Handle(surface, tenant, room)
    assert Handle.parse(str(handle)) == handle
    direct = Address.direct(handle, thread)
    assert Address.parse(str(direct)) == direct
    assert direct.user == room


@given(st.integers(), st.booleans(), st.text(max_size=200))
def test_actions_round_trip(idea: int, loud: bool, words: str) -> None:  # noqa: FBT001 - hypothesis fills it
    """A packed action comes back typed, and a form's input wins over what it was made with."""
    vote = Vote(idea=idea, loud=loud, words=words)
    assert unpack({"test.vote": Vote}, pack(vote)) == vote
    typed = unpack({"test.vote": Vote}, pack(vote), {"words": "neu", "unknown": "x"})
    assert typed == vote.model_copy(update={"words": "neu"})


@pytest.mark.parametrize(
    "text", ["", "test.vote", "test.vote {", 'test.vote {"idea":"x"}', "test.vote []", "gone.away {}", "\0", "{}"]
)
def test_what_is_no_action_is_refused_without_its_content(text: str) -> None:
    """An older version's button, a forged one, or rubbish is one error, which carries nothing of what was typed."""
    with pytest.raises(UnknownAction) as refused:
        unpack({"test.vote": Vote}, text, {"words": "秘密"})
    assert "秘密" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_an_action_that_would_not_fit_a_button_is_a_mistake_of_ours() -> None:
    """Packing refuses what the smallest surface could not carry."""
    with pytest.raises(ValueError, match="limit"):
        pack(Vote(idea=1, words="あ" * 3000))


def test_cards_can_be_kept() -> None:
    """A surface that must remember what it showed gets the same card back."""
    row = Buttons((button("Yes", Vote(idea=3)), Link("More", "https://example.org")))
    card = Card("s", (Text("あ"), Facts((("a", "b"),)), Image("https://e.org/i.png", "alt"), row))
    assert load(dump(card)) == card


@pytest.mark.parametrize(
    ("typed", "first", "rest"),
    [
        ("", "", ""),
        ("update", "update", ""),
        ("ＵＰＤＡＴＥ　転職しました", "update", "転職しました"),
        ("近況　①番目の　話", "近況", "①番目の　話"),
        ("  Update  two  words ", "update", "two  words"),
    ],
)
def test_the_first_word_is_compared_and_the_rest_is_kept(typed: str, first: str, rest: str) -> None:
    """Full width, case and blanks make no difference to the command; what follows stays as typed."""
    assert first_word(typed) == (first, rest)


def _quiet(*_: object) -> Answer:
    return Silence()


def test_two_claims_on_one_thing_are_refused_at_the_start() -> None:
    """Two features cannot claim one word, in any spelling, nor one button."""
    one, two = Router[object](), Router[object]()
    one.asked(Command("update", mark("a"), also=("近況",)))(_quiet)
    two.asked(Command("news", mark("b"), also=("ＵＰＤＡＴＥ",)))(_quiet)
    with pytest.raises(Conflict, match="update"):
        Router.merged([one, two])
    three, four = Router[object](), Router[object]()
    three.pressed(Vote)(_quiet)
    four.pressed(Vote)(_quiet)
    with pytest.raises(Conflict):
        Router.merged([three, four])


def test_who_answers_what() -> None:
    """A table of events and their routes: commands by word, words nobody knows, buttons by class, kinds of event."""
    router = Router[object]()
    router.asked(Command("update", mark("a")))(_quiet)
    router.otherwise(strangers=True)(_quiet)
    router.pressed(Vote)(_quiet)
    router.on(OpenedHome, strangers=True)(_quiet)
    found = router.match(Asked(who=WHO, where=WHERE, words="update it"))
    assert found
    assert (found[1], found[0].strangers) == ("it", False)
    found = router.match(Asked(who=WHO, where=WHERE, words="xyz it"))
    assert found
    assert (found[1], found[0].strangers) == ("xyz it", True)
    assert router.match(Asked(who=WHO, where=WHERE, words="update", admin=True)) is None
    assert router.match(Pressed(who=WHO, where=WHERE, action=Vote(idea=1)))
    assert router.match(Pressed(who=WHO, where=WHERE, action=Other())) is None
    assert router.match(Said(who=WHO, where=WHERE, text="x")) is None
    assert router.hears == {OpenedHome}


def test_the_desk_is_asked_for_by_every_admin_command() -> None:
    """A command of `/enishi-admin` is the secretariat's without saying so."""
    router = Router[object]()
    router.asked(Command("audit", mark("a"), admin=True))(_quiet)
    found = router.match(Asked(who=WHO, where=WHERE, words="audit", admin=True))
    assert found
    assert found[0].desk


@pytest.mark.parametrize(
    ("tag", "language"), [("ja-JP", "ja"), ("ja", "ja"), ("en_GB", "en"), ("EN", "en"), ("", "ja"), ("fr-FR", "ja")]
)
def test_the_nearest_language(tag: str, language: str) -> None:
    """A platform's tag is read however it is written; what we do not have is Japanese."""
    assert nearest(tag) == language


def test_values_are_filled_in_and_never_read_as_words() -> None:
    """What somebody typed may hold braces: it is a value, not a sentence."""
    reader = Reader("en")
    assert reader(mark("Hello, {name}"), name="{0} {name}") == "Hello, {0} {name}"
    assert reader(plural("{count} person", "{count} people"), count=1200) == "1,200 people"
