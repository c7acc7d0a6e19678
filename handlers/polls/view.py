"""A poll as one reader, or a shared room, may see it."""

from dataclasses import dataclass

from handlers.polls import rules
from storage.communities import Community
from storage.people import Member, People
from storage.polls import Names, Poll, Polls, Result, State
from storage.presets import Preset
from storage.work import Work


@dataclass(frozen=True, slots=True)
class View:
    """One poll for one reader.

    `names`: of each option, those of its voters whom this reader may see by name, in the order of names.  `organiser`
    is a name, or "".  `mine` and `nameless` are about the reader: what they chose, and that their name is not shown.
    """

    poll: Poll
    preset: Preset
    result: Result
    names: tuple[tuple[str, ...], ...]
    organiser: str
    mine: tuple[int, ...] = ()
    nameless: bool = False
    takes_votes: bool = True
    shows_names: bool = True  # this reader is one of those whom the poll shows names to


def view(work: Work, here: Community, poll: Poll, reader: Member | None) -> View:
    """What stands there now, or how it ended; a `reader` of None is whoever reads a shared room."""
    people, votes = People(work, here.id), Polls(work, here.id).votes(poll.id)
    organiser = people.get(poll.organiser) if poll.organiser else None
    voters = people.some(votes)
    named = [one for one in voters if rules.is_named(poll.terms, one, organiser)]
    size = len(poll.terms.options)
    result = poll.result or rules.told(size, votes, {one.id for one in named}, here.preset)
    shows = poll.terms.names is Names.EVERYBODY or (reader is not None and reader.id == poll.organiser)
    shown = sorted((one.name, one.id) for one in named if shows and one.name and one.is_seen_by(reader))
    names = tuple(tuple(name for name, who in shown if option in votes[who]) for option in range(size))
    visible = organiser is not None and organiser.is_seen_by(reader)
    return View(
        poll=poll,
        preset=here.preset,
        result=result,
        names=names,
        organiser=organiser.name if organiser and visible else "",
        mine=votes.get(reader.id, ()) if reader else (),
        nameless=reader is not None and not rules.is_named(poll.terms, reader, organiser),
        takes_votes=poll.takes_votes(work.now),
        shows_names=shows,
    )


def finish(work: Work, here: Community, poll: Poll) -> bool:
    """Close it: how it ended is counted once, as everybody may be told.  False when somebody else did."""
    if poll.state is not State.OPEN:
        return False
    return Polls(work, here.id).close(poll.id, view(work, here, poll, None).result)
