"""Events in people's own calendars: a file that is saved, and an address that calendars follow."""

import re
from datetime import timedelta
from typing import Any

import httpx2
import icalendar
import sqlalchemy as sa
import vobject

from storage.communities import Settings
from storage.events import Changed, Event, Events
from storage.people import Role
from storage.programme import Part
from storage.tables import handout
from tests.community import Stage
from tests.conversations.gathering import announced, hides, part
from tests.conversations.rostering import at_the_portal
from tests.stages import Person, Shown
from tests.stages.portal import BASE, PortalPerson

LINK = "https://meet.example/abc"


async def asked(member: PortalPerson, address: str, **headers: str) -> httpx2.Response:
    """What a calendar program gets that asks an address, without a session."""
    path = address.removeprefix("https://portal.example").removeprefix(BASE)
    member.browser.client.cookies.clear()
    return await member.browser.client.get(path, headers=headers)


def read(content: bytes) -> dict[str, dict[str, str]]:
    """Each entry by its title, as two readers understand it alike."""
    found, names = {}, ("UID", "SEQUENCE", "STATUS", "TRANSP", "DESCRIPTION", "LOCATION", "URL")
    for event in icalendar.Calendar.from_ical(content).events:
        found[str(event["SUMMARY"])] = {name: str(event.get(name, "")) for name in names}
    others: Any = vobject.readOne(content.decode()).contents.get("vevent", [])
    again = {one.summary.value: {name: _value(one, name) for name in names} for one in others}
    assert again == found
    return found


def _value(event: Any, name: str) -> str:
    """By vobject."""
    found = event.contents.get(name.lower())
    return str(found[0].value) if found else ""


def address_in(shown: Shown) -> str:
    """The address that a card shows."""
    found = re.search(r"https://[^\s<]+/calendar/[\w-]+\.ics", shown.text)
    assert found, shown.text
    assert found[0].replace("https:", "webcal:") in shown.text
    return found[0]


async def comes(person: Person) -> None:
    await person.asks("イベント")
    await person.presses("春の集い")
    await person.presses("参加する")


async def changes(stage: Stage, event: Event, *parts: Part) -> Changed | None:
    return await stage.database.tx(lambda work: Events(work, stage.community.id).change(event.id, event.details, parts))


async def test_a_calendar_follows_by_itself(stage: Stage) -> None:
    """Coming, a move, the waiting list and a cancellation arrive under one UID; a new address ends the one before."""
    ada, ben = await stage.member("Ada"), await stage.member("Ben")
    event = await announced(stage, part(capacity=1, link=LINK))
    await comes(ada)
    await comes(ben)
    assert "アドレスはまだありません" in await ada.asks("イベント カレンダー")
    mine = address_in(await ada.presses("アドレスを作る"))
    await ben.asks("events calendar")
    his = address_in(await ben.presses("アドレスを作る"))
    async with at_the_portal(stage, ada) as door:
        came = await asked(door, mine)
        assert came.headers["content-type"] == "text/calendar; charset=utf-8"
        [first] = read(came.content).values()
        assert (first["STATUS"], first["URL"], first["LOCATION"]) == ("CONFIRMED", LINK, "みなと会館")
        assert (await asked(door, mine, **{"if-none-match": came.headers["etag"]})).status_code == 304
        [waiting] = read((await asked(door, his)).content).values()
        assert (waiting["STATUS"], waiting["TRANSP"]) == ("TENTATIVE", "TRANSPARENT")
        assert LINK not in str(waiting)
        assert "Ada" not in came.text
        later = event.first.starts_local + timedelta(days=1)
        moved = event.first.model_copy(update={"starts_local": later, "ends_local": later + timedelta(hours=2)})
        assert await changes(stage, event, moved)
        [second] = read((await asked(door, mine, **{"if-none-match": came.headers["etag"]})).content).values()
        assert (second["UID"], second["SEQUENCE"]) == (first["UID"], "1")
        await stage.database.tx(lambda work: Events(work, stage.community.id).cancel(event.id))
        [(title, third)] = read((await asked(door, mine)).content).items()
        assert (third["UID"], third["SEQUENCE"], third["STATUS"]) == (first["UID"], "2", "CANCELLED")
        assert title == "【中止】春の集い"
        assert LINK not in str(third)
        await ada.asks("event calendar")
        again = address_in(await ada.presses("アドレスを作り直す"))
        assert (await asked(door, again)).status_code == 200
        assert (await asked(door, mine)).status_code == 404
        await ada.asks("event calendar")
        assert "終わりにしました" in await ada.presses("アドレスをやめる")
        gone, never = await asked(door, again), await asked(door, f"{BASE}/calendar/guessed.ics")
        nowhere = await asked(door, f"{BASE}/nowhere")
        assert gone.status_code == never.status_code == nowhere.status_code == 404
        assert gone.text == never.text.replace("guessed", again.rpartition("/")[2].removesuffix(".ics"))
        for _ in range(20):
            await asked(door, f"{BASE}/calendar/guessed.ics")
        held = await asked(door, his)  # whatever is asked for, so that nothing is learned by waiting
        assert (held.status_code, held.headers["retry-after"]) == (429, "60")


async def test_one_event_as_a_file(stage: Stage) -> None:
    """Who does not come saves the event without its link; no row that waits for them says which event it is."""
    ada = await stage.member("Ada", Role.SECRETARIAT)
    await hides(stage, "Ada")
    event = await announced(stage, part(link=LINK))
    await ada.asks("イベント")
    await ada.presses("春の集い")
    shown = await ada.presses("カレンダーに追加")
    address = shown.links["カレンダー用に保存（.ics）"]
    async with at_the_portal(stage, ada) as door:
        if stage.surface.surface.name == "portal":
            saved = await door.browser.client.get(f"/events/{event.id}.ics")
            assert address.endswith(f"/events/{event.id}.ics")
            assert (await asked(door, f"{BASE}/events/{event.id}.ics")).status_code == 403
        else:
            waits = await stage.database.look(
                lambda work: work.connection.execute(sa.select(handout.c.subject)).scalars().all()
            )
            assert event.id not in waits
            await door.browser.get(address.removeprefix("https://portal.example"))
            await door.browser.submit(door.browser.main.one("form"))
            saved = door.browser.response
        assert "attachment" in saved.headers["content-disposition"]
        [(title, entry)] = read(saved.content).items()
        assert (title, entry["URL"], entry["DESCRIPTION"]) == ("春の集い", "", "まだお返事をいただいていません。")


async def test_others_who_look_read_nothing_they_should_not(stage: Stage) -> None:
    """A title with a word of this community is replaced, its text left out; whoever asks for all events gets them."""
    ada = await stage.member("Ada", language="en")
    await stage.database.tx(lambda work: Settings(work, stage.community.id).change("community", {"words": ["spring"]}))
    about = {"en": "The spring of our secret society"}
    await announced(stage, part(link=LINK), about=about)
    await announced(stage, part(), title={"en": "Lunch"}, about={"en": "Bring a\nfriend; or, two"})
    await ada.asks("events calendar")
    mine = address_in(await ada.presses("Make my address"))
    await ada.asks("events calendar")
    assert "It shows all events" in await ada.presses("Show all events")
    async with at_the_portal(stage, ada) as door:
        found = read((await asked(door, mine)).content)
    assert set(found) == {"Get-together", "Lunch"}
    assert "secret" not in str(found)
    assert found["Lunch"]["DESCRIPTION"] == "You have not answered yet.\n\nBring a\nfriend; or, two"
    assert "The address for your calendar" in await ada.asks("me")
