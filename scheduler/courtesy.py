"""Politeness where it is applied: what is planned gets a good time, and what is due is decided anew with what was sent.

The decision stands in `politeness.py`; what is known of members is read for a whole batch at once.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

import structlog

from bot.address import Address
from scheduler import politeness
from scheduler.pacing import fits
from scheduler.politeness import Drop, InDigest, SendNow, Standing, WaitUntil, Wanted, decide
from storage import delivery, ledger
from storage.delivery import Ticket
from storage.habits import ALL, Habits
from storage.ledger import Known, Who
from storage.manners import DIGEST, HELD, REST, Effect, Manner, Manners, limits
from storage.outbox import Draft, Outbox
from storage.work import Work
from storage.workdays import Calendar, calendar

CHUNK = 500  # members looked at with one query
_told: set[str] = set()  # countries whose missing table the log has named
log = structlog.get_logger()


class Courtesy:
    """What all features together may say to somebody; kinds without a manner are sent as they come."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._started = frozenset(kind for kind, manner in manners.items() if not manner.asked)

    # --- planning --------------------------------------------------------------------------------

    def place(self, work: Work, community: str, drafts: Sequence[Draft]) -> list[Draft]:
        """The same drafts, each at the first polite moment from when it was wanted; decided anew when it is due."""
        members = {(community, one.member or "") for one in drafts if self._is_started(one.kind, one.member)}
        found = ledger.known(work, members, self._started) if members else {}
        return [self._placed(work, found.get((community, draft.member or "")), draft) for draft in drafts]

    def _placed(self, work: Work, of: Known | None, draft: Draft) -> Draft:
        if of is None or draft.kind not in self._started:
            return draft
        wanted = Wanted(draft.kind, self._manners[draft.kind], draft.expires_at, draft.key)
        decision = decide(wanted, self._standing(work, of, wanted.manner), max(draft.due_at, work.database_now))
        due_at = decision.at if isinstance(decision, WaitUntil) else draft.due_at
        return replace(draft, due_at=due_at, zone=of.zone)

    # --- sending ---------------------------------------------------------------------------------

    def admit(self, work: Work, due: Sequence[Ticket]) -> "Admitted":
        """Of what is due, what may be said now; what may not is put off, kept for the digest or dropped."""
        ours = {(one.community, one.member or "") for one in due if self._is_started(one.kind, one.member)}
        found = ledger.known(work, ours, self._started, lock=True) if ours else {}
        standings: dict[Who, Standing] = {}
        admitted = Admitted(self._manners)
        for ticket in due:
            if not self._is_started(ticket.kind, ticket.member) or ticket.replaces:
                admitted.tickets.append(ticket)
                continue
            who = (ticket.community, ticket.member or "")
            if (of := found.get(who)) is None:  # another replica is deciding about this member now
                admitted.left += 1
                continue
            manner = self._manners[ticket.kind]
            standing = standings.get(who) or self._standing(work, of, manner)
            wanted = Wanted(ticket.kind, manner, ticket.expires_at, ticket.key)
            now = work.database_now
            match decide(wanted, standing, now):
                case SendNow():
                    admitted.tickets.append(ticket)
                    admitted.days[ticket.id] = now.astimezone(ZoneInfo(standing.zone)).date()
                    standing = replace(standing, sent=(*standing.sent, now))
                case WaitUntil(at, why):
                    delivery.held(work, ticket, at, f"{HELD}{why}", standing.zone)
                case InDigest(why):
                    delivery.spared(work, ticket, f"{DIGEST}{why}")
                    self._see_to_the_rest(work, ticket)
                case Drop(why):
                    delivery.spared(work, ticket, f"{HELD}{why}")
            standings[who] = standing
        return admitted

    def _see_to_the_rest(self, work: Work, ticket: Ticket) -> None:
        """What is told in one line goes with the next message; if none comes, with one of its own."""
        outbox, manner = Outbox(work, ticket.community), self._manners.get(REST)
        if manner is None or ticket.member is None or outbox.is_waiting(REST, ticket.member):
            return
        now = work.database_now
        draft = Draft(
            key=f"{REST}:{ticket.member}:{now:%Y-%m-%dT%H:%M:%S}",
            kind=REST,
            to=Address.parse(work.keys.open(ticket.dest_sealed)),
            member=ticket.member,
            due_at=now,
            expires_at=now + manner.lives,
            priority=manner.priority,
        )
        outbox.add([draft])

    # --- looking ahead ---------------------------------------------------------------------------

    def effect(
        self,
        work: Work,
        community: str,
        audience: Collection[str],
        kind: str,
        at: datetime,
        *,
        until: datetime | None = None,
    ) -> Effect:
        """What becomes of a message of this kind to these members, if it is wanted at this time.

        `until`: when all who get it at once must have it; if they cannot, another span is proposed.
        """
        manner, busy = self._manners[kind], dict[Who, int]()
        counts = dict.fromkeys(("now", "later", "digest", "spared", "unreachable"), 0)
        everybody = sorted(set(audience))
        for start in range(0, len(everybody), CHUNK):
            members = everybody[start : start + CHUNK]
            there = ledger.places(work, community, members)
            counts["unreachable"] += len(members) - len(there)
            whom = [(community, member) for member in there]
            found = {} if manner.asked else ledger.known(work, whom, self._started, planned_until=at)
            for member, place in there.items():
                word = "now"
                if not manner.asked:
                    standing = self._standing(work, found[community, member], manner)
                    word = _word(decide(Wanted(kind, manner, at + manner.lives, member), standing, at))
                counts[word] += 1
                if word == "now":
                    busy[place] = busy.get(place, 0) + 1
        return Effect(**counts, begins=at, ends=_ends(work, busy, at), proposal=_proposal(work, busy, at, until))

    # --- what no row may tell of ----------------------------------------------------------------

    def lets(self, work: Work, community: str, members: Collection[str], kind: str) -> frozenset[str]:
        """To whom of these a message of this kind may be said now: read off what is stored, and nothing is written.

        Unlike what `admit` lets pass it counts in nobody's budget, since the count would tell who got one.
        """
        manner, now, may = self._manners[kind], work.database_now, set[str]()
        everybody = sorted(set(members))
        for start in range(0, len(everybody), CHUNK):
            found = ledger.known(work, [(community, one) for one in everybody[start : start + CHUNK]], self._started)
            for (_, member), of in found.items():
                wanted = Wanted(kind, manner, now + manner.lives, member)
                if decide(wanted, self._standing(work, of, manner), now) == politeness.SEND:
                    may.add(member)
        return frozenset(may)

    # --- for all of them -------------------------------------------------------------------------

    def _is_started(self, kind: str, member: str | None) -> bool:
        return bool(member) and kind in self._started

    @staticmethod
    def _standing(work: Work, of: Known, manner: Manner) -> Standing:
        days = _calendar(of)
        if days.country and not days.known and days.country not in _told:
            _told.add(days.country)
            log.warning("no table of public holidays: only weekends are kept", country=days.country)
        purposes: Iterable[str] = ()
        if manner.purposes:  # sealed, so opened only for what depends on it
            purposes = json.loads(work.keys.open(of.profile_sealed)).get("purposes") or ()
        return Standing(
            zone=of.zone,
            calendar=days,
            limits=limits(of.settings, of.wishes),
            sent=tuple(of.sent),
            awaited=of.awaited,
            paused_until=of.paused_until,
            purposes=frozenset(purposes),
        )


class Admitted:
    """What may be said now, and what is remembered of it once it is claimed."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self.tickets: list[Ticket] = []
        self.left = 0  # not decided: they stay due
        self.days: dict[str, date] = {}  # by message: the local date of its member

    def claimed(self, work: Work, tickets: Iterable[Ticket]) -> None:
        """These go out: from now on an answer is awaited.  A message tried again is the same message."""
        asked: dict[str, list[tuple[str, str, date]]] = {}
        for ticket in tickets:
            if (day := self.days.get(ticket.id)) and ticket.attempt == 1 and ticket.member:
                of = asked.setdefault(ticket.community, [])
                of.append((ticket.member, ALL, day))
                if self._manners[ticket.kind].prompt:
                    of.append((ticket.member, ticket.kind, day))
        for community, prompts in asked.items():
            Habits(work, community).asked(prompts)


def _calendar(of: Known) -> Calendar:
    """The calendar of a member, kept with their community's settings, which one look at many members shares."""
    found = of.calendars.get(of.own_zone)
    if found is None:
        found = of.calendars[of.own_zone] = calendar(of.settings, of.community.zone, of.own_zone)
    return found


def _word(decision: politeness.Decision) -> str:
    match decision:
        case SendNow():
            return "now"
        case WaitUntil():
            return "later"
        case InDigest():
            return "digest"
        case _:
            return "spared"


def _proposal(
    work: Work, busy: dict[Who, int], at: datetime, until: datetime | None
) -> tuple[datetime, datetime] | None:
    """A span in which all of it fits, if it does not fit between these times."""
    if until is None:
        return None
    each = (fits(work, place, count, (at, until)) for place, count in busy.items())
    late = [one.proposal for one in each if one.proposal]
    return (min(begins for begins, _ in late), max(ends for _, ends in late)) if late else None


def _ends(work: Work, busy: dict[Who, int], at: datetime) -> datetime:
    """When so many messages in each workspace are through, behind what is to leave there by then."""
    window = (at, at)
    through = (fits(work, place, count, window) for place, count in busy.items())
    return at + timedelta(seconds=ceil(max(((one.ends - one.begins).total_seconds() for one in through), default=0)))
