"""What members are told about cards: that somebody would like to talk, and that somebody would be glad to.

Both were asked for: the one by a card, the other by asking.  A no, and silence, are told to nobody.  Hidden members
have no row here; the clock tells them, see `handlers/events/quiet.py`.
"""

from collections.abc import Iterator

from bot.cards import Card
from handlers.events import facing
from handlers.events.exchange import cards, rules, slips, texts
from handlers.events.exchange.rules import Between
from handlers.events.exchange.slips import Shown
from storage.asides import Asides
from storage.events import Event
from storage.exchange import Exchange, Said
from storage.manners import Manner
from storage.outbox import AGAIN, Draft, Nudge, Outbox
from storage.people import Member, People
from storage.presets import Level
from storage.work import Work

WANTS, GLAD = "events.wants_talk", "events.glad_to_talk"
SAYS = {WANTS: (Between.WANTED, texts.WANTS), GLAD: (Between.BOTH, texts.GLAD)}


def send(work: Work, kind: str, event: Event, to: Shown, of: Shown) -> None:
    """One message a kind, of one of two to the other; the event is held.

    Once only, however often a question is taken back and asked again; unless it was taken back before it went out.
    """
    here = to.member.community.id
    if to.member.level is Level.HIDDEN:
        Asides(work, here).leave(event.id, WANTS)
        return
    _note(work, kind, event, to, of)
    address = People(work, here).address(to.member.id)
    if address is None:
        return
    outbox = Outbox(work, here)
    key = f"{kind}:{work.keys.tag('event.talk.told', here, event.id, of.member.id, to.member.id).hex()}"
    while outbox.dropped([key]):
        key += AGAIN
    draft = Draft(
        key=key,
        kind=kind,
        to=address,
        member=to.member.id,
        due_at=work.now,
        expires_at=event.ends_at + slips.OPEN,
        params={"event": event.id, "card": of.key},
        priority=MANNERS[kind].priority,
    )
    outbox.add([draft])


def _note(work: Work, kind: str, event: Event, to: Shown, of: Shown) -> None:
    """They have been told, so that the clock does not tell them once more."""
    shelf = Exchange(work, to.member.community.id)
    mine, theirs = shelf.talks(event.id, to.member.id, [of.member.id])[of.member.id]
    if kind == WANTS:
        shelf.put(event.id, of.member.id, to.member.id, theirs.model_copy(update={"told": True}))
    elif mine.answer is Said.YES:
        shelf.put(event.id, to.member.id, of.member.id, mine.model_copy(update={"heard": True}))


def hidden(work: Work, community: str, event: Event) -> Iterator[tuple[Member, Card | None]]:
    """Hidden members with what they have not been told yet; whoever takes it tells them."""
    Exchange(work, community).hold(event.id)
    there = slips.readable(work, community, event)
    people = {one.member.id: one for one in there.values()}
    for to in there.values():
        if to.member.level is not Level.HIDDEN:
            continue
        for who, (mine, theirs) in Exchange(work, community).talks(event.id, to.member.id, people).items():
            how = rules.between(mine, theirs)
            for kind, new in (
                (WANTS, how is Between.WANTED and not theirs.told),
                (GLAD, mine.answer is Said.YES and not mine.heard),
            ):
                if new:
                    _note(work, kind, event, to, people[who])
                    yield to.member, _card(kind, event, to.member, people[who])


def _card(kind: str, event: Event, to: Member, of: Shown) -> Card:
    how, words = SAYS[kind]
    reader = to.reader
    said = reader(words, name=cards.name(reader, of.member), event=event.title(reader.language))
    return cards.one(reader, event, of, how, said)


def draw(work: Work, nudge: Nudge) -> Card | None:
    """As long as both cards can be read, and it is still so."""
    found = facing.whose(work, nudge)
    if found is None:
        return None
    member, event = found
    there = slips.readable(work, nudge.community, event)
    of, shelf = there.get(str(nudge.params["card"])), Exchange(work, nudge.community)
    if of is None or shelf.key(event.id, member.id) not in there:
        return None
    pair = shelf.talks(event.id, member.id, [of.member.id]).get(of.member.id, rules.NOTHING)
    still = rules.between(*pair) is SAYS[nudge.kind][0]
    return _card(nudge.kind, event, member, of) if still else None


DRAWERS = {WANTS: draw, GLAD: draw}
MANNERS = {
    WANTS: Manner(name=texts.WANTS_NAME, why=texts.WANTS_WHY, asked=True, priority=1),
    GLAD: Manner(name=texts.GLAD_NAME, why=texts.GLAD_WHY, asked=True, priority=1),
}
