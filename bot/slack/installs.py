"""What is remembered of the workspaces that installed the app: protocols; `storage/slack_installs.py` keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

STATE_LIVES = timedelta(minutes=10)  # from the install page to coming back from Slack
SET_UP_LIVES = timedelta(minutes=30)  # from coming back to the chosen community


@dataclass(frozen=True, slots=True)
class Me:
    """Who we are there: ids of the workspace, its organisation ("" outside Enterprise Grid), our user and our bot."""

    team: str
    enterprise: str = ""
    user: str = ""
    bot: str = ""


@dataclass(frozen=True, slots=True)
class Installation:
    """One workspace's leave to act there.  `expires_at` and `refresh_token` go with token rotation."""

    me: Me
    token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A community to be founded, as it was typed; `name` is how its owner wants to be called."""

    name: str = ""
    community: str = ""
    kind: str = "alumni"
    language: str = "ja"
    zone: str = "Asia/Tokyo"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A workspace whose communities are to be chosen, by whoever installed the app.

    `here` are the names of the communities that live there; `owned` those the person owns and that do not, by id.
    """

    here: tuple[str, ...]
    owned: Mapping[str, str]


class NameTaken(Exception):
    """A community of this name lives in the workspace already."""


class Installs(Protocol):
    """Keeps installations and the secrets of people on their way through OAuth, as tags.  Raises `Unavailable`."""

    async def begin(self) -> str:
        """A new state, to be used once within `STATE_LIVES`."""
        ...

    async def came_back(self, state: str) -> bool:
        """Use a state: whether it was ours, unused and in time."""
        ...

    async def find(self, team: str) -> Installation | None:
        """A workspace's installation."""
        ...

    async def install(self, new: Installation, installer: str) -> str:
        """Keep it, in the place of an earlier one; communities that live there are reached again.

        Returns the secret with which the installer (a user id) chooses, within `SET_UP_LIVES`.
        """
        ...

    async def remove(self, team: str, since: datetime | None) -> bool:
        """Forget the tokens of a workspace that took us out then; nothing is sent there until it comes back.

        False, and nothing done, when it came back since.
        """
        ...

    async def may_renew(self, known: Installation) -> bool:
        """Whether the caller alone, of all replicas, is to renew these tokens in the next half minute."""
        ...

    async def renew(self, known: Installation, new: Installation) -> None:
        """Replace these tokens, unless others have taken their place meanwhile."""
        ...

    async def waiting(self, secret: str) -> Waiting | None:
        """What the holder of a secret may choose from."""
        ...

    async def move_in(self, secret: str, community: str) -> bool:
        """Let a community that they own live in the workspace, and use up the secret.  False: they may not."""
        ...

    async def found(self, secret: str, wish: Wish) -> bool:
        """Found a community there that they own, and use up the secret.  False: they may not.  Raises NameTaken."""
        ...
