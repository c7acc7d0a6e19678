"""Stories on Slack: people press, type and read as in Slack's clients, through Bolt and signed requests."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from bot.address import Address
from bot.people import Handle
from bot.slack.connection import SlackSettings
from bot.slack.drawing import OPTION_MARK
from bot.slack.reading import SEVERAL, Actions
from bot.slack.surface import SlackSurface
from bot.surface import Notebook, TakeTurn
from tests.fakes.slack import BOT_TOKEN, BOT_USER, SECRET, TEAM, Drawn, FakeSlack
from tests.fakes.slack_workspace import Workspace
from tests.stages import NOTHING, Shown, Typed

ROOM = "C0ROOM"


class SlackStage:
    """One workspace with one channel, the bot in it."""

    tenant = TEAM

    def __init__(self, take_turn: TakeTurn, actions: Actions, notebook: Notebook) -> None:
        self._parts = take_turn, actions, notebook
        self.slack = FakeSlack()
        self.surface: SlackSurface
        self.workspace: Workspace

    async def open(self) -> None:
        """Start the fakes and the surface."""
        await self.slack.open()
        self.slack.members[ROOM].add(BOT_USER)
        settings = SlackSettings(BOT_TOKEN, SECRET, api_url=f"{self.slack.url}/api/")
        self.surface = SlackSurface(settings, *self._parts)
        await self.surface.start()
        self.workspace = Workspace(self.slack, self.surface)

    async def close(self) -> None:
        """Stop them."""
        await self.workspace.close()
        await self.surface.stop()
        await self.slack.close()

    async def returns(self) -> None:
        """Nobody's session ends on Slack."""

    def handle(self, name: str, community: str, member_id: str) -> Handle:
        """The account a member has on this surface."""
        return Handle("slack", TEAM, "U" + sha256(f"{name} {community} {member_id}".encode()).hexdigest()[:8].upper())

    async def person(self, name: str, handle: Handle, *, language: str = "ja") -> "SlackPerson":
        """Somebody who can act; Slack's payloads do not say which language they read."""
        self.slack.people.add(handle.user)
        self.slack.members[ROOM].add(handle.user)
        return SlackPerson(name, handle.user, self.workspace)

    @property
    def room(self) -> Address | None:
        """The channel."""
        return Address("slack", TEAM, ROOM)

    async def room_shows(self) -> list[Shown]:
        """The messages of the channel, oldest first."""
        return [shown(message) for message in self.slack.messages[ROOM]]


@dataclass
class SlackPerson:
    """Somebody with an account in the workspace."""

    name: str
    user: str
    workspace: Workspace
    _last: Drawn | None = None
    _typed: dict[str, Drawn] = field(default_factory=dict)

    async def asks(self, words: str, *, admin: bool = False) -> Shown:
        """`/enishi words`, in the chat with the bot."""
        before, chat = self._newest(), self.workspace.slack.chat(self.user)
        await self.workspace.command(self.user, words, chat, command="/enishi-admin" if admin else "/enishi")
        return self._sees(before)

    async def presses(self, label: str) -> Shown:
        """The button with this label."""
        before = self._newest()
        there: list[str] = []
        for drawn in self._in_reach():
            for element in _buttons(drawn):
                if element["text"]["text"] == label:
                    await self.workspace.press(self.user, drawn, element)
                    return self._sees(before)
                there.append(element["text"]["text"])
        raise AssertionError(f"{self.name} sees no button {label!r}, but {there}")

    async def submits(self, **values: Typed) -> Shown:
        """The form on top, with these fields changed and the others as they stand."""
        before = self._newest()
        stack = self.workspace.slack.windows[self.user]
        assert stack, f"{self.name} sees no window"
        assert "submit" in stack[-1], f"{self.name} sees no form"
        view = stack[-1]
        inputs = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
        unknown = set(values) - set(inputs)
        assert not unknown, f"the form has no {unknown}, but {set(inputs)}"
        states = {name: _state(block, values.get(name, _stands(view, block))) for name, block in inputs.items()}
        if missing := {name: "(Slack) required" for name, block in inputs.items() if _is_missing(block, states[name])}:
            stack[-1] = self.workspace.slack.touched({**view, "errors": missing, "typed": states})
        else:
            await self.workspace.submit(self.user, states)
        return self._sees(before)

    async def opens_home(self) -> Shown:
        """The App Home."""
        before = self._newest()
        await self.workspace.opens_home(self.user)
        return self._sees(before)

    async def says(self, text: str) -> Shown:
        """A message to the bot."""
        before = self._newest()
        await self.workspace.says(self.user, text)
        return self._sees(before)

    async def inbox(self) -> list[Shown]:
        """Messages of the bot in the chat, oldest first, as they look now."""
        return [shown(message) for message in self._letters()]

    def _letters(self) -> list[Drawn]:
        slack = self.workspace.slack
        return [message for message in slack.messages[slack.chat(self.user)] if message["user"] == BOT_USER]

    def _in_reach(self) -> Iterator[Drawn]:
        seen = self._visible()
        if self._last is not None:
            yield from (one for one in seen if _same(one, self._last))
        yield from self._letters()[-1:]
        yield from self.workspace.slack.messages[ROOM][-1:]

    def _visible(self) -> list[Drawn]:
        slack = self.workspace.slack
        rooms = [channel for channel, people in slack.members.items() if self.user in people]
        messages = [message for channel in rooms for message in slack.messages[channel]]
        home = [slack.homes[self.user]] if self.user in slack.homes else []
        return [*messages, *slack.ephemerals[self.user], *slack.windows[self.user][-1:], *home]

    def _newest(self) -> int:
        return max((drawn.get("touched", 0) for drawn in self._visible()), default=0)

    def _sees(self, before: int) -> Shown:
        newest = max(self._visible(), key=lambda drawn: drawn.get("touched", 0), default=None)
        if newest is None or newest.get("touched", 0) <= before:
            return NOTHING
        self._last = newest
        return shown(newest)


def shown(drawn: Drawn) -> Shown:
    """A message, window or page, as it is read."""
    lines = [drawn["title"]["text"]] if "title" in drawn else []
    inputs = [block for block in drawn["blocks"] if block["type"] == "input"]
    for block in drawn["blocks"]:
        lines += _lines(block)
    if not drawn["blocks"] and "text" in drawn:
        lines.append(drawn["text"])
    return Shown(
        "\n".join(lines),
        tuple(button["text"]["text"] for button in _buttons(drawn)),
        {block["block_id"]: block["label"]["text"] for block in inputs},
        {block["block_id"]: _as_text(_stands(drawn, block)) for block in inputs},
        drawn.get("errors", {}),
        is_form="submit" in drawn,
        links={button["text"]["text"]: button["url"] for button in _buttons(drawn) if "url" in button},
    )


def _lines(block: Drawn) -> list[str]:
    match block["type"]:
        case "header" | "section":
            return [block["text"]["text"]]
        case "context":
            return [element["text"] for element in block["elements"]]
        case "rich_text":
            return ["".join(run["text"] for run in part["elements"]) for part in block["elements"]]
        case "image":
            return [block["alt_text"]]
        case "input":
            return [block["label"]["text"], *([block["hint"]["text"]] if "hint" in block else [])]
        case _:
            return []


def _buttons(drawn: Drawn) -> list[Drawn]:
    return [element for block in drawn["blocks"] if block["type"] == "actions" for element in block["elements"]]


def _same(one: Drawn, other: Drawn) -> bool:
    return one.get("id") == other.get("id") and one.get("ts") == other.get("ts")


def _stands(view: Drawn, block: Drawn) -> Typed:
    """What stands in a field: typed before errors came back, else as drawn."""
    element, name = block["element"], block["block_id"]
    typed = view.get("typed", {}).get(name)
    if element["action_id"].endswith(SEVERAL):
        chosen = typed["selected_options"] if typed else element.get("initial_options", [])
        return tuple(str(one["value"]).removeprefix(OPTION_MARK) for one in chosen)
    match element["type"]:
        case "checkboxes":
            return bool(typed["selected_options"] if typed else element.get("initial_options"))
        case "plain_text_input":
            return str((typed["value"] if typed else element.get("initial_value")) or "")
        case _:
            chosen = typed["selected_option"] if typed else element.get("initial_option")
            return str(chosen["value"]).removeprefix(OPTION_MARK) if chosen else ""


def _state(block: Drawn, value: Typed) -> Drawn:
    element = block["element"]
    if isinstance(value, tuple):
        marked = {f"{OPTION_MARK}{one}" for one in value}
        several = [one for one in element["options"] if one["value"] in marked]
        assert len(several) == len(value), f"{value!r} are no choices of {[one['value'] for one in element['options']]}"
        return {"type": element["type"], "selected_options": several}
    match element["type"]:
        case "checkboxes":
            return {"type": "checkboxes", "selected_options": element["options"] if value else []}
        case "plain_text_input":
            return {"type": "plain_text_input", "value": str(value) or None}
        case kind:
            chosen = [one for one in element["options"] if one["value"] == f"{OPTION_MARK}{value}"]
            left_open = value == "" and not chosen
            assert chosen or left_open, f"{value!r} is no choice of {[one['value'] for one in element['options']]}"
            return {"type": kind, "selected_option": chosen[0] if chosen else None}


def _is_missing(block: Drawn, state: Drawn) -> bool:
    """Whether Slack's client would not send the form yet."""
    filled = state.get("value") or state.get("selected_option") or state.get("selected_options")
    return not block["optional"] and not filled


def _as_text(value: Typed) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return value if isinstance(value, str) else "true" if value else ""
