"""From what Teams sent to what happened, and where an answer can be shown.

Activities: learn.microsoft.com/microsoftteams/platform/bots (messages, invokes, conversation and installation events),
read as raw JSON, since the SDK's models lose parts of them.  One that lacks what it must have raises Malformed; one
that concerns nobody reads as no deed.

Every answer on Teams is `lasting`: there is no message that only its reader's screen ever held.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from hashlib import sha256
from zoneinfo import available_timezones

from bot.actions import Action, UnknownAction, unpack
from bot.address import Address
from bot.events import Asked, Event, Joined, Left, Outdated, Pressed, Submitted
from bot.payloads import Payload
from bot.payloads import part as _part
from bot.payloads import parts as _parts
from bot.payloads import text as _text
from bot.people import Handle, Sighting, Standing
from bot.router import addressed
from bot.teams import sdk
from bot.teams.settings import SURFACE

OURS = "enishi"  # the key of our own part of a button's data
TEXT, TICK, CHOICE, SEVERAL = "f-", "t-", "c-", "m-"  # before a field's name, so that what comes back tells its kind
OPTION_MARK = "="  # before each choice's value, since an empty one means that nothing was chosen
EXECUTE, FETCH, SUBMIT = "adaptiveCard/action", "task/fetch", "task/submit"
THREAD = ";messageid="
_zones = cache(available_timezones)
Actions = Mapping[str, type[Action]]


class Kind(StrEnum):
    """What kind of thing happened, as far as it decides how an answer is shown."""

    TYPED = "typed"
    PRESSED = "pressed"
    SENT = "sent"  # a form
    ELSE = "else"  # somebody came or went


class Via(StrEnum):
    """What waits for the answer."""

    NOTHING = "nothing"  # a message or an event: answers are sent by themselves
    CARD = "card"  # Action.Execute
    DIALOG = "dialog"  # task/fetch and task/submit


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something happened: a conversation, and in it the card that was pressed, or "".

    `where` is what the event says; a card that was moved to the one-to-one chat keeps the room it came from.
    """

    service_url: str
    conversation: str
    tenant: str
    user: str  # their id in Teams, by which a chat with them is opened
    where: Address
    direct: bool
    card: str = ""
    via: Via = Via.NOTHING


@dataclass(frozen=True, slots=True)
class Deed:
    """What happened, and where an answer goes.

    `reference`: how to write to this person later, where it tells.  `sent`: the data of a form sent from a dialog,
    which closes when it is not shown again.
    """

    kind: Kind
    event: Event
    origin: Origin
    reference: str = ""
    sent: Payload = field(default_factory=dict)


def read(actions: Actions, activity: Payload) -> list[Deed]:
    """What happened, in order."""
    kind = _text(activity, "type", needed=True)
    match kind:
        case sdk.MESSAGE:
            return _message(actions, activity)
        case sdk.INVOKE:
            return _invoke(actions, activity)
        case sdk.CONVERSATION_UPDATE:
            return _came_or_went(activity)
        case sdk.INSTALLATION_UPDATE:
            return _installed(activity)
        case _:
            return []


# --- messages ------------------------------------------------------------------------------------


def _message(actions: Actions, activity: Payload) -> list[Deed]:
    who, origin = _place(activity)
    if _part(activity, "from").get("id") == _part(activity, "recipient").get("id"):
        return []
    if isinstance(activity.get("value"), dict):  # Action.Submit, in clients that do not know Action.Execute
        return [
            _card_deed(actions, who, replace(origin, card=_text(activity, "replyToId")), activity, activity["value"])
        ]
    admin, words = addressed(_words(activity))
    event = Asked(who=who, where=origin.where, key=_key(activity), words=words, admin=admin, lasting=True)
    return [Deed(Kind.TYPED, event, origin, _reference(activity) if origin.direct else "")]


def _words(activity: Payload) -> str:
    """What was typed, without our own name: exactly the mentions of us, since a word may be called as we are."""
    text = _text(activity, "text")
    us = _text(_part(activity, "recipient"), "id")
    for entity in _parts(activity, "entities"):
        if entity.get("type") == "mention" and _part(entity, "mentioned").get("id") == us:
            text = text.replace(_text(entity, "text", needed=True), " ", 1)
    return text.replace("&nbsp;", " ").replace("\xa0", " ").replace("\r\n", "\n").replace("\r", "\n").strip()


# --- cards and dialogs ---------------------------------------------------------------------------


def _invoke(actions: Actions, activity: Payload) -> list[Deed]:
    name = _text(activity, "name")
    value = _part(activity, "value")
    if name == EXECUTE:
        data, via = _part(_part(value, "action"), "data"), Via.CARD
    elif name in {FETCH, SUBMIT}:
        data, via = _part(value, "data"), Via.DIALOG
    else:
        return []
    who, origin = _place(activity)
    return [_card_deed(actions, who, replace(origin, card=_text(activity, "replyToId"), via=via), activity, data)]


def _card_deed(actions: Actions, who: Sighting, origin: Origin, activity: Payload, data: Payload) -> Deed:
    ours = _part(data, OURS)
    if (room := _kept_room(ours, origin)) is not origin.where:
        origin = replace(origin, where=room)
    if "form" in ours:
        deed = _sent(actions, who, origin, ours, data)
        return replace(deed, sent=data) if origin.via is Via.DIALOG else deed
    where, key = origin.where, _key(activity)
    try:
        action = unpack(actions, _text(ours, "press"))
        return Deed(Kind.PRESSED, Pressed(who=who, where=where, key=key, action=action, lasting=True), origin)
    except UnknownAction:
        return Deed(Kind.PRESSED, Outdated(who=who, where=where, key=key), origin)


def _sent(actions: Actions, who: Sighting, origin: Origin, ours: Payload, data: Payload) -> Deed:
    """A form.  The same drawn form with the same content is the same deed, however often a client sends it."""
    content = json.dumps(dict(data), sort_keys=True)
    key = sha256(f"{who.handle}\x1f{content}".encode()).hexdigest() if _text(ours, "once") else ""
    try:
        action = unpack(actions, _text(ours, "form"), _typed(data))
        return Deed(Kind.SENT, Submitted(who=who, where=origin.where, key=key, action=action, lasting=True), origin)
    except UnknownAction:
        return Deed(Kind.SENT, Outdated(who=who, where=origin.where, key=key), origin)


def _typed(data: Payload) -> dict[str, str | bool | tuple[str, ...]]:
    """What was typed, by field name; a choice nobody made is left out, so that the form's own default stands."""
    typed: dict[str, str | bool | tuple[str, ...]] = {}
    for name in data:
        kind, field = name[:2], name[2:]
        if kind == TEXT:
            typed[field] = _text(data, name).replace("\r\n", "\n").replace("\r", "\n")
        elif kind == TICK:
            typed[field] = data[name] is True or data[name] == "true"
        elif kind == CHOICE and (chosen := _text(data, name)):
            typed[field] = chosen.removeprefix(OPTION_MARK)
        elif kind == SEVERAL:
            typed[field] = tuple(one.removeprefix(OPTION_MARK) for one in _text(data, name).split(",") if one)
    return typed


def _kept_room(ours: Payload, origin: Origin) -> Address:
    """The room a card came from before it was moved to the one-to-one chat.

    A card's data can be forged, so it is only ever a shared room of the sender's own tenant.
    """
    try:
        kept = Address.parse(_text(ours, "where"))
    except ValueError:
        return origin.where
    ours_too = kept.surface == SURFACE and kept.tenant == origin.tenant and kept.room and not kept.user
    return kept if ours_too and origin.direct else origin.where


# --- coming and going ----------------------------------------------------------------------------


def _installed(activity: Payload) -> list[Deed]:
    """We were added to or taken out of a chat.  Teams says so for each chat and team, never for a whole tenant."""
    who, origin = _place(activity)
    if not origin.direct:
        return []
    match _text(activity, "action"):
        case "add":
            return [_joined(who, origin, activity)]
        case "remove":
            return [_left(who, origin, activity)]
        case _:
            return []  # an upgrade


def _came_or_went(activity: Payload) -> list[Deed]:
    us = _text(_part(activity, "recipient"), "id")
    added, removed = _parts(activity, "membersAdded"), _parts(activity, "membersRemoved")
    if _is_direct(activity):
        who, origin = _place(activity)
        if any(one.get("id") == us for one in added):
            return [_joined(who, origin, activity)]
        return [_left(who, origin, activity)] if any(one.get("id") == us for one in removed) else []
    team = _text(_part(_part(activity, "channelData"), "team"), "id")  # also the id of its general channel
    if not team:
        return []
    deeds = []
    for one in added:
        if one.get("id") != us:
            who, origin = _place({**activity, "from": one})
            where = Address(SURFACE, origin.tenant, team)
            key = f"{_key(activity)}:{who.handle}"
            event = Joined(who=who, where=where, key=key)
            deeds.append(Deed(Kind.ELSE, event, replace(origin, where=where)))
    return deeds


def _joined(who: Sighting, origin: Origin, activity: Payload) -> Deed:
    """Two activities tell of one installation, in either order: within a minute they are one deed (see Arrivals)."""
    event = Joined(who=who, where=Address(SURFACE, origin.tenant, ""), key=f"joined:{who.handle}:{_minute(activity)}")
    return Deed(Kind.ELSE, event, origin, _reference(activity))


def _left(who: Sighting, origin: Origin, activity: Payload) -> Deed:
    where = Address(SURFACE, origin.tenant, "")
    return Deed(Kind.ELSE, Left(who=who, where=where, key=f"left:{who.handle}:{_minute(activity)}"), origin)


def _minute(activity: Payload) -> int:
    try:
        return int(datetime.fromisoformat(_text(activity, "timestamp")).timestamp() // 60)
    except (ValueError, OverflowError):
        return 0


class Arrivals:
    """Makes one of two activities that tell of the same installation on either side of a full minute."""

    MOST = 1000

    def __init__(self) -> None:
        self._minutes: dict[str, int] = {}

    def one(self, deed: Deed) -> Deed:
        """The deed, under the key of its twin when that came first."""
        if not isinstance(deed.event, Joined | Left):
            return deed
        handle = str(deed.event.who.handle)
        if isinstance(deed.event, Left):
            self._minutes.pop(handle, None)
        if not deed.event.key.startswith("joined:"):
            return deed
        minute = int(deed.event.key.rpartition(":")[2])
        known = self._minutes.get(handle, -2)
        first = known if abs(minute - known) <= 1 else minute
        self._minutes[handle] = first
        if len(self._minutes) > self.MOST:
            del self._minutes[next(iter(self._minutes))]
        return replace(deed, event=replace(deed.event, key=f"joined:{handle}:{first}"))


# --- who and where -------------------------------------------------------------------------------


def _place(activity: Payload) -> tuple[Sighting, Origin]:
    tenant = sdk.tenant_of(activity)
    who = _sighting(activity, tenant)
    conversation = _text(_part(activity, "conversation"), "id", needed=True)
    direct = _is_direct(activity)
    room, _, thread = conversation.partition(THREAD)
    where = (
        Address.direct(Handle(SURFACE, tenant, who.handle.user)) if direct else Address(SURFACE, tenant, room, thread)
    )
    service_url, user = _text(activity, "serviceUrl", needed=True), _text(_part(activity, "from"), "id", needed=True)
    return who, Origin(service_url, conversation, tenant, user, where, direct)


def _is_direct(activity: Payload) -> bool:
    conversation = _part(activity, "conversation")
    kind = _text(conversation, "conversationType")
    return kind == "personal" or (not kind and conversation.get("isGroup") is not True)


def _sighting(activity: Payload, tenant: str) -> Sighting:
    """A person.  Standing as far as the payload tells; whoever has no Entra account of this tenant is an outsider."""
    person = _part(activity, "from")
    teams_id = _text(person, "id", needed=True)
    account = _text(person, "aadObjectId")
    home = _text(person, "tenantId") or tenant
    role = (_text(person, "userRole") or _text(person, "role")).lower()
    if role in {"bot", "skill"} or teams_id.startswith("28:"):
        standing = Standing.BOT
    elif home != tenant or role == "anonymous" or not account:
        standing = Standing.OUTSIDER
    elif role == "guest" or "#EXT#" in _text(person, "userPrincipalName").upper():
        standing = Standing.GUEST
    else:
        standing = Standing.MEMBER
    client = _client(activity)
    zone = _text(activity, "localTimezone") or _text(client, "timezone")
    return Sighting(
        Handle(SURFACE, home, account or teams_id),
        name=_text(person, "name"),
        language=_text(activity, "locale") or _text(client, "locale"),
        zone=zone if zone in _zones() else "",
        standing=standing,
        known_as=teams_id if account else "",
    )


def _client(activity: Payload) -> Payload:
    """What the client says of itself; absent when somebody comes or goes."""
    return next((one for one in _parts(activity, "entities") if one.get("type") == "clientInfo"), {})


def _reference(activity: Payload) -> str:
    """How to write to this person later, from the raw JSON, as one line; names are left out."""
    kept = {"id", "aadObjectId"}
    conversation = {name: value for name, value in _part(activity, "conversation").items() if name != "name"}
    people = {
        ours: {name: value for name, value in _part(activity, theirs).items() if name in kept}
        for ours, theirs in (("user", "from"), ("bot", "recipient"))
    }
    where = {"channelId": sdk.TEAMS, "serviceUrl": activity.get("serviceUrl"), "conversation": conversation}
    return json.dumps({**where, **people}, ensure_ascii=False, sort_keys=True)


def _key(activity: Payload) -> str:
    """Teams gives the same activity the same id when it sends it again (`measured.md`, scale)."""
    own = _text(activity, "id")
    return f"{_text(_part(activity, 'conversation'), 'id')}:{own}" if own else ""
