"""Deeds through the real dispatcher of each surface, kept as they came in, so that they can come again or be forged."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from storage.tables import metadata
from storage.work import Work
from tests.community import Stage
from tests.fakes.teams import APP_ID
from tests.stages import Person
from tests.stages.portal import PortalPerson
from tests.stages.slack import SlackStage
from tests.stages.teams import TeamsStage

MARKER = "markabcdefghijkl"


@dataclass
class Wire:
    """What one person's client sent last, and the ways to send it again."""

    stage: Stage
    person: Person
    sent: list[Callable[..., Awaitable[Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        surface, person = self.stage.surface, self.person
        if isinstance(surface, SlackStage):
            self._keep(surface.workspace, "post")
        elif isinstance(surface, TeamsStage):
            self._keep(surface.client, "post")
        elif isinstance(person, PortalPerson):
            self._keep(person.browser.client, "post")

    def _keep(self, client: Any, name: str) -> None:
        real = getattr(client, name)

        async def post(*words: Any, **more: Any) -> Any:
            async def again(changed: Callable[[Any], Any] = lambda body: body, **other: Any) -> Any:
                if "data" in more:  # a page's form
                    return await real(other.get("url", words[0]), **{**more, "data": changed(more["data"])})
                return await real(changed(words[0]), *words[1:], **{**more, **other})

            self.sent.append(again)
            return await real(*words, **more)

        setattr(client, name, post)

    async def again(self) -> str:
        """The same request once more; what comes back, as text."""
        return str((await self.sent[-1]()).text)

    async def forged(self) -> list[int]:
        """The same with a wrong signature, and where there is one, an old one: what each was refused with."""
        last, surface = self.sent[-1], self.stage.surface
        if isinstance(surface, SlackStage):
            return [(await last(**how)).status_code for how in ({"secret": "wrong"}, {"age": 3600})]
        if isinstance(surface, TeamsStage):
            tokens = (surface.teams.token(signed_by="k2", named="k1"), surface.teams.token(nbf=1, exp=2, aud=APP_ID))
            return [(await last(token=token)).status_code for token in tokens]
        forged = ({"csrf": ["wrong"]}, {"held": ["wrong"]})
        return [(await last(lambda form, wrong=wrong: {**form, **wrong})).status_code for wrong in forged]

    async def unknown(self) -> str:
        """The same form, but one that this version does not know; a page's is signed, so there it is a button."""
        if isinstance(self.person, PortalPerson):
            return str((await self.sent[-1](_as_press, url="/press")).text)
        return str((await self.sent[-1](_renamed)).text)


KNOWN, UNKNOWN = "answers.send", "answers.gone"


def _as_press(form: Any) -> Any:
    return {**form, "press": [f'{UNKNOWN} {{"words":"{MARKER}"}}']}


def _renamed(body: Any) -> Any:
    """What Slack sends, as text; or an activity of Teams."""
    if isinstance(body, str):
        return body.replace(KNOWN, UNKNOWN)
    return json.loads(json.dumps(body).replace(KNOWN, UNKNOWN))


def dumped(work: Work) -> dict[str, list[str]]:
    """Every row, and the transactions that wrote and locked it where the engine tells."""
    hidden = "xmin::text, xmax::text, " if work.connection.dialect.name == "postgresql" else ""
    rows = {table.name: sa.select(sa.text(f"{hidden}*")).select_from(table) for table in metadata.sorted_tables}
    return {name: sorted(map(repr, work.connection.execute(query))) for name, query in rows.items()}


async def changed(stage: Stage, before: dict[str, list[str]]) -> set[str]:
    """The tables of which any row is another than before."""
    after = await stage.database.look(dumped)
    return {name for name in after if after[name] != before[name]}
