"""The menu, words we do not know, the home page, languages and the way to the portal."""

from bot.cards import sentence
from bot.events import OpenedHome, Said
from bot.language import LANGUAGES, Reader
from bot.replies import Answer, Home, Redraw, Whisper
from bot.router import Command, Router, plain
from handlers.home import actions, cards, texts
from handlers.home.nudges import ask_back
from handlers.turn import Turn
from storage import joining, people
from storage.communities import Community, in_tenant
from storage.communities import Settings as Communities
from storage.doors import Doors
from storage.joining import Joins

DESK = "desk"  # the word that opens the secretariat's desk

router: Router[Turn] = Router()


# --- the menu ------------------------------------------------------------------------------------


def _menu(turn: Turn, *, unknown: str = "", admin: bool = False) -> Answer:
    if turn.member is None:
        return Whisper(turn.house.hello(turn))
    mine = [one for one in turn.house.commands if one.admin == admin and (not admin or turn.house.offers(turn, one))]
    return Whisper(cards.menu(turn.reader, mine, unknown=unknown, admin=admin))


@router.asked(
    Command("help", texts.HELP_COMMAND, also=("ヘルプ", "へるぷ", "使い方", "?", "menu", "メニュー")), strangers=True
)
def help_(turn: Turn, _: str) -> Answer:
    """What can be typed."""
    return _menu(turn)


@router.asked(
    Command("help", texts.ADMIN_HELP_COMMAND, also=("ヘルプ", "へるぷ", "使い方", "?"), admin=True), supporters=True
)
def admin_help(turn: Turn, _: str) -> Answer:
    """What the secretariat can type."""
    return _menu(turn, admin=True)


@router.otherwise(strangers=True)
def otherwise(turn: Turn, words: str) -> Answer:
    """Nothing, or a word we do not know."""
    return _menu(turn, unknown=_short(words))


@router.otherwise(admin=True, supporters=True)
def admin_otherwise(turn: Turn, words: str) -> Answer:
    """Nothing after `/enishi-admin`, which asks for the desk, or a word we do not know."""
    if not words.strip():
        return turn.house.ask(turn, DESK, admin=True)
    return _menu(turn, unknown=_short(words), admin=True)


@router.pressed(actions.Menu, strangers=True)
def menu(turn: Turn, wish: actions.Menu) -> Answer:
    """The commands, from the home page; for the secretariat, its desk."""
    return turn.house.ask(turn, DESK, admin=True) if wish.admin else _menu(turn)


@router.pressed(actions.Run)
def run(turn: Turn, wish: actions.Run) -> Answer:
    """A command by its button, for whoever cannot or would not type."""
    return turn.house.ask(turn, wish.words, admin=wish.admin)


def _short(words: str) -> str:
    """Enough of what was typed to recognise it."""
    shown = " ".join(words.split())
    return shown if len(shown) <= 40 else shown[:40] + "…"  # noqa: PLR2004 - a line of a phone


@router.on(Said, strangers=True)
def said(turn: Turn, event: Said) -> Answer:
    """Written to the bot in the one-to-one chat: taken as a command, with or without `/enishi`."""
    words = event.text.strip()
    for prefix in ("/enishi", "enishi"):
        if words.casefold().startswith(prefix):
            words = words[len(prefix) :].strip()
            break
    return turn.house.ask(turn, words)


# --- the home page -------------------------------------------------------------------------------


def _page(turn: Turn) -> Answer:
    """Each feature's part, one below the other."""
    if turn.member is None:
        return Home(turn.house.hello(turn))
    other = next(language for language in LANGUAGES if language != turn.reader.language)
    return Home(cards.home(turn.member, [part(turn) for part in turn.house.home_parts], other))


@router.on(OpenedHome, strangers=True)
def opened_home(turn: Turn, _: OpenedHome) -> Answer:
    """Somebody looks at it."""
    return _page(turn)


@router.asked(Command("home", texts.HOME_COMMAND, also=("ホーム", "ほーむ")), strangers=True)
def home(turn: Turn, _: str) -> Answer:
    """Where a platform has no home page for a bot, and for whoever would rather type."""
    return _page(turn)


# --- language and portal ---------------------------------------------------------------------------


@router.asked(Command("language", texts.LANGUAGE_COMMAND, also=("言語", "げんご", "lang", "ことば"), hint="ja | en"))
def language(turn: Turn, words: str) -> Answer:
    """`/enishi language en`, or a choice of two buttons."""
    wish = {"ja": "ja", "日本語": "ja", "japanese": "ja", "en": "en", "英語": "en", "english": "en"}
    chosen = wish.get(words.strip().casefold())
    return _speak(turn, chosen) if chosen else Whisper(cards.languages(turn.reader))


@router.pressed(actions.Speak)
def speak(turn: Turn, wish: actions.Speak) -> Answer:
    """Read in this language from now on."""
    return _speak(turn, wish.language if wish.language in LANGUAGES else turn.reader.language)


def _speak(turn: Turn, chosen: str) -> Answer:
    turn.people.speak(turn.me.id, chosen)
    return Whisper(sentence(Reader(chosen, turn.reader.zone)(texts.SPEAKS)))


@router.asked(Command("portal", texts.PORTAL_COMMAND, also=("ポータル", "マイページ", "web")))
def portal(turn: Turn, _: str) -> Answer:
    """A link that opens once."""
    if turn.event.where.surface == "portal":
        return Whisper(sentence(turn.reader(texts.PORTAL_ALREADY)))
    if turn.house.link is None:
        return Whisper(sentence(turn.reader(texts.PORTAL_NONE)))
    nonce = Doors(turn.work, turn.community.id).invite(turn.me.id)
    return Whisper(cards.link(turn.reader, turn.house.link(nonce)))


# --- several communities, several accounts ---------------------------------------------------------


@router.asked(Command("community", texts.COMMUNITY_COMMAND, also=("コミュニティ", "こみゅにてぃ")))
def community(turn: Turn, words: str) -> Answer:
    """Which one is meant, by name or by a button; those that live here and one is not in can be joined."""
    if wish := next((one for one in turn.others if words and plain(words) == plain(one.name)), None):
        return _choose(turn, wish)
    mine = {turn.community.id, *(one.id for one in turn.others)}
    living_here = in_tenant(turn.work, turn.event.where.surface, turn.event.where.tenant)
    new = [one for one in living_here if one.id not in mine]
    return Whisper(cards.chosen(turn.reader, turn.community, turn.others, new))


@router.pressed(actions.Choose)
def choose(turn: Turn, _: actions.Choose) -> Answer:
    """The card says which."""
    return _choose(turn, turn.community)


def _choose(turn: Turn, wish: Community) -> Answer:
    people.choose(turn.work, turn.event.who.handle, wish.id)
    return Redraw(sentence(turn.reader(texts.CHOSEN, community=wish.name)))


@router.asked(Command("link", texts.LINK_COMMAND, also=("つなぐ", "連携"), hint="[code]"), strangers=True)
def link(turn: Turn, words: str) -> Answer:
    """Without a code: one to type elsewhere.  With one: whether both accounts are the same person's."""
    if not words.strip():
        if turn.member is None:
            return Whisper(turn.house.hello(turn))
        return Whisper(cards.code(turn.reader, Joins(turn.work, turn.community.id).offer(turn.member.id)))
    offer = joining.find(turn.work, words)
    if offer is None or offer.other not in {None, turn.event.who.handle}:
        return Whisper(sentence(turn.reader(texts.CODE_WRONG)))
    if any(one.id == offer.member for one in people.everywhere(turn.work, turn.event.who.handle)):
        return Whisper(sentence(turn.reader(texts.CODE_OWN)))
    name = Communities(turn.work, offer.community).get().name
    return Whisper(cards.sure(turn.reader, joining.plain(words), name))


@router.pressed(actions.Take, strangers=True)
def take(turn: Turn, wish: actions.Take) -> Answer:
    """This side said yes; the other is asked by a message of its own."""
    offer = joining.find(turn.work, wish.code)
    if offer is None or offer.other not in {None, turn.event.who.handle}:
        return Redraw(sentence(turn.reader(texts.CODE_WRONG)))
    Joins(turn.work, offer.community).take(wish.code, turn.event.who.handle)
    asked = ask_back(turn.work, offer, joining.plain(wish.code), turn.event.who.handle)
    return Redraw(sentence(turn.reader(texts.TAKEN if asked else texts.TAKEN_NOWHERE)))


@router.pressed(actions.Confirm)
def confirm(turn: Turn, wish: actions.Confirm) -> Answer:
    """The side that got the code has the last word."""
    joins = Joins(turn.work, turn.community.id)
    other = joins.taken_by(turn.me.id)
    if other is None or not wish.yes:
        joins.drop(turn.me.id)
        return Redraw(sentence(turn.reader(texts.NOT_JOINED)))
    joins.join(turn.me.id, other)
    return Redraw(sentence(turn.reader(texts.JOINED_ACCOUNTS)))
