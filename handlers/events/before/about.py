"""What is stored about a member before events: themes, groups, a presentation, and whom they are kept apart from."""

from collections.abc import Sequence

from bot.cards import Facts, Piece
from handlers.events.before import conversation, texts
from handlers.events.before import texts_pitch as said
from handlers.events.exchange import about as exchange
from handlers.events.texts import AND, EXPORT_EVENT
from handlers.sections import Row, Section
from handlers.turn import Turn
from storage.apart import Apart
from storage.events import Event, Events
from storage.grouping import Grouping
from storage.people import Member, People
from storage.pitches import Pitches
from storage.work import Work

ROWS = 10  # facts a piece may hold


def about(turn: Turn) -> Sequence[Piece]:
    """On their page: of what is not over."""
    reader, facts = turn.reader, list[tuple[str, str]]()
    for event in Events(turn.work, turn.community.id).upcoming():
        title = event.title(reader.language)
        chosen, group, _ = _chosen(turn.work, turn.me, event)
        if chosen:
            facts.append((title, reader(texts.YOU_CHOSE, themes=reader(AND).join(chosen))))
        if group:
            facts.append((title, group))
        if one := Pitches(turn.work, turn.community.id).of(event.id, turn.me.id):
            facts.append((title, f"{reader(said.EXPORT)}: {one.pitch.title}"))
    facts += exchange.facts(turn.work, turn.me)
    if mine := conversation.listed(turn):
        facts.append((reader(texts.APART_ABOUT), ", ".join(one.name for one in mine)))
    return tuple(Facts(tuple(facts[start : start + ROWS])) for start in range(0, len(facts), ROWS))


def _chosen(work: Work, member: Member, event: Event) -> tuple[list[str], str, int]:
    """The words of the themes they chose, their group in a sentence, once it is told, and its number."""
    themes = Grouping(work, member.community.id).get(event.id).themes
    wish = Grouping(work, member.community.id).wish(event.id, member.id)
    if themes is None:
        return [], "", 0
    words = [found for found in map(themes.words, wish.themes) if found]
    if not themes.published or not 0 < wish.group <= len(themes.groups):
        return words, "", 0
    reader = member.reader
    theme = themes.groups[wish.group - 1].words
    return words, reader(texts.YOUR_GROUP, number=reader.number(wish.group), theme=theme), wish.group


def export(work: Work, member: Member) -> Sequence[Section]:
    """All that is still kept, of past events too."""
    reader, here = member.reader, member.community.id
    events = Events(work, here)
    chosen, presents = list[Row](), list[Row]()
    for event in [*events.upcoming(cancelled=True), *events.past(limit=_ALL, cancelled=True)]:
        title = ("event", reader(EXPORT_EVENT), event.title(reader.language))
        words, _, group = _chosen(work, member, event)
        if words or group:
            themes = ("themes", reader(texts.EXPORT_THEMES), " / ".join(words))
            chosen.append([title, themes, ("group", reader(texts.EXPORT_GROUP), str(group or ""))])
        if one := Pitches(work, here).of(event.id, member.id):
            about_ = [("title", reader(said.WHAT_TITLE), one.pitch.title)]
            about_ += [("line", reader(said.EXPORT_LINE), one.pitch.line)]
            about_ += [("state", reader(said.EXPORT_STATE), reader(said.DESK_STATES[one.answer]))]
            presents.append([title, *about_])
    some = People(work, here).some(Apart(work, here).of(member.id))
    apart: list[Row] = [[("name", reader(texts.APART_NAME), one.name)] for one in some if one.is_seen_by(member)]
    return (
        Section("event_groups", reader(texts.EXPORT_TITLE), reader(texts.EXPORT_SEEN), chosen),
        Section("event_pitches", reader(said.EXPORT), reader(said.EXPORT_SEEN), presents),
        exchange.export(work, member),
        Section("apart", reader(texts.APART_ABOUT), reader(texts.APART_SEEN), apart),
    )


def presents_at(work: Work, community: str, member_id: str) -> list[str]:
    """The coming events at which they would present, by id: where they may be named."""
    shelf = Pitches(work, community)
    return [event.id for event in Events(work, community).upcoming() if shelf.of(event.id, member_id)]


_ALL = 100_000
