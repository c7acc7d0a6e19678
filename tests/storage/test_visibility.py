"""Who sees whom, what the roster shows of it, consents, and what leaving takes with it."""

from datetime import date

import pytest

from bot.people import Handle
from storage import communities, introductions, leaving, visibility
from storage.clock import MovableClock
from storage.consents import Consents
from storage.engine import Database
from storage.introductions import Introductions
from storage.invitations import Invitations, Kind
from storage.invitations import State as Sent
from storage.people import Member, People, Role
from storage.presets import Level
from storage.roster import Person, Roster, State, prepared
from storage.work import Work

H, S, M, E = Level
READERS = {  # who of (hidden, secretariat, members, open) each of them sees
    ("member", H): {E},
    ("member", S): {E},
    ("member", M): {M, E},
    ("member", E): {M, E},
    ("supporter", H): {E},
    ("secretariat", H): {S, M, E},
    ("owner", M): {S, M, E},
    ("room", H): {M, E},
}


@pytest.mark.parametrize(("role", "level"), READERS)
async def test_who_sees_whom(database: Database, role: str, level: Level) -> None:
    """Members who can be seen see each other, the secretariat also those of level 2, nobody whoever is hidden."""

    def look(work: Work) -> tuple[set[str], set[Level], bool]:
        people = People(work, communities.found(work, "x").id)
        others = {people.welcome({"name": one.name}, level=one): one for one in Level}
        reader: Member | None = None
        if role != "room":
            reader = people.get(people.welcome({"name": "reader"}, Role(role), level=level))
        named = people.names(others, reader)
        return set(named.values()), {others[one] for one in named}, not reader or reader.is_seen_by(reader)

    names, seen, sees_themselves = await database.tx(look)
    assert seen == READERS[role, level]
    assert names == {one.name for one in seen}
    assert sees_themselves


@pytest.mark.parametrize("kind", ["ally", "alumni", "peers", "alliance"])
async def test_who_joins_is_seen_as_is_usual_there(database: Database, kind: str) -> None:
    """Hidden in an ALLY community, seen by members elsewhere, or as the community has set it."""

    def joins(work: Work) -> tuple[Member | None, Member | None]:
        here = communities.found(work, "x", kind)
        people = People(work, here.id)
        usual = people.get(people.welcome({"name": "a"}))
        communities.Settings(work, here.id).change("community", {"level": 2})
        return usual, people.get(people.welcome({"name": "b"}))

    usual, set_here = await database.tx(joins)
    assert usual
    assert usual.level is (Level.HIDDEN if kind == "ally" else Level.MEMBERS)
    assert set_here
    assert set_here.level is Level.SECRETARIAT


async def test_who_hides_stands_on_the_roster_as_if_they_had_never_joined(database: Database) -> None:
    """Whether they join hidden or hide later; and nobody else's row changes."""

    def story(work: Work) -> list[tuple[State, str | None]]:
        community = communities.found(work, "x").id
        people, roster = People(work, community), Roster(work, community)
        batch = roster.begin()
        assert batch
        assert roster.put(batch, [prepared(work.keys, Person(name)) for name in ("later", "hidden", "seen")])
        roster.publish(batch)
        levels = {"later": M, "hidden": H, "seen": M}
        for who in roster.after():
            roster.invited(who.id)
            member = people.welcome({"name": who.name}, level=levels[who.name])
            roster.joined(who.id, member)
            if who.name == "later":
                visibility.show(work, community, member, H)
        found = {who.name: (who.state, who.member) for who in roster.after()}
        return [found[name] for name in levels]

    later, hidden, seen = await database.tx(story)
    assert later == hidden == (State.INVITED, None)
    assert seen[0] is State.JOINED


async def test_who_hides_takes_back_that_their_link_was_used(database: Database) -> None:
    """Whoever sent it reads that it is open, as with one that nobody used."""

    def story(work: Work) -> list[str]:
        community = communities.found(work, "x").id
        links, today = Invitations(work, community), work.now.date()
        link = links.add(Kind.PERSONAL, Sent.PLANNED, "ben", language="ja", last_day=today)
        links.open(link, today, today)
        guest = Handle("slack", "T", "zoe")
        links.sit_in_chat(link, guest)
        zoe = People(work, community).welcome({"name": "Zoe"}, level=M)
        links.accept(guest, zoe)
        before = links.get(link)
        visibility.show(work, community, zoe, H)
        after = links.get(link)
        return [one.state for one in (before, after) if one]

    assert await database.tx(story) == [Sent.USED, Sent.OPEN]


async def test_a_changed_text_is_asked_about_once(database: Database, clock: MovableClock) -> None:
    """Only of those who agreed to an earlier one; the answer is kept by version and month, and no finer."""

    def first(work: Work) -> tuple[str, str, str]:
        community = communities.found(work, "x").id
        people, consents = People(work, community), Consents(work, community)
        ada, ben = people.welcome({"name": "Ada"}), people.welcome({"name": "Ben"})
        consents.agree(ada, "v1")
        assert not consents.ask(ada, "v1")
        assert not consents.ask(ben, "v2")
        return community, ada, ben

    community, ada, _ = await database.tx(first)
    clock.forward(clock.now().replace(year=clock.now().year + 1, day=17) - clock.now())

    def then(work: Work) -> list[tuple[str, date, bool]]:
        consents = Consents(work, community)
        assert consents.ask(ada, "v2")
        assert not consents.ask(ada, "v2")
        assert consents.is_open(ada, "v2")
        consents.agree(ada, "v2")
        assert not consents.is_open(ada, "v2")
        return [(one.version, one.month, one.agreed) for one in consents.of(ada)]

    given = await database.tx(then)
    assert [(version, agreed) for version, _, agreed in given] == [("v1", True), ("v2", True)]
    assert all(month.day == 1 for _, month, _ in given)


async def test_an_introduction_ends_with_either_of_both_and_by_itself(database: Database, clock: MovableClock) -> None:
    """Leaving takes it along on both sides; what nobody answers is forgotten."""

    def asks(work: Work) -> tuple[str, list[str]]:
        community = communities.found(work, "x").id
        people = People(work, community)
        zoe, ben, kim = (people.welcome({"name": name}) for name in ("Zoe", "Ben", "Kim"))
        people.add_handle(zoe, Handle("slack", "T", "zoe"))
        Introductions(work, community).ask(zoe, ben, "zoe@example.org")
        Introductions(work, community).ask(kim, ben, "kim", ["x"])
        return community, [zoe, ben, kim]

    community, (zoe, ben, kim) = await database.tx(asks)
    found = await database.look(lambda work: Introductions(work, community).of(kim))
    assert found
    assert (found.line, found.asked, found.supporter) == ("kim", ("x", ben), ben)
    await database.tx(lambda work: leaving.leave(work, community, zoe))
    assert await database.look(lambda work: Introductions(work, community).of(zoe)) is None
    clock.forward(clock.now().replace(year=clock.now().year + 1) - clock.now())
    assert await database.tx(introductions.forget) == 1
    await database.tx(lambda work: Introductions(work, community).ask(kim, ben, "kim"))
    await database.tx(lambda work: leaving.leave(work, community, ben))
    assert await database.look(lambda work: Introductions(work, community).of(kim)) is None
