"""Joining, linking, pausing, leaving, importing and inviting in any order, in two communities at once.

Nobody becomes two members, nobody who left comes back by themselves, and no community's rows change by what happens in
the other.  The deeds go through the real turn, on one connection that is rolled back.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from bot.actions import Action
from bot.address import Address
from bot.events import Asked, Event, Pressed, Submitted
from bot.people import Handle, Sighting
from bot.replies import Answer
from handlers import features
from handlers.home import actions as home
from handlers.me import actions as me
from handlers.turn import turns
from handlers.welcome import actions as welcome
from storage import communities, doors, invitations
from storage.clock import MovableClock
from storage.communities import Settings
from storage.engine import sqlite_engine
from storage.invitations import Invitations, Kind, State
from storage.joining import Joins
from storage.keys import Keys
from storage.people import People, everywhere
from storage.roster import Person, Roster, prepared
from storage.tables import metadata
from storage.work import Work

CHAT = ("slack", "teams")
PEOPLE = ("ada", "ben", "cat")
which = st.integers(0, 1)
accounts = st.builds(lambda surface, name: Handle(surface, "T", name), st.sampled_from(CHAT), st.sampled_from(PEOPLE))
some = st.integers(0, 99)
NAMING = [table for table in metadata.sorted_tables if "member_id" in table.c]


class OneConnection:
    """The part of a database that a turn needs, in one transaction."""

    def __init__(self, work: Callable[[], Work]) -> None:
        self._work = work

    async def tx(self, what: Callable[[Work], Any]) -> Any:
        """Within it."""
        return what(self._work())


class Membership(RuleBasedStateMachine):
    """What is true of members, whatever is done."""

    url: str
    keys: Keys

    def __init__(self) -> None:
        super().__init__()
        self.clock = MovableClock()
        self.engine = sqlite_engine(self.url)
        self.connection = self.engine.connect()
        self.take_turn = turns(
            OneConnection(self.work),  # type: ignore[arg-type] # all a turn uses
            features.house(features.router(), invitation=lambda code: f"https://portal.example/i/{code}"),
        )
        self.here = [communities.found(self.work(), name, kind).id for name, kind in (("a", "alumni"), ("b", "ally"))]
        for community in self.here:
            for surface, tenant in (*((surface, "T") for surface in CHAT), ("portal", community)):
                Settings(self.work(), community).move_in(surface, tenant)
        self.members: list[dict[Handle, str]] = [{}, {}]  # whose each account is
        self.gone: list[set[str]] = [set(), set()]
        self.codes: list[list[str]] = [[], []]
        self.made_by: dict[str, str] = {}  # member by code
        self.guests: list[list[tuple[Handle, str]]] = [[], []]  # with the code they came by

    def teardown(self) -> None:
        """Nothing was written."""
        self.connection.rollback()
        self.connection.close()
        self.engine.dispose()

    def work(self) -> Work:
        """The next transaction."""
        return Work(self.connection, self.keys, self.clock)

    # --- how a deed is done --------------------------------------------------------------------

    def acts(self, at: int, who: Handle, event: type[Event], **what: Any) -> str:
        """One turn; the other community's rows stay as they are."""
        before = self.rows_of(1 - at)
        where = Address(who.surface, who.tenant, f"@{who.user}")
        happens = event(who=Sighting(who, who.user), where=where, **what)

        async def turn() -> Answer:
            return await self.take_turn(happens)

        answer = asyncio.run(turn())
        assert self.rows_of(1 - at) == before
        return repr(answer)

    def presses(self, at: int, who: Handle, action: Action) -> str:
        """A button of a card of this community."""
        return self.acts(at, who, Pressed, action=action.model_copy(update={"at": self.here[at]}))

    def sends(self, at: int, who: Handle, action: Action) -> str:
        """A form of this community."""
        return self.acts(at, who, Submitted, action=action.model_copy(update={"at": self.here[at]}))

    def rows_of(self, at: int) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that is stored of a community."""
        tables = (table for table in metadata.sorted_tables if "community_id" in table.c)
        found = {}
        for table in tables:
            rows = self.connection.execute(sa.select(table).where(table.c.community_id == self.here[at]))
            found[table.name] = sorted((tuple(row) for row in rows), key=repr)
        return found

    def ids(self, at: int) -> set[str]:
        """Who is a member."""
        return {one.id for one in People(self.work(), self.here[at]).all()}

    # --- deeds -----------------------------------------------------------------------------------

    @rule(at=which, who=accounts)
    def joins(self, at: int, who: Handle) -> None:
        """By the form, on a chat platform; an account whose link was used elsewhere is refused."""
        late = Invitations(self.work(), self.here[at]).is_late(who)
        held = invitations.of_guest(self.work(), self.here[at], who)
        before = self.ids(at)
        self.sends(at, who, welcome.Enter(called=who.user))
        new = self.ids(at) - before
        assert len(new) == (0 if who in self.members[at] or late else 1)
        for member in new:
            self.members[at][who] = member
            if held:
                self.uses(at, held.id, member)

    @rule(at=which, named=st.sampled_from(("", *PEOPLE)))
    def invites(self, at: int, named: str) -> None:
        """A link for somebody, of the roster if they are there."""
        work, community = self.work(), self.here[at]
        links, today = Invitations(work, community), work.now.date()
        invitee = next((who.id for who in Roster(work, community).after() if who.name == named), "")
        last = today + timedelta(days=30)
        sender = min(self.ids(at), default="nobody")
        made = links.add(Kind.PERSONAL, State.PLANNED, sender, language="", invitee=invitee, last_day=last)
        links.open(made, today, last)
        self.codes[at].append(links.code(made))

    @rule(at=which, number=some)
    def comes(self, at: int, number: int) -> None:
        """By a link, in a browser."""
        if not self.codes[at]:
            return
        work, code = self.work(), self.codes[at][number % len(self.codes[at])]
        token = doors.invited(work, code, "")
        assert (token is None) == (invitations.find(work, code) is None)
        assert not (token and code in self.made_by)
        found = invitations.visiting(work, work.keys.tag("session", token)) if token else None
        if found:
            self.guests[at].append((Handle("portal", self.here[at], found[1]), code))

    @rule(at=which, who=accounts, number=some)
    def types_the_code(self, at: int, who: Handle, number: int) -> None:
        """On a chat platform."""
        if self.codes[at]:
            self.acts(at, who, Asked, words=f"invited {self.codes[at][number % len(self.codes[at])]}")

    @rule(at=which, number=some)
    def a_guest_joins(self, at: int, number: int) -> None:
        """As often as they like, with whatever tab: a link makes one member."""
        if not self.guests[at]:
            return
        who, code = self.guests[at][number % len(self.guests[at])]
        before = self.ids(at)
        self.sends(at, who, welcome.Enter(called="guest"))
        new = self.ids(at) - before
        assert len(new) <= (0 if code in self.made_by else 1)
        for member in new:
            self.made_by[code] = member
            self.members[at][Handle("portal", self.here[at], member)] = member

    @rule(at=which, one=accounts, other=accounts, number=some, web=st.booleans(), yes=st.booleans())
    def links(self, at: int, one: Handle, other: Handle, number: int, *, web: bool, yes: bool) -> None:
        """Two accounts of a person, or a member and a guest, by a code that both confirm."""
        member = self.members[at].get(one)
        if member is None:
            return
        code = Joins(self.work(), self.here[at]).offer(member)
        guest = self.guests[at][number % len(self.guests[at])] if web and self.guests[at] else None
        before = self.ids(at)
        self.presses(at, guest[0] if guest else other, home.Take(code=code))
        self.presses(at, one, home.Confirm(yes=yes))
        gone = before - self.ids(at)
        assert not self.ids(at) - before
        assert member not in gone
        if guest:
            portal = Handle("portal", self.here[at], member)
            known = everywhere(self.work(), portal)
            if any(found.id == member for found in known):
                self.members[at][portal] = member
                if doors.invited(self.work(), guest[1], "") is None:
                    self.made_by.setdefault(guest[1], member)
            assert not gone
            return
        was = self.members[at].get(other)
        merged = yes and was != member
        assert gone == ({was} if merged and was else set())
        if merged:
            self.members[at][other] = member
            if was:
                self.gone[at].add(was)
                moved = {handle: member for handle, whose in self.members[at].items() if whose == was}
                self.members[at].update(moved)

    @rule(at=which, who=accounts)
    def pauses(self, at: int, who: Handle) -> None:
        """Or tries to."""
        self.presses(at, who, me.Rest())

    @rule(at=which, number=some)
    def leaves(self, at: int, number: int) -> None:
        """Any member, from any of their accounts."""
        if not self.members[at]:
            return
        who = sorted(self.members[at], key=str)[number % len(self.members[at])]
        member = self.members[at][who]
        self.sends(at, who, me.Leave())
        self.gone[at].add(member)
        self.members[at] = {handle: whose for handle, whose in self.members[at].items() if whose != member}

    @rule(at=which)
    def imports(self, at: int) -> None:
        """The same roster, again and again."""
        before = self.rows_of(1 - at)
        roster = Roster(self.work(), self.here[at])
        ready = [prepared(self.keys, Person(name, mail=f"{name}@example.org")) for name in PEOPLE]
        known = roster.known([one.tags for one in ready])
        batch = roster.begin() or ""
        roster.put(batch, [one for place, one in enumerate(ready) if place not in known])
        roster.publish(batch)
        assert len(roster.after()) <= len(PEOPLE)
        assert self.rows_of(1 - at) == before

    @precondition(lambda self: any(self.codes))
    @rule()
    def days_pass(self) -> None:
        """Guests' seats end."""
        self.clock.forward(timedelta(days=2))

    def uses(self, at: int, link: str, member: str) -> None:
        """A link made this member."""
        links = Invitations(self.work(), self.here[at])
        code = next(code for code in self.codes[at] if code == links.code(link))
        assert code not in self.made_by
        self.made_by[code] = member

    # --- what stays true -------------------------------------------------------------------------

    @invariant()
    def members_are_who_joined(self) -> None:
        """Each is there once, under the accounts that are theirs, and nobody who left is among them."""
        for at, community in enumerate(self.here):
            ids = self.ids(at)
            assert ids == set(self.members[at].values())
            assert not ids & self.gone[at]
            for who, member in self.members[at].items():
                found = [one.id for one in everywhere(self.work(), who) if one.community.id == community]
                assert found == [member]

    @invariant()
    def rows_name_their_own_members(self) -> None:
        """No row of a community names a member of the other, or one who left."""
        for at in range(2):
            ids = self.ids(at) | {"nobody"}
            for table in NAMING:
                whose = sa.select(table.c.member_id).where(table.c.community_id == self.here[at])
                assert set(self.connection.execute(whose).scalars()) - {None} <= ids, table.name


def test_whatever_is_done_members_stay_who_they_are(sqlite_url: str, keys: Keys) -> None:
    """Over random interleavings, in two communities with the same accounts."""

    class Told(Membership):
        pass

    Told.url, Told.keys = sqlite_url, keys
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    told = settings(
        max_examples=15,
        stateful_step_count=25,
        suppress_health_check=checks,
        derandomize=True,
        database=None,
    )
    run_state_machine_as_test(Told, settings=told)
