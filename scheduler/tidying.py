"""What is not needed any more is erased.

| what | kept |
|---|---|
| keys of events already taken | `storage.seen.KEPT`: a day |
| links and sessions of the portal | until they expire (`storage.doors`) |
| members' own keys | until 12 months pass in which they are not used (`storage.doors`) |
| links to files | until they expire (`storage.handouts`) |
| files that wait for a secretary's word | an hour (`storage.uploads`) |
| people of the roster who have not joined | `storage.roster.KEPT`: two years after their import |
| invitations | until 30 days after their last day; guests a day (`storage.invitations`) |
| wishes for a supporter that nobody answered | a month, or two (`storage.introductions`) |
| codes to join two accounts | until they expire (`storage.joining`) |
| secrets of people installing the app on Slack | until they expire (`storage.slack_installs`) |
| address, content and receipt of a member's message that is done with | `CONTENT` after it was due |
| the rest of it, its history and its occurrence | `RECORDS` after it was due |
| what the secretariat did | `storage.audit.KEPT`: two years |
| keys of surveys that are not open any more | not at all |
| receipts, free texts and the rest of a closed survey | `storage.surveys`: 90 days, a year, three years |
| ideas out of a survey's results that nothing was made of | `storage.ideas.KEPT`: a year |
| who chose what in a named poll; the poll with its counts; a draft | `storage.polls`: 90 days, three years; 60 days |
| who had a seat at an event and came, and what they said came of it | `storage.attendance.NAMES_KEPT`: a year |
| who looked at an event and did not answer | until it begins (`storage.attendance`) |
| which theme somebody chose for an event, and in which group they sat | `storage.grouping.KEPT`: 30 days after it |
| what somebody looked for at an event, and with whom they talked | `storage.exchange.KEPT`: 90 days after it |
| questions asked for an event without a name | `storage.asking.KEPT`: 90 days after it |
| who was in a fixed team of a series, or waited for a place | `storage.cohorts.KEPT`: 90 days after its last date |
| what organisers wrote on the run-sheet of an event | `storage.runsheets.KEPT`: 90 days after it |
| what a member would talk about at a meeting, and nobody took up | `storage.meetings.KEPT`: half a year |
| who had something to do after a meeting | `storage.todos.NAMES_KEPT`: a year after it was to be done |
| a letter of the portal, a post on its board | `POSTS` after it came |
| a message in a shared room, with address and receipt | `POSTS` after it was due: somebody may withdraw what it says |
| a member not seen for 24 months who, asked, does not answer | two months after the question (`storage.inactivity`) |
"""

from collections.abc import Callable
from datetime import timedelta

import structlog

from bot.surface import Unavailable
from storage import (
    asking,
    attendance,
    audit,
    closing,
    cohorts,
    doors,
    exchange,
    grouping,
    handouts,
    ideas,
    inactivity,
    introductions,
    invitations,
    joining,
    meetings,
    polls,
    rates,
    retention,
    roster,
    runsheets,
    seen,
    slack_installs,
    todos,
    uploads,
)
from storage.engine import Database
from storage.work import Work

CONTENT = timedelta(days=30)
RECORDS = timedelta(days=180)
POSTS = timedelta(days=2 * 365)
_STEPS: tuple[tuple[str, Callable[[Work], int]], ...] = (
    ("seen", seen.forget),
    ("doors", doors.forget),
    ("keys", doors.forget_keys),
    ("files", handouts.forget),
    ("uploads", uploads.forget),
    ("roster", roster.forget),
    ("joins", joining.forget),
    ("introductions", introductions.forget),
    ("invitations", invitations.forget),
    ("errands", slack_installs.forget),
    ("paces", rates.forget_paces),
    ("contents", lambda work: retention.erase_contents_everywhere(work, CONTENT)),
    ("messages", lambda work: retention.delete_messages_everywhere(work, RECORDS, shared=False)),
    ("posts", lambda work: retention.delete_messages_everywhere(work, POSTS, shared=True)),
    ("letters", lambda work: retention.delete_letters_everywhere(work, POSTS)),
    ("audit", audit.forget),
    ("survey_keys", closing.sweep),
    ("survey_receipts", closing.forget_receipts),
    ("survey_texts", closing.forget_texts),
    ("surveys", closing.forget_surveys),
    ("ideas", ideas.forget),
    ("poll_names", polls.forget_names),
    ("polls", polls.forget),
    ("event_names", attendance.forget),
    ("event_looks", attendance.forget_looks),
    ("event_wishes", grouping.forget),
    ("event_cohorts", cohorts.forget),
    ("event_slips", exchange.forget),
    ("event_sheets", runsheets.forget),
    ("event_questions", asking.forget),
    ("meeting_items", meetings.forget),
    ("meeting_names", todos.forget_names),
    ("occurrences", lambda work: retention.delete_occurrences_everywhere(work, RECORDS)),
)
Leave = Callable[[Work, str, str], None]
log = structlog.get_logger()


def _wipe(work: Work) -> None:
    """What was replaced since the last time, as in a shared message drawn again without somebody, is in no file."""
    work.erases = True


async def tidy(database: Database, leave: Leave | None = None) -> dict[str, int]:
    """Erase what has been kept long enough, in short transactions; how many rows of each kind.

    `leave` erases a member in every feature; without it members who were silent for years stay.
    """
    steps = [*_STEPS]
    if leave:
        steps.append(("members", lambda work: inactivity.erase_everywhere(work, leave)))
    gone = dict.fromkeys((name for name, _ in steps), 0)
    try:
        for name, forget in steps:
            while True:
                rows = await database.tx(forget)
                gone[name] += rows
                if rows < retention.AT_ONCE:
                    break
        await database.tx(_wipe)
    except Unavailable:
        return gone
    if any(gone.values()):
        log.info("tidied", **gone)
    return gone
