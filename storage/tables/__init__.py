"""Every table, one subject a file; migrations and repositories import them from here.

The names and states of the outbox are explained in `outbox.py`, those of the clock in `schedules.py`.
"""

from storage.tables.audit import audit, audit_head
from storage.tables.base import metadata
from storage.tables.checkins import cheer, digest, entry, habit
from storage.tables.clock import bucket, dest_pace, note, nudge, nudge_log, occurrence, schedule, seen
from storage.tables.installs import community, install, keycheck, slack_errand, slack_install
from storage.tables.invitations import invitation, seat, wave
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
from storage.tables.roster import barred, batch, invitee, upload, upload_part
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
    "community",
    "consent",
    "dest_pace",
    "digest",
    "door_key",
    "door_link",
    "door_session",
    "entry",
    "habit",
    "handle",
    "handout",
    "install",
    "introduction",
    "invitation",
    "invitee",
    "joining",
    "keycheck",
    "member",
    "metadata",
    "note",
    "nudge",
    "nudge_habit",
    "nudge_log",
    "occurrence",
    "receipt",
    "said",
    "schedule",
    "seat",
    "seen",
    "slack_errand",
    "slack_install",
    "survey",
    "tally",
    "upload",
    "upload_part",
    "wave",
]
