"""The one file that knows the Bot Framework: who calls, and its words for what can happen.

The SDK is archived, so nothing else of it is used: `measured.md`, teams, lists which of its stock behaviours fail, and
what its validation lets through.  Should it ever be replaced, this file is.
"""

import json
import logging
from collections.abc import Mapping
from typing import Any

from botbuilder.schema import ActivityTypes
from botframework.connector import Channels
from botframework.connector.auth import (
    AuthenticationConstants,
    ChannelValidation,
    JwtTokenExtractor,
    SimpleCredentialProvider,
)

from bot.teams.settings import TeamsSettings, is_loopback
from bot.teams.signing_keys import KeysUnreachable, SigningKeys

MESSAGE: str = ActivityTypes.message.value
INVOKE: str = ActivityTypes.invoke.value
CONVERSATION_UPDATE: str = ActivityTypes.conversation_update.value
INSTALLATION_UPDATE: str = ActivityTypes.installation_update.value
TEAMS: str = Channels.ms_teams.value
TOKEN_SCOPE = f"{AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE}/.default"

_SERVICE_URL = ChannelValidation.SERVICE_URL_CLAIM
_EXPIRES = "exp"
Payload = dict[str, Any]


class Refused(Exception):
    """The request is not taken; `status` is the answer."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


BAD, DENIED, FORBIDDEN, WRONG_TYPE, UNAVAILABLE = 400, 401, 403, 415, 503


def hush() -> None:
    """Pin the loggers of everything the SDK brings: their words may hold whole payloads, tokens and addresses."""
    for name in ("botbuilder", "botframework", "msrest", "msal", "azure", "urllib3", "requests", "jwt", "aiohttp"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


class _Tokens(JwtTokenExtractor):  # type: ignore[misc]  # the SDK has no types
    """Reads a token once less: the SDK asks for its issuer before the proof, `validate_identity` of what was proven."""

    def _has_allowed_issuer(self, jwt_token: str) -> bool:  # noqa: ARG002 - the SDK's
        return True


class Gate:
    """Lets in what Teams sends, and nothing else."""

    def __init__(self, settings: TeamsSettings, keys: SigningKeys) -> None:
        self._settings = settings
        self._us = SimpleCredentialProvider(settings.app_id, "")
        self._tokens = _Tokens(
            ChannelValidation.TO_BOT_FROM_CHANNEL_TOKEN_VALIDATION_PARAMETERS,
            settings.openid_url,
            AuthenticationConstants.ALLOWED_SIGNING_ALGORITHMS,
        )
        self._tokens.open_id_metadata = keys
        hush()

    async def parse(self, headers: Mapping[str, str], body: bytes, peer: str) -> Payload:
        """The activity, as it was sent, from a sender who proved to be Teams.  Raises Refused."""
        authorization = headers.get("authorization", "")
        if self._settings.anonymous:
            if not is_loopback(peer):
                raise Refused(DENIED)
        elif not authorization:
            raise Refused(DENIED)
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            raise Refused(WRONG_TYPE)
        payload = _json(body)
        service_url = payload.get("serviceUrl")
        if not isinstance(service_url, str | None) or not isinstance(payload.get("channelId"), str | None):
            raise Refused(BAD)
        if payload.get("channelId") != TEAMS or not service_url or not self._settings.is_teams(service_url):
            raise Refused(DENIED)
        if not self._settings.anonymous:
            await self._prove(authorization, service_url)
        if not self._settings.serves(tenant_of(payload)):
            raise Refused(FORBIDDEN)
        return payload

    async def _prove(self, authorization: str, service_url: str) -> None:
        """The token is Teams', for us, not expired, and for this serviceUrl.

        The SDK checks issuer, signature, endorsement, age and audience, but lets a token pass that never expires; and a
        token for another serviceUrl would have us send our own token there.
        """
        scheme, _, token = authorization.partition(" ")
        try:
            identity = await self._tokens.get_identity(scheme, token, TEAMS, [TEAMS])
            await ChannelValidation.validate_identity(identity, self._us)
        except KeysUnreachable:
            raise Refused(UNAVAILABLE) from None
        except Exception:  # noqa: BLE001 - whatever it stumbles over, the caller proved nothing
            raise Refused(DENIED) from None
        claims = identity.claims
        if _EXPIRES not in claims or claims.get(_SERVICE_URL) != service_url:
            raise Refused(DENIED)


def tenant_of(payload: Mapping[str, Any]) -> str:
    """The tenant, from the raw JSON: the SDK's own models look for it under another name and find none."""
    for path in (("channelData", "tenant", "id"), ("conversation", "tenantId")):
        found: Any = payload
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        if isinstance(found, str) and found:
            return found
    return ""


def _json(body: bytes) -> Payload:
    try:
        payload = json.loads(body)
        if b"\\u" in body:
            json.dumps(payload, ensure_ascii=False).encode()  # half a character can be escaped, but not kept
    except (ValueError, RecursionError):
        raise Refused(BAD) from None
    if not isinstance(payload, dict):
        raise Refused(BAD)
    return payload
