"""What is known of members before we write to them: what they were sent, what they have not answered, what they wish.

A few queries for any number of members, across communities, since a workspace may hold several.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from storage.communities import Community
from storage.habits import ALL, Awaited
from storage.manners import WINDOW, Settings, Wishes
from storage.outbox import State
from storage.tables import community, handle, member, nudge, nudge_habit
from storage.tables.base import Instant
from storage.work import Work
from storage.workdays import Calendar

Who = tuple[str, str]  # community and member
_SENT_AT = sa.func.coalesce(nudge.c.sent_at, nudge.c.sending_at, nudge.c.due_at, type_=Instant())


@dataclass(slots=True)
class Known:
    """What is known of one member.  `sent`: what we started within the last 28 days, oldest first."""

    community: Community
    settings: Settings
    member: str
    own_zone: str
    wishes: Wishes
    paused_until: date | None
    profile_sealed: bytes
    calendars: dict[str, Calendar]  # of this community, by zone; shared by all that were looked up together
    sent: list[datetime] = field(default_factory=list)
    awaited: dict[str, Awaited] = field(default_factory=dict)

    @property
    def zone(self) -> str:
        """Where they live."""
        return self.own_zone or self.community.zone


def known(
    work: Work,
    whom: Collection[Who],
    started: Collection[str],
    *,
    lock: bool = False,
    planned_until: datetime | None = None,
) -> dict[Who, Known]:
    """What is known of these members; `started` are the kinds that we start.

    `lock`: nobody else decides about them until the transaction ends; whom another replica decides about now is left
    out.  `planned_until`: what waits until then counts as sent.
    """
    found = _members(work, whom, lock=lock)
    if not found:
        return found
    of_sent: sa.ColumnElement[bool] = nudge.c.state.in_([State.SENDING, State.SENT, State.UNKNOWN])
    if planned_until is not None:
        of_sent = sa.or_(of_sent, sa.and_(nudge.c.state == State.PENDING, nudge.c.due_at <= planned_until))
    since = (planned_until or work.database_now) - WINDOW
    rows = work.connection.execute(
        sa.select(nudge.c.community_id, nudge.c.member_id, _SENT_AT.label("at"))
        .where(_these(nudge.c.community_id, nudge.c.member_id, found), of_sent)
        .where(nudge.c.kind.in_(sorted(started)), nudge.c.replaces.is_(None), since < _SENT_AT)
        .order_by(_SENT_AT)
    )
    for community_id, member_id, at in rows.all():
        found[community_id, member_id].sent.append(at)
    awaited = sa.select(nudge_habit).where(_these(nudge_habit.c.community_id, nudge_habit.c.member_id, found))
    for row in work.connection.execute(awaited.where(nudge_habit.c.kind.in_([ALL, *sorted(started)]))).all():
        found[row.community_id, row.member_id].awaited[row.kind] = Awaited(row.unanswered, row.asked_on)
    return found


def _members(work: Work, whom: Collection[Who], *, lock: bool) -> dict[Who, Known]:
    places = sa.select(community).where(community.c.id.in_(sorted({place for place, _ in whom})))
    here = {row.id: Community(work.keys, *row) for row in work.connection.execute(places).all()}
    settings = {one.id: Settings.read(one.settings) for one in here.values()}
    calendars: dict[str, dict[str, Calendar]] = {place: {} for place in here}
    statement = (
        sa.select(member.c.community_id, member.c.id, member.c.zone, member.c.wishes)
        .add_columns(member.c.paused_until, member.c.profile_sealed)
        .where(_these(member.c.community_id, member.c.id, whom))
        .order_by(member.c.community_id, member.c.id)
    )
    if lock:
        statement = statement.with_for_update(skip_locked=True, key_share=True)
    return {
        (place, who): Known(
            here[place], settings[place], who, zone, Wishes.read(wishes), until, profile, calendars[place]
        )
        for place, who, zone, wishes, until, profile in work.connection.execute(statement).all()
    }


def places(work: Work, in_community: str, members: Collection[str]) -> dict[str, tuple[str, str]]:
    """On which platform and in which workspace these members are written to; who cannot be reached is left out."""
    rows = work.connection.execute(
        sa.select(handle.c.member_id, handle.c.surface, handle.c.tenant)
        .where(handle.c.community_id == in_community, handle.c.member_id.in_(list(members)), handle.c.reachable)
        .order_by(handle.c.member_id, handle.c.surface == "portal", handle.c.surface, handle.c.tag)
    )
    found: dict[str, tuple[str, str]] = {}
    for member_id, surface, tenant in rows:
        found.setdefault(member_id, (surface, tenant))
    return found


def _these(of_community: sa.Column[Any], of_member: sa.Column[Any], whom: Iterable[Who]) -> sa.ColumnElement[bool]:
    grouped: dict[str, list[str]] = {}
    for community_id, member_id in whom:
        grouped.setdefault(community_id, []).append(member_id)
    return sa.or_(sa.false(), *(sa.and_(of_community == one, of_member.in_(ids)) for one, ids in grouped.items()))
