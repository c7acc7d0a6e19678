"""The teams of a series, for whoever runs it: made, changed by hand, told, and made one, each by a press."""

from collections.abc import Sequence

from bot.cards import sentence
from bot.replies import Answer, Form, Redraw
from bot.router import Router
from handlers.events import running
from handlers.events import texts_desk as event_desk
from handlers.events.before import circle, rules
from handlers.events.cohort import cards_desk, crew, texts, texts_desk
from handlers.events.cohort import desk_actions as actions
from handlers.events.cohort.crew import Crew
from handlers.events.typed import number_in
from handlers.turn import Turn
from storage.apart import Apart
from storage.cohorts import Cohorts
from storage.events import Event, State
from storage.people import People
from storage.presets import K, Level
from storage.seats import Sitter

router: Router[Turn] = Router()
LEAST = 3  # people of whom teams can be made
Found = tuple[Event, Crew]


def _cohorts(turn: Turn) -> Cohorts:
    return Cohorts(turn.work, turn.community.id)


def found(turn: Turn, event_id: str, *, lock: bool = False) -> Found | Redraw:
    """The series of an event that whoever acts may run, or why not."""
    event = running.get(turn, event_id)
    if isinstance(event, Redraw):
        return event
    if lock and event.series:
        _cohorts(turn).hold(event.series)
    here = crew.load(turn.work, turn.community, event.series)
    if here is None or event.state is State.DRAFT:
        return Redraw(sentence(turn.reader(texts.GONE)))
    return event, here


def page(turn: Turn, event_id: str, said: str = "", start: int = 0) -> Answer:
    """The teams as they are now."""
    at = found(turn, event_id)
    if isinstance(at, Redraw):
        return at
    event, here = at
    book = here.found.roll.book
    start = start if 0 <= start < len(book.teams) else 0
    teams = [
        (number, circle.named(turn.work, turn.community, here.team(number), turn.me, joint=", "))
        for number in book.teams[start : start + cards_desk.PAGE]
    ]
    return Redraw(cards_desk.teams(turn.reader, event, here, teams, start=start, said=said))


@router.pressed(actions.Teams, desk=True, supporters=True)
def teams(turn: Turn, wish: actions.Teams) -> Answer:
    """The same, from a button."""
    return page(turn, wish.event, start=wish.start)


# --- making and telling --------------------------------------------------------------------------


def make_groups(
    guests: Sequence[rules.Guest], number: int, size: int, apart: rules.Pairs, *, told: bool
) -> rules.Made | None:
    """Teams of at most `size`, so many at most; None when they do not fit.  To keep people apart comes after that."""
    for pairs, covered in ((apart, told), (apart, True), ((), True)):
        made = rules.make(guests, ["team"], size, pairs, told=covered)
        if len(made.groups) <= number and all(len(group.members) <= size for group in made.groups):
            kept = not any(pair <= set(group.members) for pair in apart for group in made.groups)
            return rules.Made(made.groups, kept=kept)
    return None


@router.pressed(actions.MakeTeams, desk=True, supporters=True)
def make(turn: Turn, wish: actions.MakeTeams) -> Answer:
    """All teams, anew."""
    at = found(turn, wish.event, lock=True)
    if isinstance(at, Redraw):
        return at
    event, here = at
    inside, roll = here.inside(), here.found.roll
    covered = circle.covered(turn.community, inside)
    if sum(covered or one.level is not Level.HIDDEN for one in inside) < LEAST:
        return page(turn, event.id, turn.reader(texts_desk.FEW))
    guests = [rules.Guest(one.member, str(one.kind), hidden=one.level is Level.HIDDEN) for one in inside]
    apart = Apart(turn.work, turn.community.id).pairs([one.id for one in guests])
    number = here.found.terms.teams - roll.book.fewer
    made = make_groups(guests, number, roll.size, apart, told=covered)
    if made is None or not _cohorts(turn).form(event.series, [group.members for group in made.groups]):
        return page(turn, event.id, turn.reader(texts_desk.CANNOT))
    running.note(turn, "event.teams_made", event.id)
    words = [texts_desk.MADE] if made.kept or len(inside) < K else [texts_desk.MADE, texts_desk.MADE_BUT]
    return page(turn, event.id, " ".join(turn.reader(one) for one in words))


@router.pressed(actions.TellTeams, desk=True, supporters=True)
def tell(turn: Turn, wish: actions.TellTeams) -> Answer:
    """Everybody hears their team, where it is news."""
    at = found(turn, wish.event, lock=True)
    if isinstance(at, Redraw):
        return at
    event, here = at
    news = [tag for tag, one in here.found.roll.places.items() if one.team not in {0, one.told}]
    told = here.count([one for one in here.of(news) if one in here.inside()])
    _cohorts(turn).tell(event.series)
    running.note(turn, "event.teams_told", event.id)
    said = turn.reader(texts_desk.NO_NEWS) if told == "0" else _news(turn, told)
    return page(turn, event.id, said)


def _news(turn: Turn, told: str) -> str:
    return turn.reader(texts_desk.NEWS, number=told, count=1 if told == "1" else 2)


# --- by hand -------------------------------------------------------------------------------------


def _names(turn: Turn, some: Sequence[Sitter]) -> list[tuple[str, str]]:
    """Those whom whoever acts may see, by id, in the order of their names."""
    shown = [one.member for one in some if one.level is not Level.HIDDEN]
    names = People(turn.work, turn.community.id).names(shown, turn.me)
    return sorted(((who, name) for who, name in names.items() if name), key=lambda one: one[1])


def _choice(turn: Turn, event_id: str) -> tuple[Found, list[tuple[str, str]]] | Redraw:
    """Everybody in it whom whoever acts may see, with their team."""
    at = found(turn, event_id)
    if isinstance(at, Redraw):
        return at
    _, here = at
    book = here.found.roll.book
    reader, people = turn.reader, list[tuple[str, str]]()
    for number in (0, *book.teams):
        team = reader(texts.TEAM_OF, number=number) if number else reader(texts_desk.WITHOUT)
        people += [(who, f"{name} · {team}") for who, name in _names(turn, here.team(number))]
    if not book.teams or not people:
        done = page(turn, event_id, reader(texts_desk.NOBODY if book.teams else texts_desk.NONE))
        return done if isinstance(done, Redraw) else Redraw(sentence(reader(texts_desk.NONE)))
    return at, people[:100]


@router.pressed(actions.MoveOne, desk=True, supporters=True)
def move_one(turn: Turn, wish: actions.MoveOne) -> Form | Redraw:
    """Open the form."""
    choice = _choice(turn, wish.event)
    if isinstance(choice, Redraw):
        return choice
    (event, here), people = choice
    reader, roll = turn.reader, here.found.roll
    targets = [(str(number), reader(texts.TEAM_OF, number=number)) for number in roll.book.teams]
    if len(roll.book.teams) < here.found.terms.teams - roll.book.fewer:
        new = next(number for number in range(1, here.found.terms.teams + 1) if number not in roll.book.teams)
        targets.append((str(new), reader(texts_desk.NEW_TEAM, number=new)))
    return cards_desk.move(reader, event.id, people, targets)


def _changed(turn: Turn, event_id: str, *, done: bool) -> Answer:
    if done:
        running.note(turn, "event.teams_changed", event_id)
    return page(turn, event_id, turn.reader(texts_desk.MOVED if done else texts_desk.CANNOT))


@router.submitted(actions.OneMoved, desk=True, supporters=True)
def one_moved(turn: Turn, wish: actions.OneMoved) -> Answer:
    """Somebody is in another team."""
    choice = _choice(turn, wish.event)
    if isinstance(choice, Redraw):
        return choice
    (event, _), people = choice
    known = wish.member in dict(people)
    done = known and _cohorts(turn).move(event.series, wish.member, number_in(wish.to) or 0)
    return _changed(turn, event.id, done=done)


@router.pressed(actions.SwapTwo, desk=True, supporters=True)
def swap_two(turn: Turn, wish: actions.SwapTwo) -> Form | Redraw:
    """Open the form."""
    choice = _choice(turn, wish.event)
    return choice if isinstance(choice, Redraw) else cards_desk.swap(turn.reader, wish.event, choice[1])


@router.submitted(actions.TwoSwapped, desk=True, supporters=True)
def two_swapped(turn: Turn, wish: actions.TwoSwapped) -> Answer:
    """They change teams."""
    choice = _choice(turn, wish.event)
    if isinstance(choice, Redraw):
        return choice
    (event, _), people = choice
    known = {wish.member, wish.other} <= dict(people).keys()
    done = known and _cohorts(turn).exchange(event.series, wish.member, wish.other)
    return _changed(turn, event.id, done=done)


# --- two teams become one ------------------------------------------------------------------------


def _pairs(here: Crew) -> list[tuple[int, int]]:
    """Which teams would fit into one: the smaller one joins the larger."""
    roll = here.found.roll
    order = sorted(roll.book.teams, key=lambda number: (len(roll.held(number)), -number))
    return [(gone, kept) for n, gone in enumerate(order) for kept in order[n + 1 :] if roll.fits(gone, kept)]


@router.pressed(actions.Merge, desk=True, supporters=True)
def merge(turn: Turn, wish: actions.Merge) -> Form | Redraw:
    """Open the form."""
    at = found(turn, wish.event)
    if isinstance(at, Redraw):
        return at
    pairs = _pairs(at[1])
    if not pairs:
        done = page(turn, wish.event, turn.reader(texts_desk.NO_MERGE))
        return done if isinstance(done, Redraw) else Redraw(sentence(turn.reader(texts_desk.NO_MERGE)))
    return cards_desk.merge(turn.reader, wish.event, pairs[:100])


def _pair(turn: Turn, wish: actions.Merged, *, lock: bool = False) -> tuple[Found, int, int] | Redraw:
    at = found(turn, wish.event, lock=lock)
    if isinstance(at, Redraw):
        return at
    gone, _, kept = wish.pair.partition("-")
    pair = number_in(gone) or 0, number_in(kept) or 0
    if pair in _pairs(at[1]):
        return at, *pair
    done = page(turn, wish.event, turn.reader(texts_desk.CANNOT))
    return done if isinstance(done, Redraw) else Redraw(sentence(turn.reader(event_desk.BAD_CHOICE)))


@router.submitted(actions.Merged, desk=True, supporters=True)
def merged(turn: Turn, wish: actions.Merged) -> Answer:
    """Show what it leads to."""
    found_ = _pair(turn, wish)
    if isinstance(found_, Redraw):
        return found_
    (event, here), gone, kept = found_
    both = [*here.team(gone), *here.team(kept)]
    several = any(len(one.parts) > 1 and (gone - kept) % len(one.parts) for one in here.found.coming)
    return Redraw(cards_desk.merge_effect(turn.reader, event, wish.pair, (gone, kept), here.count(both), day=several))


@router.pressed(actions.MergeSure, desk=True, supporters=True)
def merge_sure(turn: Turn, wish: actions.MergeSure) -> Answer:
    """Make them one."""
    found_ = _pair(turn, wish, lock=True)
    if isinstance(found_, Redraw):
        return found_
    (event, _), gone, kept = found_
    done = _cohorts(turn).merge_teams(event.series, gone, kept)
    if done:
        running.note(turn, "event.teams_merged", event.id)
    return page(turn, event.id, turn.reader(texts_desk.MERGED if done else texts_desk.CANNOT))
