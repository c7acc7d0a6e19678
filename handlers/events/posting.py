"""An event's card in shared rooms: put there, and drawn again when something about it changes."""

from bot.address import Address
from bot.cards import Card
from bot.language import Reader
from handlers.events import facing, texts
from storage.communities import Community, Settings
from storage.events import Event
from storage.manners import Manner
from storage.outbox import Draft, Nudge, OnUnknown, Outbox
from storage.work import Work

CARD = "events.card"


def _key(event_id: str) -> str:
    return f"{CARD}:{event_id}:"


def post(work: Work, community: str, event: Event, room: Address) -> bool:
    """Put it into a room.  False when it stands there already."""
    place = work.keys.tag("event.room", str(room)).hex()[:16]
    draft = Draft(
        key=f"{_key(event.id)}{place}",
        kind=CARD,
        to=room,
        member=None,
        due_at=work.now,
        expires_at=max(event.ends_at, work.now + MANNERS[CARD].lives),
        params={"event": event.id},
        priority=1,
        on_unknown=OnUnknown.LOOKUP_DROP,
    )
    return Outbox(work, community).add([draft]) == 1


def revise(work: Work, community: str, event_id: str) -> None:
    """Somebody answered, or something changed: wherever it stands it is drawn again."""
    Outbox(work, community).revise(_key(event_id))


def draw(work: Work, nudge: Nudge) -> Card | None:
    """As it is now, in the room's language; None before it was announced, or once it is gone."""
    here: Community = Settings(work, nudge.community).get()
    found = facing.get(work, nudge.community, str(nudge.params["event"]))
    reader = Reader(nudge.language or here.language, here.zone)
    return facing.room_card(work, here, found, reader) if found else None


DRAWERS = {CARD: draw}
MANNERS = {CARD: Manner(name=texts.POST_NAME, why=texts.POST_WHY, asked=True)}
