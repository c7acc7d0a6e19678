"""The pitch evening of the fictional community: themes to talk about in groups, and slots for whoever presents."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.actions import Action
from handlers.checkins.rules import spread
from handlers.events import actions
from handlers.events.before import actions as before
from handlers.tryout import evening
from storage.events import Event, Events
from storage.grouping import Before, Grouping, Slots, Theme, Themes
from storage.people import Member, People
from storage.pitches import Answer, Pitches
from storage.programme import Attendee, Details, Part
from storage.seats import Seats
from storage.work import Work

AHEAD, BEGINS, LASTS = timedelta(days=19), time(19), timedelta(hours=2)
SEATS, SIGN_UPS = 30, 20
STAFF_OF = 4  # one of so many works at the company again
CHANGES, LATE, CANNOT = timedelta(days=3), 2, 2  # so long before it, so many more would come, and so many cannot

TITLE = {"ja": "ピッチの夕べ", "en": "A pitch evening"}
ABOUT = {
    "ja": "五分の発表を三つ聞き、テーマごとの小さな輪で話します。聞くだけの方も歓迎です。",
    "en": "Three talks of five minutes, then small groups by theme. Come to listen, or to present.",
}
PLACE = {"ja": "港町図書館 1階 ホール", "en": "Minatomachi Library, ground-floor hall"}
THEMES = (  # with how many of ten would choose it: the last ones may find too few
    (Theme(id="shop", words="小さな商い / A small business"), 4),
    (Theme(id="place", words="暮らす町 / Where we live"), 4),
    (Theme(id="learn", words="学びなおし / Learning anew"), 1),
    (Theme(id="rest", words="休み方 / How to rest"), 1),
)
GROUP, TALK, SLOTS = 5, 40, Slots(number=3, minutes=5)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who would present what."""

    name: str
    title: str
    line: str


GIVEN = Proposal("山本 真理子", "朝四時のパン屋、はじめの三年", "続けられた理由と、やめかけた夜の話です。")
WAITING = (
    Proposal("近藤 明日香", "市民農園を、近所の居間に", "空いた区画で、月に一度の昼ごはんを始めました。"),
    Proposal("前田 香織", "店のサイトを一日で", "商店街の八軒で試しました。型紙を配ります。"),
    Proposal("Carlos Pereira", "二つの国のあいだで商う", "うまくいかなかった取引から学んだことを。"),
)


def plant(work: Work, secretary: Member, members: Sequence[str]) -> str:
    """It is announced; so many come and chose, the presenters of these members among them.  Its id."""
    here = secretary.community
    begins = datetime.combine(work.now.astimezone(ZoneInfo(here.zone)).date() + AHEAD, BEGINS)
    part = Part(starts_local=begins, ends_local=begins + LASTS, zone=here.zone, place=PLACE, capacity=SEATS)
    details = Details(title=TITLE, about=ABOUT, languages=("ja", "en"), organisers=(secretary.id,))
    events = Events(work, here.id)
    found = events.announce(events.write(details, [part]))
    if found is None:
        raise LookupError(TITLE["en"])
    themes = Themes(themes=tuple(theme for theme, _ in THEMES), size=GROUP, minutes=TALK)
    Grouping(work, here.id).set(found.id, Before(themes=themes, slots=SLOTS))
    everybody = People(work, here.id).some(members)
    presenting = {proposal.name for proposal in (GIVEN, *WAITING)}
    come = sorted(everybody, key=lambda one: one.name not in presenting)[:SIGN_UPS]
    for number, member in enumerate(come):
        kind = None if number % STAFF_OF else Attendee.STAFF
        Seats(work, here.id).answer(found.first.id, member, going=True, kind=kind)
        Grouping(work, here.id).choose(found.id, member.id, _themes(found, member))
    shelf, ids = Pitches(work, here.id), {member.name: member.id for member in come}
    for one in (GIVEN, *WAITING):
        shelf.ask(found.id, ids[one.name], one.title, one.line)
    shelf.say(found.id, ids[GIVEN.name], Answer.YES)
    return found.id


def _themes(event: Event, member: Member) -> tuple[str, ...]:
    """What somebody would talk about: two themes, or one."""
    ids = [theme.id for theme, of_ten in THEMES for _ in range(of_ten)]
    chosen = (ids[spread(f"{number}:{event.id}:{member.id}", len(ids))] for number in range(2))
    return tuple(dict.fromkeys(chosen))


def deeds(work: Work, community: str, since: datetime, besides: Collection[str]) -> list[tuple[Member, Action]]:
    """What members do about it of themselves now: some come late, some not after all, and most of them arrive."""
    event = evening.of(work, community, TITLE)
    if event is None:
        return []
    changes = _changes(work, community, event, besides) if since < event.starts_at - CHANGES <= work.now else []
    return changes + evening.arrivals(work, community, event, besides)


def _changes(work: Work, community: str, event: Event, besides: Collection[str]) -> list[tuple[Member, Action]]:
    part, shelf = event.first.id, Pitches(work, community)
    going = {one.member for one in Seats(work, community).going(event.id, part)}
    presents = {one.member for one in shelf.all(event.id)}
    order = sorted(People(work, community).all(), key=lambda one: spread(f"{event.id}:{one.id}", 1000))
    free = [one for one in order if one.id not in besides]
    late = [one for one in free if one.id not in going and not one.paused_until][:LATE]
    gone = [one for one in free if one.id in going - presents][:CANNOT]
    comes = actions.Answer(event=event.id, part=part, going=True)
    done: list[tuple[Member, Action]] = []
    for one in late:
        done += [(one, comes), (one, before.Chosen(event=event.id, themes=_themes(event, one)))]
    return [*done, *((one, comes.model_copy(update={"going": False})) for one in gone)]
