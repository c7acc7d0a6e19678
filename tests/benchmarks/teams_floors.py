"""The floors of Teams: a pressed card, answered by another one, after the same proof of who calls.

The SDK's aiohttp adapter answers 500 to every such request (`measured.md`, teams section 2), so `stock` is what it
wraps: CloudAdapterBase.process_activity, behind a route of ours.
"""

import jwt
from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.core.cloud_adapter_base import CloudAdapterBase
from botbuilder.schema import Activity
from botframework.connector.auth import (
    AppCredentials,
    AuthenticationConstants,
    BotFrameworkAuthenticationFactory,
    MicrosoftAppCredentials,
    PasswordServiceClientCredentialFactory,
)
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.teams.surface import PATH
from tests.fakes.teams import APP_ID, APP_PASSWORD, BOT_TOKEN, ISSUER, TENANT

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
CARD = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "Thanks.", "wrap": True}]}
ANSWER = {"statusCode": 200, "type": CARD_TYPE, "value": CARD}
LEEWAY = 300  # seconds, as the SDK's


def own(teams: str) -> Route:
    """PyJWT with keys it keeps, the SDK's model of the activity, and a card."""
    keys = jwt.PyJWKClient(f"{teams}/keys", cache_keys=True, lifespan=86_400)

    async def messages(request: Request) -> Response:
        token = request.headers["authorization"].removeprefix("Bearer ")
        key = keys.get_signing_key(jwt.get_unverified_header(token)["kid"])
        claims = jwt.decode(token, key.key, ["RS256"], audience=APP_ID, issuer=ISSUER, leeway=LEEWAY)
        activity = Activity().deserialize(await request.json())
        if claims["serviceurl"] != activity.service_url:
            return Response(status_code=401)
        return JSONResponse(ANSWER)

    return Route(PATH, messages, methods=["POST"])


class _Credentials(MicrosoftAppCredentials):  # type: ignore[misc]  # the SDK has no types
    """With a token at once: the SDK would fetch one, for each turn anew, from servers that cannot stand here."""

    def get_access_token(self, force_refresh: bool = False) -> str:  # noqa: FBT001, FBT002 - the SDK's
        return BOT_TOKEN


class _Passwords(PasswordServiceClientCredentialFactory):  # type: ignore[misc]  # the SDK has no types
    async def create_credentials(
        self,
        app_id: str,
        oauth_scope: str,
        login_endpoint: str,
        validate_authority: bool,  # noqa: FBT001 - the SDK's
    ) -> AppCredentials:
        return _Credentials(app_id, self.password, self.tenant_id, oauth_scope)


class _Adapter(CloudAdapterBase):  # type: ignore[misc]  # the SDK has no types
    """As it comes."""


def stock(teams: str) -> Route:
    """CloudAdapter: it proves who calls, updates the card for everybody and answers with it."""
    adapter = _Adapter(
        BotFrameworkAuthenticationFactory.create(
            to_channel_from_bot_login_url=f"https://login.microsoftonline.com/{TENANT}",
            to_channel_from_bot_oauth_scope=AuthenticationConstants.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE,
            to_bot_from_channel_token_issuer=ISSUER,
            oauth_url=AuthenticationConstants.OAUTH_URL,
            to_bot_from_channel_open_id_metadata_url=f"{teams}/openid",
            credential_factory=_Passwords(APP_ID, APP_PASSWORD, TENANT),
        )
    )

    async def answer(turn: TurnContext) -> None:
        shown = {"contentType": CARD_TYPE, "content": CARD}
        card = Activity().deserialize({"type": "message", "id": turn.activity.reply_to_id, "attachments": [shown]})
        await turn.update_activity(card)
        told = InvokeResponse(status=200, body=ANSWER)
        await turn.send_activity(Activity(type="invokeResponse", value=told))

    async def messages(request: Request) -> Response:
        activity = Activity().deserialize(await request.json())
        told = await adapter.process_activity(request.headers["authorization"], activity, answer)
        return JSONResponse(told.body, told.status)

    return Route(PATH, messages, methods=["POST"])
