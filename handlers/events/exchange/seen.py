"""What an event's card, which a reminder is, too, and a home page say of the cards of those who come."""

from collections.abc import Sequence

from bot.cards import Buttons, Facts, Look, Piece, Text, button
from bot.language import Reader
from handlers.events.exchange import actions, rules, slips, texts
from handlers.events.exchange.rules import Between
from storage.communities import Community
from storage.events import Event, Events
from storage.exchange import Exchange
from storage.people import Member
from storage.work import Work


def below(work: Work, here: Community, event: Event, member: Member | None, reader: Reader) -> Sequence[Piece]:
    """For this member, or None for whoever reads a shared room."""
    is_open = slips.is_open(work, here.id, event)
    what = [Facts(((reader(texts.TITLE), reader(texts.WHAT)),))] if is_open else []
    if member is None:
        return what if event.ends_at > work.now else ()
    cards = actions.Cards(event=event.id)
    if Exchange(work, here.id).of(event.id, member.id):
        wanted = _wanted(work, event, member)
        if wanted is None:
            return (*what, Buttons((button(reader(texts.MINE), cards),)))
        said = [Text(reader(texts.WANTED_BY, count=wanted))] if wanted else []
        see = button(reader(texts.SEE), cards, Look.PRIMARY if wanted else Look.PLAIN)
        return (*what, *said, Buttons((see,)))
    if is_open and slips.is_coming(work, event, member):
        return (*what, Buttons((button(reader(texts.WRITE), actions.WriteCard(event=event.id)),)))
    return what


def _wanted(work: Work, event: Event, member: Member) -> int | None:
    """How many would like to talk with a member and have no answer; None while nobody reads their card."""
    shelf, there = Exchange(work, member.community.id), slips.readable(work, member.community.id, event)
    if shelf.key(event.id, member.id) not in there:
        return None
    talks = shelf.talks(event.id, member.id, [one.member.id for one in there.values()])
    return sum(rules.between(*pair) is Between.WANTED for pair in talks.values())


def waiting(work: Work, member: Member) -> Sequence[Piece]:
    """For their home page: at which events somebody would like to talk with them."""
    reader, here, pieces = member.reader, member.community.id, list[Piece]()
    for event in Events(work, here).some(Exchange(work, here).events(member.id)):
        if count := _wanted(work, event, member):
            pieces.append(Facts(((event.title(reader.language), reader(texts.WANTED_BY, count=count)),)))
            pieces.append(Buttons((button(reader(texts.SEE), actions.Cards(event=event.id), Look.PRIMARY),)))
    return pieces
