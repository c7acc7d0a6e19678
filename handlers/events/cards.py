"""How events look to members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Divider, Facts, Link, Look, Piece, Text, TextInput, button
from bot.language import Msg, Reader
from bot.replies import Form
from handlers.events import actions, calendar_actions, texts, texts_calendar, wording
from handlers.events.day import actions as day_actions
from handlers.events.day import rules as day_rules
from handlers.events.day import texts as day_texts
from storage.programme import Attendee, Details, Part
from storage.seating import Standing

PAGE = 8  # events of a list shown at once
TOGETHER = 3  # parts whose buttons stand on one card: the smallest card of a surface holds no more


@dataclass(frozen=True, slots=True)
class Mine:
    """How somebody stands in a part.  `place` counts from 1, of whoever waits; `until` is of a seat that is held."""

    state: Standing | None = None
    guests: int = 0
    place: int = 0
    until: datetime | None = None
    here: bool = False


NOWHERE = Mine()


@dataclass(frozen=True, slots=True)
class Facing:
    """An event as one reader, or a shared room, may see it.  Counts are numbers as they may be told."""

    id: str
    details: Details
    parts: Sequence[Part]
    now: datetime
    state: str = "announced"  # or "draft", "cancelled"
    taken: Mapping[str, str] = field(default_factory=dict)  # by part
    waiting: Mapping[str, str] = field(default_factory=dict)
    mine: Mapping[str, Mine] = field(default_factory=dict)
    organisers: Sequence[str] = ()
    answers: bool = True  # the last day to answer is not over
    shared: bool = False  # in a room: nobody's own standing, no link
    only: str = ""  # of many parts this one alone
    extra: Sequence[Piece] = ()  # what other parts of this folder add below

    @property
    def several(self) -> bool:
        """Whether its parts have to be told apart."""
        return len(self.parts) > 1

    @property
    def many(self) -> bool:
        """Whether the buttons of all parts would be too many for one card: each part has a card of its own."""
        return len(self.parts) > TOGETHER and not self.only

    def of(self, part: Part) -> Mine:
        """How the reader stands in a part."""
        return self.mine.get(part.id, NOWHERE)


def summary(reader: Reader, details: Details) -> str:
    """What a lock screen shows."""
    title = details.neutral or details.title
    found = title.get(reader.language) or next(iter(title.values()), "")
    return reader(texts.SUMMARY, title=found) if found else reader(texts.SUMMARY_PLAIN)


def event(reader: Reader, seen: Facing, said: str = "") -> Card:
    """One event."""
    details = seen.details
    pieces: list[Piece] = [Text(said)] if said else []
    pieces.append(Text(details.titled(reader.language), Look.HEADING))
    if seen.state == "cancelled":
        pieces.append(Text(reader(texts.CANCELLED)))
    about = details.about.get(reader.language) or next(iter(details.about.values()), "")
    if about:
        pieces.append(Text(about))
    for number, part in enumerate(seen.parts):
        if seen.only in {"", part.id}:
            pieces += _part(reader, seen, part, number)
    if terms := _terms(reader, seen):
        pieces += [Divider(), Facts(tuple(terms))]
    pieces += seen.extra
    row = [] if seen.shared else [button(reader(texts.WHO), actions.Who(event=seen.id))]
    if not seen.shared and seen.state != "draft" and max(part.ends_at for part in seen.parts) > seen.now:
        row.append(button(reader(texts_calendar.ADD), calendar_actions.ToCalendar(event=seen.id)))
    row.append(
        button(reader(texts.DETAILS), actions.See(event=seen.id, room=True))
        if seen.shared
        else button(reader(texts.BACK), actions.Mine())
    )
    if seen.only:
        row.append(button(reader(texts.ALL_PARTS), actions.See(event=seen.id)))
    pieces.append(Buttons(tuple(row)))
    if seen.shared:
        pieces.append(Text(reader(texts.ROOM_FOOT), Look.QUIET))
    return Card(summary(reader, details), tuple(pieces))


def _part(reader: Reader, seen: Facing, part: Part, number: int) -> list[Piece]:
    pieces: list[Piece] = [Divider(), Text(wording.name(reader, part, number), Look.HEADING)] if seen.several else []
    facts = [
        (reader(texts.WHEN), wording.when(reader, part)),
        (reader(texts.WHERE), wording.place(reader, part)),
        (reader(texts.SEATS), _seats(reader, seen, part)),
        (reader(texts.SEATS_KINDS), _shares(reader, part)),
    ]
    pieces.append(Facts(tuple(fact for fact in facts if fact[1])))
    stands = "" if seen.shared else standing(reader, seen.of(part))
    if stands:
        pieces.append(Text(stands))
    if seen.many:
        label = reader(texts.ANSWER_PART, part=wording.name(reader, part, number))
        see = actions.See(event=seen.id, part=part.id, room=seen.shared)
        row: list[Button | Link] = [button(label, see)] if part.starts_at > seen.now else []
    else:
        row = _row(reader, seen, part, number)
    if row:
        pieces.append(Buttons(tuple(row)))
    return pieces


def _seats(reader: Reader, seen: Facing, part: Part) -> str:
    taken, waiting = seen.taken.get(part.id, ""), seen.waiting.get(part.id, "")
    if part.capacity is None:
        return reader(texts.SEATS_ANY, taken=taken) if taken else ""
    seats = reader.number(part.capacity)
    if waiting:
        return reader(texts.SEATS_WAIT, taken=taken, seats=seats, waiting=waiting)
    return reader(texts.SEATS_OF, taken=taken or "0", seats=seats)


def _shares(reader: Reader, part: Part) -> str:
    return "\n".join(
        reader(texts.SEATS_KIND, kind=reader(wording.KINDS[kind]), count=reader.number(count))
        for kind, count in part.shares.items()
    )


def standing(reader: Reader, mine: Mine) -> str:
    """How the reader stands, in a sentence; "" for somebody who has not answered."""
    if mine.here:
        return reader(day_texts.HERE_NOTED)
    match mine.state:
        case Standing.GOING | Standing.CAME:
            return reader(texts.GOING_GUESTS, count=mine.guests) if mine.guests else reader(texts.GOING)
        case Standing.WAITING:
            return reader(texts.WAITING, place=reader.number(mine.place))
        case Standing.OFFERED:
            return reader(texts.HELD, until=reader.moment(mine.until) if mine.until else "")
        case Standing.CANNOT:
            return reader(texts.ABSENT)
        case _:
            return ""


def stands(reader: Reader, mine: Mine) -> str:
    """The same in a word or two, for a list."""
    match mine.state:
        case Standing.GOING | Standing.CAME:
            return reader(texts.SHORT_GOING)
        case Standing.WAITING:
            return reader(texts.SHORT_WAITING, place=reader.number(mine.place))
        case Standing.OFFERED:
            return reader(texts.SHORT_HELD)
        case _:
            return ""


def _row(reader: Reader, seen: Facing, part: Part, number: int) -> list[Button | Link]:
    """What can be pressed about a part: nothing once it has begun, but the link until it ends."""
    state, row = seen.of(part).state, list[Button | Link]()
    what = wording.name(reader, part, number)

    def label(alone: Msg, among: Msg) -> str:
        return reader(among, part=what) if seen.several else reader(alone)

    if seen.state != "announced" or part.ends_at <= seen.now:
        return row
    if day_rules.door(part, seen.now).lets_in and not (seen.shared or seen.of(part).here):
        here = day_actions.Arrive(event=seen.id, part=part.id)
        row.append(button(label(day_texts.HERE, day_texts.HERE_PART), here, Look.PRIMARY))
    if state in {Standing.GOING, Standing.CAME} and part.link and not seen.shared:
        row.append(Link(label(texts.OPEN_LINK, texts.OPEN_LINK_PART), part.link))
    if part.starts_at <= seen.now or (seen.details.cohort and state is None):  # fixed teams join all dates
        return row
    going = actions.Answer(event=seen.id, part=part.id, room=seen.shared)
    cannot = going.model_copy(update={"going": False})
    if state is Standing.OFFERED:
        claim = actions.Claim(event=seen.id, part=part.id)
        row.append(button(reader(texts.CLAIM), claim, Look.PRIMARY))
        row.append(button(reader(texts.PASS), claim.model_copy(update={"yes": False})))
        return row
    if seen.answers and state in {None, Standing.CANNOT}:
        row.append(button(label(texts.GO, texts.GO_PART), going, Look.PRIMARY))
    if seen.answers and seen.details.guests and not seen.details.cohort:
        bring = actions.Guests(event=seen.id, part=part.id, room=seen.shared)
        row.append(button(label(texts.BRING, texts.BRING_PART), bring))
    if state is not Standing.CANNOT:
        row.append(button(label(texts.CANNOT, texts.CANNOT_PART), cannot))
    return row


def _terms(reader: Reader, seen: Facing) -> list[tuple[str, str]]:
    """What holds for the whole."""
    details, language = seen.details, reader.language
    facts = [
        (reader(texts.LANGUAGE), wording.spoken(reader, details.languages)),
        (reader(texts.ACCESS), details.access.get(language) or next(iter(details.access.values()), "")),
        (reader(texts.CAPTIONS), details.captions.get(language) or next(iter(details.captions.values()), "")),
        (reader(texts.FOR_WHOM), wording.kinds(reader, details.kinds) if details.kinds else ""),
        (reader(texts.GUESTS_MAX), reader(texts.GUESTS_MANY, count=details.guests) if details.guests else ""),
        (reader(texts.DEADLINE), deadline(reader, details, seen.parts)),
        (reader(texts.ORGANISERS), ", ".join(filter(None, seen.organisers))),
    ]
    return [fact for fact in facts if fact[1]]


def deadline(reader: Reader, details: Details, parts: Sequence[Part]) -> str:
    """Until when to answer: the end of a day in the event's zone."""
    if details.deadline is None or not parts:
        return ""
    first = min(parts, key=lambda part: part.starts_at)
    return reader(
        texts.DEADLINE_DAY,
        day=reader.full_day(details.deadline),
        zone=wording.zone(first.zone, reader.language),
    )


# --- lists ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """An event in a list: its title, when, and how the reader stands."""

    event: str
    title: str
    when: str
    stands: str = ""


def labelled(some: Sequence[tuple[str, str]]) -> list[str]:
    """What a button of each is called: the title, and of a series also when."""
    titles = [title for title, _ in some]
    return [title if titles.count(title) == 1 else f"{title} · {when}" for title, when in some]


def lines(reader: Reader, some: Sequence[Line], *more: Button) -> list[Piece]:
    """Each with its button."""
    facts = tuple(
        (one.title, reader(texts.LINE, when=one.when, stands=one.stands) if one.stands else one.when) for one in some
    )
    labels = labelled([(one.title, one.when) for one in some])
    row = tuple(button(label, actions.See(event=one.event)) for label, one in zip(labels, some, strict=True))
    return [Facts(facts), Buttons((*row, *more))]


def listing(reader: Reader, mine: Sequence[Line], coming: Sequence[Line], more: Sequence[Button] = ()) -> Card:
    """Where the reader is coming, and what else there is."""
    title = reader(texts.TITLE)
    pieces: list[Piece] = [Text(title, Look.HEADING)]
    if mine:
        pieces += [Text(reader(texts.MINE_TITLE), Look.HEADING), *lines(reader, mine)]
    if coming:
        pieces += [Text(reader(texts.COMING_TITLE), Look.HEADING), *lines(reader, coming)]
    if not mine and not coming:
        pieces.append(Text(reader(texts.NONE)))
    past = button(reader(texts.PAST_TITLE), actions.Mine(past=True))
    row = (*more, past, button(reader(texts.SEARCH), actions.Search()))
    follow = button(reader(texts_calendar.TITLE), calendar_actions.Follow())
    return Card(title, (*pieces, Buttons((*row, follow))))


def past(reader: Reader, found: Sequence[Line], start: int, *, words: str = "") -> Card:
    """Those that are over, or that were found, from number `start` on."""
    title = reader(texts.FOUND_TITLE, words=words) if words else reader(texts.PAST_TITLE)
    here = found[start : start + PAGE]
    none = reader(texts.FOUND_NONE, words=words) if words else reader(texts.PAST_NONE)
    pieces: list[Piece] = [Text(title, Look.HEADING), *(lines(reader, here) if here else [Text(none)])]
    row = [button(reader(texts.SEARCH), actions.Search())]
    if len(found) > start + PAGE and not words:
        row.append(button(reader(texts.MORE), actions.Mine(past=True, start=start + PAGE)))
    return Card(reader(texts.PAST_TITLE), (*pieces, Buttons((*row, button(reader(texts.BACK), actions.Mine())))))


def search(reader: Reader, typed: actions.Searched, errors: Mapping[str, str] | None = None) -> Form:
    """The form that searches."""
    fields = (TextInput("words", reader(texts.SEARCH_LABEL), typed.words, max_length=100),)
    return Form(reader(texts.SEARCH), pack(actions.Searched()), reader(texts.SEARCH_SEND), fields, errors=errors or {})


# --- guests, kinds, who comes --------------------------------------------------------------------


def guests(reader: Reader, typed: actions.Guested, most: int, errors: Mapping[str, str] | None = None) -> Form:
    """The form that asks how many come along."""
    hint = reader(texts.GUESTS_HINT, max=most)
    fields = (TextInput("guests", reader(texts.GUESTS_LABEL), typed.guests, hint, max_length=3),)
    submit = pack(actions.Guested(event=typed.event, part=typed.part, room=typed.room))
    return Form(reader(texts.GUESTS_TITLE), submit, reader(texts.GUESTS_SEND), fields, errors=errors or {})


def which_kind(reader: Reader, wish: actions.Answer) -> Card:
    """Asks once as whom somebody comes, where seats are set aside for some."""
    words = reader(texts.KIND_ASKED)
    row = tuple(
        button(reader(texts.KIND_I_AM[kind]), actions.AsKind(event=wish.event, part=wish.part, kind=kind), Look.PRIMARY)
        for kind in Attendee
    )
    return Card(words, (Text(words), Buttons(row), Text(reader(texts.KIND_WHY), Look.QUIET)))


def who(reader: Reader, event_id: str, names: Sequence[tuple[str, Sequence[str], str]]) -> Card:
    """Who is coming: of each part its name, the names that may be seen, and how many others, in words."""
    title = reader(texts.WHO_TITLE)
    pieces: list[Piece] = [Text(title, Look.HEADING)]
    for part, seen, others in names:
        pieces += [Text(part, Look.HEADING)] if part else []
        pieces.append(Text("\n".join(seen) if seen else reader(texts.WHO_NOBODY)))
        if others:
            pieces.append(Text(reader(texts.WHO_OTHERS, count=others)))
    pieces.append(Text(reader(texts.WHO_FOOT), Look.QUIET))
    return Card(title, (*pieces, Buttons((button(reader(texts.DETAILS), actions.See(event=event_id)),))))
