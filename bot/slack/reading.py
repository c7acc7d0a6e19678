"""From what Slack sent to what happened, and where an answer can be shown.

Payloads: docs.slack.dev/interactivity, docs.slack.dev/apis/events-api.  A payload that lacks what it must have raises
Malformed; one that concerns nobody reads as None.
"""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, ClassVar, Self

from bot.actions import Action, UnknownAction, unpack
from bot.address import Address
from bot.events import Asked, Event, Joined, Left, OpenedHome, Outdated, Pressed, Removed, Said, Submitted
from bot.payloads import Malformed, Payload
from bot.payloads import part as _part
from bot.payloads import parts as _parts
from bot.payloads import text as _text
from bot.people import Handle, Sighting, Standing
from bot.slack.installs import Me

SURFACE = "slack"
ADMIN_SUFFIX = "-admin"
SEVERAL = "[]"  # after the name of a field of which several may be chosen, so that none is taken for a tick
Actions = Mapping[str, type[Action]]


class Kind(StrEnum):
    """What kind of thing happened, as far as it decides how an answer is shown."""

    COMMAND = "command"
    MESSAGE = "message"  # a button of a message, ephemeral or not
    HOME = "home"  # a button of the App Home
    MODAL = "modal"  # a button in a window
    SENT = "sent"  # a form
    SAID = "said"
    HOME_OPENED = "home_opened"
    ELSE = "else"  # somebody came or went


class Again(Action):
    """Say the same again, with a press: only a press or a command may open a window."""

    name: ClassVar[str] = "slack.again"
    text: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something happened: `channel` "" in the App Home, `ts` the message that was pressed, `view` a window."""

    where: Address
    user: str
    channel: str = ""
    ts: str = ""
    thread: str = ""
    ephemeral: bool = False
    response_url: str = ""
    home: bool = False
    view: str = ""
    trigger: str = ""

    def keep(self, submit: str = "") -> str:
        """A window's private metadata: this origin as one line of JSON, and below it what the form submits."""
        kept = [str(self.where), self.channel, self.ts, self.thread, self.ephemeral, self.response_url, self.home]
        return f"{json.dumps(kept)}\n{submit}"

    @classmethod
    def kept(cls, metadata: str, user: str, view: str, trigger: str) -> tuple[Self, str]:
        """What `keep` wrote, as the origin of what happens in that window, and what the form submits.

        Raises Malformed.
        """
        line, _, submit = metadata.partition("\n")
        try:
            where, channel, ts, thread, ephemeral, response_url, home = json.loads(line)
            address = Address.parse(where)
        except (ValueError, TypeError, AttributeError):
            raise Malformed from None
        return cls(address, user, channel, ts, thread, ephemeral, response_url, home, view, trigger), submit

    @property
    def direct(self) -> bool:
        """Whether it is a one-to-one chat, ours or between two others."""
        return self.channel.startswith("D")


@dataclass(frozen=True, slots=True)
class Deed:
    """What happened, and where an answer goes.  `blocks` are the names of the fields of a form that was sent."""

    kind: Kind
    event: Event
    origin: Origin
    blocks: tuple[str, ...] = ()


def command(me: Me, body: Payload) -> Deed:
    """A slash command; a name that ends in `-admin` is the secretariat's, so that a workspace may rename both."""
    who = _sighting(me, body, _text(body, "user_id", needed=True))
    channel = _text(body, "channel_id", needed=True)
    where = _room(who.handle, channel)
    trigger = _text(body, "trigger_id")
    event = Asked(
        who=who,
        where=where,
        key=trigger,
        words=as_typed(_text(body, "text")),
        admin=_text(body, "command").endswith(ADMIN_SUFFIX),
    )
    origin = Origin(where, who.handle.user, channel, response_url=_text(body, "response_url"), trigger=trigger)
    return Deed(Kind.COMMAND, event, origin)


def _room(who: Handle, channel: str, thread: str = "") -> Address:
    """Where it was; a one-to-one chat is its person's, whatever Slack calls the channel."""
    return Address.direct(who) if channel.startswith("D") else Address(SURFACE, who.tenant, channel, thread)


def press(me: Me, actions: Actions, body: Payload) -> Deed | None:
    """A button; None for a link, which Slack reports as well."""
    pressed = _list(body, "actions")[0]
    if not isinstance(pressed, dict):
        raise Malformed
    if not (value := _text(pressed, "value")):
        return None
    user = _part(body, "user")
    who = _sighting(me, {"team_id": _part(body, "team").get("id"), **user}, _text(user, "id", needed=True))
    kind, origin = _pressed_where(me, body, who.handle.user)
    return Deed(kind, _meaning(actions, value, who, origin), origin)


def _meaning(actions: Actions, value: str, who: Sighting, origin: Origin) -> Event:
    where, key = origin.where, origin.trigger
    try:
        action = unpack({**actions, Again.name: Again}, value)
    except UnknownAction:
        return Outdated(who=who, where=where, key=key)
    if isinstance(action, Again):
        return Said(who=who, where=Address.direct(who.handle), key=key, text=action.text)
    return Pressed(who=who, where=where, key=key, action=action)


def _pressed_where(me: Me, body: Payload, user: str) -> tuple[Kind, Origin]:
    trigger, view = _text(body, "trigger_id"), _part(body, "view")
    if _text(view, "type") == "home":
        home = Address.direct(Handle(SURFACE, me.team, user))
        return Kind.HOME, Origin(home, user, home=True, trigger=trigger)
    if view:
        origin, _ = Origin.kept(_text(view, "private_metadata"), user, _text(view, "id"), trigger)
        return Kind.MODAL, origin
    place = _part(body, "container")
    channel = _text(place, "channel_id") or _text(_part(body, "channel"), "id", needed=True)
    thread = _text(place, "thread_ts")
    origin = Origin(
        _room(Handle(SURFACE, me.team, user), channel, thread),
        user,
        channel,
        _text(place, "message_ts"),
        thread,
        place.get("is_ephemeral") is True,
        _text(body, "response_url"),
        trigger=trigger,
    )
    return Kind.MESSAGE, origin


def sent(me: Me, actions: Actions, body: Payload) -> Deed:
    """A form.  The same window with the same content is the same deed; interactions carry no id of their own."""
    user, view = _part(body, "user"), _part(body, "view")
    who = _sighting(me, {"team_id": _part(body, "team").get("id"), **user}, _text(user, "id", needed=True))
    view_id = _text(view, "id", needed=True)
    metadata = _text(view, "private_metadata", needed=True)
    origin, submit = Origin.kept(metadata, who.handle.user, view_id, _text(body, "trigger_id"))
    values = _part(_part(view, "state"), "values")
    content = sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
    key = f"{view_id}:{_text(view, 'hash')}:{content}"
    event: Event
    try:
        action = unpack(actions, submit, _typed(values))
        event = Submitted(who=who, where=origin.where, key=key, action=action)
    except UnknownAction:
        event = Outdated(who=who, where=origin.where, key=key)
    return Deed(Kind.SENT, event, origin, tuple(values))


def _typed(values: Payload) -> dict[str, str | bool | tuple[str, ...]]:
    """What was typed, by field name; a choice nobody made is left out, so that the form's own default stands."""
    typed: dict[str, str | bool | tuple[str, ...]] = {}
    for name in values:
        if several := _part(_part(values, name), name + SEVERAL):
            typed[name] = tuple(_text(one, "value")[1:] for one in _parts(several, "selected_options"))
            continue
        state = _part(_part(values, name), name)
        match _text(state, "type"):
            case "plain_text_input":
                typed[name] = _text(state, "value")
            case "checkboxes":
                typed[name] = bool(state.get("selected_options"))
            case "radio_buttons" | "static_select":
                chosen = _text(_part(state, "selected_option"), "value")
                if chosen:
                    typed[name] = chosen[1:]  # drawing.py puts a mark before each value
    return typed


def workspaces(body: Payload) -> list[str]:
    """Whose install a payload may concern, the likeliest first: in shared channels it also names the person's own.

    A window says where the app is installed, an event for whom it was sent, a pressed message whose bot wrote it.
    """
    sent_for, message, view = body.get("authorizations"), body.get("message"), body.get("view")
    said = [
        view.get("app_installed_team_id") if isinstance(view, dict) else None,
        sent_for[0].get("team_id")
        if isinstance(sent_for, list) and sent_for and isinstance(sent_for[0], dict)
        else None,
        message.get("team") if isinstance(message, dict) else None,
        team.get("id") if isinstance(team := body.get("team"), dict) else team,
        body.get("team_id"),
    ]
    return [*dict.fromkeys(one for one in said if isinstance(one, str) and one)]


def removed(body: Payload) -> Deed | None:
    """The app was taken out; by then Slack no longer tells us who we are."""
    event = _part(body, "event")
    kind = _text(event, "type", needed=True)
    if kind != "app_uninstalled" and not (kind == "tokens_revoked" and _part(event, "tokens").get("bot")):
        return None
    tenant = _text(body, "team_id", needed=True)
    nobody = Sighting(Handle(SURFACE, tenant, ""))
    gone = Removed(who=nobody, where=Address(SURFACE, tenant, ""), key=_text(body, "event_id"))
    return Deed(Kind.ELSE, gone, Origin(gone.where, ""))


def moment(body: Payload) -> datetime | None:
    """When an event happened, by Slack's clock, to the second."""
    at = body.get("event_time")
    return datetime.fromtimestamp(at, UTC) if isinstance(at, int) else None


def happened(me: Me, body: Payload) -> Deed | None:
    """Any other event of the Events API."""
    event = _part(body, "event")
    reader = _EVENTS.get(_text(event, "type", needed=True))
    return reader(me, body, event) if reader else None


def _home_opened(me: Me, body: Payload, event: Payload) -> Deed | None:
    if event.get("tab", "home") != "home":
        return None
    who = _sighting(me, _from(body, event), _text(event, "user", needed=True))
    where = Address.direct(who.handle)
    # No key: looking is harmless, and a second delivery may be the one whose answer gets through.
    return Deed(Kind.HOME_OPENED, OpenedHome(who=who, where=where), Origin(where, who.handle.user, home=True))


def _said(me: Me, body: Payload, event: Payload) -> Deed | None:
    user = _text(event, "user")
    theirs = event.get("channel_type") == "im" and not event.get("subtype") and not event.get("bot_id")
    if not theirs or not user or user == me.user:
        return None
    who = _sighting(me, _from(body, event), user)
    where = Address.direct(who.handle)
    text = as_typed(_text(event, "text"))
    origin = Origin(where, user, _text(event, "channel", needed=True), thread=_text(event, "thread_ts"))
    return Deed(Kind.SAID, Said(who=who, where=where, key=_key(body, event), lasting=True, text=text), origin)


def _team_joined(me: Me, body: Payload, event: Payload) -> Deed:
    user = _part(event, "user")
    who = _sighting(me, user, _text(user, "id", needed=True))
    where = Address(SURFACE, me.team, "")
    return Deed(Kind.ELSE, Joined(who=who, where=where, key=_key(body, event)), Origin(where, who.handle.user))


def _channel_joined(me: Me, body: Payload, event: Payload) -> Deed | None:
    user = _text(event, "user", needed=True)
    if user == me.user:
        return None
    who = _sighting(me, _from(body, event), user)
    channel = _text(event, "channel", needed=True)
    where = Address(SURFACE, me.team, channel)
    return Deed(Kind.ELSE, Joined(who=who, where=where, key=_key(body, event)), Origin(where, user, channel))


def _user_changed(me: Me, body: Payload, event: Payload) -> Deed | None:
    user = _part(event, "user")
    if user.get("deleted") is not True:
        return None
    who = _sighting(me, user, _text(user, "id", needed=True))
    where = Address(SURFACE, me.team, "")
    return Deed(Kind.ELSE, Left(who=who, where=where, key=_key(body, event)), Origin(where, who.handle.user))


_EVENTS = {
    "app_home_opened": _home_opened,
    "message": _said,
    "team_join": _team_joined,
    "member_joined_channel": _channel_joined,
    "user_change": _user_changed,
}


def as_typed(text: str) -> str:
    """Words as they were typed, out of Slack's escapes for people, rooms and links.

    docs.slack.dev/messaging/formatting-message-text#retrieving-messages
    """
    return html.unescape(_ESCAPED.sub(_typed_word, text))


def _typed_word(escaped: re.Match[str]) -> str:
    sign, name, label = escaped.group("sign"), escaped.group("name"), escaped.group("label")
    match sign:
        case "@" | "#":
            return f"{sign}{label or name}"
        case "!":
            return label or "@" + name.partition("^")[0]
        case _:
            return name.removeprefix("mailto:")


_ESCAPED = re.compile(r"<(?P<sign>[@#!]?)(?P<name>[^<>|\s]+)(?:\|(?P<label>[^<>]*))?>")


def _key(body: Payload, event: Payload) -> str:
    """One deed has come under different event ids, but with one channel, time and type (`measured.md`, scale)."""
    channel, at = event.get("channel"), event.get("event_ts")
    if isinstance(channel, str) and isinstance(at, str) and channel and at:
        return f"{channel}:{at}:{event['type']}"
    return _text(body, "event_id")


def _from(body: Payload, event: Payload) -> Payload:
    """Whose account acted: the event says so in shared channels, else it is the workspace that sent it."""
    home = _text(event, "user_team") or _text(event, "team") or _text(body, "team_id")
    return {"team_id": home}


def _sighting(me: Me, user: Payload, user_id: str) -> Sighting:
    """A person, from their user object or from as much of it as a payload carries.

    Only an organisation said of the person themselves counts: in a shared channel the payload's own is the channel's.
    """
    team = _text(user, "team_id") or me.team
    profile = _part(user, "profile")
    ours = team == me.team or (me.enterprise != "" and _enterprise(user) == me.enterprise)
    if user.get("is_bot") is True:
        standing = Standing.BOT
    elif not ours or user.get("is_stranger") is True:
        standing = Standing.OUTSIDER
    elif user.get("is_restricted") is True or user.get("is_ultra_restricted") is True:
        standing = Standing.GUEST
    else:
        standing = Standing.MEMBER
    return Sighting(
        Handle(SURFACE, me.team if ours else team, user_id),
        name=_text(profile, "display_name") or _text(profile, "real_name"),
        language=_text(user, "locale"),
        zone=_text(user, "tz"),
        standing=standing,
    )


def introduced(me: Me, user: object, who: Sighting) -> Sighting:
    """The person with what `users.info` says of them."""
    return _sighting(me, user, who.handle.user) if isinstance(user, dict) else who


def _enterprise(user: Payload) -> str:
    return _text(_part(user, "enterprise_user"), "enterprise_id") or _text(user, "enterprise_id")


def _list(payload: Payload, name: str) -> list[Any]:
    value = payload.get(name)
    if not isinstance(value, list) or not value:
        raise Malformed(name)
    return value
