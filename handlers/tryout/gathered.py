"""The tour's part about an event: a full evening, a seat that comes free, the door, and the day after."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.replies import Answer
from handlers.events import actions
from handlers.events.day import actions as day
from handlers.tryout import texts
from handlers.tryout.evening import CANNOT, CHANGES
from handlers.tryout.player import Player, button_of, card_of

BEFORE, AFTER = timedelta(minutes=40), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Evening:
    """How the tour shows and says, lets time pass, and when it begins."""

    shows: Callable[..., Awaitable[None]]
    forward: Callable[[timedelta], Awaitable[list[str]]]
    now: Callable[[], Awaitable[datetime]]
    starts_at: datetime


async def play(evening: Evening, member: Player, secretary: Player) -> None:
    """A member waits in line, moves up, is reminded and checks in; whoever runs it counts, and is thanked."""
    waits = await _signs_up(member)
    await evening.shows(texts.EVENING, waits, name=member.name, command="/enishi events")
    await _until(evening, evening.starts_at - CHANGES + AFTER)
    await evening.shows(texts.EVENING_FREED, await member.asks("events"), name=member.name, count=CANNOT)
    which = card_of(await secretary.asks("event sheet", admin=True))
    sheet = await secretary.presses(button_of(which, day.RunSheet), day.RunSheet)
    await evening.shows(texts.EVENING_SHEET, sheet, name=secretary.name, command="/enishi-admin event sheet")
    await _until(evening, evening.starts_at - BEFORE)
    listed = card_of(await member.asks("events"))
    seen = card_of(await member.presses(button_of(listed, actions.See), actions.See))
    arrives = button_of(seen, day.Arrive)
    here = await member.presses(arrives, day.Arrive)
    await evening.shows(texts.EVENING_HERE, here, name=member.name, label=arrives.label)
    door = await secretary.asks("event door", admin=True)
    await evening.shows(texts.EVENING_DOOR, door, name=secretary.name, command="/enishi-admin event door")
    await evening.forward(AFTER)


async def _signs_up(member: Player) -> Answer:
    listed = card_of(await member.asks("events"))
    seen = card_of(await member.presses(button_of(listed, actions.See), actions.See))
    return await member.presses(button_of(seen, actions.Answer), actions.Answer)


async def _until(evening: Evening, at: datetime) -> None:
    now = await evening.now()
    if at > now:
        await evening.forward(at - now)
