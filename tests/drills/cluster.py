"""A PostgreSQL server of our own, which may be stopped hard."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.servers import free_port


def binaries() -> Path | None:
    """Where `initdb` and `pg_ctl` are, if anywhere."""
    found = [Path(path).parent for path in [shutil.which("initdb")] if path]
    found += sorted((one.parent for one in Path("/usr/lib/postgresql").glob("*/bin/initdb")), reverse=True)
    return found[0] if found else None


@contextmanager
def cluster() -> Iterator[tuple[str, Callable[[], None]] | None]:
    """The address of its database, and how to stop it hard and start it again; None where that is impossible."""
    where = binaries()
    user = "postgres" if os.getuid() == 0 else None  # the server refuses to run as root
    if where is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="enishi-drill-") as name:
        folder, port = Path(name), free_port()
        data = folder / "data"

        def say(program: str, *words: str) -> None:
            command = [str(where / program), "-D", str(data), *words]
            subprocess.run(command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - its own

        def start() -> None:
            say("pg_ctl", "-s", "-w", "-l", str(folder / "log"), "-o", f"-p {port} -k {folder} -h 127.0.0.1", "start")

        def stop_hard_and_start() -> None:
            say("pg_ctl", "-s", "-w", "-m", "immediate", "stop")
            start()

        folder.chmod(0o777)
        try:
            say("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8")
            start()
        except (OSError, subprocess.CalledProcessError, LookupError):
            yield None
            return
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres", stop_hard_and_start
        finally:
            say("pg_ctl", "-s", "-w", "-m", "immediate", "stop")
