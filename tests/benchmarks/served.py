"""`app.py` with Microsoft's key server and token server on this machine: `python -m tests.benchmarks.served URL serve`.

Their addresses are no settings, lest anybody change by one who can prove to be Teams.
"""

import sys
from dataclasses import replace

import app
from bot.settings import Settings
from bot.teams import settings as teams


def main() -> None:
    """Run a command of the app."""
    url, chosen = sys.argv.pop(1), teams.chosen

    def nearer(settings: Settings) -> teams.TeamsSettings:
        return replace(chosen(settings), login_url=url, openid_url=f"{url}/openid")

    teams.chosen = nearer
    app.app()


if __name__ == "__main__":
    main()
