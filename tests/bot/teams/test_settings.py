"""Teams' settings as an operator writes them."""

from pathlib import Path

import pytest

from bot.settings import SettingsProblem, load
from bot.teams.checks import check
from bot.teams.settings import chosen
from tests.fakes.teams import APP_ID, APP_PASSWORD, TENANT
from tests.stages.teams import TeamsStage, settings_for


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty .env file."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / ".env"


def test_microsofts_own_names_work_too(env: Path) -> None:
    """What a guide of Microsoft's puts into the environment is taken as it is; ours win."""
    env.write_text(
        f"ENISHI_TEAMS_MODE=production\nMicrosoftAppId=other\nENISHI_TEAMS_APP_ID={APP_ID}\n"
        f"MicrosoftAppPassword={APP_PASSWORD}\nMicrosoftAppTenantId={TENANT}\nMicrosoftAppType=SingleTenant\n"
    )
    settings = chosen(load(env))
    assert (settings.app_id, settings.app_password, settings.app_tenant) == (APP_ID, APP_PASSWORD, TENANT)
    assert settings.allowed_tenants == (TENANT,)  # unless others are named
    settings.check()


def test_several_tenants_are_written_with_commas(env: Path) -> None:
    """The list replaces the default."""
    env.write_text(f"ENISHI_TEAMS_MODE=production\nENISHI_TEAMS_TENANTS=a, b\nENISHI_TEAMS_APP_TENANT={TENANT}\n")
    assert chosen(load(env)).allowed_tenants == ("a", "b")


def test_a_wrong_mode_is_named(env: Path) -> None:
    """One sentence with the setting's name, and no value."""
    env.write_text("ENISHI_TEAMS_MODE=prod-secret\n")
    with pytest.raises(SettingsProblem, match="ENISHI_TEAMS_MODE") as problem:
        load(env)
    assert "prod-secret" not in str(problem.value)


def test_credentials_alone_open_nothing(env: Path) -> None:
    """The mode is never guessed."""
    env.write_text(f"MicrosoftAppId={APP_ID}\nMicrosoftAppPassword={APP_PASSWORD}\n")
    assert not load(env).teams_is_set


async def test_the_doctor_asks_for_a_token(stage: TeamsStage) -> None:
    """Good credentials are good, wrong ones are named, and a server that is away is told from both."""
    settings = settings_for(stage.teams)
    [good] = await check(settings)
    assert (good.level, APP_ID in good.words) == ("good", True)
    stage.teams.password = "another"
    [bad] = await check(settings)
    assert (bad.level, "ENISHI_TEAMS_APP_ID" in bad.words) == ("bad", True)
    [away] = await check(settings_for(stage.teams, login_url="http://127.0.0.1:1"))
    assert (away.level, "cannot be reached" in away.words) == ("bad", True)
    [unset] = await check(settings_for(stage.teams, app_id=""))
    assert "ENISHI_TEAMS_APP_ID is missing" in unset.words
