"""Cards of a series for fixed teams, at their largest, fit every surface and leave nothing out."""

import json
from dataclasses import replace

import pytest

from bot.cards import Button, Buttons, Card
from bot.language import Reader
from bot.slack import drawing as slack
from bot.teams import drawing as teams
from handlers.events.cohort import cards, cards_desk, crew
from storage.clock import MovableClock
from storage.cohorts import Cohorts, sized
from storage.engine import Database
from storage.people import People
from storage.programme import DATES_MAX, TEAM_MOST, TEAMS_MAX, FixedTeams
from storage.series import SeriesShelf
from tests.fakes import blocks
from tests.handlers.test_event_before_cards import MORE, NAME
from tests.handlers.test_event_cards import TEAMS_MAX as BYTES_MAX
from tests.storage.hall import Desk, Hall, details, part

PARTS, PEOPLE = 4, 24


def _cards(desk: Desk, language: str) -> dict[str, Card]:
    """Twelve dates of four parts, twenty teams, and a member from elsewhere in the first of them."""
    work, hall = desk.work, desk.hall
    terms = FixedTeams(places=TEAM_MOST, teams=TEAMS_MAX, dates=DATES_MAX)
    said = details(title={"ja": "縁" * 120}, rule="FREQ=MONTHLY;BYMONTHDAY=20;COUNT=12", cohort=terms)
    days = [part(f"2035-04-{20 + n}T18:00", words={"ja": "縁" * 60}) for n in range(PARTS)]
    draft = desk.events.write(said, sized(said, days))
    series = SeriesShelf(work, hall.community).announce(draft, DATES_MAX)[0].series
    shelf, people = Cohorts(work, hall.community), People(work, hall.community)
    for who in hall.members:
        people.describe(who, {"name": NAME})
        shelf.join(series, who, None)
    shelf.form(series, [hall.members[:TEAM_MOST], hall.members[TEAM_MOST:]])
    shelf.tell(series)
    member = people.get(hall.members[0])
    assert member
    away = replace(member, own_language=language, own_zone="America/New_York")
    here = crew.load(work, member.community, series)
    assert here
    seen, event = cards.own(here, away), here.found.dates[0]
    reader = Reader(language)
    teams_ = [(number, "、".join([NAME] * TEAM_MOST)) for number in range(1, cards_desk.PAGE + 1)]
    counts = "\n".join(f"{number}" * 20 for number in range(TEAMS_MAX))
    return {
        "series": cards.series(seen),
        "date": cards.date(seen, event, NAME),
        "teams": cards_desk.teams(reader, event, here, teams_, start=0, said=NAME),
        "came": cards_desk.came(reader, event, [(one, counts) for one in here.found.dates]),
        "merge": cards_desk.merge_effect(reader, event, "1-2", (1, 2), "12", day=True),
    }


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_the_largest_cards_fit(database: Database, clock: MovableClock, language: str) -> None:
    """Nothing is refused, and nothing had to be left out."""
    hall = await Hall.settle(database, clock, PEOPLE)
    for name, card in (await hall.does(lambda desk: _cards(desk, language))).items():
        message = slack.message(card)
        assert not blocks.of_message(message["blocks"], message["text"]), name
        buttons = [one for block in message["blocks"] for one in block.get("elements", []) if "value" in one]
        assert len(buttons) == sum(isinstance(one, Button) for one in card.buttons), name
        told = json.dumps(teams.card(card, None), ensure_ascii=False)
        assert len(told) * 2 < BYTES_MAX, name
        for drawn in (json.dumps(message, ensure_ascii=False), told):
            assert not [said for said in (*MORE, *map(Reader("ja"), MORE)) if said in drawn], name
        assert all(len(one.buttons) <= 10 for one in card.pieces if isinstance(one, Buttons)), name
