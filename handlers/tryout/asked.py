"""Sealed surveys of the fictional community: opened, answered and closed in the past, by the real rules."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from handlers.surveys.authoring.templates import template
from handlers.surveys.rules import release
from storage import closing
from storage.ballots import Ballots
from storage.closing import Ended
from storage.errands import Errand, Look, Scrub
from storage.people import Member
from storage.questions import AGREE, Answer, Draft
from storage.surveys import Survey, Surveys
from storage.work import Work

SURVEY = "psychological_safety"  # the template that was asked
LASTED = timedelta(days=14)
TURNED = frozenset({"mistake", "different", "help"})  # statements one would rather not agree with
QUIET = 0.1  # how many leave a statement out


@dataclass(frozen=True, slots=True)
class Wave:
    """Once that it was asked: so many days ago, answered by so many of ten, who feel so safe (0 to 4)."""

    ago: int
    of_ten: int
    safe: float


At = Callable[[datetime], Work]
WAVES = (Wave(400, 6, 1.8), Wave(35, 7, 2.9))


def plant(now: datetime, at: At, members: Sequence[str], secretary: Member, chance: random.Random) -> None:
    """The same survey twice, a year apart, each closed and shown; `at` is the transaction at another time."""
    here = secretary.community.id
    for wave in WAVES:
        opened = now - timedelta(days=wave.ago)
        survey, later = _open(at(opened), secretary), at(opened + LASTED / 2)
        for member in members:
            if chance.randrange(10) < wave.of_ten:
                Ballots(later, here).cast(survey.id, member, _answered(survey, wave.safe, chance))
        over = at(opened + LASTED + timedelta(days=2))
        ended = through(over, closing.close(here, survey.id, release))
        if not isinstance(ended, Ended):
            raise TypeError(ended)
        Surveys(over, here).share(survey.id, secretary)


def _open(then: Work, secretary: Member) -> Survey:
    surveys = Surveys(then, secretary.community.id)
    shipped = template(SURVEY)
    if shipped is None:
        raise LookupError(SURVEY)
    draft = shipped.onto(Draft(title={}, closes_on=surveys.today() + LASTED))
    return surveys.open(surveys.write(draft), secretary)


def _answered(asked: Survey, safe: float, chance: random.Random) -> Answer:
    said: dict[str, int | None] = {}
    for question in asked.promised.questions:
        felt = min(AGREE - 1, max(0, round(chance.gauss(safe, 1))))
        step = AGREE - 1 - felt if question.id in TURNED else felt
        said[question.id] = None if chance.random() < QUIET else step
    return Answer.model_validate({"said": said})


def through(work: Work, errand: "Errand[Any]") -> Any:
    """An errand to its end, within one transaction; what the database keeps is cleaned by whoever commits it."""
    found = None
    while True:
        try:
            step = errand.send(found)
        except StopIteration as end:
            return end.value
        if isinstance(step, Look):
            step = step.read
        found = None if isinstance(step, Scrub) else step(work)
