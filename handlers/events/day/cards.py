"""How the day of an event looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Choices, Divider, Facts, Link, Look, Piece, Text, TextInput, button
from bot.codes import spelled
from bot.language import Reader
from bot.replies import Form
from handlers.events import desk_actions, texts_after, texts_desk, wording
from handlers.events.cards import TOGETHER
from handlers.events.day import actions, rules, texts
from storage.arrivals import LENGTH
from storage.attendance import STRANGERS_MAX
from storage.events import Event
from storage.programme import Part

PAGE = 90  # names of a list: no surface shows more than a hundred


def what(reader: Reader, event: Event, part: Part) -> str:
    """An event, and of several parts which."""
    title = event.title(reader.language)
    return f"{title} · {wording.name(reader, part, event.parts.index(part))}" if len(event.parts) > 1 else title


# --- members -------------------------------------------------------------------------------------


def asks(reader: Reader, event: Event, part: Part) -> Card:
    """Whether whoever typed the code is there."""
    here = button(reader(texts.HERE), actions.Arrive(event=event.id, part=part.id), Look.PRIMARY)
    said = reader(texts.FOUND, what=what(reader, event, part))
    return Card(reader(texts.DOOR), (Text(said), Buttons((here,))))


def enter(reader: Reader, typed: actions.CodeEntered, errors: Mapping[str, str] | None = None) -> Form:
    """The form that asks for a code."""
    field = TextInput("code", reader(texts.ENTER_LABEL), typed.code, reader(texts.ENTER_HINT), max_length=LENGTH * 3)
    submit = pack(actions.CodeEntered())
    return Form(reader(texts.ENTER), submit, reader(texts.ENTER_SEND), (field,), errors=errors or {})


# --- whoever runs it -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One part at the door; numbers as they may be told.  `left` and `named` are how many names a list would have."""

    part: Part
    door: rules.Door
    code: str
    here: str
    seats: str
    strangers: int
    left: int = 0
    named: int = 0


def door(
    reader: Reader, event: Event, counted: Sequence[Counted], *, said: str = "", only: str = "", page: str = ""
) -> Card:
    """Who is there, in numbers, and what can be noted.  `page`: the address of the same for the door."""
    title = reader(texts.DOOR_OF, title=event.title(reader.language))
    pieces: list[Piece] = [Text(title, Look.HEADING), *([Text(said)] if said else [])]
    for one in counted:
        if only in {"", one.part.id}:
            pieces += _part(reader, event, one, lone=bool(only) or len(counted) <= TOGETHER)
    row: list[Button | Link] = [button(reader(texts.LOOK), actions.Door(event=event.id, part=only))]
    if page:
        row.append(Link(reader(texts.SHEET), page))
    if only:
        row.append(button(reader(texts.DOOR), actions.Door(event=event.id)))
    row.append(button(reader(texts_desk.BACK_EVENT), desk_actions.Run(event=event.id)))
    return Card(reader(texts.DOOR), (*pieces, Buttons(tuple(row)), Text(reader(texts.DOOR_FOOT), Look.QUIET)))


def _part(reader: Reader, event: Event, one: Counted, *, lone: bool) -> list[Piece]:
    """One part; of many parts the buttons stand on cards of their own."""
    name = wording.name(reader, one.part, event.parts.index(one.part))
    pieces: list[Piece] = [Divider(), Text(name, Look.HEADING)] if len(event.parts) > 1 else []
    pieces.append(Facts(tuple(_facts(reader, one))))
    if not lone:
        see = actions.Door(event=event.id, part=one.part.id)
        return [*pieces, Buttons((button(reader(texts.DOOR_PART, part=name), see),))]
    row = _buttons(reader, event.id, one)
    return [*pieces, Buttons(row)] if row else pieces


def _facts(reader: Reader, one: Counted) -> list[tuple[str, str]]:
    state = reader(texts.DOOR_STATES[one.door], when=reader.moment(rules.opens_at(one.part)))
    seats = one.seats
    if one.part.capacity is not None:
        seats = f"{one.seats} / {reader.number(one.part.capacity)}"
    return [
        (reader(texts.DOOR_HERE), one.here),
        (reader(texts.DOOR_STRANGERS), reader.number(one.strangers)),
        (reader(texts.DOOR_SEATS), seats),
        (reader(texts.DOOR_CODE), spelled(one.code)),
        (reader(texts.DOOR_STATE), state),
    ]


def _buttons(reader: Reader, event_id: str, one: Counted) -> tuple[Button, ...]:
    event, part, row = event_id, one.part.id, []
    for start in range(0, one.left, PAGE):
        label = reader(texts.TICK_FROM, number=start + 1) if start else reader(texts.TICK)
        row.append(
            button(label, actions.Tick(event=event, part=part, start=start), Look.PLAIN if start else Look.PRIMARY)
        )
    row.append(button(reader(texts.STRANGER), actions.Stranger(event=event, part=part)))
    row.append(button(reader(texts.STRANGERS), actions.Strangers(event=event, part=part)))
    if one.named:
        row.append(button(reader(texts.BACK), actions.Tick(event=event, part=part, back=True)))
    if one.door in {rules.Door.BEGUN, rules.Door.OVER}:
        everybody, sure = actions.Everybody(event=event, part=part), reader(texts.EVERYBODY_SURE)
        row.append(button(reader(texts.EVERYBODY), everybody, confirm=sure))
    return tuple(row[:10])


def tick(reader: Reader, wish: actions.Ticked, names: Sequence[tuple[str, str]]) -> Form:
    """The list, as (id, name)."""
    title, who = (texts.BACK_TITLE, texts.BACK_WHO) if wish.back else (texts.TICK_TITLE, texts.TICK_WHO)
    field = Choices("who", reader(who), tuple(names), (), reader(texts.TICK_HINT), required=False)
    submit = pack(wish.model_copy(update={"who": ()}))
    send = texts.BACK_SEND if wish.back else texts.TICK_SEND
    return Form(reader(title), submit, reader(send), (field,))


def strangers(reader: Reader, typed: actions.StrangersTyped, errors: Mapping[str, str] | None = None) -> Form:
    """The form that asks for a number."""
    hint = reader(texts_after.CONFIRM_STRANGERS_HINT, max=STRANGERS_MAX)
    field = TextInput("number", reader(texts.STRANGERS_LABEL), typed.number, hint, max_length=5)
    submit = pack(actions.StrangersTyped(event=typed.event, part=typed.part))
    return Form(reader(texts.STRANGERS), submit, reader(texts.STRANGERS_SEND), (field,), errors=errors or {})


def which(reader: Reader, some: Sequence[tuple[str, str]]) -> Card:
    """Of several events, as (id, title), the one that is meant."""
    row = tuple(button(title, actions.Door(event=event)) for event, title in some)
    return Card(reader(texts.DOOR), (Text(reader(texts.DOOR_WHICH)), Buttons(row)))
