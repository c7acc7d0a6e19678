"""Members and their handles."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from bot.address import Address
from bot.language import Reader
from bot.people import Handle
from storage import ids
from storage.communities import Community, Settings
from storage.keys import Keys
from storage.outbox import Outbox
from storage.presets import Level
from storage.tables import community, handle, member
from storage.work import Shelf, Work

PROFILE_BYTES = 1024  # every profile is sealed at this size, so that its length says nothing
FOREVER = date.max  # paused until they return
NAME_MAX = 80  # characters


class Role(StrEnum):
    """What a member may do."""

    OWNER = "owner"
    SECRETARIAT = "secretariat"
    SUPPORTER = "supporter"  # posts and runs events; sees no roster and no survey data
    MEMBER = "member"

    @property
    def rank(self) -> int:
        """The higher, the more they may do."""
        return [Role.MEMBER, Role.SUPPORTER, Role.SECRETARIAT, Role.OWNER].index(self)

    @property
    def runs_the_desk(self) -> bool:
        """May use `/enishi-admin`."""
        return self in {Role.OWNER, Role.SECRETARIAT}

    @property
    def sees_roster(self) -> bool:
        """May see who was imported and invited; one of the secretariat may be kept from it, see `Member.may`."""
        return self.runs_the_desk

    @property
    def runs_events(self) -> bool:
        """May post and run events."""
        return self in {Role.OWNER, Role.SECRETARIAT, Role.SUPPORTER}


class Area(StrEnum):
    """A part of the secretariat's work; one of the secretariat may be limited to some of them."""

    ROSTER = "roster"  # who was imported and invited: names, mail, do-not-invite
    CONTENT = "content"  # what goes out: texts, digests, what members wrote to the secretariat


@dataclass(frozen=True)
class Member:
    """One person in one community."""

    id: str
    community: Community
    role: Role
    areas: frozenset[str]  # of the secretariat, limited to these; empty: not limited
    own_language: str
    own_zone: str
    level: Level
    paused_until: date | None
    joined_month: date
    active_month: date  # of their last sign of life
    profile_sealed: bytes
    keys: Keys

    @property
    def reader(self) -> Reader:
        """Their language and zone: their own, else the community's."""
        return Reader(self.own_language or self.community.language, self.own_zone or self.community.zone)

    @cached_property
    def profile(self) -> dict[str, Any]:
        """What they told about themselves; opened when asked for."""
        profile: dict[str, Any] = json.loads(self.keys.open(self.profile_sealed))
        return profile

    @property
    def name(self) -> str:
        """As they gave it, or as the platform shows it; may be ""."""
        return str(self.profile.get("name", ""))

    def may(self, area: Area | str) -> bool:
        """Whether this part of the secretariat's work is theirs."""
        if self.role is Role.OWNER:
            return True
        return self.role is Role.SECRETARIAT and (not self.areas or str(area) in self.areas)

    def is_seen_by(self, reader: "Member | None") -> bool:
        """Whether somebody may see that this is a member, and their name; None is whoever reads a shared room.

        Members who can be seen see each other; who cannot sees only those who are open to everybody.
        """
        if reader is not None and reader.id == self.id:
            return True
        if self.level is Level.SECRETARIAT:
            return reader is not None and reader.role.runs_the_desk
        if self.level is Level.MEMBERS:
            return reader is None or reader.role.runs_the_desk or reader.level >= Level.MEMBERS
        return self.level is Level.OPEN

    def is_paused(self, today: date) -> bool:
        """Wants no nudges on this local date."""
        return self.paused_until is not None and today < self.paused_until


COLUMNS = (
    member.c.id,
    member.c.role,
    member.c.areas,
    member.c.language,
    member.c.zone,
    member.c.level,
    member.c.paused_until,
    member.c.joined_month,
    member.c.active_month,
    member.c.profile_sealed,
    *(column.label(f"community_{column.name}") for column in community.c),
)
_BY_TAG = (
    sa.select(*COLUMNS)
    .select_from(
        handle.join(
            member, sa.and_(member.c.community_id == handle.c.community_id, member.c.id == handle.c.member_id)
        ).join(community, community.c.id == handle.c.community_id)
    )
    .where(handle.c.tag == sa.bindparam("tag"))
    .order_by(handle.c.chosen.desc(), handle.c.community_id)
)


def month_of(work: Work) -> date:
    """This month, as its first day: nothing that stands for a person is dated finer."""
    return work.now.date().replace(day=1)


def handle_tag(keys: Keys, who: Handle) -> bytes:
    """What stands for a handle in the database."""
    return keys.tag("handle", who.surface, who.tenant, who.user)


def choose(work: Work, who: Handle, community: str) -> None:
    """Of several communities that an account is in, the one it means when it does not say."""
    chosen = handle.c.community_id == community
    work.connection.execute(sa.update(handle).where(handle.c.tag == handle_tag(work.keys, who)).values(chosen=chosen))


def everywhere(work: Work, who: Handle) -> list[Member]:
    """Whom a handle stands for, in every community of this install, the chosen one first.

    This is the one look-up that spans communities.
    """
    rows = work.connection.execute(_BY_TAG, {"tag": handle_tag(work.keys, who)})
    return [read(row, work.keys) for row in rows]


def read(row: sa.Row[Any], keys: Keys) -> Member:
    """A member from the columns above, in their order."""
    member_id, role, areas, language, zone, level, paused_until, joined, active, profile, *where = tuple(row)
    limits = frozenset(areas.split(",")) - {""}
    here = Community(keys, *where)
    seen = Level(level)
    return Member(
        member_id, here, Role(role), limits, language, zone, seen, paused_until, joined, active, profile, keys
    )


class People(Shelf):
    """The members of one community."""

    def get(self, member_id: str) -> Member | None:
        """One member, or None."""
        return next(iter(self.some([member_id])), None)

    def some(self, member_ids: Iterable[str]) -> list[Member]:
        """These members, in the order of their ids."""
        return self._members(member.c.id.in_(list(member_ids)))

    def all(self) -> list[Member]:
        """Every member, in the order of their ids."""
        return self._members(sa.true())

    def after(self, member_id: str, limit: int) -> list[Member]:
        """The next members in the order of ids."""
        return self._members(member.c.id > member_id, limit)

    def with_role(self, *roles: Role) -> list[Member]:
        """Members of these roles, in the order of their ids."""
        return self._members(member.c.role.in_([str(role) for role in roles]))

    def _members(self, where: sa.ColumnElement[bool], limit: int | None = None) -> list[Member]:
        rows = self.run(
            self._rows(member.join(community, community.c.id == member.c.community_id), *COLUMNS, scope=member)
            .where(where)
            .order_by(member.c.id)
            .limit(limit)
        )
        return [read(row, self.work.keys) for row in rows.all()]

    def names(self, member_ids: Iterable[str], reader: Member | None) -> dict[str, str]:
        """Their names, by id, as far as this reader may see them; None is whoever reads a shared room.

        Whoever may not be seen has no name here, like one who is no member any more.
        """
        return {one.id: one.name for one in self.some(set(member_ids)) if one.is_seen_by(reader)}

    def count(self) -> int:
        """How many members there are."""
        return int(self.run(self._rows(member, sa.func.count())).scalar_one())

    def levels(self) -> dict[Level, int]:
        """How many members there are, by who may see them."""
        rows = self.run(self._rows(member, member.c.level, sa.func.count()).group_by(member.c.level))
        return {Level(level): int(count) for level, count in rows}

    def welcome(
        self,
        profile: dict[str, Any],
        role: Role = Role.MEMBER,
        *,
        language: str = "",
        zone: str = "",
        level: Level | None = None,
    ) -> str:
        """A new member, without handles yet; seen by those their community usually offers, unless told.  The id."""
        member_id = ids.fresh()
        if level is None:
            level = Settings(self.work, self.community).get().preset.level
        self._put(
            member,
            id=member_id,
            profile_sealed=self._sealed(profile),
            role=str(role),
            language=language,
            zone=zone,
            level=int(level),
            joined_month=month_of(self.work),
            active_month=month_of(self.work),
        )
        return member_id

    def add_handle(self, member_id: str, who: Handle) -> bool:
        """Give a member one more handle.  False when it is somebody's already."""
        keys = self.work.keys
        return self._put_once(
            handle,
            tag=handle_tag(keys, who),
            member_id=member_id,
            surface=who.surface,
            tenant=who.tenant,
            sealed=keys.seal(str(who)),
        )

    def handles(self, member_id: str, *, reachable_only: bool = True) -> list[Handle]:
        """The handles, or those that can be reached, chat first, the portal last."""
        which = handle.c.reachable if reachable_only else sa.true()
        rows = self.run(
            self._rows(handle, handle.c.sealed)
            .where(handle.c.member_id == member_id, which)
            .order_by(handle.c.surface == "portal", handle.c.surface, handle.c.tag)
        )
        return [Handle.parse(self.work.keys.open(sealed)) for (sealed,) in rows]

    def accounts(self, member_id: str) -> list[tuple[Handle, bool]]:
        """All handles, and whether each can be reached, in the same order."""
        reachable = set(self.handles(member_id))
        return [(who, who in reachable) for who in self.handles(member_id, reachable_only=False)]

    def address(self, member_id: str) -> Address | None:
        """Where to send this member something: their first reachable handle, or None."""
        return next((Address.direct(who) for who in self.handles(member_id)), None)

    def addresses(self, member_ids: Iterable[str]) -> dict[str, Address]:
        """Where to send these members something, by id in the order of ids; who cannot be reached is left out."""
        rows = self.run(
            self._rows(handle, handle.c.member_id, handle.c.sealed)
            .where(handle.c.member_id.in_(list(member_ids)), handle.c.reachable)
            .order_by(handle.c.member_id, handle.c.surface == "portal", handle.c.surface, handle.c.tag)
        )
        found: dict[str, Address] = {}
        for member_id, sealed in rows.all():
            if member_id not in found:
                found[member_id] = Address.direct(Handle.parse(self.work.keys.open(sealed)))
        return found

    def lose(self, who: Handle, *, reachable: bool = False) -> None:
        """Remember that a handle cannot be reached any more (or can again)."""
        tag = handle_tag(self.work.keys, who)
        self.run(self._change(handle).where(handle.c.tag == tag).values(reachable=reachable))

    @staticmethod
    def fits(profile: dict[str, Any]) -> bool:
        """Whether a profile is no longer than all are sealed at."""
        return len(json.dumps(profile, ensure_ascii=False).encode()) <= PROFILE_BYTES

    def describe(self, member_id: str, profile: dict[str, Any]) -> None:
        """Replace the profile."""
        self._update(member_id, profile_sealed=self._sealed(profile))

    def speak(self, member_id: str, language: str) -> None:
        """Set the member's own language; "" is the community's."""
        self._update(member_id, language=language)

    def live_in(self, member_id: str, zone: str) -> None:
        """Set the member's own time zone (IANA); "" is the community's."""
        self._update(member_id, zone=zone)
        Outbox(self.work, self.community).move(member_id, zone or Settings(self.work, self.community).get().zone)

    def show(self, member_id: str, level: Level) -> None:
        """Set who may see them; what shared messages and the roster show follows in `storage.visibility`."""
        self._update(member_id, level=int(level))

    def act(self, member_id: str) -> None:
        """A sign of life: of all they do only the month of the last deed is kept."""
        self._update(member_id, active_month=month_of(self.work), asked_month=None)

    def pause(self, member_id: str, until: date | None) -> None:
        """No nudges before this local date; None ends the pause, FOREVER waits for them to return."""
        self._update(member_id, paused_until=until)

    def appoint(self, member_id: str, role: Role, areas: Iterable[Area] = ()) -> None:
        """Change the role; one of the secretariat may be limited to some areas of its work."""
        self._update(member_id, role=str(role), areas=",".join(sorted(areas)))

    def remove(self, member_id: str) -> None:
        """Delete the row, and with it accounts, sessions, habits, answers and reactions; see `storage.leaving`."""
        self.run(self._remove(member).where(member.c.id == member_id))

    def _update(self, member_id: str, **values: Any) -> None:
        self.run(self._change(member).where(member.c.id == member_id).values(**values))

    def _sealed(self, profile: dict[str, Any]) -> bytes:
        return self.work.keys.seal(json.dumps(profile, ensure_ascii=False), PROFILE_BYTES)
