"""What `doctor` asks Microsoft: whether the credentials are good."""

from bot.findings import Finding, Level
from bot.teams.connection import Connection, Trouble, word
from bot.teams.settings import DEV, StartProblem, TeamsSettings


async def check(settings: TeamsSettings) -> list[Finding]:
    """One request for a token; nothing is sent to Teams itself."""
    try:
        settings.check()
    except StartProblem as problem:
        return [Finding(Level.BAD, "Teams", str(problem))]
    if settings.anonymous:
        return [Finding(Level.NOTE, "Teams", f"ENISHI_TEAMS_MODE={DEV}: for this machine alone, nobody is checked")]
    connection = Connection(settings)
    try:
        await connection.check_credentials()
    except StartProblem as problem:
        return [Finding(Level.BAD, "Teams", str(problem))]
    except Trouble as trouble:
        return [Finding(Level.BAD, "Teams", f"Microsoft's token server cannot be reached: {word(trouble)}")]
    finally:
        await connection.close()
    words = f"app {settings.app_id}, {len(settings.allowed_tenants)} tenant(s); the channel itself was not asked"
    return [Finding(Level.GOOD, "Teams", words)]
