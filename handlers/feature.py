"""What a feature is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.cards import Card, Piece
from bot.language import Reader, Sentence
from bot.replies import Answer
from bot.router import Router
from handlers.sections import Section
from handlers.turn import Turn
from storage.errands import Due, Quiet
from storage.handouts import Maker
from storage.manners import Manners
from storage.outbox import Crowd, Drawer, Planner
from storage.people import Area, Member
from storage.sheets import SheetMaker
from storage.work import Work


@dataclass(frozen=True)
class Feature:
    """One folder under `handlers/`, as the rest of the house sees it."""

    name: str
    router: Router[Turn]
    planners: Mapping[str, Planner] = field(default_factory=dict)  # by kind of schedule: who is due
    crowds: Mapping[str, Crowd] = field(default_factory=dict)  # by kind of schedule: whom it is to have reached in time
    drawers: Mapping[str, Drawer] = field(default_factory=dict)  # by kind of nudge: what they hear
    manners: Manners = field(default_factory=dict)  # by kind of nudge: how it behaves towards whoever it reaches
    home: Callable[[Turn], Sequence[Piece]] | None = None  # its part of a member's home page
    desk: Callable[[Turn], Sequence[Piece]] | None = None  # what waits for the secretariat today; empty: nothing does
    desk_area: Area = Area.ROSTER  # of the secretariat, whoever may not do this sees nothing of its desk
    audited: Mapping[str, Sentence] = field(default_factory=dict)  # what its entries in the audit say, by action
    about: Callable[[Turn], Sequence[Piece]] | None = None  # what it stores about the member who asks, and who sees it
    files: Mapping[str, Maker] = field(
        default_factory=dict
    )  # by kind: files for a member behind a link that opens once
    papers: Mapping[str, Callable[[Reader], Card]] = field(
        default_factory=dict
    )  # by the word of its address: pages that anybody may read, signed in or not; they name nobody
    sheets: Mapping[str, SheetMaker] = field(default_factory=dict)  # by kind: pages to print or to leave on a screen
    shortcuts: Mapping[str, str] = field(
        default_factory=dict
    )  # by the word of a short address: the command that it asks, which only shows something
    export: Callable[[Work, Member], Sequence[Section]] | None = None  # the same in full, for the copy they take along
    due: Due | None = None  # long work whose time has come, begun by the clock
    quiet: Quiet | None = None  # messages that no row may tell of; sent once, then forgotten
    leave: Callable[[Work, str, str], None] | None = None  # a member leaves: what shared messages show goes, too
    seen: Callable[[Work, str, str], None] | None = None  # others see a member now: what shared messages show follows
    after: Callable[[Turn, Answer], Answer] | None = None  # adds to an answer of any feature
    settle: Callable[[Work, str], None] | None = None  # a community is new or its settings changed: set its schedules
