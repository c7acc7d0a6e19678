"""What the check-ins store about a member, on their page and in the copy they take with them."""

from collections.abc import Sequence

from bot.cards import Buttons, Facts, Look, Piece, Text, button
from handlers.checkins import actions, rules, texts
from handlers.sections import Row, Section
from handlers.turn import Turn
from storage.checkins import Audience, Checkins
from storage.people import Member
from storage.work import Work

ALL = 100_000  # nobody has told so much


def about(turn: Turn) -> Sequence[Piece]:
    """How much they told and reacted, who reads it, and the way to all of it."""
    reader, checkins = turn.reader, Checkins(turn.work, turn.community.id)
    told, given = checkins.told_by(turn.me.id, ALL), checkins.given_by(turn.me.id)
    counts = {one: sum(entry.audience is one for entry in told) for one in Audience}
    facts = [(reader(texts.AUDIENCES[one]), reader(texts.ABOUT_TOLD, count=count)) for one, count in counts.items()]
    facts.append((reader(texts.ABOUT_CHEERS), reader.number(len(given))))
    months = checkins.habit(turn.me.id).months or rules.Settings.of(turn.community).months
    facts.append((reader(texts.OFTEN_TITLE), reader(texts.EVERY, count=months)))
    row = Buttons((button(reader(texts.MINE), actions.Mine()),))
    title, seen = Text(reader(texts.ABOUT_TITLE), Look.HEADING), Text(reader(texts.ABOUT_SEEN), Look.QUIET)
    return (title, Facts(tuple(facts)), seen, row)


def export(work: Work, member: Member) -> Sequence[Section]:
    """Every answer and reaction of theirs, and how often they are asked."""
    reader, checkins = member.reader, Checkins(work, member.community.id)
    habit = checkins.habit(member.id)
    often: Row = [
        ("months", reader(texts.ABOUT_OWN), str(habit.months or "")),
        ("next_on", reader(texts.ABOUT_NEXT), habit.next_on.isoformat() if habit.next_on else ""),
    ]
    told: list[Row] = [
        [
            ("day", reader(texts.ABOUT_DAY), reader.local(one.told_at).date().isoformat()),
            ("about", reader(texts.FORM_TEMPLATE), reader(texts.TEMPLATES[one.template])),
            ("text", reader(texts.FORM_TEXT), one.text),
            ("link", reader(texts.FORM_LINK), one.link),
            ("audience", reader(texts.READ_BY), reader(texts.AUDIENCES[one.audience])),
        ]
        for one in checkins.told_by(member.id, ALL)
    ]
    given: list[Row] = [
        [("kind", reader(texts.ABOUT_KIND), reader(texts.CONGRATS if one.kind == "congrats" else texts.MEET))]
        for one in checkins.given_by(member.id)
    ]
    return (
        Section("told", reader(texts.ABOUT_TITLE), reader(texts.ABOUT_EACH), told),
        Section("reactions", reader(texts.ABOUT_CHEERS), reader(texts.DIGEST_FOOT), given),
        Section("asked", reader(texts.OFTEN_TITLE), reader(texts.ABOUT_NOBODY), [[one for one in often if one[2]]]),
    )
