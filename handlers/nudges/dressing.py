"""What every message carries: why it came, and how to have less of it; and lines of what had no message of its own."""

from collections.abc import Mapping
from dataclasses import replace

from bot.cards import Buttons, Card, Divider, Look, Piece, Text, button
from bot.language import Reader
from handlers.nudges import actions, texts
from storage.habits import Habits, is_yearly
from storage.manners import REST, WINDOW, Manner, Manners
from storage.outbox import Drawer, Nudge, Outbox
from storage.people import Member, People
from storage.work import Work

MANNERS: Manners = {REST: Manner(name=texts.REST_NAME, why=texts.REST_WHY, priority=3, lives=WINDOW)}


def dressed(drawers: Mapping[str, Drawer], manners: Manners) -> dict[str, Drawer]:
    """The same drawers, each card with what its kind's manner asks for.  Shared rooms are left as they are."""
    return {
        kind: _dressed(kind, drawer, drawers, manners) if kind in manners else drawer
        for kind, drawer in drawers.items()
    }


def _dressed(kind: str, drawer: Drawer, drawers: Mapping[str, Drawer], manners: Manners) -> Drawer:
    manner = manners[kind]

    def draw(work: Work, nudge: Nudge) -> Card | None:
        card = drawer(work, nudge)
        if card is None or not nudge.member or nudge.replaces:
            return card
        member = People(work, nudge.community).get(nudge.member)
        if member is None:
            return card
        why = Text(member.reader(texts.WHY, why=reason(work, member, manner)), Look.QUIET)
        if manner.asked:
            return replace(card, pieces=(*card.pieces, why))
        awaited = Habits(work, nudge.community).awaited(member.id)
        silent = is_yearly(WINDOW.days, awaited.unanswered) and not manner.says_fine
        lines = _rest(work, nudge, drawers, member.reader)
        return replace(card, pieces=(*card.pieces, *lines, why, *foot(member.reader, kind, manner, silent=silent)))

    return draw


def reason(work: Work, member: Member, manner: Manner) -> str:
    """Why a kind of message comes to this member."""
    return manner.reason(work, member) if manner.reason else member.reader(manner.why)


def foot(reader: Reader, kind: str, manner: Manner, *, silent: bool) -> list[Piece]:
    """The ways to have less of it; to whoever has fallen silent also the way back."""
    row = [
        button(reader(texts.LESS), manner.less or actions.Less(kind=kind)),
        button(reader(texts.SKIP), manner.skip or actions.Skip(kind=kind)),
        button(reader(texts.STOP), actions.Stop(kind=kind)),
    ]
    if not silent:
        return [Buttons(tuple(row))]
    back = button(reader(texts.AS_BEFORE), actions.Fine(), Look.PRIMARY)
    return [Text(reader(texts.SILENT)), Buttons((back, *row))]


# --- what had no message of its own ---------------------------------------------------------------


def draw_rest(work: Work, nudge: Nudge) -> Card | None:
    """A message for what no other message came to tell; none when one did."""
    member = People(work, nudge.community).get(nudge.member or "")
    if member is None or not Outbox(work, nudge.community).carry(member.id, nudge.id):
        return None
    return Card(member.reader(texts.REST_SUMMARY), (Text(member.reader(texts.REST_NAME), Look.HEADING),))


def _rest(work: Work, nudge: Nudge, drawers: Mapping[str, Drawer], reader: Reader) -> list[Piece]:
    """One line each, with the one button that is meant."""
    pieces: list[Piece] = []
    for one in Outbox(work, nudge.community).carry(nudge.member or "", nudge.id):
        drawer = drawers.get(one.kind)
        card = drawer(work, one) if drawer else None
        if card:
            pieces += line(card)
    if not pieces:
        return []
    return [Divider(), *([] if nudge.kind == REST else [Text(reader(texts.ALSO))]), *pieces]


def line(card: Card) -> list[Piece]:
    """A card in one line: its first words, and the button that is meant, else its first one."""
    words = next((piece.text for piece in card.pieces if isinstance(piece, Text)), card.summary)
    meant = [one for one in card.buttons if getattr(one, "look", None) is Look.PRIMARY] or list(card.buttons)
    first = " ".join(words.split())
    return [Text(f"・{first}"), *([Buttons((meant[0],))] if meant else [])]
