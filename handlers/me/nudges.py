"""Whoever was not seen for two years is asked whether they stay."""

from datetime import date, datetime, time, timedelta

from bot.cards import Card
from handlers.me import cards, texts
from storage.communities import Settings
from storage.inactivity import ANSWER, Silent
from storage.manners import Manner
from storage.outbox import Draft, Nudge
from storage.people import People, month_of
from storage.schedules import CatchUp, Occurrence, Schedules
from storage.work import Work

STILL = "me.still"
ASK_AT = time(10)  # local to the community, on the first day of a month
ANCHOR = date(2024, 1, 1)  # where the schedule is counted from, so that setting it again changes nothing
LIVES = timedelta(days=28)
GRACE = timedelta(days=20)
MANNERS = {  # they must hear of it before it happens, so no budget holds it back
    STILL: Manner(name=texts.STILL_NAME, why=texts.STILL_WHY, asked=True, priority=1, lives=LIVES)
}


def settle(work: Work, community: str) -> None:
    """Look once a month."""
    Schedules(work, community).set(
        STILL,
        dtstart_local=datetime.combine(ANCHOR, ASK_AT),
        rrule="FREQ=MONTHLY",
        zone=Settings(work, community).get().zone,
        catch_up=CatchUp.LATEST,
        grace=GRACE,
    )


def plan(work: Work, occurrence: Occurrence, cursor: str, limit: int) -> tuple[list[Draft], str | None]:
    """Members without a sign of life for so long; their time runs from now on, also for whom nothing reaches."""
    silent = Silent(work, occurrence.community)
    members = silent.after(cursor, limit)
    silent.asked(members)
    addresses = People(work, occurrence.community).addresses(one.id for one in members)
    month = month_of(work)
    drafts = [
        Draft(
            key=f"{STILL}:{month:%Y-%m}:{member_id}",
            kind=STILL,
            to=to,
            member=member_id,
            due_at=occurrence.starts_at,
            expires_at=occurrence.starts_at + LIVES,
            params={"month": (month + ANSWER).isoformat()},
            priority=1,
        )
        for member_id, to in addresses.items()
    ]
    return drafts, members[-1].id if len(members) == limit else None


def draw(work: Work, nudge: Nudge) -> Card | None:
    """The question, unless they were seen since."""
    member = People(work, nudge.community).get(nudge.member or "")
    if member is None or Silent(work, nudge.community).end_of(member.id) is None:
        return None
    return cards.still(member.reader, date.fromisoformat(str(nudge.params["month"])))
