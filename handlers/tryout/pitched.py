"""The tour's part about a pitch evening: a theme, a group, and who presents."""

from collections.abc import Awaitable, Callable

from bot.cards import Card
from handlers.events import actions, desk_actions
from handlers.events.before import actions as before
from handlers.events.before import desk_actions as desk
from handlers.tryout import texts
from handlers.tryout.pitches import SLOTS, THEMES
from handlers.tryout.player import Player, button_of, card_of, form_of

Shows = Callable[..., Awaitable[None]]
Told = Callable[[], Awaitable[Card]]


async def play(shows: Shows, told: Told, member: Player, secretary: Player) -> None:
    """A member chooses a theme; groups are made and told, slots given, and the programme stands.

    `told` waits for the member's letter about their group.
    """
    chosen = await _chooses(member)
    await shows(texts.PITCHES, chosen, name=member.name, command="/enishi events")
    ready = await _ready(secretary)
    groups = card_of(await secretary.presses(button_of(ready, desk.Groups), desk.Groups))
    make = button_of(groups, desk.MakeGroups)
    made = card_of(await secretary.presses(make, desk.MakeGroups))
    await shows(texts.PITCHES_GROUPS, made, name=secretary.name, label=make.label)
    tell = button_of(made, desk.TellGroups)
    await secretary.presses(tell, desk.TellGroups)
    await shows(texts.PITCHES_TOLD, await told(), name=secretary.name, label=tell.label, member=member.name)
    programme = await _gives(secretary, ready)
    await shows(texts.PITCHES_PROGRAMME, programme, name=secretary.name)


async def _chooses(member: Player) -> Card:
    """Signed up, with the first theme."""
    listed = card_of(await member.asks("events"))
    seen = card_of(await member.presses(button_of(listed, actions.See), actions.See))
    comes = card_of(await member.presses(button_of(seen, actions.Answer), actions.Answer))
    form = form_of(await member.presses(button_of(comes, before.Choose), before.Choose))
    return card_of(await member.submits(form, before.Chosen, themes=(THEMES[0][0].id,)))


async def _ready(secretary: Player) -> Card:
    """What is set up for it."""
    listed = card_of(await secretary.asks("event", admin=True))
    page = card_of(await secretary.presses(button_of(listed, desk_actions.Run), desk_actions.Run))
    return card_of(await secretary.presses(button_of(page, desk.Before), desk.Before))


async def _gives(secretary: Player, ready: Card) -> Card:
    """The slots that are left, to the last who asked; then everybody hears their place."""
    listed = card_of(await secretary.presses(button_of(ready, desk.Presenters), desk.Presenters))
    for _ in range(SLOTS.number - 1):
        one = card_of(await secretary.presses(button_of(listed, desk.SeePitch, last=True), desk.SeePitch))
        given = card_of(await secretary.presses(button_of(one, desk.Decide), desk.Decide))
        listed = card_of(await secretary.presses(button_of(given, desk.Presenters), desk.Presenters))
    return card_of(await secretary.presses(button_of(listed, desk.TellPresenters), desk.TellPresenters))
