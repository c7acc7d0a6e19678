"""What an operator can set: the environment, a `.env` file, or a folder of secret files, in this order.

Every setting is called ENISHI_ and its name in capitals; `.env.example` explains each.
"""

from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.findings import Finding, Level, SetUpProblem

PREFIX = "ENISHI_"
SECRETS = Path("/run/secrets")  # where container engines put them: one file a setting, named like it
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class SettingsProblem(SetUpProblem):
    """A setting cannot be used.  One sentence naming it."""


def _named(name: str, known_as: str) -> Any:
    """A setting that is also known by the name under which Microsoft's guides set it."""
    return Field(validation_alias=AliasChoices(PREFIX + name, known_as))


class Settings(BaseSettings):
    """One install."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", env_ignore_empty=True, populate_by_name=True
    )

    database: str = "sqlite:///enishi.db"
    keys: Path = Path("keys")
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    public_url: str = ""
    slack_bot_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_client_id: str = ""
    slack_client_secret: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"
    teams_mode: Literal["", "production", "dev-anonymous"] = ""
    teams_app_id: Annotated[str, _named("teams_app_id", "MicrosoftAppId")] = ""
    teams_app_password: Annotated[SecretStr, _named("teams_app_password", "MicrosoftAppPassword")] = SecretStr("")
    teams_app_type: Annotated[str, _named("teams_app_type", "MicrosoftAppType")] = "SingleTenant"
    teams_app_tenant: Annotated[str, _named("teams_app_tenant", "MicrosoftAppTenantId")] = ""
    teams_tenants: Annotated[list[str], NoDecode] = []
    teams_service_hosts: Annotated[list[str], NoDecode] = []
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"
    metrics_token: SecretStr = SecretStr("")
    forwarded_allow_ips: Annotated[list[str], NoDecode] = []

    @field_validator("forwarded_allow_ips", "teams_tenants", "teams_service_hosts", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        """A list is written with commas."""
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("public_url", "slack_api_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        """https, or http on this machine alone."""
        if not value:
            return value
        parts = urlsplit(value)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise ValueError("must start with https://")
        return value

    @property
    def slack_is_set(self) -> bool:
        """For many workspaces; or for one: over HTTP a token and the signing secret, over Socket Mode both tokens."""
        door = self.slack_signing_secret.get_secret_value() or self.slack_app_token.get_secret_value()
        return self.slack_is_many or bool(self.slack_bot_token.get_secret_value() and door)

    @property
    def slack_is_many(self) -> bool:
        """Any number of workspaces install the app by OAuth; without a client id it is one, by its token."""
        return bool(self.slack_client_id) and not self._oauth_lacks()

    def _oauth_lacks(self) -> list[str]:
        """What OAuth needs beside the client id."""
        needed = {
            "ENISHI_SLACK_CLIENT_SECRET": self.slack_client_secret.get_secret_value(),
            "ENISHI_SLACK_SIGNING_SECRET": self.slack_signing_secret.get_secret_value(),
            "ENISHI_PUBLIC_URL": self.public_url,
        }
        return [name for name, value in needed.items() if not value]

    @property
    def teams_is_set(self) -> bool:
        """Teams needs its mode; what else is missing then, it says itself (`bot.teams.settings`)."""
        return bool(self.teams_mode)

    @property
    def portal_is_set(self) -> bool:
        """The portal needs the address people reach it at."""
        return bool(self.public_url)

    def missing(self) -> list[str]:
        """What one would have to set for a first surface, one line each; empty when one is set."""
        if self.slack_is_set or self.teams_is_set or self.portal_is_set:
            return []
        return [
            "Slack over HTTP: ENISHI_SLACK_BOT_TOKEN and ENISHI_SLACK_SIGNING_SECRET",
            "Slack over Socket Mode: ENISHI_SLACK_BOT_TOKEN and ENISHI_SLACK_APP_TOKEN",
            "Slack for many workspaces: ENISHI_SLACK_CLIENT_ID, _CLIENT_SECRET, _SIGNING_SECRET and ENISHI_PUBLIC_URL",
            "Teams: ENISHI_TEAMS_MODE=production, ENISHI_TEAMS_APP_ID, _APP_PASSWORD and _APP_TENANT",
            "the web portal: ENISHI_PUBLIC_URL",
        ]

    def findings(self) -> list[Finding]:
        """What `doctor` says of the settings themselves."""
        there = (("Slack", self.slack_is_set), ("Teams", self.teams_is_set), ("the portal", self.portal_is_set))
        on = [name for name, is_set in there if is_set]
        if not on:
            return [Finding(Level.BAD, "surfaces", "none is set: " + "; or ".join(self.missing()))]
        found = [Finding(Level.GOOD, "surfaces", " and ".join(on))]
        if self.slack_client_id and (lacks := self._oauth_lacks()):
            found.append(Finding(Level.BAD, "ENISHI_SLACK_CLIENT_ID", f"needs {', '.join(lacks)} as well"))
        if self.slack_client_secret.get_secret_value() and not self.slack_client_id:
            found.append(Finding(Level.BAD, "ENISHI_SLACK_CLIENT_SECRET", "needs ENISHI_SLACK_CLIENT_ID as well"))
        if self.slack_is_many and self.slack_bot_token.get_secret_value():
            words = "is not used: with ENISHI_SLACK_CLIENT_ID every workspace installs the app by OAuth"
            found.append(Finding(Level.NOTE, "ENISHI_SLACK_BOT_TOKEN", words))
        if self.public_url.startswith("http:"):
            found.append(Finding(Level.NOTE, "ENISHI_PUBLIC_URL", "http works on this machine alone"))
        if self.host not in LOOPBACK:
            found.append(Finding(Level.NOTE, "ENISHI_HOST", f"{self.host}: put a proxy with https in front"))
        return found


def load(env_file: Path | None = None) -> Settings:
    """Read the settings.  Raises SettingsProblem."""
    more: dict[str, Any] = {"_env_file": env_file} if env_file else {}
    if SECRETS.is_dir():
        more["_secrets_dir"] = SECRETS
    try:
        return Settings(**more)
    except ValidationError as errors:
        wrong = errors.errors(include_input=False, include_url=False)  # a wrong value may be a secret
        sentences = [f"{_called(error)}: {_plain(error)}" for error in wrong]
        raise SettingsProblem("; ".join(sentences)) from None


def _called(error: Any) -> str:
    name = "_".join(map(str, error["loc"]))
    return name if name.startswith((PREFIX, "Microsoft")) else PREFIX + name.upper()


def _plain(error: Any) -> str:
    cause = (error.get("ctx") or {}).get("error")
    return str(cause) if cause else str(error["msg"])
