"""The tour's part about a sealed survey: written, answered by eight, changed, withdrawn, closed, and checked."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.cards import Button, Buttons, Card, Copy
from bot.replies import Answer
from handlers.surveys.answering import actions as answers
from handlers.surveys.authoring import actions as authoring
from handlers.surveys.results import actions as results
from handlers.tryout import texts
from handlers.tryout.player import OffScript, Player, button_of, card_of, form_of

TEMPLATE = "template:event_feedback"
REMINDED, CLOSED = timedelta(days=13), timedelta(days=3)  # past the second reminder, and the last day of a new draft
EIGHT = 8
WORTH = ("9", "8", "10", "7", "8", "6", "9", "8")  # of ten, as each of them says
AGAIN = ("0", "0", "1", "0", "1", "0", "0", "2")


@dataclass(frozen=True, slots=True)
class Telling:
    """How the tour shows what was answered, says what is done, and lets time pass."""

    shows: Callable[..., Awaitable[None]]
    says: Callable[..., None]
    forward: Callable[[timedelta], Awaitable[list[str]]]
    words: str  # what the first of them writes


async def play(tell: Telling, secretary: Player, folk: Sequence[Player]) -> None:
    """The secretary writes and opens it, eight of these answer, and everybody can check."""
    await _opens(tell, secretary)
    first, *others = folk[:EIGHT]
    card = card_of(await first.asks("survey"))
    form = form_of(await first.presses(button_of(card, answers.Open), answers.Open))
    await tell.shows(texts.SURVEY_FORM, form, name=first.name, command="/enishi survey")
    taken = card_of(await _sends(first, 0, tell.words))
    await tell.shows(texts.SURVEY_CODE, taken, name=first.name)
    for number, one in enumerate(others, start=1):
        await _sends(one, number)
    changes, withdraws = others[0], others[1]
    await _sends(changes, EIGHT - 1)
    await _withdraws(withdraws)
    tell.says(texts.SURVEY_OTHERS, count=len(others), changes=changes.name, withdraws=withdraws.name)
    await tell.forward(REMINDED)
    await tell.shows(texts.SURVEY_REMINDED, await first.opens_home(), name=first.name)
    await tell.forward(CLOSED)
    listed = card_of(await secretary.asks("survey results", admin=True))
    overview = card_of(await secretary.presses(button_of(listed, results.Look), results.Look))
    page = await secretary.presses(_at_page(overview, 1), results.Look)
    await tell.shows(texts.SURVEY_RESULTS, page, name=secretary.name, command="/enishi-admin survey results")
    code = next(piece.text for piece in taken.pieces if isinstance(piece, Copy))
    checked = await first.asks(f"survey check {code}")
    await tell.shows(texts.SURVEY_CHECK, checked, name=first.name, command="/enishi survey check")


async def _opens(tell: Telling, secretary: Player) -> None:
    begin = card_of(await secretary.asks("survey new", admin=True))
    template = next((one for one in begin.buttons if isinstance(one, Button) and f'"{TEMPLATE}"' in one.press), None)
    if template is None:
        raise OffScript(TEMPLATE)
    draft = card_of(await secretary.presses(template, authoring.Begin))
    review = card_of(await secretary.presses(button_of(draft, authoring.Review), authoring.Review))
    await tell.shows(texts.SURVEY_NEW, review, name=secretary.name, command="/enishi-admin survey new")
    last = button_of(review, authoring.Open)
    form = form_of(await secretary.presses(last, authoring.Open))
    await secretary.submits(form, authoring.Opened, channel="none", sure="true")
    tell.says(texts.SURVEY_OPENED, name=secretary.name, label=last.label)


async def _sends(who: Player, number: int, words: str = "") -> Answer:
    card = card_of(await who.asks("survey"))
    form = form_of(await who.presses(button_of(card, answers.Open), answers.Open))
    return await who.submits(form, answers.Send, q1=WORTH[number], q2=AGAIN[number], q3=words)


async def _withdraws(who: Player) -> None:
    card = card_of(await who.asks("survey"))
    stand = card_of(await who.presses(button_of(card, answers.Stand), answers.Stand))
    await who.presses(button_of(stand, answers.Withdraw), answers.Withdraw)


def _at_page(overview: Card, number: int) -> Button:
    """The button to a page of the results."""
    rows = (one for piece in overview.pieces if isinstance(piece, Buttons) for one in piece.buttons)
    wanted = (one for one in rows if isinstance(one, Button) and f'"page":{number}' in one.press.replace(" ", ""))
    found = next(wanted, None)
    if found is None:
        raise OffScript(results.Look.name)
    return found
