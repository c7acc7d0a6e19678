"""The evening of the fictional community: two parts, twenty seats, twenty-five who would come, and how they behave."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.actions import Action
from handlers.checkins.rules import spread
from handlers.events import actions
from handlers.events.day import actions as day
from handlers.events.day import rules
from storage.events import Event, Events
from storage.people import Member, People
from storage.programme import Details, Part
from storage.seats import Seats
from storage.work import Work

AHEAD, BEGINS, LASTS = timedelta(days=12), time(18, 30), timedelta(minutes=90)
SEATS, SIGN_UPS, STAY = 20, 25, 12  # STAY: how many of them also come to the second part
CHANGES, CANNOT = timedelta(days=5), 6  # so long before it, so many of them find that they cannot come
OF_TEN_COME = 9

TITLE = {"ja": "近況を持ちよる夕べ", "en": "An evening of news"}
ABOUT = {
    "ja": "前半は三人の近況を聞き、後半は食卓を囲みます。どちらか一方だけでも歓迎です。",
    "en": "Three of us tell what they are up to; then there is supper. Come to either or both.",
}
TALK = {"ja": "近況を聞く", "en": "News"}
SUPPER = {"ja": "食卓を囲む", "en": "Supper"}
PLACE = {"ja": "港町公民館 2階 和室", "en": "Minatomachi Community Hall, 2nd floor"}
ACCESS = {"ja": "エレベーターがあります。", "en": "There is a lift."}


def plant(work: Work, secretary: Member, members: Sequence[str]) -> str:
    """It is announced; so many of these members answered, in an order of their own.  Its id."""
    here = secretary.community
    day = work.now.astimezone(ZoneInfo(here.zone)).date() + AHEAD
    begins = datetime.combine(day, BEGINS)
    parts = [_part(TALK, begins, here.zone), _part(SUPPER, begins + LASTS, here.zone)]
    details = Details(title=TITLE, about=ABOUT, access=ACCESS, languages=("ja", "en"), organisers=(secretary.id,))
    events = Events(work, here.id)
    found = events.announce(events.write(details, parts))
    if found is None:
        raise LookupError(TITLE["en"])
    talk, supper = found.parts
    for number, member in enumerate(People(work, here.id).some(members[:SIGN_UPS])):
        Seats(work, here.id).answer(talk.id, member, going=True)
        if number < STAY:
            Seats(work, here.id).answer(supper.id, member, going=True)
    return found.id


def _part(words: dict[str, str], begins: datetime, zone: str) -> Part:
    return Part(words=words, starts_local=begins, ends_local=begins + LASTS, zone=zone, place=PLACE, capacity=SEATS)


def deeds(work: Work, community: str, since: datetime, besides: Collection[str]) -> list[tuple[Member, Action]]:
    """What members do about it of themselves now: some cannot come after all, and most of them arrive."""
    event = of(work, community, TITLE)
    if event is None:
        return []
    return _cannot(work, community, event, since, besides) + arrivals(work, community, event, besides)


def of(work: Work, community: str, title: Mapping[str, str]) -> Event | None:
    """The evening of this title, until it is over."""
    return next((one for one in Events(work, community).upcoming() if one.title("en") == title["en"]), None)


def _cannot(
    work: Work, community: str, event: Event, since: datetime, besides: Collection[str]
) -> list[tuple[Member, Action]]:
    if not since < event.starts_at - CHANGES <= work.now:
        return []
    going = [one.member for one in Seats(work, community).going(event.id, event.first.id) if one.member not in besides]
    chosen = sorted(going, key=lambda who: spread(f"{event.id}:{who}", 1000))[:CANNOT]
    gone = actions.Answer(event=event.id, part=event.first.id, going=False)
    return [(member, gone) for member in People(work, community).some(chosen)]


def arrivals(work: Work, community: str, event: Event, besides: Collection[str]) -> list[tuple[Member, Action]]:
    """Most of those who come to a part whose door is open, and are not there yet."""
    done: list[tuple[Member, Action]] = []
    for part in event.parts:
        if not rules.door(part, work.now).lets_in:
            continue
        going = [one.member for one in Seats(work, community).going(event.id, part.id) if not one.here]
        come = [who for who in going if who not in besides and spread(f"{part.id}:{who}", 10) < OF_TEN_COME]
        here = day.Arrive(event=event.id, part=part.id)
        done += [(member, here) for member in People(work, community).some(come)]
    return done
