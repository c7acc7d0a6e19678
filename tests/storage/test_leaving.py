"""No table that says who a member is can be forgotten when they leave, or in the copy they take along."""

import pytest
import sqlalchemy as sa

from storage import leaving
from storage.engine import Database
from storage.tables import member, metadata
from storage.work import Work
from tests.storage.test_privacy import write_everything

IN_THE_COPY = {  # the part of the copy that tells of it, or why none does
    "calendar_feed": "calendar_address",
    "checkin_cheer": "reactions",
    "checkin_entry": "told",
    "checkin_habit": "asked",
    "consent": "consents",
    "door_key": "settings",
    "door_link": "not: a fingerprint, for a day",
    "door_session": "not: a fingerprint, for two weeks",
    "handle": "accounts",
    "handout": "not: a fingerprint, for ten minutes",
    "introduction": "supporter",
    "invitation": "invited",
    "invitee": "roster",
    "joining": "not: a fingerprint, for an hour",
    "nudge": "messages",
    "nudge_habit": "settings",
    "poll": "polls_organised",
    "poll_vote": "polls",
    "survey_stop": "not: the secretariat's work, until a second one has answered",
    "upload": "not: a file of the secretariat's, for an hour",
    "wave": "not: the secretariat's work",
}


def naming() -> dict[str, list[sa.Column[object]]]:
    """Tables with columns that name a member, by the ending of the column or what it points at."""
    found: dict[str, list[sa.Column[object]]] = {}
    for table in metadata.tables.values():
        for column in table.columns:
            points = any(key.column.table is member and key.column.name == "id" for key in column.foreign_keys)
            if table is not member and (points or column.name.endswith("member_id")):
                found.setdefault(table.name, []).append(column)
    return found


@pytest.mark.parametrize("name", sorted(naming()))
def test_every_table_that_names_a_member_loses_them(name: str) -> None:
    """Its rows go with the member's own, or `storage.leaving` does it by hand and says why."""
    for column in naming()[name]:
        cascades = any(key.column.table is member and key.ondelete == "CASCADE" for key in column.foreign_keys)
        assert cascades or name in leaving.BY_HAND, f"{name}.{column.name} would keep whoever left"


def test_what_is_done_by_hand_is_there() -> None:
    """The list names tables that exist, each with a reason."""
    assert set(leaving.BY_HAND) <= set(naming())
    assert all(leaving.BY_HAND.values())


def test_the_copy_tells_of_every_table() -> None:
    """A new table with a member in it is told of in the copy, or the reason why not is written above."""
    assert set(IN_THE_COPY) == set(naming())


async def test_nothing_says_who_left(database: Database) -> None:
    """Whatever the community knew: no row of any table, and nothing sealed, says the member's id afterwards."""
    community = await database.tx(write_everything)

    def members(work: Work) -> list[str]:
        return list(work.connection.execute(sa.select(member.c.id).where(member.c.community_id == community)).scalars())

    def traces(work: Work, who: str) -> list[str]:
        found = []
        for table in metadata.sorted_tables:
            for row in work.connection.execute(sa.select(table)).mappings():
                for name, value in row.items():
                    text = work.keys.open_bytes(value).decode() if value and name.endswith("sealed") else value
                    found += [f"{table.name}.{name}"] if isinstance(text, str) and who in text else []
        return found

    for who in await database.look(members):
        assert await database.look(lambda work, who=who: traces(work, who))  # type: ignore[misc] # bound now
        await database.tx(lambda work, who=who: leaving.leave(work, community, who))  # type: ignore[misc] # as above
        left = await database.look(lambda work, who=who: traces(work, who))  # type: ignore[misc] # as above
        assert set(left) <= {"audit.actor_sealed", "introduction.body_sealed"}  # an id that is nobody's any more
