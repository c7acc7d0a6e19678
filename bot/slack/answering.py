"""How each answer is shown for each kind of event.

| event       | Reply         | Whisper         | Redraw        | Home    | Form      | Silence |
|-------------|---------------|-----------------|---------------|---------|-----------|---------|
| command     | in the room   | ephemeral       | ephemeral     | ephem.  | window    | –       |
| message     | in the room   | ephemeral       | that message  | ephem.  | window    | –       |
| home button | window        | window          | App Home      | App Home| window    | –       |
| window      | in the room   | that window     | that window   | window  | window    | –       |
| form sent   | where the form was opened: a message, the App Home, a command; a form stays in its window |
| said        | chat          | chat            | chat          | chat    | a button  | –       |
| home opened | App Home      | App Home        | App Home      | App Home| a hint    | –       |
| else        | room or chat  | chat            | chat          | chat    | a hint    | –       |

A fleeting whisper that answers a press or a form stands in a window, wherever that was: no message holds it.

What must come before Slack's three seconds are over (the answer to a command, a window) is done at once; the rest is
drawn after the acknowledgement, by tasks that `settled` waits for.
"""

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any

import structlog
from slack_bolt.response import BoltResponse

from bot.cards import Buttons, Card, Text, button, sentence
from bot.events import Said
from bot.language import Msg, both
from bot.replies import Answer, Form, Home, Redraw, Reply, Silence, Whisper
from bot.slack import drawing, texts
from bot.slack.connection import WINDOW, Connection, Trouble, word
from bot.slack.drawing import Drawn
from bot.slack.reading import Again, Deed, Kind, Origin

log = structlog.get_logger()

CLOSED = 500  # Slack sends an event again after this


def ack(body: Drawn | None = None) -> BoltResponse:
    """Taken; `body` is what Slack is to show."""
    return BoltResponse(status=200, body=body if body is not None else "")


class Later:
    """What is drawn after the acknowledgement."""

    def __init__(self) -> None:
        self._drawing: set[asyncio.Task[None]] = set()

    def draw(self, drawn: Coroutine[Any, Any, None]) -> None:
        """Begin to; nobody waits."""
        task = asyncio.create_task(_logged(drawn))
        self._drawing.add(task)
        task.add_done_callback(self._drawing.discard)

    async def settled(self) -> None:
        """Every answer so far has been drawn, or could not be."""
        while self._drawing:
            await asyncio.gather(*self._drawing)


class Answering:
    """Shows answers over one connection."""

    def __init__(self, connection: Connection, later: Later) -> None:
        self._slack = connection
        self._later = later.draw

    async def show(self, deed: Deed, answer: Answer) -> BoltResponse:
        """Show an answer; what Slack is to hear at once comes back."""
        if isinstance(answer, Silence):
            return ack()
        match deed.kind:
            case Kind.COMMAND:
                return await self._command(deed.origin, answer)
            case Kind.MESSAGE | Kind.HOME | Kind.MODAL:
                return await self._press(deed.kind, deed.origin, answer)
            case Kind.SENT:
                return await self._sent(deed, answer)
            case _:
                self._later(self._event(deed, answer))
                return ack()

    async def failed(self, deed: Deed, said: Msg) -> BoltResponse:
        """Nothing was done: say so in the reader's sight, keep what was typed, and let Slack repeat an event."""
        card, origin = sentence(both(said)), deed.origin
        match deed.kind:
            case Kind.COMMAND:
                return ack({"response_type": "ephemeral", **drawing.message(card)})
            case Kind.SENT if deed.blocks:
                return ack({"response_action": "errors", "errors": {deed.blocks[0]: both(said)}})
            case Kind.SENT:
                return ack({"response_action": "push", "view": drawing.window(card, origin.keep())})
            case Kind.MESSAGE:
                self._later(self._whisper(origin, card))
            case Kind.HOME:
                await self._open(origin, drawing.window(card, origin.keep()))
            case Kind.MODAL:
                view = drawing.window(card, origin.keep())
                await self._in_time(self._slack.api.views_push(trigger_id=origin.trigger, view=view))
            case _:
                return BoltResponse(status=CLOSED)
        return ack()

    # --- each kind of event

    async def _command(self, origin: Origin, answer: Answer) -> BoltResponse:
        if isinstance(answer, Form):
            if await self._open(origin, drawing.form(answer, origin.keep(answer.submit))):
                return ack()
            return ack({"response_type": "ephemeral", **drawing.message(sentence(both(texts.LATE)))})
        seen_by = "in_channel" if isinstance(answer, Reply) else "ephemeral"
        return ack({"response_type": seen_by, **drawing.message(_card(answer))})

    async def _press(self, kind: Kind, origin: Origin, answer: Answer) -> BoltResponse:
        if kind is Kind.MODAL and not (isinstance(answer, Reply) and origin.channel):
            view = _view(answer, origin)
            await self._in_time(self._slack.api.views_update(view_id=origin.view, view=view))
        elif isinstance(answer, Form):
            if not await self._open(origin, drawing.form(answer, origin.keep(answer.submit))):
                self._later(self._whisper(origin, sentence(both(texts.LATE))))
        elif (kind is Kind.HOME and isinstance(answer, Whisper | Reply)) or _is_fleeting(answer):
            if not await self._open(origin, _view(answer, origin)):
                self._later(self._whisper(origin, sentence(both(texts.LATE))))
        else:
            self._later(self._draw(origin, answer))
        return ack()

    async def _sent(self, deed: Deed, answer: Answer) -> BoltResponse:
        origin = deed.origin
        if isinstance(answer, Form):
            if answer.errors and set(answer.errors) <= set(deed.blocks):
                return ack({"response_action": "errors", "errors": dict(answer.errors)})
            return ack({"response_action": "update", "view": _view(answer, origin)})
        if _is_fleeting(answer) or (origin.home and isinstance(answer, Whisper | Reply)):  # the App Home has no room
            return ack({"response_action": "update", "view": _view(answer, origin)})
        self._later(self._draw(origin, answer))
        return ack()

    async def _event(self, deed: Deed, answer: Answer) -> None:
        origin = deed.origin
        if isinstance(answer, Form):
            card = _asked_again(deed, answer)
            await self._post(origin.channel if deed.kind is Kind.SAID else origin.user, card)
        elif deed.kind is Kind.HOME_OPENED:
            await self._publish(origin, _card(answer))
        elif deed.kind is Kind.SAID or (isinstance(answer, Reply) and origin.channel):
            await self._post(origin.channel, _card(answer), origin.thread)
        else:
            await self._post(origin.user, _card(answer))

    # --- each way of showing

    async def _draw(self, origin: Origin, answer: Answer) -> None:
        """After a press or a form: where it came from."""
        card = _card(answer)
        if origin.home and not isinstance(answer, Whisper | Reply):
            await self._publish(origin, card)
        elif isinstance(answer, Redraw) and origin.ts:
            if not await self._redraw(origin, card):
                await self._whisper(origin, card)
        elif isinstance(answer, Reply) and origin.channel:
            if not await self._post(origin.channel, card, origin.thread):
                said = {"response_type": "in_channel", "replace_original": False, **drawing.message(card)}
                if not await self._slack.respond(origin.response_url, said):
                    await self._whisper(origin, card)
        else:
            await self._whisper(origin, card)

    async def _redraw(self, origin: Origin, card: Card) -> bool:
        drawn = drawing.message(card)
        if not origin.ephemeral:
            call = self._slack.api.chat_update(channel=origin.channel, ts=origin.ts, **drawn)
            if await self._slack.tried(call):
                return True
        return await self._slack.respond(origin.response_url, {"replace_original": True, **drawn})

    async def _whisper(self, origin: Origin, card: Card) -> None:
        """Only for their eyes: an ephemeral message; where none can be shown, the one-to-one chat."""
        drawn = drawing.message(card)
        if origin.channel and not origin.direct:
            call = self._slack.api.chat_postEphemeral(
                channel=origin.channel, user=origin.user, thread_ts=origin.thread or None, **drawn
            )
            if await self._slack.tried(call):
                return
        said = {"response_type": "ephemeral", "replace_original": False, **drawn}
        if not await self._slack.respond(origin.response_url, said):
            await self._post(origin.user, card)

    async def _post(self, channel: str, card: Card, thread: str = "") -> bool:
        call = self._slack.api.chat_postMessage(
            channel=channel,
            thread_ts=thread or None,
            unfurl_links=False,
            unfurl_media=False,
            **drawing.message(card),
        )
        return await self._slack.tried(call)

    async def _publish(self, origin: Origin, card: Card) -> None:
        await self._slack.tried(self._slack.api.views_publish(user_id=origin.user, view=drawing.home(card)))

    async def _open(self, origin: Origin, view: Drawn) -> bool:
        return await self._in_time(self._slack.api.views_open(trigger_id=origin.trigger, view=view))

    async def _in_time(self, call: Awaitable[object]) -> bool:
        try:
            async with asyncio.timeout(WINDOW):
                await call
        except Trouble as trouble:
            log.warning("slack.no_window", why=word(trouble))
            return False
        return True


async def _logged(drawn: Coroutine[Any, Any, None]) -> None:
    try:
        await drawn
    except Exception as surprise:  # noqa: BLE001 - nobody waits for this task; its words might hold a card
        log.error("slack.not_shown", why=type(surprise).__name__)  # noqa: TRY400 - a traceback might hold a card


def _card(answer: Answer) -> Card:
    match answer:
        case Reply(card) | Whisper(card) | Redraw(card) | Home(card):
            return card
        case _:
            msg = f"{type(answer).__name__} has no card"
            raise TypeError(msg)


def _is_fleeting(answer: Answer) -> bool:
    return isinstance(answer, Whisper) and answer.fleeting


def _view(answer: Answer, origin: Origin) -> Drawn:
    if isinstance(answer, Form):
        return drawing.form(answer, origin.keep(answer.submit))
    return drawing.window(_card(answer), origin.keep())


def _asked_again(deed: Deed, asked: Form) -> Card:
    """A form where no window can be opened: a button that says the same again, or a hint."""
    hint = Text(both(texts.FORM_NEEDS_COMMAND))
    if isinstance(deed.event, Said):
        try:
            again = Buttons((button(both(texts.OPEN_FORM), Again(text=deed.event.text)),))
        except ValueError:  # too long for a button
            return Card(asked.title, (Text(asked.title), hint))
        return Card(asked.title, (Text(asked.title), Text(both(texts.FORM_NEEDS_BUTTON)), again))
    return Card(asked.title, (Text(asked.title), hint))
