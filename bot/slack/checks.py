"""What `doctor` asks Slack: whether the token is good, and whether it may do what the features need."""

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.findings import Finding, Level
from bot.slack.connection import SlackSettings, Trouble, word
from bot.slack.oauth import INSTALL, REDIRECT

SETTING = "ENISHI_SLACK_BOT_TOKEN"


async def check(settings: SlackSettings) -> list[Finding]:
    """One call: `auth.test`, whose answer names the token's scopes, or, for many workspaces, `api.test`."""
    if settings.client_id:
        return await _many(settings)
    token, api_url, needed = settings.bot_token, settings.api_url, settings.scopes
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        try:
            said = await AsyncWebClient(token, base_url=api_url, session=session, retry_handlers=[]).auth_test()
        except SlackApiError as refused:
            return [Finding(Level.BAD, "Slack", f"{SETTING} is refused: {word(refused)}")]
        except Trouble as trouble:
            return [Finding(Level.BAD, "Slack", f"it cannot be reached: {word(trouble)} (ENISHI_SLACK_API_URL)")]
    found = [Finding(Level.GOOD, "Slack", f"workspace {said.get('team_id')}, bot user {said.get('user_id')}")]
    scopes = {scope.strip() for scope in (said.headers or {}).get("x-oauth-scopes", "").split(",") if scope.strip()}
    if not scopes:
        return [*found, Finding(Level.NOTE, "Slack scopes", "Slack did not say which scopes the token has")]
    if missing := sorted(set(needed) - scopes):
        words = f"missing {', '.join(missing)}: put in the manifest again and reinstall the app"
        return [*found, Finding(Level.BAD, "Slack scopes", words)]
    return [*found, Finding(Level.GOOD, "Slack scopes", "all that the features need")]


async def _many(settings: SlackSettings) -> list[Finding]:
    """Every workspace has a token of its own; only that Slack answers is asked."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
        try:
            await AsyncWebClient(base_url=settings.api_url, session=session, retry_handlers=[]).api_test()
        except Trouble as trouble:
            return [Finding(Level.BAD, "Slack", f"it cannot be reached: {word(trouble)} (ENISHI_SLACK_API_URL)")]
    url = settings.public_url.rstrip("/")
    return [
        Finding(Level.GOOD, "Slack", f"workspaces install the app at {url}{INSTALL}"),
        Finding(Level.NOTE, "Slack redirect", f"Slack must know this address: {url}{REDIRECT} (it is in the manifest)"),
    ]
