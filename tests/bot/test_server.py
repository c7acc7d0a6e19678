"""What a machine that watches over us is told."""

from collections.abc import Sequence
from contextlib import nullcontext

import httpx2
import pytest

from bot import server
from bot.measures import Figure
from bot.surface import CannotStart, Unavailable
from tests.app.running import free_port


class Watched:
    """A service that may be stuck, and whose database may be away."""

    def __init__(self) -> None:
        self.wrong, self.away = "", False

    async def figures(self) -> Sequence[Figure]:
        if self.away:
            raise Unavailable
        return [Figure("due", "Messages that could leave now", "platform", {"slack": 3, "portal": 0})]

    async def ready(self) -> None:
        if self.away:
            raise Unavailable

    async def asks(self, path: str, token: str = "tell-me", given: str = "") -> tuple[int, str]:
        watch = server.Watch(lambda: self.wrong, self.figures, token)
        app = server.application([], lambda _: nullcontext(), self.ready, watch)
        headers = {"Authorization": given} if given else {}
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://here") as client:
            answer = await client.get(path, headers=headers)
        return answer.status_code, answer.text


async def test_a_stuck_sender_is_neither_alive_nor_ready() -> None:
    """Both say why, so that whoever runs it may start it anew."""
    watched = Watched()
    assert await watched.asks("/healthz") == (200, "ok")
    assert await watched.asks("/readyz") == (200, "ok")
    watched.wrong = "the sender has not finished a round for 200 seconds"
    assert await watched.asks("/healthz") == (503, watched.wrong)
    assert await watched.asks("/readyz") == (503, watched.wrong)


async def test_without_its_database_it_is_alive_but_not_ready() -> None:
    """Starting it anew would not bring the database back."""
    watched = Watched()
    watched.away = True
    assert (await watched.asks("/healthz"))[0] == 200
    assert (await watched.asks("/readyz"))[0] == 503
    assert (await watched.asks("/metrics", given="Bearer tell-me"))[0] == 503


@pytest.mark.parametrize(
    ("token", "given", "status"),
    [
        ("tell-me", "Bearer tell-me", 200),
        ("tell-me", "Bearer tell", 401),
        ("tell-me", "", 401),
        ("", "Bearer ", 404),
        ("", "", 404),
    ],
)
async def test_figures_are_for_whoever_has_the_token(token: str, given: str, status: int) -> None:
    """Without a token there is no such page."""
    found, text = await Watched().asks("/metrics", token, given)
    assert found == status
    assert ('enishi_due{platform="slack"} 3.0' in text) is (status == 200)


async def test_a_service_that_gave_up_ends_with_a_sentence() -> None:
    """It stops serving and says why, and whoever watches over it starts it anew."""
    app = server.application([], lambda _: nullcontext(), Watched().ready)
    with pytest.raises(CannotStart, match="silent for 10 minutes"):
        await server.listen(app, "127.0.0.1", free_port(), ended=lambda: "silent for 10 minutes")
