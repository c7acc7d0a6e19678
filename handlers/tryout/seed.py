"""Two years of a fictional community, lived through by the rules, repositories and drawers of a real one."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from bot.address import Address
from bot.cards import dump, dump_each
from bot.language import LANGUAGES
from bot.portal.delivering import board, page_of
from bot.portal.door import SURFACE
from handlers import features
from handlers.checkins import nudges, rules
from handlers.checkins.nudges import PROMPT
from handlers.tryout import asked, evening, pitches
from handlers.tryout.people import STARRING, Line, Person, script
from handlers.welcome.conversation import current
from storage import communities, delivery, ids
from storage.checkins import Audience, Checkins, CheerKind, Habit, Template
from storage.clock import Clock
from storage.communities import Community
from storage.consents import Consents
from storage.doors import portal_handle
from storage.engine import Database
from storage.habits import ALL, Habits
from storage.notebook import Notes
from storage.outbox import Draft, Outbox
from storage.people import People, handle_tag
from storage.recurrence import Rule
from storage.schedules import Occurrence
from storage.work import Work

HISTORY = timedelta(days=730)
NEXT_FROM, NEXT_TO, NEXT_MONTHLY = 3, 88, 28  # days ahead: two prompts three months apart never share 91 days
SOME_TIME = time(11)  # of a day, when somebody answers
SMALL_TALK = 0.9  # how many answers beyond the written ones are more than "still the same"
POSTED = 4  # the newest digests, which stand on the board with their reactions
REACTIONS_GATHER = timedelta(days=7)  # longer than any summary to an author takes
AT_ONCE = 500
OWNER = "seed"


async def seed(database: Database, clock: Clock, number: int = 1) -> str:
    """Make the community as of this clock, in one transaction; its id.  All but ids follows from time and number."""
    return await database.tx(lambda work: plant(Work(work.connection, work.keys, clock), number))


def plant(work: Work, number: int = 1) -> str:
    """The same within a transaction."""
    chance = random.Random(number)  # noqa: S311 - which day somebody is asked is no secret
    community = communities.found(work, script().name)
    settings = rules.Settings(channel=str(board(community.id)))
    places = communities.Settings(work, community.id)
    places.move_in(SURFACE, community.id)
    places.change("checkins", settings.model_dump(mode="json"))
    plans = _plans(work.now.astimezone(ZoneInfo(community.zone)).date(), settings.months, chance)
    members = _people(work, community.id, plans)
    _habits(work, community.id, plans, members)
    _years(work, community, _told(plans, work.now, chance), members, chance)
    secretary = People(work, community.id).get(members[STARRING[-1]])
    if secretary is None:
        raise LookupError(STARRING[-1])
    everybody = [members[name] for name in sorted(members)]
    asked.plant(work.now, partial(_at, work), everybody, secretary, random.Random(number))  # noqa: S311 - as above
    others = [members[name] for name in sorted(members) if name not in STARRING]
    evening.plant(work, secretary, others)
    pitches.plant(work, secretary, others)
    features.settle(work, community.id)
    return community.id


class _Then:
    """The clock of a past moment."""

    def __init__(self, clock_offset: timedelta, now: datetime, at: datetime) -> None:
        self.offset = clock_offset + (at - now)
        self._at = at

    def now(self) -> datetime:
        """Aware, UTC."""
        return self._at


def _at(work: Work, at: datetime) -> Work:
    """The same transaction, at another time."""
    return Work(work.connection, work.keys, _Then(work.clock.offset, work.now, at))


# --- who, and how they are asked -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plan:
    """One person's rhythm: the days of their prompts that were answered, oldest first, and what comes next."""

    person: Person
    joined: date
    answered: tuple[date, ...]
    habit: Habit  # member: not known yet
    open_prompts: int  # sent and left alone since their last answer ...
    asked_on: date | None  # ... the last of them on this day
    paused_until: date | None


def _plans(today: date, months: int, chance: random.Random) -> list[_Plan]:
    people = list(script().people)
    chance.shuffle(people)
    plans = []
    for place, person in enumerate(people):
        ahead = NEXT_FROM + (NEXT_TO - NEXT_FROM) * place // (len(people) - 1)
        if person.months == 1:
            ahead = NEXT_FROM + ahead % (NEXT_MONTHLY - NEXT_FROM)
        plans.append(_plan(person, today, today + timedelta(days=ahead), months))
    return plans


def _plan(person: Person, today: date, next_on: date, months: int) -> _Plan:
    """Prompts backwards from the next one, at the distances the rules would have kept.

    Who ignored n prompts was sent one more, which is still open; who ever told something answered one before.
    """
    first = today - HISTORY
    ignored, day = person.ignored, next_on
    answered: list[date] = []
    asked_on: date | None = None
    open_prompts = still_open = ignored + 1 if ignored else 0
    while True:
        day -= relativedelta(months=rules.months_between(person.months, months, ignored))
        if day < first and (answered or not person.told):
            break
        asked_on = asked_on or day
        if open_prompts:
            open_prompts -= 1
        else:
            answered.append(day)
        ignored = max(0, ignored - 1)
    joined = max(first, day)
    habit = Habit("", person.months, next_on)
    return _Plan(person, joined, tuple(reversed(answered)), habit, still_open, asked_on, person.paused_until(today))


def _people(work: Work, community: str, plans: Sequence[_Plan]) -> dict[str, str]:
    """Members in an order of chance and handles in that of their tags, so that neither place tells who is who."""
    found: dict[str, str] = {}
    version = current(communities.Settings(work, community).get().preset)
    for plan in sorted(plans, key=lambda _: ids.fresh()):
        person = plan.person
        joined = datetime.combine(plan.joined, work.now.timetz())
        people = People(_at(work, joined), community)
        found[person.name] = member = people.welcome(
            person.profile, person.role, language=person.language, zone=person.zone, level=person.level
        )
        Consents(people.work, community).agree(member, version)
        if plan.paused_until:
            people.pause(found[person.name], plan.paused_until)
    handles = {handle_tag(work.keys, who): who for who in (portal_handle(community, id_) for id_ in found.values())}
    for tag in sorted(handles):
        People(work, community).add_handle(handles[tag].user, handles[tag])
    return found


def _habits(work: Work, community: str, plans: Sequence[_Plan], members: Mapping[str, str]) -> None:
    checkins, habits = Checkins(work, community), Habits(work, community)
    by_member = {members[plan.person.name]: plan for plan in plans}
    for member in sorted(by_member):
        plan = by_member[member]
        checkins.keep(replace(plan.habit, member=member))
        if plan.asked_on:
            habits.asked([(member, kind, plan.asked_on) for kind in (ALL, PROMPT)] * plan.open_prompts)


# --- what they told --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    at: datetime
    name: str
    line: Line


def _told(plans: Sequence[_Plan], now: datetime, chance: random.Random) -> list[_Told]:
    """Everybody's answers, oldest first: the written lines, and small talk between them."""
    slots = sorted(
        ((day, plan.person, line) for plan in plans for day, line in _lines(plan)),
        key=lambda slot: (slot[0], slot[1].name),
    )
    small: dict[tuple[int, int], list[str]] = {}
    said: set[tuple[str, str]] = set()
    told = []
    for day, person, written in slots:
        line = written
        if line is None:
            season = (day.month - 1) // 3
            left = small.setdefault((day.year, season), list(script().small[season]))
            words = next((words for words in left if (person.name, words) not in said), "")
            if not words or person.language or chance.random() > SMALL_TALK:
                continue  # "still the same" leaves nothing
            left.remove(words)
            said.add((person.name, words))
            audience = chance.choices(list(Audience), weights=(12, 2, 1))[0]
            line = Line(Template.FREE, words, audience)
        later = timedelta(minutes=chance.randrange(5, 24 * 60))
        at = datetime.combine(day, SOME_TIME, ZoneInfo(person.zone or "Asia/Tokyo")).astimezone(UTC) + later
        told.append(_Told(min(at, now - later), person.name, line))
    return sorted(told, key=lambda answer: answer.at)


def _lines(plan: _Plan) -> list[tuple[date, Line | None]]:
    """The written lines spread over the answered prompts, the last on the last; None for the others."""
    days, lines = plan.answered, plan.person.told[-len(plan.answered) :] if plan.answered else ()
    places = {(number + 1) * len(days) // len(lines) - 1: line for number, line in enumerate(lines)}
    return [(day, places.get(place)) for place, day in enumerate(days)]


# --- the years -------------------------------------------------------------------------------------


def _years(
    work: Work,
    community: Community,
    told: Sequence[_Told],
    members: Mapping[str, str],
    chance: random.Random,
) -> None:
    """Answers, and every month the digest of them; the newest digests with what they brought about."""
    settings = rules.Settings()
    anchor = datetime.combine(nudges.ANCHOR, time(settings.hour))
    rule = Rule(anchor, settings.rrule, community.zone)
    times = list(rule.times(told[0].at, work.now))
    left = list(told)
    for place, (nominal, at) in enumerate(times):
        while left and left[0].at <= at:
            _tell(work, community.id, left.pop(0), members)
        drafts = _publish(_at(work, at), community, nominal, at)
        if drafts and place >= len(times) - POSTED:
            Outbox(_at(work, at), community.id).add(drafts)
            _send(_at(work, at), community.id)
            _react(_at(work, at), community.id, [members[name] for name in sorted(members)], chance)
            _send(_at(work, min(at + REACTIONS_GATHER, work.now)), community.id)
    for answer in left:
        _tell(work, community.id, answer, members)


def _tell(work: Work, community: str, answer: _Told, members: Mapping[str, str]) -> None:
    line = answer.line
    Checkins(_at(work, answer.at), community).tell(
        members[answer.name],
        line.template,
        line.audience,
        line.text,
        line.link,
        agreed=rules.seems_to_name_somebody(line.text),
    )


def _publish(then: Work, community: Community, nominal: datetime, at: datetime) -> list[Draft]:
    occurrence = Occurrence(
        id=ids.fresh(),
        community=community.id,
        schedule="",
        kind=nudges.DIGEST,
        subject="",
        zone=community.zone,
        nominal_local=nominal,
        starts_at=at,
    )
    return nudges.plan_digest(then, occurrence, "", AT_ONCE)[0]


def _send(then: Work, community: str) -> None:
    """What the sender and the portal would have done until then."""
    drawers = features.drawers()
    for ticket in delivery.due_in_workspace(then, SURFACE, community, AT_ONCE):
        nudge = ticket.open(then)
        card = drawers[nudge.kind](_at(then, nudge.due_at), nudge)
        text = dump(card) if card else ""
        if nudge.to == Address.board(community):
            versions = {one: drawers[nudge.kind](then, replace(nudge, language=one)) for one in LANGUAGES}
            text = dump_each({one: version for one, version in versions.items() if version})
        if card is None:
            delivery.cancelled(then, ticket)
            continue
        delivery.claim(then, [ticket], OWNER)
        Notes(_at(then, nudge.due_at), community, SURFACE).write(page_of(nudge.to), ticket.id, text)
        delivery.Endings(then).sent(ticket, ticket.id).write()


def _react(then: Work, community: str, members: Sequence[str], chance: random.Random) -> None:
    """Some read it and are glad; a few would like to meet."""
    checkins = Checkins(then, community)
    found = checkins.published(checkins.latest_digest() or "")
    cheers: dict[tuple[str, str], CheerKind] = {}
    for entry in found[1] if found else ():
        others = [member for member in members if member != entry.member]
        for who in chance.sample(others, chance.randrange(7)):
            cheers[entry.id, who] = CheerKind.MEET if chance.random() < 0.15 else CheerKind.CONGRATS  # noqa: PLR2004 - one in seven
    authors = {entry.id: entry.member for entry in found[1]} if found else {}
    for (entry_id, who), kind in sorted(cheers.items()):
        checkins.cheer(entry_id, who, kind)
    for author in People(then, community).some({authors[entry_id] for entry_id, _ in cheers}):
        nudges.promise_thanks(then, author)
