"""How each answer is shown for each kind of event.

In the one-to-one chat:

| event   | Reply, Whisper, Home | Redraw            | Form                | Silence |
|---------|----------------------|-------------------|---------------------|---------|
| typed   | a message            | a message         | a message           | –       |
| pressed | a message; Home: in the card's place | in the card's place | in its place, until sent | a word |
| sent    | in the form's place  | in the form's place | in the form's place | a word |
| else    | a message            | a message         | –                   | –       |

In a shared room a Reply is a message of the room, and a Redraw of a card pressed there takes its place for everybody;
everything else goes to the one-to-one chat, since Teams has no message that only one person of a room sees, and the
room hears no more than that there is an answer.

A fleeting whisper is the card's new face for whoever pressed it, and nothing else: where that cannot be shown, a
sentence says so.

A dialog, which a button that opens a form opens, shows whatever is answered in itself, since its reader alone sees it;
a Redraw also takes the place of the card behind it, and a Reply to a room is a message there.

Only what the waiting client needs is done before it is answered; the rest is drawn afterwards, by tasks that `settled`
waits for.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

import structlog

from bot.address import Address
from bot.cards import Card, sentence
from bot.language import Msg, both
from bot.replies import Answer, Form, Home, Redraw, Reply, Silence, Whisper
from bot.teams import drawing, texts
from bot.teams.connection import Connection, Trouble, word
from bot.teams.drawing import Drawn
from bot.teams.reading import THREAD, Deed, Kind, Origin, Via

log = structlog.get_logger()

IN_TIME = 3.0  # seconds for a message that must come before a client is answered, which waits about five
OK, LATER = 200, 503
WORDS = "application/vnd.microsoft.activity.message"


@dataclass(frozen=True, slots=True)
class Answered:
    """What the request is answered with; `body` None is none."""

    status: int = OK
    body: Drawn | None = None


class Answering:
    """Shows answers over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._teams = connection
        self._drawing: set[asyncio.Task[None]] = set()

    async def settled(self) -> None:
        """Every answer so far has been drawn, or could not be."""
        while self._drawing:
            await asyncio.gather(*self._drawing)

    def later(self, drawn: Coroutine[Any, Any, object]) -> None:
        """Do it after the request has been answered."""
        task = asyncio.create_task(_logged(drawn))
        self._drawing.add(task)
        task.add_done_callback(self._drawing.discard)

    async def show(self, deed: Deed, answer: Answer) -> Answered:
        """Show an answer; what the request is to be answered with comes back."""
        origin = deed.origin
        if isinstance(answer, Silence):
            return _told(origin, texts.TAKEN)
        if origin.via is Via.DIALOG:
            return self._in_dialog(origin, answer)
        match deed.kind:
            case Kind.PRESSED if not origin.direct:
                return await self._pressed_in_room(origin, answer)
            case Kind.PRESSED:
                return self._pressed_in_chat(origin, answer)
            case Kind.SENT:
                return self._sent(origin, answer)
            case _:
                self.later(self._said(deed, answer))
                return Answered()

    async def failed(self, deed: Deed, said: Msg) -> Answered:
        """Nothing was done: say so in the reader's sight, keep what was typed, and let Teams repeat an event."""
        if deed.sent:
            return _dialog(drawing.message(drawing.again(both(said), dict(deed.sent)), both(said)))
        if deed.origin.via is not Via.NOTHING:
            return _told(deed.origin, said)
        if deed.kind is Kind.ELSE:
            return Answered(LATER)
        self.later(self._to_chat(deed.origin, _message(sentence(both(said)), None)))
        return Answered()

    # --- each kind of event

    async def _said(self, deed: Deed, answer: Answer) -> None:
        origin = deed.origin
        if origin.direct or deed.kind is Kind.ELSE:
            if not (deed.kind is Kind.ELSE and isinstance(answer, Form)):
                await self._to_chat(origin, _drawn(answer, None))
        elif isinstance(answer, Reply):
            await self._to_room(origin.where, origin, _drawn(answer, None))
        else:
            reached = await self._to_chat(origin, _drawn(answer, origin.where))
            note = sentence(both(texts.ANSWERED_IN_CHAT if reached else texts.NO_CHAT))
            await self._to_room(origin.where, origin, _message(note, None))

    async def _pressed_in_room(self, origin: Origin, answer: Answer) -> Answered:
        if (isinstance(answer, Redraw) and origin.card) or _is_fleeting(answer):
            return self._in_place(origin, answer)
        if isinstance(answer, Reply):
            self.later(self._to_room(origin.where, origin, _drawn(answer, None)))
            return _told(origin, texts.ANSWERED_BELOW)
        reached = False
        try:
            async with asyncio.timeout(IN_TIME):
                reached = await self._to_chat(origin, _drawn(answer, origin.where))
        except TimeoutError:
            log.warning("teams.not_shown", why="late")
        return _told(origin, texts.ANSWERED_IN_CHAT if reached else texts.NO_CHAT)

    def _pressed_in_chat(self, origin: Origin, answer: Answer) -> Answered:
        moved = origin.where if not origin.where.user else None
        if isinstance(answer, Reply) and moved:
            self.later(self._to_room(moved, origin, _drawn(answer, None)))
            return _told(origin, texts.ANSWERED_IN_ROOM)
        if isinstance(answer, Reply | Whisper) and not _is_fleeting(answer):
            self.later(self._to_chat(origin, _drawn(answer, moved)))
            return _told(origin, texts.ANSWERED_BELOW)
        return self._in_place(origin, answer)

    def _sent(self, origin: Origin, answer: Answer) -> Answered:
        moved = origin.where if not origin.where.user else None
        if isinstance(answer, Reply) and moved:
            self.later(self._to_room(moved, origin, _drawn(answer, None)))
            return self._in_place(origin, Redraw(sentence(both(texts.ANSWERED_IN_ROOM))))
        return self._in_place(origin, answer)

    def _in_dialog(self, origin: Origin, answer: Answer) -> Answered:
        moved = origin.where if not origin.where.user else None
        if isinstance(answer, Reply) and moved:
            self.later(self._to_room(moved, origin, _drawn(answer, None)))
            return _told(origin, texts.ANSWERED_IN_ROOM)
        message = _drawn(answer, moved if origin.direct else None)
        if isinstance(answer, Redraw) and origin.card:
            self.later(self._update(origin, message))
        return _dialog(message)

    # --- each way of showing

    def _in_place(self, origin: Origin, answer: Answer) -> Answered:
        """The card's new face for whoever pressed it at once, and for good by an update.

        A form is not for good: whoever does not send it finds the card as it was when they look again.
        """
        where = origin.where if origin.direct and not origin.where.user else None
        message = _drawn(answer, where)
        waiting = origin.via is Via.CARD
        if _is_fleeting(answer) and not waiting:
            self.later(self._to_chat(origin, _message(sentence(both(texts.NOT_KEPT)), None)))
        elif not origin.card:
            self.later(self._to_chat(origin, message))
        elif not (isinstance(answer, Form) and waiting) and not _is_fleeting(answer):
            self.later(self._update(origin, message))
        if not waiting:
            return Answered()
        return _invoked(drawing.CARD_TYPE, message["attachments"][0]["content"])

    async def _update(self, origin: Origin, message: Drawn) -> None:
        try:
            await self._teams.update(origin.service_url, origin.conversation, origin.card, message)
        except Trouble as trouble:
            log.warning("teams.not_shown", why=word(trouble))
            if origin.via is Via.NOTHING:
                await self._to_chat(origin, message)

    async def _to_chat(self, origin: Origin, message: Drawn) -> bool:
        """Only for their eyes.  Whether it could be sent."""
        try:
            chat = origin.conversation
            if not origin.direct:
                chat = await self._teams.open_chat(origin.service_url, origin.tenant, origin.user)
            await self._teams.send(origin.service_url, chat, message)
        except Trouble as trouble:
            log.warning("teams.not_shown", why=word(trouble))
            return False
        return True

    async def _to_room(self, room: Address, origin: Origin, message: Drawn) -> None:
        """Into the room, in its thread where there is one."""
        conversation = f"{room.room}{THREAD}{room.thread}" if room.thread else room.room
        try:
            await self._teams.send(origin.service_url, conversation, message)
        except Trouble as trouble:
            log.warning("teams.not_shown", why=word(trouble))


async def _logged(drawn: Coroutine[Any, Any, object]) -> None:
    try:
        await drawn
    except Exception as surprise:  # noqa: BLE001 - nobody waits for this task; its words might hold a card
        log.error("teams.not_shown", why=type(surprise).__name__)  # noqa: TRY400 - a traceback might hold a card


def _drawn(answer: Answer, where: Address | None) -> Drawn:
    match answer:
        case Reply(card) | Whisper(card) | Redraw(card) | Home(card):
            return _message(card, where)
        case Form():
            return drawing.message(drawing.form(answer, where), answer.title)
        case _:
            msg = f"{type(answer).__name__} has no card"
            raise TypeError(msg)


def _message(card: Card, where: Address | None) -> Drawn:
    return drawing.message(drawing.card(card, where), card.summary)


def _is_fleeting(answer: Answer) -> bool:
    return isinstance(answer, Whisper) and answer.fleeting


def _told(origin: Origin, said: Msg) -> Answered:
    """One sentence to whoever waits for an answer; the card stays as it is, with what was typed."""
    match origin.via:
        case Via.CARD:
            return _invoked(WORDS, both(said))
        case Via.DIALOG:
            return Answered(OK, {"task": {"type": "message", "value": both(said)}})
        case _:
            return Answered()


def _invoked(kind: str, value: Any) -> Answered:
    """learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#response-format."""
    return Answered(OK, {"statusCode": OK, "type": kind, "value": value})


def _dialog(message: Drawn) -> Answered:
    """learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/invoking-task-modules."""
    [attachment] = message["attachments"]
    shown = {**attachment, "content": drawing.for_dialog(attachment["content"])}
    dialog = {"title": message["summary"], "height": "large", "width": "medium", "card": shown}
    return Answered(OK, {"task": {"type": "continue", "value": dialog}})
