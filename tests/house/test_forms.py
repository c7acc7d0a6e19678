"""A button that says that it opens a form is answered with one: Teams opens a window before it knows the answer."""

from typing import Any, get_args, get_type_hints

import pytest

from bot.actions import Action
from bot.address import Address
from bot.events import Asked, Pressed
from bot.people import Handle, Sighting
from bot.replies import Form, Redraw, Whisper
from bot.router import Command
from handlers import features
from handlers.turn import turns
from storage import communities
from storage.engine import Database
from storage.people import People, Role
from storage.work import Work

HERE = Address("teams", "T", "C")
STRANGER = Handle("teams", "T", "nobody")
ROUTER = features.router()
OPENERS = sorted((one for one in ROUTER.actions.values() if one.opens_form), key=lambda one: one.name)
COMMANDS = [one for one in ROUTER.commands if one.opens_form]


def _answers(answer: Any) -> set[Any]:
    """What a handler says that it returns."""
    said = get_type_hints(answer)["return"]
    return set(get_args(said)) or {said}


def test_some_buttons_open_a_form() -> None:
    """The checks below check something."""
    assert {"checkins.write", "checkins.desk", "home.join"} <= {one.name for one in OPENERS}
    assert "update" in {one.word for one in COMMANDS}


@pytest.mark.parametrize("action", OPENERS, ids=lambda one: one.name)
def test_its_handler_promises_a_form_or_why_there_is_none(action: type[Action]) -> None:
    """The handler's own type says so, and the type checker holds it to that."""
    found = ROUTER.match(Pressed(who=Sighting(STRANGER), where=HERE, action=action.model_construct()))
    assert found
    promised = _answers(found[0].answer)
    assert Form in promised
    assert promised <= {Form, Redraw, Whisper}, f"{found[0].answer.__qualname__}: write -> Form | Redraw | Whisper"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.word)
def test_a_command_of_the_menu_promises_a_form(command: Command) -> None:
    """Its button in the menu says it for the command."""
    found = ROUTER.match(Asked(who=Sighting(STRANGER), where=HERE, words=command.word, admin=command.admin))
    assert found
    assert _answers(found[0].answer) <= {Form, Redraw, Whisper}


async def test_whoever_may_press_it_gets_the_form(database: Database) -> None:
    """Those that need nothing to exist first, pressed by an owner, or by a stranger where it is for strangers."""
    take_turn = turns(database, features.house(features.router()))
    owner = await database.tx(_owner)

    async def gives_form(action: type[Action]) -> bool:
        presses = [Pressed(who=Sighting(one), where=HERE, action=action()) for one in (owner, STRANGER)]
        return any([isinstance(await take_turn(one), Form) for one in presses])

    ready = [one for one in OPENERS if not any(field.is_required() for field in one.model_fields.values())]
    assert [one.name for one in ready if not await gives_form(one)] == []
    for command in COMMANDS:
        asked = Asked(who=Sighting(owner), where=HERE, words=command.word, admin=command.admin)
        assert isinstance(await take_turn(asked), Form), command.word


def _owner(work: Work) -> Handle:
    community = communities.found(work, "みなとの縁").id
    communities.Settings(work, community).move_in(HERE.surface, HERE.tenant)
    people, account = People(work, community), Handle(HERE.surface, HERE.tenant, "U")
    people.add_handle(people.welcome({"name": "Ada"}, Role.OWNER), account)
    return account
