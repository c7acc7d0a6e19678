"""Whom we talk to, and what the SDK may say about it."""

import io
import logging

import pytest

from bot.slack.connection import Web, hushed
from tests.bot.slack.test_door import MARKER, logged

__all__ = ["logged"]


@pytest.mark.parametrize(
    ("url", "slack"),
    [
        ("https://hooks.slack.com/actions/T01/1/x", True),
        ("https://slack.com/x", True),
        ("https://hooks.slack-gov.com/x", False),
        ("http://hooks.slack.com/x", False),
        ("https://slack.com.evil.example/x", False),
        ("https://evilslack.com/x", False),
        ("https://evil.example/hooks.slack.com", False),
        ("https://hooks.slack.com@evil.example/x", False),
        ("https://evil.example@hooks.slack.com/x", False),
        ("https://[broken/x", False),
        ("", False),
    ],
)
async def test_answers_go_to_slack_and_nowhere_else(url: str, slack: bool) -> None:  # noqa: FBT001 - a row of the table
    """A response URL comes with a payload, so it is looked at before anything is posted to it."""
    connection = Web("https://slack.com/api/")
    assert connection.is_slack(url) is slack
    if not slack:
        assert await connection.respond(url, {}) is False
        assert connection._session is None, "a connection was opened"


def test_the_sdk_s_own_words_are_hushed(logged: io.StringIO) -> None:
    """Trouble is told by its place and kind; lower levels not at all, even when somebody asks for them."""
    sdk = hushed()
    level = sdk.level
    sdk.setLevel(logging.DEBUG)
    sdk.debug(MARKER)
    sdk.info("Invalid request signature detected (body: %s)", MARKER)
    try:
        int(MARKER)
    except ValueError:
        sdk.exception("Failed: %s", MARKER)
    sdk.setLevel(level)
    assert "test_the_sdk_s_own_words_are_hushed (ValueError)" in logged.getvalue()
    assert MARKER not in logged.getvalue()
    assert len(logged.getvalue().splitlines()) == 1
