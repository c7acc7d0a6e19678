"""Stories on Teams: people press, type and read as in its clients, through real tokens and the real gate."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from bot.address import Address
from bot.people import Handle
from bot.surface import Notebook, TakeTurn
from bot.teams.drawing import ERROR
from bot.teams.reading import CHOICE, OPTION_MARK, SEVERAL, TEXT, TICK, Actions
from bot.teams.references import Communities
from bot.teams.settings import PRODUCTION, TeamsSettings
from bot.teams.surface import TeamsSurface
from tests.fakes.teams import APP_ID, APP_PASSWORD, CHANNEL, TENANT, Drawn, FakeTeams
from tests.fakes.teams_client import TeamsClient
from tests.stages import NOTHING, Shown, Typed

LOCALES = {"ja": "ja-JP", "en": "en-US"}


def settings_for(teams: FakeTeams, **more: Any) -> TeamsSettings:
    """Settings of an install that talks to this stand-in."""
    made: dict[str, Any] = {
        "mode": PRODUCTION,
        "app_id": APP_ID,
        "app_password": APP_PASSWORD,
        "app_tenant": TENANT,
        "allowed_tenants": (TENANT,),
        "service_hosts": (teams.url,),
        "login_url": teams.url,
        "openid_url": f"{teams.url}/openid",
        "service_url": teams.service_url,
    }
    return TeamsSettings(**{**made, **more})


class TeamsStage:
    """One tenant with one team and its channel, the bot in it."""

    tenant = TENANT

    def __init__(self, take_turn: TakeTurn, actions: Actions, notebook: Notebook, communities: Communities) -> None:
        self._parts = take_turn, actions, notebook, communities
        self.teams = FakeTeams()
        self.surface: TeamsSurface
        self.client: TeamsClient

    async def open(self) -> None:
        """Start the fakes and the surface."""
        await self.teams.open()
        await self.begin()

    async def begin(self, **settings: Any) -> None:
        """Start the surface, as after a restart."""
        self.surface = TeamsSurface(settings_for(self.teams, **settings), *self._parts)
        await self.surface.start()
        self.client = TeamsClient(self.teams, self.surface)

    async def end(self) -> None:
        """Stop the surface."""
        await self.client.close()
        await self.surface.stop()

    async def close(self) -> None:
        """Stop them."""
        await self.end()
        await self.teams.close()

    async def returns(self) -> None:
        """Nobody's session ends on Teams."""

    def handle(self, name: str, community: str, member_id: str) -> Handle:
        """The account a member has on this surface."""
        return Handle("teams", TENANT, str(uuid5(NAMESPACE_URL, f"{name} {community} {member_id}")))

    async def person(self, name: str, handle: Handle, *, language: str = "ja") -> "TeamsPerson":
        """Somebody who can act."""
        self.teams.people[handle.user] = f"29:{handle.user}"
        return TeamsPerson(name, handle.user, self, LOCALES.get(language, "ja-JP"))

    @property
    def room(self) -> Address | None:
        """The channel."""
        return Address("teams", TENANT, CHANNEL)

    async def room_shows(self) -> list[Shown]:
        """The messages of the channel, oldest first."""
        return [shown(message) for message in self.posts()]

    def posts(self) -> list[Drawn]:
        """The same, as drawn."""
        threads = [messages for where, messages in self.teams.messages.items() if where.startswith(CHANNEL)]
        return sorted((message for thread in threads for message in thread), key=lambda one: int(one["id"]))


@dataclass
class TeamsPerson:
    """Somebody with an account in the tenant."""

    name: str
    user: str
    stage: TeamsStage
    locale: str = "ja-JP"
    _last: Drawn | None = None
    _typed: dict[str, Drawn] = field(default_factory=dict)

    @property
    def client(self) -> TeamsClient:
        return self.stage.client

    async def asks(self, words: str, *, admin: bool = False) -> Shown:
        """`enishi words`, in the chat with the bot."""
        return await self.says(f"{'enishi-admin' if admin else 'enishi'} {words}")

    async def says(self, text: str) -> Shown:
        """A message to the bot."""
        before = self._newest()
        self.client.dialogs.pop(self.user, None)
        answer = await self.client.says(self.user, text, language=self.locale)
        assert answer.status_code == 200, answer.text
        return self._sees(before)

    async def mentions(self, words: str) -> Shown:
        """A message in the channel that mentions the bot; what comes into one's own chat is looked at first."""
        before = self._newest()
        number = self.stage.teams.touched({})["touched"]
        where = f"{CHANNEL};messageid={number}"
        answer = await self.client.says(self.user, words, language=self.locale, conversation=where)
        assert answer.status_code == 200, answer.text
        mine = [one for one in self.client.visible(self.user, self._chat) if one["touched"] > before]
        if not mine:
            return self._sees(before)
        self._last = mine[-1]
        return shown(mine[-1])

    async def presses(self, label: str) -> Shown:
        """The button with this label, and the one it unfolds when it asks first."""
        before = self._newest()
        there: list[str] = []
        for drawn in self._in_reach():
            for action in actions(drawn):
                if action["title"] != label:
                    there.append(action["title"])
                    continue
                meant = action["card"]["actions"][0] if action["type"] == "Action.ShowCard" else action
                answer = await self.client.acts(self.user, drawn, meant)
                assert answer.status_code == 200, answer.text
                return self._sees(before)
        raise AssertionError(f"{self.name} sees no button {label!r}, but {there}")

    async def submits(self, **values: Typed) -> Shown:
        """The form shown last, with these fields changed and the others as they stand."""
        before, drawn = self._newest(), self._last
        assert drawn is not None, f"{self.name} sees nothing"
        inputs = inputs_of(drawn)
        sending = send_of(drawn)
        assert sending, f"{self.name} sees no form"
        unknown = set(values) - {name[2:] for name in inputs}
        assert not unknown, f"the form has no {unknown}, but {set(inputs)}"
        typed = {name: _typed(element, values) for name, element in inputs.items()}
        if missing := {name[2:] for name, element in inputs.items() if _is_missing(element, typed[name])}:
            seen = shown(drawn)
            told = dict.fromkeys(missing, "(Teams) required")
            return Shown(seen.text, seen.buttons, seen.fields, seen.values, told, is_form=True)
        sent = {name: value for name, value in typed.items() if value != ""}
        answer = await self.client.acts(self.user, drawn, sending, sent)
        assert answer.status_code == 200, answer.text
        sees = self._sees(before)
        if self._last is not drawn:
            return sees
        for element in inputs.values():  # the card stays, with what was typed into it
            element["value"] = typed[element["id"]]
        kept = shown(drawn)
        return Shown(f"{sees.text}\n{kept.text}", kept.buttons, kept.fields, kept.values, is_form=True)

    async def opens_home(self) -> Shown:
        """Teams has no home page for a bot: one types it."""
        return await self.says("ホーム")

    async def inbox(self) -> list[Shown]:
        """Messages that came unasked, oldest first, as they look now."""
        return [shown(message) for message in self._letters()]

    def _letters(self) -> list[Drawn]:
        return [one for one in self.client.visible(self.user, self._chat) if one["unasked"]]

    @property
    def _chat(self) -> str:
        return self.stage.teams.chat(self.user)

    def _in_reach(self) -> Iterator[Drawn]:
        yield from self._dialog
        if self._last is not None:
            yield from [one for one in self._visible() if one["id"] == self._last["id"]]
        yield from self._letters()[-1:]
        yield from self.stage.posts()[-1:]

    @property
    def _dialog(self) -> list[Drawn]:
        """The one that is open, if any."""
        return [self.client.dialogs[self.user]] if self.user in self.client.dialogs else []

    def _visible(self) -> list[Drawn]:
        posts = [seen for post in self.stage.posts() for seen in self.client.visible(self.user, post["conversation"])]
        return [*self.client.visible(self.user, self._chat), *posts, *self._dialog]

    def _newest(self) -> int:
        return max((drawn["touched"] for drawn in self._visible()), default=0)

    def _sees(self, before: int) -> Shown:
        newest = max(self._visible(), key=lambda drawn: drawn["touched"], default=None)
        if newest is None or newest["touched"] <= before:
            told = self.client.told[self.user]
            return Shown(told.pop()["value"]) if told else NOTHING
        self._last = newest
        return shown(newest)


# --- what a card says ------------------------------------------------------------------------------


def body(drawn: Drawn) -> list[Drawn]:
    """The elements of a message's card, those of containers too."""
    flat: list[Drawn] = []
    for element in drawn["attachments"][0]["content"]["body"]:
        flat += element["items"] if element["type"] == "Container" else [element]
    return flat


def actions(drawn: Drawn) -> list[Drawn]:
    """Its buttons and links, in order."""
    return [action for element in body(drawn) if element["type"] == "ActionSet" for action in element["actions"]]


def send_of(drawn: Drawn) -> Drawn | None:
    """The button that sends its form, if it is one."""
    return next((action for action in actions(drawn) if "form" in action.get("data", {}).get("enishi", {})), None)


def inputs_of(drawn: Drawn) -> dict[str, Drawn]:
    """Its inputs, by id."""
    return {element["id"]: element for element in body(drawn) if element["type"].startswith("Input.")}


def shown(drawn: Drawn) -> Shown:
    """A message, as it is read."""
    inputs = inputs_of(drawn).items()
    lines = [line for element in body(drawn) for line in _lines(element)]
    errors = {
        element["id"].removeprefix(ERROR): _lines(element)[0]
        for element in body(drawn)
        if element.get("id", "").startswith(ERROR)
    }
    return Shown(
        "\n".join(lines),
        tuple(action["title"] for action in actions(drawn)),
        {name[2:]: element["label"] for name, element in inputs},
        {name[2:]: _stands(element) for name, element in inputs},
        errors,
        is_form=send_of(drawn) is not None,
        links={action["title"]: action["url"] for action in actions(drawn) if "url" in action},
    )


def _lines(element: Drawn) -> list[str]:
    match element["type"]:
        case "TextBlock":
            return [element["text"].replace("\\", "")]
        case "RichTextBlock":
            return ["".join(run["text"] for run in element["inlines"])]
        case "Image":
            return [element["altText"]]
        case kind if kind.startswith("Input."):
            return [element["label"]]
        case _:
            return []


def _stands(element: Drawn) -> str:
    value = str(element.get("value", ""))
    if element["type"] == "Input.ChoiceSet":
        return ",".join(one.removeprefix(OPTION_MARK) for one in value.split(","))
    return "" if (element["type"], value) == ("Input.Toggle", "false") else value


def _typed(element: Drawn, values: dict[str, Typed]) -> str:
    """What the client sends for an input."""
    kind, name = element["id"][:2], element["id"][2:]
    if name not in values:
        return str(element.get("value", ""))
    value = values[name]
    match kind:
        case str() if kind == TICK:
            return "true" if value else "false"
        case str() if kind == SEVERAL:
            assert isinstance(value, tuple), f"{name} takes several"
            several = [f"{OPTION_MARK}{one}" for one in value]
            assert {option["value"] for option in element["choices"]} >= set(several), f"{value!r} are no choices"
            return ",".join(several)
        case str() if kind == CHOICE:
            chosen = f"{OPTION_MARK}{value}"
            known = [option["value"] for option in element["choices"]]
            assert chosen in known or value == "", f"{value!r} is no choice of {known}"
            return chosen if chosen in known else ""
        case _:
            assert kind == TEXT
            return str(value)


def _is_missing(element: Drawn, value: str) -> bool:
    """Whether the client would not send the form yet."""
    return bool(element.get("isRequired")) and value in {"", "false"}
