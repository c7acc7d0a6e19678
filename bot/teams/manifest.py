"""The app package to upload at Teams, generated from what the house answers.

learn.microsoft.com/microsoftteams/platform/resources/schema/manifest-schema, version 1.19.  Nothing is asked for: no
permission over chats, channels or people's data; the bot sees what is written to it and where it is mentioned.
"""

import io
import json
import uuid
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.language import DEFAULT, Reader
from bot.router import Command
from bot.teams import icons, texts
from bot.texts import SHORT_DESCRIPTION

VERSION = "1.19"
SCHEMA = f"https://developer.microsoft.com/json-schemas/teams/v{VERSION}"
NAME, SHORT, LONG = 30, 80, 4000  # characters
COMMANDS, TITLE, SUMMARY = 10, 32, 128  # of a list, and of each command in it
SCOPES = (("personal",), ("team", "groupChat"))  # one list each
PERSONAL_ONLY = frozenset({"portal", "leave"})  # of no use where others read along
COLOR, OUTLINE, JAPANESE = "color.png", "outline.png", "ja.json"
FIXED = (1980, 1, 1, 0, 0, 0)  # the date of the files, so that the same manifest makes the same package


def package(commands: Iterable[Command], app_id: str, base_url: str, *, name: str = "Enishi") -> bytes:
    """The package, a zip.  Raises ValueError when a name, id or address cannot be used."""
    there = list(commands)
    files = {
        "manifest.json": _json(manifest(there, app_id, base_url, name=name)),
        JAPANESE: _json(localised(there, name=name)),
        COLOR: icons.color(),
        OUTLINE: icons.outline(),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in files.items():
            archive.writestr(zipfile.ZipInfo(file, FIXED), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def manifest(commands: Sequence[Command], app_id: str, base_url: str, *, name: str = "Enishi") -> dict[str, Any]:
    """The manifest, in English.  Raises ValueError."""
    if not 1 <= len(name) <= NAME:
        raise ValueError(f"the app's name has 1 to {NAME} characters")
    try:
        uuid.UUID(app_id)
    except ValueError:
        raise ValueError("ENISHI_TEAMS_APP_ID is not set, or not the id that the Azure portal shows") from None
    if not base_url.startswith("https://"):
        raise ValueError("ENISHI_PUBLIC_URL: Teams sends activities to https addresses only")
    base, reader = base_url.rstrip("/"), Reader("en")
    lists = [{"scopes": list(scopes), "commands": list(_listed(commands, scopes, reader))} for scopes in SCOPES]
    return {
        "$schema": f"{SCHEMA}/MicrosoftTeams.schema.json",
        "manifestVersion": VERSION,
        "version": "1.0.0",
        "id": app_id,
        "developer": {
            "name": name,
            "websiteUrl": base,
            "privacyUrl": base,
            "termsOfUseUrl": base,
        },
        "name": {"short": name, "full": name},
        "description": {
            "short": reader(SHORT_DESCRIPTION)[:SHORT],
            "full": reader(texts.LONG_DESCRIPTION)[:LONG],
        },
        "icons": {"color": COLOR, "outline": OUTLINE},
        "accentColor": "#{:02X}{:02X}{:02X}".format(*icons.ACCENT),
        "localizationInfo": {
            "defaultLanguageTag": "en",
            "additionalLanguages": [{"languageTag": DEFAULT, "file": JAPANESE}],
        },
        "bots": [
            {
                "botId": app_id,
                "scopes": [scope for scopes in SCOPES for scope in scopes],
                "isNotificationOnly": False,
                "supportsFiles": False,
                "commandLists": lists,
            }
        ],
        "validDomains": [urlsplit(base).hostname],
    }


def localised(commands: Sequence[Command], *, name: str = "Enishi") -> dict[str, str]:
    """The same words in Japanese."""
    reader = Reader(DEFAULT)
    words = {
        "$schema": f"{SCHEMA}/MicrosoftTeams.Localization.schema.json",
        "name.short": name,
        "name.full": name,
        "description.short": reader(SHORT_DESCRIPTION)[:SHORT],
        "description.full": reader(texts.LONG_DESCRIPTION)[:LONG],
    }
    for n, scopes in enumerate(SCOPES):
        for m, command in enumerate(_listed(commands, scopes, reader)):
            words |= {f"bots[0].commandLists[{n}].commands[{m}].{what}": said for what, said in command.items()}
    return words


def _listed(commands: Sequence[Command], scopes: Sequence[str], reader: Reader) -> list[dict[str, str]]:
    """The members' commands as their menu shows them; choosing one types its title.  The desk's are for few."""
    personal = "personal" in scopes
    there = [one for one in commands if not one.admin and (personal or one.word not in PERSONAL_ONLY)]
    helps = [one for one in there if one.word == "help"]  # first, so that a longer list never pushes it out
    ordered = [*helps, *(one for one in there if one not in helps)]
    return [
        {"title": _spelling(one, reader)[:TITLE], "description": reader(one.summary)[:SUMMARY]}
        for one in ordered[:COMMANDS]
    ]


def _spelling(command: Command, reader: Reader) -> str:
    japanese = [word for word in command.also if not word.isascii()]
    return japanese[0] if reader.language == "ja" and japanese else command.word


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode()
