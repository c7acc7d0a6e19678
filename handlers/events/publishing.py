"""Seeing an event as others do, and announcing it: to a room, to the portal's board, and to members it suits."""

from dataclasses import replace

from bot.address import Address
from bot.cards import Card, sentence
from bot.language import Reader
from bot.replies import Answer, Form, Redraw
from bot.router import Router
from handlers.events import (
    cards,
    cards_desk,
    desk_actions,
    facing,
    forms,
    inviting,
    posting,
    running,
    telling,
    texts_desk,
)
from handlers.events.cards import Mine
from handlers.events.cohort import plan
from handlers.turn import Turn
from storage.discretion import hushed
from storage.events import Event, State
from storage.programme import Fault, faults
from storage.seating import Standing
from storage.series import AHEAD, SeriesShelf

AWAY = ("America/New_York", "Asia/Tokyo")  # where the member of the preview lives who lives elsewhere

router: Router[Turn] = Router()


# --- preview -------------------------------------------------------------------------------------


@router.pressed(desk_actions.Preview, desk=True, supporters=True)
def preview(turn: Turn, wish: desk_actions.Preview) -> Answer:
    """As a member sees it in each language, from elsewhere, when they are coming, in the channel, on a lock screen."""
    found = running.get(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    eyes = wish.eyes if wish.eyes in texts_desk.EYES else "ja"
    away = next(zone for zone in AWAY if zone != found.zone)
    card = cards_desk.preview(turn.reader, found.id, eyes, away, _seen_by(turn, found, eyes, away))
    return Redraw(card)


def _seen_by(turn: Turn, found: Event, eyes: str, away: str) -> Card:
    here = turn.community
    reader = Reader("en" if eyes == "en" else "ja" if eyes == "ja" else turn.reader.language, found.zone)
    seen = facing.of(turn.work, here, found, None)
    seen = replace(seen, state=str(State.ANNOUNCED), shared=eyes == "room")
    if eyes == "zone":
        reader = Reader(reader.language, away)
    if eyes == "going":
        seen = replace(seen, mine={part.id: Mine(Standing.GOING) for part in found.parts})
    return hushed(cards.event(reader, seen), here, reader)


# --- announcing ----------------------------------------------------------------------------------


def _digest_room(turn: Turn) -> str:
    return str((turn.community.settings.get("checkins") or {}).get("channel", ""))


def rooms_open(turn: Turn) -> list[str]:
    """Where it can be put: the room the form is opened in, the digest's channel, the board, or nowhere."""
    where = turn.event.where
    here = ["here"] if where.room and not where.user and where.surface != "portal" else []
    digest = _digest_room(turn)
    kept = ["digest"] if digest and digest != str(Address.board(turn.community.id)) else []
    return [*here, *kept, "board", "none"]


def room_of(turn: Turn, channel: str) -> Address | None:
    """Its address; None for nowhere."""
    where = turn.event.where
    match channel:
        case "here":
            return Address(where.surface, where.tenant, where.room)
        case "digest":
            return Address.parse(_digest_room(turn))
        case "board":
            return Address.board(turn.community.id)
        case _:
            return None


def _ready(turn: Turn, event_id: str) -> Event | Redraw:
    """An event that can be announced, or what has to be mended first."""
    found = running.changing(turn, event_id)
    if isinstance(found, Redraw) or found.state is State.ANNOUNCED:
        return found
    amiss = faults(found.details, found.parts, turn.now)
    if Fault.PAST in amiss:
        return Redraw(sentence(turn.reader(texts_desk.ALL_PAST)))
    if Fault.DEADLINE in amiss:
        return Redraw(sentence(turn.reader(texts_desk.DEADLINE_PAST)))
    if amiss:
        return Redraw(sentence(turn.reader(texts_desk.NOT_READY)))
    return found


@router.pressed(desk_actions.Announce, desk=True, supporters=True)
def announce(turn: Turn, wish: desk_actions.Announce) -> Form | Redraw:
    """Open the form."""
    found = _ready(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    channels = rooms_open(turn)
    typed = desk_actions.Announced(event=found.id, channel=channels[0])
    return forms.announce(turn.reader, found.id, channels, typed)


@router.submitted(desk_actions.Announced, desk=True, supporters=True)
def announced(turn: Turn, wish: desk_actions.Announced) -> Answer:
    """Show what it would lead to; nothing is sent yet."""
    found = _ready(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    channels = rooms_open(turn)
    if wish.channel not in channels:
        errors = {"channel": turn.reader(texts_desk.BAD_CHOICE)}
        again = wish.model_copy(update={"channel": channels[0]})
        return forms.announce(turn.reader, found.id, channels, again, errors)
    facts = []
    if wish.nudge:
        who = [one.id for one in turn.people.all() if inviting.suits(found, one)]
        facts = [(turn.reader(texts_desk.EFFECT_FITS), turn.community.preset.shown(len(who)))]
        facts += turn.foreseen(who, telling.ANNOUNCED, turn.now, until=telling.closes(found))
    where = turn.reader(texts_desk.CHANNELS[wish.channel])
    return Redraw(cards_desk.effect(turn.reader, wish, where, facts))


@router.pressed(desk_actions.Publish, desk=True, supporters=True)
def publish(turn: Turn, wish: desk_actions.Publish) -> Answer:
    """Announce it; the first date of a series with the next ones."""
    found = _ready(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    if wish.channel not in rooms_open(turn):
        return Redraw(sentence(turn.reader(texts_desk.CHANNEL_GONE)))
    if found.state is State.DRAFT:
        SeriesShelf(turn.work, turn.community.id).announce(found.id, plan.ready(turn, found) or AHEAD)
        running.note(turn, "event.announced", found.id)
    room = room_of(turn, wish.channel)
    if room:
        posting.post(turn.work, turn.community.id, found, room)
    if wish.nudge:
        inviting.soon(turn.work, turn.community.id, found.id)
    invite = texts_desk.INVITE_BOT if room and wish.channel == "here" else None
    said = [turn.reader(one) for one in (texts_desk.PUBLISHED, invite) if one]
    return running.shown(turn, found.id, " ".join(said))
