"""What a member can say about the messages they get: fewer, not this time, no more of these; and what is sent."""

from collections.abc import Sequence
from datetime import datetime

from bot.cards import Facts, Look, Piece, Text, button
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Command, Router
from handlers.nudges import actions, cards, texts
from handlers.nudges.dressing import reason
from handlers.turn import Turn
from storage import ledger
from storage.habits import Habits
from storage.ledger import Known
from storage.manners import REST, WINDOW, Wishes, limits
from storage.outbox import Outbox, Posted, State

SHOWN = 5  # messages of each list
HELD_FOR = WINDOW  # what was held back longer ago is not listed

router: Router[Turn] = Router()


def _known(turn: Turn) -> Known:
    who = (turn.community.id, turn.me.id)
    started = [kind for kind, manner in turn.house.manners.items() if not manner.asked]
    return ledger.known(turn.work, [who], started)[who]


def _wish(turn: Turn, wishes: Wishes) -> None:
    Habits(turn.work, turn.community.id).wish(turn.me.id, wishes)


# --- under a message -----------------------------------------------------------------------------


@router.pressed(actions.Less)
def less(turn: Turn, _: actions.Less) -> Answer:
    """One message less in 28 days."""
    of = _known(turn)
    now = limits(of.settings, of.wishes).most
    if now <= 1:
        return Whisper(cards.sentence(turn.reader(texts.LESS_LEAST), cards.to_settings(turn.reader)))
    _wish(turn, of.wishes.model_copy(update={"most": now - 1}))
    return Whisper(cards.sentence(turn.reader(texts.LESS_NOW, count=now - 1), cards.to_settings(turn.reader)))


@router.pressed(actions.Skip)
def skip(turn: Turn, wish: actions.Skip) -> Answer:
    """Not this time: an answer like any other."""
    Habits(turn.work, turn.community.id).answered(turn.me.id, wish.kind.partition(".")[0])
    return Redraw(cards.sentence(turn.reader(texts.SKIPPED)))


@router.pressed(actions.Stop)
def stop(turn: Turn, wish: actions.Stop) -> Answer:
    """No more of this kind; what waits is not sent."""
    manner, of = turn.house.manners.get(wish.kind), _known(turn)
    if manner is None or manner.asked:
        return show(turn, "")
    _wish(turn, of.wishes.model_copy(update={"off": tuple(sorted({*of.wishes.off, wish.kind}))}))
    Outbox(turn.work, turn.community.id).cancel(kind=wish.kind, member=turn.me.id, why="held:off")
    Habits(turn.work, turn.community.id).answered(turn.me.id, wish.kind.partition(".")[0])
    again = button(turn.reader(texts.KIND_ON_AGAIN), actions.Start(kind=wish.kind))
    words = turn.reader(texts.STOPPED, name=turn.reader(manner.name))
    return Whisper(cards.sentence(words, again, cards.to_settings(turn.reader)))


@router.pressed(actions.Start)
def start(turn: Turn, wish: actions.Start) -> Answer:
    """This kind again."""
    manner, of = turn.house.manners.get(wish.kind), _known(turn)
    if manner is None:
        return show(turn, "")
    _wish(turn, of.wishes.model_copy(update={"off": tuple(kind for kind in of.wishes.off if kind != wish.kind)}))
    words = turn.reader(texts.STARTED, name=turn.reader(manner.name))
    return Whisper(cards.sentence(words, cards.to_settings(turn.reader)))


@router.pressed(actions.Fine)
def fine(turn: Turn, _: actions.Fine) -> Answer:
    """The press itself was the sign of life; nothing else is needed."""
    Habits(turn.work, turn.community.id).answered(turn.me.id)
    return Whisper(cards.sentence(turn.reader(texts.FINE)))


# --- one's own page ------------------------------------------------------------------------------


@router.asked(Command("nudges", texts.COMMAND, also=("お知らせ", "おしらせ", "お知らせ設定", "通知")))
def show(turn: Turn, _: str) -> Answer:
    """What came and why, what is to come, what was held back, and the budget."""
    return Whisper(cards.page(turn.reader, _page(turn)))


@router.pressed(actions.Show)
def shown(turn: Turn, _: actions.Show) -> Answer:
    """The same, by a button."""
    return show(turn, "")


def _page(turn: Turn) -> cards.Page:
    of, manners, since = _known(turn), turn.house.manners, turn.now - WINDOW
    mine = [one for one in Outbox(turn.work, turn.community.id).last(turn.me.id, 200) if one.kind in manners]
    sent = [one for one in mine if one.state in {State.SENT, State.SENDING, State.UNKNOWN}]
    coming = sorted((one for one in mine if one.state is State.PENDING), key=lambda one: one.due_at)
    kinds = [(kind, turn.reader(one.name)) for kind, one in manners.items() if not one.asked and kind != REST]
    return cards.Page(
        limits=limits(of.settings, of.wishes),
        started=len(of.sent),
        asked=sum(manners[one.kind].asked and _at(one) > since for one in sent),
        last=[_row(turn, one, reason(turn.work, turn.me, manners[one.kind])) for one in sent[:SHOWN]],
        coming=[_row(turn, one, cards.why(turn.reader, one.last_error)) for one in coming[:SHOWN]],
        held=_held(turn, mine)[:SHOWN],
        kinds=kinds,
    )


def _held(turn: Turn, mine: Sequence[Posted]) -> list[cards.Row]:
    rows = (
        _row(turn, one, cards.why(turn.reader, one.last_error))
        for one in mine
        if one.state is State.CANCELLED and one.due_at > turn.now - HELD_FOR
    )
    return [row for row in rows if row.why]


def _row(turn: Turn, one: Posted, why: str) -> cards.Row:
    return cards.Row(turn.reader(turn.house.manners[one.kind].name), turn.reader.local(_at(one)).date(), why)


def _at(one: Posted) -> datetime:
    return one.sent_at or one.due_at


# --- setting it tighter --------------------------------------------------------------------------


@router.pressed(actions.Change)
def change(turn: Turn, _: actions.Change) -> Form:
    """Open the form."""
    of = _known(turn)
    now = limits(of.settings, of.wishes)
    typed = actions.Keep(most=str(now.most), opens=str(now.opens), closes=str(now.closes))
    return cards.form(turn.reader, typed, of.settings)


@router.submitted(actions.Keep)
def keep(turn: Turn, typed: actions.Keep) -> Answer:
    """Keep what is tighter than the community's; the rest is the community's already."""
    of, reader, errors = _known(turn), turn.reader, {}
    here = of.settings
    for name, value, allowed in (
        ("most", typed.most, range(1, here.most + 1)),
        ("opens", typed.opens, range(here.opens, here.closes)),
        ("closes", typed.closes, range(here.opens + 1, here.closes + 1)),
    ):
        if value not in map(str, allowed):
            errors[name] = reader(texts.BAD_CHOICE)
    if not errors and int(typed.opens) >= int(typed.closes):
        errors["closes"] = reader(texts.BAD_HOURS)
    if errors:
        return cards.form(reader, typed, here, errors)
    most, opens, closes = int(typed.most), int(typed.opens), int(typed.closes)
    tighter = {
        "most": most if most < here.most else None,
        "opens": opens if opens > here.opens else None,
        "closes": closes if closes < here.closes else None,
    }
    _wish(turn, of.wishes.model_copy(update=tighter))
    return Redraw(cards.page(reader, _page(turn)))


# --- elsewhere -----------------------------------------------------------------------------------


def home(turn: Turn) -> Sequence[Piece]:
    """What was held back lately, and the way to all of it."""
    mine = Outbox(turn.work, turn.community.id).last(turn.me.id, 50)
    held = _held(turn, [one for one in mine if one.kind in turn.house.manners])
    words = [Text(turn.reader(texts.HOME, count=len(held)))] if held else []
    return (*words, cards.row(cards.to_settings(turn.reader)))


def about(turn: Turn) -> Sequence[Piece]:
    """Limits, and what went out."""
    now = limits(_known(turn).settings, _known(turn).wishes)
    facts = ((turn.reader(texts.FORM_MOST), turn.reader(texts.MESSAGES, count=now.most)),)
    said = (texts.ABOUT, texts.ABOUT_AWAITED)
    title = Text(turn.reader(texts.ABOUT_TITLE), Look.HEADING)
    return (title, Facts(facts), *(Text(turn.reader(words), Look.QUIET) for words in said))
