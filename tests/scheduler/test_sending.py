"""What the sender promises: nothing lost, nothing doubled where it can be looked up, and no mistake that spreads."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.address import Address
from bot.cards import Card, sentence
from bot.people import Handle
from bot.surface import Gone, InDoubt, Outcome, Parcel, TryLater
from scheduler import pulse
from scheduler.pacing import Fit, fits
from scheduler.sending import Sender
from storage import communities, delivery, rates
from storage.clock import MovableClock
from storage.engine import Database
from storage.outbox import Nudge, OnUnknown, Outbox, State
from storage.people import People
from storage.work import Work
from tests.scheduler.stage import FREELY, KIND, POLICIES, FakeChat, Killed, Stage, build, draw


@pytest.fixture
async def stage(database: Database, clock: MovableClock) -> Stage:
    return await build(database, clock)


async def test_what_is_due_is_delivered_once_and_recorded(stage: Stage) -> None:
    """A due message goes out once, under a key that says nothing of its reason, however often the sender looks."""
    await stage.write("ada", "ben")
    await stage.sender.drain()
    await stage.sender.drain()
    assert sorted(stage.chat.texts) == ["ada", "ben"]
    assert await stage.states() == {"ada": State.SENT, "ben": State.SENT}
    assert not {"ada", "ben"} & {parcel.key for parcel in stage.chat.accepted}


async def test_what_is_not_due_waits_and_what_is_too_late_expires(stage: Stage) -> None:
    """A message leaves between its two times only, and one that missed them is recorded as expired."""
    now = stage.clock.now()
    await stage.write("early", due_at=now + timedelta(hours=1))
    await stage.write("late", due_at=now - timedelta(hours=2), expires_at=now - timedelta(hours=1))
    await stage.sender.drain()
    assert stage.chat.texts == []
    assert await stage.states() == {"early": State.PENDING, "late": State.EXPIRED}
    stage.clock.forward(timedelta(hours=1, seconds=1))
    await stage.sender.drain()
    assert stage.chat.texts == ["early"]


async def test_the_urgent_go_first(stage: Stage) -> None:
    """When not all can go at once, urgent messages overtake those that waited longer."""
    await stage.write("digest", priority=3, due_at=stage.clock.now() - timedelta(hours=1))
    await stage.write("urgent", priority=0)
    one = Sender(stage.database, {"slack": stage.chat}, {KIND: draw}, limits=FREELY, in_flight=1)
    await one.drain()
    assert stage.chat.texts == ["urgent", "digest"]


@pytest.mark.parametrize("before_it_was_accepted", [True, False])
async def test_a_crash_while_sending_loses_and_doubles_nothing(stage: Stage, *, before_it_was_accepted: bool) -> None:
    """Killed before or after the platform accepted them, messages are looked up and arrive exactly once."""
    names = [f"member-{number}" for number in range(12)]
    await stage.write(*names)

    def dies(parcel: Parcel) -> Outcome | None:
        if not before_it_was_accepted:
            stage.chat.accepted.append(parcel)
        raise Killed

    stage.chat.says = dies
    round_ = await stage.sender.pump()
    assert round_.claimed == len(names)
    stage.chat.says = lambda _parcel: None
    await stage.restarts()
    await stage.sender.drain()
    assert set((await stage.states()).values()) == {State.SENDING}  # perhaps somebody is still at it
    await stage.settles()
    await stage.sender.drain()
    assert sorted(stage.chat.texts) == sorted(names)
    assert len(stage.chat.looked_up) >= len(names)
    assert set((await stage.states()).values()) == {State.SENT}


@pytest.mark.parametrize(("policy", "ends"), POLICIES.items())
async def test_what_nobody_can_tell_follows_the_policy_of_its_kind(
    stage: Stage, policy: OnUnknown, ends: State
) -> None:
    """Where nothing can be looked up, a doubtful message is sent again or stays unknown for an administrator to see."""
    stage.chat.can_look = False
    stage.chat.says = lambda _parcel: InDoubt("timeout")
    await stage.write("ada", on_unknown=policy)
    await stage.sender.drain()
    stage.chat.says = lambda _parcel: None
    await stage.settles()
    assert (await stage.states())["ada"] is ends
    assert bool(stage.chat.looked_up) is (policy in {OnUnknown.LOOKUP_RESEND, OnUnknown.LOOKUP_DROP})
    await stage.settles()
    assert (await stage.states())["ada"] is ends
    assert len(stage.chat.texts) == (ends is State.SENT)


async def test_a_late_answer_from_a_process_thought_dead_changes_nothing(stage: Stage) -> None:
    """An outcome of an attempt that was taken over is only a line in the history."""
    await stage.write("ada")
    stage.chat.says = lambda _parcel: InDoubt("stopped")
    await stage.sender.drain()
    assert await stage.database.tx(lambda work: delivery.doubtful_everywhere(work, "slack", 9, "early")) == []
    stage.clock.forward(delivery.SETTLE + timedelta(seconds=1))
    [ours] = await stage.database.tx(lambda work: delivery.doubtful_everywhere(work, "slack", 9, "us"))
    zombie = replace(ours, attempt=ours.attempt - 1)
    for late in (
        lambda work: delivery.Endings(work).sent(zombie, "r").write(),
        lambda work: delivery.Endings(work).failed(zombie, "gone").write(),
        lambda work: delivery.Endings(work).sent_later(zombie, timedelta(), "later").write(),
        lambda work: delivery.Endings(work).unknown(zombie, "unknown").write(),
    ):
        assert not await stage.database.tx(late)
    assert (await stage.states())["ada"] is State.UNKNOWN
    assert await stage.database.tx(lambda work: delivery.Endings(work).sent(ours, "r").write())
    assert not await stage.database.tx(lambda work: delivery.Endings(work).failed(ours, "too late").write())
    assert (await stage.states())["ada"] is State.SENT


async def test_a_refusal_is_tried_again_after_the_time_the_platform_asked_for(stage: Stage) -> None:
    """Asked to slow down, the whole workspace waits, and then everything arrives."""
    await stage.write("ada", "ben")
    stage.chat.says = lambda _parcel: TryLater(timedelta(seconds=30), throttled=True)
    await stage.sender.drain()
    stage.chat.says = lambda _parcel: None
    await stage.write("cy")
    await stage.sender.drain()
    assert stage.chat.texts == []
    stage.clock.forward(timedelta(seconds=31))
    await stage.sender.drain()
    assert sorted(stage.chat.texts) == ["ada", "ben", "cy"]


async def test_a_dead_handle_is_lost_and_the_member_is_found_elsewhere(stage: Stage) -> None:
    """Whose account was closed gets the message where else they can be reached; who has nothing else, never."""

    def joins(work: Work) -> tuple[str, str]:
        people = People(work, stage.community)
        ada, ben = people.welcome({"name": "Ada"}), people.welcome({"name": "Ben"})
        people.add_handle(ada, Handle("slack", "T1", "ada"))
        people.add_handle(ada, Handle("slack", "T2", "ada-elsewhere"))
        people.add_handle(ben, Handle("slack", "T1", "ben"))
        return ada, ben

    ada, ben = await stage.database.tx(joins)
    await stage.write("ada", member=ada)
    await stage.write("ben", member=ben)
    stage.chat.says = lambda parcel: Gone("closed", handle_is_dead=True) if parcel.to.tenant == "T1" else None
    await stage.sender.drain()
    assert [parcel.to.user for parcel in stage.chat.accepted] == ["ada-elsewhere"]
    assert await stage.states() == {"ada": State.SENT, "ben": State.FAILED}
    left = await stage.database.look(lambda work: People(work, stage.community).handles(ada))
    assert [handle.tenant for handle in left] == ["T2"]


async def test_a_drawer_that_fails_is_tried_five_times_and_stops_nobody_else(stage: Stage) -> None:
    """One feature's mistake, even a broken statement, keeps no other message from going out."""

    def draws(work: Work, nudge: Nudge) -> Card | None:
        if nudge.key == "broken":
            work.connection.exec_driver_sql("SELECT * FROM nowhere")
        return None if nudge.key == "paused" else sentence(nudge.key)

    await stage.restarts({KIND: draws})
    await stage.write("broken", "paused", "fine")
    await stage.sender.drain()
    assert stage.chat.texts == ["fine"]
    states = await stage.states()
    assert states == {"broken": State.PENDING, "paused": State.CANCELLED, "fine": State.SENT}
    for _ in range(4):
        stage.clock.forward(timedelta(hours=1))
        assert (await stage.states())["broken"] is State.PENDING
        await stage.sender.drain()
    assert (await stage.states())["broken"] is State.FAILED


async def test_a_surface_that_raises_leaves_doubt_and_stops_no_other_surface(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """An unforeseen error of a surface is looked up later; the other surfaces go on."""
    portal = FakeChat("portal")
    await stage.write("ada", params={"text": "MARKER"})
    await stage.write("cy", to=Address("portal", stage.community, "@cy"))

    def breaks(parcel: Parcel) -> Outcome:
        raise ValueError(parcel.card.summary)

    stage.chat.says = breaks
    sender = Sender(stage.database, {"slack": stage.chat, "portal": portal}, {KIND: draw}, limits=FREELY)
    await sender.drain()
    assert portal.texts == ["cy"]
    assert (await stage.states())["ada"] is State.SENDING
    assert "MARKER" not in caplog.text
    stage.chat.says = lambda _parcel: None
    await stage.settles()
    assert stage.chat.texts == ["MARKER"]


async def test_a_shared_room_hears_one_message_after_the_other(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages for one channel wait for its turn; people do not wait for channels."""
    monkeypatch.setattr(rates, "ROOM_PACE", timedelta(hours=1))  # longer than the slowest machine takes
    await stage.write("one", "two", "three", to=Address("slack", "T1", "C1"))
    await stage.write("ada")
    await stage.sender.drain()
    assert len(stage.chat.texts) == 2
    assert "ada" in stage.chat.texts
    for heard in (3, 4):
        stage.clock.forward(timedelta(hours=1))
        await stage.sender.drain()
        assert len(stage.chat.texts) == heard


async def test_a_workspace_is_spoken_to_no_faster_than_its_limit(stage: Stage) -> None:
    """What may come at once comes at once; the rest follows at the allowed pace, over all senders together."""
    limits = {("slack", "deliver"): rates.Limit(per_s=1 / 3600, burst=3)}  # slower than the slowest machine
    await stage.write(*(f"m{number}" for number in range(8)))
    senders = [Sender(stage.database, {"slack": stage.chat}, {KIND: draw}, limits=limits) for _ in range(2)]
    for expected in (3, 4, 5):
        for sender in senders:
            await sender.drain()
        assert len(stage.chat.texts) == expected
        stage.clock.forward(timedelta(hours=1))


async def test_a_start_that_comes_late_is_not_made(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a claim is older than the guard, somebody may be looking it up: it is put back instead of sent."""
    monkeypatch.setattr("scheduler.sending.GUARD", -1.0)
    await stage.write("ada")
    await stage.sender.pump()
    await stage.sender.close()
    assert stage.chat.texts == []
    assert (await stage.states())["ada"] is State.PENDING
    monkeypatch.undo()
    await stage.sender.drain()
    assert stage.chat.texts == ["ada"]


async def test_nothing_goes_where_the_bot_was_taken_out(stage: Stage) -> None:
    """A workspace that removed the bot gets nothing until it comes back."""
    await stage.database.tx(lambda work: communities.Settings(work, stage.community).move_in("slack", "T1"))
    await stage.database.tx(lambda work: communities.removed_from(work, "slack", "T1"))
    await stage.write("ada")
    await stage.sender.drain()
    assert stage.chat.texts == []
    await stage.database.tx(lambda work: communities.Settings(work, stage.community).move_in("slack", "T1"))
    await stage.sender.drain()
    assert stage.chat.texts == ["ada"]


async def test_two_senders_share_the_work_and_double_nothing(stage: Stage) -> None:
    """Two replicas at once send every message once."""
    await stage.write(*(f"m{number}" for number in range(60)))
    senders = [Sender(stage.database, {"slack": stage.chat}, {KIND: draw}, limits=FREELY) for _ in range(2)]
    await asyncio.gather(*(sender.drain() for sender in senders))
    await senders[0].drain()
    assert sorted(stage.chat.texts) == sorted(f"m{number}" for number in range(60))


async def test_closing_waits_for_what_is_in_flight(stage: Stage) -> None:
    """A sender that stops records what it sent, so nothing is left in doubt."""
    await stage.write("ada")
    await stage.sender.pump()
    assert (await stage.states())["ada"] is State.SENDING
    await stage.sender.close()
    assert (await stage.states())["ada"] is State.SENT
    counts = await stage.database.look(lambda work: Outbox(work, stage.community).counts(kind=KIND))
    assert counts == {State.SENT: 1}


async def test_a_platform_that_asks_to_slow_down_is_spoken_to_at_half_the_pace(stage: Stage) -> None:
    """However many refusals come together, the pace halves once, for all; it grows back, and never ends."""
    hour = 1 / 3600  # messages a second
    limits = {("slack", "deliver"): rates.Limit(per_s=hour, burst=15)}
    paces: list[float] = []

    async def pace() -> float:
        found = await stage.database.look(lambda work: rates.pace(work, "slack", "T1", limits))
        return round(found.per_s / hour, 2)

    await stage.write("ada", "ben", "cy")
    stage.chat.says = lambda _parcel: TryLater(timedelta(minutes=1), throttled=True)
    for _ in range(7):
        await Sender(stage.database, {"slack": stage.chat}, {KIND: draw}, limits=limits).drain()
        paces.append(await pace())
        stage.clock.forward(timedelta(minutes=1, seconds=1))
    assert paces[0] == 0.5
    assert paces == sorted(paces, reverse=True)
    assert paces[-1] > 0
    stage.clock.forward(rates.RECOVERS)
    assert await pace() == 1.0


async def test_communities_of_one_workspace_take_turns(stage: Stage) -> None:
    """Somebody's hundred messages do not keep another community's few waiting, and what is urgent passes them all."""
    other = (await stage.database.tx(lambda work: communities.found(work, "Other"))).id
    await stage.write(*(f"many-{number}" for number in range(12)))
    mine, stage.community = stage.community, other
    await stage.write(*(f"few-{number}" for number in range(3)), due_at=stage.clock.now() + timedelta(milliseconds=1))
    stage.community = mine
    await stage.write("urgent", priority=0)
    stage.clock.forward(timedelta(seconds=1))
    await Sender(stage.database, {"slack": stage.chat}, {KIND: draw}, limits=FREELY, in_flight=1).drain()
    assert stage.chat.texts[0] == "urgent"
    assert sum(text.startswith("few") for text in stage.chat.texts[1:7]) == 3
    assert len(stage.chat.texts) == 16


async def test_a_batch_that_does_not_fit_says_so_and_proposes_another_time(stage: Stage) -> None:
    """What waits already counts; a reminder begins early enough to end in time, or ends later when that is past."""
    limits = {("slack", "deliver"): rates.Limit(per_s=1.0, burst=1)}
    await stage.write(*(f"waits-{number}" for number in range(60)))
    minute = timedelta(minutes=1)
    noon = stage.clock.now() + timedelta(hours=12)

    async def ask(count: int, opens: datetime, closes: datetime) -> Fit:
        return await stage.database.look(lambda work: fits(work, ("slack", "T1"), count, (opens, closes), limits))

    fit = await ask(60, noon, noon + 2 * minute)
    assert (fit.ok, fit.ends - fit.begins, fit.proposal) == (True, 2 * minute, None)
    tight = await ask(600, noon - minute, noon)
    assert not tight.ok
    assert tight.proposal == (noon - 11 * minute, noon)
    late = await ask(6000, noon - 12 * 60 * minute, noon - 11 * 60 * minute)
    assert late.proposal is not None
    assert late.proposal[1] - late.proposal[0] == 101 * minute
    assert late.proposal[1] > noon - 11 * 60 * minute


async def test_the_sender_tells_how_it_is(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits by platform, what it did, and a sentence when it has not finished a round for too long."""
    await stage.write("ada", "ben")
    await stage.sender.drain()
    stage.chat.says = lambda _parcel: InDoubt("timeout")
    await stage.write("cy", on_unknown=OnUnknown.DROP)
    await stage.sender.drain()
    await stage.write("dee", due_at=stage.clock.now() - timedelta(hours=1))
    found = {one.name: one.values for one in await pulse.figures(stage.sender, stage.database)}
    assert found["outcomes"] == {"Delivered": 2, "InDoubt": 1}
    assert (found["due"], found["in_doubt"]) == ({"slack": 1}, {"slack": 1})
    assert found["oldest_due_seconds"]["slack"] >= 3600
    assert pulse.stuck(stage.sender) == ""
    monkeypatch.setattr(pulse, "STUCK", -1.0)
    assert "not finished a round" in pulse.stuck(stage.sender)
