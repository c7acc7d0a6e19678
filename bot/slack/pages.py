"""The few pages of an install: HTML without scripts, in the language the browser asks for."""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from html import escape
from zoneinfo import available_timezones

import secure
from starlette.responses import HTMLResponse

from bot.language import LANGUAGES, Msg, Reader, asked_for
from bot.slack import texts
from bot.slack.installs import Waiting, Wish

NAME_MAX = 80  # characters
YEAR_S = 365 * 86400
KINDS = {"ally": texts.ALLY, "alumni": texts.ALUMNI, "peers": texts.PEERS, "alliance": texts.ALLIANCE}
LANGUAGE_NAMES = {"ja": "日本語", "en": "English"}
STYLE = """
:root { color-scheme: light dark; font: 1.0625rem/1.6 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 38rem; padding: 1.5rem; }
fieldset { border: 1px solid #8888; border-radius: .75rem; margin: 1.5rem 0; padding: 1rem; }
legend { font-weight: bold; padding: 0 .5rem; }
label { display: block; margin-top: 1rem; }
input, select { box-sizing: border-box; font: inherit; padding: .5rem; width: 100%; }
button, .button { background: #0b6e4f; border: 0; border-radius: .5rem; color: #fff; cursor: pointer;
  display: inline-block; font: inherit; margin-top: 1rem; padding: .65rem 1.25rem; text-decoration: none; }
:focus-visible { outline: 3px solid #e0a100; outline-offset: 2px; }
.error { border-left: 4px solid #c62828; margin: .25rem 0 0; padding-left: .5rem; }
.quiet { font-size: .9rem; opacity: .8; }
"""


@cache
def headers(*, https: bool) -> Mapping[str, str]:
    """Nothing from elsewhere, no frames, no referrer (the address holds a code), nothing kept."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    own, none = "'self'", "'none'"
    policy = secure.ContentSecurityPolicy().default_src(none).style_src(f"'sha256-{digest}'")
    policy = policy.form_action(own).base_uri(none).frame_ancestors(none)
    safe = secure.Secure(
        csp=policy,
        xcto=secure.XContentTypeOptions().nosniff(),
        xfo=secure.XFrameOptions().deny(),
        referrer=secure.ReferrerPolicy().no_referrer(),
        coop=secure.CrossOriginOpenerPolicy().same_origin(),
        hsts=secure.StrictTransportSecurity().max_age(YEAR_S) if https else None,
    )
    return {**safe.headers, "Cache-Control": "no-store"}


def reader(accept_language: str) -> Reader:
    """Somebody we know no more of than what their browser asks for."""
    return Reader(asked_for(accept_language))


class Pages:
    """Draws them; what is not markup is escaped."""

    def __init__(self, *, https: bool) -> None:
        self._headers = headers(https=https)

    def install(self, say: Reader, address: str) -> HTMLResponse:
        """The way to Slack."""
        told = "".join(f"<p>{escape(say(one))}</p>" for one in (texts.INSTALL_WHAT, texts.INSTALL_HOW))
        button = f'<p><a class="button" href="{escape(address)}">{escape(say(texts.INSTALL))}</a></p>'
        quiet = f'<p class="quiet">{escape(say(texts.INSTALL_COOKIE))}</p>'
        return self._page(say, texts.INSTALL, told + button + quiet)

    def problem(self, say: Reader, said: Msg, status: int) -> HTMLResponse:
        """One sentence, and the way back."""
        back = f'<p><a class="button" href="/slack/install">{escape(say(texts.BEGIN_AGAIN))}</a></p>'
        return self._page(say, texts.PROBLEM, f'<p role="alert">{escape(say(said))}</p>{back}', status)

    def done(self, say: Reader) -> HTMLResponse:
        """What to do next."""
        return self._page(say, texts.SET_UP_DONE, f"<p>{escape(say(texts.SET_UP_NEXT))}</p>")

    def set_up(
        self,
        say: Reader,
        csrf: str,
        waiting: Waiting,
        wish: Wish,
        *,
        errors: Mapping[str, str] | None = None,
        alert: Msg | None = None,
        status: int = 200,
    ) -> HTMLResponse:
        """Choose a community, or found one; `errors` by field."""
        errors = errors or {}
        alert = texts.CHECK if errors else alert
        body = f'<p class="error" role="alert">{escape(say(alert))}</p>' if alert else ""
        body += f"<p>{escape(say(texts.IN_SLACK))}</p>"
        if waiting.here:
            body += f"<p>{escape(say(texts.LIVES_THERE, names=', '.join(waiting.here)))}</p>"
        token = f'<input type="hidden" name="csrf" value="{escape(csrf)}">'
        if waiting.owned:
            buttons = "".join(
                f'<form method="post">{token}<button name="community_id" value="{escape(one)}">'
                f"{escape(say(texts.MOVE_IN, name=name))}</button></form>"
                for one, name in waiting.owned.items()
            )
            body += f"<fieldset><legend>{escape(say(texts.YOUR_OWN))}</legend>{buttons}</fieldset>"
        languages = {one: LANGUAGE_NAMES[one] for one in LANGUAGES}
        kinds = {one: say(label) for one, label in KINDS.items()}
        fields = (
            _input(say(texts.YOUR_NAME), "name", wish.name, errors, f'maxlength="{NAME_MAX}" autocomplete="name"'),
            _input(say(texts.COMMUNITY_NAME), "community", wish.community, errors, f'maxlength="{NAME_MAX}"'),
            _select(say(texts.KIND), "kind", wish.kind, kinds, errors),
            _select(say(texts.LANGUAGE), "language", wish.language, languages, errors),
            _input(say(texts.ZONE), "zone", wish.zone, errors, 'list="zones" autocomplete="off"'),
        )
        body += (
            f'<form method="post" novalidate>{token}<fieldset><legend>{escape(say(texts.FOUND))}</legend>'
            f"{''.join(fields)}{_zones()}<button>{escape(say(texts.FOUND_IT))}</button></fieldset></form>"
        )
        return self._page(say, texts.SET_UP, body, status)

    def _page(self, say: Reader, title: Msg, body: str, status: int = 200) -> HTMLResponse:
        head = escape(say(title))
        text = (
            f'<!doctype html><html lang="{say.language}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
            f"<title>{head} – Enishi</title><style>{STYLE}</style></head>"
            f"<body><main><h1>{head}</h1>{body}</main></body></html>"
        )
        return HTMLResponse(text, status, self._headers)


def _input(label: str, name: str, value: str, errors: Mapping[str, str], more: str) -> str:
    at, error = _error(name, errors)
    field = f'<input id="{name}" name="{name}" value="{escape(value)}" required {more}{at}>'
    return f'<label for="{name}">{escape(label)}</label>{field}{error}'


def _select(label: str, name: str, value: str, choices: Mapping[str, str], errors: Mapping[str, str]) -> str:
    at, error = _error(name, errors)
    options = "".join(
        f'<option value="{one}"{" selected" if one == value else ""}>{escape(text)}</option>'
        for one, text in choices.items()
    )
    return f'<label for="{name}">{escape(label)}</label><select id="{name}" name="{name}"{at}>{options}</select>{error}'


def _error(name: str, errors: Mapping[str, str]) -> tuple[str, str]:
    if name not in errors:
        return "", ""
    at = f' aria-invalid="true" aria-describedby="{name}-error"'
    return at, f'<p class="error" id="{name}-error">{escape(errors[name])}</p>'


@cache
def zones() -> frozenset[str]:
    """The time zones people live in."""
    return frozenset(one for one in available_timezones() if "/" in one and not one.startswith(("Etc/", "SystemV/")))


@cache
def _zones() -> str:
    return f'<datalist id="zones">{"".join(f"<option>{one}</option>" for one in sorted(zones()))}</datalist>'
