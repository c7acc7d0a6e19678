"""What the secretariat can arrange about check-ins: `/enishi-admin checkin`."""

from datetime import timedelta

from bot.address import Address
from bot.language import Reader
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Command, Router
from handlers.checkins import actions, cards, rules, texts
from handlers.checkins.nudges import DIGEST, PROMPT, send_test, settle
from handlers.turn import Turn
from storage.audit import Audit
from storage.checkins import Checkins
from storage.communities import Settings as Communities
from storage.people import Area
from storage.schedules import Schedules

ASKED_WITHIN = timedelta(days=7)
HOURS = range(24)

router: Router[Turn] = Router()


def _settings(turn: Turn) -> rules.Settings:
    return rules.Settings.of(Communities(turn.work, turn.community.id).get())


def _keep(turn: Turn, settings: rules.Settings) -> None:
    Communities(turn.work, turn.community.id).change("checkins", settings.model_dump(mode="json"))
    settle(turn.work, turn.community.id)


def _note(turn: Turn, action: str) -> None:
    Audit(turn.work, turn.community.id).record(turn.me, action)


def _page(turn: Turn, note: str = "") -> Answer:
    times = Schedules(turn.work, turn.community.id).next_times(DIGEST, 1)
    reader = Reader(turn.reader.language, turn.community.zone)
    when = reader.moment(times[0]) if times else ""
    return Redraw(cards.desk(turn.reader, _settings(turn), when, note))


@router.asked(
    Command("checkin", texts.DESK_COMMAND, also=("近況", "checkins", "きんきょう"), admin=True), area=Area.CONTENT
)
def desk(turn: Turn, _: str) -> Answer:
    """How it is set, and what can be done."""
    return _page(turn)


@router.pressed(actions.Desk, desk=True, area=Area.CONTENT)
def arrange(turn: Turn, _: actions.Desk) -> Form:
    """Open the form."""
    now = _settings(turn)
    typed = actions.Arrange(
        months=str(now.months), rhythm=now.rhythm, weekday=str(now.weekday), hour=str(now.hour), channel="keep"
    )
    return cards.arrange(turn.reader, typed, _channels(turn), turn.community.zone)


def _channels(turn: Turn) -> list[str]:
    """What can be chosen as the digest's channel: the room a form was opened in is known, and no list of channels."""
    here = turn.event.where
    shared = ["here"] if here.room and not here.user else []
    kept = ["keep"] if _settings(turn).channel else []
    return [*kept, *shared, "board", "none"]


@router.submitted(actions.Arrange, desk=True, area=Area.CONTENT)
def arranged(turn: Turn, typed: actions.Arrange) -> Answer:
    """Keep the settings; the schedules follow."""
    hour = rules.tidy(typed.hour)
    channels = _channels(turn)
    errors = {}
    if not (hour.isdecimal() and int(hour) in HOURS):
        errors["hour"] = turn.reader(texts.BAD_HOUR)
    for name, value, allowed in (
        ("months", typed.months, [str(months) for months in rules.CADENCES]),
        ("rhythm", typed.rhythm, list(rules.Rhythm)),
        ("weekday", typed.weekday, [str(number) for number in range(7)]),
        ("channel", typed.channel, channels),
    ):
        if value not in allowed:
            errors[name] = turn.reader(texts.BAD_CHOICE)
    if errors:
        return cards.arrange(turn.reader, typed, channels, turn.community.zone, errors)
    before = _settings(turn)
    where = turn.event.where
    here = str(Address(where.surface, where.tenant, where.room))
    board = str(Address.board(turn.community.id))
    channel = {"keep": before.channel, "here": here, "board": board, "none": ""}[typed.channel]
    _keep(
        turn,
        before.model_copy(
            update={
                "months": int(typed.months),
                "rhythm": rules.Rhythm(typed.rhythm),
                "weekday": int(typed.weekday),
                "hour": int(hour),
                "channel": channel,
            }
        ),
    )
    _note(turn, "checkins.arranged")
    invite = texts.DESK_INVITE if typed.channel == "here" and where.surface != "portal" else None
    return _page(turn, " ".join(turn.reader(note) for note in (texts.DESK_SAVED, invite) if note))


@router.pressed(actions.PauseAll, desk=True, area=Area.CONTENT)
def pause_all(turn: Turn, wish: actions.PauseAll) -> Answer:
    """Stop or go on for everybody."""
    _keep(turn, _settings(turn).model_copy(update={"paused": wish.stop}))
    _note(turn, "checkins.stopped" if wish.stop else "checkins.resumed")
    return _page(turn, turn.reader(texts.DESK_PAUSED_NOW if wish.stop else texts.DESK_RESUMED_NOW))


@router.pressed(actions.Preview, desk=True, area=Area.CONTENT)
def preview(turn: Turn, _: actions.Preview) -> Answer:
    """Counts of what would go out, never words or names."""
    checkins = Checkins(turn.work, turn.community.id)
    today = turn.reader.local(turn.now).date()
    due = checkins.planned(today, today + ASKED_WITHIN)
    return Whisper(
        cards.preview(
            turn.reader,
            turn.community,
            entries=len(checkins.waiting(turn.now)),
            members=turn.people.count(),
            resting_now=checkins.paused(today),
            due=len(due),
            effect=turn.foreseen(due, PROMPT, turn.now) if due else (),
        )
    )


@router.pressed(actions.Mailbox, desk=True, area=Area.CONTENT)
def mailbox(turn: Turn, wish: actions.Mailbox) -> Answer:
    """What members wrote to the secretariat."""
    entries = Checkins(turn.work, turn.community.id).for_secretariat()
    if not wish.start:
        _note(turn, "checkins.letters")
    names = turn.people.names({entry.member for entry in entries}, turn.me)
    return Whisper(cards.mailbox(turn.reader, entries, names, start=max(0, wish.start)))


@router.pressed(actions.Test, desk=True, area=Area.CONTENT)
def test(turn: Turn, _: actions.Test) -> Answer:
    """A prompt to the secretary alone."""
    sent = send_test(turn.work, turn.me)
    return Whisper(cards.thanks(turn.reader(texts.DESK_TESTED if sent else texts.DESK_NO_TEST)))
