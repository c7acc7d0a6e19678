"""How one's own messages, and the secretariat's settings of them, look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Choice, Facts, Field, Look, Piece, Text, TextInput, Tick, button
from bot.language import Reader
from bot.replies import Form
from handlers.nudges import actions, texts
from storage.manners import CARRIED, DIGEST, HELD, Limits, Settings, Why

ROW = 10  # facts or buttons of a piece


@dataclass(frozen=True, slots=True)
class Row:
    """One message on the page: what it is, which day, and why."""

    name: str
    day: date
    why: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a member sees of their messages."""

    limits: Limits
    started: int
    asked: int
    last: Sequence[Row]
    coming: Sequence[Row]
    held: Sequence[Row]
    kinds: Sequence[tuple[str, str]]  # kind and name, of what can be stopped


def sentence(words: str, *buttons: Button) -> Card:
    """One sentence, and what one may still want to do."""
    return Card(words, (Text(words), Buttons(buttons)) if buttons else (Text(words),))


def row(*buttons: Button) -> Buttons:
    """A row of buttons."""
    return Buttons(buttons)


def to_settings(reader: Reader) -> Button:
    """The way to the page."""
    return button(reader(texts.SETTINGS), actions.Show())


def why(reader: Reader, word: str) -> str:
    """Why a message waits or was not said, by the word that is stored; "" for anything else."""
    if word.startswith(CARRIED):
        return reader(texts.TOLD_IN_LINE)
    for prefix in (HELD, DIGEST):
        if word.startswith(prefix) and (of := word.removeprefix(prefix)) in set(Why):
            because = reader(texts.REASONS[Why(of)])
            return reader(texts.IN_LINE, why=because) if prefix == DIGEST else because
    return ""


def page(reader: Reader, shown: Page) -> Card:
    """What came and why, what waits, what was held back, and the kinds there are."""
    limits = shown.limits
    pieces: list[Piece] = [Text(reader(texts.TITLE), Look.HEADING)]
    pieces.append(Text(reader(texts.BUDGET, count=shown.started, most=reader.number(limits.most))))
    if shown.asked:
        pieces.append(Text(reader(texts.BESIDE, count=shown.asked)))
    open_at_all = limits.opens < limits.closes
    hours = reader(texts.WHEN, opens=limits.opens, closes=limits.closes, zone=reader.zone)
    pieces.append(Text(hours if open_at_all else reader(texts.NEVER), Look.QUIET))
    pieces += _listed(reader, reader(texts.LAST), [_line(reader, row) for row in shown.last])
    pieces += _listed(reader, reader(texts.NEXT), [_around(reader, row) for row in shown.coming])
    pieces += _listed(reader, reader(texts.HELD), [reader(texts.HELD_WHY, name=r.name, why=r.why) for r in shown.held])
    pieces += _kinds(reader, shown)
    change = button(reader(texts.CHANGE), actions.Change(), Look.PRIMARY)
    return Card(reader(texts.TITLE), (*pieces, Buttons((change,))))


def _listed(reader: Reader, title: str, lines: Sequence[str]) -> list[Piece]:
    words = "\n".join(f"・{line}" for line in lines) if lines else reader(texts.NONE)
    return [Text(title, Look.HEADING), Text(words)]


def _line(reader: Reader, row: Row) -> str:
    return reader(texts.LINE, day=reader.day(row.day), name=row.name, why=row.why)


def _around(reader: Reader, row: Row) -> str:
    words = texts.AROUND_WHY if row.why else texts.AROUND
    return reader(words, name=row.name, day=reader.day(row.day), why=row.why)


def _kinds(reader: Reader, shown: Page) -> list[Piece]:
    if not shown.kinds:
        return []
    off = shown.limits.off
    facts = [(name, reader(texts.KIND_OFF if kind in off else texts.KIND_ON)) for kind, name in shown.kinds]
    row = [
        button(f"{name}: {reader(texts.KIND_ON)}", actions.Start(kind=kind))
        if kind in off
        else button(f"{name}: {reader(texts.STOP)}", actions.Stop(kind=kind))
        for kind, name in shown.kinds
    ]
    pieces: list[Piece] = [Text(reader(texts.KINDS), Look.HEADING)]
    pieces += [Facts(tuple(facts[start : start + ROW])) for start in range(0, len(facts), ROW)]
    return pieces + [Buttons(tuple(row[start : start + ROW])) for start in range(0, len(row), ROW)]


def form(reader: Reader, typed: actions.Keep, settings: Settings, errors: Mapping[str, str] | None = None) -> Form:
    """One's own limits, within the community's."""
    hint = reader(texts.FORM_HOURS_HINT, opens=settings.opens, closes=settings.closes)
    fields: tuple[Field, ...] = (
        Choice("most", reader(texts.FORM_MOST), mosts(reader, settings.most), typed.most),
        Choice(
            "opens", reader(texts.FORM_OPENS), hours(reader, settings.opens, settings.closes - 1), typed.opens, hint
        ),
        Choice("closes", reader(texts.FORM_CLOSES), hours(reader, settings.opens + 1, settings.closes), typed.closes),
    )
    return Form(reader(texts.FORM), pack(actions.Keep()), reader(texts.SAVE), fields, errors=errors or {})


def mosts(reader: Reader, most: int) -> tuple[tuple[str, str], ...]:
    """From `most` messages down to one."""
    return tuple((str(count), reader(texts.MESSAGES, count=count)) for count in range(most, 0, -1))


def hours(reader: Reader, first: int, last: int) -> tuple[tuple[str, str], ...]:
    """Full hours."""
    return tuple((str(hour), reader(texts.CLOCK, hour=hour)) for hour in range(first, last + 1))


# --- the desk ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shared:
    """How it is set for everybody.  `free`: the next days off; `warning`: which holidays are not known."""

    settings: Settings
    country: str
    free: Sequence[date]
    warning: str


def desk(reader: Reader, shown: Shared, note: str = "") -> Card:
    """The secretariat's page."""
    settings, country, free, warning = shown.settings, shown.country, shown.free, shown.warning
    closed = [reader(texts.OBON)] if settings.obon and country == "JP" else []
    closed += [reader(texts.YEAR_END)] if settings.year_end else []
    closed += settings.closures
    facts = [
        (reader(texts.DESK_MOST), reader(texts.DESK_MOST_IS, count=settings.most, gap=settings.gap)),
        (reader(texts.DESK_HOURS), reader(texts.DESK_HOURS_ARE, opens=settings.opens, closes=settings.closes)),
        (reader(texts.DESK_DAYS), reader(texts.DESK_COUNTRY, country=country) if country else reader(texts.NONE)),
        (reader(texts.DESK_CLOSED), ", ".join(closed) or reader(texts.NONE)),
        (reader(texts.DESK_NEXT_FREE), ", ".join(reader.day(day) for day in free) or reader(texts.NONE)),
    ]
    pieces: list[Piece] = [Text(note)] if note else []
    pieces += [Text(reader(texts.DESK_TITLE), Look.HEADING), Facts(tuple(facts))]
    pieces += [Text(warning)] if warning else []
    pieces.append(Text(reader(texts.DESK_NOTE), Look.QUIET))
    change = button(reader(texts.DESK_SET), actions.Desk(), Look.PRIMARY)
    return Card(note or reader(texts.DESK_TITLE), (*pieces, Buttons((change,))))


def arrange(reader: Reader, typed: actions.Arrange, zone: str, errors: Mapping[str, str] | None = None) -> Form:
    """The secretariat's form."""
    country_hint = reader(texts.DESK_COUNTRY_HINT, zone=zone)
    fields: tuple[Field, ...] = (
        Choice("most", reader(texts.FORM_MOST), mosts(reader, 6), typed.most),
        TextInput("gap", reader(texts.DESK_GAP), typed.gap, reader(texts.DESK_GAP_HINT), max_length=4),
        TextInput("opens", reader(texts.FORM_OPENS), typed.opens, reader(texts.DESK_HOUR_HINT), max_length=2),
        TextInput("closes", reader(texts.FORM_CLOSES), typed.closes, reader(texts.DESK_HOUR_HINT), max_length=2),
        TextInput(
            "country",
            reader(texts.DESK_COUNTRY_FIELD),
            typed.country,
            country_hint,
            max_length=10,
            required=False,
        ),
        Tick("obon", reader(texts.OBON), typed.obon),
        Tick("year_end", reader(texts.YEAR_END), typed.year_end),
        TextInput(
            "closures",
            reader(texts.DESK_CLOSURES),
            typed.closures,
            reader(texts.DESK_CLOSURES_HINT),
            lines=4,
            max_length=600,
            required=False,
        ),
    )
    return Form(reader(texts.DESK_TITLE), pack(actions.Arrange()), reader(texts.SAVE), fields, errors=errors or {})
