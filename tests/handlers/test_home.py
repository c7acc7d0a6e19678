"""The home page."""

from itertools import pairwise

from bot.address import Address
from bot.cards import Divider
from bot.events import Asked
from bot.people import Handle, Sighting
from bot.replies import Home
from handlers import features
from handlers.turn import turns
from storage import communities
from storage.engine import Database
from storage.people import People
from storage.work import Work

ADA = Handle("slack", "T", "U")


async def test_a_feature_with_nothing_to_say_leaves_no_line(database: Database) -> None:
    """Lines stand between parts: never two of them with nothing in between."""

    def joins(work: Work) -> None:
        community = communities.found(work, "みなとの縁").id
        people = People(work, community)
        people.add_handle(people.welcome({"name": "Ada"}), ADA)

    await database.tx(joins)
    take_turn = turns(database, features.house(features.router()))
    page = await take_turn(Asked(who=Sighting(ADA), where=Address.direct(ADA), words="home"))
    assert isinstance(page, Home)
    kinds = [type(piece) for piece in page.card.pieces]
    assert Divider in kinds
    assert (Divider, Divider) not in pairwise(kinds)
