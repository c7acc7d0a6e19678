from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.findings import Level
from storage import switches
from storage.clock import MovableClock
from storage.engine import Database, StorageProblem
from storage.engine import database as open_database
from storage.keys import Keys
from storage.work import Work


def _ours_alone(url: str) -> None:
    if url.startswith("sqlite"):  # the tests' copy of a file has whatever rights the machine gives
        Path(url.removeprefix("sqlite:///")).chmod(0o600)


async def test_a_database_as_we_make_it_is_served(database: Database, database_url: str) -> None:
    """Nothing about it has to be changed before it is served."""
    _ours_alone(database_url)
    await database.tx(switches.refuse)
    assert {one.level for one in await database.tx(switches.look)} <= {Level.GOOD, Level.NOTE}


@pytest.mark.parametrize(
    ("pragma", "named"), [("secure_delete=FAST", "secure_delete"), ("secure_delete=OFF", "secure_delete")]
)
def test_sqlite_that_keeps_what_is_deleted_is_refused(sqlite_url: str, pragma: str, named: str) -> None:
    """FAST is not enough: it leaves every text in the file."""
    _ours_alone(sqlite_url)
    engine = sa.create_engine(sqlite_url)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA {pragma}")
        with pytest.raises(StorageProblem, match=named):
            switches.refuse(Work(connection, None, None))  # type: ignore[arg-type]  # neither is asked for
    engine.dispose()


def test_a_journal_that_stays_and_a_file_for_all_are_refused(sqlite_url: str) -> None:
    """Every switch that stands wrong is named at once, with the setting."""
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    path.chmod(0o644)
    engine = sa.create_engine(sqlite_url)
    with engine.connect() as connection:
        for pragma in ("secure_delete=ON", "journal_mode=DELETE", "journal_mode=PERSIST"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        with pytest.raises(StorageProblem, match=r"persist.*ENISHI_DATABASE.*chmod 600"):
            switches.refuse(Work(connection, None, None))  # type: ignore[arg-type]  # neither is asked for
    engine.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_statement", "mod"),
        ("log_statement", "all"),
        ("log_min_duration_statement", "0"),
        ("log_min_duration_sample", "100"),
        ("log_transaction_sample_rate", "0.5"),
        ("log_parameter_max_length_on_error", "-1"),
    ],
)
async def test_a_server_that_writes_statements_down_is_refused(
    postgres_url: str, keys: Keys, clock: MovableClock, name: str, value: str
) -> None:
    """The switch is named, and what to set it to."""
    database = open_database(postgres_url, keys, clock)
    await database.open()

    def switched(work: Work) -> None:
        work.connection.execute(sa.text(f"SET LOCAL {name} = '{value}'"))
        switches.refuse(work)

    with pytest.raises(StorageProblem, match=f"{name} = .*ALTER ROLE"):
        await database.tx(switched)
    await database.close()


def test_the_folder_of_survey_keys_is_its_owners_alone(tmp_path: Path) -> None:
    """It is said that it belongs into no backup, and which rights it lacks."""
    assert [one.level for one in switches.folder(tmp_path)] == [Level.NOTE]
    (tmp_path / "surveys").mkdir(mode=0o755)
    (tmp_path / "surveys").chmod(0o755)
    [found] = switches.folder(tmp_path)
    assert found.level is Level.BAD
    assert "chmod 700" in found.words
