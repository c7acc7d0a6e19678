"""From what an operator set to what Slack needs."""

from collections.abc import Iterable

from bot.settings import Settings
from bot.slack.connection import SlackSettings


def chosen(settings: Settings, scopes: Iterable[str]) -> SlackSettings:
    """For one workspace by token, or for many by OAuth, which are asked for `scopes`."""
    many = settings.slack_is_many
    return SlackSettings(
        bot_token="" if many else settings.slack_bot_token.get_secret_value(),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value(),
        api_url=settings.slack_api_url,
        client_id=settings.slack_client_id if many else "",
        client_secret=settings.slack_client_secret.get_secret_value() if many else "",
        public_url=settings.public_url,
        scopes=tuple(scopes),
    )
