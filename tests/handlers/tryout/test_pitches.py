"""The pitch evening of the fictional community: groups by a press, slots, and what then goes by itself."""

from collections import Counter, defaultdict
from datetime import timedelta

from bot.actions import Action
from bot.cards import Button, Buttons, Card, Link, load
from bot.portal.delivering import page_of
from handlers.events import actions
from handlers.events import after_actions as after
from handlers.events.before import actions as before
from handlers.events.before import circle
from handlers.events.before import desk_actions as desk
from handlers.events.before import texts_pitch as texts
from handlers.events.desk_actions import Run
from handlers.tryout import evening
from handlers.tryout.people import starring
from handlers.tryout.pitches import CANNOT, CHANGES, GIVEN, GROUP, LATE, SIGN_UPS, SLOTS, TITLE, WAITING
from handlers.tryout.player import Player, button_of, card_of, form_of, found, player
from storage.events import Event
from storage.grouping import Grouping
from storage.notebook import StoredNotebook
from storage.outbox import Outbox, State
from storage.people import Member, People
from storage.presets import Level
from storage.programme import Attendee
from storage.seats import Seats, Sitter
from storage.work import Work
from tests.handlers.tryout.conftest import World

Circles = tuple[dict[str, list[list[Sitter]]], list[Sitter]]


async def _event(world: World) -> Event:
    event = await world.database.look(lambda work: evening.of(work, world.community, TITLE))
    assert event
    return event


async def _circles(world: World) -> Circles:
    """Who sits together, by theme, and who in no group."""
    event = await _event(world)

    def look(work: Work) -> Circles:
        themes = Grouping(work, world.community).get(event.id).themes
        assert themes
        groups, without = circle.circles(work, world.community, event, themes)
        by_theme = defaultdict(list)
        for theme, group in zip(themes.groups, groups, strict=True):
            by_theme[theme.id].append(group)
        return by_theme, without

    return await world.database.look(look)


async def _presses(who: Player, card: Card, kind: type[Action], label: str = "") -> Card:
    """The button of this kind, with this label where there are several; what comes back."""
    buttons = [one for one in card.buttons if isinstance(one, Button) and label in {"", one.label}]
    return card_of(await who.presses(button_of(Card("", (Buttons(tuple(buttons)),)), kind), kind))


async def _ready(secretary: Player) -> Card:
    """What is set up for the pitch evening."""
    listed = card_of(await secretary.asks("event", admin=True))
    return await _presses(secretary, await _presses(secretary, listed, Run, TITLE["ja"]), desk.Before)


async def _makes_groups(world: World, secretary: Player) -> None:
    """By theme, of even sizes, mixed; nobody is left out."""
    made = await _presses(secretary, await _presses(secretary, await _ready(secretary), desk.Groups), desk.MakeGroups)
    by_theme, without = await _circles(world)
    assert not without
    assert sum(len(group) for groups in by_theme.values() for group in groups) == SIGN_UPS
    for groups in by_theme.values():
        sizes = [len(group) for group in groups]
        staff = [sum(one.kind is Attendee.STAFF for one in group if one.level is not Level.HIDDEN) for group in groups]
        assert max(sizes) <= GROUP
        assert max(sizes) - min(sizes) <= 1
        assert max(staff) - min(staff) <= 1
    sheets = await _presses(secretary, made, desk.PrintGroups)
    assert [one for one in sheets.buttons if isinstance(one, Link)]
    await _presses(secretary, made, desk.TellGroups)


async def _gives_slots(secretary: Player) -> None:
    """Two more get a slot, the last of them before the others; then the programme stands."""
    listed = await _presses(secretary, await _ready(secretary), desk.Presenters)
    for one in WAITING[1:]:
        pitch = await _presses(secretary, listed, desk.SeePitch, one.title)
        given = await _presses(secretary, pitch, desk.Decide, secretary.reader(texts.GIVE))
        moved = await _presses(secretary, given, desk.Order, secretary.reader(texts.EARLIER))
        listed = await _presses(secretary, moved, desk.Presenters)
    await _presses(secretary, listed, desk.TellPresenters)


async def _sent(world: World) -> Counter[str]:
    """How many messages of each kind."""
    sent = await world.database.look(lambda work: Outbox(work, world.community).last(limit=1000, state=State.SENT))
    return Counter(one.kind for one in sent)


async def test_a_pitch_evening_from_groups_to_the_day_after(world: World) -> None:
    """Groups and slots by the secretariat's presses; letters, changes, arrivals and the day after by the clock."""
    event = await _event(world)
    cast = await world.database.look(lambda work: starring(work, world.community))
    secretary = player(cast.secretary, world.install.take_turn)
    await _makes_groups(world, secretary)
    await _gives_slots(secretary)

    def somebody(work: Work) -> Member:
        going = circle.coming(work, world.community, event)
        visible = (each.member for each in going if each.level is not Level.HIDDEN)
        return People(work, world.community).some([min(visible)])[0]

    one = await world.database.look(somebody)
    await world.tryout.become(one.id, world.community)
    me = player(one, world.install.take_turn)
    seen = await _presses(me, card_of(await me.asks("events")), actions.See, TITLE[me.reader.language])
    programme = [str(seen).index(each.title) for each in (*WAITING[1:], GIVEN)]
    assert programme == sorted(programme)  # each was moved before the one beside them
    assert WAITING[0].title not in str(seen)
    assert one.name in str(await _presses(me, seen, before.MyGroup))

    await world.tryout.forward(event.starts_at - CHANGES + timedelta(hours=1) - world.tryout.now())
    _, late = await _circles(world)
    assert len(late) == LATE
    await world.tryout.forward(event.starts_at - timedelta(minutes=30) - world.tryout.now())
    counts = await world.database.look(lambda work: Seats(work, world.community).counts(event.id, event.first.id))
    assert counts.going == SIGN_UPS + LATE - CANNOT
    assert counts.going // 2 < counts.here < counts.going

    kinds = await _sent(world)
    assert kinds["events.grouped"] > SIGN_UPS // 2
    assert kinds["events.presents"] == SLOTS.number  # a slot and a place, told in one evening: one letter
    assert kinds["events.hour"] > SIGN_UPS
    await world.tryout.forward(timedelta(days=2))
    notebook = StoredNotebook(world.database, "portal")
    letters = [load(text) for _, text in await notebook.leaf(world.community, page_of(secretary.inbox))]
    asks = [button for letter in letters if (button := found(letter, after.Confirm)) and event.id in button.press]
    assert len(asks) == 1
    await secretary.submits(form_of(await secretary.presses(asks[0], after.Confirm)), after.Confirmed)
    await world.tryout.forward(timedelta(days=1))
    assert (await _sent(world))["events.presented"] == SLOTS.number  # they are thanked
    assert await world.database.look(lambda work: evening.of(work, world.community, TITLE)) is None
