"""Declare who answers what, and find it.  No I/O, and no idea of what a turn is."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypedDict, TypeVar, Unpack

from bot.actions import Action
from bot.events import Asked, Event, Pressed, Submitted
from bot.language import Sentence
from bot.replies import Answer

T = TypeVar("T")
A = TypeVar("A", bound=Action)
E = TypeVar("E", bound=Event)
D = TypeVar("D")
Handler = Callable[[T, D], Answer]
Declare = Callable[[Handler[T, D]], Handler[T, D]]


@dataclass(frozen=True, slots=True)
class Command:
    """One word after `/enishi` or `/enishi-admin`, with its other spellings and one line of help."""

    word: str
    summary: Sentence
    also: tuple[str, ...] = ()
    admin: bool = False
    hint: str = ""  # what may follow the word
    opens_form: bool = False  # alone, without anything that follows, it is answered with a form

    @property
    def words(self) -> tuple[str, ...]:
        """Every spelling, as compared."""
        return tuple(plain(word) for word in (self.word, *self.also))

    def spelled(self, language: str) -> str:
        """The word one would type in this language: the first Japanese spelling there is, or the English word."""
        japanese = [word for word in self.also if not word.isascii()]
        return japanese[0] if language == "ja" and japanese else self.word


class Flags(TypedDict, total=False):
    """Whom a route is for, and what it leaves behind."""

    untraced: bool  # no row but what the handler writes: no seen row, no activity, no log line, since any could link
    strangers: bool  # also for somebody who has an account there but has not joined
    desk: bool  # for the secretariat alone; commands of `/enishi-admin` always are
    supporters: bool  # of what is for the desk: also for supporters
    area: str  # of what is for the desk: the part of its work that must be theirs


@dataclass(frozen=True, slots=True)
class Route(Generic[T]):
    """Who answers: `answer(turn, detail)`, the detail being the action, the rest of the words, or the event."""

    answer: Callable[[T, Any], Answer]
    untraced: bool = False
    strangers: bool = False
    desk: bool = False
    supporters: bool = False
    area: str = ""


class Conflict(ValueError):
    """Two features claim the same thing."""


def plain(words: str) -> str:
    """Words as compared: full-width letters and spaces, case and surrounding blanks make no difference."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


class Router(Generic[T]):
    """A table of routes.  Features fill one each; `merged` joins them and refuses a second claim."""

    def __init__(self) -> None:
        self.commands: list[Command] = []
        self.actions: dict[str, type[Action]] = {}
        self._routes: dict[object, Route[T]] = {}

    @property
    def hears(self) -> frozenset[type[Event]]:
        """The kinds of event somebody listens to, besides commands, buttons and forms."""
        return frozenset(key for key in self._routes if isinstance(key, type) and issubclass(key, Event))

    def asked(self, command: Command, **flags: Unpack[Flags]) -> Declare[T, str]:
        """Answers a command; the handler gets the words after it."""
        self.commands.append(command)
        flags.setdefault("desk", command.admin)
        return self._declare([(command.admin, word) for word in command.words], flags)

    def otherwise(self, *, admin: bool = False, **flags: Unpack[Flags]) -> Declare[T, str]:
        """Answers words that are no command; the handler gets all of them."""
        flags.setdefault("desk", admin)
        return self._declare([(admin, None)], flags)

    def pressed(self, action: type[A], **flags: Unpack[Flags]) -> Declare[T, A]:
        """Answers a button."""
        self._know(action)
        return self._declare([(Pressed, action.name)], flags)

    def submitted(self, form: type[A], **flags: Unpack[Flags]) -> Declare[T, A]:
        """Answers a form."""
        self._know(form)
        return self._declare([(Submitted, form.name)], flags)

    def on(self, event: type[E], **flags: Unpack[Flags]) -> Declare[T, E]:
        """Answers a kind of event that is neither command, button nor form."""
        return self._declare([event], flags)

    def _declare(self, keys: list[object], flags: Flags) -> Callable[[Any], Any]:
        def declare(answer: Callable[[T, Any], Answer]) -> Callable[[T, Any], Answer]:
            for key in keys:
                self._claim(key, Route(answer, **flags))
            return answer

        return declare

    def _know(self, action: type[Action]) -> None:
        if self.actions.setdefault(action.name, action) is not action:
            msg = f"two actions are called {action.name}"
            raise Conflict(msg)

    def _claim(self, key: object, route: Route[T]) -> None:
        if key in self._routes:
            msg = f"{key} is claimed twice: {self._routes[key].answer.__module__} and {route.answer.__module__}"
            raise Conflict(msg)
        self._routes[key] = route

    @classmethod
    def merged(cls, routers: Iterable["Router[T]"]) -> "Router[T]":
        """All routes in one table.  Raises Conflict when two routers claim the same thing."""
        whole: Router[T] = cls()
        for router in routers:
            whole.commands += router.commands
            for action in router.actions.values():
                whole._know(action)
            for key, route in router._routes.items():  # noqa: SLF001 - the same class
                whole._claim(key, route)
        return whole

    def match(self, event: Event) -> tuple[Route[T], Any] | None:
        """The route for an event and the detail it wants, or None when nobody answers."""
        if isinstance(event, Asked):
            first, rest = first_word(event.words)
            if route := self._routes.get((event.admin, first)):
                return route, rest
            route = self._routes.get((event.admin, None))
            return (route, event.words) if route else None
        if isinstance(event, Pressed | Submitted):
            route = self._routes.get((type(event), event.action.name))
            return (route, event.action) if route else None
        route = self._routes.get(type(event))
        return (route, event) if route else None


def first_word(words: str) -> tuple[str, str]:
    """The first word as compared, and the rest as typed."""
    head, *rest = words.split(maxsplit=1) or [""]  # str.split knows the full-width space
    return plain(head), rest[0].strip() if rest else ""


_US = "enishi"
_DESK = frozenset({"enishi-admin", "admin", "事務局"})


def addressed(line: str) -> tuple[bool, str]:
    """A line written to us where a platform has no slash commands: whether it is for the desk, and the words.

    A leading `enishi` makes no difference, and `enishi-admin`, `admin` or `事務局` asks for the desk, each with or
    without a slash: `enishi admin checkin` is `/enishi-admin checkin`.
    """
    first, rest = first_word(line)
    if first.removeprefix("/") == _US:
        line = rest
        first, rest = first_word(line)
    if first.removeprefix("/") in _DESK:
        return True, rest
    return False, line.strip()
