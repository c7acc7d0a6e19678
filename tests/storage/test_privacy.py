"""A copy of the database names nobody, and no community sees another's rows."""

import json
import subprocess
from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.address import Address
from bot.people import Handle
from bot.slack.installs import Installation, Me
from storage import communities, delivery, doors, programme, questions, slack_installs
from storage.apart import Apart
from storage.asked import Asked, State
from storage.asking import Rounds
from storage.attendance import Attendance
from storage.audit import Audit, Whole
from storage.clock import MovableClock
from storage.cohorts import Cohorts
from storage.consents import Consents
from storage.decisions import Decisions
from storage.engine import Database, Sqlite, sqlite_engine
from storage.events import Events
from storage.exchange import Exchange, Slip, Talk
from storage.feeds import Feeds
from storage.grouping import Before, Grouping, Theme, Themes
from storage.ideas import Ideas
from storage.ideas import Kind as Idea
from storage.introductions import Introductions
from storage.invitations import Invitations, Kind
from storage.invitations import State as Open
from storage.joining import Joins
from storage.keys import Keys
from storage.meetings import Meetings, Topic
from storage.minutes import Minutes, Outcome
from storage.notebook import Notes
from storage.outbox import Draft, Outbox
from storage.people import People, everywhere
from storage.pitches import Pitches
from storage.polls import Polls, Terms
from storage.programme import Archive, Details, FixedTeams
from storage.roster import Person, Roster, prepared
from storage.runsheets import Lines, RunSheets
from storage.schedules import Schedules
from storage.seats import Seats
from storage.series import SeriesShelf
from storage.stops import Stops
from storage.surveys import Surveys
from storage.tables import digest, entry, metadata, said
from storage.todos import Todos
from storage.uploads import Part, Uploads
from storage.waves import Pick, Waves
from storage.work import Work


def write_everything(work: Work) -> str:
    """One row in every table with personal data, through the repositories; its community."""
    community = communities.found(work, "Story").id
    people = People(work, community)
    who = people.welcome({"name": "MARKERname", "about": "MARKERabout"}, language="en", zone="Asia/Tokyo")
    people.add_handle(who, Handle("slack", "T1", "MARKERuser"))
    people.add_handle(who, Handle("mail", "", "MARKERmail@example.org"))
    people.describe(who, {"name": "MARKERname", "about": "MARKERnew"})
    Notes(work, community, "slack").write("MARKERpage", "MARKERentry", "MARKERnote")
    gate = doors.Doors(work, community)
    gate.invite(who)
    gate.begin(who)
    offers = Joins(work, community)
    offers.take(offers.offer(who), Handle("teams", "tenant", "MARKERother"))
    guest = Handle("slack", "T1", "MARKERguest")
    picked = Waves(work, community).ask(who, Pick(2019, "MARKERdepartment"), [], "ja", work.now.date())
    last = work.now.date() + timedelta(days=9)
    links = Invitations(work, community)
    link = links.add(Kind.PERSONAL, Open.PLANNED, who, language="ja", name="MARKERname", wave=picked, last_day=last)
    links.note(link, "MARKERnote")
    links.open(link, work.now.date(), last)
    links.sit_in_chat(link, guest)
    slack_installs.keep(work, Installation(Me("T1", "", "MARKERbot"), "xoxe.xoxb-MARKERtoken", "xoxe-MARKERrefresh"))
    slack_installs.send(work, timedelta(minutes=9), Handle("slack", "T1", "MARKERinstaller"))
    to = people.address(who) or Address("slack", "T1", "C1")
    draft = Draft(
        key=f"story:2026-12-01:{who}",
        kind="story",
        to=to,
        member=who,
        due_at=work.now,
        expires_at=work.now + timedelta(days=1),
        params={"text": "MARKERparams", "name": "MARKERname"},
    )
    Outbox(work, community).add([draft])
    [ticket] = delivery.due_in_workspace(work, to.surface, to.tenant, 9)
    delivery.claim(work, [ticket], "us")
    delivery.Endings(work).sent(ticket, "MARKERreceipt").write()
    Audit(work, community).record(people.get(who), "import.confirmed", "an-object")
    write_roster(work, community, who)
    write_events(work, community, who)
    Feeds(work, community).renew(who)
    Introductions(work, community).ask(who, people.welcome({"name": "MARKERsupporter"}), "MARKERline")
    Consents(work, community).agree(who, "v1")
    on = datetime.fromisoformat("2026-12-01T09:00")
    Schedules(work, community).set("story", dtstart_local=on, zone="Asia/Tokyo")
    body = work.keys.seal(json.dumps({"text": "MARKERtext"}))
    work.connection.execute(
        sa.insert(entry).values(
            community_id=community,
            id="e",
            member_id=who,
            template="news",
            body_sealed=body,
            audience="self",
            told_at=work.now,
        )
    )
    work.connection.execute(sa.insert(digest).values(community_id=community, id="d", nominal_local=on))
    surveys = Surveys(work, community)
    asked = surveys.write(questions.Draft(title={"en": "MARKERtitle"}, closes_on=last))
    told = {"survey_id": asked, "question_id": "q", "id": b"", "body_sealed": surveys.sealed_text("MARKERtold")}
    work.connection.execute(sa.insert(said).values(community_id=community, **told))
    Stops(work, community).ask(asked, who)
    Ideas(work, community).keep(Idea.EVENT, "MARKERidea", asked)
    write_poll(work, community, who)
    return community


def write_events(work: Work, community: str, who: str) -> None:
    """An event that somebody goes to, looked at, and told what came of it, and a series."""
    words = {"en": "MARKERtitle"}
    at = datetime.fromisoformat("2035-01-01T18:00")
    part = programme.Part(
        words=words,
        starts_local=at,
        ends_local=at + timedelta(hours=2),
        zone="Asia/Tokyo",
        place={"en": "MARKERplace"},
        link="https://example.org/MARKERlink",
    )
    events, told = Events(work, community), Details(title=words, about={"en": "MARKERabout"}, organisers=(who,))
    event = events.write(told, [part])
    announced = events.announce(event)
    assert announced
    weekly = told.model_copy(update={"rule": "FREQ=WEEKLY;COUNT=3"})
    SeriesShelf(work, community).announce(events.write(weekly, [part]))
    teams = weekly.model_copy(update={"cohort": FixedTeams()})
    series = SeriesShelf(work, community).announce(events.write(teams, [part]))[0].series
    Cohorts(work, community).join(series, who, None)
    Cohorts(work, community).form(series, [[who]])
    events.keep(event, Archive(summary={"en": "MARKERsummary"}, links=("https://example.org/MARKERarchive",)))
    events.once(event, "told")
    RunSheets(work, community).keep(event, Lines(who="MARKERhelper", day="MARKERtodo"))
    member = People(work, community).get(who)
    assert member
    seats = Seats(work, community)
    seats.answer(announced.parts[0].id, member, going=True)
    seats.opened(event, member)
    Attendance(work, community).tell(event, who, came=True, line="MARKERline")
    write_before(work, community, event, who)
    write_questions(work, community, event, who)
    write_meeting(work, community, event, who)


def write_before(work: Work, community: str, event: str, who: str) -> None:
    """Themes, what somebody chose, would present, looks for, and with whom they want to talk or be in no group."""
    groups = Grouping(work, community)
    themes = Themes(themes=(Theme(id="a", words="MARKERtheme"),), size=4, minutes=30, prompts=("MARKERprompt",))
    groups.set(event, Before(themes=themes))
    groups.choose(event, who, ["a"])
    Pitches(work, community).ask(event, who, "MARKERpitch", "MARKERline")
    Apart(work, community).add(who, "somebody")
    Exchange(work, community).write(event, who, Slip(seeks="MARKERseeks", offers="MARKERoffers", reach="MARKERreach"))
    Exchange(work, community).put(event, who, "somebody", Talk(wants=True))


def write_meeting(work: Work, community: str, event: str, who: str) -> None:
    """An item somebody proposed, what was said about it, what was decided, and what they do."""
    shelf, found = Meetings(work, community), Events(work, community).get(event)
    assert found
    meeting = shelf.mark(found)
    item = shelf.propose(meeting, who, Topic(title="MARKERitem", line="MARKERline", link="https://example.org/MARKER"))
    shelf.fix(event, meeting, [item])
    Minutes(work, community).keep(event, item, {"en": "MARKERsaid"}, Outcome.DONE, 0)
    Decisions(work, community).decide(found.first.starts_local.date(), {"en": "MARKERdecided"}, title="MARKERitem")
    todos = Todos(work, community)
    todos.offer(todos.add(meeting, event, "MARKERtodo", found.first.starts_local.date()), who)


def write_questions(work: Work, community: str, event: str, who: str) -> None:
    """One that is opened, and that somebody wants, and one that is not."""
    rounds, asked = Rounds(work, community), Asked(work, community)
    rounds.open(event)
    rounds.ask(event, "MARKERasked")
    rounds.unseal(event, work.now + timedelta(hours=1), 1)
    rounds.ask(event, "MARKERsealed")
    [one] = asked.all(event)
    asked.move(event, one.id, State.SHOWN, State.NEW)
    assert asked.vote(event, one.id, who, wanted=True)


def write_poll(work: Work, community: str, who: str) -> None:
    """One that is open and answered, and a draft."""
    polls, last = Polls(work, community), work.now.date() + timedelta(days=9)
    terms = Terms(question="MARKERquestion", options=("MARKERyes", "b"), last_day=last, channel="MARKERroom")
    poll, _ = polls.draft(who, terms), polls.draft(who, terms)
    polls.publish(poll, work.now + timedelta(days=9))
    polls.vote(poll, who, [1])


def write_roster(work: Work, community: str, who: str) -> None:
    """Somebody imported, somebody not to invite, and a file that waits."""
    person = Person("MARKERname", "MARKERreading", "MARKERmail@example.org", "MARKERnumber", 2021, "MARKERdepartment")
    roster, uploads = Roster(work, community), Uploads(work, community)
    batch = roster.begin() or ""
    roster.put(batch, [prepared(work.keys, person)])
    roster.publish(batch)
    roster.bar(person)
    upload = uploads.open(who, {"name": "MARKERfile.csv"})
    for part in Part:
        uploads.add(upload, part, 0, [work.keys.seal_bytes(b"MARKERrow")])


def bytes_of(database: Database) -> bytes:
    """All that a thief finds: the file with its journal, or a dump with every row as the server keeps it."""
    if isinstance(database, Sqlite):
        files = sorted(database.path.parent.glob(f"{database.path.name}*"))
        return b"".join(file.read_bytes() for file in files)
    command = ["pg_dump", "--inserts", f"--dbname={database.url}"]
    dump = subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 - a fixed command
    sealed = b"".join(bytes.fromhex(part.split(b"'")[0].decode()) for part in dump.split(b"'\\x")[1:])
    return dump + sealed


async def test_a_copy_names_nobody(database: Database) -> None:
    """Names, handles, addresses, texts and receipts are in no byte of a copy, not even in base64."""
    await database.tx(write_everything)
    copy = bytes_of(database)
    assert b"Asia/Tokyo" in copy  # it is a copy
    for marker in ("MARKER", "example.org"):
        for shift in range(3):
            encoded = b64encode(b"\0" * shift + marker.encode())[4 if shift else 0 : -4]
            assert encoded not in copy
            assert encoded.replace(b"+", b"-").replace(b"/", b"_") not in copy
        assert marker.encode() not in copy
        assert marker.encode().hex().encode() not in copy
        assert marker.encode("utf-16-le") not in copy
    assert urlsafe_b64encode(b"Story") not in copy


async def test_messages_lie_in_no_telling_order(database: Database) -> None:
    """Rows of one batch are stored in the order of keyed tags, so their place does not tell the member directory's."""
    community = await database.tx(lambda work: communities.found(work, "Story").id)
    names = [f"member-{number:03}" for number in range(200)]

    def add(work: Work) -> None:
        due = {"due_at": work.now, "expires_at": work.now + timedelta(days=1), "kind": "story"}
        drafts = [Draft(key=n, to=Address("slack", "T1", f"@{n}"), member=n, **due) for n in names]  # type: ignore[arg-type] # fields by name
        Outbox(work, community).add(drafts)

    await database.tx(add)
    place = "rowid" if isinstance(database, Sqlite) else "ctid"
    query = f"SELECT id, member_id FROM nudge ORDER BY {place}"  # noqa: S608 - one of two words
    rows = await database.look(lambda work: work.connection.exec_driver_sql(query).all())
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    assert [row[1] for row in rows] != names


def test_every_row_of_a_community_names_it_first() -> None:
    """A table without a community is one of the few that belong to the install."""
    without = {name for name, table in metadata.tables.items() if "community_id" not in table.c}
    assert without == {"keycheck", "community", "seen", "bucket", "dest_pace", "slack_install", "slack_errand"}
    for table in metadata.tables.values():
        if table.name not in without:
            assert next(iter(table.primary_key.columns)).name == "community_id"


@dataclass
class Doer:
    """What one community can do.  Both use the same words, handles and keys, to get into each other's way."""

    work: Work
    community: str
    member: str = "nobody"

    @property
    def people(self) -> People:
        return People(self.work, self.community)

    @property
    def outbox(self) -> Outbox:
        return Outbox(self.work, self.community)

    def welcome(self, word: str) -> None:
        self.member = self.people.welcome({"name": word + self.community})
        self.people.add_handle(self.member, Handle("slack", "T1", word))

    def pause(self, _word: str) -> None:
        self.people.pause(self.member, date(2027, 1, 1))

    def lose(self, word: str) -> None:
        self.people.lose(Handle("slack", "T1", word))

    def note(self, word: str) -> None:
        Notes(self.work, self.community, "slack").write("page", word, self.community)

    def tear(self, word: str) -> None:
        Notes(self.work, self.community, "slack").tear("page", word)

    def add(self, word: str) -> None:
        now, to = self.work.now, Address("slack", "T1", f"@{word}")
        later = now + timedelta(days=1)
        self.outbox.add([Draft(key=word, kind="k", to=to, member=word, due_at=now, expires_at=later)])

    def cancel(self, word: str) -> None:
        self.outbox.cancel(key_prefix=word)

    def forget(self, word: str) -> None:
        self.outbox.forget(word)

    def set(self, word: str) -> None:
        start = datetime.fromisoformat("2030-01-01T09:00")
        Schedules(self.work, self.community).set("k", subject=word, dtstart_local=start, zone="UTC")

    def stop(self, word: str) -> None:
        Schedules(self.work, self.community).stop("k", word)

    def record(self, word: str) -> None:
        Audit(self.work, self.community).record(None, word)

    def settle(self, word: str) -> None:
        communities.Settings(self.work, self.community).change("k", {word: self.community})


DEEDS = ["welcome", "pause", "lose", "note", "tear", "add", "cancel", "set", "stop", "forget", "settle", "record"]


def state_of(work: Work, community: str) -> object:
    """All a community can see of itself."""
    people, notes = People(work, community), Notes(work, community, "slack")
    members = [(one.name, str(one.paused_until), sorted(map(str, people.handles(one.id)))) for one in people.all()]
    posted = sorted((one.key, one.state, one.last_error) for one in Outbox(work, community).last(limit=99))
    schedules = [bool(Schedules(work, community).get("k", word)) for word in "abc"]
    leaf = sorted(notes.leaf("page", 99))
    record = Audit(work, community)
    done = [(one.number, one.action) for one in record.latest(99)], isinstance(record.verify(), Whole)
    return sorted(members), posted, schedules, leaf, done, communities.Settings(work, community).get().settings


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.sampled_from(DEEDS), st.sampled_from("abc")), max_size=25))
def test_communities_see_nothing_of_each_other(sqlite_url: str, keys: Keys, story: list[tuple[bool, str, str]]) -> None:
    """Whatever one community does beside it, another looks as if it were alone."""
    engine = sqlite_engine(sqlite_url)
    with engine.connect() as connection:
        work = Work(connection, keys, MovableClock())
        ours, alone, theirs = (Doer(work, communities.found(work, name).id) for name in ("ours", "alone", "theirs"))
        for is_ours, deed, word in story:
            getattr(ours if is_ours else theirs, deed)(word)
        seen = json.dumps(state_of(work, ours.community), default=str)
        for is_ours, deed, word in story:
            if is_ours:
                getattr(alone, deed)(word)
        expected = json.dumps(state_of(work, alone.community), default=str)
        assert theirs.community not in seen
        assert seen == expected.replace(alone.community, ours.community)
        connection.rollback()
    engine.dispose()


@pytest.mark.parametrize("deed", DEEDS)
async def test_no_deed_touches_another_community(database: Database, deed: str) -> None:
    """Where two communities have everything under the same names, what one does changes nothing for the other."""

    def story(work: Work) -> tuple[object, object]:
        ours, theirs = (Doer(work, communities.found(work, name).id) for name in ("ours", "theirs"))
        for doer in (ours, theirs):
            for each in ("welcome", "note", "add", "set"):
                getattr(doer, each)("a")
        before = state_of(work, ours.community)
        getattr(theirs, deed)("a")
        return before, state_of(work, ours.community)

    before, after = await database.tx(story)
    assert before == after


async def test_one_handle_is_somebody_in_each_community(database: Database) -> None:
    """The one look-up that spans communities finds a person in each; losing the handle in one leaves the other."""
    who = Handle("slack", "T1", "ada")

    def joins(work: Work) -> list[str]:
        found = [communities.found(work, name).id for name in "ab"]
        for community in found:
            people = People(work, community)
            people.add_handle(people.welcome({"name": community}), who)
        People(work, found[0]).lose(who)
        return found

    ours, theirs = await database.tx(joins)
    known = await database.look(lambda work: everywhere(work, who))
    assert {one.community.id: one.name for one in known} == {ours: ours, theirs: theirs}
    reach = {one.community.id: one.id for one in known}
    handles = await database.look(lambda work: [People(work, c).handles(reach[c]) for c in (ours, theirs)])
    assert handles == [[], [who]]
