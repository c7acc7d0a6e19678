"""What a lock screen shows: in an ALLY community nothing that says what it is about, whatever somebody does there."""

from collections.abc import AsyncIterator

import pytest

from bot.language import LANGUAGES, Reader
from handlers import features
from storage.clock import MovableClock
from storage.communities import Settings
from storage.discretion import discreet
from storage.engine import Database
from storage.people import Role
from storage.presets import PRESETS
from tests.community import CHATS, Stage
from tests.conversations.welcoming import becomes, joins
from tests.stages.slack import SlackStage
from tests.stages.teams import TeamsStage

NAME = "LGBTアライ・カミングアウトの会"


@pytest.fixture(params=CHATS)
async def chat(request: pytest.FixtureRequest, database: Database, clock: MovableClock) -> AsyncIterator[Stage]:
    """A community of nobody yet, on a platform that notifies."""
    chat = await Stage.set_up(request.param, database, clock)
    yield chat
    await chat.close()


def shown_on_lock_screens(stage: Stage) -> list[str]:
    """What the platform would put into a notification: of messages, and of answers only one person sees."""
    if isinstance(stage.surface, SlackStage):
        slack = stage.surface.workspace.slack
        there = [*slack.messages.values(), *slack.ephemerals.values()]
        return [one["text"] for drawn in there for one in drawn if one.get("text")]
    assert isinstance(stage.surface, TeamsStage)
    return [one["summary"] for drawn in stage.surface.teams.messages.values() for one in drawn if "summary" in one]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_command_in_a_community_with_a_telling_name(chat: Stage, language: str) -> None:
    """Whoever asks for anything there, the notification is neutral; the card itself says what it has to say."""
    await becomes(chat, "ally", NAME)
    ada = await chat.member("Ada", Role.OWNER, language=language)
    commands = features.router().commands
    for command in commands:
        await ada.asks(command.word, admin=command.admin)
    await joins(chat, "ゾーイ", written="usual")
    await ada.asks("update LGBTについて話しました")
    await ada.submits()
    await chat.moves(days=40)
    told = shown_on_lock_screens(chat)
    assert len(told) > len(commands) / 2
    assert [text for text in told if PRESETS["ally"].gives_away(text)] == []
    assert any(NAME in shown for shown in [await ada.asks("community")])


async def test_a_calendar_title_passes_the_same_guard(chat: Stage) -> None:
    """What is to stand in a calendar that others see goes through one function."""
    await becomes(chat, "ally", NAME)
    here = await chat.database.look(lambda work: Settings(work, chat.community.id).get())
    for reader in map(Reader, LANGUAGES):
        assert not here.preset.gives_away(discreet("LGBTアライ 定例会", here, reader))
        assert discreet("定例会", here, reader) == "定例会"
