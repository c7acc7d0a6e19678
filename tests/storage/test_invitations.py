"""Links, seats and waves, on both databases."""

import asyncio
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from bot.codes import plain
from bot.people import Handle
from storage import communities, doors, invitations, leaving
from storage.clock import MovableClock
from storage.engine import Database
from storage.invitations import KEPT, Invitations, Kind, State
from storage.joining import Joins
from storage.people import People
from storage.presets import Level
from storage.roster import Person, Roster, prepared
from storage.roster import State as Standing
from storage.tables import door_session, invitation, invitee, seat, wave
from storage.waves import Pick, Waves
from storage.work import Work
from tests.storage.test_privacy import bytes_of

HANA = Person("佐藤 花子", mail="hana@example.org", left_year=2019)


class House:
    """A community with Hana on its roster, and a link for her."""

    def __init__(self, work: Work, kind: str = "alumni") -> None:
        self.community = communities.found(work, "Story", kind).id
        people, roster, links = People(work, self.community), Roster(work, self.community), self.links(work)
        self.sender = people.welcome({"name": "Ben"})
        batch = roster.begin() or ""
        roster.put(batch, [prepared(work.keys, HANA)])
        roster.publish(batch)
        [self.hana] = [who.id for who in roster.after()]
        today, last = work.now.date(), work.now.date() + timedelta(days=30)
        self.link = links.add(
            Kind.PERSONAL, State.PLANNED, self.sender, language="ja", invitee=self.hana, last_day=last
        )
        links.open(self.link, today, last)
        self.code = links.code(self.link)

    def links(self, work: Work) -> Invitations:
        """Its links."""
        return Invitations(work, self.community)

    def arrives(self, work: Work) -> tuple[Handle, str]:
        """Somebody comes in by the link: their handle and session."""
        token = doors.invited(work, self.code, "")
        assert token
        found = invitations.visiting(work, work.keys.tag("session", token))
        assert found
        return Handle("portal", self.community, found[1]), token

    def joins(self, work: Work, who: Handle, level: Level = Level.MEMBERS) -> str:
        """They become a member."""
        member = People(work, self.community).welcome({"name": "花子"}, level=level)
        invitations.accept(work, self.community, who, member)
        return member

    def standing(self, work: Work) -> tuple[State, Standing | None]:
        """What the sender and the roster say of Hana."""
        link, who = self.links(work).get(self.link), Roster(work, self.community).get(self.hana)
        assert link
        return link.state, who.state if who else None


async def test_a_code_is_nowhere_in_the_database(database: Database) -> None:
    """Its sender can be shown it again, and a copy of the database opens nothing."""
    house = await database.tx(House)
    again = await database.look(lambda work: house.links(work).code(house.link))
    assert again == house.code
    copy = bytes_of(database)
    assert house.code.encode() not in copy
    assert plain(house.code).encode() not in copy


@pytest.mark.parametrize(
    "dressed", ["{code}", "<https://x.example/i/{code}>", "https://x.example/i/{code}/", " {code} "]
)
async def test_a_code_is_found_however_it_is_written(database: Database, dressed: str) -> None:
    """In small letters, as a link, or as a chat dresses links up."""
    house = await database.tx(House)
    typed = dressed.format(code=house.code.lower())
    found = await database.tx(lambda work: invitations.find(work, typed))
    assert found
    assert found.id == house.link


async def test_joining_uses_the_link_up_and_keeps_the_session(database: Database) -> None:
    """Guest, member, and the roster says so; the guest's handle is nobody's any more."""
    house = await database.tx(House)

    def story(work: Work) -> None:
        who, token = house.arrives(work)
        assert doors.inside(work, token) is None
        member = house.joins(work, who)
        inside = doors.inside(work, token)
        assert inside
        assert inside.id == member
        assert [str(one) for one in People(work, house.community).handles(member)] == [
            str(Handle("portal", house.community, member))
        ]
        assert house.standing(work) == (State.USED, Standing.JOINED)
        assert doors.invited(work, house.code, "") is None
        assert house.links(work).is_late(who)

    await database.tx(story)


async def test_of_two_guests_one_becomes_the_member(database: Database) -> None:
    """The other's session is nobody's, whichever of them the link was meant for."""
    house = await database.tx(House)

    def story(work: Work) -> None:
        (one, first), (other, second) = house.arrives(work), house.arrives(work)
        house.joins(work, one)
        assert invitations.of_guest(work, house.community, other) is None
        assert doors.inside(work, first)
        assert doors.inside(work, second) is None
        assert invitations.visiting(work, work.keys.tag("session", second)) is None

    await database.tx(story)


async def test_two_at_once_make_one_member(database: Database) -> None:
    """Turns that ask for the same link at the same time come one after the other."""
    house = await database.tx(House)
    guests = [await database.tx(house.arrives) for _ in range(4)]

    def joins(who: Handle) -> "asyncio.Future[bool] | object":
        def turn(work: Work) -> bool:
            if house.links(work).is_late(who):
                return False
            house.joins(work, who)
            return True

        return database.tx(turn)

    done = await asyncio.gather(*(joins(who) for who, _ in guests))  # type: ignore[call-overload] # coroutines
    assert sorted(done) == [False, False, False, True]
    assert await database.look(lambda work: People(work, house.community).count()) == 2


@pytest.mark.parametrize(("kind", "level"), [("ally", Level.MEMBERS), ("alumni", Level.HIDDEN)])
async def test_a_hidden_member_leaves_no_sign_with_whoever_invited_them(
    database: Database, kind: str, level: Level
) -> None:
    """Joined, joined and left, and never opened look alike to the sender, and can be taken back alike."""

    def story(work: Work) -> list[object]:
        never, joined, gone = (House(work, kind) for _ in range(3))
        joined.joins(work, joined.arrives(work)[0], level)
        leaver = gone.joins(work, gone.arrives(work)[0], level)
        leaving.leave(work, gone.community, leaver)
        seen: list[object] = []
        for house in (never, joined, gone):
            mine = house.links(work).of_member(house.sender, State.OPEN)
            stands = [house.standing(work)]
            drafts = [who.name for _, who in Waves(work, house.community).personal(house.sender)]
            house.links(work).revoke(house.link)
            seen.append((len(mine), drafts, stands, house.standing(work)))
        return seen

    never, joined, gone = await database.tx(story)
    assert (
        never
        == joined
        == gone
        == (1, ["佐藤 花子"], [(State.OPEN, Standing.INVITED)], (State.REVOKED, Standing.INVITED))
    )


async def test_leaving_takes_the_link_and_the_row_of_the_roster(database: Database) -> None:
    """Where membership is no secret, nothing says that they were here; a link they sent goes on for whoever has it."""
    house = await database.tx(House)

    def story(work: Work) -> None:
        member = house.joins(work, house.arrives(work)[0])
        leaving.leave(work, house.community, member)
        assert house.links(work).get(house.link) is None
        assert Roster(work, house.community).get(house.hana) is None
        other = House(work)
        leaving.leave(work, other.community, other.sender)
        assert invitations.find(work, other.code)
        assert work.connection.execute(sa.select(invitation.c.member_id)).scalars().all() == [None]

    await database.tx(story)


async def test_a_wave_is_released_as_there_is_room_and_without_the_barred(database: Database) -> None:
    """Who was put on the list, or was taken off the roster with their import, is forgotten on the way."""

    def story(work: Work) -> None:
        house = House(work)
        roster, waves, today = Roster(work, house.community), Waves(work, house.community), work.now.date()
        batch = roster.begin() or ""
        roster.put(batch, [prepared(work.keys, Person(f"person {number}")) for number in range(6)])
        roster.publish(batch)
        new = [who for who in roster.after() if who.id != house.hana]
        picked = waves.ask(house.sender, Pick(tone="warm"), new, "ja", today)
        waves.release(house.sender, 9, today, today)
        assert len(waves.personal(house.sender)) == 1  # Hana's: nobody has approved
        assert waves.approve(picked)
        assert not waves.approve(picked)
        roster.bar(Person("person 0"))
        waves.release(house.sender, 2, today, today + timedelta(days=30))
        waves.release(house.sender, 0, today, today + timedelta(days=30))
        given = {who.name for _, who in waves.personal(house.sender)} - {HANA.name}
        assert len(given) == 2
        assert "person 0" not in given
        assert house.links(work).opened_since(house.sender, today) == 3
        assert waves.stop(picked)
        assert len(house.links(work).of_wave(picked)) == 2

    await database.tx(story)


async def test_two_accounts_made_one_keep_what_was_joined_by(database: Database) -> None:
    """The roster and the link follow the member that stays."""
    house = await database.tx(House)

    def story(work: Work) -> None:
        people = People(work, house.community)
        member = house.joins(work, house.arrives(work)[0])
        kept = people.welcome({"name": "花子"})
        people.add_handle(kept, Handle("slack", "T1", "U1"))
        joins = Joins(work, house.community)
        joins.offer(kept)
        assert joins.join(kept, Handle("portal", house.community, member))
        used = house.links(work).used_by(kept)
        assert used
        assert used.id == house.link
        assert work.connection.execute(sa.select(invitee.c.member_id)).scalar_one() == kept

    await database.tx(story)


async def test_nothing_is_kept_for_long(database: Database, clock: MovableClock) -> None:
    """Guests a day, links thirty days after their last one, waves without links with them."""
    house = await database.tx(House)
    await database.tx(house.arrives)
    await database.tx(lambda work: Waves(work, house.community).ask(house.sender, Pick(), [], "ja", work.now.date()))

    async def rows(*tables: sa.Table) -> list[int]:
        def count(work: Work) -> list[int]:
            of = [sa.select(sa.func.count()).select_from(table) for table in tables]
            return [int(work.connection.execute(one).scalar_one()) for one in of]

        return await database.look(count)

    assert await rows(invitation, seat, wave, door_session) == [1, 1, 1, 0]
    clock.forward(timedelta(days=2))
    await database.tx(invitations.forget)
    assert await rows(invitation, seat, wave) == [1, 0, 1]
    clock.forward(timedelta(days=30) + KEPT)
    await database.tx(invitations.forget)
    assert await rows(invitation, seat, wave) == [0, 0, 0]


def test_a_day_is_the_finest_time_of_a_link() -> None:
    """No time of day says when somebody was invited."""
    times = [column.type.python_type for column in invitation.columns if column.name.endswith("_on")]
    assert times == [date] * 3
