"""Switches of a database without which what is promised of sealed surveys does not hold (docs/privacy).

What a server must not do is write down statements with their values: beside the time and the connection they would tell
who answered.  Contents are sealed before they get there, so what shows only sealed values is a note.
"""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

import sqlalchemy as sa

from bot.findings import Finding, Level
from storage.asking import Rounds, alive_everywhere
from storage.boxes import FOLDER
from storage.closing import Held, waiting
from storage.engine import StorageProblem
from storage.work import Work

_NEVER: Mapping[str, frozenset[str]] = {  # settings of PostgreSQL, and the values they may have
    "log_statement": frozenset({"none", "ddl"}),
    "log_min_duration_statement": frozenset({"-1"}),
    "log_min_duration_sample": frozenset({"-1"}),
    "log_transaction_sample_rate": frozenset({"0"}),
    "log_parameter_max_length_on_error": frozenset({"0"}),
}
_RATHER: Mapping[str, frozenset[str]] = {
    "log_parameter_max_length": frozenset({"0"}),
    "log_error_verbosity": frozenset({"terse"}),
    "track_commit_timestamp": frozenset({"off"}),
}


def look(work: Work) -> list[Finding]:
    """Every switch that stands wrong, and how to set it right; a good one when none does.

    Run it where the database is written, since a setting may belong to a connection.
    """
    found = _sqlite(work) if work.connection.dialect.name == "sqlite" else _postgres(work)
    found += [*_surveys(work), *_questions(work)]
    return found or [Finding(Level.GOOD, "privacy", "the database keeps and logs nothing that sealed surveys forbid")]


def refuse(work: Work) -> None:
    """Raises StorageProblem, naming every switch that has to be set before anything is served."""
    if wrong := [one.words for one in look(work) if one.level is Level.BAD and one.subject == "privacy"]:
        raise StorageProblem("; ".join(wrong))


def folder(keys: Path) -> list[Finding]:
    """What is to be said of the folder in which the keys of open surveys lie."""
    kept = keys / FOLDER
    if os.name == "posix" and kept.exists() and stat.S_IMODE(kept.stat().st_mode) & 0o077:
        return [Finding(Level.BAD, "survey keys", f"others can look into {kept} (ENISHI_KEYS): chmod 700 {kept}")]
    return [Finding(Level.NOTE, "survey keys", f"{kept} must be in no backup and in no snapshot of a disk")]


def _sqlite(work: Work) -> list[Finding]:
    wrong = []
    if _pragma(work, "secure_delete") != "1":
        wrong.append("this SQLite does not overwrite what is deleted (PRAGMA secure_delete): use another build of it")
    if (mode := _pragma(work, "journal_mode")) not in {"wal", "delete"}:
        wrong.append(f"journal_mode is {mode}, which keeps deleted rows: it must be wal (ENISHI_DATABASE)")
    path = work.connection.engine.url.database
    if os.name == "posix" and path and stat.S_IMODE(Path(path).stat().st_mode) & 0o077:
        wrong.append(f"others can read {path} (ENISHI_DATABASE): chmod 600 {path}")
    return [Finding(Level.BAD, "privacy", words) for words in wrong]


def _pragma(work: Work, name: str) -> str:
    return str(work.connection.exec_driver_sql(f"PRAGMA {name}").scalar())


def _postgres(work: Work) -> list[Finding]:
    names = [*_NEVER, *_RATHER]
    rows = work.connection.execute(
        sa.text("SELECT name, setting FROM pg_settings WHERE name = ANY(:names)"), {"names": names}
    )
    found = []
    for name, setting in sorted(rows.all()):
        level, right = (Level.BAD, _NEVER[name]) if name in _NEVER else (Level.NOTE, _RATHER[name])
        if setting not in right:
            wanted = min(right, key=len) if name != "log_statement" else "none"
            how = "in postgresql.conf" if name == "track_commit_timestamp" else "ALTER ROLE ... SET for our role"
            found.append(Finding(level, "privacy", f"PostgreSQL has {name} = {setting}: set it to {wanted} ({how})"))
    return found


def _surveys(work: Work) -> list[Finding]:
    """Open surveys that could not be opened; nothing of what they ask."""
    why = [held for *_, held in waiting(work)]
    words = {
        Held.NO_KEY: f"the key of {{n}} of the open surveys is not in {FOLDER} of ENISHI_KEYS: nobody can answer them",
        Held.CHANGED: "{n} of the open surveys are not as they were opened: somebody changed the database",
    }
    return [
        Finding(Level.BAD, "surveys", text.format(n=why.count(held))) for held, text in words.items() if held in why
    ]


def _questions(work: Work) -> list[Finding]:
    """Events for which questions can be asked, but not taken."""
    lost = sum(Rounds(work, community).key(one) is None for community, one in alive_everywhere(work))
    words = f"the key of questions for {lost} of the events is not in {FOLDER} of ENISHI_KEYS: nobody can ask there"
    return [Finding(Level.BAD, "questions", words)] if lost else []
