"""The app package: what it says, what it asks for, and that Teams would take it."""

import io
import json
import struct
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.language import Reader
from bot.teams import icons, manifest
from bot.texts import SHORT_DESCRIPTION
from handlers import features
from tests import npm
from tests.app.running import Operator
from tests.fakes.teams import APP_ID

COMMANDS = features.router().commands
BASE = "https://enishi.example"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """What is in the package."""
    with zipfile.ZipFile(io.BytesIO(manifest.package(COMMANDS, APP_ID, BASE))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_package_has_all_it_names(files: dict[str, bytes]) -> None:
    """Manifest, Japanese, and two icons."""
    made = json.loads(files["manifest.json"])
    named = {*made["icons"].values(), made["localizationInfo"]["additionalLanguages"][0]["file"]}
    assert set(files) == {"manifest.json", *named}


def test_nothing_is_asked_for_that_is_not_used(files: dict[str, bytes]) -> None:
    """No permission, no tab, no message extension."""
    made = json.loads(files["manifest.json"])
    assert {"permissions", "authorization", "webApplicationInfo", "staticTabs", "composeExtensions"}.isdisjoint(made)
    assert made["bots"][0]["botId"] == APP_ID


def test_the_menu_is_made_from_the_commands(files: dict[str, bytes]) -> None:
    """At most ten, the help first, none of the desk's, in both languages; choosing one types a word we know."""
    router = features.router()
    known = {word for command in router.commands if not command.admin for word in command.words}
    made, japanese = json.loads(files["manifest.json"]), json.loads(files["ja.json"])
    for n, menu in enumerate(made["bots"][0]["commandLists"]):
        assert menu["commands"][0]["title"] == "help"
        assert len(menu["commands"]) <= 10
        for m, command in enumerate(menu["commands"]):
            assert command["title"] in known
            assert japanese[f"bots[0].commandLists[{n}].commands[{m}].title"] in known
            assert command["description"]
    assert "leave" not in {one["title"] for one in made["bots"][0]["commandLists"][1]["commands"]}


def test_its_words_fit() -> None:
    """Descriptions stay whole within Teams' limits, in both languages."""
    for language in ("ja", "en"):
        assert len(Reader(language)(SHORT_DESCRIPTION)) <= manifest.SHORT
        assert all(len(Reader(language)(one.summary)) <= manifest.SUMMARY for one in COMMANDS)


@pytest.mark.parametrize(
    ("app_id", "base", "name", "said"),
    [
        ("", BASE, "Enishi", "ENISHI_TEAMS_APP_ID"),
        ("not-an-id", BASE, "Enishi", "ENISHI_TEAMS_APP_ID"),
        (APP_ID, "", "Enishi", "ENISHI_PUBLIC_URL"),
        (APP_ID, "http://127.0.0.1:8000", "Enishi", "ENISHI_PUBLIC_URL"),
        (APP_ID, BASE, "", "name"),
        (APP_ID, BASE, "x" * 31, "name"),
    ],
)
def test_what_cannot_be_used_is_named(app_id: str, base: str, name: str, said: str) -> None:
    """One sentence for the operator."""
    with pytest.raises(ValueError, match=said):
        manifest.package(COMMANDS, app_id, base, name=name)


def test_the_same_manifest_is_the_same_package() -> None:
    """Byte for byte, so that an operator sees whether anything changed."""
    assert manifest.package(COMMANDS, APP_ID, BASE) == manifest.package(COMMANDS, APP_ID, BASE)


@pytest.mark.parametrize(("picture", "side"), [(icons.color(), 192), (icons.outline(), 32)])
def test_the_icons_are_pictures_of_the_right_size(picture: bytes, side: int) -> None:
    """PNG, square, with an alpha channel."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">IIBB", picture[16:26]) == (side, side, 8, 6)


def test_teams_own_schema_takes_it(files: dict[str, bytes]) -> None:
    """The official schemas of the manifest and of its languages, from npm's @microsoft/app-manifest."""
    folder = npm.modules() / "@microsoft" / "app-manifest" / "build" / "json-schemas" / "teams" / f"v{manifest.VERSION}"
    for file, schema in (("manifest.json", "MicrosoftTeams"), ("ja.json", "MicrosoftTeams.Localization")):
        official: dict[str, Any] = json.loads((folder / f"{schema}.schema.json").read_text())
        jsonschema.Draft4Validator(official).validate(json.loads(files[file]))


def test_an_operator_writes_it_with_one_command(tmp_path: Path) -> None:
    """Without SDK or database; what is missing is one sentence that names the setting."""
    operator = Operator({"ENISHI_PUBLIC_URL": BASE, "MicrosoftAppId": APP_ID}, tmp_path)
    ended = operator.types("manifest", "teams", "--out", "app.zip")
    assert ended.returncode == 0, ended.stderr
    assert (tmp_path / "app.zip").read_bytes() == manifest.package(COMMANDS, APP_ID, BASE)
    for settings, said in (({"ENISHI_PUBLIC_URL": BASE}, "ENISHI_TEAMS_APP_ID"), ({"MicrosoftAppId": APP_ID}, "_URL")):
        ended = Operator(settings, tmp_path).types("manifest", "teams")
        assert ended.returncode == 1
        assert said in ended.stderr
        assert "Traceback" not in ended.stderr
