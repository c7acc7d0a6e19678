"""The portal under a story: real requests in process, answered by real pages, used as without JavaScript."""

from collections.abc import Mapping
from functools import partial
from typing import Any, TypeGuard

import httpx2
from starlette.applications import Starlette

from bot.actions import Action
from bot.address import Address
from bot.people import Handle
from bot.portal.calendars import Calendars
from bot.portal.delivering import board
from bot.portal.files import Files
from bot.portal.surface import PortalSettings, PortalSurface
from bot.portal.tryout import Tryout
from bot.slack import drawing as slack_drawing
from bot.surface import Notebook, TakeTurn
from bot.teams import drawing as teams_drawing
from handlers import features
from storage.doors import Doors, StoredDoors, portal_handle
from storage.engine import Database
from storage.people import everywhere
from storage.sheets import StoredSheets
from storage.uploads import StoredUploads
from tests.stages import Shown, Typed
from tests.stages.html import PREFIX, Node, parse, sent, shown

BASE = "https://portal.test"
LINK_KEYS = ("the newest key of these tests", "an older key of these tests")


Upload = tuple[str, bytes]
"""A file's name and its bytes."""


def _is_file(value: Typed | Upload) -> TypeGuard[Upload]:
    """Whether it is a file, and not several of a few."""
    return isinstance(value, tuple) and any(isinstance(one, bytes) for one in value)


class Browser:
    """One person's browser: cookies, and the page it shows."""

    def __init__(self, app: Starlette, language: str = "ja") -> None:
        self.client = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=app),
            base_url=BASE,
            follow_redirects=True,
            headers={"accept-language": language},
        )
        self.response: httpx2.Response
        self.page = Node("page")

    async def get(self, path: str) -> Shown:
        return self._show(await self.client.get(path))

    async def submit(self, form: Node, button: Node | None = None, /, **typed: Typed | Upload) -> Shown:
        """Send a form of the page, with these of its fields changed."""
        pairs: dict[str, list[str]] = {}
        files = {}
        for name, stands in sent(form):
            pairs.setdefault(name, []).append(stands)
        for name, value in typed.items():
            field = PREFIX + name if any(node["name"] == PREFIX + name for node in form) else name
            assert any(node["name"] == field for node in form), f"the form has no field {name}"
            pairs.pop(field, None)
            if _is_file(value):
                files[field] = value
            elif isinstance(value, tuple):
                pairs[field] = [str(one) for one in value]
            elif value is not False:
                pairs[field] = ["y" if value is True else str(value)]
        if button and button["name"]:
            pairs[button["name"]] = [button["value"]]
        action = (button["formaction"] if button else "") or form["action"] or str(self.response.url)
        return self._show(await self.client.post(action, data=pairs, files=files or None))

    async def presses(self, region: Node, label: str) -> Shown:
        """A button in a region, and the question that comes before it acts."""
        form, button = self.button(region, label)
        came = await self.submit(form, button)
        if button["formaction"] != "/confirm":
            return came
        form = self.main.one("form", lambda node: node["action"] == "/press")
        return await self.submit(form, form.one("button"))

    def button(self, region: Node, label: str) -> tuple[Node, Node]:
        for form in region.all("form"):
            for button in form.all("button"):
                if button.words == label:
                    return form, button
        raise LookupError(label)

    def _show(self, response: httpx2.Response) -> Shown:
        self.response = response
        if "attachment" not in response.headers.get("content-disposition", ""):  # a file is saved; the page stays
            self.page = parse(response.text)
        return shown(self.region)

    @property
    def main(self) -> Node:
        return self.page.one("main")

    @property
    def region(self) -> Node:
        """What the address points at: one card, or the whole page."""
        fragment = self.response.url.fragment
        return self.page.one("article", lambda node: node["id"] == fragment) if fragment else self.main

    @property
    def articles(self) -> list[Node]:
        """The cards of the page, newest first."""
        return self.main.all("article")


class PortalPerson:
    """A member, signed in."""

    def __init__(self, name: str, browser: Browser, handle: Handle) -> None:
        self.name, self.browser, self.handle = name, browser, handle
        self._last = Node("page")

    async def asks(self, words: str, *, admin: bool = False) -> Shown:
        if not self.browser.page.all("form", lambda node: node["action"] == "/ask"):
            await self.browser.get("/")
        form = self.browser.page.one("form", lambda node: node["action"] == "/ask")
        if form.all("select"):
            return self._keep(await self.browser.submit(form, words=words, desk="yes" if admin else ""))
        return self._keep(await self.browser.submit(form, words=f"/enishi-admin {words}" if admin else words))

    async def presses(self, label: str) -> Shown:
        regions = [self._last]
        for page in ("/inbox", "/board"):
            if self._has(regions[-1], label):
                break
            await self.browser.get(page)
            regions += self.browser.articles[:1] or [Node("nothing")]
        if not self._has(regions[-1], label):
            there = [button for region in regions for button in shown(region).buttons]
            msg = f"{self.name} sees no button {label!r}, but {there}"
            raise AssertionError(msg)
        return self._keep(await self.browser.presses(regions[-1], label))

    async def submits(self, **values: Typed | Upload) -> Shown:
        form = self._last.one("form", lambda node: node["action"] == "/submit")
        return self._keep(await self.browser.submit(form, None, **values))

    async def opens_home(self) -> Shown:
        return self._keep(await self.browser.get("/"))

    async def says(self, text: str) -> Shown:
        return await self.asks(text)

    async def inbox(self) -> list[Shown]:
        await self.browser.get("/inbox")
        return [shown(article) for article in reversed(self.browser.articles)]

    def _keep(self, came: Shown) -> Shown:
        self._last = self.browser.region
        return came

    @staticmethod
    def _has(region: Node, label: str) -> bool:
        return any(button.words == label for button in region.all("button"))


class PortalStage:
    """Implements `tests.stages.SurfaceStage`.  The portal's tenant is the community, known from the first handle on."""

    def __init__(
        self,
        database: Database,
        take_turn: TakeTurn,
        actions: Mapping[str, type[Action]],
        notebook: Notebook,
        *,
        tryout: Tryout | None = None,
        doorkeeper: Any = None,
        files: Files | None = None,
        calendars: Calendars | None = None,
    ) -> None:
        self.surface = PortalSurface(
            PortalSettings(BASE, LINK_KEYS),
            take_turn,
            actions,
            notebook,
            doorkeeper or StoredDoors(database),
            tryout=tryout,
            files=files,
            calendars=calendars,
            inlet=StoredUploads(database),
            screens={"slack": lambda form: slack_drawing.form(form, ""), "teams": teams_drawing.form},
            papers=features.papers(),
            sheets=StoredSheets(database, features.sheets()),
            shortcuts=features.shortcuts(),
        )
        self.tenant = ""
        self.app = Starlette(routes=self.surface.routes())
        self._database = database
        self._browsers: list[Browser] = []
        self._people: dict[str, PortalPerson] = {}

    async def open(self) -> None:
        await self.surface.start()

    async def close(self) -> None:
        for browser in self._browsers:
            await browser.client.aclose()
        await self.surface.stop()

    def handle(self, name: str, community: str, member_id: str) -> Handle:
        self.tenant = community
        return portal_handle(community, member_id)

    def browser(self, language: str = "ja") -> Browser:
        """A browser nobody is signed in with."""
        self._browsers.append(Browser(self.app, language))
        return self._browsers[-1]

    async def link(self, handle: Handle) -> str:
        """A link that opens once."""
        nonce = await self._database.tx(lambda work: Doors(work, handle.tenant).invite(handle.user))
        return self.surface.links.url(nonce)

    async def person(self, name: str, handle: Handle, *, language: str = "ja") -> PortalPerson:
        person = self._people[name] = PortalPerson(name, self.browser(language), handle)
        await self._enters(person)
        return person

    def of(self, name: str) -> PortalPerson:
        """Somebody who is inside."""
        return self._people[name]

    def knows(self, person: PortalPerson) -> None:
        """Somebody who came in by a link and is a member now."""
        self._people[person.name] = person

    async def returns(self) -> None:
        for person in list(self._people.values()):
            if await self._database.look(partial(everywhere, who=person.handle)):
                await self._enters(person)
            else:  # they have left
                del self._people[person.name]

    async def _enters(self, person: PortalPerson) -> None:
        browser = person.browser
        await browser.get(await self.link(person.handle))
        await browser.submit(browser.main.one("form"), browser.main.one("button"))
        assert browser.response.url.path == "/", f"{person.name} did not get in"

    @property
    def room(self) -> Address | None:
        return board(self.tenant)

    async def room_shows(self) -> list[Shown]:
        anybody = next(iter(self._people.values()), None)
        if anybody is None:
            return []
        shows = anybody.browser
        kept = shows.response, shows.page
        await shows.get("/board")
        posts = [shown(article) for article in reversed(shows.articles)]
        shows.response, shows.page = kept
        return posts
