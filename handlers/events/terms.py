"""Writing an event, the rest of it: who may come and until when, how it repeats, who organises it."""

from datetime import date

from bot.cards import sentence
from bot.replies import Answer, Form, Redraw
from bot.router import Router
from handlers.events import cards, cards_desk, desk_actions, forms, repeating, running, texts_desk, typed
from handlers.events.repeating import Rhythm
from handlers.profiles import Purpose
from handlers.turn import Turn
from storage.events import Event, State
from storage.people import Member, Role
from storage.programme import Attendee, Details, Fault, Waitlist, faults
from storage.recurrence import RuleProblem

router: Router[Turn] = Router()


# --- who may come, until when --------------------------------------------------------------------


@router.pressed(desk_actions.Rules, desk=True, supporters=True)
def rules(turn: Turn, wish: desk_actions.Rules) -> Form | Redraw:
    """Open the form."""
    found = running.changing(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    details = found.details
    now = desk_actions.Ruled(
        event=found.id,
        kinds=tuple(str(one) for one in details.kinds),
        purposes=details.purposes,
        deadline=details.deadline.strftime(typed.DAY_ISO) if details.deadline else "",
        guests=str(details.guests),
        waitlist=str(details.waitlist),
    )
    return forms.rules(turn.reader, found, now, found.zone)


@router.pressed(desk_actions.RedoRules, desk=True, supporters=True)
def redo_rules(turn: Turn, wish: desk_actions.RedoRules) -> Form | Redraw:
    """Open it again with what was read."""
    found = running.changing(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    return forms.rules(turn.reader, found, desk_actions.Ruled.model_validate(wish.model_dump()), found.zone)


def _ruled(turn: Turn, wish: desk_actions.Ruled) -> tuple[Event, Details] | Form | Redraw:
    """What was typed or kept, read."""
    found = running.changing(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    desk, errors = running.desk(turn), typed.Errors()
    deadline = typed.day(desk, wish.deadline, found.zone, found.details.deadline)
    guests = typed.guests(desk, wish.guests)
    if isinstance(deadline, str):
        errors["deadline"] = deadline
    if isinstance(guests, str):
        errors["guests"] = guests
    chosen = {
        "waitlist": ({wish.waitlist}, Waitlist),
        "kinds": (wish.kinds, Attendee),
        "purposes": (wish.purposes, Purpose),
    }
    errors |= {
        name: turn.reader(texts_desk.BAD_CHOICE)
        for name, (some, known) in chosen.items()
        if not set(some) <= set(known)
    }
    if not errors and not isinstance(deadline, str):
        kinds = tuple(one for one in Attendee if one in wish.kinds)
        new = {"kinds": kinds if len(kinds) < len(Attendee) else (), "purposes": wish.purposes, "guests": guests}
        details = found.details.model_copy(update={**new, "deadline": deadline, "waitlist": Waitlist(wish.waitlist)})
        errors = _amiss(turn, found, details)
        if not errors:
            return found, details
    again = desk_actions.Ruled.model_validate(wish.model_dump())
    return forms.rules(turn.reader, found, again, found.zone, errors)


def _amiss(turn: Turn, found: Event, details: Details) -> typed.Errors:
    """What does not go together."""
    amiss = faults(details, found.parts, turn.now, found.parts)
    errors = typed.Errors()
    if Fault.DEADLINE in amiss and details.deadline != found.details.deadline:
        errors["deadline"] = turn.reader(texts_desk.DEADLINE_LATE)
    if Fault.WHO in amiss:
        errors["kinds"] = turn.reader(texts_desk.KIND_HAS_SEATS)
    return errors


@router.submitted(desk_actions.Ruled, desk=True, supporters=True)
def ruled(turn: Turn, wish: desk_actions.Ruled) -> Answer:
    """Show the day that was read before anything is kept; without a new day there is nothing to look at."""
    read = _ruled(turn, wish)
    if isinstance(read, Form | Redraw):
        return read
    found, details = read
    day: date | None = details.deadline
    if day is None or day == found.details.deadline:
        return running.shown(turn, found.id, running.keep(turn, found, details, found.parts, scope=wish.scope))
    until = cards.deadline(turn.reader, details, found.parts)
    return Redraw(cards_desk.check_rules(turn.reader, wish, found, until, day.strftime(typed.DAY_ISO)))


@router.pressed(desk_actions.KeepRules, desk=True, supporters=True)
def keep_rules(turn: Turn, wish: desk_actions.KeepRules) -> Answer:
    """Keep them."""
    read = _ruled(turn, wish)
    if isinstance(read, Form | Redraw):
        return read
    found, details = read
    return running.shown(turn, found.id, running.keep(turn, found, details, found.parts, scope=wish.scope))


# --- repeating -----------------------------------------------------------------------------------


def _drafted(turn: Turn, event_id: str) -> Event | Redraw:
    found = running.changing(turn, event_id)
    if isinstance(found, Redraw) or found.state is State.DRAFT:
        return found
    return Redraw(sentence(turn.reader(texts_desk.NOT_DRAFT)))


@router.pressed(desk_actions.Repeat, desk=True, supporters=True)
def repeat(turn: Turn, wish: desk_actions.Repeat) -> Form | Redraw:
    """Open the form."""
    found = _drafted(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    until = repeating.until_of(found.details.rule)
    rhythm = repeating.rhythm_of(found.details.rule)
    day = until.strftime(typed.DAY_ISO) if until else ""
    return forms.repeat(turn.reader, desk_actions.Repeated(event=found.id, rhythm=rhythm, until=day))


@router.pressed(desk_actions.RedoRepeat, desk=True, supporters=True)
def redo_repeat(turn: Turn, wish: desk_actions.RedoRepeat) -> Form | Redraw:
    """Open it again with what was read."""
    found = _drafted(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    return forms.repeat(turn.reader, desk_actions.Repeated.model_validate(wish.model_dump()))


def _repeated(turn: Turn, wish: desk_actions.Repeated) -> tuple[Event, str, desk_actions.Repeated] | Form | Redraw:
    """The rule that was chosen, and the choice as it was read."""
    found, reader = _drafted(turn, wish.event), turn.reader
    if isinstance(found, Redraw):
        return found
    again = desk_actions.Repeated.model_validate(wish.model_dump())
    if wish.rhythm not in set(Rhythm):
        return forms.repeat(reader, again, {"rhythm": reader(texts_desk.BAD_CHOICE)})
    rhythm, first = Rhythm(wish.rhythm), found.first.starts_local
    if rhythm is Rhythm.ONCE:
        return found, "", again
    until = typed.day(running.desk(turn), wish.until, found.zone, None)
    if not isinstance(until, date):
        return forms.repeat(reader, again, {"until": until or reader(texts_desk.UNTIL_NEEDED)})
    rule = repeating.rule_of(rhythm, first, until)
    try:
        times = repeating.dates(rule, first, found.zone)
    except RuleProblem:
        times = []
    if len(times) < 2 or times[0] != first:  # noqa: PLR2004 - a series has a second date
        return forms.repeat(reader, again, {"until": reader(texts_desk.UNTIL_EARLY)})
    return found, rule, again.model_copy(update={"until": until.strftime(typed.DAY_ISO)})


@router.submitted(desk_actions.Repeated, desk=True, supporters=True)
def repeated(turn: Turn, wish: desk_actions.Repeated) -> Answer:
    """Show the dates before anything is kept."""
    read = _repeated(turn, wish)
    if isinstance(read, Form | Redraw):
        return read
    found, rule, again = read
    if not rule:
        return _keep_rule(turn, found, rule)
    times = repeating.dates(rule, found.first.starts_local, found.zone)
    return Redraw(cards_desk.check_repeat(turn.reader, again, found, times))


@router.pressed(desk_actions.KeepRepeat, desk=True, supporters=True)
def keep_repeat(turn: Turn, wish: desk_actions.KeepRepeat) -> Answer:
    """Keep it."""
    read = _repeated(turn, wish)
    return read if isinstance(read, Form | Redraw) else _keep_rule(turn, read[0], read[1])


def _keep_rule(turn: Turn, found: Event, rule: str) -> Answer:
    said = running.keep(turn, found, found.details.model_copy(update={"rule": rule}), found.parts)
    return running.shown(turn, found.id, said)


# --- organisers ----------------------------------------------------------------------------------


def _could(turn: Turn, found: Event) -> list[Member]:
    """Who organises it, and whoever has a role and can be seen."""
    holders = turn.people.with_role(Role.OWNER, Role.SECRETARIAT, Role.SUPPORTER)
    own = turn.people.some(found.details.organisers)
    seen = {one.id: one for one in (*own, *holders) if one.name and one.is_seen_by(turn.me)}
    return sorted(seen.values(), key=lambda one: one.name)[:100]


@router.pressed(desk_actions.Organise, desk=True, supporters=True)
def organise(turn: Turn, wish: desk_actions.Organise) -> Form | Redraw:
    """Open the form."""
    found = running.changing(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    people = [(one.id, one.name) for one in _could(turn, found)]
    if not people:
        return Redraw(sentence(turn.reader(texts_desk.ORGANISE_NOBODY)))
    return forms.organise(turn.reader, found.id, people)


@router.submitted(desk_actions.Organised, desk=True, supporters=True)
def organised(turn: Turn, wish: desk_actions.Organised) -> Answer:
    """Add them, or take them out."""
    found = running.changing(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    one = next((one for one in _could(turn, found) if one.id == wish.member), None)
    if one is None:
        return running.shown(turn, found.id, turn.reader(texts_desk.ORGANISE_NOBODY))
    names = found.details.organisers
    gone = one.id in names
    left = tuple(name for name in names if name != one.id) if gone else (*names, one.id)
    if not left:
        return running.shown(turn, found.id, turn.reader(texts_desk.ORGANISE_LAST))
    running.keep(turn, found, found.details.model_copy(update={"organisers": left}), found.parts)
    said = texts_desk.ORGANISE_GONE if gone else texts_desk.ORGANISE_ADDED
    if not running.runs_all(turn) and turn.me.id not in left:  # they took themselves out
        return Redraw(sentence(turn.reader(said, name=one.name)))
    return running.shown(turn, found.id, turn.reader(said, name=one.name))
