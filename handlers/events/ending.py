"""What can be said about events that are over: who came, what is kept, and what came of it."""

from datetime import timedelta

from bot.cards import sentence
from bot.language import Sentence
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Router
from handlers.events import after, cards_after, facing, running, typed
from handlers.events import after_actions as actions
from handlers.events import texts as said
from handlers.events import texts_after as texts
from handlers.turn import Turn
from storage.attendance import LINE_MAX, Attendance
from storage.events import Event
from storage.people import Area
from storage.programme import ABOUT_MAX, LINK_MAX, Archive
from storage.seats import Seats

YEAR = timedelta(days=365)
SURVEY = "survey new event_feedback"  # what the desk's own command for surveys is asked

router: Router[Turn] = Router()


def _attendance(turn: Turn) -> Attendance:
    return Attendance(turn.work, turn.community.id)


def _tells(turn: Turn, words: Sentence, **values: object) -> Redraw:
    return Redraw(sentence(turn.reader(words, **values)))


# --- whoever ran it ------------------------------------------------------------------------------


def _over(turn: Turn, event_id: str) -> Event | Redraw:
    """An event that whoever acts ran, or why not."""
    found = running.get(turn, event_id, lock=True)
    if isinstance(found, Redraw):
        return found
    return found if after.over(turn.work, turn.community.id, event_id) else _tells(turn, texts.EARLY)


def _page(turn: Turn, event_id: str, words: str = "") -> Answer:
    found = _over(turn, event_id)
    if isinstance(found, Redraw):
        return found
    return Redraw(after.page(turn.work, turn.me, found, words))


@router.pressed(actions.After, desk=True, supporters=True)
def page(turn: Turn, wish: actions.After) -> Answer:
    """What is left to do."""
    return _page(turn, wish.event)


@router.pressed(actions.Confirm, desk=True, supporters=True)
def confirm(turn: Turn, wish: actions.Confirm) -> Form | Redraw:
    """Open the form."""
    found = _over(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    seats = Seats(turn.work, turn.community.id)
    counts = [seats.counts(found.id, part.id) for part in found.parts]
    who = "noted" if any(one.here for one in counts) else "all"
    strangers = str(sum(one.strangers for one in counts))
    return cards_after.confirm(turn.reader, actions.Confirmed(event=found.id, who=who, strangers=strangers))


@router.submitted(actions.Confirmed, desk=True, supporters=True)
def confirmed(turn: Turn, wish: actions.Confirmed) -> Answer:
    """Keep who came; whoever organised it with them, or presented, hears so once."""
    found = _over(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    strangers, errors = typed.number_in(wish.strangers or "0"), {}
    if strangers is None or strangers > cards_after.STRANGERS_MAX:
        errors["strangers"] = turn.reader(texts.CONFIRM_BAD, max=cards_after.STRANGERS_MAX)
    if wish.who not in {"noted", "all"}:
        errors["who"] = turn.reader(texts.CONFIRM_PICK)
    if errors or strangers is None:
        return cards_after.confirm(turn.reader, wish, errors)
    attendance = _attendance(turn)
    for number, part in enumerate(found.parts):
        if wish.who == "all":
            attendance.everybody_came(part.id)
        attendance.strangers(part.id, 0 if number else strangers)
    first = attendance.confirm(found.id, turn.reader.local(turn.now).date())
    running.note(turn, "event.confirmed", found.id)
    if first:
        after.thank(turn.work, turn.community.id, found, turn.me.id)
    return _page(turn, found.id, turn.reader(texts.CONFIRM_SAID))


# --- what is kept --------------------------------------------------------------------------------


@router.pressed(actions.Summarise, desk=True, supporters=True)
def summarise(turn: Turn, wish: actions.Summarise) -> Form | Redraw:
    """Open the form with what is kept."""
    found = _over(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    kept, links = found.archive.summary, "\n".join(found.archive.links)
    now = actions.Summarised(event=found.id, ja=kept.get("ja", ""), en=kept.get("en", ""), links=links)
    return cards_after.summarise(turn.reader, now)


@router.submitted(actions.Summarised, desk=True, supporters=True)
def summarised(turn: Turn, wish: actions.Summarised) -> Answer:
    """Keep it; members find it from now on."""
    found = _over(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    texts_typed = {"ja": typed.lines(wish.ja), "en": typed.lines(wish.en)}
    links = tuple(dict.fromkeys(filter(None, map(str.strip, wish.links.splitlines()))))
    errors = {
        name: turn.reader(texts.SUMMARY_LONG, max=ABOUT_MAX)
        for name, text in texts_typed.items()
        if len(text) > ABOUT_MAX
    }
    if len(links) > cards_after.LINKS_MAX:
        errors["links"] = turn.reader(texts.LINKS_MANY, max=cards_after.LINKS_MAX)
    elif wrong := next((one for one in links if len(one) > LINK_MAX or not typed.is_address(one)), ""):
        errors["links"] = turn.reader(texts.LINKS_BAD, link=wrong[:100])
    if errors:
        return cards_after.summarise(turn.reader, wish, errors)
    summary = {language: text for language, text in texts_typed.items() if text}
    running.events(turn).keep(found.id, Archive(summary=summary, links=links))
    running.note(turn, "event.summarised", found.id)
    return _page(turn, found.id, turn.reader(texts.SUMMARY_SAID))


@router.pressed(actions.Offer, desk=True, supporters=True)
def offer(turn: Turn, wish: actions.Offer) -> Answer:
    """What it leads to; then the message to those who came."""
    found = _over(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    if not cards_after.is_kept(found.archive):
        return _page(turn, found.id, turn.reader(texts.OFFER_NONE))
    who = after.guests(turn.work, turn.community.id, found)
    if not who:
        return _page(turn, found.id, turn.reader(texts.OFFER_NOBODY))
    if not wish.sure:
        return Redraw(cards_after.offer(turn.reader, found, turn.foreseen(who, after.KEPT, turn.now)))
    after.offer(turn.work, turn.community.id, found)
    running.note(turn, "event.offered", found.id)
    return _page(turn, found.id, turn.reader(texts.OFFERED))


@router.pressed(actions.Feedback, desk=True, area=Area.CONTENT)
def feedback(turn: Turn, _: actions.Feedback) -> Answer:
    """A draft of three questions, in the desk of surveys."""
    return turn.house.ask(turn, SURVEY, admin=True)


# --- in numbers ----------------------------------------------------------------------------------


def numbers(turn: Turn, _: str = "") -> Answer:
    """The last twelve months, as they may be told."""
    if not running.runs_all(turn):
        return _tells(turn, said.NONE)
    year, reader, preset = _attendance(turn).report(turn.now - YEAR, turn.now), turn.reader, turn.community.preset
    plain = [(texts.NUMBERS_EVENTS, year.events), (texts.NUMBERS_PARTS, year.parts)]
    plain.append((texts.NUMBERS_CANCELLED, year.cancelled))
    people = [(texts.NUMBERS_SEATS, year.seats), (texts.NUMBERS_MEMBERS, year.members)]
    people += [(texts.NUMBERS_STRANGERS, year.strangers), (texts.OUTCOME_YES, year.yes), (texts.OUTCOME_NO, year.no)]
    facts = [(reader(label), reader.number(count)) for label, count in plain]
    facts += [(reader(label), preset.shown(count)) for label, count in people]
    return Redraw(cards_after.numbers(reader, facts))


@router.pressed(actions.Numbers, desk=True, area=Area.CONTENT)
def in_numbers(turn: Turn, _: actions.Numbers) -> Answer:
    """The same, from a button."""
    return numbers(turn)


# --- those who came ------------------------------------------------------------------------------


def _there(turn: Turn, event_id: str) -> Event | Whisper:
    """An event that whoever acts came to, or why not."""
    found = after.over(turn.work, turn.community.id, event_id)
    if found is None:
        return Whisper(sentence(turn.reader(said.GONE)))
    if not facing.was_there(turn.work, turn.me, found):
        return Whisper(sentence(turn.reader(texts.NOT_THERE)))
    return found


@router.pressed(actions.Came, untraced=True)
def came(turn: Turn, wish: actions.Came) -> Answer:
    """One tap; the last one counts."""
    found = _there(turn, wish.event)
    if isinstance(found, Whisper):
        return found
    before = _attendance(turn).told(found.id, turn.me.id)
    line = before[1] if before and wish.yes else ""
    _attendance(turn).tell(found.id, turn.me.id, came=wish.yes, line=line)
    return _tells(turn, texts.TOLD)


@router.pressed(actions.Tell, untraced=True)
def tell(turn: Turn, wish: actions.Tell) -> Form | Whisper:
    """Open the form."""
    found = _there(turn, wish.event)
    if isinstance(found, Whisper):
        return found
    before = _attendance(turn).told(found.id, turn.me.id)
    return cards_after.tell(turn.reader, actions.Told(event=found.id, line=before[1] if before else ""))


@router.submitted(actions.Told, untraced=True)
def told(turn: Turn, wish: actions.Told) -> Answer:
    """What came of it, in a line."""
    found = _there(turn, wish.event)
    if isinstance(found, Whisper):
        return found
    line = " ".join(typed.lines(wish.line).split())
    if not line:
        return cards_after.tell(turn.reader, wish, {"line": turn.reader(texts.TELL_EMPTY)})
    if len(line) > LINE_MAX:
        return cards_after.tell(turn.reader, wish, {"line": turn.reader(texts.TELL_LONG, max=LINE_MAX)})
    _attendance(turn).tell(found.id, turn.me.id, came=True, line=line)
    return _tells(turn, texts.TOLD)
