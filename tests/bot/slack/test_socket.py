"""Socket Mode: the same house, behind a socket that we open ourselves."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.events import Asked, Submitted
from bot.language import both
from bot.slack.connection import SlackSettings
from bot.slack.surface import SlackSurface
from bot.texts import UNAVAILABLE
from tests.bot.slack.house import MemoryNotebook, Turns, router
from tests.bot.slack.test_door import MARKER, logged
from tests.bot.slack.test_reading import payload
from tests.fakes.slack import APP_TOKEN, BOT_TOKEN, Drawn, FakeSlack

__all__ = ["logged"]


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    fake = FakeSlack(people={"U0ADA"})
    await fake.open()
    yield fake
    await fake.close()


@pytest.fixture
async def surface(slack: FakeSlack, turns: Turns) -> AsyncIterator[SlackSurface]:
    settings = SlackSettings(BOT_TOKEN, "", APP_TOKEN, f"{slack.url}/api/")
    surface = SlackSurface(settings, turns, router.actions, MemoryNotebook())
    await surface.start()
    yield surface
    await surface.stop()


async def sends(slack: FakeSlack, kind: str, body: Any) -> Drawn:
    """One envelope, and its acknowledgement."""
    await slack.envelopes.put({"type": kind, "envelope_id": "e1", "payload": body, "accepts_response_payload": True})
    return await asyncio.wait_for(slack.acks.get(), 10)


async def test_a_command_comes_and_is_answered_through_the_socket(
    slack: FakeSlack, surface: SlackSurface, turns: Turns
) -> None:
    """No address and no signing secret are needed; the answer rides on the acknowledgement."""
    assert list(surface.routes()) == []
    answer = await sends(slack, "slash_commands", payload("command"))
    assert answer["envelope_id"] == "e1"
    assert answer["payload"]["response_type"] == "ephemeral"
    assert answer["payload"]["text"] == "a whisper"
    assert len(turns.of(Asked)) == 1
    assert surface.socket is not None
    assert await surface.socket.is_connected()


async def test_forms_and_events_come_through_the_socket(slack: FakeSlack, surface: SlackSurface, turns: Turns) -> None:
    """An event is acknowledged with nothing; a form's errors ride on the acknowledgement."""
    assert "payload" not in await sends(slack, "events_api", payload("event-said"))
    sent = payload("sent")
    sent["view"]["state"]["values"]["text"]["text"]["value"] = "no"
    answer = await sends(slack, "interactive", sent)
    assert answer["payload"] == {"response_action": "errors", "errors": {"text": "Please say more."}}
    assert len(turns.of(Submitted)) == 1


async def test_trouble_is_said_through_the_socket(slack: FakeSlack, surface: SlackSurface, turns: Turns) -> None:
    """As over HTTP."""
    turns.down = True
    answer = await sends(slack, "slash_commands", payload("command"))
    assert answer["payload"]["text"] == both(UNAVAILABLE)


async def test_nothing_that_comes_through_the_socket_is_logged(
    slack: FakeSlack, surface: SlackSurface, turns: Turns, logged: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither what can be read nor what cannot, with the root logger at DEBUG."""
    malformed = {**payload("press-channel"), "actions": [], "note": MARKER}
    await slack.envelopes.put({"type": "interactive", "envelope_id": "e0", "payload": malformed})
    await slack.envelopes.put({"type": MARKER, "envelope_id": "e0", "payload": MARKER})
    turns.broken = True
    await sends(slack, "slash_commands", {**payload("command"), "text": MARKER})
    turns.broken = False
    await sends(slack, "slash_commands", {**payload("command"), "text": MARKER})
    await sends(slack, "events_api", json.loads(json.dumps(payload("event-said")).replace("hello", MARKER)))
    await surface.settled()
    said = logged.getvalue() + "".join(capsys.readouterr())
    assert MARKER not in said
    assert APP_TOKEN not in said
    assert len(turns.events) == 2
