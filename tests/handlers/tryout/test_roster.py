import csv
from collections import Counter
from datetime import date
from itertools import islice

import pytest

from handlers.roster import reading
from handlers.roster.importing import columns_of
from handlers.roster.rules import Checked, Fault, Namesakes, checked
from handlers.tryout.people import script
from handlers.tryout.roster import BAD, BERLIN, FEW, NEWSLETTER, ROWS, sample


@pytest.fixture(scope="module")
def rows() -> list[Checked]:
    """The file, read as any other."""
    sheet, met = reading.read(sample()), Namesakes()
    where = columns_of(sheet).where
    numbered = islice(enumerate(sheet.rows(), 1), 1, None)
    return [met.meet(checked(number, cells, where, date(2026, 1, 1))) for number, cells in numbered]


def test_twenty_of_six_hundred_cannot_be_taken(rows: list[Checked]) -> None:
    """For reasons of many kinds, in a file as a Japanese Excel saves it."""
    faults = Counter(row.flaw.fault for row in rows if row.flaw)
    assert (len(rows), faults.total()) == (ROWS, BAD) == (600, 20)
    assert set(faults) >= {Fault.NAME_MISSING, Fault.MAIL, Fault.LEFT, Fault.SAME_MAIL, Fault.SAME_NAME, Fault.FORMULA}
    assert reading.read(sample()).kind == "CSV, Shift_JIS (CP932)"


def test_nobody_in_it_is_real_or_in_the_community_already(rows: list[Checked]) -> None:
    """Addresses are in domains that are nobody's; no name is one of the 48."""
    cells = list(csv.reader(sample().decode("cp932").splitlines()))[1:]
    assert all(mail.endswith(("@example.com", "@example.org")) for _, _, mail, *_ in cells if "@" in mail)
    members = {person.name for person in script().people}
    assert not members & {row.person.name for row in rows}


@pytest.mark.parametrize(("tag", "language"), [(NEWSLETTER, ""), (BERLIN, "en")])
def test_two_tags_are_for_small_waves(rows: list[Checked], tag: str, language: str) -> None:
    """A few good rows each, in one language."""
    few = [row for row in rows if tag in row.person.tags]
    assert len(few) == FEW
    assert all(row.flaw is None and row.person.language == language for row in few)


def test_the_same_number_makes_the_same_file() -> None:
    """Another number makes another one."""
    assert sample(1) == sample(1) != sample(2)
