"""The outbox: a reason is told once, and every transition is fenced."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from bot.address import Address
from bot.people import Handle
from storage import communities, delivery, rates
from storage.clock import MovableClock
from storage.delivery import SETTLE, Endings, Ticket
from storage.engine import Database, Sqlite
from storage.keys import Keys
from storage.outbox import Draft, Outbox, State, nudge_id
from storage.tables import bucket, nudge, nudge_log
from storage.work import Work

DAY = timedelta(days=1)
SOON = timedelta(minutes=5)


class Story:
    """One community's outbox."""

    def __init__(self, database: Database, clock: MovableClock, community: str) -> None:
        self.database, self.clock, self.community = database, clock, community

    async def adds(self, *keys: str, kind: str = "k", member: str | None = None, priority: int = 2) -> int:
        def add(work: Work) -> int:
            now, to = work.now, Address.direct(Handle("slack", "T1", "ada"))
            drafts = [
                Draft(key=key, kind=kind, to=to, member=member, due_at=now, expires_at=now + DAY, priority=priority)
                for key in keys
            ]
            return Outbox(work, self.community).add(drafts)

        return await self.database.tx(add)

    async def asks(self, question: Callable[[Outbox], object]) -> object:
        return await self.database.tx(lambda work: question(Outbox(work, self.community)))

    async def states(self) -> dict[str, State]:
        posted = await self.database.look(lambda work: Outbox(work, self.community).last(limit=99))
        return {one.key: one.state for one in posted}


@pytest.fixture
async def story(database: Database, clock: MovableClock) -> Story:
    community = await database.tx(lambda work: communities.found(work, "Story"))
    return Story(database, clock, community.id)


async def test_a_reason_is_told_once(story: Story) -> None:
    """Adding a known key changes nothing, and only new rows are counted, however many are added at once."""
    keys = [f"key-{number}" for number in range(1500)]
    assert await story.adds(*keys[:700]) == 700
    assert await story.adds(*keys) == 800
    assert await story.adds(*keys, "one more", "one more") == 1
    assert await story.asks(lambda outbox: outbox.counts()) == {State.PENDING: 1501}


async def test_cancelling_takes_what_matches_everything_given(story: Story) -> None:
    """Only what is certainly not sent is cancelled, and its key stays used."""
    await story.adds("a:1", "a:2", member="ada")
    await story.adds("a:3", "b%1", member="ben", kind="other")
    assert await story.asks(lambda outbox: outbox.cancel(key_prefix="a:", member="ada")) == 2
    assert await story.asks(lambda outbox: outbox.cancel(key_prefix="%")) == 0
    assert await story.asks(lambda outbox: outbox.cancel(kind="other", key_prefix="b%")) == 1
    expected = {"a:1": State.CANCELLED, "a:2": State.CANCELLED, "a:3": State.PENDING, "b%1": State.CANCELLED}
    assert await story.states() == expected
    assert await story.adds("a:1") == 0
    with pytest.raises(ValueError, match="what to cancel"):
        await story.asks(lambda outbox: outbox.cancel())


async def test_the_last_messages_are_told_without_their_content(story: Story) -> None:
    """A member's or an administrator's view: newest first, by member and by state."""
    await story.adds("one", member="ada")
    story.clock.forward(SOON)
    await story.adds("two", member="ada")
    await story.adds("three", member="ben")
    keys = await story.asks(lambda outbox: [one.key for one in outbox.last("ada")])
    assert keys == ["two", "one"]
    assert await story.asks(lambda outbox: len(outbox.last(limit=2))) == 2
    assert await story.asks(lambda outbox: outbox.last(state=State.UNKNOWN)) == []


async def test_who_leaves_leaves_no_message_behind(story: Story) -> None:
    """Erasing a member takes their messages and their history."""
    await story.adds("hers", member="ada")
    await story.adds("his", member="ben")
    ticket = await ticket_in(story, State.SENDING, "hers")
    await story.database.tx(lambda work: Endings(work).sent(ticket, "receipt").write())
    await story.asks(lambda outbox: outbox.forget("ada"))
    assert await story.states() == {"his": State.PENDING}
    logs = await story.database.look(lambda work: work.connection.execute(sa.select(nudge_log)).all())
    assert logs == []


def test_the_id_of_a_message_is_the_same_after_a_restore() -> None:
    """It depends on the keys, the community and the reason alone, so what was sent before is found again."""
    keys, others = Keys.fresh(), Keys.fresh()
    assert nudge_id(keys, "c", "k") == nudge_id(keys, "c", "k")
    assert len({nudge_id(keys, "c", "k"), nudge_id(keys, "d", "k"), nudge_id(others, "c", "k")}) == 3


# --- transitions ---------------------------------------------------------------------------------

DEEDS: dict[str, Callable[[Work, Ticket], object]] = {
    "sent": lambda work, ticket: Endings(work).sent(ticket, "receipt").write(),
    "sent_later": lambda work, ticket: Endings(work).sent_later(ticket, SOON, "later").write(),
    "failed": lambda work, ticket: Endings(work).failed(ticket, "gone").write(),
    "unknown": lambda work, ticket: Endings(work).unknown(ticket, "unknown").write(),
    "doubted": lambda work, ticket: Endings(work).doubted(ticket, "timeout").write(),
}
ENDS = {
    "sent": State.SENT,
    "sent_later": State.PENDING,
    "failed": State.FAILED,
    "unknown": State.UNKNOWN,
}


async def ticket_in(story: Story, state: State, key: str) -> Ticket:
    """A message that is in this state, with the ticket of its current attempt."""

    def claim(work: Work) -> Ticket:
        due = delivery.due_in_workspace(work, "slack", "T1", 99)
        [ticket] = [one for one in due if one.key == key]
        if state is not State.PENDING:
            delivery.claim(work, [ticket], "us")
        return ticket

    ticket = await story.database.tx(claim)
    if state is State.UNKNOWN:
        story.clock.forward(SETTLE)
        [ticket] = await story.database.tx(lambda work: delivery.doubtful_everywhere(work, "slack", 9, "us"))
    elif state in {State.SENT, State.FAILED}:
        deed = DEEDS["sent" if state is State.SENT else "failed"]
        await story.database.tx(lambda work: deed(work, ticket))
    elif state is State.EXPIRED:
        await story.database.tx(lambda work: Endings(work).sent_later(ticket, timedelta(), "later").write())
        story.clock.forward(DAY)
        assert await story.database.tx(delivery.expire_everywhere) == 1
    elif state is State.CANCELLED:
        await story.database.tx(lambda work: Endings(work).sent_later(ticket, timedelta(), "later").write())
        await story.asks(lambda outbox: outbox.cancel(kind="k"))
    return ticket


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("deed", DEEDS)
async def test_only_an_attempt_under_way_can_end(story: Story, state: State, deed: str) -> None:
    """From SENDING and UNKNOWN every end is possible; from anywhere else an answer that comes changes nothing."""
    await story.adds("key")
    ticket = await ticket_in(story, state, "key")
    assert await story.states() == {"key": state}
    under_way = state in {State.SENDING, State.UNKNOWN}
    assert bool(await story.database.tx(lambda work: DEEDS[deed](work, ticket))) is under_way
    assert await story.states() == {"key": ENDS.get(deed, state) if under_way else state}


@pytest.mark.parametrize("attempt", [-1, 1])
@pytest.mark.parametrize("deed", DEEDS)
async def test_another_attempts_answer_changes_nothing(story: Story, deed: str, attempt: int) -> None:
    """A zombie's answer, or one from the future, is no answer to this attempt."""
    await story.adds("key")
    ticket = await ticket_in(story, State.SENDING, "key")
    other = replace(ticket, attempt=ticket.attempt + attempt)
    assert not await story.database.tx(lambda work: DEEDS[deed](work, other))
    assert await story.states() == {"key": State.SENDING}


async def test_what_is_being_sent_can_neither_expire_nor_be_cancelled(story: Story) -> None:
    """Perhaps sent is not certainly unsent."""
    await story.adds("key")
    await ticket_in(story, State.SENDING, "key")
    story.clock.forward(2 * DAY)
    assert await story.database.tx(delivery.expire_everywhere) == 0
    assert await story.asks(lambda outbox: outbox.cancel(kind="k")) == 0
    assert await story.database.tx(lambda work: delivery.due_in_workspace(work, "slack", "T1", 9)) == []


async def test_every_attempt_is_a_line_in_the_history(story: Story) -> None:
    """An administrator sees what was tried, when, and with what end."""
    await story.adds("key")
    for _ in range(2):
        ticket = await ticket_in(story, State.SENDING, "key")
        await story.database.tx(lambda work, ticket=ticket: DEEDS["sent_later"](work, ticket))  # type: ignore[misc] # a bound name
        story.clock.forward(SOON)
    await ticket_in(story, State.SENT, "key")
    query = sa.select(nudge_log.c.attempt, nudge_log.c.outcome, nudge_log.c.retry_after_s).order_by(nudge_log.c.attempt)
    lines = await story.database.look(lambda work: work.connection.execute(query).all())
    assert [tuple(line) for line in lines] == [(1, "later", 300.0), (2, "later", 300.0), (3, "sent", None)]


async def test_the_queue_is_read_by_its_indexes(story: Story) -> None:
    """Whatever was sent before, finding what is due, doubtful or too late walks an index of the few that are open."""
    if not isinstance(story.database, Sqlite):
        pytest.skip("PostgreSQL plans by its statistics, which an empty table does not have")
    plans: list[str] = []
    await story.adds("key")

    def watch(work: Work) -> None:
        def explain(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
            if statement.startswith(("SELECT nudge", "WITH RECURSIVE")):
                cursor = work.connection.connection.cursor()
                cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type] # the driver's own
                plans.append(" ".join(str(row[3]) for row in cursor.fetchall()))

        sa.event.listen(work.connection, "before_cursor_execute", explain)
        delivery.due_in_workspace(work, "slack", "T1", 9)
        delivery.doubtful_everywhere(work, "slack", 9, "us")
        delivery.expire_everywhere(work)
        sa.event.remove(work.connection, "before_cursor_execute", explain)

    await story.database.tx(watch)
    assert len(plans) == 4
    for plan, index in zip(plans, ["due", "due", "doubt", "expires"], strict=True):
        assert f"ix_nudge_{index}" in plan
        assert "SCAN nudge" not in plan
    assert "ORDER BY" not in plans[1]  # nothing is sorted: of a batch, all are due at one moment


# --- pace ----------------------------------------------------------------------------------------


@given(st.lists(st.floats(0, 3), max_size=30), st.integers(1, 10))
def test_no_window_has_more_than_its_rate_and_one_burst(waits: list[float], wanted: int) -> None:
    """However senders come and go, any span of time has at most rate * span + burst messages."""
    engine = sa.create_engine("sqlite://")
    limit = rates.Limit(per_s=2.0, burst=4.0)
    clock, spent = MovableClock(), list[tuple[float, int]]()
    keys, start = Keys.fresh(), clock.offset
    with engine.begin() as connection:
        bucket.create(connection)
        for wait in waits:
            clock.forward(timedelta(seconds=wait))
            taken = rates.lock_bucket(Work(connection, keys, clock), "p", "w", "m", {("p", "m"): limit})
            assert taken is not None
            rates.spend(Work(connection, keys, clock), taken, number := min(wanted, taken.available))
            spent.append(((clock.offset - start).total_seconds(), number))
    for first, (began, _) in enumerate(spent):
        for last in range(first, len(spent)):
            span = spent[last][0] - began
            assert sum(number for _, number in spent[first : last + 1]) <= 2.0 * span + 4.0 + 0.1
    engine.dispose()


def test_unsent_rows_are_few_in_the_index() -> None:
    """The indexes of the queue hold open rows alone, so they stay small whatever was sent before."""
    partial = {index.name for index in nudge.indexes if index.dialect_options["sqlite"]["where"] is not None}
    assert partial == {"ix_nudge_due", "ix_nudge_expires", "ix_nudge_doubt"}
