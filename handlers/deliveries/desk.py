"""`/enishi-admin deliveries`: each batch, what became of it, and what can be done."""

from collections.abc import Sequence

from bot.cards import Piece
from bot.replies import Redraw
from bot.router import Command, Router
from handlers.deliveries import actions, cards, rules, texts
from handlers.turn import Turn
from storage.audit import Audit
from storage.batches import Batch, Batches, Fate

DESK_SHOWN = 3  # batches on the desk

router: Router[Turn] = Router()


def _batches(turn: Turn) -> Batches:
    return Batches(turn.work, turn.community.id)


def _named(turn: Turn) -> cards.Named:
    def name(batch: Batch) -> str:
        manner = turn.house.manners.get(batch.kind)
        return turn.reader(manner.name if manner else texts.SHARED if batch.shared else texts.OTHER)

    return name


def _every(turn: Turn, note: str = "") -> Redraw:
    told = rules.shown(_batches(turn).all(), turn.community.preset.floor)
    return Redraw(cards.every(turn.reader, told, _named(turn), note))


@router.asked(Command("deliveries", texts.COMMAND, also=("配信", "はいしん"), admin=True))
def deliveries(turn: Turn, _: str) -> Redraw:
    """All batches."""
    return _every(turn)


@router.pressed(actions.Show, desk=True)
def show(turn: Turn, _: actions.Show) -> Redraw:
    """The same, by a button."""
    return _every(turn)


@router.pressed(actions.Look, desk=True)
def look(turn: Turn, wish: actions.Look) -> Redraw:
    """One batch."""
    return _one(turn, wish.batch)


@router.pressed(actions.Again, desk=True)
def again(turn: Turn, wish: actions.Again) -> Redraw:
    """Send some of it again, to whoever can be reached now."""
    if wish.fate not in rules.WRONG or not _told(turn, wish.batch):
        return _one(turn, wish.batch)
    number = _batches(turn).again(wish.batch, Fate(wish.fate))
    if number:
        Audit(turn.work, turn.community.id).record(turn.me, "deliveries.again", wish.batch)
    words = turn.reader(texts.AGAIN, count=number) if number else turn.reader(texts.AGAIN_NONE)
    return _one(turn, wish.batch, words)


def _told(turn: Turn, name: str) -> Batch | None:
    """The batch, unless it is gone or too small to be told of by itself."""
    found = _batches(turn).get(name)
    told = rules.shown([found], turn.community.preset.floor).batches if found else ()
    return told[0] if told else None


def _one(turn: Turn, name: str, note: str = "") -> Redraw:
    batch = _told(turn, name)
    if batch is None:
        return _every(turn, turn.reader(texts.GONE))
    return Redraw(cards.one(turn.reader, batch, _named(turn), note))


def waiting(turn: Turn) -> Sequence[Piece]:
    """What failed lately, or nobody can tell of, for the desk."""
    told = rules.shown(_batches(turn).all(), turn.community.preset.floor).batches
    return cards.waiting(turn.reader, rules.wrong(told, turn.now)[:DESK_SHOWN], _named(turn))
