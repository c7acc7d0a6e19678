"""What becomes of a series: who came, whether it is still fine, and whether to go on."""

from collections.abc import Collection
from datetime import datetime, time, timedelta

from bot.cards import Card
from bot.replies import Answer, Redraw
from bot.router import Router
from handlers.events import after as events_after
from handlers.events import cards_after, repeating, running
from handlers.events.cohort import cards, cards_desk, crew, desk, plan, texts, texts_desk
from handlers.events.cohort import desk_actions as actions
from handlers.events.cohort.crew import Crew
from handlers.events.repeating import Rhythm
from handlers.turn import Turn
from storage.attendance import Attendance
from storage.cohorts import Cohorts
from storage.communities import Settings
from storage.events import Event, State
from storage.manners import Manner
from storage.outbox import Draft, Nudge
from storage.people import People
from storage.presets import Level
from storage.schedules import Occurrence, Schedules
from storage.seating import Standing
from storage.seats import Seats, Stand
from storage.series import Body
from storage.work import Work

AFTER = "events.team_after"  # the schedule: some days after each date, when it is noted who came
FINE, END = "events.team_fine", "events.team_end"
LATER, AT = timedelta(days=3), time(10)
MISSED = 2  # dates on end
LIVES = timedelta(days=21)

router: Router[Turn] = Router()


# --- in numbers ----------------------------------------------------------------------------------


@router.pressed(actions.Came, desk=True, supporters=True)
def came(turn: Turn, wish: actions.Came) -> Answer:
    """By date and team; names stand in the list of those who come."""
    at = desk.found(turn, wish.event)
    if isinstance(at, Redraw):
        return at
    event, here = at
    dates = [(one, _numbers(turn, here, one)) for one in here.found.dates]
    return Redraw(cards_desk.came(turn.reader, event, dates))


def _numbers(turn: Turn, here: Crew, event: Event) -> str:
    reader = turn.reader
    if event.state is State.CANCELLED:
        return reader(texts.STANDS["off"])
    if event.starts_at > turn.now:
        return reader(texts_desk.CAME_TO_COME)
    there = {one.id for one in Attendance(turn.work, turn.community.id).came(event)}
    lines = list[str]()
    for number in here.found.roll.book.teams or (0,):
        team = here.team(number)
        some, all_ = here.count([one for one in team if one.member in there]), here.count(team)
        lines.append(reader(texts_desk.CAME_LINE, number=number or "–", came=some, all=all_))
    return "\n".join(lines) if there else reader(texts_desk.CAME_NONE)


# --- still fine, and the end ---------------------------------------------------------------------


def at(event: Event) -> datetime:
    """When the clock looks at a date that is over, by its own wall."""
    last = max(event.parts, key=lambda part: part.ends_at)
    return datetime.combine(last.ends_local.date() + LATER, AT)


def _noted(work: Work, community: str, event: Event) -> bool:
    """Whether it is known who came."""
    return bool(event.confirmed_on) or bool(Attendance(work, community).came(event))


def missed(here: Crew, who: str) -> list[Event]:
    """The last two dates that somebody had a seat at, if they came to neither; of dates at which it was noted."""
    stands = Seats(here.work, here.here.id).standing(who, here.found.held)
    own: dict[str, list[Stand]] = {}
    for one in stands:
        own.setdefault(one.event.id, []).append(one)
    held = [
        one
        for one in here.found.held
        if any(stand.here or stand.state is Standing.GOING for stand in own.get(one.id, ()))
        and _noted(here.work, here.here.id, one)
    ][-MISSED:]
    gone = [one for one in held if not any(stand.here for stand in own[one.id])]
    return gone if len(gone) == MISSED else []


def plan_after(work: Work, occurrence: Occurrence, cursor: str, limit: int) -> tuple[list[Draft], str | None]:
    """After the last date a closing note; after another one, whoever missed two is asked whether it is still fine.

    Hidden members get neither: a row would tell of them.  The series' own page says the same to everybody.
    """
    community = occurrence.community
    shelf, event = Cohorts(work, community), took_place(work, community, occurrence.subject)
    held = shelf.hold(event.series) if event else None
    here = crew.load(work, Settings(work, community).get(), held.id) if held else None
    if event is None or here is None:
        Schedules(work, community).stop(AFTER, occurrence.subject)
        return [], None
    last = here.found.is_over
    if last and event.id != max(here.found.held, key=lambda one: one.ends_at, default=event).id:
        Schedules(work, community).stop(AFTER, occurrence.subject)
        return [], None
    who = sorted(one.member for one in here.inside() if one.level is not Level.HIDDEN and one.member > cursor)
    chunk = who[:limit]
    chosen = chunk if last else [one for one in chunk if _asks(here, one)]
    if not last:
        for one in chosen:
            shelf.change(here.found.id, one, heard=event.ends_at)
    drafts = _drafts(here, END if last else FINE, event, chosen)
    if len(who) > limit:
        return drafts, chunk[-1]
    Schedules(work, community).stop(AFTER, occurrence.subject)
    return drafts, None


def took_place(work: Work, community: str, event_id: str) -> Event | None:
    """A date that took place."""
    found = events_after.over(work, community, event_id)
    return found if found and found.details.cohort and found.series else None


def _asks(here: Crew, who: str) -> bool:
    """Whether they have not been asked since the first of two dates they missed."""
    place, gone = here.place(who), missed(here, who)
    return bool(gone and place and (place.heard is None or place.heard < gone[0].ends_at))


def _drafts(here: Crew, kind: str, event: Event, who: Collection[str]) -> list[Draft]:
    work, community, series = here.work, here.here.id, here.found.id
    return [
        Draft(
            key=f"{kind}:{work.keys.tag('event.teams', community, series, event.id, member).hex()}",
            kind=kind,
            to=to,
            member=member,
            due_at=work.database_now,
            expires_at=work.database_now + LIVES,
            params={"series": series},
            priority=MANNERS[kind].priority,
        )
        for member, to in People(work, community).addresses(who).items()
    ]


def _seen(work: Work, nudge: Nudge) -> cards.Own | None:
    """The series as whoever it goes to sees it, as long as they are in it."""
    member = People(work, nudge.community).get(nudge.member or "")
    here = crew.load(work, member.community, str(nudge.params["series"])) if member else None
    seen = cards.own(here, member) if here and member else None
    return seen if seen and seen.is_in else None


def draw_fine(work: Work, nudge: Nudge) -> Card | None:
    """As long as it is still so."""
    seen = _seen(work, nudge)
    if seen is None or not seen.crew.found.coming or not missed(seen.crew, seen.member.id):
        return None
    return cards.fine(seen.reader, seen.crew.found)


def draw_end(work: Work, nudge: Nudge) -> Card | None:
    """Thanks, what is kept of the last date, and whether to go on."""
    seen = _seen(work, nudge)
    if seen is None or not seen.crew.found.held:
        return None
    return cards.end(seen, cards_after.archive(seen.reader, seen.crew.found.held[-1]))


# --- the next one --------------------------------------------------------------------------------


@router.pressed(actions.Again, desk=True, supporters=True)
def again(turn: Turn, wish: actions.Again) -> Answer:
    """A draft with the same words, teams and rhythm, from the date that would have come next."""
    at_ = desk.found(turn, wish.event, lock=True)
    if isinstance(at_, Redraw):
        return at_
    _, here = at_
    events, found = running.events(turn), here.found
    if not found.is_over:
        return desk.page(turn, wish.event, turn.reader(texts_desk.NOT_OVER))
    book = found.roll.book
    if book.again and events.get(book.again):
        return running.shown(turn, book.again, turn.reader(texts_desk.AGAIN_HAS))
    last = found.dates[-1]
    rhythm = repeating.rhythm_of(last.rule)
    rhythm = rhythm if rhythm in plan.RHYTHMS else Rhythm.MONTHLY_WEEKDAY
    first, number = _next(turn, last, rhythm), found.terms.dates
    rule, _ = plan.rule_for(first, last.zone, rhythm, number)
    terms = found.terms.model_copy(update={"until": None})
    body = Body(details=last.details.model_copy(update={"cohort": terms, "rule": rule}), parts=last.parts).at(first)
    draft = events.write(body.details, body.parts)
    Cohorts(turn.work, turn.community.id).note(found.id, book.model_copy(update={"again": draft}))
    running.note(turn, "event.drafted", draft)
    return running.shown(turn, draft, turn.reader(texts_desk.AGAIN_SAID))


def _next(turn: Turn, last: Event, rhythm: Rhythm) -> datetime:
    """The next wall time in the rhythm that is still to come."""
    begins = last.nominal_local or last.first.starts_local
    _, times = plan.rule_for(begins, last.zone, rhythm, 100)
    now = turn.now.replace(tzinfo=None) + timedelta(days=1)
    return next((one for one in times[1:] if one > now), times[-1])


PLANNERS = {AFTER: plan_after}
DRAWERS = {FINE: draw_fine, END: draw_end}
MANNERS = {
    FINE: Manner(name=texts.FINE_NAME, why=texts.FINE_WHY, lives=LIVES),
    END: Manner(name=texts.END_NAME, why=texts.END_WHY, priority=3, lives=LIVES),
}
