"""What the secretariat did: `/enishi-admin audit`."""

from collections.abc import Mapping

from bot.replies import Answer, Redraw
from bot.router import Command, Router
from handlers.desk import actions, cards, texts
from handlers.turn import Turn
from storage.audit import Audit, Entry
from storage.people import Member

router: Router[Turn] = Router()


@router.asked(Command("audit", texts.AUDIT_COMMAND, also=("記録", "監査", "きろく", "log"), admin=True))
def audit(turn: Turn, _: str) -> Answer:
    """The newest entries."""
    return _page(turn, 0)


@router.pressed(actions.Audit, desk=True)
def paged(turn: Turn, wish: actions.Audit) -> Answer:
    """Older ones."""
    return _page(turn, max(0, wish.before))


def _page(turn: Turn, before: int) -> Answer:
    found = Audit(turn.work, turn.community.id).latest(cards.ROWS + 1, before or None)
    entries = found[: cards.ROWS]
    actors = {member.id: member for member in turn.people.some({entry.actor for entry in entries})}
    lines = [(_when(turn, entry), _said(turn, entry, actors)) for entry in entries]
    older = entries[-1].number if len(found) > cards.ROWS else None
    return Redraw(cards.audit(turn.reader, lines, older, newest=not before))


def _when(turn: Turn, entry: Entry) -> str:
    """With the year, since entries of two years are kept."""
    local = turn.reader.local(entry.at)
    return f"{turn.reader.long_day(local.date())} {local:%H:%M}"


def _said(turn: Turn, entry: Entry, actors: Mapping[str, Member]) -> str:
    words = turn.house.audited.get(entry.action)
    what = turn.reader(words) if words else turn.reader(texts.WORDLESS, action=entry.action)
    return turn.reader(texts.DID, who=_who(turn, entry, actors), what=what)


def _who(turn: Turn, entry: Entry, actors: Mapping[str, Member]) -> str:
    """A name, unless whoever it was has left or is hidden."""
    if not entry.actor:
        return turn.reader(texts.SERVER)
    member = actors.get(entry.actor)
    if member is None:
        return turn.reader(texts.GONE)
    if not member.is_seen_by(turn.me):
        return turn.reader(texts.ONE_OF)
    return cards.listed(turn.reader, member)
