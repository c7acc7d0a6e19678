"""Politeness where it is applied: in the sender's own transaction, on both databases."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.address import Address
from bot.language import mark
from bot.people import Handle
from bot.surface import Outcome, Parcel, TryLater
from scheduler.courtesy import Courtesy
from scheduler.sending import Sender
from storage import ledger
from storage.clock import MovableClock
from storage.communities import Settings as Communities
from storage.engine import Database
from storage.habits import Habits
from storage.manners import Effect, Manner, Wishes
from storage.outbox import Draft, Outbox, State
from storage.people import People
from storage.rates import DELIVERING, LIMITS
from storage.work import Work
from tests.scheduler import stage as stages
from tests.scheduler.stage import FREELY, Stage

NEWS, CALL, REPLY = "story.news", "story.call", "story.reply"
MANNERS = {
    NEWS: Manner(name=mark("Language"), why=mark("Language"), digest=True, priority=3, lives=timedelta(days=10)),
    CALL: Manner(name=mark("Language"), why=mark("Language"), prompt=True),
    REPLY: Manner(name=mark("Language"), why=mark("Language"), asked=True),
}
MONDAY = datetime(2035, 4, 2, 1, tzinfo=UTC)  # ten in Tokyo
DAY = timedelta(days=1)


@dataclass
class Village:
    """Members with a budget."""

    stage: Stage
    courtesy: Courtesy
    members: list[str]

    async def tell(
        self, *whom: str, kind: str = NEWS, name: str = "", priority: int = 2, lives: timedelta = 10 * DAY
    ) -> None:
        """Messages to these members, due now."""

        def add(work: Work) -> None:
            now, people = work.database_now, People(work, self.stage.community)
            drafts = [
                Draft(
                    key=f"{kind}:{name or now}:{who}",
                    kind=kind,
                    to=people.address(who) or Address("slack", "T1", "C1"),
                    member=who,
                    due_at=now,
                    expires_at=now + lives,
                    priority=priority,
                )
                for who in whom
            ]
            Outbox(work, self.stage.community).add(drafts)

        await self.stage.database.tx(add)

    async def passes(self, by: timedelta) -> None:
        """Time passes, and the sender looks."""
        self.stage.clock.forward(by)
        await self.stage.sender.drain()

    @property
    def sent(self) -> list[str]:
        """What arrived, by the first part of its key's name."""
        return [parcel.card.summary.split(":")[1] for parcel in self.stage.chat.accepted]


@pytest.fixture
async def village(database: Database, clock: MovableClock) -> Village:
    """Three members of one workspace."""
    clock.forward(MONDAY - clock.now())
    stage = await stages.build(database, clock)

    def found(work: Work) -> list[str]:
        people = People(work, stage.community)
        members = [people.welcome({"name": name}, zone="Asia/Tokyo") for name in ("Ada", "Ben", "Eve")]
        for number, member in enumerate(members):
            people.add_handle(member, Handle("slack", "T1", f"U{number}"))
        return members

    members, courtesy = await database.tx(found), Courtesy(MANNERS)
    drawers = dict.fromkeys(MANNERS, stages.draw)
    stage.sender = Sender(database, {"slack": stage.chat}, drawers, courtesy=courtesy, limits=FREELY)
    return Village(stage, courtesy, members)


async def test_of_two_at_once_the_more_urgent_one_goes(village: Village) -> None:
    """Two that are due together are decided in one transaction: one now, the other two days later; a reply besides."""
    ada = village.members[0]
    await village.tell(ada, name="less", kind=CALL)
    await village.tell(ada, name="more", kind=CALL, priority=1)
    await village.tell(ada, name="reply", kind=REPLY)
    await village.passes(timedelta())
    assert sorted(village.sent) == ["more", "reply"]
    await village.passes(2 * DAY - timedelta(minutes=1))
    assert len(village.sent) == 2
    await village.passes(DAY)
    assert sorted(village.sent) == ["less", "more", "reply"]


async def test_a_message_tried_again_counts_once(village: Village) -> None:
    """A platform that asks to wait is no second message: one is counted, and one answer is awaited."""
    ada, tries = village.members[0], list[str]()

    def wait_once(parcel: Parcel) -> Outcome | None:
        tries.append(parcel.key)
        return TryLater(timedelta(minutes=1)) if len(tries) == 1 else None

    village.stage.chat.says = wait_once
    await village.tell(ada, kind=CALL, name="call")
    await village.passes(timedelta())
    await village.passes(timedelta(minutes=2))
    assert village.sent == ["call"]
    community = village.stage.community
    awaited = await village.stage.database.look(lambda work: Habits(work, community).awaited(ada, CALL))
    known = await village.stage.database.look(lambda work: ledger.known(work, [(community, ada)], {CALL}))
    assert (awaited.unanswered, len(known[community, ada].sent)) == (1, 1)


async def test_answers_restore_their_own_kind_and_the_whole(village: Village) -> None:
    """An answer to one kind forgets that kind and the whole; what else was left alone stays counted."""
    ada, community = village.members[0], village.stage.community

    def ask(work: Work) -> list[int]:
        habits = Habits(work, community)
        habits.asked([(ada, kind, MONDAY.date()) for kind in ("", "story.call", "other.call")] * 2)
        habits.answered(ada, "story")
        return [habits.awaited(ada, kind).unanswered for kind in ("", "story.call", "other.call")]

    assert await village.stage.database.tx(ask) == [0, 0, 2]


async def test_the_effect_is_told_before_it_is_sent_and_then_comes_true(village: Village) -> None:
    """Who gets it now, who in a line, who not at all; and how long the platform takes."""
    ada, ben, eve = village.members
    for text in ("one", "two", "three"):
        await village.tell(ada, kind=CALL, name=text)
        await village.passes(timedelta())
        await village.stage.database.tx(lambda work: Habits(work, village.stage.community).answered(ada, "story"))
        await village.passes(2 * DAY + timedelta(minutes=1))
    village.stage.clock.forward(DAY)  # a Monday again
    wishes = Wishes(off=(NEWS,))
    await village.stage.database.tx(lambda work: Habits(work, village.stage.community).wish(eve, wishes))

    def foresee(work: Work) -> Effect:
        return village.courtesy.effect(work, village.stage.community, village.members, NEWS, work.database_now)

    seen = await village.stage.database.look(foresee)
    assert (seen.now, seen.digest, seen.spared, seen.later, seen.unreachable) == (1, 1, 1, 0, 0)
    assert seen.ends - seen.begins == timedelta(seconds=1)
    await village.tell(ada, ben, eve, name="news")
    await village.passes(timedelta())
    assert village.sent.count("news") == 1
    states = {one.member: one for one in (await village.stage.posted()).values() if ":news:" in one.key}
    assert {states[who].last_error for who in (ada, eve)} == {"digest:budget", "held:off"}
    assert states[ben].state is State.SENT


async def test_what_does_not_fit_its_time_is_proposed_for_another(village: Village) -> None:
    """Three replies take a fraction of a second: within a minute they fit, within no time they need so long."""
    for within, fits in ((timedelta(minutes=1), True), (timedelta(), False)):

        def foresee(work: Work, within: timedelta = within) -> Effect:
            now, community = work.database_now, village.stage.community
            return village.courtesy.effect(work, community, village.members, REPLY, now, until=now + within)

        seen = await village.stage.database.look(foresee)
        assert (seen.now, seen.proposal is None) == (3, fits)
        if seen.proposal:
            takes = seen.proposal[1] - seen.proposal[0]
            assert takes == pytest.approx(timedelta(seconds=3 / LIMITS["slack", DELIVERING].per_s), abs=DAY / 1e9)


async def test_planning_gives_a_polite_time_that_moves_with_the_member(village: Village) -> None:
    """What is planned for the night waits for the morning where the member lives; who moves takes it along."""
    ada, community = village.members[0], village.stage.community

    def place(work: Work) -> Draft:
        now = work.database_now + timedelta(hours=12)  # ten in the evening
        draft = Draft(
            key="k", kind=NEWS, to=Address("slack", "T1", "C1"), member=ada, due_at=now, expires_at=now + 9 * DAY
        )
        [placed] = village.courtesy.place(work, community, [draft])
        Outbox(work, community).add([placed])
        People(work, community).live_in(ada, "America/New_York")
        return placed

    placed = await village.stage.database.tx(place)
    assert placed.zone == "Asia/Tokyo"
    assert 0 <= placed.due_at.hour < 9  # nine to six in Tokyo
    moved = (await village.stage.posted())["k"].due_at
    assert moved - placed.due_at == timedelta(hours=13)


async def test_a_community_may_be_stricter(village: Village) -> None:
    """One message in 28 days, when the secretariat says so."""
    ada, community = village.members[0], village.stage.community
    await village.stage.database.tx(lambda work: Communities(work, community).change("nudges", {"most": 1}))
    await village.tell(ada, name="one")
    await village.passes(timedelta())
    await village.tell(ada, name="two", kind=CALL, lives=40 * DAY)
    await village.passes(27 * DAY)
    assert village.sent == ["one"]
    for _ in range(60):
        await village.passes(DAY / 12)
    assert village.sent == ["one", "two"]
