"""How the menu and the home page look."""

from collections.abc import Iterable, Sequence

from bot.cards import Button, Buttons, Card, Divider, Facts, Link, Look, Piece, Text, button
from bot.language import Reader
from bot.router import Command
from handlers.home import actions, texts
from storage.communities import Community
from storage.people import Member

LANGUAGES = (("ja", "日本語"), ("en", "English"))  # each in its own words, for whoever cannot read the other
SURFACES = {"slack": "Slack", "teams": "Microsoft Teams", "portal": "Web"}
ROWS = 10  # facts a piece may hold


def menu(reader: Reader, commands: Iterable[Command], *, unknown: str = "", admin: bool = False) -> Card:
    """The commands, in the reader's language, after a word about one we do not know."""
    title = reader(texts.MENU_DESK_TITLE if admin else texts.MENU_TITLE)
    lead = reader(texts.MENU_UNKNOWN, word=unknown) if unknown else title
    prefix = "/enishi-admin" if admin else "/enishi"
    there = [(command, command.spelled(reader.language)) for command in commands if command.admin == admin]
    lines = [(f"{prefix} {word} {command.hint}".strip(), reader(command.summary)) for command, word in there]
    facts = (Facts(tuple(lines[start : start + ROWS])) for start in range(0, len(lines), ROWS))
    # for whoever cannot type commands (guests of some workspaces), or would rather not
    row = tuple(
        button(word, actions.Run(words=command.word, admin=admin), opens_form=command.opens_form)
        for command, word in there
        if command.word != "help"
    )
    look = Look.PLAIN if unknown else Look.HEADING
    buttons = (Buttons(row[start : start + ROWS]) for start in range(0, len(row), ROWS))
    return Card(lead, (Text(lead, look), *facts, *buttons, Text(reader(texts.MENU_FOOT), Look.QUIET)))


def home(member: Member, sections: Sequence[Sequence[Piece]], other_language: str) -> Card:
    """A member's page: each feature's part, and the few things that are always there."""
    reader = member.reader
    title = reader(texts.HOME_TITLE, name=member.name) if member.name else reader(texts.HOME_TITLE_NAMELESS)
    pieces: list[Piece] = [Text(title, Look.HEADING)]
    for section in filter(None, sections):
        pieces += [*section, Divider()]
    row = [button(reader(texts.HOME_MENU), actions.Menu()), _speak(reader, other_language)]
    if member.role.runs_events:  # whoever has a desk
        row.append(button(reader(texts.HOME_DESK), actions.Menu(admin=True)))
    foot = Text(reader(texts.HOME_READING, zone=reader.zone), Look.QUIET)
    return Card(reader(texts.HOME_SUMMARY), (*pieces, Buttons(tuple(row)), foot))


def _speak(reader: Reader, language: str) -> Button:
    words = texts.JAPANESE if language == "ja" else texts.ENGLISH
    return button(Reader(language, reader.zone)(words), actions.Speak(language=language))


def languages(reader: Reader) -> Card:
    """Both languages, each in its own words."""
    words = reader(texts.LANGUAGE_WHICH)
    return Card(words, (Text(words), Buttons(tuple(_speak(reader, code) for code, _ in LANGUAGES))))


def which(reader: Reader, communities: Sequence[Community]) -> Card:
    """Which of several communities is meant, to somebody new."""
    words = reader(texts.WHICH)
    row = tuple(button(one.name, actions.Menu(at=one.id)) for one in communities)
    return Card(words, (Text(words), Buttons(row)))


def chosen(reader: Reader, here: Community, others: Sequence[Community], new: Sequence[Community]) -> Card:
    """Which community commands go to, the others one is in, and those one could join."""
    words = reader(texts.CHOSEN, community=here.name)
    pieces: list[Piece] = [Text(words)]
    if others:
        row = tuple(button(one.name, actions.Choose(at=one.id)) for one in others)
        pieces += [Text(reader(texts.CHOOSE)), Buttons(row)]
    if new:
        row = tuple(button(one.name, actions.Menu(at=one.id)) for one in new)
        pieces += [Text(reader(texts.CHOOSE_NEW)), Buttons(row)]
    return Card(words, tuple(pieces))


def code(reader: Reader, written: str) -> Card:
    """A code to type on the other account."""
    words = reader(texts.CODE)
    word = "つなぐ" if reader.language == "ja" else "link"
    typed = Text(f"/enishi {word} {written}", Look.QUOTE)
    return Card(words, (Text(words), typed, Text(reader(texts.CODE_CARE), Look.QUIET)))


def sure(reader: Reader, written: str, community: str) -> Card:
    """Whether the account that typed the code is to be joined."""
    words = reader(texts.SURE, community=community)
    row = Buttons((button(reader(texts.SURE_YES), actions.Take(code=written), Look.PRIMARY),))
    return Card(words, (Text(words), row))


def asked_back(reader: Reader, surface: str) -> Card:
    """To whose code it was: somebody typed it."""
    words = reader(texts.ASKED_BACK, surface=SURFACES.get(surface, surface))
    row = (
        button(reader(texts.ASKED_YES), actions.Confirm(yes=True), Look.PRIMARY),
        button(reader(texts.ASKED_NO), actions.Confirm(yes=False)),
    )
    return Card(reader(texts.HELLO_SUMMARY), (Text(words), Buttons(row)))


def link(reader: Reader, url: str) -> Card:
    """The way to one's own page."""
    words = reader(texts.PORTAL_HERE)
    return Card(words, (Text(words), Buttons((Link(reader(texts.PORTAL_OPEN), url),))))
