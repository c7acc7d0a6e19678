"""How to write to somebody later: conversation references, kept in the notebook.

Rule: a reference is kept for members only, in each community they belong to, when they write to us or install us.  A
stranger's is not (nobody who has not joined is on record), nor is one written when somebody presses a button or sends
a form, since such a row's time could link it to an unsigned answer (`measured.md`, privacy).  Whoever has none is
reached by opening the chat: by their id in Teams where the message's address holds it, else by their account.
"""

import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import structlog

from bot.people import Handle
from bot.surface import Notebook, Unavailable
from bot.teams.settings import TeamsSettings

log = structlog.get_logger()

CHAT = "chat"  # the notebook's entry of somebody's one-to-one chat, on their own page, which goes when they leave
SERVICE = "service"  # the page of serviceUrls, by tenant
REMEMBERED = 10_000  # accounts whose reference is known to be kept as it is
Communities = Callable[[Handle], Awaitable[Sequence[str]]]
"""The communities an account is a member of."""


@dataclass(frozen=True, slots=True)
class Chat:
    """Where to write: `conversation` is "" until it is opened."""

    service_url: str
    conversation: str = ""
    user: str = ""  # their id in Teams, "" when only the account is known


class References:
    """The notebook, as references."""

    def __init__(self, settings: TeamsSettings, notebook: Notebook, communities: Communities) -> None:
        self._settings, self._notebook, self._communities = settings, notebook, communities
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def keep(self, who: Handle, reference: str) -> bool:
        """Keep a reference that came with a verified activity; forgetting one costs a call when writing.

        Whether there was none, or another: a member whose chat was dead can be reached again.
        """
        new = False
        mark = sha256(reference.encode()).digest()
        if self._kept.get(str(who)) == mark:
            return False
        try:
            communities = await self._communities(who)
            service_url = str(json.loads(reference)["serviceUrl"])
            for community in communities:
                if await self._notebook.read(community, _page(who.user), CHAT) != reference:
                    await self._notebook.write(community, _page(who.user), CHAT, reference)
                    new = True
                if await self._notebook.read(community, SERVICE, who.tenant) != service_url:
                    await self._notebook.write(community, SERVICE, who.tenant, service_url)
        except Unavailable:
            log.info("teams.chat_not_remembered")
            return False
        if communities:
            self._kept[str(who)] = mark
            if len(self._kept) > REMEMBERED:
                self._kept.popitem(last=False)
        return new

    async def chat(self, community: str, tenant: str, user: str) -> Chat:
        """The one-to-one chat with a user, as far as we know it.  Raises Unavailable."""
        kept = await self._notebook.read(community, _page(user), CHAT)
        if kept:
            reference = json.loads(kept)
            service_url = str(reference["serviceUrl"])
            if self._settings.is_teams(service_url):
                return Chat(service_url, str(reference["conversation"]["id"]), str(reference["user"]["id"]))
        return Chat(await self.service_url(community, tenant))

    async def opened(self, community: str, who: Handle, chat: Chat) -> None:
        """Keep a chat that we opened ourselves, with a member: a stranger is written to once, by their address."""
        reference = {
            "channelId": "msteams",
            "serviceUrl": chat.service_url,
            "conversation": {"id": chat.conversation, "conversationType": "personal"},
            "user": {"id": chat.user or who.user},
            "bot": {"id": f"28:{self._settings.app_id}"},
        }
        try:
            if community in await self._communities(who):
                await self._notebook.write(community, _page(who.user), CHAT, json.dumps(reference, sort_keys=True))
        except Unavailable:
            log.info("teams.chat_not_remembered")

    async def forget(self, community: str, who: Handle) -> None:
        """The chat is dead."""
        self._kept.pop(str(who), None)
        try:
            await self._notebook.tear(community, _page(who.user), CHAT)
        except Unavailable:
            log.info("teams.chat_not_forgotten")

    async def service_url(self, community: str, tenant: str) -> str:
        """Where to speak to a tenant: its own address as last seen, else the one for everybody.  Raises Unavailable."""
        kept = await self._notebook.read(community, SERVICE, tenant)
        return kept if kept and self._settings.is_teams(kept) else self._settings.service_url


def _page(user: str) -> str:
    return f"@{user}"
