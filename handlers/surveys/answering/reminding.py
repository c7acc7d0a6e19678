"""Reminders of an open survey (T3): whispered once, in random order, and written down nowhere but as a date.

They say the same to everybody, so that one found in a chat does not tell whether its reader had answered.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.cards import Buttons, Card, Look, Text, button
from bot.language import Reader
from bot.surface import Parcel
from handlers.surveys.answering import actions, shown, texts
from storage import ids
from storage.ballots import Ballots
from storage.communities import Community, Settings
from storage.discretion import hushed
from storage.errands import Polite
from storage.manners import Manner, Manners
from storage.manners import Settings as Allowed
from storage.people import People
from storage.questions import Manifest, worded
from storage.surveys import Survey, Surveys, open_everywhere
from storage.work import Work
from storage.workdays import calendar

KIND = "surveys.reminder"
# Of the community's day, for the first and the second: who is not at work at one may be at the other.
HOURS = (9, 15)
LASTS = timedelta(hours=3)  # a server that comes back later than that leaves it
BEFORE_LAST = timedelta(days=2)
MANNERS: Manners = {KIND: Manner(name=texts.MANNER, why=texts.MANNER_WHY, lives=LASTS, whispered=True)}
Works = Callable[[date], bool]


def days(opens_on: date, closes_on: date, works: Works) -> tuple[date, ...]:
    """When reminders may go out, at most two: half-way, and two days before the last, each on a working day.

    The first moves to the next working day, the second to the one before; where they meet there is one.
    """
    lasts = (closes_on - opens_on).days
    first = (opens_on + timedelta(days=n) for n in range(max(1, (lasts + 1) // 2), lasts))
    second = (closes_on - BEFORE_LAST - timedelta(days=n) for n in range(lasts))
    begins = next((day for day in first if works(day)), None)
    ends = next((day for day in second if begins and day > begins and works(day)), None)
    return tuple(day for day in (begins, ends) if day)


def is_due(survey: Survey, local: datetime, works: Works) -> bool:
    """Whether a reminder is to go out now; `local` is the community's wall clock."""
    asked = survey.promised
    wanted = days(asked.opens_on, asked.closes_on, works)
    if local.date() not in wanted or survey.reminded_on == local.date():
        return False
    begins = datetime.combine(local.date(), time(HOURS[wanted.index(local.date())]), local.tzinfo)
    return begins <= local < begins + LASTS


def quiet(work: Work, polite: Polite) -> Sequence[Parcel]:
    """The reminders that are due everywhere; who may not be written to just now is left out, and that is not kept."""
    parcels: list[Parcel] = []
    for community, survey_id in open_everywhere(work):
        here = Settings(work, community).get()
        surveys = Surveys(work, community)
        found = surveys.get(survey_id)
        local = work.now.astimezone(ZoneInfo(here.zone))
        works = calendar(Allowed.read(here.settings), here.zone).works
        if found is None or not found.whole or not is_due(found, local, works):
            continue
        if surveys.reminded(survey_id, local.date()):
            parcels += _to_all(work, here, found.promised, polite)
    return parcels


def _to_all(work: Work, here: Community, asked: Manifest, polite: Polite) -> list[Parcel]:
    people = People(work, here.id)
    due = Ballots(work, here.id).to_remind(asked.survey)
    may = polite(work, here.id, due, KIND)
    reached = people.addresses(due)
    parcels = []
    for member in people.some(due):
        if member.id in may and (to := reached.get(member.id)):
            drawn = hushed(card(member.reader, asked), here, member.reader)
            parcels.append(Parcel(ids.fresh(), here.id, to, drawn, untraced=True))
    order = {one: number for number, one in enumerate(reached[member] for member in due if member in reached)}
    return sorted(parcels, key=lambda one: order[one.to])


def card(reader: Reader, asked: Manifest) -> Card:
    """One reminder, the same to whoever has answered and whoever has not."""
    title = worded(asked.title, reader.language)
    return Card(
        reader(texts.REMINDER_SUMMARY),
        (
            Text(reader(texts.REMINDER_TITLE, title=title, day=reader.day(asked.closes_on))),
            Buttons((*shown.answer(reader, asked), button(reader(texts.BACK), actions.Mine()))),
            Text(reader(texts.REMINDER_WHAT), Look.QUIET),
        ),
    )
