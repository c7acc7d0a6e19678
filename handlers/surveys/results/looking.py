"""What whoever acts may see of which survey, read from storage; every look of the secretariat's is noted."""

from collections.abc import Sequence

from handlers.surveys import texts as deeds
from handlers.surveys.results import reading, texts
from handlers.surveys.results.cards import View
from handlers.surveys.results.reading import Both, Told
from handlers.turn import Turn
from storage.audit import Audit
from storage.ideas import Ideas
from storage.people import Area
from storage.surveys import State, Survey, Surveys

VIEWED, TAKEN = "survey.viewed", "survey.taken"
DAY = 50  # entries about one survey among which this day's are looked for
LOG = 10  # entries that members are shown


def surveys(turn: Turn) -> Surveys:
    """The surveys of whoever acts."""
    return Surveys(turn.work, turn.community.id)


def ended(turn: Turn, *, desk: bool) -> list[Survey]:
    """Surveys that have ended, the latest last day first; members see results only once they are shown."""
    found = surveys(turn).all(State.CLOSED, State.VOID)
    if desk:
        return found
    return [
        one for one in found if one.whole and (one.shared_on or (one.state is State.VOID and _was_asked(turn, one)))
    ]


def _was_asked(turn: Turn, one: Survey) -> bool:
    """Whether this member may have been asked: nobody keeps who was."""
    return turn.me.joined_month <= one.promised.opens_on


def found(turn: Turn, survey_id: str, *, desk: bool) -> Told | None:
    """A survey's results, as far as whoever acts may see them."""
    one = surveys(turn).get(survey_id)
    if one is None or one.state is not State.CLOSED or not one.whole or not (desk or one.shared_on):
        return None
    return told(turn, one)


def told(turn: Turn, one: Survey) -> Told:
    """A closed survey's results."""
    return Told.of(one, surveys(turn).results(one.id), turn.now)


def both(turn: Turn, after: Told, *, desk: bool) -> Both | None:
    """The survey and an earlier one with the same questions, if whoever acts may see both."""
    closed = [one for one in surveys(turn).all(State.CLOSED) if one.whole and (desk or one.shared_on)]
    before = reading.earlier(closed, after.survey)
    if before is None:
        return None
    return Both(told(turn, before), after, reading.pairs(before.promised, after.manifest))


def view(turn: Turn, one: Told | None, *, desk: bool) -> View:
    """What the page offers whoever acts."""
    compares = one is not None and both(turn, one, desk=desk) is not None
    ideas = len(Ideas(turn.work, turn.community.id).waiting()) if desk else 0
    return View(desk, compares=compares, files=desk and turn.house.file is not None, ideas=ideas)


def note(turn: Turn, survey_id: str, deed: str = VIEWED) -> None:
    """Note that somebody of the secretariat looked; once a day is enough."""
    audit = Audit(turn.work, turn.community.id)
    today = turn.now.date()
    seen = ((one.action, one.actor, one.at.date()) for one in audit.about(survey_id, DAY))
    if (deed, turn.me.id, today) not in set(seen):
        audit.record(turn.me, deed, survey_id)


def log(turn: Turn, survey_id: str) -> Sequence[tuple[str, str]]:
    """What the secretariat did with a survey, the latest first, without names."""
    said = {**deeds.AUDITED, **texts.AUDITED}
    entries = Audit(turn.work, turn.community.id).about(survey_id, LOG)
    reader = turn.reader
    return [
        (reader.day(reader.local(one.at).date()), reader(said[one.action])) for one in entries if one.action in said
    ]


def may(turn: Turn) -> bool:
    """Whether results are theirs to look after."""
    return turn.may(Area.CONTENT)
