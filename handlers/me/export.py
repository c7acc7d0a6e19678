"""The copy somebody takes with them: one page to read and the same for programs, in one zip.

It is made from the rows when the link is opened, and kept nowhere.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bot.cards import Card, Facts, Text, load
from bot.files import File
from bot.language import Reader
from handlers.me import cards, texts
from handlers.sections import Row, Section
from storage.consents import Consents
from storage.doors import Doors
from storage.habits import Habits
from storage.introductions import Introductions
from storage.invitations import Invitations, State
from storage.manners import Wishes
from storage.notebook import Notes
from storage.outbox import Outbox
from storage.people import Member, People
from storage.roster import Roster
from storage.work import Work

COPY = "me.copy"
ALL = 100_000  # rows of a section; nobody has so many
Exporter = Callable[[Work, Member], Sequence[Section]]


def copy(exporters: Sequence[Exporter], work: Work, member: Member, _: str) -> File:
    """The zip."""
    reader, today = member.reader, member.reader.local(work.now).date()
    sections = [*_own(work, member), *(section for exporter in exporters for section in exporter(work, member))]
    left_out = [reader(said) for said in texts.NOT_IN]
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, text in (
            ("enishi.html", _page(reader, member, sections, left_out, today)),
            ("enishi.json", _data(member, sections, left_out, today)),
        ):
            info = ZipInfo(name, (today.year, today.month, today.day, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, text)
    return File(f"enishi-{today.isoformat()}.zip", "application/zip", buffer.getvalue())


# --- what is in it -------------------------------------------------------------------------------


def _own(work: Work, member: Member) -> list[Section]:
    """What no other feature tells."""
    reader, seen = member.reader, member.reader(texts.LEVELS[member.level])
    nobody = reader(texts.NOBODY)
    return [
        Section("profile", reader(texts.PROFILE), f"{seen} ({reader(texts.SEES_MAIL)})", [_filled(cards.told(member))]),
        Section("settings", reader(texts.SETTINGS), nobody, [_settings(work, member)]),
        Section("consents", reader(texts.CONSENT), nobody, _consents(work, member)),
        Section("accounts", reader(texts.ACCOUNTS), nobody, _accounts(work, member)),
        Section("letters", reader(texts.LETTERS), nobody, _letters(work, member)),
        Section("messages", reader(texts.MESSAGES), nobody, _messages(work, member)),
        Section("invited", reader(texts.INVITED), reader(texts.LEVELS[2]), _invited(work, member)),
        Section("roster", reader(texts.ROSTER), reader(texts.LEVELS[2]), _roster(work, member)),
        Section("supporter", reader(texts.SUPPORTER), reader(texts.SUPPORTERS), _supporter(work, member)),
    ]


def _filled(row: Row) -> Row:
    return [one for one in row if one[2]]


def _settings(work: Work, member: Member) -> Row:
    reader, today = member.reader, member.reader.local(work.now).date()
    habits = Habits(work, member.community.id)
    wishes: Wishes = habits.wishes(member.id)
    until = member.paused_until if member.is_paused(today) else None
    key = Doors(work, member.community.id).key_used(member.id)
    awaited = habits.awaited(member.id)
    row = [
        ("language", reader(texts.LANGUAGE), reader.language),
        ("zone", reader(texts.ZONE), reader.zone),
        ("visible_to", reader(texts.VISIBLE), reader(texts.LEVELS[member.level])),
        ("role", reader(texts.ROLE), str(member.role)),
        ("break", reader(texts.BREAK), cards.break_state(reader, until)),
        ("messages_in_28_days", reader(texts.MOST), "" if wishes.most is None else str(wishes.most)),
        ("hours", reader(texts.HOURS), _hours(wishes)),
        ("not_wanted", reader(texts.OFF), ", ".join(wishes.off)),
        ("unanswered", reader(texts.UNANSWERED), str(awaited.unanswered or "")),
        ("joined", reader(texts.JOINED), f"{member.joined_month:%Y-%m}"),
        ("active", reader(texts.ACTIVE), f"{member.active_month:%Y-%m}"),
        ("key", reader(texts.KEY), cards.key_state(reader, key)),
    ]
    return _filled(row)


def _hours(wishes: Wishes) -> str:
    if wishes.opens is None and wishes.closes is None:
        return ""
    return f"{wishes.opens if wishes.opens is not None else ''}-{wishes.closes if wishes.closes is not None else ''}"


def _consents(work: Work, member: Member) -> list[Row]:
    reader = member.reader
    return [
        [
            ("version", reader(texts.VERSION), one.version),
            ("month", reader(texts.MONTH), f"{one.month:%Y-%m}"),
            ("agreed", reader(texts.AGREED), reader(texts.YES if one.agreed else texts.NOT_YET)),
        ]
        for one in Consents(work, member.community.id).of(member.id)
    ]


def _accounts(work: Work, member: Member) -> list[Row]:
    reader = member.reader
    return [
        [
            ("service", reader(texts.SERVICE), cards.surface_name(reader, who.surface)),
            ("tenant", reader(texts.TENANT), who.tenant),
            ("user", reader(texts.USER), who.user),
            ("state", reader(texts.STATE), reader(texts.ACCOUNT_OK if reachable else texts.ACCOUNT_GONE)),
        ]
        for who, reachable in People(work, member.community.id).accounts(member.id)
    ]


def _letters(work: Work, member: Member) -> list[Row]:
    reader = member.reader
    kept = Notes(work, member.community.id, "portal").dated(f"inbox/{member.id}", ALL)
    return [
        [
            ("day", reader(texts.DAY), reader.local(at).date().isoformat()),
            ("text", reader(texts.TEXT), _text_of(load(text, reader.language))),
        ]
        for _, text, at in kept
    ]


def _text_of(card: Card) -> str:
    lines = [card.summary]
    for piece in card.pieces:
        if isinstance(piece, Text):
            lines.append(piece.text)
        elif isinstance(piece, Facts):
            lines += [f"{label}: {value}" for label, value in piece.facts]
    return "\n".join(dict.fromkeys(lines))


def _messages(work: Work, member: Member) -> list[Row]:
    reader = member.reader
    return [
        [
            ("day", reader(texts.DAY), reader.local(one.sent_at or one.due_at).date().isoformat()),
            ("kind", reader(texts.KIND), one.kind),
            ("state", reader(texts.STATE), one.state.name.lower()),
        ]
        for one in Outbox(work, member.community.id).last(member.id, ALL)
    ]


def _invited(work: Work, member: Member) -> list[Row]:
    """The links somebody asked for or sends."""
    reader = member.reader
    return [
        _filled(
            [
                ("name", reader(texts.NAME), one.name),
                ("note", reader(texts.NOTE), one.note),
                ("state", reader(texts.STATE), str(one.state)),
            ]
        )
        for one in Invitations(work, member.community.id).of_member(member.id, *State)
    ]


def _roster(work: Work, member: Member) -> list[Row]:
    """Where membership is hidden nobody stands there as a member, so there is nothing to tell."""
    reader, known = member.reader, Roster(work, member.community.id).of_member(member.id)
    if known is None:
        return []
    told = (
        ("name", texts.NAME, known.name),
        ("reading", texts.READING, known.reading),
        ("mail", texts.MAIL, known.mail),
        ("number", texts.NUMBER, known.number),
        ("left_year", texts.LEFT_YEAR, str(known.left_year or "")),
        ("department", texts.DEPARTMENT, known.department),
        ("tags", texts.TAGS, ", ".join(known.tags)),
        ("language", texts.LANGUAGE, known.language),
    )
    return [_filled([(name, reader(label), value) for name, label, value in told])]


def _supporter(work: Work, member: Member) -> list[Row]:
    one = Introductions(work, member.community.id).of(member.id)
    return [[("line", member.reader(texts.LINE), one.line)]] if one else []


# --- how it looks --------------------------------------------------------------------------------

_STYLE = (
    "body{font:16px/1.6 sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#24282e;background:#fff}"
    "h1{font-size:1.5rem}h2{font-size:1.15rem;margin:2rem 0 .25rem}"
    "dl{border-top:1px solid #ddd;padding:.5rem 0;margin:0}"
    "dt{color:#5a6068;font-size:.85rem}dd{margin:0 0 .5rem;white-space:pre-wrap;overflow-wrap:anywhere}"
    ".seen,.quiet{color:#5a6068;font-size:.9rem}"
)


def _page(reader: Reader, member: Member, sections: Sequence[Section], left_out: Sequence[str], today: date) -> str:
    """Everything as one page that needs nothing else."""
    title = escape(reader(texts.TITLE))
    intro = reader(texts.MADE, community=member.community.name, day=reader.long_day(today))
    body = "".join(_section(reader, section) for section in sections)
    others = "".join(f"<li>{escape(line)}</li>" for line in left_out)
    return (
        f'<!doctype html><html lang="{reader.language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1><p>{escape(intro)}</p>{body}"
        f"<h2>{escape(reader(texts.NOT_IN_TITLE))}</h2><ul>{others}</ul></body></html>\n"
    )


def _section(reader: Reader, section: Section) -> str:
    seen = f'<p class="seen">{escape(reader(texts.SEEN_BY, who=section.seen_by))}</p>'
    head = f"<h2>{escape(section.title)}</h2>"
    if not any(section.rows):
        return f'{head}<p class="quiet">{escape(reader(texts.EMPTY))}</p>'
    rows = "".join(
        f"<dl>{''.join(f'<dt>{escape(label)}</dt><dd>{escape(value)}</dd>' for _, label, value in row)}</dl>"
        for row in section.rows
    )
    return head + seen + rows


def _data(member: Member, sections: Sequence[Section], left_out: Sequence[str], today: date) -> str:
    told = {
        section.key: {
            "title": section.title,
            "seen_by": section.seen_by,
            "rows": [{name: value for name, _, value in row} for row in section.rows],
        }
        for section in sections
    }
    data = {"community": member.community.name, "made_on": today.isoformat(), **told, "not_in_this_file": left_out}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
