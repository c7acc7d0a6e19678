"""Stopping a survey for good takes two of the secretariat: one asks, another agrees."""

from dataclasses import dataclass
from datetime import date, timedelta

from storage.surveys import Surveys
from storage.tables import survey_stop
from storage.work import Shelf

LIVES = timedelta(days=7)  # after that it has to be asked again


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody's wish to stop a survey."""

    survey: str
    member: str
    asked_on: date


class Stops(Shelf):
    """The wishes of one community's secretariat."""

    def ask(self, survey_id: str, member_id: str) -> bool:
        """Somebody asks; False when a wish is there already."""
        if self.get(survey_id):
            return False
        self.drop(survey_id)
        return self._put_once(survey_stop, survey_id=survey_id, member_id=member_id, asked_on=self._today())

    def get(self, survey_id: str) -> Stop | None:
        """The wish that still stands, or None."""
        return next((one for one in self.all() if one.survey == survey_id), None)

    def all(self) -> list[Stop]:
        """Every wish that still stands."""
        columns = (survey_stop.c.survey_id, survey_stop.c.member_id, survey_stop.c.asked_on)
        lives = survey_stop.c.asked_on >= self._today() - LIVES
        return [Stop(*row) for row in self.run(self._rows(survey_stop, *columns).where(lives))]

    def drop(self, survey_id: str) -> None:
        """There is nothing to agree to any more."""
        self.run(self._remove(survey_stop).where(survey_stop.c.survey_id == survey_id))

    def merge(self, gone: str, kept: str) -> None:
        """Two members are one person."""
        mine = self._change(survey_stop).where(survey_stop.c.member_id == gone)
        self.run(mine.values(member_id=kept))

    def _today(self) -> date:
        return Surveys(self.work, self.community).today()
