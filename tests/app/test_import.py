"""`app.py import`: a trial unless told to write, and each mistake is one sentence that names the option."""

from pathlib import Path

import pytest

from tests.app.running import Operator
from tests.conversations.rostering import csv_of

ROWS = [f"山田 {n},,taro{n}@example.com,,令和3年4月1日,営業部" for n in range(3)]


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    """A community with an owner, and a roster in CP932 with one bad row."""
    settings = {"ENISHI_DATABASE": f"sqlite:///{tmp_path}/enishi.db", "ENISHI_KEYS": str(tmp_path / "keys")}
    operator = Operator(settings, tmp_path)
    assert operator.types("migrate").returncode == 0
    assert operator.types("owner", "--name", "Mei", "--community", "Minato").returncode == 0
    (tmp_path / "roster.csv").write_bytes(csv_of(*ROWS, "鈴木,,not-an-address,,,"))
    return operator


def test_a_roster_from_the_command_line(operator: Operator, tmp_path: Path) -> None:
    """Without --confirm nothing is stored; with it everybody new is there, and a second time nobody is."""
    asked = ("import", str(tmp_path / "roster.csv"), "--community", "Minato")
    trial = operator.types(*asked, "--bad-rows", str(tmp_path / "bad.csv"))
    assert trial.returncode == 0, trial.stderr
    assert "New: 3" in trial.stdout
    assert "Row 5: this is not a mail address" in trial.stdout
    assert "Nothing has been stored" in trial.stdout
    assert "メールアドレスの形" in (tmp_path / "bad.csv").read_text(encoding="utf_8_sig")
    assert "3 more" in operator.types(*asked, "--confirm").stdout
    again = operator.types(*asked, "--confirm")
    assert "New: 0" in again.stdout
    assert "0 more" in again.stdout
    checked = operator.types("audit", "verify")
    assert checked.returncode == 0


@pytest.mark.parametrize(
    ("file", "more", "words"),
    [
        ("none.csv", (), "none.csv"),
        ("enishi.db", (), "neither CSV nor an Excel workbook"),
        ("roster.csv", ("--column", "mail=Q"), "--column mail=Q"),
        ("roster.csv", ("--column", "address=C"), "--column is FIELD=COLUMN"),
        ("roster.csv", ("--bad-rows", "/proc/none/bad.csv"), "bad.csv"),
        ("roster.csv", ("--community", "Elsewhere"), "Minato"),
    ],
)
def test_a_mistake_is_one_sentence(
    operator: Operator, tmp_path: Path, file: str, more: tuple[str, ...], words: str
) -> None:
    """The file, the column, the community or the place for the bad rows is named; there is no stack trace."""
    ended = operator.types("import", str(tmp_path / file), "--community", "Minato", *more)
    assert ended.returncode == 1
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
