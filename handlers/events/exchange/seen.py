"""What an event's card says of the cards of those who come; the reminder of the day before is that card, too."""

from collections.abc import Sequence

from bot.cards import Buttons, Facts, Look, Piece, Text, button
from bot.language import Reader
from handlers.events.exchange import actions, rules, slips, texts
from handlers.events.exchange.rules import Between
from storage.communities import Community
from storage.events import Event
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
        there = slips.readable(work, here.id, event) if is_open else {}
        stands = Exchange(work, here.id).key(event.id, member.id) in there
        if not stands:
            return (*what, Buttons((button(reader(texts.MINE), cards),)))
        talks = Exchange(work, here.id).talks(event.id, member.id, [one.member.id for one in there.values()])
        wanted = sum(rules.between(*pair) is Between.WANTED for pair in talks.values())
        said = [Text(reader(texts.WANTED_BY, count=wanted))] if wanted else []
        see = button(reader(texts.SEE), cards, Look.PRIMARY if wanted else Look.PLAIN)
        return (*what, *said, Buttons((see,)))
    if is_open and slips.is_coming(work, event, member):
        return (*what, Buttons((button(reader(texts.WRITE), actions.WriteCard(event=event.id)),)))
    return what
