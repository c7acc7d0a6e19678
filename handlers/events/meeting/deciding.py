"""What whoever runs a meeting writes down as decided; correcting and deleting it is the secretariat's."""

from bot.cards import sentence
from bot.replies import Answer, Form, Redraw
from bot.router import Router
from handlers.events import running
from handlers.events.meeting import cards_desk, reading, texts, told, writing
from handlers.events.meeting import desk_actions as actions
from handlers.events.meeting import texts_desk as said
from handlers.events.typed import Errors, lines, too_long
from handlers.turn import Turn
from storage.decisions import TEXT_MAX, Decision, Decisions, Superseded
from storage.minutes import Outcome
from storage.people import Area

router: Router[Turn] = Router()


def _shelf(turn: Turn) -> Decisions:
    return Decisions(turn.work, turn.community.id)


def _read(turn: Turn, ja: str, en: str) -> tuple[dict[str, str], Errors]:
    """The words by language, or what is wrong with them."""
    text = {language: words for language, typed in (("ja", ja), ("en", en)) if (words := lines(typed))}
    errors = {name: over for name, words in text.items() if (over := too_long(turn.reader, words, TEXT_MAX))}
    if not text:
        errors["ja" if turn.reader.language == "ja" else "en"] = turn.reader(said.DECIDE_EMPTY)
    return text, errors


@router.pressed(actions.Decide, desk=True, supporters=True)
def decide(turn: Turn, wish: actions.Decide) -> Form | Redraw:
    """Open the form."""
    found = writing.item(turn, wish.event, wish.item)
    if isinstance(found, Redraw):
        return found
    return cards_desk.decide(turn.reader, actions.Decided(event=wish.event, item=wish.item))


@router.submitted(actions.Decided, desk=True, supporters=True)
def decided(turn: Turn, wish: actions.Decided) -> Answer:
    """Keep it under the next number; the item is decided with it."""
    found = writing.item(turn, wish.event, wish.item)
    if isinstance(found, Redraw):
        return found
    (event, item), (text, errors) = found, _read(turn, wish.ja, wish.en)
    if errors:
        return cards_desk.decide(turn.reader, wish, errors)
    here = _shelf(turn).of_event(event.id)
    name = next((one.name for one in here if (one.words.title, dict(one.words.text)) == (item.topic.title, text)), "")
    if not name:  # a press that came twice is one decision
        on, title = event.first.starts_local.date(), item.topic.title
        try:
            name = _shelf(turn).decide(on, text, event=event.id, title=title, instead=wish.instead.strip())
        except Superseded:
            return cards_desk.decide(turn.reader, wish, {"instead": turn.reader(said.DECIDE_NO)})
        running.note(turn, "decision.made", name)
    now = writing.notes(turn).get(event.id, item.id)
    kept, version = (dict(now.said.text), now.version) if now else ({}, 0)
    writing.notes(turn).keep(event.id, item.id, kept, Outcome.DECIDED, version)
    told.revise(turn.work, turn.community.id, event.id)
    return writing.shown(turn, event, item, turn.reader(said.DECIDED, name=name))


# --- afterwards ----------------------------------------------------------------------------------


def _one(turn: Turn, name: str) -> Decision | Redraw:
    return _shelf(turn).get(name) or Redraw(sentence(turn.reader(texts.GONE)))


@router.pressed(actions.Reword, desk=True, area=Area.CONTENT)
def reword(turn: Turn, wish: actions.Reword) -> Form | Redraw:
    """Open the form of its words."""
    one = _one(turn, wish.number)
    if isinstance(one, Redraw):
        return one
    text = one.words.text
    typed = actions.Reworded(number=one.name, ja=text.get("ja", ""), en=text.get("en", ""))
    return cards_desk.reword(turn.reader, typed)


@router.submitted(actions.Reworded, desk=True, area=Area.CONTENT)
def reworded(turn: Turn, wish: actions.Reworded) -> Answer:
    """Keep them; wherever it stands it is drawn anew."""
    one = _one(turn, wish.number)
    if isinstance(one, Redraw):
        return one
    text, errors = _read(turn, wish.ja, wish.en)
    if errors:
        return cards_desk.reword(turn.reader, wish, errors)
    _shelf(turn).reword(one, text)
    running.note(turn, "decision.changed", one.name)
    told.revise(turn.work, turn.community.id, one.event)
    return reading.shown(turn, one.name, turn.reader(said.REWORDED))


@router.pressed(actions.DropDecision, desk=True, area=Area.CONTENT)
def drop(turn: Turn, wish: actions.DropDecision) -> Answer:
    """Delete it; its number is not used again."""
    one = _one(turn, wish.number)
    if isinstance(one, Redraw):
        return one
    _shelf(turn).drop(one)
    running.note(turn, "decision.deleted", one.name)
    told.revise(turn.work, turn.community.id, one.event)
    return Redraw(sentence(turn.reader(said.DELETED, name=one.name)))
