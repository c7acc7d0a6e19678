"""Meetings: events or series with items to talk about, which stay open until they are done.

An item belongs to the meeting, not to a date: it is on the agenda of the next date for as long as it is open, so that
nothing has to be carried over when a date is moved or cancelled.  Of a date only which items were fixed is kept.

    proposed -> open <-> parked        open -> closed (done, or decided), and back when that turns out otherwise

Who proposed an item is a tag of the item and the member, which only the program can make.  Routes by which a member
proposes are `untraced`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field

from storage import ids
from storage.events import Event, Events, State
from storage.places import Places
from storage.questions import Frozen
from storage.surveys import hold
from storage.tables import event, event_series, meeting, meeting_date, meeting_item
from storage.work import Shelf, Work

TITLE_MAX, LINE_MAX, LINK_MAX = 120, 300, 200  # characters
MINUTES, MINUTES_MAX = 10, 240  # of an item: where nobody says, and at most
TOPIC_BYTES = 4096
PROPOSED_MAX, OWN_MAX, ITEMS_MAX = 60, 5, 100  # waiting for an answer: of all, of one member; and on an agenda
KEPT = timedelta(days=180)  # a proposal that nobody took up


class ItemState(StrEnum):
    """How far an item has come."""

    PROPOSED = "proposed"
    OPEN = "open"
    PARKED = "parked"
    CLOSED = "closed"


class Topic(Frozen):
    """What there is to talk about."""

    title: Annotated[str, Field(max_length=TITLE_MAX)]
    line: Annotated[str, Field(max_length=LINE_MAX)] = ""
    minutes: Annotated[int, Field(ge=1, le=MINUTES_MAX)] = MINUTES
    link: Annotated[str, Field(max_length=LINK_MAX)] = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item; `asked`: a member proposed it, whoever that was."""

    id: str
    meeting: str
    state: ItemState
    position: int
    topic: Topic
    asked: bool


@dataclass(frozen=True, slots=True)
class Sitting:
    """One date of a meeting: which items were fixed for it (None: none), and whether its minutes are published."""

    event: str
    meeting: str
    items: tuple[str, ...] | None = None
    published: bool = False


class Meetings(Shelf):
    """The meetings of one community."""

    # --- which events are meetings

    def of(self, event: Event) -> str:
        """The meeting that an event is a date of, or ""."""
        mine = self._rows(meeting, meeting.c.id).where(meeting.c.of_id == (event.series or event.id), meeting.c.active)
        return str(self.run(mine).scalar() or "")

    def mark(self, event: Event) -> str:
        """An event, and its whole series, is a meeting from now on, with the items it had if it was one before."""
        of = event.series or event.id
        self._put_once(meeting, id=ids.fresh(), of_id=of)
        self.run(self._change(meeting).where(meeting.c.of_id == of).values(active=True))
        return self.of(event)

    def unmark(self, event: Event) -> None:
        """It is none any more; its items wait, in case it is one again."""
        of = event.series or event.id
        self.run(self._change(meeting).where(meeting.c.of_id == of).values(active=False))

    def renamed(self, event_id: str, series_id: str) -> None:
        """An event that may be a meeting is the first of a series now."""
        self.run(self._change(meeting).where(meeting.c.of_id == event_id).values(of_id=series_id))

    def dates(self, meeting_id: str) -> list[Event]:
        """The dates of a meeting that take or took place, the earliest first."""
        of = self.run(self._rows(meeting, meeting.c.of_id).where(meeting.c.id == meeting_id)).scalar()
        events = Events(self.work, self.community)
        if of is None:
            return []
        found = events.of_series(of) or [one for one in [events.get(of)] if one]
        return [one for one in found if one.state is State.ANNOUNCED]

    def next(self, meeting_id: str) -> Event | None:
        """The date for which its open items are: the first that is not over."""
        return next((one for one in self.dates(meeting_id) if one.ends_at > self.work.now), None)

    def hold(self, meeting_id: str) -> None:
        """Until this transaction ends nobody else changes it."""
        hold(self.work, f"meeting {self.community} {meeting_id}")

    # --- items

    def propose(self, meeting_id: str, who: str, topic: Topic) -> str:
        """A member would talk about this; "" when so much waits already.  The meeting is held."""
        if len(self.mine(meeting_id, who)) >= OWN_MAX or self._count(meeting_id, ItemState.PROPOSED) >= PROPOSED_MAX:
            return ""
        return self._add(meeting_id, topic, ItemState.PROPOSED, who)

    def add(self, meeting_id: str, topic: Topic) -> str:
        """An item at the end; "" when there are so many already.  The meeting is held."""
        if self._count(meeting_id, ItemState.OPEN) >= ITEMS_MAX:
            return ""
        return self._add(meeting_id, topic, ItemState.OPEN)

    def get(self, item_id: str) -> Item | None:
        """One item, or None."""
        row = self._row(meeting_item, id=item_id)
        return self._item(row) if row else None

    def items(self, meeting_id: str, *states: ItemState) -> list[Item]:
        """Its items in these states, or all, in their order."""
        which = meeting_item.c.state.in_(map(str, states)) if states else sa.true()
        rows = self._rows(meeting_item).where(meeting_item.c.meeting_id == meeting_id, which)
        return [self._item(row) for row in self.run(rows.order_by(meeting_item.c.position, meeting_item.c.id))]

    def some(self, item_ids: Collection[str]) -> dict[str, Item]:
        """These items by id, as far as there are any."""
        rows = self._rows(meeting_item).where(meeting_item.c.id.in_(list(item_ids)))
        return {row.id: self._item(row) for row in self.run(rows)}

    def reword(self, item_id: str, topic: Topic) -> None:
        """It says this from now on."""
        self._set(item_id, body_sealed=self._sealed(topic))

    def put(self, item_id: str, state: ItemState) -> bool:
        """It is so from now on; what is opened for the first time stands at the end.  False when there is no room.

        The meeting is held.
        """
        one = self.get(item_id)
        if one is None or one.state is state:
            return one is not None
        if state is ItemState.OPEN and self._count(one.meeting, ItemState.OPEN) >= ITEMS_MAX:
            return False
        values: dict[str, Any] = {"state": str(state)}
        if state is ItemState.OPEN and not one.position:
            values["position"] = self._last(one.meeting) + 1
        self._set(item_id, **values)
        return True

    def move(self, item_id: str, by: int) -> bool:
        """Before (-1) or after (1) the open item beside it; False when there is none.  The meeting is held."""
        one = self.get(item_id)
        order = self.items(one.meeting, ItemState.OPEN) if one else []
        at = next((n for n, each in enumerate(order) if each.id == item_id), -1)
        if at < 0 or not 0 <= at + by < len(order):
            return False
        other = order[at + by]
        self._set(item_id, position=other.position)
        self._set(other.id, position=order[at].position)
        return True

    def drop(self, item_id: str) -> None:
        """Forget an item."""
        self.work.erases = True
        self.run(self._remove(meeting_item).where(meeting_item.c.id == item_id))

    def waiting(self) -> dict[str, int]:
        """How many proposals wait for an answer, by meeting."""
        which = (meeting_item.c.state == str(ItemState.PROPOSED), meeting_item.c.meeting_id == meeting.c.id)
        mine = (meeting.c.community_id == self.community, meeting.c.active)
        rows = self._rows(meeting_item, meeting_item.c.meeting_id, sa.func.count()).where(
            sa.exists().where(*mine, *which), which[0]
        )
        return {meeting_id: int(count) for meeting_id, count in self.run(rows.group_by(meeting_item.c.meeting_id))}

    # --- whose

    def asked_by(self, items: Collection[Item]) -> dict[str, str]:
        """Who proposed these, by item; only as far as they are members."""
        asked = [one.id for one in items if one.asked]
        rows = self._rows(meeting_item, meeting_item.c.id, meeting_item.c.tag).where(meeting_item.c.id.in_(asked))
        tags = {row.id: row.tag for row in self.run(rows)} if asked else {}
        everybody = [one.id for one in Places(self.work, self.community).members()] if tags else []
        return {item: who for item, tag in tags.items() for who in everybody if self._tag(item, who) == tag}

    def mine(self, meeting_id: str, who: str) -> list[Item]:
        """What a member proposed and nobody has answered, for themselves; of any meeting with ""."""
        waiting = (one for one in self.all_of(who) if one.state is ItemState.PROPOSED)
        return [one for one in waiting if meeting_id in {"", one.meeting}]

    def all_of(self, who: str) -> list[Item]:
        """Everything a member proposed, whatever became of it, for themselves."""
        rows = self.run(self._rows(meeting_item).where(meeting_item.c.tag.is_not(None)).order_by(meeting_item.c.id))
        return [self._item(row) for row in rows if row.tag == self._tag(row.id, who)]

    def take_back(self, item_id: str, who: str) -> bool:
        """A member does not propose it after all; False when it is not theirs, or was answered."""
        row = self._row(meeting_item, id=item_id)
        if row is None or row.state != str(ItemState.PROPOSED) or row.tag != self._tag(item_id, who):
            return False
        self.drop(item_id)
        return True

    def leave(self, who: str, instead: str = "") -> None:
        """Forget a member: what they proposed and nobody took up is gone, all else is nobody's, or `instead`'s."""
        rows = self.run(self._rows(meeting_item).where(meeting_item.c.tag.is_not(None))).all()
        for row in rows:
            if row.tag != self._tag(row.id, who):
                continue
            if instead:
                self._set(row.id, tag=self._tag(row.id, instead))
            elif row.state == str(ItemState.PROPOSED):
                self.drop(row.id)
            else:
                self._set(row.id, tag=None)

    # --- dates

    def sitting(self, event_id: str) -> Sitting | None:
        """What is kept of a date, or None."""
        row = self._row(meeting_date, event_id=event_id)
        return _sitting(row) if row else None

    def fix(self, event_id: str, meeting_id: str, chosen: Sequence[str]) -> None:
        """These items and no others are for this date."""
        items = " ".join(chosen[:ITEMS_MAX])
        self._put_over(meeting_date, event_id=event_id, meeting_id=meeting_id, items=items, fixed=True)

    def unfix(self, event_id: str) -> None:
        """What is open is for it again."""
        self.run(self._change(meeting_date).where(meeting_date.c.event_id == event_id).values(items="", fixed=False))

    def publish(self, event_id: str) -> None:
        """Its minutes are for everybody to read."""
        self.run(self._change(meeting_date).where(meeting_date.c.event_id == event_id).values(published=True))

    def published(self) -> list[Sitting]:
        """Every date whose minutes are published."""
        return [_sitting(row) for row in self.run(self._rows(meeting_date).where(meeting_date.c.published))]

    def sittings(self, event_ids: Collection[str]) -> list[Sitting]:
        """What is kept of these dates."""
        rows = self._rows(meeting_date).where(meeting_date.c.event_id.in_(list(event_ids)))
        return [_sitting(row) for row in self.run(rows)]

    # ---

    def _tag(self, item_id: str, who: str) -> bytes:
        return self.work.keys.tag("meeting.item", self.community, item_id, who)

    def _sealed(self, topic: Topic) -> bytes:
        return self.work.keys.seal(topic.model_dump_json(), TOPIC_BYTES)

    def _count(self, meeting_id: str, state: ItemState) -> int:
        mine = (meeting_item.c.meeting_id == meeting_id, meeting_item.c.state == str(state))
        return int(self.run(self._rows(meeting_item, sa.func.count()).where(*mine)).scalar_one())

    def _last(self, meeting_id: str) -> int:
        mine = self._rows(meeting_item, sa.func.max(meeting_item.c.position))
        return int(self.run(mine.where(meeting_item.c.meeting_id == meeting_id)).scalar() or 0)

    def _add(self, meeting_id: str, topic: Topic, state: ItemState, who: str = "") -> str:
        item_id = ids.fresh()
        values = {"meeting_id": meeting_id, "state": str(state), "month": self.work.now.date().replace(day=1)}
        position = self._last(meeting_id) + 1 if state is ItemState.OPEN else 0
        tag = self._tag(item_id, who) if who else None
        self._put(meeting_item, id=item_id, position=position, tag=tag, body_sealed=self._sealed(topic), **values)
        return item_id

    def _set(self, item_id: str, **values: Any) -> None:
        self.run(self._change(meeting_item).where(meeting_item.c.id == item_id).values(**values))

    def _item(self, row: sa.Row[Any]) -> Item:
        topic = Topic.model_validate_json(self.work.keys.open(row.body_sealed))
        return Item(row.id, row.meeting_id, ItemState(row.state), row.position, topic, row.tag is not None)


def _sitting(row: sa.Row[Any]) -> Sitting:
    return Sitting(row.event_id, row.meeting_id, tuple(row.items.split()) if row.fixed else None, row.published)


def forget(work: Work) -> int:
    """Forget proposals of half a year ago that nobody took up, and what drafts that are gone had.  How many rows."""
    last: date = (work.now - KEPT).date().replace(day=1)
    old = sa.and_(meeting_item.c.state == str(ItemState.PROPOSED), meeting_item.c.month < last)
    there = (
        sa.exists().where(of.c.community_id == meeting.c.community_id, of.c.id == meeting.c.of_id)
        for of in (event, event_series)
    )
    run = work.connection.execute
    gone = run(sa.delete(meeting).where(*(~one for one in there))).rowcount
    mine = sa.exists().where(
        meeting.c.community_id == meeting_item.c.community_id, meeting.c.id == meeting_item.c.meeting_id
    )
    return gone + run(sa.delete(meeting_item).where(sa.or_(old, ~mine))).rowcount
