"""Buttons and forms of meetings, for whoever runs them."""

from typing import ClassVar

from bot.actions import Action


class Meeting(Action):
    """A meeting, in short."""

    name: ClassVar[str] = "meetings.meeting"
    event: str


class Mark(Action):
    """It is a meeting, or none any more."""

    name: ClassVar[str] = "meetings.mark"
    event: str
    on: bool = True


class Items(Action):
    """Its items of one state, from number `start` on."""

    name: ClassVar[str] = "meetings.items"
    event: str
    state: str = "open"
    start: int = 0


class SeeItem(Action):
    """One item."""

    name: ClassVar[str] = "meetings.item"
    event: str
    item: str


class EditItem(Action):
    """Open the form of an item, or of a new one; `here`: for this date, whose agenda is fixed."""

    name: ClassVar[str] = "meetings.edit_item"
    opens_form: ClassVar[bool] = True
    event: str
    item: str = ""
    here: bool = False


class ItemTyped(Action):
    """An item, as typed."""

    name: ClassVar[str] = "meetings.item_typed"
    event: str
    item: str = ""
    here: bool = False
    title: str = ""
    line: str = ""
    minutes: str = ""
    link: str = ""


class PutItem(Action):
    """Open, parked or closed; "": a proposal that is not taken up."""

    name: ClassVar[str] = "meetings.put_item"
    event: str
    item: str
    state: str = ""


class MoveItem(Action):
    """Earlier (-1) or later (1)."""

    name: ClassVar[str] = "meetings.move_item"
    event: str
    item: str
    by: int


class Fix(Action):
    """The agenda stands, or follows the open items again."""

    name: ClassVar[str] = "meetings.fix"
    event: str
    on: bool = True


class WriteMinutes(Action):
    """The items of a date, from number `start` on."""

    name: ClassVar[str] = "meetings.write_minutes"
    event: str
    start: int = 0


class SeeNote(Action):
    """What was said about one item at a date."""

    name: ClassVar[str] = "meetings.note"
    event: str
    item: str


class Note(Action):
    """Open the form of what was said."""

    name: ClassVar[str] = "meetings.write_note"
    opens_form: ClassVar[bool] = True
    event: str
    item: str


class Noted(Action):
    """What was said, as typed; `version`: what the form was filled with."""

    name: ClassVar[str] = "meetings.noted"
    event: str
    item: str
    version: int = 0
    ja: str = ""
    en: str = ""
    outcome: str = ""


class Decide(Action):
    """Open the form of a decision."""

    name: ClassVar[str] = "meetings.decide"
    opens_form: ClassVar[bool] = True
    event: str
    item: str


class Decided(Action):
    """A decision, as typed."""

    name: ClassVar[str] = "meetings.decided"
    event: str
    item: str
    ja: str = ""
    en: str = ""
    instead: str = ""


class Reword(Action):
    """Open the form of a decision that is there."""

    name: ClassVar[str] = "meetings.reword"
    opens_form: ClassVar[bool] = True
    number: str


class Reworded(Action):
    """Its words, as typed."""

    name: ClassVar[str] = "meetings.reworded"
    number: str
    ja: str = ""
    en: str = ""


class DropDecision(Action):
    """Delete a decision."""

    name: ClassVar[str] = "meetings.drop_decision"
    number: str


class AddTodo(Action):
    """Open the form of something to do."""

    name: ClassVar[str] = "meetings.add_todo"
    opens_form: ClassVar[bool] = True
    event: str
    what: str = ""
    until: str = ""
    who: str = ""


class TodoTyped(Action):
    """Something to do, as typed."""

    name: ClassVar[str] = "meetings.todo_typed"
    event: str
    what: str = ""
    until: str = ""
    who: str = ""


class KeepTodo(Action):
    """The same as it was read: `until` is a date, `who` a member."""

    name: ClassVar[str] = "meetings.keep_todo"
    event: str
    what: str
    until: str
    who: str = ""


class Todos(Action):
    """What is still to do after a meeting, and what this date led to, from number `start` on."""

    name: ClassVar[str] = "meetings.todos"
    event: str
    start: int = 0


class SeeTodo(Action):
    """One of them."""

    name: ClassVar[str] = "meetings.todo"
    event: str
    todo: str


class AskTodo(Action):
    """Open the form that asks somebody."""

    name: ClassVar[str] = "meetings.ask_todo"
    opens_form: ClassVar[bool] = True
    event: str
    todo: str


class TodoAsked(Action):
    """Whom, as typed."""

    name: ClassVar[str] = "meetings.todo_asked"
    event: str
    todo: str
    who: str = ""


class DoneTodo(Action):
    """It is done, or is not after all."""

    name: ClassVar[str] = "meetings.done_todo"
    event: str
    todo: str
    on: bool = True


class DropTodo(Action):
    """It is not to be done any more."""

    name: ClassVar[str] = "meetings.drop_todo"
    event: str
    todo: str


class Publish(Action):
    """Open the form that asks for whom the minutes are."""

    name: ClassVar[str] = "meetings.publish"
    opens_form: ClassVar[bool] = True
    event: str


class PublishLook(Action):
    """For whom, as typed: shows what it leads to."""

    name: ClassVar[str] = "meetings.publish_look"
    event: str
    channel: str = "none"
    tell: bool = True


class PublishNow(Action):
    """The same, for good."""

    name: ClassVar[str] = "meetings.publish_now"
    event: str
    channel: str = "none"
    tell: bool = True


class Year(Action):
    """A year's meetings and decisions; 0: this year's."""

    name: ClassVar[str] = "meetings.year"
    year: int = 0
