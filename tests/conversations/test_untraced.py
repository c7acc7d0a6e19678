"""What a route that is `untraced` leaves behind on each surface: nothing but what its handler writes."""

from collections.abc import AsyncIterator
from typing import ClassVar

import pytest
from sqlalchemy.exc import OperationalError

from bot.actions import Action, pack
from bot.cards import TextInput, sentence
from bot.events import Submitted
from bot.language import mark
from bot.replies import Answer, Form, Whisper
from bot.router import Command, Router
from handlers import features
from handlers.feature import Feature
from handlers.turn import Turn
from storage.clock import MovableClock
from storage.engine import Database
from tests.community import SURFACES, Stage
from tests.privacy.dispatching import dumped

MARK = "mark0123456789ab"
router: Router[Turn] = Router()
WORD = Command("murmur", mark("Murmur"))


class Murmur(Action):
    """A form whose answer nobody may trace."""

    name: ClassVar[str] = "probe.murmur"
    words: str = ""


@router.asked(WORD, untraced=True)
def asked(turn: Turn, _: str) -> Answer:
    """The form."""
    field = TextInput("words", "Words")
    return Form("Murmur", pack(Murmur()), "Send", (field,))


@router.submitted(Murmur, untraced=True)
def taken(turn: Turn, murmur: Murmur) -> Answer:
    """Refused, broken by a mistake, cut off from the database, or taken: as the words say."""
    if "broken" in murmur.words:
        raise RuntimeError(murmur.words)
    if "lost" in murmur.words:
        raise OperationalError(murmur.words, {}, OSError(murmur.words))
    return Whisper(sentence("Thank you: code ABCD"), fleeting=True)


@pytest.fixture(params=SURFACES)
async def murmuring(
    request: pytest.FixtureRequest, database: Database, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Stage]:
    """A community where one can murmur."""
    monkeypatch.setattr(features, "FEATURES", (Feature("probe", router), *features.FEATURES))
    stage = await Stage.set_up(request.param, database, clock)
    yield stage
    await stage.close()


async def test_an_untraced_form_leaves_nothing_behind(
    murmuring: Stage, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Sent, sent again, refused, failed: no row changes, none is locked, and no log holds a word or a name."""
    caplog.set_level(0)
    ada = await murmuring.member("Ada")
    await ada.opens_home()
    await ada.asks("help")
    before = await murmuring.database.look(dumped)
    for words in (MARK, f"{MARK} again", f"{MARK} broken", f"{MARK} lost"):
        await ada.asks("murmur")
        shown = await ada.submits(words=words)
        assert ("ABCD" in shown) == (words in {MARK, f"{MARK} again"})
    after = await murmuring.database.look(dumped)
    assert not [message for message in await ada.inbox() if "ABCD" in message]
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
    said = caplog.text + "".join(capsys.readouterr())
    who = murmuring.members["Ada"]
    handle = murmuring.surface.handle("Ada", murmuring.community.id, who)
    assert [one for one in (MARK, who, handle.user, "Ada") if one in said] == []


def test_what_members_do_with_surveys_is_untraced() -> None:
    """Every route by which a member answers a survey leaves no trace: no key of the event, no sign of life."""
    theirs = {
        key: route
        for key, route in features.router()._routes.items()
        if route.answer.__module__.startswith("handlers.surveys") and not route.desk
    }
    forms = [key for key in theirs if isinstance(key, tuple) and key[0] is Submitted]
    assert [key for key in forms if not theirs[key].untraced] == []
    answering = [key for key in theirs if theirs[key].answer.__module__.startswith("handlers.surveys.answering")]
    assert [key for key in answering if not theirs[key].untraced] == []
    assert len(answering) > len(forms)
