"""What leads to a seat leaves nothing behind but the seat; the desk is for whoever runs events."""

from typing import Any

import pytest

from bot.actions import Action
from bot.address import Address
from bot.events import Pressed, Submitted
from bot.language import Reader
from bot.people import Handle, Sighting
from bot.replies import Form, Silence
from bot.router import Route
from handlers import features
from handlers.events import actions, desk_actions, texts_desk
from handlers.events.asking import actions as asking_actions
from handlers.events.asking import desk_actions as asking_desk_actions
from handlers.events.before import actions as before_actions
from handlers.events.before import desk_actions as before_desk_actions
from handlers.events.cohort import actions as cohort_actions
from handlers.events.cohort import desk_actions as cohort_desk_actions
from handlers.events.exchange import actions as exchange_actions
from handlers.events.meeting import actions as meeting_actions
from handlers.events.meeting import desk_actions as meeting_desk_actions
from handlers.turn import Turn, turns
from storage import communities
from storage.engine import Database
from storage.events import Events
from storage.people import People, Role
from storage.work import Work
from tests.conversations.gathering import talk

ROUTER = features.router()
WHO, WHERE = Sighting(Handle("slack", "T", "U")), Address("slack", "T", "C")
_BEFORE = [*vars(before_actions).values(), *vars(exchange_actions).values(), *vars(cohort_actions).values()]
_BEFORE += vars(asking_actions).values()
BEFORE = [one for one in _BEFORE if isinstance(one, type) and issubclass(one, Action)]
SEATS = (
    *(actions.See, actions.Answer, actions.AsKind, actions.Guests, actions.Guested, actions.Claim),
    *(one for one in BEFORE if one not in {Action, exchange_actions.Offer}),
    *(meeting_actions.Agenda, meeting_actions.Propose, meeting_actions.Proposed, meeting_actions.TakeBack),
    *(meeting_actions.AnswerTodo, meeting_actions.FinishTodo),
)
_DESKS = [*vars(desk_actions).values(), *vars(before_desk_actions).values(), *vars(meeting_desk_actions).values()]
_DESKS.append(exchange_actions.Offer)
_DESKS += vars(asking_desk_actions).values()
_DESKS += vars(cohort_desk_actions).values()
DESK = [one for one in _DESKS if isinstance(one, type) and issubclass(one, Action)]


def _route(action: type[Action]) -> Route[Turn]:
    made = action.model_construct()
    found = ROUTER.match(Pressed(who=WHO, where=WHERE, action=made)) or ROUTER.match(
        Submitted(who=WHO, where=WHERE, action=made)
    )
    assert found, action.name
    return found[0]


@pytest.mark.parametrize("action", SEATS, ids=lambda one: one.name)
def test_a_seat_is_all_that_is_written(action: type[Action]) -> None:
    """No row of whoever taps is touched in the same transaction, hidden or not."""
    assert _route(action).untraced


@pytest.mark.parametrize("action", [one for one in DESK if one is not Action], ids=lambda one: one.name)
def test_the_desk_is_for_whoever_runs_events(action: type[Action]) -> None:
    """Every button and form of the desk is answered, and asks who presses it."""
    assert _route(action).desk


def _sues(work: Work) -> str:
    """An event that Sue organises, in a community where Tom is a supporter, too."""
    here = communities.found(work, "みなとの縁").id
    people = People(work, here)
    sue, tom = (people.welcome({"name": name}, Role.SUPPORTER, language="en") for name in ("Sue", "Tom"))
    people.add_handle(tom, WHO.handle)
    said, parts = talk()
    return Events(work, here).write(said.model_copy(update={"organisers": (sue,)}), parts)


async def test_nobody_runs_what_is_not_theirs(database: Database) -> None:
    """Whatever a supporter sends about another's event, by a card that was never theirs, is refused."""
    event = await database.tx(_sues)
    take_turn = turns(database, features.house(features.router()))
    before = await database.look(lambda work: Events(work, communities.all_of(work)[0].id).get(event))
    refused = Reader("en")(texts_desk.NOT_YOURS)
    sent: dict[str, Any] = {
        "event": event,
        "part": "x",
        "eyes": "ja",
        "sure": True,
        "group": 1,
        "member": "x",
        "other": "y",
        "item": "x",
        "todo": "x",
        "by": 1,
        "what": "x",
        "until": "2035-05-01",
        "question": "ab",
        "state": "new",
        "to": "shown",
        "start": 0,
    }
    for action in DESK:
        if "event" not in action.model_fields:
            continue
        made = action.model_construct(None, **sent)
        for kind in (Pressed, Submitted):
            answer = await take_turn(kind(who=WHO, where=WHERE, action=made))
            assert not isinstance(answer, Form | Silence)
            routed = ROUTER.match(kind(who=WHO, where=WHERE, action=made))
            assert routed is None or answer.card.summary == refused, action.name
    assert await database.look(lambda work: Events(work, communities.all_of(work)[0].id).get(event)) == before
