"""All groups of an event as pages to print, made when the link is opened.

Names stand there as far as whoever takes the file may see them.
"""

from html import escape

from bot.files import File
from handlers.events.before import circle, texts
from storage.audit import Audit
from storage.events import Events, State
from storage.grouping import Grouping, Themes
from storage.handouts import Maker
from storage.people import Area, Member
from storage.seats import Sitter
from storage.work import Work

KIND = "events.groups"
_STYLE = (
    "body{font:14pt/1.6 system-ui,sans-serif;margin:0;color:#111;background:#fff}"
    "section{padding:1.5cm;max-width:18cm}"
    "section+section{break-before:page}"
    "h1{font-size:26pt;line-height:1.25;margin:0 0 .3em}"
    "h2{font-size:14pt;margin:1em 0 .2em}"
    "p{margin:0;white-space:pre-line}"
)


def pages(work: Work, member: Member, event_id: str) -> File | None:
    """One page a group; None for whoever does not run the event, or when there are no groups (any more)."""
    event = Events(work, member.community.id).get(event_id)
    themes = Grouping(work, member.community.id).get(event_id).themes
    if event is None or event.state is not State.ANNOUNCED or themes is None or not themes.groups:
        return None
    if not (event.is_run_by(member.id) or member.may(Area.CONTENT)):
        return None
    made, _ = circle.circles(work, member.community.id, event, themes)
    sheets = "".join(_sheet(work, member, themes, n, some) for n, some in enumerate(made, 1))
    reader = member.reader
    title = escape(reader(texts.GROUPS_PAGE, title=event.title(reader.language)))
    head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    page = f'<!doctype html><html lang="{reader.language}"><head>{head}</head><body>{sheets}</body></html>'
    Audit(work, member.community.id).record(member, "event.groups_printed", event_id)
    name = f"{reader(texts.PRINT_NAME)}-{reader.local(event.starts_at).date().isoformat()}.html"
    return File(name, "text/html; charset=utf-8", page.encode())


def _sheet(work: Work, member: Member, themes: Themes, number: int, some: list[Sitter]) -> str:
    reader = member.reader
    names = circle.named(work, member.community, some, member)
    facts = "".join(
        f"<h2>{escape(label)}</h2><p>{escape(words)}</p>" for label, words in circle.facts(reader, themes, names)
    )
    return f"<section><h1>{escape(circle.title(reader, themes, number))}</h1>{facts}</section>"


FILES: dict[str, Maker] = {KIND: pages}
