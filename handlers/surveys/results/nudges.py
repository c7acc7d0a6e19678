"""Who hears that a survey has ended: the secretariat, and of a void one everybody; of results, once they are shown."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.address import Address
from bot.cards import Card
from bot.language import Reader
from handlers.surveys.results import cards, texts
from storage.communities import Settings
from storage.manners import Manner
from storage.outbox import Draft, Nudge, OnUnknown, Outbox
from storage.people import Area, Member, People, Role
from storage.questions import KEPT
from storage.schedules import CatchUp, Occurrence, Schedules
from storage.surveys import State, Survey, Surveys
from storage.work import Work

ENDED, DESK, VOID, SHARED = "results.ended", "results.desk", "results.void", "results.shared"
MANNERS = {
    DESK: Manner(name=texts.MANNER_DESK, why=texts.MANNER_DESK_WHY, asked=True, priority=1),
    VOID: Manner(name=texts.MANNER_VOID, why=texts.MANNER_VOID_WHY, priority=3, digest=True),
    SHARED: Manner(name=texts.MANNER_SHARED, why=texts.MANNER_SHARED_WHY, priority=3, digest=True),
}
FIRST = datetime.combine(date(2024, 1, 1), time(9))  # a morning, where the community is
GRACE = timedelta(days=7)
LIVES = timedelta(days=14)
TOLD = KEPT + LIVES  # after its last day a survey may still end, at the latest destroyed unread; no key is kept so long
ADMINS = (Role.OWNER, Role.SECRETARIAT)


def settle(work: Work, community: str) -> None:
    """Look every morning which surveys have ended."""
    zone = Settings(work, community).get().zone
    Schedules(work, community).set(
        ENDED, dtstart_local=FIRST, rrule="FREQ=DAILY", zone=zone, catch_up=CatchUp.LATEST, grace=GRACE
    )


def plan_ended(work: Work, occurrence: Occurrence, cursor: str, limit: int) -> tuple[list[Draft], str | None]:
    """To the secretariat of each survey that has ended, to members of those that were destroyed unread.

    Their keys name the survey, so each is told once, however often it is looked.
    """
    surveys, people = Surveys(work, occurrence.community), People(work, occurrence.community)
    since = work.now - TOLD
    ended = [
        one
        for one in surveys.all(State.CLOSED, State.VOID)
        if one.whole and not one.shared_on and one.closes_at and one.closes_at > since
    ]
    if not ended:
        return [], None
    drafts: list[Draft] = []
    if not cursor:
        desk = [member for member in people.with_role(*ADMINS) if member.may(Area.CONTENT)]
        drafts += _drafts(DESK, ended, desk, people, occurrence)
    void = [one for one in ended if one.state is State.VOID]
    if not void:
        return drafts, None
    members = people.after(cursor, limit)
    for one in void:
        asked = [member for member in members if member.joined_month <= one.promised.opens_on]
        drafts += _drafts(VOID, [one], asked, people, occurrence)
    return drafts, members[-1].id if len(members) == limit else None


def tell_shared(work: Work, community: str, survey: str, room: Address | None) -> None:
    """Members see a survey's results from now on: each hears of it, and this room, if one was chosen."""
    zone = Settings(work, community).get().zone
    now = work.database_now.astimezone(ZoneInfo(zone)).replace(tzinfo=None, microsecond=0)
    Schedules(work, community).set(
        SHARED,
        subject=survey,
        dtstart_local=now + timedelta(seconds=1),
        zone=zone,
        catch_up=CatchUp.LATEST,
        grace=GRACE,
    )
    if room:
        draft = Draft(
            key=f"{SHARED}:{survey}:room",
            kind=SHARED,
            to=room,
            member=None,
            due_at=work.now,
            expires_at=work.now + LIVES,
            params={"survey": survey},
            on_unknown=OnUnknown.LOOKUP_DROP,
        )
        Outbox(work, community).add([draft])


def plan_shared(work: Work, occurrence: Occurrence, cursor: str, limit: int) -> tuple[list[Draft], str | None]:
    """To everybody, some at a time."""
    surveys, people = Surveys(work, occurrence.community), People(work, occurrence.community)
    one = surveys.get(occurrence.subject)
    if one is None or not one.shared_on:
        return [], None
    members = people.after(cursor, limit)
    drafts = _drafts(SHARED, [one], members, people, occurrence)
    return drafts, members[-1].id if len(members) == limit else None


def _drafts(
    kind: str, surveys: list[Survey], members: list[Member], people: People, occurrence: Occurrence
) -> list[Draft]:
    addresses = people.addresses(member.id for member in members)
    return [
        Draft(
            key=f"{kind}:{one.id}:{member}",
            kind=kind,
            to=to,
            member=member,
            due_at=occurrence.starts_at,
            expires_at=occurrence.starts_at + LIVES,
            params={"survey": one.id},
            priority=MANNERS[kind].priority,
        )
        for one in surveys
        for member, to in addresses.items()
    ]


# --- drawing ---------------------------------------------------------------------------------------


def _survey(work: Work, nudge: Nudge) -> Survey | None:
    one = Surveys(work, nudge.community).get(str(nudge.params["survey"]))
    return one if one and one.whole else None


def draw_desk(work: Work, nudge: Nudge) -> Card | None:
    """Unless members see the results by now, or it is not theirs to look after any more."""
    one, member = _survey(work, nudge), People(work, nudge.community).get(nudge.member or "")
    if one is None or one.shared_on or member is None or not member.may(Area.CONTENT):
        return None
    return cards.told_desk(member.reader, one)


def draw_void(work: Work, nudge: Nudge) -> Card | None:
    """To a member, who may have answered or not: the same words."""
    one, member = _survey(work, nudge), People(work, nudge.community).get(nudge.member or "")
    return cards.told_void(member.reader, one) if one and member and one.state is State.VOID else None


def draw_shared(work: Work, nudge: Nudge) -> Card | None:
    """To a member in their language, to a room in the community's."""
    one = _survey(work, nudge)
    if one is None or not one.shared_on:
        return None
    if nudge.member is None:
        here = Settings(work, nudge.community).get()
        return cards.told_shared(Reader(nudge.language or here.language, here.zone), one)
    member = People(work, nudge.community).get(nudge.member)
    return cards.told_shared(member.reader, one) if member else None


PLANNERS = {ENDED: plan_ended, SHARED: plan_shared}
DRAWERS = {DESK: draw_desk, VOID: draw_void, SHARED: draw_shared}
