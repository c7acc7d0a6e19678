"""`/enishi-admin poll`: for the secretariat and supporters, who may both ask and each end what they asked."""

from dataclasses import replace
from datetime import date, timedelta

from bot import dates
from bot.address import Address
from bot.cards import sentence
from bot.dates import Unclear, Want
from bot.replies import Answer, Form, Redraw
from bot.router import Command, Router, first_word
from handlers.polls import actions, desk_cards, nudges, rules, texts
from handlers.polls.conversation import polls, seen
from handlers.turn import Turn
from storage.audit import Audit
from storage.polls import Letters, Names, Poll, State, Terms

SHOWN = 8  # polls of each state
WEEK = timedelta(days=7)  # how far ahead the example of a last day is
NEW = ("new", "新規", "作成")

router: Router[Turn] = Router()


def _today(turn: Turn) -> date:
    """There: a poll ends with a day of its community, wherever its organiser is."""
    return replace(turn.reader, zone=turn.community.zone).local(turn.now).date()


def _may(turn: Turn, poll: Poll) -> bool:
    """Whether whoever acts may change or end it."""
    return turn.me.role.runs_the_desk or poll.organiser == turn.me.id


def _note(turn: Turn, action: str, poll: Poll) -> None:
    Audit(turn.work, turn.community.id).record(turn.me, action, poll.id)


def _page(turn: Turn, said: str = "") -> Redraw:
    found = [one for state in State for one in polls(turn).all(state, limit=SHOWN)]
    listed = [(one, _may(turn, one)) for one in found if one.state is not State.DRAFT or _may(turn, one)]
    return Redraw(desk_cards.everything(turn.reader, listed, said))


@router.asked(
    Command("poll", texts.DESK_COMMAND, also=("記名投票", "polls"), admin=True, hint="[new]"), supporters=True
)
def desk(turn: Turn, words: str) -> Answer:
    """All of them, or the form of a new one."""
    first, _ = first_word(words)
    return new(turn, actions.New()) if first in NEW else _page(turn)


@router.pressed(actions.Desk, desk=True, supporters=True)
def listed(turn: Turn, _: actions.Desk) -> Answer:
    """The same, by a button."""
    return _page(turn)


# --- writing --------------------------------------------------------------------------------------


@router.pressed(actions.New, desk=True, supporters=True)
def new(turn: Turn, _: actions.New) -> Form:
    """Open the form."""
    return _form(turn, actions.Written(channel=_places(turn)[0]))


@router.pressed(actions.Edit, desk=True, supporters=True)
def edit(turn: Turn, wish: actions.Edit) -> Form | Redraw:
    """Open the form of a draft."""
    found = _draft(turn, wish.poll)
    if found is None:
        return _page(turn, turn.reader(texts.GONE))
    terms = found.terms
    places = _rooms(turn, found)
    typed = actions.Written(
        poll=found.id,
        question=terms.question,
        options="\n".join(terms.options),
        several=terms.several,
        last_day=terms.last_day.isoformat(),
        names=terms.names,
        channel=next((place for place, room in places.items() if room == terms.channel), "none"),
        letters=terms.letters,
    )
    return _form(turn, typed)


def _form(turn: Turn, typed: actions.Written, errors: dict[str, str] | None = None) -> Form:
    example = _today(turn) + WEEK
    places = _places(turn, _draft(turn, typed.poll))
    return desk_cards.write(turn.reader, typed, places, zone=turn.community.zone, example=example, errors=errors)


def _draft(turn: Turn, poll_id: str) -> Poll | None:
    found = polls(turn).get(poll_id) if poll_id else None
    return found if found and found.state is State.DRAFT and _may(turn, found) else None


def _rooms(turn: Turn, draft: Poll | None = None) -> dict[str, str]:
    """What can be chosen as the room: the one the form was opened in is known, and no list of channels."""
    here, home = turn.event.where, str((turn.community.settings.get("checkins") or {}).get("channel", ""))
    shared = str(Address(here.surface, here.tenant, here.room)) if here.room and not here.user else ""
    board = str(Address.board(turn.community.id))
    kept = draft.terms.channel if draft else ""
    found = {"keep": "" if kept in {shared, home, board} else kept, "here": shared, "home": home, "board": board}
    return {**{place: room for place, room in found.items() if room}, "none": ""}


def _places(turn: Turn, draft: Poll | None = None) -> list[str]:
    """The same by their words, each room once."""
    rooms = _rooms(turn, draft)
    return [place for place, room in rooms.items() if place == next(one for one in rooms if rooms[one] == room)]


@router.submitted(actions.Written, desk=True, supporters=True)
def written(turn: Turn, typed: actions.Written) -> Answer:
    """Keep it as a draft, and show how it will look."""
    found = _draft(turn, typed.poll)
    if typed.poll and found is None:
        return _page(turn, turn.reader(texts.GONE))
    rooms, day, errors = _rooms(turn, found), _day(turn, typed), _wrong(turn, typed, found)
    if errors or isinstance(day, str):
        return _form(turn, typed, errors)
    terms = Terms(
        question=rules.tidy(typed.question),
        options=rules.options_in(typed.options),
        several=typed.several,
        last_day=day,
        names=Names(typed.names),
        channel=rooms[typed.channel],
        letters=Letters(typed.letters),
    )
    if found:
        polls(turn).rewrite(found.id, terms)
    return _shown(turn, found.id if found else polls(turn).draft(turn.me.id, terms))


def _day(turn: Turn, typed: actions.Written) -> date | str:
    """The last day as it was understood, or one sentence on why it cannot be."""
    reader, today = turn.reader, _today(turn)
    found = dates.read(typed.last_day, turn.now, turn.community.zone, language=reader.language, want=Want.DAY)
    if isinstance(found, Unclear):
        return found.sentence(reader)
    if not rules.may_end(found.day, today):
        return reader(texts.BAD_SPAN, day=reader.long_day(today + rules.LONGEST))
    return found.day


def _wrong(turn: Turn, typed: actions.Written, draft: Poll | None) -> dict[str, str]:
    """One sentence for each field that cannot be kept."""
    reader, errors = turn.reader, {}
    if not 0 < len(rules.tidy(typed.question)) <= rules.QUESTION_MAX:
        errors["question"] = reader(texts.BAD_QUESTION, max=rules.QUESTION_MAX)
    if fault := rules.fault_of(rules.options_in(typed.options)):
        errors["options"] = reader(texts.BAD_OPTIONS[fault], max=rules.OPTION_MAX)
    if isinstance(day := _day(turn, typed), str):
        errors["last_day"] = day
    for name, value, allowed in (
        ("names", typed.names, list(Names)),
        ("channel", typed.channel, [*_rooms(turn, draft)]),
        ("letters", typed.letters, list(Letters)),
    ):
        if value not in allowed:
            errors[name] = reader(texts.BAD_CHOICE)
    if not errors and typed.channel == "none" and typed.letters == Letters.NONE:
        errors["channel"] = reader(texts.NOWHERE)
    return errors


@router.pressed(actions.Draft, desk=True, supporters=True)
def draft(turn: Turn, wish: actions.Draft) -> Answer:
    """A draft as it will look."""
    return _shown(turn, wish.poll)


def _shown(turn: Turn, poll_id: str) -> Answer:
    found = _draft(turn, poll_id)
    if found is None:
        return _page(turn, turn.reader(texts.GONE))
    effect: list[tuple[str, str]] = []
    if found.terms.letters is not Letters.NONE:
        everybody = [one.id for one in turn.people.all()]
        effect = turn.foreseen(everybody, nudges.LETTER, turn.now)
    place = next(place for place, room in _rooms(turn, found).items() if room == found.terms.channel)
    return Redraw(desk_cards.draft(turn.reader, seen(turn, found), turn.reader(texts.CHANNELS[place]), effect))


# --- publishing, discarding, closing --------------------------------------------------------------


@router.pressed(actions.Publish, desk=True, supporters=True)
def publish(turn: Turn, wish: actions.Publish) -> Answer:
    """From now on it takes answers; a draft whose last day has passed is changed first."""
    found = _draft(turn, wish.poll)
    if found is None:
        return _page(turn, turn.reader(texts.GONE))
    today = _today(turn)
    if not rules.may_end(found.terms.last_day, today):
        return _page(turn, turn.reader(texts.BAD_SPAN, day=turn.reader.long_day(today + rules.LONGEST)))
    if polls(turn).publish(found.id, rules.closes_at(found.terms.last_day, turn.community.zone)):
        nudges.publish(turn.work, turn.community, found)
        _note(turn, "poll.published", found)
    room = Address.parse(found.terms.channel) if found.terms.channel else None
    invite = texts.INVITE if room and room.surface != "portal" else None
    return _page(turn, " ".join(turn.reader(words) for words in (texts.PUBLISHED, invite) if words))


@router.pressed(actions.Discard, desk=True, supporters=True)
def discard(turn: Turn, wish: actions.Discard) -> Answer:
    """Delete a draft."""
    found = _draft(turn, wish.poll)
    if found is None or not polls(turn).discard(found.id):
        return _page(turn, turn.reader(texts.GONE))
    _note(turn, "poll.discarded", found)
    return _page(turn, turn.reader(texts.DISCARDED))


@router.pressed(actions.Close, desk=True, supporters=True)
def close(turn: Turn, wish: actions.Close) -> Answer:
    """End it now."""
    found = polls(turn).get(wish.poll, lock=True)
    if found is None or found.state is State.DRAFT:
        return _page(turn, turn.reader(texts.GONE))
    if not _may(turn, found):
        return Redraw(sentence(turn.reader(texts.NOT_YOURS)))
    if not nudges.close(turn.work, turn.community, found, by=turn.me.id):
        return _page(turn, turn.reader(texts.OVER))
    _note(turn, "poll.closed", found)
    return _page(turn, turn.reader(texts.CLOSED))
