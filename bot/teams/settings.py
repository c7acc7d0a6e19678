"""What an operator sets for Teams, and what must hold before anything is opened."""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from bot.settings import Settings
from bot.surface import CannotStart

SURFACE = "teams"
PRODUCTION, DEV = "production", "dev-anonymous"
SINGLE_TENANT = "SingleTenant"
HTTPS_PORT = 443
# learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages; the government clouds'
# hosts are a setting (`measured.md`, teams).
HOSTS = frozenset({"smba.trafficmanager.net"})
SERVICE_URL = "https://smba.trafficmanager.net/teams/"  # for whoever has not written to us yet
LOGIN_URL = "https://login.microsoftonline.com"
OPENID_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"


class StartProblem(CannotStart):
    """A setting is missing or refused; the sentence names it."""


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """`mode` is explicit and never guessed from what is missing.

    `service_hosts` are further hosts that speak for Teams: names (government clouds), or `http://127.0.0.1:port` to try
    Enishi against a stand-in on this machine.
    """

    mode: str
    app_id: str = ""
    app_password: str = field(default="", repr=False)
    app_type: str = SINGLE_TENANT
    app_tenant: str = ""
    allowed_tenants: tuple[str, ...] = ()
    service_hosts: tuple[str, ...] = ()
    bind_host: str = "127.0.0.1"
    login_url: str = LOGIN_URL
    openid_url: str = OPENID_URL
    service_url: str = SERVICE_URL

    @property
    def anonymous(self) -> bool:
        """Whether nobody proves who they are, which works on this machine alone."""
        return self.mode == DEV

    def check(self) -> None:
        """Raises StartProblem when it must not be opened so."""
        if self.anonymous:
            if self.app_id or self.app_password or self.app_tenant:
                raise StartProblem(
                    f"ENISHI_TEAMS_MODE={DEV} is for trying out without credentials: "
                    "unset ENISHI_TEAMS_APP_ID, ENISHI_TEAMS_APP_PASSWORD and ENISHI_TEAMS_APP_TENANT"
                )
            if not is_loopback(self.bind_host):
                raise StartProblem(f"ENISHI_TEAMS_MODE={DEV} lets anybody in: set ENISHI_HOST=127.0.0.1")
            return
        if self.mode != PRODUCTION:
            raise StartProblem(f"ENISHI_TEAMS_MODE is {PRODUCTION} or {DEV}")
        if self.app_type != SINGLE_TENANT:
            raise StartProblem(f"ENISHI_TEAMS_APP_TYPE: only {SINGLE_TENANT} is supported; {self.app_type} is not yet")
        needed = {
            "ENISHI_TEAMS_APP_ID": self.app_id,
            "ENISHI_TEAMS_APP_PASSWORD": self.app_password,
            "ENISHI_TEAMS_APP_TENANT": self.app_tenant,
            "ENISHI_TEAMS_TENANTS": self.allowed_tenants,
        }
        if missing := [name for name, value in needed.items() if not value]:
            raise StartProblem(f"{missing[0]} is missing; without it nobody can tell who calls")
        for host in self.service_hosts:
            if "://" in host and not _on_this_machine(urlsplit(host)):
                raise StartProblem(f"ENISHI_TEAMS_SERVICE_HOSTS: {host} is not the name of a host")

    def serves(self, tenant: str) -> bool:
        """Whether people of this tenant are answered."""
        return bool(tenant) and (self.anonymous or tenant in self.allowed_tenants)

    def is_teams(self, url: str) -> bool:
        """Whether this serviceUrl is Teams': asked before one is kept, and again before anything is sent there."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        if "@" in parts.netloc or not parts.hostname:
            return False
        if self.anonymous:
            return _on_this_machine(parts)
        if _on_this_machine(parts):
            return f"{parts.scheme}://{parts.netloc}" in self.service_hosts
        known = parts.hostname in HOSTS or parts.hostname in self.service_hosts
        return parts.scheme == "https" and port in {None, HTTPS_PORT} and known


def chosen(settings: Settings) -> TeamsSettings:
    """The part of an install's settings that is Teams'."""
    tenants = settings.teams_tenants or [settings.teams_app_tenant]
    return TeamsSettings(
        mode=settings.teams_mode,
        app_id=settings.teams_app_id,
        app_password=settings.teams_app_password.get_secret_value(),
        app_type=settings.teams_app_type,
        app_tenant=settings.teams_app_tenant,
        allowed_tenants=tuple(tenant for tenant in tenants if tenant),
        service_hosts=tuple(settings.teams_service_hosts),
        bind_host=settings.host,
    )


def is_loopback(host: str) -> bool:
    """Whether a host or address is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _on_this_machine(parts: SplitResult) -> bool:
    return parts.scheme == "http" and is_loopback(parts.hostname or "")
