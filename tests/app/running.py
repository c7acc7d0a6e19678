"""Enishi as processes: commands that end, and a server that can be killed."""

import asyncio
import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx2

from tests.fakes.slack import FakeSlack
from tests.fakes.slack_workspace import Workspace

ROOT = Path(__file__).parents[2]
READY_WITHIN = 30.0  # seconds
POLL = 0.05
QUIET = 6  # polls without anything new


def free_port() -> int:
    """A port nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Operator:
    """Somebody at a terminal, with these settings and nothing else of ENISHI_*."""

    settings: dict[str, str]
    folder: Path

    @property
    def _environment(self) -> dict[str, str]:
        others = {name: value for name, value in os.environ.items() if not name.startswith("ENISHI_")}
        return {**others, **self.settings, "COLUMNS": "200", "NO_COLOR": "1"}

    def types(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`python app.py words`, to its end."""
        command = [sys.executable, str(ROOT / "app.py"), *words]
        return subprocess.run(  # noqa: S603 - our own code
            command, cwd=self.folder, env=self._environment, capture_output=True, text=True, timeout=60, check=False
        )

    async def serves(self) -> "subprocess.Popen[bytes]":
        """`python app.py serve`, once it is ready."""
        address = f"http://127.0.0.1:{self.settings['ENISHI_PORT']}/readyz"
        with (self.folder / "serve.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603, ASYNC220 - our own code; starting it is quick
                [sys.executable, str(ROOT / "app.py"), "serve"],
                cwd=self.folder,
                env=self._environment,
                stdout=log,
                stderr=log,
            )
        async with httpx2.AsyncClient() as client, asyncio.timeout(READY_WITHIN):
            while True:
                assert process.poll() is None, (self.folder / "serve.log").read_text()
                try:
                    if (await client.get(address)).status_code == 200:
                        return process
                except httpx2.TransportError:
                    pass
                await asyncio.sleep(POLL)


class _Elsewhere:
    """Stands for a surface that runs in another process."""

    def routes(self) -> list[object]:
        return []

    async def settled(self) -> None:
        return None


class RemoteWorkspace(Workspace):
    """People's clients, talking to a bot in another process."""

    def __init__(self, slack: FakeSlack, port: int) -> None:
        super().__init__(slack, _Elsewhere())  # type: ignore[arg-type] # only what is used of it
        self._http = httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}")
        self.quiet = QUIET

    async def post(self, *args: object, **kwargs: object) -> httpx2.Response:
        """One signed request; then wait until the bot has drawn nothing new for `quiet` polls."""
        answer = await super().post(*args, **kwargs)  # type: ignore[arg-type] # passed on as they came
        calls, quiet = len(self.slack.calls), 0
        while quiet < self.quiet:
            await asyncio.sleep(POLL)
            calls, quiet = len(self.slack.calls), quiet + 1 if len(self.slack.calls) == calls else 0
        return answer
