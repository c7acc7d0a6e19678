"""The pages of somebody who is inside: home, letters, the board, commands, buttons and forms."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from wtforms.form import BaseForm

from bot.actions import Action
from bot.cards import Button, Card, Look
from bot.events import Asked, OpenedHome
from bot.language import Msg, nearest
from bot.portal import drawing, previews, texts
from bot.portal.delivering import Place, Shelves
from bot.portal.door import SURFACE
from bot.portal.pages import Pages, Visit
from bot.portal.previews import Draw
from bot.portal.reading import asked, pressed, submitted
from bot.portal.signing import Held
from bot.portal.uploads import Inlet
from bot.replies import Answer, Form, Home, Redraw, Reply, Silence, Whisper
from bot.surface import TakeTurn, Unavailable

PART = "x-enishi-part"  # a header: a part of a page will do
LATEST = 3  # letters named on the home page
NEWEST, ALL = 30, 1000  # letters on a page, at first and when the older ones are asked for


class MemberPages:
    """Reads what a member does, takes the turn, and shows the answer."""

    def __init__(
        self,
        pages: Pages,
        shelves: Shelves,
        take_turn: TakeTurn,
        actions: Mapping[str, type[Action]],
        inlet: Inlet | None = None,
        *,
        screens: Mapping[str, Draw] | None = None,
    ) -> None:
        self._inlet = inlet
        self._screens = screens or {}
        self._pages, self._shelves = pages, shelves
        self._take_turn, self._actions = take_turn, actions

    def routes(self) -> list[Route]:
        """Their addresses."""
        page = self._pages.page
        return [
            Route("/", page(self.home, strangers=True, guests=True)),
            Route("/inbox", page(self.inbox)),
            Route("/board", page(self.board)),
            Route("/desk", page(self.desk)),
            Route("/ask", page(self.ask, keep=self._keep_words, guests=True), methods=["POST"]),
            Route("/confirm", page(self.confirm, guests=True), methods=["POST"]),
            Route("/press", page(self.press, guests=True), methods=["POST"]),
            Route("/preview", page(self.preview, keep=self._keep_form), methods=["POST"]),
            Route("/submit", page(self.submit, keep=self._keep_form, guests=True), methods=["POST"]),
        ]

    async def home(self, visit: Visit) -> Response:
        """The home page; to a stranger, how to get in."""
        if visit.visitor is None:
            return await self._pages.sign_in(visit, status=HTTPStatus.OK)
        event = OpenedHome(who=visit.me.sighting, where=visit.me.address)
        answer = await self._take_turn(event)
        card = answer.card if isinstance(answer, Home | Whisper | Reply | Redraw) else None
        return await self._home(visit, card)

    async def _home(self, visit: Visit, card: Card | None) -> Response:
        letters = await self._shelves.newest(visit.me, limit=LATEST)
        return await self._pages.show(visit, "home.html", card=card, letters=letters)

    async def inbox(self, visit: Visit) -> Response:
        """The letters, newest first."""
        return await self._shelf(visit, shared=False)

    async def board(self, visit: Visit) -> Response:
        """What everybody in the community sees."""
        return await self._shelf(visit, shared=True)

    async def desk(self, visit: Visit) -> Response:
        """What `/enishi-admin` answers."""
        event = Asked(who=visit.me.sighting, where=visit.me.address, words="", admin=True)
        return await self._answer(visit, await self._take_turn(event))

    async def _shelf(self, visit: Visit, *, shared: bool) -> Response:
        limit = ALL if "all" in visit.request.query_params else NEWEST
        kept = await self._shelves.newest(visit.me, shared=shared, limit=limit + 1)
        if not shared:
            with suppress(Unavailable):  # the letters are shown all the same, and are new once more
                await self._shelves.look_at(visit.me, kept)
        return await self._pages.show(
            visit, "letters.html", kept=kept[:limit], shared=shared, more=len(kept) > limit == NEWEST
        )

    async def ask(self, visit: Visit) -> Response:
        """A command."""
        event = asked(visit.me, visit.typed("words"), visit.once, desk=visit.typed("desk") == "yes")
        return await self._answer(visit, await self._take_turn(event))

    async def confirm(self, visit: Visit) -> Response:
        """Asks before a button acts; with JavaScript, a dialog does."""
        try:
            press, label, question, look = json.loads(visit.typed("ask"))
            button = Button(str(label), str(press), Look(look), str(question))
        except (ValueError, TypeError):
            return await self._pages.problem(visit, texts.NOT_THIS_WAY, HTTPStatus.BAD_REQUEST)
        return await self._pages.show(visit, "confirm.html", button=button, origin=visit.typed("from"))

    async def press(self, visit: Visit) -> Response:
        """A button."""
        packed, place = visit.typed("press"), Place.parse(visit.typed("from"))
        where = visit.me.address
        if place:
            card = await self._shelves.at(visit.me, place)
            if card is None:
                return await self._pages.problem(visit, texts.NO_SUCH_LETTER, HTTPStatus.NOT_FOUND)
            where = place.address(visit.me)
            if not any(isinstance(button, Button) and button.press == packed for button in card.buttons):
                place = None  # not this card's button: it may act, but puts nothing in the card's place
        answer = await self._take_turn(pressed(visit.me, self._actions, packed, visit.once, where))
        return await self._answer(visit, answer, place, shared=bool(place and place.shared))

    async def submit(self, visit: Visit) -> Response:
        """A form; what it lacks is said before the turn is taken."""
        held = self._held(visit)
        if held is None:
            return await self._pages.problem(visit, texts.OLD_PAGE, HTTPStatus.BAD_REQUEST)
        drawn = drawing.web_form(held.form, visit.reader, visit.posted)
        if not drawn.validate():
            return await self._form(visit, held.form, held.origin, drawn)
        place = Place.parse(held.origin)
        where = place.address(visit.me) if place else visit.me.address
        typed = await self._kept_files(visit, drawing.values(drawn))
        event = submitted(visit.me, self._actions, held.form.submit, typed, once=visit.once, where=where)
        return await self._answer(visit, await self._take_turn(event), place, shared=bool(place and place.shared))

    async def preview(self, visit: Visit) -> Response:
        """What is being written, as each surface shows it: a part of the page, or without JavaScript the whole page."""
        held = self._held(visit)
        if held is None or not held.form.preview:
            return await self._pages.problem(visit, texts.OLD_PAGE, HTTPStatus.BAD_REQUEST)
        drawn = drawing.web_form(held.form, visit.reader, visit.posted)
        shown = await self._previewed(visit, held.form, drawing.values(drawn))
        if visit.request.headers.get(PART):
            return await self._pages.show(visit, "preview.html", preview=shown)
        return await self._form(visit, held.form, held.origin, drawn, preview=shown)

    async def _previewed(self, visit: Visit, form: Form, typed: Mapping[str, Any]) -> dict[str, Any]:
        """Every screen, or what is in the way of showing one."""
        language = nearest(visit.typed("preview-language"), visit.reader.language)
        shown: dict[str, Any] = {"language": language, "screens": [], "card": None}
        for surface in (*self._screens, SURFACE):
            told = {**typed, "language": language, "surface": surface}
            event = submitted(visit.me, self._actions, form.preview, told, once="", where=visit.me.address)
            match await self._take_turn(event):
                case Form() as sample:
                    draw = self._screens.get(surface)
                    shown["screens"].append(previews.screen(surface, sample, draw))
                case Whisper(card) | Redraw(card) | Reply(card):
                    return {**shown, "screens": [], "card": card}
        return shown

    async def _kept_files(self, visit: Visit, typed: dict[str, Any]) -> dict[str, Any]:
        """What was typed, files by the ids under which they are kept."""
        for name, value in typed.items():
            if isinstance(value, UploadFile):
                if self._inlet is None:
                    raise HTTPException(HTTPStatus.NOT_FOUND)
                kept = self._inlet.keep(visit.me.community, visit.me.member, value.filename or "", await value.read())
                typed = {**typed, name: await kept}
        return typed

    async def _answer(
        self, visit: Visit, answer: Answer, place: Place | None = None, *, shared: bool = False
    ) -> Response:
        match answer:
            case Form():
                return await self._form(visit, answer, str(place or ""))
            case Home(card):
                return await self._home(visit, card)
            case Silence():
                return await self._pages.show(visit, "done.html", place=place)
            case Redraw(card) if place:
                return await self._put(visit, place, card)
            case Reply(card) if shared:
                return await self._put(visit, Place(shared=True, name=visit.once), card)
            case Whisper(card) | Redraw(card) | Reply(card):
                if visit.me.guest:  # who has just joined is a member on the page that says so
                    with suppress(Unavailable):
                        await self._pages.meet(visit)
                return await self._pages.show(visit, "answer.html", card=card, place=place)

    async def _put(self, visit: Visit, place: Place, card: Card) -> Response:
        try:
            await self._shelves.put(visit.me, place, card)
        except Unavailable:  # the turn itself was taken: its answer is shown all the same
            return await self._pages.show(visit, "answer.html", card=card, place=place)
        return RedirectResponse(place.url, HTTPStatus.SEE_OTHER)

    async def _form(
        self,
        visit: Visit,
        form: Form,
        origin: str,
        drawn: BaseForm | None = None,
        *,
        said: Msg | None = None,
        status: int = HTTPStatus.OK,
        preview: Mapping[str, Any] | None = None,
    ) -> Response:
        form = replace(form, otherwise=None)  # a page has room
        drawn = drawn or drawing.web_form(form, visit.reader)
        problems = drawing.problems(form, drawn)
        held = Held(str(visit.me.handle), visit.reader.language, origin, form) if visit.visitor else None
        context: dict[str, Any] = {
            "form": form,
            "drawn": drawn,
            "problems": problems,
            "said": said,
            "preview": preview,
            "back": place.url if (place := Place.parse(origin)) else "/",
            "held": self._pages.signing.hold(held) if held else visit.typed("held"),
        }
        if problems and status == HTTPStatus.OK:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        return await self._pages.show(visit, "form.html", status, **context)

    def _held(self, visit: Visit) -> Held | None:
        held = self._pages.signing.held(visit.typed("held"))
        return held if held and visit.visitor and held.who == str(visit.me.handle) else None

    async def _keep_form(self, visit: Visit, said: Msg, status: int) -> Response | None:
        """The form again; without our memory, for whoever's session it carries the mark of."""
        held = self._held(visit)
        if held is None and visit.visitor is None:
            fits = visit.token and self._pages.signing.csrf_fits(visit.token, visit.typed("csrf"))
            held = self._pages.signing.held(visit.typed("held")) if fits else None
            if held:
                visit.reader = type(visit.reader)(held.language, visit.reader.zone)
        if held is None:
            return None
        form = Form(held.form.title, held.form.submit, held.form.submit_label, held.form.fields, held.form.intro)
        drawn = drawing.web_form(form, visit.reader, visit.posted)
        return await self._form(visit, form, held.origin, drawn, said=said, status=status)

    async def _keep_words(self, visit: Visit, said: Msg, status: int) -> Response | None:
        """The command line again, with the words in it."""
        if visit.visitor is None:
            return None
        visit.kept_words = visit.typed("words")
        return await self._pages.problem(visit, said, status)
