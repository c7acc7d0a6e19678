"""Every table, one subject a file; migrations and repositories import them from here.

The names and states of the outbox are explained in `outbox.py`, those of the clock in `schedules.py`.
"""

from storage.tables.asking import event_inbox, event_question, event_round, event_vote
from storage.tables.audit import audit, audit_head
from storage.tables.base import metadata
from storage.tables.before import event_apart, event_before, event_pitch, event_slip, event_talk, event_wish
from storage.tables.checkins import cheer, digest, entry, habit
from storage.tables.clock import bucket, dest_pace, note, nudge, nudge_log, occurrence, schedule, seen
from storage.tables.cohorts import cohort, cohort_place
from storage.tables.event_day import event_sheet
from storage.tables.events import event, event_look, event_mark, event_outcome, event_part, event_seat, event_series
from storage.tables.feeds import feed
from storage.tables.ideas import idea
from storage.tables.installs import community, install, keycheck, slack_errand, slack_install
from storage.tables.invitations import invitation, seat, wave
from storage.tables.meetings import decision, meeting, meeting_date, meeting_item, meeting_note, meeting_todo
from storage.tables.nudging import nudge_habit
from storage.tables.people import (
    consent,
    door_key,
    door_link,
    door_session,
    handle,
    handout,
    introduction,
    joining,
    member,
)
from storage.tables.polls import poll, vote
from storage.tables.roster import barred, batch, invitee, upload, upload_part
from storage.tables.stops import survey_stop
from storage.tables.surveys import audience, ballot, receipt, said, survey, tally

__all__ = [
    "audience",
    "audit",
    "audit_head",
    "ballot",
    "barred",
    "batch",
    "bucket",
    "cheer",
    "cohort",
    "cohort_place",
    "community",
    "consent",
    "decision",
    "dest_pace",
    "digest",
    "door_key",
    "door_link",
    "door_session",
    "entry",
    "event",
    "event_apart",
    "event_before",
    "event_inbox",
    "event_look",
    "event_mark",
    "event_outcome",
    "event_part",
    "event_pitch",
    "event_question",
    "event_round",
    "event_seat",
    "event_series",
    "event_sheet",
    "event_slip",
    "event_talk",
    "event_vote",
    "event_wish",
    "feed",
    "habit",
    "handle",
    "handout",
    "idea",
    "install",
    "introduction",
    "invitation",
    "invitee",
    "joining",
    "keycheck",
    "meeting",
    "meeting_date",
    "meeting_item",
    "meeting_note",
    "meeting_todo",
    "member",
    "metadata",
    "note",
    "nudge",
    "nudge_habit",
    "nudge_log",
    "occurrence",
    "poll",
    "receipt",
    "said",
    "schedule",
    "seat",
    "seen",
    "slack_errand",
    "slack_install",
    "survey",
    "survey_stop",
    "tally",
    "upload",
    "upload_part",
    "vote",
    "wave",
]
