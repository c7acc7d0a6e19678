"""What members can say about named polls, and what we answer."""

from bot.cards import sentence
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Command, Router
from handlers.polls import actions, cards, rules, texts
from handlers.polls.view import View, view
from handlers.turn import Turn
from storage.polls import Poll, Polls, State

OPEN_SHOWN, CLOSED_SHOWN = 5, 5  # polls in one's list

router: Router[Turn] = Router()


def polls(turn: Turn) -> Polls:
    """The repository."""
    return Polls(turn.work, turn.community.id)


def seen(turn: Turn, poll: Poll) -> View:
    """A poll as whoever acts may see it."""
    return view(turn.work, turn.community, poll, turn.me)


def _published(turn: Turn, poll_id: str) -> Poll | None:
    found = polls(turn).get(poll_id)
    return found if found and found.state is not State.DRAFT else None


@router.asked(Command("poll", texts.COMMAND, also=("記名投票", "polls")))
def mine(turn: Turn, _: str) -> Answer:
    """Polls to answer, and the latest results."""
    there = polls(turn)
    found = [*there.all(State.OPEN, limit=OPEN_SHOWN), *there.all(State.CLOSED, limit=CLOSED_SHOWN)]
    return Whisper(cards.mine(turn.reader, [(one, bool(there.picked(one.id, turn.me.id))) for one in found]))


@router.pressed(actions.Show)
def show(turn: Turn, wish: actions.Show) -> Answer:
    """One poll."""
    found = _published(turn, wish.poll)
    return Whisper(cards.ballot(turn.reader, seen(turn, found)) if found else sentence(turn.reader(texts.GONE)))


@router.pressed(actions.Who)
def who(turn: Turn, wish: actions.Who) -> Answer:
    """Who chose what, for those whom the poll shows names to."""
    found = _published(turn, wish.poll)
    if found is None:
        return Whisper(sentence(turn.reader(texts.GONE)))
    return Whisper(cards.who(turn.reader, seen(turn, found), wish.option))


# --- answering ------------------------------------------------------------------------------------


@router.pressed(actions.Vote)
def vote(turn: Turn, wish: actions.Vote) -> Answer:
    """Choose one; whoever those who see the names do not see is asked first."""
    found = _published(turn, wish.poll)
    if found is None or found.terms.several or not 0 <= wish.option < len(found.terms.options):
        return Whisper(sentence(turn.reader(texts.GONE)))
    now = seen(turn, found)
    if now.takes_votes and now.nameless and not wish.sure:
        return Whisper(cards.ask_first(turn.reader, now, wish.option, shared=wish.shared))
    return _take(turn, found, [wish.option], shared=wish.shared)


@router.pressed(actions.Answer)
def answer(turn: Turn, wish: actions.Answer) -> Form | Whisper:
    """Open the form where several may be chosen."""
    found = _published(turn, wish.poll)
    if found is None or not found.terms.several:
        return Whisper(sentence(turn.reader(texts.GONE)))
    now = seen(turn, found)
    if not now.takes_votes:
        return Whisper(cards.ballot(turn.reader, now, turn.reader(texts.OVER)))
    chosen = tuple(str(option) for option in now.mine)
    return cards.choose(turn.reader, now, actions.Answered(poll=found.id, shared=wish.shared, picked=chosen))


@router.submitted(actions.Answered)
def answered(turn: Turn, typed: actions.Answered) -> Answer:
    """Keep what was ticked."""
    found = _published(turn, typed.poll)
    if found is None or not found.terms.several:
        return Redraw(sentence(turn.reader(texts.GONE)))
    now, known = seen(turn, found), {str(number) for number in range(len(found.terms.options))}
    errors = {}
    if not typed.picked or not set(typed.picked) <= known:
        errors["picked"] = turn.reader(texts.PICK_ONE)
    if now.nameless and not typed.sure:
        errors["sure"] = turn.reader(texts.SURE_NEEDED)
    if errors and now.takes_votes:
        return cards.choose(turn.reader, now, typed, errors)
    return _take(turn, found, [int(one) for one in typed.picked], shared=typed.shared)


def _take(turn: Turn, poll: Poll, picked: list[int], *, shared: bool) -> Answer:
    taken = polls(turn).vote(poll.id, turn.me.id, picked)
    if taken:
        polls(turn).redraw(poll.id)
    return _after(turn, poll, turn.reader(texts.TAKEN if taken else texts.OVER), shared=shared)


@router.pressed(actions.Withdraw)
def withdraw(turn: Turn, wish: actions.Withdraw) -> Answer:
    """Take an answer back, and the name with it."""
    found = _published(turn, wish.poll)
    if found is None:
        return Redraw(sentence(turn.reader(texts.GONE)))
    if not found.takes_votes(turn.now):
        return _after(turn, found, turn.reader(texts.OVER), shared=False)
    gone = polls(turn).withdraw(found.id, turn.me.id)
    if gone:
        polls(turn).redraw(found.id)
    return _after(turn, found, turn.reader(texts.WITHDRAWN if gone else texts.NOTHING_TO_WITHDRAW), shared=False)


def _after(turn: Turn, poll: Poll, said: str, *, shared: bool) -> Answer:
    """The poll as it is now: in the place of one's own card, and beside one that others see."""
    card = cards.ballot(turn.reader, seen(turn, poll), said)
    return Whisper(card) if shared else Redraw(card)


def shows_now(turn: Turn, poll: Poll) -> bool:
    """Whether a result is still news."""
    return poll.closed_at is not None and turn.now - poll.closed_at < rules.SHOWN_ON_HOME
