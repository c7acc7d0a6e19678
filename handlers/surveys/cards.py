"""How surveys look at the desk: the list, and one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.cards import Button, Buttons, Card, Facts, Look, Piece, Text, button
from bot.language import Reader
from handlers.surveys import actions, texts
from handlers.surveys.authoring.actions import New
from handlers.surveys.authoring.texts import NEW
from storage.closing import Held
from storage.questions import worded
from storage.surveys import Ending, State, Survey

PAGE = 8  # surveys on a page
TITLE_SHOWN = 40  # characters of a title on a button
HELD = {Held.CHANGED: texts.HELD_CHANGED, Held.NO_KEY: texts.HELD_NO_KEY, Held.TRUSTEES: texts.HELD_TRUSTEES}
ENDINGS = {Ending.FEW: texts.VOID_FEW, Ending.LATE: texts.VOID_LATE, Ending.STOPPED: texts.VOID_STOPPED}


@dataclass(frozen=True, slots=True)
class Stand:
    """A survey, whether k or more have answered, and what it waits for or lacks."""

    survey: Survey
    enough: bool = False
    waits: Held | None = None


def title(reader: Reader, one: Survey) -> str:
    """What a survey is called."""
    asked = one.manifest or one.draft
    return (worded(asked.title, reader.language) if asked else "") or reader(texts.UNTITLED)


def standing(reader: Reader, at: Stand) -> str:
    """How far it has come, in one sentence."""
    one = at.survey
    if one.state is State.DRAFT:
        return reader(texts.STANDS_DRAFT)
    if one.state is State.VOID:
        return reader(ENDINGS[one.ending or Ending.LATE])
    if at.waits and (one.state is State.SHUT or at.waits is not Held.TRUSTEES):
        return reader(HELD[at.waits])
    if one.manifest is None:
        return reader(texts.HELD_CHANGED)
    if one.state is State.OPEN:
        said = texts.STANDS_ENOUGH if at.enough else texts.STANDS_FEW
        return reader(said, day=reader.day(one.promised.closes_on), k=one.promised.k)
    return (
        reader(texts.STANDS_SHARED if one.shared_on else texts.STANDS_CLOSED)
        if one.counted
        else reader(texts.STANDS_SHUT)
    )


def listed(reader: Reader, shown: Sequence[Stand], start: int, total: int, note: str = "") -> Card:
    """All surveys, as many as fit."""
    heading = reader(texts.LIST_TITLE)
    pieces: list[Piece] = [Text(heading, Look.HEADING), *([Text(note)] if note else [])]
    if not shown:
        pieces.append(Text(reader(texts.LIST_NONE)))
    else:
        pieces.append(Facts(tuple((title(reader, at.survey), standing(reader, at)) for at in shown)))
        names = [(title(reader, at.survey)[:TITLE_SHOWN], actions.Page(survey=at.survey.id)) for at in shown]
        pieces.append(Buttons(tuple(button(name, press) for name, press in names)))
    row = [button(reader(NEW), New(), Look.PRIMARY)]
    if start:
        row.append(button(reader(texts.LIST_NEWER), actions.Listed(start=max(0, start - PAGE))))
    if start + len(shown) < total:
        row.append(button(reader(texts.LIST_MORE), actions.Listed(start=start + len(shown))))
    return Card(heading, (*pieces, Buttons(tuple(row))))


def page(reader: Reader, at: Stand, more: Sequence[Piece], buttons: Sequence[Button], note: str = "") -> Card:
    """One survey that is open or was."""
    pieces: list[Piece] = [Text(title(reader, at.survey), Look.HEADING), *([Text(note)] if note else [])]
    pieces += [Text(standing(reader, at)), *more]
    back = button(reader(texts.LIST_BACK), actions.Listed())
    return Card(reader(texts.LIST_TITLE), (*pieces, Buttons((*buttons, back))))
