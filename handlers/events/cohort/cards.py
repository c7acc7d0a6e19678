"""How a series for fixed teams looks to members."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Choice, Facts, Look, Piece, Text, button
from bot.language import Reader
from bot.replies import Form
from handlers.events import actions as event_actions
from handlers.events import cards, wording
from handlers.events import texts as event_texts
from handlers.events.before import circle
from handlers.events.cohort import actions, texts
from handlers.events.cohort.crew import Crew
from handlers.events.cohort.seen import comes
from storage.cohorting import Place, Stage, Swap
from storage.events import Event, State
from storage.people import Member, People
from storage.programme import Attendee, Part
from storage.seating import Standing
from storage.seats import Seats, Stand
from storage.standins import MARK, StandIns
from storage.team_seats import Cohort

PAGE = 8  # buttons of dates on one card


@dataclass(frozen=True)
class Own:
    """A series as one member sees it."""

    crew: Crew
    member: Member
    place: Place | None
    stands: dict[str, Stand]  # by event
    asked: Sequence[tuple[bytes, Swap]] = ()

    @property
    def reader(self) -> Reader:
        """Whoever reads."""
        return self.member.reader

    @property
    def is_in(self) -> bool:
        """Whether they are in it."""
        return self.place is not None and self.place.state is Stage.IN

    def part(self, event: Event) -> Part:
        """Their part of a date; the first one while it is not known."""
        if event.id in self.stands:
            return self.stands[event.id].part
        return (Cohort.part(event, self.place) if self.is_in and self.place else None) or event.first


def own(crew: Crew, member: Member) -> Own:
    """What this member sees."""
    stands: dict[str, Stand] = {}
    for one in Seats(crew.work, crew.here.id).standing(member.id, crew.found.dates):
        old = stands.get(one.event.id)
        if old is None or not old.state.holds:
            stands[one.event.id] = one
    place = crew.place(member.id)
    place = place if place and place.state is not Stage.GONE else None
    asked = StandIns(crew.work, crew.here.id).asking(crew.found, member.id) if place else ()
    return Own(crew, member, place, stands, asked)


# --- the whole of it -----------------------------------------------------------------------------


def series(seen: Own, said: str = "") -> Card:
    """All dates, and what can be done."""
    reader, found = seen.reader, seen.crew.found
    title = found.details.titled(reader.language)
    pieces: list[Piece] = [Text(said)] if said else []
    pieces += [Text(title, Look.HEADING), Text(standing(seen) or reader(texts.WHAT))]
    pieces.append(Facts(tuple(fact for fact in _facts(seen) if fact[1])))
    for tag, swap in seen.asked:
        pieces += asks(seen, tag, swap)
    if found.is_over:
        pieces += goes_on(seen)
    elif row := _row(seen):
        pieces.append(Buttons(tuple(row)))
    if seen.is_in and found.coming:
        days = [
            button(reader.day(seen.part(one).starts_local.date()), actions.OneDate(event=one.id))
            for one in found.coming[:PAGE]
        ]
        pieces.append(Buttons(tuple(days)))
    pieces.append(Buttons((button(reader(event_texts.BACK), event_actions.Mine()),)))
    return Card(cards.summary(reader, found.details), tuple(pieces))


def standing(seen: Own) -> str:
    """How somebody stands, in a sentence; "" for nowhere."""
    reader, place = seen.reader, seen.place
    if place is None:
        return ""
    match place.state:
        case Stage.OFFERED:
            return reader(texts.OFFERED, until=reader.moment(place.until) if place.until else "")
        case Stage.WAITING:
            line = seen.crew.found.roll.line().index(seen.crew.tag(seen.member.id)) + 1
            return reader(texts.WAITING, place=reader.number(line))
        case _:
            return reader(texts.YOU_IN_TEAM, number=place.told) if place.told else reader(texts.YOU_IN)


def _facts(seen: Own) -> list[tuple[str, str]]:
    reader, found, crew = seen.reader, seen.crew.found, seen.crew
    terms, waits = found.terms, crew.count(crew.waiting())
    taken, all_ = crew.count(crew.of(found.roll.held())), reader.number(terms.teams * terms.places)
    words = texts.TAKEN_OF if waits == "0" else texts.TAKEN_WAIT
    several = any(len(one.parts) > 1 for one in found.dates)
    days = [reader(texts.DAYS)] if several and not (seen.is_in and seen.place and seen.place.told) else []
    until = reader(texts.UNTIL_FIRST)
    if terms.until:
        zone = wording.zone(found.dates[0].zone, reader.language)
        until = reader(event_texts.DEADLINE_DAY, day=reader.full_day(terms.until), zone=zone)
    facts = [
        (reader(texts.DATES), "\n".join([*(_line(seen, one) for one in found.dates), *days])),
        (reader(texts.TEAMS), reader(texts.TEAMS_OF, count=terms.teams, places=reader.number(terms.places))),
        (reader(texts.TAKEN), reader(words, taken=taken, all=all_, waiting=waits)),
        (reader(texts.UNTIL), until if found.joins_until > crew.work.now else ""),
    ]
    if seen.is_in and seen.place and seen.place.told:
        mates = crew.team(seen.place.told, told=True)
        facts.append((reader(texts.MEMBERS), circle.named(crew.work, crew.here, mates, seen.member)))
    return facts


def _line(seen: Own, event: Event) -> str:
    """One date, of several parts one's own or all, with weekday and zone, and how one stands."""
    reader = seen.reader
    known = seen.is_in and seen.place is not None and seen.place.told
    parts = [seen.part(event)] if known or event.id in seen.stands or len(event.parts) == 1 else list(event.parts)
    when = "\n".join(wording.clocks(reader, part)[0] for part in parts)
    stands = _stands(seen, event)
    return reader(texts.LINE, when=when, stands=reader(texts.STANDS[stands])) if stands else when


def _stands(seen: Own, event: Event) -> str:
    if event.state is State.CANCELLED:
        return "off"
    stand = seen.stands.get(event.id)
    if stand is None:
        return "over" if event.ends_at <= seen.crew.work.now else ""
    if stand.here:
        return "came"
    if stand.state is Standing.GOING and event.ends_at <= seen.crew.work.now:
        return "missed"
    return str(stand.state) if str(stand.state) in texts.STANDS else ""


def _row(seen: Own) -> list[Button]:
    reader, found = seen.reader, seen.crew.found
    if seen.place is None:
        joins = found.coming and found.joins_until > seen.crew.work.now
        return [button(reader(texts.JOIN), actions.Join(series=found.id), Look.PRIMARY)] if joins else []
    leave = actions.Leave(series=found.id)
    match seen.place.state:
        case Stage.WAITING:
            return [button(reader(texts.WAIT_NO_MORE), leave)]
        case Stage.OFFERED:
            claim = actions.Claim(series=found.id)
            passes = claim.model_copy(update={"yes": False})
            return [button(reader(texts.TAKE), claim, Look.PRIMARY), button(reader(texts.PASS), passes)]
        case _:
            return [button(reader(texts.LEAVE), leave, Look.DANGER, reader(texts.LEAVE_SURE))]


def which_kind(reader: Reader, series_id: str, kinds: Iterable[Attendee]) -> Card:
    """As whom they come, before they join."""
    row = [button(reader(wording.KINDS[one]), actions.Join(series=series_id, kind=str(one))) for one in kinds]
    return Card(reader(texts.AS_WHOM), (Text(reader(texts.AS_WHOM)), Buttons(tuple(row))))


def not_for(reader: Reader, kinds: Iterable[Attendee]) -> str:
    """For whom it is."""
    return reader(event_texts.NOT_FOR_YOU, who=wording.kinds(reader, kinds))


def listed(reader: Reader, some: Sequence[Own]) -> Card:
    """Several series, or none."""
    title = reader(texts.ABOUT)
    if not some:
        return Card(title, (Text(reader(texts.NONE_YET)),))
    found = [one.crew.found for one in some]
    begins = [reader.day(one.dates[0].first.starts_local.date()) for one in found]
    labels = [(one.details.titled(reader.language), day) for one, day in zip(found, begins, strict=True)]
    row = [
        button(label, actions.Series(series=one.id)) for label, one in zip(cards.labelled(labels), found, strict=True)
    ]
    return Card(title, (Text(title, Look.HEADING), Buttons(tuple(row[:PAGE]))))


# --- one date ------------------------------------------------------------------------------------


def date(seen: Own, event: Event, said: str = "") -> Card:
    """One date, for somebody who is in it."""
    reader, crew, part = seen.reader, seen.crew, seen.part(event)
    day = reader.full_day(part.starts_local.date())
    title = reader(texts.ONE, title=crew.found.details.titled(reader.language), day=day)
    pieces: list[Piece] = [*([Text(said)] if said else []), Text(title, Look.HEADING)]
    stands = _stands(seen, event)
    pieces.append(Text(_line(seen, event)))
    if come := comes(crew, event, seen.place, reader):
        pieces.append(Text(come))
    open_ = event.state is State.ANNOUNCED and part.starts_at > crew.work.now
    row = _date_row(seen, event, part, stands) if open_ else []
    swap = StandIns(crew.work, crew.here.id).asked(crew.found, crew.tag(seen.member.id))
    if swap and swap.event == event.id:
        pieces.append(Text(reader(texts.ASKED_OPEN, until=reader.moment(swap.until)), Look.QUIET))
    elif open_ and len(event.parts) > 1 and StandIns(crew.work, crew.here.id).sits(crew.found, event, seen.member.id):
        row.append(button(reader(texts.ASK), actions.AskSwap(event=event.id)))
    back = button(reader(texts.TO_SERIES), actions.Series(series=crew.found.id))
    return Card(cards.summary(reader, crew.found.details), (*pieces, Buttons((*row, back))))


def _date_row(seen: Own, event: Event, part: Part, stands: str) -> list[Button]:
    reader, away = seen.reader, actions.Away(event=event.id)
    if stands in {"going", "waiting"}:
        return [button(reader(texts.AWAY), away)]
    row = [button(reader(texts.BACK), away.model_copy(update={"back": True}))]
    lent = seen.place is not None and part.id in seen.place.lent
    if stands == "cannot" and not lent:
        row.append(button(reader(texts.LEND), actions.Lend(event=event.id), Look.PLAIN, reader(texts.LEND_SURE)))
    return row


def ask(reader: Reader, event_id: str, people: Sequence[tuple[str, str]]) -> Form:
    """With whom to change dates."""
    fields = (Choice("member", reader(texts.ASK_WHO), tuple(people)),)
    intro = (Text(reader(texts.ASK_WHAT)),)
    submit = pack(actions.SwapAsked(event=event_id))
    return Form(reader(texts.ASK_TITLE), submit, reader(texts.ASK_SEND), fields, intro)


def asks(seen: Own, tag: bytes, swap: Swap) -> list[Piece]:
    """Somebody's question, with both ways to answer it."""
    reader, crew = seen.reader, seen.crew
    event = next((one for one in crew.found.coming if one.id == swap.event), None)
    mine, theirs = (event.part(one) if event else None for one in (swap.mine, swap.theirs))
    who = crew.people.get(tag)
    if mine is None or theirs is None or who is None:
        return []
    name = People(crew.work, crew.here.id).names([who.id], seen.member).get(who.id) or reader(texts.SOMEBODY)
    # `theirs` is the reader's own part in the eyes of whoever asked
    times = {"theirs": wording.clocks(reader, theirs)[0], "mine": wording.clocks(reader, mine)[0]}
    answer = actions.Swap(series=crew.found.id, asker=tag.hex()[:MARK])
    row = (
        button(reader(texts.SWAP_YES), answer, Look.PRIMARY),
        button(reader(texts.SWAP_NO), answer.model_copy(update={"yes": False})),
    )
    return [Text(reader(texts.ASKS, name=name, **times)), Buttons(row)]


# --- towards the end -----------------------------------------------------------------------------


def fine(reader: Reader, found: Cohort) -> Card:
    """Two dates went by: three ways."""
    said = reader(texts.FINE, title=found.details.titled(reader.language))
    row = (
        button(reader(texts.STAY), actions.Fine(series=found.id), Look.PRIMARY),
        button(reader(texts.REST), actions.Fine(series=found.id, rest=True)),
        button(reader(texts.LEAVE), actions.Leave(series=found.id), Look.PLAIN, reader(texts.LEAVE_SURE)),
    )
    quiet = Text(reader(texts.FINE_WHAT), Look.QUIET)
    return Card(cards.summary(reader, found.details), (Text(said), Buttons(row), quiet))


def goes_on(seen: Own) -> list[Piece]:
    """Whether they would go on."""
    if not seen.is_in or seen.place is None or not seen.crew.found.held:
        return [Text(seen.reader(texts.OVER))]
    reader, yes = seen.reader, actions.GoOn(series=seen.crew.found.id)
    pieces: list[Piece] = [Text(reader(texts.ON_ASK))]
    pieces += [Text(reader(texts.ON_MINE), Look.QUIET)] if seen.place.goes_on else []
    row = (
        button(reader(texts.ON_YES), yes, Look.PRIMARY),
        button(reader(texts.ON_NO), yes.model_copy(update={"yes": False})),
    )
    return [*pieces, Buttons(row)]


def end(seen: Own, kept: Sequence[Piece]) -> Card:
    """The closing note; `kept`: what is kept of the last date."""
    reader, found = seen.reader, seen.crew.found
    said = reader(texts.END, title=found.details.titled(reader.language))
    see = button(reader(texts.TO_SERIES), actions.Series(series=found.id))
    return Card(cards.summary(reader, found.details), (Text(said), *kept, *goes_on(seen), Buttons((see,))))
