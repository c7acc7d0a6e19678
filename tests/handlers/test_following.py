"""What a press on a card about calendars does, where the card is older than what it shows."""

from typing import Any

from bot.address import Address
from bot.events import Pressed
from bot.people import Handle, Sighting
from bot.replies import Whisper
from handlers import features
from handlers.events.calendar_actions import NewAddress
from handlers.turn import turns
from storage import communities
from storage.engine import Database
from storage.feeds import holder
from storage.people import People
from storage.work import Work

ADA = Handle("slack", "T1", "U1")


def _join(work: Work) -> None:
    people = People(work, communities.found(work, "Story").id)
    people.add_handle(people.welcome({"name": "Ada"}), ADA)


def _pressed(instead: bool) -> Pressed:  # noqa: FBT001 - it is all that differs
    return Pressed(who=Sighting(ADA), where=Address("slack", "T1", "C1"), action=NewAddress(instead=instead))


async def test_an_old_card_ends_no_address(database: Database) -> None:
    """Who presses the button of the first address again keeps the one there is; only the one that says so ends it."""
    await database.tx(_join)
    made: list[str] = []

    def address(token: str) -> str:
        made.append(token)
        return f"https://portal.example/calendar/{token}.ics"

    take_turn = turns(database, features.house(features.router(), calendar=address))
    for instead, tokens in ((False, 1), (False, 1), (True, 2)):
        shown: Any = await take_turn(_pressed(instead))
        assert isinstance(shown, Whisper)
        assert len(made) == tokens
        assert await database.look(lambda work: holder(work, made[-1]))
    assert await database.look(lambda work: holder(work, made[0])) is None


async def test_without_a_portal_there_is_no_address(database: Database) -> None:
    """It is said, and nothing is stored."""
    await database.tx(_join)
    shown: Any = await turns(database, features.house(features.router()))(_pressed(instead=False))
    assert "ポータルがまだありません" in shown.card.summary
