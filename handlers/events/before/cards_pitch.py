"""How presenters look, to themselves and to whoever runs the event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.actions import pack
from bot.cards import Buttons, Card, Facts, Look, Piece, Text, TextInput, button
from bot.language import Reader
from bot.replies import Form
from handlers.events import actions as event_actions
from handlers.events.before import actions, desk_actions
from handlers.events.before import texts as before_texts
from handlers.events.before import texts_pitch as texts
from storage.events import Event
from storage.grouping import MINUTES_MAX, SLOTS_MAX, Slots
from storage.pitches import LINE_MAX, TITLE_MAX, Answer, Presenter

PAGE = 8
ROWS = 10  # facts a piece may hold
Errors = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """A presenter with the name that whoever reads may see."""

    who: Presenter
    name: str


# --- members -------------------------------------------------------------------------------------


def programme(reader: Reader, chosen: Sequence[Seen]) -> list[Piece]:
    """Who presents what, in their order."""
    lines = [
        (reader(texts.LINE_PLAIN, number=number, title=one.who.pitch.title), one.name or reader(texts.UNNAMED))
        for number, one in enumerate(chosen, 1)
    ]
    rows = [Facts(tuple(lines[start : start + ROWS])) for start in range(0, len(lines), ROWS)]
    return [Text(reader(texts.PROGRAMME), Look.HEADING), *rows]


def ask(reader: Reader, typed: actions.Pitched, errors: Errors | None = None) -> Form:
    """The form of whoever would present."""
    fields = (
        TextInput("title", reader(texts.WHAT_TITLE), typed.title, max_length=TITLE_MAX),
        TextInput("line", reader(texts.WHAT_LINE), typed.line, max_length=LINE_MAX, required=False),
    )
    submit = pack(actions.Pitched(event=typed.event))
    return Form(reader(texts.TITLE), submit, reader(texts.SEND), fields, (Text(reader(texts.WHAT)),), errors or {})


def stands(reader: Reader, one: Presenter, slots: Slots, order: Sequence[str]) -> str:
    """How it stands, for whoever asked."""
    if one.answer is Answer.YES and slots.published:
        place, count = reader.number(order.index(one.member) + 1), reader.number(len(order))
        return reader(texts.PLACE, place=place, count=count, minutes=slots.minutes)
    return reader(texts.STATES[one.answer], minutes=slots.minutes)


def mine(reader: Reader, event: Event, one: Presenter, said: str, *, summary: str, first: str = "") -> Card:
    """What a member would present, and how it stands."""
    pieces: list[Piece] = [*([Text(first)] if first else []), Text(one.pitch.title, Look.HEADING)]
    pieces += [Text(one.pitch.line)] if one.pitch.line else []
    back = actions.TakeBack(event=event.id)
    row = (
        button(reader(texts.CHANGE), actions.Pitch(event=event.id)),
        button(reader(texts.TAKE_BACK), back, Look.DANGER, reader(texts.TAKE_BACK_SURE)),
    )
    see = button(reader(before_texts.TO_EVENT), event_actions.See(event=event.id))
    pieces += [Text(said)] if said else []
    return Card(summary, (*pieces, Buttons((*(row if one.answer is not Answer.NO else ()), see))))


# --- the desk ------------------------------------------------------------------------------------


def section(reader: Reader, event: Event, slots: Slots | None, asked: int, given: int) -> list[Piece]:
    """Presenters, in short."""
    pieces: list[Piece] = [Text(reader(texts.PRESENTERS), Look.HEADING)]
    change = desk_actions.SetSlots(event=event.id)
    if slots is None:
        return [*pieces, Text(reader(texts.NONE)), Buttons((button(reader(texts.SET), change),))]
    told = before_texts.TOLD_YES if slots.published else before_texts.TOLD_NO
    facts = (
        (reader(texts.ASKED), reader.number(asked)),
        (reader(texts.GIVEN), reader(texts.OF, count=given, number=slots.number)),
        (reader(texts.MINUTES), reader.number(slots.minutes)),
        (reader(texts.STANDS), reader(told)),
    )
    see = button(reader(texts.SEE), desk_actions.Presenters(event=event.id), Look.PRIMARY)
    return [*pieces, Facts(facts), Buttons((see, button(reader(texts.SET_AGAIN), change)))]


def set_slots(reader: Reader, typed: desk_actions.SlotsSet, errors: Errors | None = None) -> Form:
    """The form of the slots."""
    number, minutes = (reader(texts.SET_HINT, min=1, max=most) for most in (SLOTS_MAX, MINUTES_MAX))
    fields = (
        TextInput("number", reader(texts.NUMBER), typed.number, number, max_length=5),
        TextInput("minutes", reader(texts.MINUTES), typed.minutes, minutes, max_length=5),
    )
    submit = pack(desk_actions.SlotsSet(event=typed.event))
    return Form(reader(texts.SET_TITLE), submit, reader(before_texts.SET_SEND), fields, errors=errors or {})


def _state(reader: Reader, one: Seen) -> str:
    return reader(texts.DESK_STATES[one.who.answer])


def listed(reader: Reader, event: Event, some: Sequence[Seen], start: int, said: str) -> Card:
    """Who would present: those with a slot first."""
    title = reader(texts.LIST, title=event.title(reader.language))
    pieces: list[Piece] = [Text(title, Look.HEADING), *([Text(said)] if said else [])]
    here = some[start : start + PAGE]
    row = []
    if here:
        facts = []
        for one in here:
            place, words = one.who.pitch.place, one.who.pitch.title
            label = reader(texts.LINE_PLAIN, number=place, title=words) if place else words
            name = one.name or reader(texts.UNSEEN)
            facts.append((label, reader(texts.ENTRY, name=name, state=_state(reader, one))))
            row.append(button(words, desk_actions.SeePitch(event=event.id, member=one.who.member)))
        if start + PAGE < len(some):
            row.append(button(reader(texts.MORE), desk_actions.Presenters(event=event.id, start=start + PAGE)))
        pieces += [Facts(tuple(facts)), Buttons(tuple(row))]
    else:
        pieces.append(Text(reader(texts.LIST_NONE)))
    tell = desk_actions.TellPresenters(event=event.id)
    buttons = (
        button(reader(texts.TELL), tell, Look.PRIMARY, reader(texts.TELL_SURE)),
        button(reader(before_texts.TO_BEFORE), desk_actions.Before(event=event.id)),
    )
    return Card(reader(texts.PRESENTERS), (*pieces, Buttons(buttons)))


def one_pitch(reader: Reader, event: Event, one: Seen, count: int, said: str) -> Card:
    """One of them, with what can be done.  `count`: how many have a slot."""
    pitch, answer = one.who.pitch, one.who.answer
    who = one.who.member
    facts = (
        (reader(texts.WHO), one.name or reader(texts.UNSEEN)),
        (reader(texts.ABOUT), pitch.line),
        (reader(texts.STATE), _state(reader, one)),
    )
    row = []
    if answer is not Answer.YES:
        row.append(button(reader(texts.GIVE), desk_actions.Decide(event=event.id, member=who), Look.PRIMARY))
    if answer is Answer.YES and pitch.place > 1:
        row.append(button(reader(texts.EARLIER), desk_actions.Order(event=event.id, member=who, by=-1)))
    if answer is Answer.YES and pitch.place < count:
        row.append(button(reader(texts.LATER), desk_actions.Order(event=event.id, member=who, by=1)))
    if answer is not Answer.NO:
        no = desk_actions.Decide(event=event.id, member=who, yes=False)
        row.append(button(reader(texts.DECLINE), no, Look.DANGER, reader(texts.DECLINE_SURE)))
    row.append(button(reader(texts.TO_LIST), desk_actions.Presenters(event=event.id)))
    title = reader(texts.LINE_PLAIN, number=pitch.place, title=pitch.title) if pitch.place else pitch.title
    pieces: list[Piece] = [*([Text(said)] if said else []), Text(title, Look.HEADING)]
    shown = Facts(tuple(fact for fact in facts if fact[1]))
    return Card(reader(texts.PRESENTERS), (*pieces, shown, Buttons(tuple(row))))
