"""Who is on the roster, and whom not to invite: `/enishi-admin roster` and `/enishi-admin bar`.

The owners keep the do-not-invite list: one role, so that as few as possible know who is on it.
"""

from collections.abc import Callable

from pydantic import ValidationError

from bot.cards import sentence
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Command, Router
from handlers.roster import actions, people_cards, rules, texts
from handlers.turn import Turn
from storage.audit import Audit
from storage.errands import Errand, Look
from storage.names import mail_key, name_key, reading_key
from storage.people import Area, Role
from storage.roster import Invitee, Person, Roster
from storage.work import Work

AT_ONCE = 500  # people of a step of a search
BARRED, UNBARRED = "barred", "unbarred"

router: Router[Turn] = Router()


def _roster(turn: Turn) -> Roster:
    return Roster(turn.work, turn.community.id)


def _keeps_the_list(turn: Turn) -> bool:
    return turn.me.role is Role.OWNER


# --- the roster ----------------------------------------------------------------------------------


@router.asked(
    Command("roster", texts.ROSTER_COMMAND, also=("名簿", "めいぼ"), admin=True, hint="[name]"), area=Area.ROSTER
)
def roster(turn: Turn, words: str) -> Answer:
    """Counts and imports; with words, whoever fits them."""
    if words.strip():
        return _find(turn, words)
    kept = _roster(turn)
    return Redraw(
        people_cards.roster(
            turn.reader,
            kept.counts(),
            kept.batches(),
            hidden=turn.community.preset.hides,
            keeps_the_list=_keeps_the_list(turn),
        )
    )


@router.pressed(actions.Search, desk=True, area=Area.ROSTER)
def search(turn: Turn, _: actions.Search) -> Form:
    """Open the form."""
    return people_cards.search(turn.reader)


@router.submitted(actions.Find, desk=True, area=Area.ROSTER)
def find(turn: Turn, typed: actions.Find) -> Answer:
    """Whoever fits."""
    if not name_key(typed.words):
        return people_cards.search(turn.reader, typed.words, turn.reader(texts.SEARCH_EMPTY))
    return _find(turn, typed.words)


def _find(turn: Turn, words: str) -> Answer:
    if turn.event.lasting:
        return Whisper(sentence(turn.reader(texts.NAMES_ELSEWHERE)))
    return turn.later(_searching(turn, " ".join(words.split())), Whisper(sentence(turn.reader(texts.SEARCH_SLOW))))


def _page(community: str, cursor: str) -> Callable[[Work], list[Invitee]]:
    return lambda work: Roster(work, community).after(cursor, AT_ONCE)


def _searching(turn: Turn, words: str) -> Errand[Answer]:
    """Everybody is opened, a few at a time, until enough fit: names are sealed, so nothing can look them up."""
    community, reader = turn.community, turn.reader
    hidden, keeps = community.preset.hides, _keeps_the_list(turn)
    name, reading, mail = name_key(words), reading_key(words), mail_key(words)
    fits: list[Invitee] = []
    cursor = ""
    while len(fits) <= people_cards.LISTED:
        page = yield Look(_page(community.id, cursor))
        fits += [
            who
            for who in page
            if name in name_key(who.name) or reading in reading_key(who.reading) or mail in mail_key(who.mail)
        ]
        if len(page) < AT_ONCE:
            break
        cursor = page[-1].id
    fits.sort(key=lambda who: (reading_key(who.reading), who.name, who.id))

    def on_the_list(work: Work) -> set[int]:
        return Roster(work, community.id).barred_among(fits)

    barred = yield Look(on_the_list)
    people = [(who, place in barred) for place, who in enumerate(fits)]
    return Whisper(people_cards.found(reader, words, people, hidden=hidden, keeps_the_list=keeps))


# --- do not invite -------------------------------------------------------------------------------


@router.asked(Command("bar", texts.BAR_COMMAND, also=("招待しない", "招待不可"), admin=True))
def bar(turn: Turn, _: str) -> Answer:
    """The list."""
    return _list(turn)


@router.pressed(actions.Listed, desk=True)
def listed(turn: Turn, wish: actions.Listed) -> Answer:
    """The list, from an entry on."""
    return _list(turn, wish.start)


def _refused(turn: Turn) -> Whisper | None:
    """The list is its keepers', and a chat keeps what it shows."""
    if not _keeps_the_list(turn):
        return Whisper(sentence(turn.reader(texts.BAR_KEEPER)))
    return None


def _list(turn: Turn, start: int = 0) -> Answer:
    if refused := _refused(turn):
        return refused
    if turn.event.lasting:
        return Whisper(sentence(turn.reader(texts.NAMES_ELSEWHERE)))
    return Whisper(people_cards.barred(turn.reader, _roster(turn).bars(), max(0, start)))


@router.pressed(actions.Bar, desk=True)
def open_bar(turn: Turn, _: actions.Bar) -> Form | Whisper:
    """Open the form."""
    return _refused(turn) or people_cards.bar(turn.reader, actions.Barred())


@router.submitted(actions.Barred, desk=True)
def barred(turn: Turn, typed: actions.Barred) -> Answer:
    """Put somebody on the list."""
    if refused := _refused(turn):
        return refused
    name, mail = rules.plain(typed.called), rules.plain(typed.mail)
    told = {"name": name or mail, "reading": rules.plain(typed.reading), "mail": mail, "left": rules.plain(typed.left)}
    try:
        row = rules.Row.model_validate(told, context=turn.reader.local(turn.now).date())
    except ValidationError as problem:
        wrong = {str(one["loc"][0]) for one in problem.errors(include_url=False, include_input=False)}
        said = {"name": texts.BAR_NEEDED, "mail": texts.BAR_MAIL_WRONG, "left": texts.BAR_LEFT_WRONG}
        errors = {"called" if one == "name" else one: turn.reader(said[one]) for one in said if one in wrong}
        return people_cards.bar(turn.reader, typed, errors)
    return _bar(turn, Person(name, row.reading, row.mail, left_year=row.left))


@router.pressed(actions.BarOne, desk=True)
def bar_one(turn: Turn, wish: actions.BarOne) -> Answer:
    """Put somebody of the roster on the list."""
    if refused := _refused(turn):
        return refused
    who = _roster(turn).get(wish.invitee)
    if who is None:
        return Redraw(sentence(turn.reader(texts.GONE)))
    return _bar(turn, Person(who.name, who.reading, who.mail, who.number, who.left_year))


def _bar(turn: Turn, who: Person) -> Answer:
    entry = _roster(turn).bar(who)
    Audit(turn.work, turn.community.id).record(turn.me, BARRED, entry)
    return Redraw(sentence(turn.reader(texts.BAR_DONE)))


@router.pressed(actions.Unbar, desk=True)
def unbar(turn: Turn, wish: actions.Unbar) -> Answer:
    """Take somebody off the list."""
    if refused := _refused(turn):
        return refused
    if not _roster(turn).unbar(wish.entry):
        return Redraw(sentence(turn.reader(texts.GONE)))
    Audit(turn.work, turn.community.id).record(turn.me, UNBARRED, wish.entry)
    return Redraw(sentence(turn.reader(texts.UNBAR_DONE)))
