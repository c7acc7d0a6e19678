"""What is said later about named polls: the post in a room, letters, one reminder, the close, and the result."""

from datetime import UTC, datetime, time, timedelta

from bot.address import Address
from bot.cards import Card
from bot.language import Reader
from handlers.polls import cards, rules, texts
from handlers.polls.view import finish, view
from storage.communities import Community
from storage.communities import Settings as Communities
from storage.manners import Manner
from storage.outbox import Draft, Nudge, OnUnknown, Outbox
from storage.people import Member, People
from storage.polls import POST, Letters, Poll, Polls, State
from storage.schedules import CatchUp, Occurrence, Schedules
from storage.work import Work

LETTER, REMINDER, RESULT, CLOSE = "polls.letter", "polls.reminder", "polls.result", "polls.close"
SOON = timedelta(minutes=1)  # letters are written by the clock, so that nobody waits for a thousand of them
LATE = timedelta(days=30)  # a close or a letter the clock missed is still made up for


# --- publishing and closing -----------------------------------------------------------------------


def publish(work: Work, here: Community, poll: Poll) -> None:
    """A poll was published: it is posted, members are written to, and the clock knows its last day."""
    terms, schedules = poll.terms, Schedules(work, here.id)
    closes_at = rules.closes_at(terms.last_day, here.zone)
    if terms.channel:
        _post(work, here, poll, "open", closes_at)
    late = {"subject": poll.id, "catch_up": CatchUp.EACH, "grace": LATE}
    midnight = datetime.combine(terms.last_day + timedelta(days=1), time())
    schedules.set(CLOSE, dtstart_local=midnight, zone=here.zone, **late)  # type: ignore[arg-type] # by name
    if terms.letters is not Letters.NONE:
        soon = (work.database_now + SOON).astimezone(UTC).replace(tzinfo=None)
        schedules.set(LETTER, dtstart_local=soon, zone="UTC", **late)  # type: ignore[arg-type] # as above
    today = Reader(zone=here.zone).local(work.now).date()
    again = rules.reminder(today, terms.last_day) if terms.letters is Letters.REMIND else None
    if again:
        schedules.set(REMINDER, dtstart_local=again, zone=here.zone, **late)  # type: ignore[arg-type] # as above


def close(work: Work, here: Community, poll: Poll, *, by: str = "") -> bool:
    """End it: rooms show how it ended, and whoever asked hears of it unless they did it.  False when it was over."""
    if not finish(work, here, poll):
        return False
    schedules = Schedules(work, here.id)
    for kind in (LETTER, REMINDER, CLOSE):
        schedules.stop(kind, poll.id)
    Outbox(work, here.id).cancel(key_prefix=f"{LETTER}:{poll.id}:", why="over")
    Outbox(work, here.id).cancel(key_prefix=f"{REMINDER}:{poll.id}:", why="over")
    if poll.terms.channel:
        Polls(work, here.id).redraw(poll.id)
        _post(work, here, poll, "closed", work.database_now + MANNERS[POST].lives)
    to = People(work, here.id).address(poll.organiser) if poll.organiser not in {"", by} else None
    if to:
        Outbox(work, here.id).add([_letter(RESULT, poll, poll.organiser, to, work.database_now)])
    return True


def _post(work: Work, here: Community, poll: Poll, what: str, until: datetime) -> None:
    draft = Draft(
        key=f"{POST}:{poll.id}:{what}",
        kind=POST,
        to=Address.parse(poll.terms.channel),
        member=None,
        due_at=work.database_now,
        expires_at=until,
        params={"poll": poll.id, "what": what},
        priority=1,
        on_unknown=OnUnknown.LOOKUP_DROP,
    )
    Outbox(work, here.id).add([draft])


def _letter(kind: str, poll: Poll, member: str, to: Address, at: datetime) -> Draft:
    ends = poll.closes_at if kind in {LETTER, REMINDER} and poll.closes_at else at + MANNERS[kind].lives
    return Draft(
        key=f"{kind}:{poll.id}:{member}",
        kind=kind,
        to=to,
        member=member,
        due_at=at,
        expires_at=ends,
        params={"poll": poll.id},
        priority=MANNERS[kind].priority,
    )


# --- the clock ------------------------------------------------------------------------------------


def plan_letters(work: Work, occurrence: Occurrence, cursor: str, limit: int) -> tuple[list[Draft], str | None]:
    """A letter to everybody who has not answered yet: at first, and in a reminder."""
    there, people = Polls(work, occurrence.community), People(work, occurrence.community)
    poll = there.get(occurrence.subject)
    if poll is None or not poll.takes_votes(work.database_now):
        return [], None
    members, answered = people.after(cursor, limit), there.voted(poll.id)
    addresses = people.addresses(one.id for one in members if one.id not in answered)
    drafts = [_letter(occurrence.kind, poll, who, to, occurrence.starts_at) for who, to in addresses.items()]
    return drafts, members[-1].id if len(members) == limit else None


def plan_close(work: Work, occurrence: Occurrence, _cursor: str, _limit: int) -> tuple[list[Draft], str | None]:
    """The last day is over."""
    poll = Polls(work, occurrence.community).get(occurrence.subject, lock=True)
    if poll:
        close(work, Communities(work, occurrence.community).get(), poll)
    return [], None


# --- drawing --------------------------------------------------------------------------------------


def draw_post(work: Work, nudge: Nudge) -> Card | None:
    """The poll in a shared room, or how it ended; in the community's language."""
    here = Communities(work, nudge.community).get()
    poll = Polls(work, nudge.community).get(str(nudge.params["poll"]))
    if poll is None:
        return None
    reader = Reader(nudge.language or here.language, here.zone)
    now = view(work, here, poll, None)
    return cards.result(reader, now) if nudge.params["what"] == "closed" else cards.shared(reader, now)


def draw_letter(work: Work, nudge: Nudge) -> Card | None:
    """The poll, unless it is over or answered."""
    member, poll = _both(work, nudge)
    if member is None or poll is None or not poll.takes_votes(work.now):
        return None
    now = view(work, member.community, poll, member)
    return None if now.mine else cards.letter(member.reader, now, again=nudge.kind == REMINDER)


def draw_result(work: Work, nudge: Nudge) -> Card | None:
    """How it ended, to whoever asked."""
    member, poll = _both(work, nudge)
    if member is None or poll is None or poll.state is not State.CLOSED:
        return None
    return cards.result(member.reader, view(work, member.community, poll, member))


def _both(work: Work, nudge: Nudge) -> tuple[Member | None, Poll | None]:
    poll = Polls(work, nudge.community).get(str(nudge.params["poll"]))
    return People(work, nudge.community).get(nudge.member or ""), poll


def redraw(work: Work, community: str, member_id: str) -> None:
    """A member leaves, or is seen by others now: what rooms show of their answers is drawn again."""
    there = Polls(work, community)
    for poll_id in {poll.id for poll, _ in there.by(member_id)} | {one.id for one in there.organised_by(member_id)}:
        there.redraw(poll_id)


MANNERS = {
    POST: Manner(name=texts.LETTER_NAME, why=texts.LETTER_WHY, asked=True),
    LETTER: Manner(name=texts.LETTER_NAME, why=texts.LETTER_WHY, digest=True),
    REMINDER: Manner(name=texts.REMINDER_NAME, why=texts.REMINDER_WHY),
    RESULT: Manner(name=texts.RESULT_NAME, why=texts.RESULT_WHY, asked=True),
}
PLANNERS = {LETTER: plan_letters, REMINDER: plan_letters, CLOSE: plan_close}
DRAWERS = {POST: draw_post, LETTER: draw_letter, REMINDER: draw_letter, RESULT: draw_result}
