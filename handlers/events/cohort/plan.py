"""Making a draft a series for fixed teams: how many of what, looked at with all its dates before anything is kept."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Choice, Facts, Look, Text, TextInput, button, sentence
from bot.replies import Answer, Form, Redraw
from bot.router import Router
from handlers.events import repeating, running, typed, wording
from handlers.events import texts as event_texts
from handlers.events import texts_desk as event_desk
from handlers.events.cohort import desk_actions as actions
from handlers.events.cohort import texts
from handlers.events.cohort import texts_desk as said
from handlers.events.repeating import Rhythm
from handlers.turn import Turn
from storage.cohorts import sized
from storage.events import Event, State
from storage.programme import DATES_MAX, FAR, TEAM_LEAST, TEAM_MOST, TEAMS_MAX, Details, FixedTeams
from storage.series import Body

router: Router[Turn] = Router()
RHYTHMS = tuple(one for one in Rhythm if one is not Rhythm.ONCE)
LIMITS = {"dates": (2, DATES_MAX), "teams": (1, TEAMS_MAX), "places": (TEAM_LEAST, TEAM_MOST)}
_LONG = timedelta(days=730)


def _draft(turn: Turn, event_id: str) -> Event | Redraw:
    found = running.changing(turn, event_id)
    if isinstance(found, Redraw) or found.state is State.DRAFT:
        return found
    return Redraw(sentence(turn.reader(event_desk.NOT_DRAFT)))


@router.pressed(actions.Plan, desk=True, supporters=True)
def plan(turn: Turn, wish: actions.Plan) -> Form | Redraw:
    """Open the form."""
    found = _draft(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    now, rhythm = found.details.cohort, repeating.rhythm_of(found.details.rule)
    given = actions.Planned(event=found.id)
    if now:
        until = now.until.strftime(typed.DAY_ISO) if now.until else ""
        numbers = {name: str(getattr(now, name)) for name in LIMITS}
        given = actions.Planned(event=found.id, rhythm=str(rhythm), until=until, **numbers)
    return _form(turn, given)


@router.pressed(actions.RedoPlan, desk=True, supporters=True)
def redo(turn: Turn, wish: actions.RedoPlan) -> Form | Redraw:
    """Open it again with what was read."""
    found = _draft(turn, wish.event)
    return found if isinstance(found, Redraw) else _form(turn, actions.Planned.model_validate(wish.model_dump()))


def _form(turn: Turn, now: actions.Planned, errors: Mapping[str, str] | None = None) -> Form:
    reader = turn.reader
    rhythms = tuple((str(one), reader(event_texts.RHYTHMS[one])) for one in RHYTHMS)
    fields = (
        Choice("rhythm", reader(said.RHYTHM), rhythms, now.rhythm),
        TextInput("dates", reader(said.DATES), now.dates, reader(said.DATES_HINT, max=DATES_MAX), max_length=5),
        TextInput("teams", reader(said.TEAMS), now.teams, reader(said.TEAMS_HINT, max=TEAMS_MAX), max_length=5),
        TextInput(
            "places",
            reader(said.PLACES),
            now.places,
            reader(said.PLACES_HINT, min=TEAM_LEAST, max=TEAM_MOST),
            max_length=5,
        ),
        TextInput("until", reader(said.UNTIL), now.until, reader(said.UNTIL_HINT), max_length=100, required=False),
    )
    submit = pack(actions.Planned(event=now.event))
    intro = (Text(reader(said.PLAN_WHAT)),)
    return Form(reader(said.PLAN), submit, reader(said.SEND), fields, intro, errors or {})


def rule_for(first: datetime, zone: str, rhythm: Rhythm, number: int) -> tuple[str, list[datetime]]:
    """The rule of so many dates that begin then, and their wall times; fewer where they would be too far away."""
    whole = repeating.rule_of(rhythm, first, (first + _LONG).date())
    times = repeating.dates(whole, first, zone, number)
    return repeating.rule_of(rhythm, first, times[-1].date()), times


def _read(turn: Turn, wish: actions.Planned) -> tuple[Event, Details, list[datetime], actions.Planned] | Form | Redraw:
    """What was typed or kept, read."""
    found, reader = _draft(turn, wish.event), turn.reader
    if isinstance(found, Redraw):
        return found
    again, errors = actions.Planned.model_validate(wish.model_dump()), dict[str, str]()
    numbers = {name: typed.number_in(getattr(wish, name)) or 0 for name in LIMITS}
    for name, (least, most) in LIMITS.items():
        if not least <= numbers[name] <= most:
            errors[name] = reader(said.BAD, min=least, max=most)
    if wish.rhythm not in RHYTHMS:
        errors["rhythm"] = reader(event_desk.BAD_CHOICE)
    until = typed.day(running.desk(turn), wish.until, found.zone, None)
    if isinstance(until, str):
        errors["until"] = until
    if errors or isinstance(until, str):
        return _form(turn, again, errors)
    first = found.first.starts_local
    rule, times = rule_for(first, found.zone, Rhythm(wish.rhythm), numbers["dates"])
    if len(times) < numbers["dates"] or times[-1] - turn.now.replace(tzinfo=None) > FAR:
        return _form(turn, again, {"dates": reader(said.BAD_DATES)})
    if until and until >= times[-1].date():
        return _form(turn, again, {"until": reader(said.BAD_UNTIL)})
    teams = FixedTeams(until=until, **numbers)
    details = found.details.model_copy(update={"rule": rule, "cohort": teams, "guests": 0, "deadline": None})
    iso = until.strftime(typed.DAY_ISO) if isinstance(until, date) else ""
    return found, details, times, again.model_copy(update={"until": iso})


@router.submitted(actions.Planned, desk=True, supporters=True)
def planned(turn: Turn, wish: actions.Planned) -> Answer:
    """Show all dates before anything is kept."""
    read = _read(turn, wish)
    if isinstance(read, Form | Redraw):
        return read
    found, details, times, again = read
    reader, teams, body = turn.reader, details.cohort, Body(details=details, parts=found.parts)
    if teams is None:
        return _form(turn, again)
    facts = [
        (reader(event_desk.WORD_TITLE), found.title(reader.language)),
        (
            reader(event_desk.CHECK_DATES, count=len(times)),
            "\n".join(
                f"{reader.full_day(one.date())} {one:%H:%M}"
                for nominal in times
                for one in (part.starts_local for part in body.at(nominal).parts)
            ),
        ),
        (reader(event_desk.ZONE), wording.zone(found.zone, reader.language)),
        (reader(said.BUTTON), reader(texts.TEAMS_OF, count=teams.teams, places=reader.number(teams.places))),
        (reader(said.UNTIL), reader.full_day(teams.until) if teams.until else reader(texts.UNTIL_FIRST)),
    ]
    same, title = again.model_dump(), reader(event_desk.CHECK_TITLE)
    row: list[Button] = [
        button(reader(event_desk.KEEP), actions.KeepPlan(**same), Look.PRIMARY),
        button(reader(event_desk.REDO), actions.RedoPlan(**same)),
    ]
    pieces = (Text(title, Look.HEADING), Text(reader(event_desk.CHECK_PART)), Facts(tuple(facts)), Buttons(tuple(row)))
    return Redraw(Card(title, pieces))


@router.pressed(actions.KeepPlan, desk=True, supporters=True)
def keep(turn: Turn, wish: actions.KeepPlan) -> Answer:
    """Keep it."""
    read = _read(turn, wish)
    if isinstance(read, Form | Redraw):
        return read
    found, details, _, _ = read
    return running.shown(turn, found.id, running.keep(turn, found, details, sized(details, found.parts)))


@router.pressed(actions.DropPlan, desk=True, supporters=True)
def drop(turn: Turn, wish: actions.DropPlan) -> Answer:
    """An ordinary series again; its dates and seats stay as they are."""
    found = _draft(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    details = found.details.model_copy(update={"cohort": None})
    return running.shown(turn, found.id, running.keep(turn, found, details, found.parts))


def ready(turn: Turn, found: Event) -> int:
    """Before it is announced: its dates and seats as its parts are now.  How many dates are announced together."""
    teams = found.details.cohort
    if teams is None:
        return 0
    rhythm = repeating.rhythm_of(found.details.rule)
    rhythm = rhythm if rhythm in RHYTHMS else Rhythm.MONTHLY_WEEKDAY
    rule, _ = rule_for(found.first.starts_local, found.zone, rhythm, teams.dates)
    details = found.details.model_copy(update={"rule": rule})
    running.events(turn).rewrite(found.id, details, sized(details, found.parts))
    return teams.dates
