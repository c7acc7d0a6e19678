"""What hidden members are told about events: by messages that no row tells of, sent once and forgotten.

What happened waits as an aside of the event (`storage/asides.py`) or as what is owed to a seat; whom it is for is
reckoned here, when it is told.  Only what they asked for is told so; nothing that we start is, since the budget could
not be kept without writing down to whom.  On the portal nothing is left behind either: there the home page says it.
"""

from collections.abc import Collection, Iterable, Sequence

from bot.cards import Card
from bot.surface import Parcel
from handlers.events import after, facing, nudges, rules, telling, texts
from handlers.events.before import told as before
from handlers.events.cohort import told as cohort
from handlers.events.exchange import told as exchange
from storage import asides, ids
from storage.asides import Aside, Asides
from storage.discretion import hushed
from storage.errands import Polite
from storage.events import Event, State
from storage.people import Member, People
from storage.places import Moved
from storage.presets import Level
from storage.seats import Seats
from storage.work import Work


def quiet(work: Work, _: Polite) -> Sequence[Parcel]:
    """Everything that is to be told in passing, in every community; they asked for all of it."""
    parcels = [parcel for one in _together(asides.take_everywhere(work)) for parcel in _told(work, one)]
    for community in asides.owing_everywhere(work):
        owed = Seats(work, community).owed()
        telling.moved(work, community, [one for one in owed if not one.hidden])
        parcels += [parcel for one in owed if one.hidden for parcel in _seat(work, community, one)]
    return parcels


_NEWS = {before.GROUPED: before.hidden, exchange.WANTS: exchange.hidden, cohort.COHORT: cohort.tell}


def _together(found: Iterable[Aside]) -> list[Aside]:
    """Several changes of one event are told as one."""
    changed: dict[tuple[str, str], set[str]] = {}
    others: list[Aside] = []
    for one in found:
        word, _, what = one.what.partition(":")
        if word == telling.CHANGED:
            changed.setdefault((one.community, one.event), set()).update(what.split("+"))
        else:
            others.append(one)
    return others + [
        Aside(community, event_id, f"{telling.CHANGED}:{'+'.join(sorted(what))}")
        for (community, event_id), what in changed.items()
    ]


def _told(work: Work, aside: Aside) -> list[Parcel]:
    found = facing.get(work, aside.community, aside.event)
    if found is None:
        return []
    word, _, rest = aside.what.partition(":")
    if word in rules.REMINDERS:
        return _parcels(work, _reminders(work, found, aside, word, rest))
    if word == rules.AFTERWARDS:
        return _parcels(work, after.organisers_cards(work, aside.community, found, hidden=True))
    if word in _NEWS:
        return _parcels(work, _NEWS[word](work, aside.community, found))
    if word in {telling.CHANGED, telling.CANCELLED}:
        return _parcels(work, _changes(work, found, aside, rest.split("+") if rest else ()))
    lost = Asides(work, aside.community).lost_by(aside.what)
    who = _hidden(work, aside.community, [lost] if lost else [])
    return _parcels(work, ((one, facing.card(work, one, found, one.reader(texts.TOLD_PART_GONE))) for one in who))


def _reminders(work: Work, event: Event, aside: Aside, kind: str, rest: str) -> Iterable[tuple[Member, Card | None]]:
    """Whoever is going; a day before not those who go to an earlier part of that day and have heard."""
    part_id, _, of = rest.partition(":")
    part = event.part(part_id)
    if part is None:
        return ()
    seats = Seats(work, aside.community)
    earlier = rules.reminded_by(event, part) if kind == rules.A_DAY else ()
    heard = {one.member for other in earlier for one in seats.going(event.id, other.id)}
    going = {one.member for one in seats.going(event.id, part.id) if one.level is Level.HIDDEN}
    who = _hidden(work, aside.community, going - heard)
    return ((one, nudges.reminder(work, kind, one, event, {"part": part_id, "of": of})) for one in who)


def _changes(work: Work, event: Event, aside: Aside, what: Collection[str]) -> Iterable[tuple[Member, Card | None]]:
    """What changed, or that it is off, to those who come or wait; nothing about one that is over, or off since."""
    off = event.state is State.CANCELLED
    if event.ends_at <= work.now or (what and off):
        return ()
    who = _hidden(work, aside.community, telling.concerned(work, aside.community, event))
    said = {one.id: telling.change_words(one.reader, what) if what else "" for one in who}
    return ((one, facing.card(work, one, event, said[one.id])) for one in who)


def _seat(work: Work, community: str, moved: Moved) -> list[Parcel]:
    """How somebody stands, as long as it is still so."""
    found = facing.get(work, community, moved.event)
    if found is None or found.state is not State.ANNOUNCED:
        return []
    told = []
    for one in _hidden(work, community, [moved.member]):
        stands = Seats(work, community).standing(one.id, [found])
        stand = next((stand for stand in stands if stand.part.id == moved.part and stand.state is moved.now), None)
        if stand and stand.part.starts_at > work.now:
            told.append((one, facing.card(work, one, found, telling.seat_words(one.reader, found, stand))))
    return _parcels(work, told)


def _hidden(work: Work, community: str, who: Collection[str]) -> list[Member]:
    return [one for one in People(work, community).some(who) if one.level is Level.HIDDEN]


def _parcels(work: Work, cards: Iterable[tuple[Member, Card | None]]) -> list[Parcel]:
    """For whoever can be reached, what there is to show them."""
    drawn = [(one, card) for one, card in cards if card]
    parcels = []
    for one, card in drawn:
        here = one.community
        if to := People(work, here.id).address(one.id):
            parcels.append(Parcel(ids.fresh(), here.id, to, hushed(card, here, one.reader), untraced=True))
    return parcels
