import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.address import Address
from bot.cards import load
from bot.events import Pressed
from bot.language import Reader
from bot.people import Sighting
from bot.portal.delivering import board, page_of
from handlers.checkins import actions
from handlers.checkins.nudges import PROMPT, THANKS
from handlers.tryout import texts
from handlers.tryout.people import STARRING
from handlers.tryout.player import found
from handlers.tryout.stage import stops
from storage.checkins import Audience, Checkins, Template
from storage.doors import StoredDoors, portal_handle
from storage.manners import HELD, Why
from storage.notebook import StoredNotebook
from storage.outbox import Outbox, State
from storage.people import FOREVER, People
from storage.work import Work
from tests.handlers.tryout.conftest import World

QUARTER = timedelta(days=91)
START = datetime(2025, 1, 1, tzinfo=UTC)


@given(
    now=st.integers(0, 2 * 365 * 86400).map(lambda seconds: START + timedelta(seconds=seconds)),
    by=st.timedeltas(timedelta(), timedelta(days=120)),
    zone=st.sampled_from(["Asia/Tokyo", "Europe/Berlin", "America/Los_Angeles"]),
)
def test_the_clock_stops_every_evening_and_at_the_end(now: datetime, by: timedelta, zone: str) -> None:
    """No day is jumped over, so that each is planned as it would have been."""
    found = list(stops(now, by, zone))
    assert found[-1] == now + by
    assert all(timedelta() < late - early <= timedelta(hours=25) for early, late in pairwise([now, *found[:-1]]))
    assert found[-1] - ([now, *found][-2]) <= timedelta(hours=25)


async def prompts(world: World) -> dict[str, int]:
    """How many prompts each member was sent, by id; also those who got none."""

    def look(work: Work) -> dict[str, int]:
        sent = Outbox(work, world.community).last(limit=10_000, state=State.SENT)
        counts = Counter(posted.member or "" for posted in sent if posted.kind == PROMPT)
        return {member.id: counts[member.id] for member in People(work, world.community).all()}

    return await world.database.look(look)


async def test_a_quarter_asks_everybody_once(world: World) -> None:
    """Quarterly and rarer ones once, monthly ones as many times as they wished, nobody on a break.

    Who of them answers depends on their ids: somebody who left two letters of any kind alone may have become silent.
    """

    def rhythms(work: Work) -> dict[str, tuple[bool, int | None]]:
        checkins = Checkins(work, world.community)
        return {
            member.id: (member.paused_until == FOREVER, checkins.habit(member.id).months)
            for member in People(work, world.community).all()
        }

    expected = await world.database.look(rhythms)
    await world.tryout.forward(QUARTER)

    def silent(work: Work) -> set[str | None]:
        left = Outbox(work, world.community).last(limit=10_000, state=State.CANCELLED)
        return {posted.member for posted in left if posted.kind == PROMPT and posted.last_error == HELD + Why.SILENCE}

    spared = await world.database.look(silent)
    assert len(spared) <= 2
    for member, count in (await prompts(world)).items():
        rests, months = expected[member]
        wished = {0} if rests else {2, 3} if months == 1 else {1}
        assert count in ({count - 1 for count in wished} | wished if member in spared else wished)


async def test_the_others_answer_and_whom_one_acts_as_does_not(world: World) -> None:
    """Some prompts are answered by themselves, in the letter too; one's own are left for oneself."""
    people = {name: member for member, _, name, _ in await world.tryout.people()}
    mine = people["渡辺 彩"]
    await world.tryout.become(mine, world.community)

    def answers(work: Work) -> dict[str, int]:
        checkins = Checkins(work, world.community)
        return {member: len(checkins.told_by(member, 100)) for member in people.values()}

    before = await world.database.look(answers)
    await world.tryout.forward(QUARTER)
    after = await world.database.look(answers)
    wrote = {member for member, count in after.items() if count > before[member]}
    assert len(wrote) > 5
    assert not wrote & {mine, *(people[name] for name in STARRING)}
    notebook = StoredNotebook(world.database, "portal")
    for member in (mine, people[STARRING[0]]):
        letters = [load(text) for _, text in await notebook.leaf(world.community, f"inbox/{member}")]
        assert sum(found(letter, actions.Same) is not None for letter in letters) == 1


async def test_what_one_writes_is_received_by_the_others(world: World) -> None:
    """An answer is in the next digest, some are glad of it, and one hears of it in a letter."""
    member = (await world.tryout.people())[0][0]

    def tell(work: Work) -> None:
        checkins = Checkins(work, world.community)
        for number in range(12):  # so many that it cannot be chance that nobody is glad
            checkins.tell(member, Template.FREE, Audience.EVERYONE, f"一言 {number}", "", agreed=False)

    def thanked(work: Work) -> int:
        sent = Outbox(work, world.community).last(member, 100, state=State.SENT)
        return sum(posted.kind == THANKS for posted in sent)

    await world.tryout.forward(timedelta(days=42))  # what was told before has been received by now
    before = await world.database.look(thanked)
    await world.database.tx(tell)
    await world.tryout.forward(timedelta(days=45))
    assert await world.database.look(thanked) == before + 1


async def test_a_week_asks_a_few(world: World) -> None:
    """Prompts are spread over days."""
    lines = await world.tryout.forward(timedelta(days=7))
    asked = sum((await prompts(world)).values())
    assert 1 <= asked <= 12
    assert Reader("ja")(texts.BROUGHT[PROMPT], count=asked) in lines


async def test_what_was_brought_is_told_in_the_language_of_whom_one_acts_as(world: World) -> None:
    """Japanese at first, English after becoming an English reader; and nothing is said when there was nothing."""
    people = {name: member for member, _, name, _ in await world.tryout.people()}
    assert await world.tryout.forward(timedelta()) == [Reader("ja")(texts.BROUGHT_NOTHING)]
    await world.tryout.become(people["Anna Weber"], world.community)
    lines = await world.tryout.forward(QUARTER)
    digests = {Reader("en")(texts.BROUGHT["checkins.digest"], count=count) for count in (2, 3, 4)}
    assert digests & set(lines)  # the others answered, too
    assert any(re.match(r"\d of them (is|are) for you", line) for line in lines)
    await world.tryout.speak(people["Anna Weber"], world.community, "ja")
    assert await world.tryout.forward(timedelta()) == [Reader("ja")(texts.BROUGHT_NOTHING)]


async def test_one_stays_signed_in_when_time_is_moved(world: World) -> None:
    """A real session ends after two weeks; the demo's does not."""
    member, community, name, _ = (await world.tryout.people())[0]
    token = await world.tryout.become(member, community)
    for _ in range(2):
        await world.tryout.forward(QUARTER)
    visitor = await StoredDoors(world.database).inside(token)
    assert visitor is not None
    assert visitor.name == name


async def test_time_never_runs_back(world: World) -> None:
    """Whoever asks for it is refused."""
    with pytest.raises(ValueError, match="forward"):
        world.clock.forward(timedelta(days=-1))
    before = world.tryout.now()
    await world.tryout.forward(timedelta(hours=1))
    assert world.tryout.now() >= before + timedelta(hours=1)


async def test_even_an_old_answer_can_be_withdrawn_from_the_board(world: World) -> None:
    """The digests of the made-up past are as alive as those of tomorrow."""
    notebook, page = StoredNotebook(world.database, "portal"), page_of(board(world.community))

    async def shown() -> str:
        return "\n".join(text for _, text in await notebook.leaf(world.community, page))

    def look(work: Work) -> tuple[str, str, str]:
        checkins = Checkins(work, world.community)
        _, entries = checkins.published(checkins.latest_digest() or "") or (None, [])
        return entries[0].member, entries[0].id, entries[0].text

    member, entry, text = await world.database.look(look)
    assert text in await shown()
    handle = portal_handle(world.community, member)
    press = Pressed(who=Sighting(handle), where=Address.direct(handle), action=actions.Withdraw(entry=entry))
    await world.install.take_turn(press)
    await world.install.tick()
    assert text not in await shown()
    assert load((await notebook.leaf(world.community, page))[0][1]).pieces
