"""The groups of an event: who is in them, and how one looks to whoever reads it."""

from collections.abc import Collection, Iterable, Sequence

from bot.cards import Buttons, Card, Facts, Look, Piece, Text, button
from bot.language import Reader
from handlers.events import actions as event_actions
from handlers.events import facing
from handlers.events.before import rules, texts
from storage.communities import Community
from storage.events import Event
from storage.grouping import Grouping, Themes
from storage.people import Member
from storage.presets import Level
from storage.seating import Standing
from storage.seats import Seats, Sitter
from storage.work import Work


def coming(work: Work, community: str, event: Event) -> list[Sitter]:
    """Who comes to any part, once each."""
    seats = Seats(work, community)
    found = {one.member: one for part in event.parts for one in seats.sitters(event.id, part.id, Standing.GOING)}
    return list(found.values())


def circles(work: Work, community: str, event: Event, themes: Themes) -> tuple[list[list[Sitter]], list[Sitter]]:
    """Who of those who come sits in which group, and who in none."""
    people = {one.member: one for one in coming(work, community, event)}
    groups: list[list[Sitter]] = [[] for _ in themes.groups]
    without: list[Sitter] = []
    for who, wish in Grouping(work, community).wishes(event.id, people).items():
        (groups[wish.group - 1] if 0 < wish.group <= len(groups) else without).append(people[who])
    return groups, without


def count(here: Community, sitters: Collection[Sitter]) -> str:
    """How many they are, as may be told."""
    hidden = sum(one.level is Level.HIDDEN for one in sitters)
    return here.preset.shown(here.preset.counted(len(sitters) - hidden, hidden))


def covered(here: Community, sitters: Collection[Sitter]) -> bool:
    """Whether there are so many that hidden members among them are counted."""
    hidden = sum(one.level is Level.HIDDEN for one in sitters)
    return here.preset.counted(len(sitters) - hidden, hidden) == len(sitters)


def guests(work: Work, community: str, event: Event, some: Iterable[Sitter]) -> list[rules.Guest]:
    """The same people with what they chose, in nobody's order."""
    people = {one.member: one for one in some}
    return [
        rules.Guest(who, str(people[who].kind), wish.themes, people[who].level is Level.HIDDEN)
        for who, wish in Grouping(work, community).wishes(event.id, people).items()
    ]


def title(reader: Reader, themes: Themes, number: int) -> str:
    """What a group is called; counted from 1."""
    return reader(texts.GROUP_TITLE, number=reader.number(number), theme=themes.groups[number - 1].words)


def named(work: Work, here: Community, sitters: Sequence[Sitter], reader: Member, joint: str = "\n") -> str:
    """Names as far as this reader may see them, and how many others there are, as may be told."""
    names, others = facing.names(work, here, sitters, reader)
    lines = [joint.join(names)] if names else []
    if others:
        lines.append(reader.reader(texts.GROUP_OTHERS, count=others))
    return "\n".join(lines) or reader.reader(texts.GROUP_NOBODY)


def facts(reader: Reader, themes: Themes, names: str) -> list[tuple[str, str]]:
    """What stands on a group's card: the time and how it is used, who is in it, and questions to begin with."""
    first, talk, last = (reader.number(one) for one in rules.timing(themes.minutes))
    lasts = reader(texts.GROUP_MINUTES, count=themes.minutes)
    prompts = themes.prompts or tuple(reader(one) for one in texts.PROMPTS)
    asked = "\n".join(f"{number}. {words}" for number, words in enumerate(prompts, 1))
    return [
        (reader(texts.GROUP_LASTS), f"{lasts}\n{reader(texts.GROUP_ROUND, first=first, talk=talk, last=last)}"),
        (reader(texts.GROUP_PROMPTS), asked),
        (reader(texts.GROUP_WITH), names),
    ]


def pieces(
    work: Work, member: Member, themes: Themes, number: int, sitters: Sequence[Sitter], *, said: str = ""
) -> list[Piece]:
    """One group, as this member sees it."""
    reader = member.reader
    names = named(work, member.community, sitters, member)
    return [
        *([Text(said)] if said else []),
        Text(title(reader, themes, number), Look.HEADING),
        Facts(tuple(facts(reader, themes, names))),
        Text(reader(texts.GROUP_FOOT), Look.QUIET),
    ]


def own(work: Work, member: Member, event: Event, summary: str, *, told: bool = False) -> Card | None:
    """The group of this member, once groups are told; None when they have none."""
    here, reader = member.community, member.reader
    themes = Grouping(work, here.id).get(event.id).themes
    wish = Grouping(work, here.id).wish(event.id, member.id)
    if themes is None or not themes.published or not 0 < wish.group <= len(themes.groups):
        return None
    groups, without = circles(work, here.id, event, themes)
    if member.id in {one.member for one in without} or not any(
        one.member == member.id for one in groups[wish.group - 1]
    ):
        return None
    theme = themes.groups[wish.group - 1].words
    said = reader(texts.GROUPED, number=reader.number(wish.group), theme=theme) if told else ""
    shown = pieces(work, member, themes, wish.group, groups[wish.group - 1], said=said)
    back = button(reader(texts.TO_EVENT), event_actions.See(event=event.id))
    return Card(summary, (*shown, Buttons((back,))))
