"""Socket Mode that has gone deaf: connected anew, and in the end given up."""

from bot.slack.watchdog import DEAF, GIVEN_UP, Watchdog


class Deaf:
    """A socket that counts how often it was opened anew, and may then fail."""

    def __init__(self) -> None:
        self.last_ping_pong_time: float | None = None
        self.opened = 0
        self.broken = False

    async def connect_to_new_endpoint(self, force: bool = False) -> None:  # noqa: FBT001, FBT002 - the SDK's
        assert force
        self.opened += 1
        if self.broken:
            raise OSError


async def test_a_deaf_socket_is_opened_anew_and_given_up_in_the_end() -> None:
    """Once a minute, however the attempt ends; what is heard again starts from the beginning."""
    socket, told, at = Deaf(), list[str](), 1000.0
    dog = Watchdog(socket, told.append, lambda: at)
    socket.last_ping_pong_time = at
    at += DEAF
    await dog.look()
    assert socket.opened == 0
    at += 1
    await dog.look()
    await dog.look()
    assert socket.opened == 1
    socket.last_ping_pong_time = at
    at += DEAF
    await dog.look()
    assert socket.opened == 1
    socket.broken = True
    while not told and at < 1000 + 3 * GIVEN_UP:
        at += 10
        await dog.look()
    assert socket.opened >= 5
    assert "Socket Mode has been silent for 10 minutes" in told[0]
