"""The features, in the order in which their parts stand on a home page and their commands in the menu."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from bot.cards import Card, Picture, Piece, illustrated
from bot.language import Reader
from bot.router import Router
from handlers import checkins, deliveries, desk, events, home, invite, me, nudges, polls, roster, surveys, welcome
from handlers.feature import Feature
from handlers.home.cards import which
from handlers.me.export import COPY, copy
from handlers.nudges.dressing import dressed
from handlers.turn import House, Turn
from storage import leaving, visibility
from storage.communities import Settings
from storage.discretion import hushed
from storage.errands import Due, Quiet
from storage.handouts import Maker
from storage.manners import Foresee, Manners
from storage.outbox import Crowd, Drawer, Nudge, Planner
from storage.presets import Level
from storage.sheets import SheetMaker
from storage.work import Work

FEATURES: tuple[Feature, ...] = (
    checkins.feature,
    events.feature,
    polls.feature,
    nudges.feature,
    deliveries.feature,
    desk.feature,
    roster.feature,
    invite.feature,
    welcome.feature,
    me.feature,
    surveys.feature,
    home.feature,
)


def router() -> Router[Turn]:
    """All routes.  Raises `bot.router.Conflict` when two features claim the same thing."""
    return Router.merged(feature.router for feature in FEATURES)


def house(
    routes: Router[Turn],
    link: Callable[[str], str] | None = None,
    picture: Picture | None = None,
    file: Callable[[str], str] | None = None,
    invitation: Callable[[str], str] | None = None,
    *,
    effect: Foresee | None = None,
    key: Callable[[str], str] | None = None,
    calendar: Callable[[str], str] | None = None,
    event: Callable[[str], str] | None = None,
    paper: Callable[[str], str] | None = None,
    sheet: Callable[[str, str], str] | None = None,
) -> House:
    """What every turn may know of the whole."""
    return House(
        commands=tuple(routes.commands),
        home_parts=tuple(feature.home for feature in FEATURES if feature.home),
        desk_parts=tuple(_within(feature) for feature in FEATURES if feature.desk),
        about_parts=tuple(feature.about for feature in FEATURES if feature.about),
        router=routes,
        leave=leave,
        audited=_joined("audited"),
        which=which,
        hello=welcome.hello,
        show=show,
        after=tuple(feature.after for feature in FEATURES if feature.after),
        link=link,
        file=file,
        key=key,
        calendar=calendar,
        event=event,
        paper=paper,
        sheet=sheet,
        manners=manners(),
        effect=effect,
        invitation=invitation,
        picture=picture,
    )


def _within(feature: Feature) -> Callable[[Turn], Sequence[Piece]]:
    """A feature's part of the desk, for whoever may do what it asks."""

    def part(turn: Turn) -> Sequence[Piece]:
        return feature.desk(turn) if feature.desk and turn.may(feature.desk_area) else ()

    return part


def planners() -> dict[str, Planner]:
    """Who is due, by kind of schedule."""
    return _joined("planners")


def crowds() -> dict[str, Crowd]:
    """Whom an occurrence is for, by kind of schedule, where all are to have their message when its time comes."""
    return _joined("crowds")


def due() -> tuple[Due, ...]:
    """Long work whose time may have come."""
    return tuple(feature.due for feature in FEATURES if feature.due)


def quiet() -> tuple[Quiet, ...]:
    """Messages that no row may tell of."""
    return tuple(feature.quiet for feature in FEATURES if feature.quiet)


def drawers(picture: Picture | None = None) -> dict[str, Drawer]:
    """What they hear, by kind of nudge."""
    drawers = {kind: _hushing(drawer) for kind, drawer in dressed(_joined("drawers"), manners()).items()}
    return {kind: _illustrating(drawer, picture) for kind, drawer in drawers.items()} if picture else drawers


def _hushing(drawer: Drawer) -> Drawer:
    def draw(work: Work, nudge: Nudge) -> Card | None:
        card = drawer(work, nudge)
        if card is None:
            return None
        here = Settings(work, nudge.community).get()
        return hushed(card, here, Reader(nudge.language or here.language, here.zone))

    return draw


def _illustrating(drawer: Drawer, picture: Picture) -> Drawer:
    def draw(work: Work, nudge: Nudge) -> Card | None:
        card = drawer(work, nudge)
        return replace(card, pieces=illustrated(card.pieces, picture)) if card else None

    return draw


def files() -> dict[str, Maker]:
    """The files behind links, by kind; among them the copy of everything, to which each feature adds its part."""
    exporters = tuple(feature.export for feature in FEATURES if feature.export)
    return {**_joined("files"), COPY: partial(copy, exporters)}


def papers() -> dict[str, Callable[[Reader], Card]]:
    """Pages that anybody may read."""
    return _joined("papers")


def sheets() -> dict[str, SheetMaker]:
    """Pages to print or to leave open on a screen, by kind."""
    return _joined("sheets")


def shortcuts() -> dict[str, str]:
    """What short addresses ask, by their word."""
    return _joined("shortcuts")


def manners() -> Manners:
    """How each kind of nudge behaves."""
    return _joined("manners")


def _joined(what: str) -> dict[str, Any]:
    return {kind: value for feature in FEATURES for kind, value in getattr(feature, what).items()}


def leave(work: Work, community: str, member_id: str) -> None:
    """Erase a member: first what shared messages show of them, feature by feature, then everything else."""
    for feature in FEATURES:
        if feature.leave:
            feature.leave(work, community, member_id)
    leaving.leave(work, community, member_id)


def show(work: Work, community: str, member_id: str, level: Level) -> None:
    """A member is seen by these from now on: in rows that others read, and in every shared message that names them."""
    visibility.show(work, community, member_id, level)
    for feature in FEATURES:
        if feature.seen:
            feature.seen(work, community, member_id)


def settle(work: Work, community: str) -> None:
    """A community is new or came back: every feature sets its schedules."""
    for feature in FEATURES:
        if feature.settle:
            feature.settle(work, community)
