"""The web portal as a surface: for members who have no account on a chat platform, and for everybody else too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import secure
from secure.middleware import SecureASGIMiddleware
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from bot.actions import Action
from bot.portal.calendars import CalendarPages, Calendars
from bot.portal.delivering import Shelves
from bot.portal.door import SURFACE, Doorkeeper, Links
from bot.portal.entrance import Entrance
from bot.portal.files import FilePages, Files
from bot.portal.keys import KeyPages
from bot.portal.members import MemberPages
from bot.portal.pages import STATIC, Pages
from bot.portal.papers import Paper, PaperPages
from bot.portal.pictures import Pictures
from bot.portal.previews import Draw
from bot.portal.sheets import SheetPages, Sheets
from bot.portal.signing import Signing
from bot.portal.tryout import Tryout, TryoutPages
from bot.portal.uploads import Inlet
from bot.surface import LookedUp, Notebook, Outcome, Parcel, TakeTurn

YEAR_S = 365 * 86400


@dataclass(frozen=True, slots=True)
class PortalSettings:
    """`link_keys` sign links, forms and CSRF tokens, newest first.  `secure_cookies` is off only without https."""

    base_url: str
    link_keys: tuple[str, ...]
    secure_cookies: bool = True


def security_headers(*, https: bool) -> secure.Secure:
    """Nothing from elsewhere but pictures of cards, nothing inline, no frames, no referrer."""
    own, none = "'self'", "'none'"
    policy = secure.ContentSecurityPolicy().default_src(none).style_src(own).script_src(own)
    policy = policy.connect_src(own).img_src(own, "https:").form_action(own).base_uri(none).frame_ancestors(none)
    return secure.Secure(
        csp=policy,
        xcto=secure.XContentTypeOptions().nosniff(),
        xfo=secure.XFrameOptions().deny(),
        referrer=secure.ReferrerPolicy().no_referrer(),
        coop=secure.CrossOriginOpenerPolicy().same_origin(),
        corp=secure.CrossOriginResourcePolicy().same_origin(),
        permissions=secure.PermissionsPolicy().camera().microphone().geolocation(),
        hsts=secure.StrictTransportSecurity().max_age(YEAR_S) if https else None,
    )


class PortalSurface:
    """Implements `bot.surface.Surface`.  Its one route takes every address that is left, so it is mounted last."""

    name = SURFACE

    def __init__(
        self,
        settings: PortalSettings,
        take_turn: TakeTurn,
        actions: Mapping[str, type[Action]],
        notebook: Notebook,
        doorkeeper: Doorkeeper,
        *,
        tryout: Tryout | None = None,
        files: Files | None = None,
        inlet: Inlet | None = None,
        screens: Mapping[str, Draw] | None = None,
        pictures: Pictures | None = None,
        calendars: Calendars | None = None,
        papers: Mapping[str, Paper] | None = None,
        sheets: Sheets | None = None,
        shortcuts: Mapping[str, str] | None = None,
    ) -> None:
        self._pictures = pictures
        self.links = Links(settings.base_url, settings.link_keys)
        self._shelves = Shelves(notebook)
        pages = Pages(doorkeeper, Signing(settings.link_keys), secure_cookies=settings.secure_cookies)
        routes: list[BaseRoute] = [
            *MemberPages(pages, self._shelves, take_turn, actions, inlet, screens=screens).routes(),
            *Entrance(pages, self.links).routes(),
            *KeyPages(pages, self.links).routes(),
            Mount("/static", StaticFiles(directory=STATIC)),
        ]
        routes += PaperPages(pages, papers or {}).routes()
        routes += SheetPages(pages, self.links, take_turn, sheets, shortcuts or {}).routes()
        if files:
            routes += FilePages(pages, files).routes()
        if calendars:
            routes += CalendarPages(pages, calendars).routes()
        if tryout:
            pages.extra = trying = TryoutPages(pages, tryout)
            routes += trying.routes()
        headers = security_headers(https=settings.secure_cookies)
        self.app = Starlette(
            routes=routes,
            middleware=[Middleware(SecureASGIMiddleware, secure=headers)],
            exception_handlers={HTTPException: pages.no_page},
        )

    def routes(self) -> Sequence[BaseRoute]:
        """All of it, as one application with its own headers and error pages; and the pictures."""
        pictures = self._pictures.routes() if self._pictures else []
        return [*pictures, Mount("/", self.app, name=self.name)]

    async def start(self) -> None:
        """Nothing stays open."""

    async def stop(self) -> None:
        """Nothing stays open."""

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Put a letter into the inbox, or a post on the board."""
        return await self._shelves.deliver(parcel)

    async def look_up(self, parcel: Parcel) -> LookedUp:
        """Whether it is there."""
        return await self._shelves.look_up(parcel)
