"""Sending a parcel, once, and looking afterwards whether it is there.

A sent message carries its parcel's key as metadata (docs.slack.dev/messaging/message-metadata), so that a message whose
answer was lost can be found in the one-to-one chat; that is all `im:history` is used for.
"""

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.slack import drawing
from bot.slack.connection import BAD_TOKEN, Connection, StartProblem, Trouble, word
from bot.slack.workspaces import NotInstalled, Workspaces
from bot.surface import (
    Absent,
    CannotLook,
    Delivered,
    Gone,
    InDoubt,
    LookedUp,
    Notebook,
    Outcome,
    Parcel,
    TryLater,
    Unavailable,
)

log = structlog.get_logger()

METADATA = "enishi_nudge"
AGAIN = timedelta(seconds=30)
TOKEN_AGAIN = timedelta(minutes=5)  # an operator may give us a better one; until then nothing is lost
LOOK_BACK = timedelta(days=3)
PAGE, PAGES = 100, 5
CHAT = "chat"  # the notebook's entry of somebody's one-to-one channel, on their own page
THROTTLED, SERVER_ERROR = 429, 500

# Each method's page lists its errors: docs.slack.dev/reference/methods/chat.postMessage#errors
RATE_LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
NOT_NOW = frozenset({"service_unavailable", "request_timeout", "team_added_to_org", "accesslimited"})
PERHAPS = frozenset({"internal_error", "fatal_error"})  # "some aspect of the operation" may have succeeded
NO_SCOPE = "missing_scope"
NOBODY_THERE = frozenset({"user_not_found", "user_disabled", "cannot_dm_bot", "channel_not_found"})


class Delivering:
    """Delivers to every workspace we are in, and keeps the channel of each one-to-one chat in the notebook."""

    def __init__(self, workspaces: Workspaces, notebook: Notebook) -> None:
        self._workspaces = workspaces
        self._notebook = notebook

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Send one message, once.  Never raises what is `Trouble`."""
        slack = await self._ready(parcel)
        if not isinstance(slack, Connection):
            return slack
        card = drawing.message(parcel.card)
        try:
            if parcel.replaces:
                return await _replace(slack, parcel, card)
            told = await slack.api.chat_postMessage(
                channel=parcel.to.user or parcel.to.room,
                thread_ts=parcel.to.thread or None,
                metadata={"event_type": METADATA, "event_payload": {"key": parcel.key}},
                unfurl_links=False,
                unfurl_media=False,
                **card,
            )
        except Trouble as trouble:
            if word(trouble) in BAD_TOKEN:
                return await self._refused(slack, parcel)
            return outcome_of(trouble, to_person=bool(parcel.to.user))
        channel, ts = told.get("channel"), told.get("ts")
        if not isinstance(channel, str) or not isinstance(ts, str):
            return InDoubt("no_receipt")
        await self._remember(parcel, channel)
        return Delivered(f"{channel}/{ts}")

    async def look_up(self, parcel: Parcel) -> LookedUp:
        """Whether it is in the one-to-one chat; shared rooms are never read."""
        if not parcel.to.user:
            return CannotLook()
        slack = await self._ready(parcel)
        if not isinstance(slack, Connection):
            return slack if isinstance(slack, TryLater) else CannotLook()
        try:
            channel = await self._chat(slack, parcel)
            return await _search(slack, channel, parcel.key)
        except Trouble as trouble:
            outcome = outcome_of(trouble, to_person=True)
            match outcome:
                case TryLater() if word(trouble) != NO_SCOPE:
                    return outcome
                case InDoubt():
                    return TryLater(AGAIN)
                case _:
                    return CannotLook()

    async def _ready(self, parcel: Parcel) -> Connection | TryLater | Gone:
        """The connection to the parcel's workspace, or why nothing can be sent there."""
        try:
            slack = await self._workspaces.connection(parcel.to.tenant)
        except NotInstalled:
            return Gone("not_installed")
        except StartProblem:
            return TryLater(TOKEN_AGAIN, throttled=True)
        except Unavailable:
            return TryLater(AGAIN)
        except Trouble as trouble:
            outcome = outcome_of(trouble, to_person=False)
            return outcome if isinstance(outcome, TryLater) else TryLater(AGAIN)
        return slack if parcel.to.tenant == slack.me.team else Gone("other_workspace")

    async def _refused(self, used: Connection, parcel: Parcel) -> Outcome:
        """Slack refused the token: perhaps there is another by now, perhaps the app is gone, else somebody must act."""
        slack = await self._ready(parcel)
        if not isinstance(slack, Connection):
            return slack
        return TryLater(TOKEN_AGAIN, throttled=True) if slack.token == used.token else TryLater(timedelta())

    async def _chat(self, slack: Connection, parcel: Parcel) -> str:
        try:
            known = await self._notebook.read(parcel.community, parcel.to.room, CHAT)
        except Unavailable:
            known = None
        if known:
            return known
        told = await slack.api.conversations_open(users=parcel.to.user)
        channel: str = told["channel"]["id"]
        await self._remember(parcel, channel)
        return channel

    async def _remember(self, parcel: Parcel, channel: str) -> None:
        """Keep the chat's channel; forgetting it costs one more call when looking up."""
        if not parcel.to.user or parcel.untraced:
            return
        try:
            if await self._notebook.read(parcel.community, parcel.to.room, CHAT) != channel:
                await self._notebook.write(parcel.community, parcel.to.room, CHAT, channel)
        except Unavailable:
            log.info("slack.chat_not_remembered")


async def _replace(slack: Connection, parcel: Parcel, card: Mapping[str, Any]) -> Outcome:
    """Put a card in the place of an earlier message; doing so twice is no harm."""
    channel, _, ts = parcel.replaces.partition("/")
    await slack.api.chat_update(channel=channel, ts=ts, **card)
    return Delivered(parcel.replaces)


async def _search(slack: Connection, channel: str, key: str) -> LookedUp:
    cursor = ""
    for _ in range(PAGES):
        told = await slack.api.conversations_history(
            channel=channel,
            include_all_metadata=True,
            limit=PAGE,
            oldest=f"{time.time() - LOOK_BACK.total_seconds():.6f}",
            cursor=cursor or None,
        )
        for message in told.get("messages") or ():
            if _key_of(message) == key:
                return Delivered(f"{channel}/{message['ts']}")
        cursor = (told.get("response_metadata") or {}).get("next_cursor") or ""
        if not told.get("has_more") or not cursor:
            return Absent()
    return CannotLook()  # more was said than we are willing to read


def outcome_of(trouble: BaseException, *, to_person: bool) -> TryLater | Gone | InDoubt:
    """What a failed call means for the message it was to send."""
    if isinstance(trouble, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return TryLater(AGAIN)  # nothing was sent
    if not isinstance(trouble, SlackApiError):
        return InDoubt(word(trouble))
    reason, status = word(trouble), getattr(trouble.response, "status_code", 0)
    if status == THROTTLED or reason in RATE_LIMITED:
        return TryLater(_retry_after(trouble), throttled=True)
    if status >= SERVER_ERROR or reason in PERHAPS or reason.startswith("http_"):
        return InDoubt(reason)
    if reason in NOT_NOW or reason in BAD_TOKEN or reason == NO_SCOPE:
        ours = reason not in NOT_NOW  # the operator's to repair, and everything else there waits with it
        return TryLater(TOKEN_AGAIN, throttled=True) if ours else TryLater(AGAIN)
    return Gone(reason, handle_is_dead=to_person and reason in NOBODY_THERE)


def _retry_after(trouble: SlackApiError) -> timedelta:
    headers = getattr(trouble.response, "headers", None) or {}
    said = headers.get("Retry-After", "")
    return timedelta(seconds=int(said)) if said.isdecimal() else AGAIN


def _key_of(message: Any) -> str | None:
    metadata = message.get("metadata") if isinstance(message, dict) else None
    if not isinstance(metadata, dict) or metadata.get("event_type") != METADATA:
        return None
    key = (metadata.get("event_payload") or {}).get("key")
    return key if isinstance(key, str) else None
