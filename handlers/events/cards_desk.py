"""How events look to whoever runs them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.cards import Button, Buttons, Card, Divider, Facts, Link, Look, Piece, Text, button
from bot.language import Reader
from handlers.events import (
    after_actions,
    cards,
    desk_actions,
    repeating,
    texts,
    texts_after,
    texts_desk,
    typed,
    wording,
)
from handlers.events.asking import desk_actions as asking_actions
from handlers.events.asking import texts_desk as asking_texts
from handlers.events.before import desk_actions as before_actions
from handlers.events.before import texts as before_texts
from handlers.events.cards import Facing
from handlers.events.cohort import desk_actions as cohort_actions
from handlers.events.cohort import texts as cohort_said
from handlers.events.cohort import texts_desk as cohort_texts
from handlers.events.day import actions as day_actions
from handlers.events.day import sheet_texts
from handlers.events.day import texts as day_texts
from handlers.events.meeting import desk_actions as meeting_actions
from handlers.events.meeting import texts_desk as meeting_texts
from storage.events import Event, State
from storage.ideas import Idea
from storage.programme import Part, Waitlist

PAGE = 8  # events or ideas on a page
PARTS = 6  # of an event: so many fit one card of every surface


@dataclass(frozen=True, slots=True)
class Line:
    """An event in the list."""

    event: str
    title: str
    state: str
    when: str


def page(reader: Reader, some: Sequence[Line], wish: desk_actions.Desk, *, all_of: bool, ideas: int, said: str) -> Card:
    """The list.  `all_of`: everybody's, not only one's own; `ideas`: how many wait."""
    title = reader(texts_desk.PAST if wish.past else texts_desk.TITLE)
    pieces: list[Piece] = [Text(title, Look.HEADING), *([Text(said)] if said else [])]
    here = some[max(0, wish.start) : max(0, wish.start) + PAGE]
    if here:
        told = tuple((one.title, reader(texts_desk.LINE, state=one.state, when=one.when)) for one in here)
        labels = cards.labelled([(one.title, one.when) for one in here])
        row = tuple(button(label, desk_actions.Run(event=one.event)) for label, one in zip(labels, here, strict=True))
        pieces += [Facts(told), Buttons(row)]
    else:
        pieces.append(Text(reader(texts_desk.NONE if all_of else texts_desk.NONE_YOURS)))
    buttons = [button(reader(texts_desk.NEW), desk_actions.New(), Look.PRIMARY)]
    if ideas:
        buttons.append(button(reader(texts_desk.IDEAS), desk_actions.Ideas()))
    if len(some) > max(0, wish.start) + PAGE:
        more = wish.model_copy(update={"start": max(0, wish.start) + PAGE})
        buttons.append(button(reader(texts.MORE), more))
    if wish.past and all_of:
        buttons.append(button(reader(texts_after.NUMBERS), after_actions.Numbers()))
    other = texts_desk.COMING if wish.past else texts_desk.PAST
    buttons.append(button(reader(other), desk_actions.Desk(past=not wish.past)))
    pieces += [Buttons(tuple(buttons)), Text(reader(texts_desk.WHAT), Look.QUIET)]
    return Card(title, tuple(pieces))


def ideas(reader: Reader, waiting: Sequence[Idea]) -> Card:
    """What an event could be made of."""
    title = reader(texts_desk.IDEAS_TITLE)
    pieces: list[Piece] = [Text(title, Look.HEADING)]
    if not waiting:
        pieces.append(Text(reader(texts_desk.IDEAS_NONE)))
    for one in waiting[:PAGE]:
        take = button(reader(texts_desk.IDEA), desk_actions.New(idea=one.id), Look.PRIMARY)
        pieces += [Text(one.words, Look.QUOTE), Buttons((take,))]
    return Card(title, (*pieces, Buttons((button(reader(texts_desk.BACK), desk_actions.Desk()),))))


# --- one event -----------------------------------------------------------------------------------


def event(reader: Reader, found: Event, seen: Facing, *, said: str, dates: int, own: bool, asked: bool = False) -> Card:
    """One event, with everything that can be done.  `dates`: of its series; `own`: whoever reads organises it.

    `asked`: questions can be, or could be, asked without a name.
    """
    over = found.ends_at <= seen.now
    state = "over" if over and found.state is State.ANNOUNCED else str(found.state)
    pieces: list[Piece] = [Text(found.title(reader.language), Look.HEADING), *([Text(said)] if said else [])]
    pieces.append(Facts(tuple(_facts(reader, found, seen, state))))
    if dates > 1:
        pieces.append(Text(reader(texts_desk.SERIES_OF, count=dates), Look.QUIET))
    changes = found.state is not State.CANCELLED and not over
    for number, part in enumerate(found.parts):
        pieces += _part(reader, found, seen, part, number, changes=changes)
    pieces.append(Divider())
    if changes:
        pieces += [Buttons(_forward(reader, found)), Buttons(_changing(reader, found))]
    pieces.append(Buttons(_ending(reader, found, changes=changes, own=own, asked=asked)))
    return Card(reader(texts_desk.TITLE), tuple(pieces))


def _facts(reader: Reader, found: Event, seen: Facing, state: str) -> list[tuple[str, str]]:
    details = found.details
    purposes = ", ".join(
        reader(texts_desk.PURPOSE_WORDS[one]) for one in details.purposes if one in texts_desk.PURPOSE_WORDS
    )
    facts = [
        (reader(texts_desk.STATE), reader(texts_desk.STATES[state])),
        (reader(texts.LANGUAGE), wording.spoken(reader, details.languages)),
        (reader(texts.FOR_WHOM), wording.kinds(reader, details.kinds)),
        (reader(texts_desk.PURPOSES), purposes),
        (reader(texts.DEADLINE), cards.deadline(reader, details, found.parts)),
        (reader(texts.GUESTS_MAX), reader(texts.GUESTS_MANY, count=details.guests) if details.guests else ""),
        (reader(texts_desk.WAITLIST_SHORT), reader(texts_desk.WAITLISTS[details.waitlist])),
        (reader(texts.REPEATS), reader(texts.RHYTHMS[repeating.rhythm_of(details.rule)]) if details.rule else ""),
        (reader(cohort_texts.BUTTON), _teams(reader, found)),
        (reader(texts.ORGANISERS), ", ".join(seen.organisers)),
    ]
    unsaid = details.waitlist is Waitlist.AUTOMATIC and not any(part.capacity for part in found.parts)
    if unsaid or details.cohort:  # a place in a fixed team is always kept for a day
        facts = [fact for fact in facts if fact[0] != reader(texts_desk.WAITLIST_SHORT)]
    return [fact for fact in facts if fact[1]]


def _teams(reader: Reader, found: Event) -> str:
    terms = found.details.cohort
    return reader(cohort_said.TEAMS_OF, count=terms.teams, places=reader.number(terms.places)) if terms else ""


def _part(reader: Reader, found: Event, seen: Facing, part: Part, number: int, *, changes: bool) -> list[Piece]:
    lone = len(found.parts) == 1 and not part.words
    name = reader(texts_desk.LONE) if lone else wording.name(reader, part, number)
    facts = [fact for fact in part_facts(reader, part) if not seen.many or fact[0] in _few(reader)]
    if found.state is not State.DRAFT:
        facts.append((reader(texts_desk.GOING), seen.taken.get(part.id, "")))
        facts.append((reader(texts_desk.WAITING), seen.waiting.get(part.id, "")))
    pieces: list[Piece] = [Divider(), Text(name, Look.HEADING), Facts(tuple(fact for fact in facts if fact[1]))]
    if changes and seen.many:
        run = desk_actions.Run(event=found.id, part=part.id)
        pieces.append(Buttons((button(reader(texts_desk.CHANGE_PART, part=name), run),)))
    elif changes:
        change = desk_actions.Part(event=found.id, part=part.id)
        row = [button(reader(texts_desk.CHANGE_PART, part=name), change)]
        if len(found.parts) > 1 and not found.teams_know_parts:
            drop = desk_actions.DropPart(event=found.id, part=part.id)
            sure = reader(texts_desk.DROP_SURE)
            row.append(button(reader(texts_desk.DROP_PART, part=name), drop, Look.DANGER, sure))
        pieces.append(Buttons(tuple(row)))
    return pieces


def _few(reader: Reader) -> set[str]:
    """What is told of a part that has a card of its own."""
    return {reader(texts.WHEN), reader(texts_desk.CAPACITY)}


def one_part(reader: Reader, found: Event, seen: Facing, part_id: str) -> Card:
    """One of many parts, with what can be done about it."""
    number, part = next((number, one) for number, one in enumerate(found.parts) if one.id == part_id)
    pieces = _part(reader, found, replace(seen, only=part_id), part, number, changes=True)
    title = Text(found.title(reader.language), Look.HEADING)
    return Card(reader(texts_desk.TITLE), (title, *pieces, Buttons((_back(reader, found.id),))))


def part_facts(reader: Reader, part: Part) -> list[tuple[str, str]]:
    """When, where and for how many, as whoever runs it sees it."""
    seats = reader.number(part.capacity) if part.capacity else ""
    shares = "\n".join(
        reader(texts.SEATS_KIND, kind=reader(wording.KINDS[kind]), count=reader.number(count))
        for kind, count in part.shares.items()
    )
    return [
        (reader(texts.WHEN), wording.when(reader, part)),
        (reader(texts.WHERE), part.where(reader.language)),
        (reader(texts_desk.LINK), part.link),
        (reader(texts_desk.CAPACITY), seats),
        (reader(texts.SEATS_KINDS), shares),
    ]


def _forward(reader: Reader, found: Event) -> tuple[Button, ...]:
    draft = found.state is State.DRAFT
    label = texts_desk.ANNOUNCE_BUTTON if draft else texts_desk.ANNOUNCE_MORE
    return (
        button(reader(label), desk_actions.Announce(event=found.id), Look.PRIMARY if draft else Look.PLAIN),
        button(reader(texts_desk.PREVIEW_BUTTON), desk_actions.Preview(event=found.id)),
    )


def _changing(reader: Reader, found: Event) -> tuple[Button, ...]:
    row = [button(reader(texts_desk.WORDS_BUTTON), desk_actions.Word(event=found.id))]
    if len(found.parts) < PARTS and not found.teams_know_parts:
        row.append(button(reader(texts_desk.ADD_PART), desk_actions.Part(event=found.id)))
    row.append(button(reader(texts_desk.RULES_BUTTON), desk_actions.Rules(event=found.id)))
    if found.state is State.DRAFT:
        row.append(button(reader(texts_desk.REPEAT_BUTTON), desk_actions.Repeat(event=found.id)))
        row.append(button(reader(cohort_texts.BUTTON), cohort_actions.Plan(event=found.id)))
        if found.details.cohort:
            row.append(button(reader(cohort_texts.DROP), cohort_actions.DropPlan(event=found.id)))
    row.append(button(reader(texts_desk.ORGANISE_BUTTON), desk_actions.Organise(event=found.id)))
    row.append(button(reader(before_texts.BEFORE), before_actions.Before(event=found.id)))
    return tuple(row)


def _ending(reader: Reader, found: Event, *, changes: bool, own: bool, asked: bool) -> tuple[Button, ...]:
    row = []
    if found.state is State.ANNOUNCED and not changes:
        row.append(button(reader(texts_after.BUTTON), after_actions.After(event=found.id), Look.PRIMARY))
    if found.state is State.ANNOUNCED:
        row.append(button(reader(day_texts.DOOR), day_actions.Door(event=found.id)))
        row.append(button(reader(sheet_texts.SHEET), day_actions.RunSheet(event=found.id)))
    if asked and found.state is State.ANNOUNCED:
        row.append(button(reader(asking_texts.TITLE), asking_actions.Moderate(event=found.id)))
    if found.state is not State.CANCELLED:
        row.append(button(reader(meeting_texts.MEETING), meeting_actions.Meeting(event=found.id)))
    if found.details.cohort and found.series:
        row.append(button(reader(cohort_texts.BUTTON), cohort_actions.Teams(event=found.id)))
    if own and found.state is not State.DRAFT:
        row.append(button(reader(texts_desk.EXPORT_BUTTON), desk_actions.Export(event=found.id)))
    if found.state is State.DRAFT:
        discard = desk_actions.Discard(event=found.id)
        row.append(button(reader(texts_desk.DISCARD_BUTTON), discard, Look.DANGER, reader(texts_desk.DISCARD_SURE)))
    elif changes:
        row.append(button(reader(texts_desk.CANCEL_BUTTON), desk_actions.Cancel(event=found.id), Look.DANGER))
    return (*row, button(reader(texts_desk.BACK), desk_actions.Desk()))


def _back(reader: Reader, event_id: str) -> Button:
    return button(reader(texts_desk.BACK_EVENT), desk_actions.Run(event=event_id))


# --- looking before anything is kept -------------------------------------------------------------


def check_part(reader: Reader, wish: desk_actions.Parted, part: Part, titles: str, hears: int) -> Card:
    """What was read of a part."""
    length = round((part.ends_at - part.starts_at).total_seconds() / 60)
    facts = [
        (reader(texts_desk.WORD_TITLE), titles),
        (reader(texts_desk.PART_NAME), part.name(reader.language)),
        *part_facts(reader, part),
        (reader(texts_desk.LASTS), reader(texts_desk.MINUTES, count=length)),
    ]
    same = wish.model_dump(exclude={"starts", "ends", "zone"})
    iso = {name: getattr(part, f"{name}_local").strftime(typed.ISO) for name in ("starts", "ends")}
    keep = desk_actions.KeepPart(**same, **iso, zone=part.zone)
    redo = desk_actions.RedoPart(**same, **iso, zone=part.zone)
    return _check(reader, facts, keep, redo, hears)


def _check(
    reader: Reader,
    facts: Sequence[tuple[str, str]],
    keep: desk_actions.Parted | desk_actions.Ruled | desk_actions.Repeated,
    redo: desk_actions.Parted | desk_actions.Ruled | desk_actions.Repeated,
    hears: int = 0,
) -> Card:
    title = reader(texts_desk.CHECK_TITLE)
    pieces: list[Piece] = [Text(title, Look.HEADING), Text(reader(texts_desk.CHECK_PART))]
    pieces.append(Facts(tuple(fact for fact in facts if fact[1])))
    if hears:
        pieces.append(Text(reader(texts_desk.CHECK_TELLS, count=hears)))
    row = (button(reader(texts_desk.KEEP), keep, Look.PRIMARY), button(reader(texts_desk.REDO), redo))
    return Card(title, (*pieces, Buttons(row)))


def check_rules(reader: Reader, wish: desk_actions.Ruled, found: Event, until: str, iso: str) -> Card:
    """What was read of the last day."""
    same = {**wish.model_dump(), "deadline": iso}
    facts = [(reader(texts_desk.WORD_TITLE), found.title(reader.language)), (reader(texts_desk.CHECK_DEADLINE), until)]
    return _check(reader, facts, desk_actions.KeepRules(**same), desk_actions.RedoRules(**same))


def check_repeat(reader: Reader, wish: desk_actions.Repeated, found: Event, dates: Sequence[datetime]) -> Card:
    """The dates of a series."""
    shown = [f"{reader.full_day(one.date())} {one:%H:%M}" for one in dates[: repeating.SHOWN]]
    left = len(dates) - len(shown)
    if left > 0:
        shown.append(reader(texts_desk.CHECK_MORE, count=left))
    facts = [
        (reader(texts_desk.WORD_TITLE), found.title(reader.language)),
        (reader(texts_desk.CHECK_DATES, count=len(dates)), "\n".join(shown)),
        (reader(texts_desk.ZONE), wording.zone(found.zone, reader.language)),
    ]
    same = wish.model_dump()
    return _check(reader, facts, desk_actions.KeepRepeat(**same), desk_actions.RedoRepeat(**same))


def asks_drop(reader: Reader, wish: desk_actions.DropPart, seats: int) -> Card:
    """A part that people are going to."""
    words = reader(texts_desk.PART_HAS, count=seats)
    sure = wish.model_copy(update={"sure": True})
    row = (button(reader(texts_desk.PART_DROP), sure, Look.DANGER), _back(reader, wish.event))
    return Card(reader(texts_desk.TITLE), (Text(words), Buttons(row)))


# --- others' eyes, announcing, cancelling, the list ----------------------------------------------


def preview(reader: Reader, event_id: str, eyes: str, zone: str, seen: Card) -> Card:
    """The card as somebody else sees it; its buttons are named, and cannot be pressed."""
    said = {
        name: reader(words, zone=wording.zone(zone, reader.language)) if name == "zone" else reader(words)
        for name, words in texts_desk.EYES.items()
    }
    pieces: list[Piece] = [Text(reader(texts_desk.PREVIEW_OF, eyes=said[eyes]), Look.QUIET), Divider()]
    if eyes == "lock":
        pieces += [Text(reader(texts_desk.LOCK_SHOWS)), Text(seen.summary, Look.QUOTE)]
    else:
        for piece in seen.pieces:
            pieces.append(_named(reader, piece) if isinstance(piece, Buttons) else piece)
    others = tuple(
        button(words, desk_actions.Preview(event=event_id, eyes=name)) for name, words in said.items() if name != eyes
    )
    return Card(
        reader(texts_desk.PREVIEW_TITLE), (*pieces, Divider(), Buttons(others), Buttons((_back(reader, event_id),)))
    )


def _named(reader: Reader, row: Buttons) -> Text:
    labels = " / ".join(one.label for one in row.buttons)
    return Text(reader(texts_desk.PREVIEW_BUTTONS, labels=labels), Look.QUIET)


def effect(reader: Reader, wish: desk_actions.Announced, where: str, facts: Sequence[tuple[str, str]]) -> Card:
    """What announcing leads to."""
    title = reader(texts_desk.EFFECT_TITLE)
    shown = ((reader(texts_desk.EFFECT_WHERE), where), *facts)
    pieces: list[Piece] = [Text(title, Look.HEADING), Facts(shown)]
    if not wish.nudge:
        pieces.append(Text(reader(texts_desk.EFFECT_NO_NUDGE)))
    publish = desk_actions.Publish(event=wish.event, channel=wish.channel, nudge=wish.nudge)
    row = (button(reader(texts_desk.PUBLISH), publish, Look.PRIMARY), _back(reader, wish.event))
    return Card(title, (*pieces, Buttons(row)))


def cancel(reader: Reader, found: Event, going: str, waiting: str, *, series: bool) -> Card:
    """Who would hear that it does not take place."""
    title = reader(texts_desk.CANCEL_TITLE, title=found.title(reader.language))
    facts = ((reader(texts_desk.CANCEL_GOING), going), (reader(texts_desk.CANCEL_WAITING), waiting))
    pieces: list[Piece] = [Text(title, Look.HEADING), Text(reader(texts_desk.CANCEL_HEARS)), Facts(facts)]
    yes = desk_actions.Cancelled(event=found.id)
    row = [button(reader(texts_desk.CANCEL_YES), yes, Look.DANGER)]
    if series:
        pieces.append(Text(reader(texts_desk.CANCEL_SERIES), Look.QUIET))
        every = yes.model_copy(update={"scope": "all"})
        row.append(button(reader(texts_desk.CANCEL_ALL), every, Look.DANGER, reader(texts_desk.CANCEL_ALL_SURE)))
    return Card(reader(texts_desk.CANCEL_BUTTON), (*pieces, Buttons((*row, _back(reader, found.id)))))


def export(reader: Reader, event_id: str, links: Sequence[tuple[str, str]]) -> Card:
    """Links that open once."""
    title = reader(texts_desk.EXPORT_TITLE)
    row: tuple[Button | Link, ...] = (*(Link(label, url) for label, url in links), _back(reader, event_id))
    return Card(title, (Text(title, Look.HEADING), Text(reader(texts_desk.EXPORT_WHAT)), Buttons(row)))
