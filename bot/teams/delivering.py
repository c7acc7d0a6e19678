"""Sending a parcel, once.

Teams cannot be asked whether a message is there: reading chats and channels would need a permission over everybody's
messages, so what is in doubt is resolved by its kind's policy.
"""

from datetime import timedelta
from urllib.parse import quote, unquote

import aiohttp
import structlog

from bot.people import Handle
from bot.surface import (
    CannotLook,
    Delivered,
    Gone,
    InDoubt,
    LookedUp,
    Outcome,
    Parcel,
    TryLater,
    Unavailable,
)
from bot.teams import drawing
from bot.teams.connection import Connection, Failure, NoToken, NotTeams, Trouble, word
from bot.teams.reading import THREAD
from bot.teams.references import Chat, References
from bot.teams.settings import SURFACE

log = structlog.get_logger()

AGAIN = timedelta(seconds=30)
PERHAPS = {412, *range(500, 600)}  # to be retried, says the documentation, but perhaps taken (`measured.md`, scale)
CHANNELS = ("@thread.tacv2", "@thread.skype")  # how ids of channels end; group chats' end otherwise


class Delivering:
    """Delivers over one connection."""

    def __init__(self, connection: Connection, references: References) -> None:
        self._teams = connection
        self._references = references

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Send one message, once.  Never raises what is `Trouble`."""
        if not self._teams.settings.serves(parcel.to.tenant):
            return Gone("tenant_not_served")
        activity = drawing.message(drawing.card(parcel.card), parcel.card.summary)
        to_person = bool(parcel.to.user) and not parcel.replaces  # a message may be gone, and its reader still there
        try:
            if parcel.replaces:
                return await self._replace(parcel, activity)
            if parcel.to.user:
                return await self._to_person(parcel, activity)
            return await self._to_room(parcel, activity)
        except Unavailable:
            return TryLater(AGAIN)
        except Trouble as trouble:
            outcome = outcome_of(trouble, to_person=to_person)
            if isinstance(outcome, Gone) and outcome.handle_is_dead:
                await self._references.forget(parcel.community, Handle(SURFACE, parcel.to.tenant, parcel.to.user))
            return outcome

    async def look_up(self, _: Parcel) -> LookedUp:
        """Never: see above."""
        return CannotLook()

    async def _to_person(self, parcel: Parcel, activity: drawing.Drawn) -> Outcome:
        user = parcel.to.user
        chat = await self._references.chat(parcel.community, parcel.to.tenant, user)
        if not chat.conversation:
            try:
                opened = await self._teams.open_chat(chat.service_url, parcel.to.tenant, user)
            except Trouble as trouble:
                return _not_opened(trouble)
            if not opened:
                return TryLater(AGAIN)
            chat = Chat(chat.service_url, opened)
            await self._references.opened(parcel.community, user, chat)
        return _sent(chat.conversation, await self._teams.send(chat.service_url, chat.conversation, activity))

    async def _to_room(self, parcel: Parcel, activity: drawing.Drawn) -> Outcome:
        service_url = await self._references.service_url(parcel.community, parcel.to.tenant)
        room, thread = parcel.to.room, parcel.to.thread
        if room.endswith(CHANNELS) and not thread:
            conversation, first = await self._teams.open_thread(service_url, parcel.to.tenant, room, activity)
            return _sent(conversation, first or conversation.partition(THREAD)[2])
        conversation = f"{room}{THREAD}{thread}" if thread else room
        return _sent(conversation, await self._teams.send(service_url, conversation, activity))

    async def _replace(self, parcel: Parcel, activity: drawing.Drawn) -> Outcome:
        """Put a card in the place of an earlier message; doing so twice is no harm."""
        conversation, _, message = (unquote(part) for part in parcel.replaces.partition("/"))
        if parcel.to.user:
            chat = await self._references.chat(parcel.community, parcel.to.tenant, parcel.to.user)
            service_url = chat.service_url
        else:
            service_url = await self._references.service_url(parcel.community, parcel.to.tenant)
        await self._teams.update(service_url, conversation, message, activity)
        return Delivered(parcel.replaces)


def _sent(conversation: str, message: str) -> Outcome:
    if not message:
        return InDoubt("no_receipt")
    return Delivered(f"{quote(conversation, safe='')}/{quote(message, safe='')}")


def _not_opened(trouble: BaseException) -> Outcome:
    """No message has been sent yet, so nothing is in doubt."""
    outcome = outcome_of(trouble, to_person=True)
    return TryLater(AGAIN) if isinstance(outcome, InDoubt) else outcome


def outcome_of(trouble: BaseException, *, to_person: bool) -> TryLater | Gone | InDoubt:
    """What a failed call means for the message it was to send."""
    if isinstance(trouble, NotTeams):
        return Gone("not_teams")
    if isinstance(trouble, NoToken | aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return TryLater(AGAIN)  # nothing was sent
    return _refused(trouble, to_person=to_person) if isinstance(trouble, Failure) else InDoubt(word(trouble))


def _refused(failure: Failure, *, to_person: bool) -> TryLater | Gone | InDoubt:
    match failure.status:
        case 429:
            return TryLater(AGAIN if failure.wait is None else timedelta(seconds=failure.wait), throttled=True)
        case 401:  # the token was dropped; a new one is asked for
            return TryLater(AGAIN)
        case 413:
            return Gone("too_large")
        case 403 | 404:  # blocked, uninstalled, or never there
            return Gone(word(failure), handle_is_dead=to_person)
        case status if status in PERHAPS:
            return InDoubt(word(failure))
        case _:
            return Gone(word(failure))
