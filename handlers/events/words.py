"""The two commands of events, and what may follow them: one table each, a line a word.

Another part of this folder adds a line: `Word(("calendar", "カレンダー"), calendar.addresses)`.  Without a word, and
for words that no line knows, the first line answers; it gets them, to search by.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.replies import Answer
from bot.router import Command, Router, first_word
from handlers.events import arranging, desk, ending, following, listing, texts
from handlers.events.asking import conversation as asking
from handlers.events.before import conversation as before
from handlers.events.cohort import conversation as cohort
from handlers.events.day import arriving, door, runsheet
from handlers.events.meeting import conversation as meeting
from handlers.events.meeting import digest, reading
from handlers.turn import Turn

router: Router[Turn] = Router()


@dataclass(frozen=True, slots=True)
class Word:
    """Its spellings, as `bot.router.plain` writes them, and who answers; they get the words after it."""

    words: tuple[str, ...]
    answer: Callable[[Turn, str], Answer]


MEMBER: tuple[Word, ...] = (
    Word(("", "mine", "わたしの予定", "自分の予定"), listing.mine),
    Word(("past", "過去", "終わった"), listing.past),
    Word(("calendar", "カレンダー", "ical", "ics"), following.page),
    Word(("apart", "別の組"), before.page),
    Word(("teams", "チーム", "固定チーム"), cohort.mine),
    Word(("here", "受付", "到着"), arriving.asked),
    Word(("ask", "質問"), asking.page),
    Word(("agenda", "議題"), meeting.asked),
    Word(("decisions", "決定", "決定事項"), reading.asked),
)
DESK: tuple[Word, ...] = (
    Word(("", "all", "一覧"), desk.page),
    Word(("new", "新規", "新しい", "作る"), arranging.new_form),
    Word(("door", "受付"), door.nearest),
    Word(("sheet", "進行表"), runsheet.nearest),
    Word(("numbers", "数", "集計"), ending.numbers),
    Word(("year", "年間"), digest.page),
)


def _find(table: tuple[Word, ...], words: str) -> tuple[Word, str] | None:
    first, rest = first_word(words)
    found = next((word for word in table if first in word.words), None)
    return (found, rest) if found else None


@router.asked(Command("events", texts.COMMAND, also=("イベント", "event"), hint="[…]"))
def events(turn: Turn, words: str) -> Answer:
    """What is coming for whoever asks, or what the first word says."""
    found = _find(MEMBER, words)
    return found[0].answer(turn, found[1]) if found else MEMBER[0].answer(turn, words)


@router.asked(
    Command("event", texts.DESK_COMMAND, also=("イベント", "events"), admin=True, hint="[new]"), supporters=True
)
def events_desk(turn: Turn, words: str) -> Answer:
    """The events whoever asks may run, or what the first word says."""
    found = _find(DESK, words)
    return found[0].answer(turn, found[1]) if found else DESK[0].answer(turn, words)
