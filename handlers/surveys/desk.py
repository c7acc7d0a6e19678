"""`/enishi-admin survey`, and what may follow it: one table, a line a word.

Each part of this folder adds a line.  Without a word, and for words that no line knows, the list of all surveys
answers.  All of it is for whoever does the community's content.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.replies import Answer
from bot.router import Command, Router, first_word
from handlers.surveys import actions, pages, texts
from handlers.surveys.authoring import conversation, publishing
from handlers.surveys.results import conversation as results
from handlers.turn import Turn
from storage.people import Area
from storage.surveys import State

router: Router[Turn] = Router()


@dataclass(frozen=True, slots=True)
class Word:
    """Its spellings, as `bot.router.plain` writes them, and who answers; they get the words after it."""

    words: tuple[str, ...]
    answer: Callable[[Turn, str], Answer]


def everything(turn: Turn, _: str) -> Answer:
    """All surveys."""
    return pages.listed(turn)


def to_open(turn: Turn, _: str) -> Answer:
    """The only draft there is, before it is opened; else all surveys."""
    waiting = pages.surveys(turn).all(State.DRAFT)
    return publishing.before(turn, waiting[0].id) if len(waiting) == 1 else everything(turn, "")


DESK: tuple[Word, ...] = (
    Word(("", "all", "一覧"), everything),
    Word(("new", "新規", "作成"), conversation.new),
    Word(("open", "開始", "開く"), to_open),
    Word(("results", "結果"), results.desk),
)


@router.asked(
    Command("survey", texts.DESK_COMMAND, also=("アンケート", "surveys"), admin=True, hint="[new | open | results]"),
    area=Area.CONTENT,
)
def survey(turn: Turn, words: str) -> Answer:
    """All surveys, or what the first word says."""
    first, rest = first_word(words)
    found = next((one for one in DESK if first in one.words), None)
    return found.answer(turn, rest) if found else everything(turn, words)


@router.pressed(actions.Listed, desk=True, area=Area.CONTENT)
def listed(turn: Turn, wish: actions.Listed) -> Answer:
    """The same, from a button."""
    return pages.listed(turn, start=max(0, wish.start))


@router.pressed(actions.Page, desk=True, area=Area.CONTENT)
def page(turn: Turn, wish: actions.Page) -> Answer:
    """One of them."""
    return pages.page(turn, wish.survey, start=wish.start)
