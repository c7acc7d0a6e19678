"""Communities and the workspaces they live in."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from storage import audit, ids
from storage.keys import Keys
from storage.presets import Preset, preset
from storage.tables import community, install
from storage.work import Shelf, Work


@dataclass(frozen=True)
class Community:
    """A community as it is set up; the fields are the columns of its row, and what opens it."""

    keys: Keys = field(repr=False, compare=False)
    id: str
    name: str
    kind: str
    language: str
    zone: str
    settings_sealed: bytes = field(repr=False)

    @cached_property
    def settings(self) -> dict[str, Any]:
        """Each feature's settings, by its name; the feature checks them.  Sealed, as they name channels."""
        settings: dict[str, Any] = json.loads(self.keys.open(self.settings_sealed))
        return settings

    @cached_property
    def preset(self) -> Preset:
        """How it is with its members: its kind's preset, with what it has set itself under "community"."""
        return preset(self.kind, self.settings.get("community") or {})


def found(work: Work, name: str, kind: str = "alumni", *, language: str = "ja", zone: str = "Asia/Tokyo") -> Community:
    """A new community, without members."""
    new = Community(work.keys, ids.fresh(), name, kind, language, zone, work.keys.seal("{}"))
    row = {column.name: getattr(new, column.name) for column in community.c}
    work.connection.execute(sa.insert(community).values(row))
    audit.begin(work, new.id)
    return new


def all_of(work: Work) -> list[Community]:
    """Every community of this install, in the order of their ids."""
    rows = work.connection.execute(sa.select(community).order_by(community.c.id))
    return [Community(work.keys, *row) for row in rows]


def in_tenant(work: Work, surface: str, tenant: str) -> list[Community]:
    """The communities that live in a workspace or tenant, where the bot is installed."""
    rows = work.connection.execute(
        sa.select(community)
        .join(install, install.c.community_id == community.c.id)
        .where(install.c.surface == surface, install.c.tenant == tenant, install.c.active)
        .order_by(community.c.id)
    )
    return [Community(work.keys, *row) for row in rows]


def removed_from(work: Work, surface: str, tenant: str) -> None:
    """The bot was taken out of a tenant: nothing is sent there until it comes back."""
    work.connection.execute(
        sa.update(install).where(install.c.surface == surface, install.c.tenant == tenant).values(active=False)
    )


def returned_to(work: Work, surface: str, tenant: str | None = None) -> None:
    """The bot is in a tenant again, or, when a token for the whole platform was given to us anew, in all of them."""
    there = install.c.tenant == tenant if tenant is not None else sa.true()
    gone = sa.update(install).where(install.c.surface == surface, there, ~install.c.active)
    work.connection.execute(gone.values(active=True))


class Settings(Shelf):
    """One community's settings and places."""

    def get(self) -> Community:
        """The community as it is now."""
        row = self.run(sa.select(community).where(community.c.id == self.community)).one()
        return Community(self.work.keys, *row)

    def change(self, feature: str, settings: dict[str, Any]) -> None:
        """Replace one feature's settings."""
        now = json.dumps({**self.get().settings, feature: settings}, ensure_ascii=False)
        self.run(
            sa.update(community)
            .where(community.c.id == self.community)
            .values(settings_sealed=self.work.keys.seal(now))
        )

    def move_in(self, surface: str, tenant: str) -> None:
        """The community lives in this workspace or tenant (again)."""
        self._put_over(install, surface=surface, tenant=tenant, active=True)

    def homes(self) -> list[tuple[str, str]]:
        """Where it lives or lived until the bot was taken out there, as (surface, tenant)."""
        rows = self.run(self._rows(install, install.c.surface, install.c.tenant))
        return [(surface, tenant) for surface, tenant in rows]

    def tenants(self) -> list[tuple[str, str]]:
        """Where it lives, as (surface, tenant)."""
        rows = self.run(self._rows(install, install.c.surface, install.c.tenant).where(install.c.active))
        return [(surface, tenant) for surface, tenant in rows]
