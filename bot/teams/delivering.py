"""Sending a parcel, once.

Teams cannot be asked whether a message is there: reading chats and channels would need a permission over everybody's
messages, so what is in doubt is resolved by its kind's policy.
"""

from contextlib import suppress
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
from bot.teams.tenants import Tenants

log = structlog.get_logger()

AGAIN = timedelta(seconds=30)
MENDED = timedelta(minutes=5)  # until what an operator has to set right is tried again
PERHAPS = {412, *range(500, 600)}  # to be retried, says the documentation, but perhaps taken (`measured.md`, scale)
DISABLED = "BotDisabledByAdmin"
NOBODY_THERE = frozenset(  # what says that a person cannot be reached until they come back by themselves
    {
        DISABLED,
        "BotNotInConversationRoster",
        "ConversationBlockedByUser",
        "ConversationNotFound",
        "ForbiddenOperationException",  # not installed for this person
        "MessageWritesBlocked",
    }
)
OURS = frozenset({"BotNotRegistered", "InvalidBotApiHost"})  # the operator's to repair, and everything waits with it
CHANNELS = ("@thread.tacv2", "@thread.skype")  # how ids of channels end; group chats' end otherwise


class Delivering:
    """Delivers over one connection."""

    def __init__(self, connection: Connection, references: References, tenants: Tenants) -> None:
        self._teams, self._references, self._tenants = connection, references, tenants

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Send one message, once.  Never raises what is `Trouble`."""
        if not self._teams.settings.serves(parcel.to.tenant):
            return Gone("tenant_not_served")
        activity = drawing.message(drawing.card(parcel.card), parcel.card.summary)
        try:
            if parcel.replaces:
                return await self._replace(parcel, activity)
            if parcel.to.user:
                return await self._to_person(parcel, activity)
            return await self._to_room(parcel, activity)
        except Unavailable:
            return TryLater(AGAIN)
        except Trouble as trouble:
            return await self._refused(parcel, trouble)

    async def _refused(self, parcel: Parcel, trouble: BaseException) -> Outcome:
        if word(trouble) == DISABLED and not parcel.to.user:
            with suppress(Unavailable):  # else the next message there finds it out again
                await self._tenants.gone(parcel.to.tenant)
            return TryLater(AGAIN)  # not claimed again before the tenant is back
        to_person = bool(parcel.to.user) and not parcel.replaces  # a message may be gone, and its reader still there
        outcome = outcome_of(trouble, to_person=to_person)
        if isinstance(outcome, Gone) and outcome.handle_is_dead and not parcel.untraced:
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
                known_as = parcel.to.known_as or chat.user or user
                opened = await self._teams.open_chat(chat.service_url, parcel.to.tenant, known_as)
            except Trouble as trouble:
                return _not_opened(trouble)
            if not opened:
                return TryLater(AGAIN)
            chat = Chat(chat.service_url, opened, known_as)
            if not parcel.untraced:
                await self._references.opened(parcel.community, Handle(SURFACE, parcel.to.tenant, user), chat)
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
    if word(trouble) in OURS:
        log.error("teams.refused", why=word(trouble))
        return TryLater(MENDED, throttled=True)
    return _failed(trouble, to_person=to_person) if isinstance(trouble, Failure) else InDoubt(word(trouble))


def _failed(failure: Failure, *, to_person: bool) -> TryLater | Gone | InDoubt:
    match failure.status:
        case 429:
            return TryLater(AGAIN if failure.wait is None else timedelta(seconds=failure.wait), throttled=True)
        case 401:  # the token was dropped; a new one is asked for
            return TryLater(AGAIN)
        case 413:
            return Gone("too_large")
        case 403 | 404:  # blocked, uninstalled, or never there; a refusal without a word kills no handle
            return Gone(word(failure), handle_is_dead=to_person and (failure.code in NOBODY_THERE))
        case status if status in PERHAPS:
            return InDoubt(word(failure))
        case _:
            return Gone(word(failure))
