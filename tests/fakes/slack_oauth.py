"""Slack's side of OAuth: somebody confirms on Slack's page, a code comes back, and is good for a token once."""

import base64
import itertools
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT_ID, CLIENT_SECRET = "made-up.client-id", "made-up-client-secret"
TOKEN_LIVES = 43_200  # seconds


@dataclass
class OAuthDesk:
    """Hands out codes and tokens.  `rotating`: tokens expire and come with a refresh token, which is good once."""

    rotating: bool = False
    tokens: dict[str, str] = field(default_factory=dict)  # workspace by token
    codes: dict[str, dict[str, Any]] = field(default_factory=dict)  # the answer each code is good for
    refreshes: dict[str, str] = field(default_factory=dict)  # workspace by refresh token
    scopes: str = ""
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def confirm(self, address: str, team: str, user: str, /, **more: Any) -> str:
        """Somebody presses Allow on the page at `address`: where their browser is sent."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["client_id"] == CLIENT_ID
        self.scopes = asked["scope"]
        code = f"secret-code-{next(self._numbers)}"
        self.codes[code] = {
            "app_id": "A01",
            "authed_user": {"id": user},
            "bot_user_id": "U0BOT",
            "team": {"id": team, "name": "Made up"},
            "enterprise": None,
            "is_enterprise_install": False,
            "scope": asked["scope"],
            "token_type": "bot",
            "redirect_uri": asked["redirect_uri"],
            **more,
        }
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def access(self, args: dict[str, Any]) -> dict[str, Any]:
        """`oauth.v2.access`.  Raises LookupError with Slack's word."""
        if args.get("grant_type") == "refresh_token":
            team = self.refreshes.pop(args["refresh_token"], None)
            if team is None:
                raise LookupError("invalid_refresh_token")
            return {"token_type": "bot", "team": {"id": team}, **self._issued(team)}
        told = self.codes.pop(args.get("code", ""), None)
        if told is None:
            raise LookupError("invalid_code")
        if args.get("redirect_uri") != told["redirect_uri"]:
            raise LookupError("bad_redirect_uri")
        team = (told["team"] or told["enterprise"])["id"]
        return {**told, **self._issued(team)}

    def _issued(self, team: str) -> dict[str, Any]:
        token = f"xoxb-secret-{team}-{next(self._numbers)}"
        self.tokens[token] = team
        if not self.rotating:
            return {"access_token": token}
        refresh = f"xoxe-secret-{team}-{next(self._numbers)}"
        self.refreshes[refresh] = team
        return {"access_token": token, "refresh_token": refresh, "expires_in": TOKEN_LIVES}

    def forget(self, team: str) -> None:
        """Every token of a workspace is dead."""
        self.tokens = {token: of for token, of in self.tokens.items() if of != team}

    def is_ours(self, authorization: str) -> bool:
        """Whether a request comes with our own name and secret."""
        return authorization == "Basic " + base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
