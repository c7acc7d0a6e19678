"""What is said because of a survey: that it is open, to everybody who was asked and in a channel; and to its trustees.

Everybody who was asked gets the same message under the same rules, whether they have answered or not: no row here can
tell.  Who is reminded is another matter, of which no row tells anything (`storage/ballots.py`, T3).
"""

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.address import Address
from bot.cards import Buttons, Card, Look, Piece, Text, button
from bot.language import Reader
from handlers.surveys.answering import actions as answering
from handlers.surveys.answering.texts import ANSWER, PROMISED
from handlers.surveys.authoring import actions, texts
from storage.ballots import Ballots
from storage.communities import Settings
from storage.manners import Manner
from storage.outbox import Draft, Nudge, Outbox
from storage.people import People
from storage.questions import LASTS, worded
from storage.schedules import CatchUp, Occurrence, Schedules
from storage.surveys import State, Survey, Surveys
from storage.trustees import missing
from storage.work import Work

ASKED, TRUSTEE, UNLOCK = "surveys.asked", "surveys.trustee", "surveys.unlock"
TRUSTEE_LIVES = timedelta(days=30)
MANNERS = {
    ASKED: Manner(name=texts.ANNOUNCE_NAME, why=texts.ANNOUNCE_WHY, digest=True, lives=LASTS),
    TRUSTEE: Manner(name=texts.TRUSTEE_NAME, why=texts.TRUSTEE_WHY, asked=True, priority=1, lives=TRUSTEE_LIVES),
    UNLOCK: Manner(name=texts.TRUSTEE_NAME, why=texts.TRUSTEE_WHY, asked=True, priority=1, lives=TRUSTEE_LIVES),
}


# --- that it is open -------------------------------------------------------------------------------


def announce(work: Work, community: str, one: Survey, channel: Address | None) -> None:
    """Have everybody told who was asked, a part at a time, and the channel at once."""
    zone = Settings(work, community).get().zone
    soon = work.database_now.astimezone(ZoneInfo(zone)).replace(second=0, microsecond=0, tzinfo=None)
    Schedules(work, community).set(
        ASKED, subject=one.id, dtstart_local=soon + timedelta(minutes=1), zone=zone, catch_up=CatchUp.EACH, grace=LASTS
    )
    if channel and one.closes_at:
        shared = Draft(
            key=f"{ASKED}:{one.id}:room",
            kind=ASKED,
            to=channel,
            member=None,
            due_at=work.now,
            expires_at=one.closes_at,
            params={"survey": one.id},
        )
        Outbox(work, community).add([shared])


def plan_asked(work: Work, occurrence: Occurrence, cursor: str, limit: int) -> tuple[list[Draft], str | None]:
    """To whoever was asked and can be reached; who joined later was not asked, and hears nothing."""
    one = Surveys(work, occurrence.community).get(occurrence.subject)
    if one is None or one.state is not State.OPEN or one.closes_at is None:
        return [], None
    people = People(work, occurrence.community)
    members = people.after(cursor, limit)
    asked = Ballots(work, occurrence.community).asked(one.id, [member.id for member in members])
    drafts = [
        Draft(
            key=f"{ASKED}:{one.id}:{member}",
            kind=ASKED,
            to=to,
            member=member,
            due_at=occurrence.starts_at,
            expires_at=one.closes_at,
            params={"survey": one.id},
        )
        for member, to in people.addresses(asked).items()
    ]
    return drafts, members[-1].id if len(members) == limit else None


def draw_asked(work: Work, nudge: Nudge) -> Card | None:
    """As long as it takes answers."""
    one = Surveys(work, nudge.community).get(str(nudge.params["survey"]))
    if one is None or one.state is not State.OPEN or not one.whole:
        return None
    if nudge.member is None:
        here = Settings(work, nudge.community).get()
        return announcement(Reader(nudge.language or here.language, here.zone), one)
    member = People(work, nudge.community).get(nudge.member)
    return announcement(member.reader, one) if member else None


def announcement(reader: Reader, one: Survey) -> Card:
    """The survey, until when, and its mark to compare."""
    asked = one.promised
    intro = worded(asked.intro, reader.language)
    pieces: list[Piece] = [Text(worded(asked.title, reader.language), Look.HEADING), *([Text(intro)] if intro else [])]
    pieces.append(Text(reader(texts.ANNOUNCE_UNTIL, day=reader.day(asked.closes_on))))
    pieces.append(Text(reader(texts.ANNOUNCE_HOW)))
    pieces.append(Text(reader(texts.ANNOUNCE_MARK, mark=asked.mark), Look.QUIET))
    answer = button(reader(ANSWER), answering.Open(survey=one.id), Look.PRIMARY)
    pieces.append(Buttons((answer, button(reader(PROMISED), answering.Promise(survey=one.id)))))
    return Card(reader(texts.ANNOUNCE_NOTE), tuple(pieces))


# --- to trustees -----------------------------------------------------------------------------------


def ask_trustees(work: Work, community: str, survey: str, who: Iterable[str]) -> None:
    """Ask these for a passphrase, each once for a survey."""
    _tell(work, community, TRUSTEE, survey, who)


def ask_to_unlock(work: Work, community: str, survey: str) -> None:
    """Its last day is over: ask whoever has not typed their passphrase, each once."""
    one = Surveys(work, community).get(survey)
    if one and one.state is State.SHUT and one.whole:
        _tell(work, community, UNLOCK, survey, missing(work, one))


def _tell(work: Work, community: str, kind: str, survey: str, who: Iterable[str]) -> None:
    to = People(work, community).addresses(who)
    Outbox(work, community).add(
        Draft(
            key=f"{kind}:{survey}:{member}",
            kind=kind,
            to=address,
            member=member,
            due_at=work.now,
            expires_at=work.now + TRUSTEE_LIVES,
            params={"survey": survey},
            priority=1,
        )
        for member, address in to.items()
    )


def draw_trustee(work: Work, nudge: Nudge) -> Card | None:
    """Unless somebody else was chosen meanwhile, or it is open."""
    member = People(work, nudge.community).get(nudge.member or "")
    one = Surveys(work, nudge.community).get(str(nudge.params["survey"]))
    if member is None or one is None or one.draft is None or member.id not in one.draft.trustees:
        return None
    title = worded(one.draft.title, member.reader.language) or "–"
    return Card(member.reader(texts.TRUSTEE_NOTE), tuple(to_entrust(member.reader, one.id, title, given=False)))


def to_entrust(reader: Reader, survey: str, title: str, *, given: bool) -> list[Piece]:
    """What a trustee is asked, and the way to their passphrase."""
    label = reader(texts.ENTRUST_AGAIN if given else texts.ENTRUST)
    press = button(label, actions.Entrust(survey=survey), Look.PLAIN if given else Look.PRIMARY)
    care = Text(reader(texts.TRUSTEE_CARE), Look.QUIET)
    return [Text(reader(texts.TRUSTEE_ASKED, title=title)), care, Buttons((press,))]


def draw_unlock(work: Work, nudge: Nudge) -> Card | None:
    """Unless they have typed it meanwhile."""
    member = People(work, nudge.community).get(nudge.member or "")
    one = Surveys(work, nudge.community).get(str(nudge.params["survey"]))
    if member is None or one is None or one.state is not State.SHUT or member.id not in missing(work, one):
        return None
    return Card(member.reader(texts.UNLOCK_NOTE), tuple(to_unlock(member.reader, one)))


def to_unlock(reader: Reader, one: Survey) -> list[Piece]:
    """What a trustee is asked after the last day."""
    until = reader.day(reader.local(one.destroyed_at).date())
    asked = Text(reader(texts.UNLOCK_ASKED, title=worded(one.promised.title, reader.language)))
    press = button(reader(texts.UNLOCK), actions.Unlock(survey=one.id), Look.PRIMARY)
    return [asked, Text(reader(texts.UNLOCK_UNTIL, day=until), Look.QUIET), Buttons((press,))]


PLANNERS = {ASKED: plan_asked}
DRAWERS = {ASKED: draw_asked, TRUSTEE: draw_trustee, UNLOCK: draw_unlock}
