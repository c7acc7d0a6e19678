"""What waits on the desk, and what a leaver sees on their home page."""

from collections.abc import Sequence

from bot.cards import Buttons, Look, Piece, Text, button
from handlers.invite import actions, cards, drafts, links, shelf, texts, waves
from handlers.turn import Turn
from storage.invitations import Invitation, Kind, State

MOST = 5  # invitations to decide shown at once


def desk(turn: Turn) -> Sequence[Piece]:
    """Waves and invitations to approve, and drafts to send today."""
    read = turn.reader
    pieces: list[Piece] = []
    own = turn.me.id
    for one in shelf.waves(turn).asked():
        if one.member != own or shelf.alone(turn):
            look = button(read(texts.DESK_LOOK), actions.Wave(wave=one.id), Look.PRIMARY)
            pieces += [Text(waves.described(turn, one)), Buttons((look,))]
    waiting = [one for one in shelf.links(turn).waiting() if links.may_decide(turn, one)]
    for link in waiting[:MOST]:
        pieces += [Text(_asked(turn, link)), Buttons(cards.decide(read, link.id))]
    planned = len(shelf.links(turn).of_member(own, State.PLANNED))
    count = len(drafts.to_send(turn)) + min(planned, shelf.room(turn))
    if count:
        send = button(read(texts.DRAFTS_BUTTON), actions.Drafts(), Look.PRIMARY)
        pieces += [Text(read(texts.DRAFTS_LEFT, count=count)), Buttons((send,))]
    return [Text(read(texts.DESK_TITLE), Look.HEADING), *pieces] if pieces else []


def _asked(turn: Turn, link: Invitation) -> str:
    asker = turn.people.get(link.member) if link.member else None
    name = asker.name if asker else turn.reader(texts.SOMEBODY)
    if link.kind is Kind.REFERRAL:
        visible = asker is not None and asker.is_seen_by(turn.me)
        return turn.reader(texts.DESK_REFERRAL if visible else texts.DESK_REFERRAL_HIDDEN, name=name)
    listed = shelf.links(turn).is_barred(link)
    return turn.reader(texts.DESK_LISTED if listed else texts.DESK_INVITE, sender=name, name=link.name)


def home(turn: Turn) -> Sequence[Piece]:
    """A member who came by a leaver link is asked for a private address, until there is one."""
    link = shelf.links(turn).used_by(turn.me.id)
    if link is None or link.kind is not Kind.LEAVER or turn.me.profile.get("mail"):
        return []
    give = button(turn.reader(texts.LEAVER_ADDRESS), actions.Address(), Look.PRIMARY)
    return [Text(turn.reader(texts.LEAVER_HOME)), Buttons((give,))]
