"""Events in the stories: announced by somebody who runs them, as the desk would."""

from datetime import datetime, timedelta
from typing import Any

from storage.events import Event, Events
from storage.people import People
from storage.presets import Level
from storage.programme import Details, Part
from storage.work import Work
from tests.community import START, Stage

EVENING = datetime(2035, 4, 20, 18, 30)  # noqa: DTZ001 - wall time in the part's zone
TOKYO = "Asia/Tokyo"


def part(**more: Any) -> Part:
    """Two hours on an evening in Tokyo."""
    starts = more.pop("starts_local", EVENING)
    place = {"ja": "みなと会館", "en": "Minato Hall"}
    usual = {"starts_local": starts, "ends_local": starts + timedelta(hours=2), "zone": TOKYO, "place": place}
    return Part.model_validate({**usual, **more})


def talk(*parts: Part, **more: Any) -> tuple[Details, list[Part]]:
    """An evening with a talk."""
    title = {"ja": "春の集い", "en": "Spring evening"}
    return Details.model_validate({"title": title, "languages": ("ja",), **more}), list(parts or (part(),))


async def announced(stage: Stage, *parts: Part, **details: Any) -> Event:
    """An event that members can answer."""
    said, what = talk(*parts, **details)

    def write(work: Work) -> Event:
        events = Events(work, stage.community.id)
        found = events.announce(events.write(said, what))
        assert found
        return found

    assert stage.clock.now() >= START
    return await stage.database.tx(write)


async def hides(stage: Stage, name: str) -> None:
    """Nobody sees them any more."""
    await stage.database.tx(lambda work: People(work, stage.community.id).show(stage.members[name], Level.HIDDEN))
