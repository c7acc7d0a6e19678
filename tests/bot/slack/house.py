"""A small house behind the surface: a router that answers with what a test wants, and a turn that remembers keys."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import ClassVar

from bot.actions import Action, pack
from bot.cards import Buttons, Card, Choice, Text, TextInput, Tick, button
from bot.events import Asked, Event, Joined, OpenedHome, Outdated, Returned, Said
from bot.language import mark
from bot.replies import Answer, Form, Home, Redraw, Reply, Silence, Whisper
from bot.router import Command, Router
from bot.surface import Unavailable


class Rsvp(Action):
    """A button."""

    name: ClassVar[str] = "try.rsvp"
    going: bool


class Show(Action):
    """A button that answers as it says."""

    name: ClassVar[str] = "try.show"
    how: str


class Ask(Action):
    """A button that says that it opens a form, and answers as it says."""

    name: ClassVar[str] = "try.ask"
    opens_form: ClassVar[bool] = True
    how: str = "form"


class Tell(Action):
    """A form."""

    name: ClassVar[str] = "try.tell"
    about: str = ""
    text: str = ""
    audience: str = "everyone"
    agreed: bool = False
    topics: tuple[str, ...] = ()


def card(words: str, *more: str) -> Card:
    """A card with a button for each way to answer."""
    row = [button(how, Show(how=how)) for how in ("reply", "whisper", "redraw", "form", "home", "silence")]
    return Card(words, (Text(words), *map(Text, more), Buttons(tuple(row))))


def asking() -> Card:
    """A card whose buttons say that they open a form."""
    row = (button("ask", Ask()), button("ask in vain", Ask(how="redraw")), button("whisper", Show(how="whisper")))
    return Card("may we ask?", (Text("may we ask?"), Buttons((*row, button("fleeting", Show(how="fleeting"))))))


def form(errors: dict[str, str] | None = None, told: Tell | None = None) -> Form:
    """A form with one field of each kind."""
    told = told or Tell(about="moving")
    fields = (
        TextInput("text", "What happened?", told.text, lines=3, max_length=300, required=False),
        Choice("audience", "Who may read it?", (("everyone", "Everyone"), ("", "Nobody yet")), told.audience),
        Tick("agreed", "Those named agree", told.agreed),
    )
    return Form("Tell us", pack(Tell(about=told.about)), "Send", fields, (Text("One line is enough."),), errors or {})


def answer(how: str) -> Answer:
    """An answer of each kind."""
    ways: dict[str, Callable[[], Answer]] = {
        "reply": lambda: Reply(card("a reply")),
        "whisper": lambda: Whisper(card("a whisper")),
        "fleeting": lambda: Whisper(card("gone soon"), fleeting=True),
        "redraw": lambda: Redraw(card("redrawn")),
        "home": lambda: Home(card("your home")),
        "form": form,
        "ask": lambda: Whisper(asking()),
        "ask all": lambda: Reply(asking()),
        "silence": Silence,
    }
    return ways[how]()


router: Router[None] = Router()


@router.asked(Command("show", mark("Show"), hint="how"))
def show(_: None, how: str) -> Answer:
    """Answers as it is told."""
    return answer(how)


@router.asked(Command("desk", mark("Desk"), admin=True))
def desk(_: None, words: str) -> Answer:
    """Only after the admin command."""
    return Whisper(card("the desk", words))


@router.otherwise()
def menu(_: None, words: str) -> Answer:
    """Everything else."""
    return Whisper(card("the menu", words))


@router.pressed(Show)
def shown(_: None, wish: Show) -> Answer:
    return answer(wish.how)


@router.pressed(Ask)
def asked(_: None, wish: Ask) -> Answer:
    return answer(wish.how)


@router.submitted(Tell)
def told(_: None, tell: Tell) -> Answer:
    """Refuses "no", asks on at "more", else answers as the text says."""
    if tell.text == "no":
        return form({"text": "Please say more."}, tell)
    if tell.text == "more":
        return form(told=Tell(about=tell.about))
    if tell.text in {"reply", "whisper", "home", "silence"}:
        return answer(tell.text)
    return Redraw(card("told", tell.about, tell.text, tell.audience, str(tell.agreed)))


@router.on(Said)
def said(_: None, event: Said) -> Answer:
    return answer(event.text) if event.text in {"reply", "whisper", "form", "silence"} else Reply(card(event.text))


@router.on(OpenedHome)
def home(_: None, event: OpenedHome) -> Answer:
    return Home(card("your home"))


@router.on(Joined)
def joined(_: None, event: Joined) -> Answer:
    return Whisper(card("welcome", event.where.room))


class Turns:
    """Takes turns in memory: each deed once, each event kept; `down` and `broken` make them fail.

    `returned` are the tenants that were said to have us, which is no deed of anybody.
    """

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.keys: set[str] = set()
        self.returned: list[str] = []
        self.down = self.broken = False

    async def __call__(self, event: Event) -> Answer:
        if self.down:
            raise Unavailable
        if self.broken:
            raise RuntimeError("made-up trouble with something private")
        if isinstance(event, Returned):
            self.returned.append(event.where.tenant)
            return Silence()
        if event.key and event.key in self.keys:
            return Silence()
        self.keys.add(event.key)
        self.events.append(event)
        if isinstance(event, Outdated):
            return Whisper(card("outdated"))
        found = router.match(event)
        answer = found[0].answer(None, found[1]) if found else Silence()
        if isinstance(answer, Form) and answer.errors:
            self.keys.discard(event.key)  # as the real turn: nothing was done
        return answer

    def of(self, *kinds: type[Event]) -> list[Event]:
        """The events of these kinds, in order."""
        return [event for event in self.events if isinstance(event, kinds)]


class MemoryNotebook:
    """A notebook that forgets when the test ends."""

    def __init__(self) -> None:
        self.pages: dict[tuple[str, str], dict[str, str]] = {}

    async def read(self, community: str, page: str, name: str) -> str | None:
        return self.pages.get((community, page), {}).get(name)

    async def write(self, community: str, page: str, name: str, text: str) -> None:
        self.pages.setdefault((community, page), {})[name] = text

    async def leaf(self, community: str, page: str, limit: int = 50) -> list[tuple[str, str]]:
        return list(reversed(self.pages.get((community, page), {}).items()))[:limit]

    async def dated(self, community: str, page: str, limit: int = 50) -> list[tuple[str, str, datetime]]:
        return [(*entry, datetime.min.replace(tzinfo=UTC)) for entry in await self.leaf(community, page, limit)]

    async def tear(self, community: str, page: str, name: str | None = None) -> None:
        page_there = self.pages.get((community, page), {})
        for gone in [name] if name is not None else list(page_there):
            page_there.pop(gone, None)


def words(events: Iterable[Event]) -> list[str]:
    """What was asked."""
    return [event.words for event in events if isinstance(event, Asked)]
