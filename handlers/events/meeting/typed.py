"""What is typed about meetings, read: what can be kept, or one sentence for each field that cannot."""

from bot.language import Reader
from bot.router import plain
from handlers.events.before import texts as before_texts
from handlers.events.meeting import actions, desk_actions, texts, texts_desk
from handlers.events.typed import Errors, is_address, number_in
from handlers.profiles import tidy
from handlers.turn import Turn
from storage.meetings import LINE_MAX, LINK_MAX, MINUTES, MINUTES_MAX, TITLE_MAX, Topic
from storage.people import Member

SEVERAL = 5  # names that are told when several fit


def topic(reader: Reader, typed: actions.Proposed | desk_actions.ItemTyped) -> tuple[Topic | None, Errors]:
    """An item."""
    title, line, link = tidy(typed.title), tidy(typed.line), typed.link.strip()
    minutes = number_in(typed.minutes) if typed.minutes.strip() else MINUTES
    errors = {
        name: reader(texts.TOO_LONG, max=most)
        for name, words, most in (("title", title, TITLE_MAX), ("line", line, LINE_MAX), ("link", link, LINK_MAX))
        if len(words) > most
    }
    if not title:
        errors["title"] = reader(texts.NO_TITLE)
    if not 0 < (minutes or 0) <= MINUTES_MAX:
        errors["minutes"] = reader(texts.BAD_MINUTES, max=MINUTES_MAX)
    if link and not is_address(link):
        errors.setdefault("link", reader(texts.BAD_LINK))
    if errors or minutes is None:
        return None, errors
    return Topic(title=title, line=line, minutes=minutes, link=link), {}


def member(turn: Turn, typed: str) -> Member | str:
    """The member of this name, among those whose name whoever types may see; or why there is none."""
    wanted, reader = plain(typed).replace(" ", ""), turn.reader
    seen = [(one, plain(one.name).replace(" ", "")) for one in turn.people.all() if one.is_seen_by(turn.me)]
    meant = [one for one, name in seen if name and name == wanted]
    if len(meant) == 1:
        return meant[0]
    if meant:
        return reader(texts_desk.TODO_SAME)
    near = sorted({one.name for one, name in seen if wanted in name})
    if not near:
        return reader(before_texts.APART_UNKNOWN)
    told = ", ".join(near[:SEVERAL]) + (" …" if len(near) > SEVERAL else "")
    return reader(before_texts.APART_SEVERAL, names=told)
