"""How check-ins look."""

from collections.abc import Mapping, Sequence
from datetime import date

from babel.dates import get_day_names

from bot.actions import pack
from bot.address import Address
from bot.cards import (
    Button,
    Buttons,
    Card,
    Choice,
    Divider,
    Facts,
    Field,
    Link,
    Look,
    Piece,
    Text,
    TextInput,
    Tick,
    button,
)
from bot.language import Msg, Reader
from bot.replies import Form
from handlers.checkins import actions, rules, texts
from storage.checkins import Audience, CheerKind, Entry, Habit, Template
from storage.communities import Community
from storage.people import FOREVER

PAGE = 6  # answers in one digest message: each takes up to four pieces, and Slack has room for fifty


def prompt(reader: Reader, last: Entry | None, *, yearly: bool = False) -> Card:
    """「最近何してるの?」, with the member's last answer where it may stand in a chat."""
    pieces: list[Piece] = [Text(reader(texts.PROMPT_TITLE), Look.HEADING)]
    if yearly:
        pieces.append(Text(reader(texts.PROMPT_YEARLY)))
    if last and last.audience is Audience.EVERYONE:
        pieces += [
            Text(reader(texts.PROMPT_LAST, day=reader.long_day(reader.local(last.told_at).date())), Look.QUIET),
            Text(last.text, Look.QUOTE),
        ]
    elif last:  # a chat can be exported; what is not for everyone stays on the member's own pages
        day = reader.long_day(reader.local(last.told_at).date())
        pieces.append(Text(reader(texts.PROMPT_LAST_PRIVATE, day=day)))
    else:
        pieces.append(Text(reader(texts.PROMPT_FIRST)))
    stay = (
        [button(reader(texts.FINE), actions.Fine(), Look.PRIMARY)]
        if yearly
        else [button(reader(texts.SAME), actions.Same(), Look.PRIMARY)]
        if last
        else []
    )
    change = button(
        reader(texts.CHANGE if last else texts.WRITE), actions.Write(), Look.PLAIN if stay else Look.PRIMARY
    )
    pieces.append(Buttons((*stay, change)))
    return Card(reader(texts.PROMPT_SUMMARY), tuple(pieces))


def thanks(words: str, *buttons: Button) -> Card:
    """One sentence, and what one may still want to do."""
    return Card(words, (Text(words), Buttons(buttons)) if buttons else (Text(words),))


def write(reader: Reader, typed: actions.Tell, errors: Mapping[str, str] | None = None) -> Form:
    """The form of an answer, as far as it is filled in."""
    fields: tuple[Field, ...] = (
        Choice(
            "template",
            reader(texts.FORM_TEMPLATE),
            tuple((str(template), reader(texts.TEMPLATES[template])) for template in Template),
            typed.template,
        ),
        TextInput(
            "text",
            reader(texts.FORM_TEXT),
            typed.text,
            reader(texts.FORM_TEXT_HINT, max=rules.TEXT_MAX),
            lines=4,
            max_length=rules.TEXT_MAX,
        ),
        TextInput(
            "link",
            reader(texts.FORM_LINK),
            typed.link,
            reader(texts.FORM_LINK_HINT),
            max_length=rules.LINK_MAX,
            required=False,
        ),
        Choice(
            "audience",
            reader(texts.FORM_AUDIENCE),
            tuple((str(audience), reader(texts.AUDIENCES[audience])) for audience in Audience),
            typed.audience,
        ),
        Tick("agreed", reader(texts.FORM_AGREED), typed.agreed, reader(texts.FORM_AGREED_HINT)),
    )
    title = reader(texts.FORM_EDIT if typed.entry else texts.FORM_TITLE)
    submit = pack(actions.Tell(entry=typed.entry))
    return Form(title, submit, reader(texts.FORM_SEND), fields, errors=errors or {})


def told(reader: Reader, entry: Entry, *, changed: bool, nameless: bool = False) -> Card:
    """What was stored and who can read it."""
    words = reader(texts.TOLD_CHANGED if changed else texts.TOLD)
    facts = Facts(((reader(texts.READ_BY), reader(texts.AUDIENCES[entry.audience])),))
    pieces: list[Piece] = [Text(words), facts]
    if entry.audience is Audience.EVERYONE and entry.digest is None:
        pieces.append(Text(reader(texts.IN_DIGEST_NAMELESS if nameless else texts.IN_DIGEST), Look.QUIET))
    return Card(words, (*pieces, _own(reader, entry)))


def mine(reader: Reader, entries: Sequence[Entry], *, lasting: bool) -> Card:
    """What a member wrote, newest first, for their eyes only; `lasting`: it would stay in a chat's history."""
    if not entries:
        return thanks(reader(texts.MINE_NONE), button(reader(texts.WRITE), actions.Write(), Look.PRIMARY))
    pieces: list[Piece] = [Text(reader(texts.MINE), Look.HEADING)]
    for entry in entries:
        day = reader.long_day(reader.local(entry.told_at).date())
        pieces += [
            Text(f"{day} · {reader(texts.TEMPLATES[entry.template])} · {reader(texts.AUDIENCES[entry.audience])}"),
            Text(reader(texts.MINE_ELSEWHERE), Look.QUIET)
            if lasting and entry.audience is not Audience.EVERYONE
            else Text(entry.text, Look.QUOTE),
            _own(reader, entry),
        ]
    return Card(reader(texts.MINE), tuple(pieces))


def _own(reader: Reader, entry: Entry) -> Buttons:
    sure = reader(texts.WITHDRAW_SURE)
    return Buttons(
        (
            button(reader(texts.EDIT), actions.Write(entry=entry.id)),
            button(reader(texts.WITHDRAW), actions.Withdraw(entry=entry.id), Look.DANGER, sure),
        )
    )


def often(reader: Reader, habit: Habit, community_months: int, paused_until: date | None) -> Card:
    """How often a member is asked, and the ways to change it."""
    now = habit.months or community_months
    pieces: list[Piece] = [Text(reader(texts.OFTEN_TITLE), Look.HEADING), Text(reader(texts.OFTEN_NOW, count=now))]
    if paused_until:
        pieces.append(Text(paused(reader, paused_until)))
    elif habit.next_on:
        pieces.append(Text(reader(texts.OFTEN_NEXT, month=reader.month(habit.next_on)), Look.QUIET))
    others = [months for months in rules.CADENCES if months != now]
    rest = (
        button(reader(texts.RESUME), actions.Resume(), Look.PRIMARY)
        if paused_until
        else button(reader(texts.PAUSE), actions.Pause())
    )
    cadences = [button(reader(texts.EVERY, count=months), actions.Cadence(months=months)) for months in others]
    return Card(reader(texts.OFTEN_TITLE), (*pieces, Buttons((*cadences, rest))))


def paused(reader: Reader, until: date) -> str:
    """That a member is taking a break."""
    if until == FOREVER:
        return reader(texts.PAUSED_OPEN)
    return reader(texts.PAUSED_NOW, day=reader.long_day(until))


def resting(reader: Reader, until: date) -> Card:
    """A break has begun; how to make it longer or end it."""
    forever = until == FOREVER
    words = reader(texts.PAUSE_OPEN) if forever else reader(texts.PAUSE_DONE, day=reader.long_day(until))
    longer = [] if forever else [button(reader(texts.PAUSE_FOREVER), actions.Pause(forever=True))]
    return thanks(words, button(reader(texts.RESUME), actions.Resume()), *longer)


def digest(
    reader: Reader, digest_id: str, day: date, entries: Sequence[Entry], names: Mapping[str, str], *, start: int = 0
) -> Card:
    """A page of a digest, `PAGE` answers from `start` on; `names` by member id, "" where there is none."""
    title = reader(texts.DIGEST_TITLE, day=reader.long_day(day))
    if not entries:
        return Card(reader(texts.DIGEST_SUMMARY), (Text(title, Look.HEADING), Text(reader(texts.DIGEST_EMPTY))))
    pieces: list[Piece] = [Text(title, Look.HEADING)]
    for entry in entries[start : start + PAGE]:
        pieces += [*_shared(reader, entry, names.get(entry.member, "")), Divider()]
    left = len(entries) - start - PAGE
    onward = [
        button(reader(texts.DIGEST_MORE, count=left), actions.Read(digest=digest_id, start=start + PAGE), Look.PRIMARY)
    ]
    mine_too = [button(reader(texts.DIGEST_MINE), actions.Read(digest=digest_id))]
    if more := (onward if left > 0 else []) + (mine_too if start == 0 else []):
        pieces.append(Buttons(tuple(more)))
    return Card(reader(texts.DIGEST_SUMMARY), (*pieces, Text(reader(texts.DIGEST_FOOT), Look.QUIET)))


def digest_letter(reader: Reader, digest_id: str, day: date) -> Card:
    """That a digest is there, with the way to it: a letter holds no copy of what somebody may withdraw."""
    row = Buttons((button(reader(texts.HOME_DIGEST), actions.Read(digest=digest_id), Look.PRIMARY),))
    title = Text(reader(texts.DIGEST_TITLE, day=reader.long_day(day)), Look.HEADING)
    return Card(reader(texts.DIGEST_SUMMARY), (title, row))


def _shared(reader: Reader, entry: Entry, name: str) -> list[Piece]:
    by = reader(texts.BY, name=name or reader(texts.SOMEBODY), about=reader(texts.TEMPLATES[entry.template]))
    row: list[Button | Link] = [
        button(reader(texts.CONGRATS), actions.Cheer(entry=entry.id, kind=CheerKind.CONGRATS)),
        button(reader(texts.MEET), actions.Cheer(entry=entry.id, kind=CheerKind.MEET)),
    ]
    if entry.link:
        row.append(Link(reader(texts.LINK), entry.link))
    return [Text(by), Text(entry.text, Look.QUOTE), Buttons(tuple(row))]


def summary(reader: Reader, glad: rules.Glad | None, meet: Sequence[str]) -> Card:
    """What an author hears of the reactions: a number, and the names of those who want to meet."""
    pieces: list[Piece] = [Text(reader(texts.SUMMARY_TITLE), Look.HEADING)]
    if glad:
        words = texts.SUMMARY_CONGRATS if glad.exact else texts.SUMMARY_AT_LEAST if glad.count else texts.SUMMARY_SOME
        pieces.append(Text(reader(words, count=glad.count)))
    if meet:
        pieces.append(Text(reader(texts.SUMMARY_MEET, names=_names(reader, meet))))
    return Card(reader(texts.SUMMARY_SUMMARY), tuple(pieces))


def _names(reader: Reader, names: Sequence[str]) -> str:
    return ("、" if reader.language == "ja" else ", ").join(name or reader(texts.SOMEBODY) for name in names)


# --- the desk ------------------------------------------------------------------------------------


def desk(reader: Reader, settings: rules.Settings, next_digest: str, note: str = "") -> Card:
    """The secretariat's page: how it is set, and what can be done."""
    channel = reader(_place(settings.channel))
    at = reader(
        texts.RHYTHM_AT,
        rhythm=reader(texts.RHYTHMS[settings.rhythm]),
        weekday=weekdays(reader)[settings.weekday],
        hour=settings.hour,
    )
    facts = [
        (reader(texts.DESK_CADENCE), reader(texts.EVERY, count=settings.months)),
        (reader(texts.DESK_RHYTHM), at),
        (reader(texts.DESK_CHANNEL), channel),
    ]
    if next_digest and not settings.paused:
        facts.append((reader(texts.DESK_NEXT), next_digest))
    pieces: list[Piece] = [Text(note)] if note else []
    pieces += [Text(reader(texts.DESK_TITLE), Look.HEADING), Facts(tuple(facts))]
    if settings.paused:
        pieces.append(Text(reader(texts.DESK_PAUSED)))
    stop = actions.PauseAll(stop=not settings.paused)
    row = (
        button(reader(texts.DESK_SET), actions.Desk(), Look.PRIMARY),
        button(reader(texts.DESK_PREVIEW), actions.Preview()),
        button(reader(texts.DESK_MAILBOX), actions.Mailbox()),
        button(reader(texts.DESK_TEST), actions.Test()),
        button(reader(texts.DESK_RESUME if settings.paused else texts.DESK_PAUSE), stop),
    )
    return Card(note or reader(texts.DESK_TITLE), (*pieces, Buttons(row)))


def _place(channel: str) -> Msg:
    """Where the digest goes, in words."""
    if not channel:
        return texts.DESK_CHANNEL_NONE
    return texts.DESK_CHANNEL_BOARD if Address.parse(channel).surface == "portal" else texts.DESK_CHANNEL_ROOM


def mailbox(reader: Reader, entries: Sequence[Entry], names: Mapping[str, str], *, start: int = 0) -> Card:
    """What was written to the secretariat, newest first, a page of it."""
    title = reader(texts.MAILBOX_TITLE)
    if not entries:
        return Card(title, (Text(reader(texts.MAILBOX_NONE)),))
    pieces: list[Piece] = [Text(title, Look.HEADING)]
    for entry in entries[start : start + PAGE]:
        day = reader.long_day(reader.local(entry.told_at).date())
        by = reader(
            texts.BY,
            name=names.get(entry.member) or reader(texts.SOMEBODY),
            about=reader(texts.TEMPLATES[entry.template]),
        )
        pieces += [Text(f"{by} · {day}"), Text(entry.text, Look.QUOTE)]
        if entry.link:
            pieces.append(Buttons((Link(reader(texts.LINK), entry.link),)))
    if len(entries) > start + PAGE:
        pieces.append(Buttons((button(reader(texts.MAILBOX_OLDER), actions.Mailbox(start=start + PAGE)),)))
    return Card(title, (*pieces, Text(reader(texts.MAILBOX_NOTE), Look.QUIET)))


def arrange(
    reader: Reader, typed: actions.Arrange, channels: Sequence[str], zone: str, errors: Mapping[str, str] | None = None
) -> Form:
    """The secretariat's form; `channels` are the choices there are: keep, here, none."""
    names = {
        "keep": texts.DESK_CHANNEL_KEPT,
        "here": texts.DESK_CHANNEL_HERE,
        "board": texts.DESK_CHANNEL_BOARD,
        "none": texts.DESK_CHANNEL_NONE,
    }
    cadences = tuple((str(months), reader(texts.EVERY, count=months)) for months in rules.CADENCES)
    days = tuple((str(number), name) for number, name in enumerate(weekdays(reader)))
    fields: tuple[Field, ...] = (
        Choice("months", reader(texts.DESK_CADENCE), cadences, typed.months),
        Choice(
            "rhythm",
            reader(texts.DESK_RHYTHM),
            tuple((str(rhythm), reader(texts.RHYTHMS[rhythm])) for rhythm in rules.Rhythm),
            typed.rhythm,
        ),
        Choice("weekday", reader(texts.WEEKDAY), days, typed.weekday),
        TextInput("hour", reader(texts.HOUR), typed.hour, reader(texts.HOUR_HINT, zone=zone), max_length=5),
        Choice(
            "channel",
            reader(texts.DESK_CHANNEL),
            tuple((key, reader(names[key])) for key in channels),
            typed.channel if typed.channel in channels else channels[0],
        ),
    )
    return Form(reader(texts.DESK_TITLE), pack(actions.Arrange()), reader(texts.SAVE), fields, errors=errors or {})


def preview(
    reader: Reader,
    community: Community,
    *,
    entries: int,
    members: int,
    resting_now: int,
    due: int,
    effect: Sequence[tuple[str, str]] = (),
) -> Card:
    """Counts only; `effect`: what the prompts of the next days would lead to."""
    counts = (
        (texts.PREVIEW_ENTRIES, entries),
        (texts.PREVIEW_MEMBERS, members),
        (texts.PREVIEW_BREAK, resting_now),
        (texts.PREVIEW_ASKED, due),
    )
    facts = tuple((reader(label), community.preset.shown(count)) for label, count in counts)
    title = reader(texts.PREVIEW_TITLE)
    pieces: list[Piece] = [Text(title, Look.HEADING), Facts(facts)]
    pieces += [Text(reader(texts.PREVIEW_PROMPTS), Look.HEADING), Facts(tuple(effect))] if effect else []
    return Card(title, (*pieces, Text(reader(texts.PREVIEW_NOTE), Look.QUIET)))


def weekdays(reader: Reader) -> list[str]:
    """Monday to Sunday."""
    names = get_day_names("wide", locale=reader.language)  # Babel counts from Monday, as Python does
    return [str(names[number]) for number in range(7)]
