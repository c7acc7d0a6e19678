"""A new role is told to whom it is given; a community with one admin hears of it once a month."""

from datetime import date, datetime, time, timedelta

from bot.cards import Card
from handlers.desk import cards, texts
from storage import ids
from storage.communities import Settings
from storage.manners import Manner
from storage.outbox import Draft, Nudge, Outbox
from storage.people import People, Role
from storage.schedules import CatchUp, Occurrence, Schedules
from storage.work import Work

ALONE, ROLE = "desk.alone", "desk.role"
MANNERS = {
    ALONE: Manner(name=texts.MANNER_ALONE, why=texts.MANNER_ALONE_WHY),
    ROLE: Manner(name=texts.MANNER_ROLE, why=texts.MANNER_ROLE_WHY, asked=True, priority=1),
}
FIRST = datetime.combine(date(2024, 1, 1), time(10))  # the first of a month, where the community is
GRACE = timedelta(days=3)
LIVES = timedelta(days=14)
ADMINS = (Role.OWNER, Role.SECRETARIAT)


def settle(work: Work, community: str) -> None:
    """Look once a month whether there is only one."""
    zone = Settings(work, community).get().zone
    Schedules(work, community).set(
        ALONE, dtstart_local=FIRST, rrule="FREQ=MONTHLY", zone=zone, catch_up=CatchUp.LATEST, grace=GRACE
    )


def plan_alone(work: Work, occurrence: Occurrence, _cursor: str, _limit: int) -> tuple[list[Draft], str | None]:
    """To the only one who can use the desk, if there is only one."""
    people = People(work, occurrence.community)
    admins = people.with_role(*ADMINS)
    to = people.address(admins[0].id) if len(admins) == 1 else None
    if to is None:
        return [], None
    draft = Draft(
        key=f"{ALONE}:{occurrence.nominal_local:%Y-%m}:{admins[0].id}",
        kind=ALONE,
        to=to,
        member=admins[0].id,
        due_at=occurrence.starts_at,
        expires_at=occurrence.starts_at + LIVES,
    )
    return [draft], None


def draw_alone(work: Work, nudge: Nudge) -> Card | None:
    """Unless somebody came to help."""
    admins = People(work, nudge.community).with_role(*ADMINS)
    if [one.id for one in admins] != [nudge.member]:
        return None
    return cards.alone(admins[0].reader, admins[0].community)


def tell_role(work: Work, community: str, member_id: str, role: Role) -> bool:
    """Tell somebody of their new role.  False when nothing reaches them."""
    to = People(work, community).address(member_id)
    if to is None:
        return False
    draft = Draft(
        key=f"{ROLE}:{member_id}:{ids.fresh()}",
        kind=ROLE,
        to=to,
        member=member_id,
        due_at=work.now,
        expires_at=work.now + LIVES,
        params={"role": str(role)},
        priority=1,
    )
    Outbox(work, community).add([draft])
    return True


def draw_role(work: Work, nudge: Nudge) -> Card | None:
    """Unless it changed again."""
    member = People(work, nudge.community).get(nudge.member or "")
    if member is None or str(member.role) != nudge.params["role"]:
        return None
    return cards.told_role(member.reader, member)
