"""How a community begins: with a name and one owner."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.language import LANGUAGES
from bot.people import Handle
from storage import communities
from storage.audit import Audit
from storage.communities import Settings
from storage.doors import Doors, portal_handle
from storage.people import NAME_MAX, People, Role, everywhere
from storage.work import Work

GUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
KINDS = ("ally", "alumni", "peers", "alliance")


@dataclass(frozen=True, slots=True)
class Wish:
    """Who owns what, and their account on a chat platform, where they have one.

    `slack` is WORKSPACE/USER, `teams` TENANT/USER, or "".  Raises ValueError with one sentence for an operator.
    """

    name: str
    community: str
    kind: str
    language: str
    zone: str
    slack: str = ""
    teams: str = ""

    @property
    def account(self) -> Handle | None:
        """The account that was named, if any."""
        surface, named = ("slack", self.slack) if self.slack else ("teams", self.teams)
        tenant, _, user = named.partition("/")
        return Handle(surface, tenant, user) if named else None

    def __post_init__(self) -> None:
        if not 0 < len(self.name.strip()) <= NAME_MAX or not self.community.strip():
            raise ValueError(f"--name (up to {NAME_MAX} characters) and --community cannot be empty.")
        if self.kind not in KINDS:
            raise ValueError(f"--kind is one of {', '.join(KINDS)}.")
        if self.language not in LANGUAGES:
            raise ValueError(f"--language is one of {', '.join(LANGUAGES)}.")
        if self.slack and not re.fullmatch(r"[TE][A-Z0-9]+/[UW][A-Z0-9]+", self.slack):
            raise ValueError("--slack is WORKSPACE/USER: the ids Slack shows, as in T0123/U0456.")
        if self.teams and (self.slack or not re.fullmatch(rf"{GUID}/{GUID}", self.teams)):
            raise ValueError("--teams is TENANT/USER: the two ids that Entra shows, and not together with --slack.")
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"--zone: {self.zone} is no time zone; it looks like Asia/Tokyo.") from None


def name_owner(work: Work, wish: Wish, settle: Callable[[Work, str], None]) -> str:
    """Make the person an owner of the community of this name.  Returns the nonce of a door link for them.

    Saying it twice changes nothing but the link: a Slack account that is a member already becomes an owner.  Raises
    ValueError with one sentence when it is not clear which community is meant.
    """
    community = _of_this_name(work, wish) or _founded(work, wish)
    people, handle = People(work, community.id), _settled(work, community.id, wish)
    member = (
        next((one.id for one in everywhere(work, handle) if one.community.id == community.id), "") if handle else ""
    )
    member = member or next((one.id for one in people.with_role(Role.OWNER) if one.name == wish.name), "")
    member = member or people.welcome({"name": wish.name}, language=wish.language)
    _owns(work, community.id, member)
    _known_as(people, member, handle)
    settle(work, community.id)
    return Doors(work, community.id).invite(member)


def _owns(work: Work, community: str, member: str) -> None:
    """Make a member an owner, which is noted as the operator's doing; an owner stays one."""
    people = People(work, community)
    if all(one.id != member for one in people.with_role(Role.OWNER)):
        people.appoint(member, Role.OWNER)
        Audit(work, community).record(None, "role.owner")


def found(work: Work, wish: Wish, settle: Callable[[Work, str], None]) -> None:
    """A new community with its owner, whatever others are called."""
    community = _founded(work, wish)
    people = People(work, community.id)
    member = people.welcome({"name": wish.name}, Role.OWNER, language=wish.language)
    _known_as(people, member, _settled(work, community.id, wish))
    settle(work, community.id)


def _of_this_name(work: Work, wish: Wish) -> communities.Community | None:
    """The one in the workspace, or one that lives in none yet: another workspace's may bear the same name."""
    known = [one for one in communities.all_of(work) if one.name == wish.community]
    if (account := wish.account) is None:
        if len(known) > 1:
            raise ValueError("--community: several are called so; give --slack or --teams to say whose.")
        return next(iter(known), None)
    homes = {
        one.id: {tenant for on, tenant in Settings(work, one.id).homes() if on == account.surface} for one in known
    }
    here = [one for one in known if account.tenant in homes[one.id]]
    return next(iter([*here, *(one for one in known if not homes[one.id])]), None)


def _founded(work: Work, wish: Wish) -> communities.Community:
    return communities.found(work, wish.community, wish.kind, language=wish.language, zone=wish.zone)


def _settled(work: Work, community: str, wish: Wish) -> Handle | None:
    """Let the community live where its owner is; the owner's account there."""
    places = Settings(work, community)
    places.move_in("portal", community)
    if (account := wish.account) is not None:
        places.move_in(account.surface, account.tenant)
    return account


def _known_as(people: People, member: str, handle: Handle | None) -> None:
    for one in (handle, portal_handle(people.community, member)):
        if one:
            people.add_handle(member, one)
