"""What whoever runs an event sets up before it: themes, and the groups made of them.

Groups are made, filled, changed and told each by a press; nothing moves anybody by itself.
"""

from collections.abc import Mapping, Sequence

from bot.cards import Piece, sentence
from bot.language import Sentence
from bot.replies import Answer, Form, Redraw
from bot.router import Router, plain
from handlers.events import posting, running
from handlers.events import texts as event_texts
from handlers.events.asking import moderating
from handlers.events.before import cards_desk, circle, pitching, printing, rules, texts, told
from handlers.events.before import desk_actions as actions
from handlers.events.exchange import desk as exchange
from handlers.events.typed import number_in
from handlers.turn import Turn
from storage.apart import Apart
from storage.events import Event, State
from storage.grouping import (
    MINUTES_MAX,
    PROMPT_MAX,
    PROMPTS,
    SIZE_MAX,
    SIZE_MIN,
    THEME_MAX,
    THEMES_MAX,
    Grouping,
    Theme,
    Themes,
    fresh_theme,
)
from storage.people import People
from storage.presets import K, Level
from storage.seats import Sitter

router: Router[Turn] = Router()
Found = tuple[Event, Themes]


def _shelf(turn: Turn) -> Grouping:
    return Grouping(turn.work, turn.community.id)


def page(turn: Turn, event: Event, said: str = "") -> Redraw:
    """What is set up."""
    sections = (_themes(turn, event), pitching.section(turn, event), exchange.section(turn, event))
    return Redraw(cards_desk.page(turn.reader, event, (*sections, moderating.section(turn, event)), said))


@router.pressed(actions.Before, desk=True, supporters=True)
def before(turn: Turn, wish: actions.Before) -> Answer:
    """The same, from a button."""
    event = running.changing(turn, wish.event)
    return event if isinstance(event, Redraw) else page(turn, event)


def _themes(turn: Turn, event: Event) -> list[Piece]:
    reader, here, now = turn.reader, turn.community, _shelf(turn).get(event.id).themes
    if now is None:
        return cards_desk.themes(reader, event, None, ())
    people = circle.coming(turn.work, here.id, event)
    wishes = _shelf(turn).wishes(event.id, [one.member for one in people])
    per = [(theme.words, [one for one in people if theme.id in wishes[one.member].themes]) for theme in now.themes]
    counts = [reader(texts.THEME_COUNT, theme=words, count=circle.count(here, some)) for words, some in per]
    made = reader(texts.MADE_COUNT, count=len(now.groups)) if now.groups else reader(texts.MADE_NONE)
    facts = [
        (reader(texts.COMING), circle.count(here, people)),
        (reader(texts.HAVE_CHOSEN), "\n".join(counts)),
        (reader(texts.SIZE), reader.number(now.size)),
        (reader(texts.MADE), made),
        (reader(texts.TOLD), reader(texts.TOLD_YES if now.published else texts.TOLD_NO)),
    ]
    return cards_desk.themes(reader, event, now, facts)


# --- setting themes ------------------------------------------------------------------------------


@router.pressed(actions.SetThemes, desk=True, supporters=True)
def set_themes(turn: Turn, wish: actions.SetThemes) -> Form | Redraw:
    """Open the form."""
    event = running.changing(turn, wish.event)
    if isinstance(event, Redraw):
        return event
    now = _shelf(turn).get(event.id).themes
    typed = actions.ThemesSet(event=event.id)
    if now:
        typed = actions.ThemesSet(
            event=event.id,
            themes="\n".join(one.words for one in now.themes),
            size=str(now.size),
            minutes=str(now.minutes),
            prompts="\n".join(now.prompts),
        )
    return cards_desk.set_themes(turn.reader, typed)


@router.submitted(actions.ThemesSet, desk=True, supporters=True)
def themes_set(turn: Turn, typed: actions.ThemesSet) -> Answer:
    """Keep them; a theme that stays keeps those who chose it, and groups stay as they were made."""
    event = running.changing(turn, typed.event)
    if isinstance(event, Redraw):
        return event
    words, prompts = _lines(typed.themes), _lines(typed.prompts)
    size, minutes = number_in(typed.size) or 0, number_in(typed.minutes) or 0
    if errors := _amiss(turn, words, prompts, size, minutes):
        return cards_desk.set_themes(turn.reader, typed, errors)
    shelf, all_ = _shelf(turn), _shelf(turn).hold(event.id)
    old = {one.words: one.id for one in all_.themes.themes} if all_.themes else {}
    themes = tuple(Theme(id=old.get(one) or fresh_theme(), words=one) for one in words)
    new = {"themes": themes, "size": size, "minutes": minutes, "prompts": tuple(prompts)}
    now = all_.themes.model_copy(update=new) if all_.themes else Themes.model_validate(new)
    shelf.set(event.id, all_.model_copy(update={"themes": now}))
    running.note(turn, "event.themed", event.id)
    posting.revise(turn.work, turn.community.id, event.id)
    draft = texts.SAVED_DRAFT if event.state is State.DRAFT else texts.SAVED
    return page(turn, event, turn.reader(texts.SAVED_MADE if now.groups else draft))


def _lines(typed: str) -> list[str]:
    return [line for one in typed.splitlines() if (line := " ".join(one.split()))]


def _amiss(turn: Turn, words: Sequence[str], prompts: Sequence[str], size: int, minutes: int) -> Mapping[str, str]:
    reader, errors = turn.reader, dict[str, str]()
    if not 1 < len(words) <= THEMES_MAX:
        errors["themes"] = reader(texts.BAD_THEMES, max=THEMES_MAX)
    elif any(len(one) > THEME_MAX for one in words):
        errors["themes"] = reader(texts.BAD_THEME, max=THEME_MAX)
    elif len({plain(one) for one in words}) < len(words):
        errors["themes"] = reader(texts.BAD_SAME)
    if not SIZE_MIN <= size <= SIZE_MAX:
        errors["size"] = reader(texts.BAD_SIZE, min=SIZE_MIN, max=SIZE_MAX)
    if not 0 < minutes <= MINUTES_MAX:
        errors["minutes"] = cards_desk.wrong_minutes(reader)
    if len(prompts) > PROMPTS:
        errors["prompts"] = reader(texts.BAD_PROMPTS)
    elif any(len(one) > PROMPT_MAX for one in prompts):
        errors["prompts"] = reader(texts.BAD_THEME, max=PROMPT_MAX)
    return errors


# --- the groups ----------------------------------------------------------------------------------


def _found(turn: Turn, event_id: str) -> Found | Redraw:
    """An event with its themes, held, or why not."""
    event = running.changing(turn, event_id)
    if isinstance(event, Redraw):
        return event
    themes = _shelf(turn).hold(event.id).themes
    return (event, themes) if themes else page(turn, event)


def _groups(turn: Turn, event: Event, start: int = 0, said: str = "") -> Redraw:
    themes = _shelf(turn).get(event.id).themes
    if themes is None:
        return page(turn, event, said)
    made, without = circle.circles(turn.work, turn.community.id, event, themes)
    start = start if 0 <= start < len(made) else 0
    some = [
        (start + n + 1, circle.named(turn.work, turn.community, one, turn.me, joint=turn.reader(event_texts.AND)))
        for n, one in enumerate(made[start : start + cards_desk.PAGE])
    ]
    left = circle.count(turn.community, without) if without else ""
    left = "" if left == "0" else left
    return Redraw(cards_desk.groups(turn.reader, event, themes, some, start=start, without=left, said=said))


@router.pressed(actions.Groups, desk=True, supporters=True)
def groups(turn: Turn, wish: actions.Groups) -> Answer:
    """The groups, a page at a time."""
    found = _found(turn, wish.event)
    return found if isinstance(found, Redraw) else _groups(turn, found[0], wish.start)


def _save(turn: Turn, event: Event, made: rules.Made, themes: Themes) -> None:
    shelf = _shelf(turn)
    by_id = {one.id: one for one in themes.themes} | {one.id: one for one in themes.groups}
    new = {"groups": tuple(by_id[group.theme] for group in made.groups), "published": themes.published}
    shelf.set(event.id, shelf.get(event.id).model_copy(update={"themes": themes.model_copy(update=new)}))
    shelf.place(event.id, {who: n for n, group in enumerate(made.groups, 1) for who in group.members})


def _said(turn: Turn, made: rules.Made, people: Sequence[Sitter], words: Sentence) -> str:
    """What was done; among few people, that somebody asked for something would say too much."""
    kept = made.kept or len(people) < K
    return turn.reader(words) if kept else f"{turn.reader(words)} {turn.reader(texts.GROUPS_UNKEPT)}"


@router.pressed(actions.MakeGroups, desk=True, supporters=True)
def make(turn: Turn, wish: actions.MakeGroups) -> Answer:
    """All groups, anew."""
    found = _found(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    event, themes = found
    here = turn.community
    people = circle.coming(turn.work, here.id, event)
    told_of = circle.covered(here, people)
    seen = [one for one in people if told_of or one.level is not Level.HIDDEN]
    if len(seen) < SIZE_MIN:
        return _groups(turn, event, said=turn.reader(texts.GROUPS_FEW))
    guests = circle.guests(turn.work, here.id, event, people)
    apart = Apart(turn.work, here.id).pairs([one.id for one in guests])
    made = rules.make(guests, [one.id for one in themes.themes], themes.size, apart, told=told_of)
    _shelf(turn).clear(event.id)
    _save(turn, event, made, themes.model_copy(update={"published": False}))
    running.note(turn, "event.grouped", event.id)
    return _groups(turn, event, said=_said(turn, made, people, texts.GROUPS_DONE))


@router.pressed(actions.FillGroups, desk=True, supporters=True)
def fill(turn: Turn, wish: actions.FillGroups) -> Answer:
    """Whoever has no group joins one."""
    found = _found(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    event, themes = found
    if not themes.groups:
        return _groups(turn, event)
    now, without = circle.circles(turn.work, turn.community.id, event, themes)
    old = tuple(
        rules.Group(theme.id, tuple(one.member for one in some)) for theme, some in zip(themes.groups, now, strict=True)
    )
    late = circle.guests(turn.work, turn.community.id, event, without)
    people = [*(one for some in now for one in some), *without]
    apart = Apart(turn.work, turn.community.id).pairs([one.member for one in people])
    made = rules.fill(rules.Made(old, kept=True), late, apart)
    _save(turn, event, made, themes)
    return _groups(turn, event, said=_said(turn, made, people, texts.GROUPS_FILLED))


@router.pressed(actions.TellGroups, desk=True, supporters=True)
def tell(turn: Turn, wish: actions.TellGroups) -> Answer:
    """Whoever has a group they have not heard of hears it, and it stands on their card of the event."""
    found = _found(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    event, themes = found
    if not themes.groups or event.state is not State.ANNOUNCED:
        return _groups(turn, event)
    shelf, people = _shelf(turn), circle.coming(turn.work, turn.community.id, event)
    news = shelf.publish(event.id, [one.member for one in people])
    published = themes.model_copy(update={"published": True})
    shelf.set(event.id, shelf.get(event.id).model_copy(update={"themes": published}))
    told.grouped(turn.work, turn.community.id, event, news)
    running.note(turn, "event.groups_told", event.id)
    shown = any(one.member in news and one.level is not Level.HIDDEN for one in people)
    said = turn.reader(texts.GROUPS_TOLD if shown else texts.GROUPS_NO_NEWS)
    return _groups(turn, event, said=said)


# --- one group -----------------------------------------------------------------------------------


def _one(turn: Turn, event_id: str, number: int) -> tuple[Event, Themes, list[list[Sitter]]] | Redraw:
    """All groups, if there is one of this number."""
    found = _found(turn, event_id)
    if isinstance(found, Redraw):
        return found
    event, themes = found
    if not 0 < number <= len(themes.groups):
        return _groups(turn, event, said=turn.reader(texts.BAD_MOVE))
    return event, themes, circle.circles(turn.work, turn.community.id, event, themes)[0]


def _shown(turn: Turn, event_id: str, number: int, said: str = "") -> Redraw:
    found = _one(turn, event_id, number)
    if isinstance(found, Redraw):
        return found
    event, themes, made = found
    shown = circle.pieces(turn.work, turn.me, themes, number, made[number - 1], said=said)
    return Redraw(cards_desk.group(turn.reader, event, number, shown))


@router.pressed(actions.SeeGroup, desk=True, supporters=True)
def see_group(turn: Turn, wish: actions.SeeGroup) -> Answer:
    """One group as its card."""
    return _shown(turn, wish.event, wish.group)


def _names(turn: Turn, some: Sequence[Sitter]) -> list[tuple[str, str]]:
    """Those whom whoever acts may see, by id, in the order of their names."""
    shown = [one.member for one in some if one.level is not Level.HIDDEN]
    names = People(turn.work, turn.community.id).names(shown, turn.me)
    return sorted(((who, name) for who, name in names.items() if name), key=lambda one: one[1])


def _choice(turn: Turn, wish: actions.Move | actions.Swap) -> Form | Redraw:
    found = _one(turn, wish.event, wish.group)
    if isinstance(found, Redraw):
        return found
    event, themes, made = found
    people = _names(turn, made[wish.group - 1])
    if not people:
        return _shown(turn, event.id, wish.group, turn.reader(texts.NOBODY))
    others = [(str(n), circle.title(turn.reader, themes, n)) for n in range(1, len(made) + 1) if n != wish.group]
    if not others:
        return _shown(turn, event.id, wish.group, turn.reader(texts.ONE_GROUP))
    return cards_desk.move(turn.reader, wish, people, others)


@router.pressed(actions.Move, desk=True, supporters=True)
def move(turn: Turn, wish: actions.Move) -> Form | Redraw:
    """Open the form."""
    return _choice(turn, wish)


@router.pressed(actions.Swap, desk=True, supporters=True)
def swap(turn: Turn, wish: actions.Swap) -> Form | Redraw:
    """Open the form."""
    return _choice(turn, wish)


def _picked(
    turn: Turn, wish: actions.Moved | actions.SwapWith
) -> tuple[Event, list[list[Sitter]], tuple[str, str], int] | Redraw:
    """Who was picked, by id and name, and another group that there is, or why not."""
    found = _one(turn, wish.event, wish.group)
    if isinstance(found, Redraw):
        return found
    event, _, made = found
    who = next((one for one in _names(turn, made[wish.group - 1]) if one[0] == wish.member), None)
    to = number_in(wish.to) or 0
    if who is None or not 0 < to <= len(made) or to == wish.group:
        return _shown(turn, event.id, wish.group, turn.reader(texts.BAD_MOVE))
    return event, made, who, to


@router.submitted(actions.Moved, desk=True, supporters=True)
def moved(turn: Turn, wish: actions.Moved) -> Answer:
    """Somebody sits in another group."""
    found = _picked(turn, wish)
    if isinstance(found, Redraw):
        return found
    event, _, who, to = found
    _shelf(turn).place(event.id, {who[0]: to})
    return _shown(turn, event.id, to, turn.reader(texts.MOVED))


@router.submitted(actions.SwapWith, desk=True, supporters=True)
def swap_with(turn: Turn, wish: actions.SwapWith) -> Answer:
    """Ask with whom."""
    found = _picked(turn, wish)
    if isinstance(found, Redraw):
        return found
    event, made, who, to = found
    others = _names(turn, made[to - 1])
    if not others:
        return _shown(turn, event.id, wish.group, turn.reader(texts.NOBODY))
    return Redraw(cards_desk.swap_with(turn.reader, event.id, who, others, wish.group))


@router.pressed(actions.Swapped, desk=True, supporters=True)
def swapped(turn: Turn, wish: actions.Swapped) -> Answer:
    """They change places."""
    found = _found(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    event, themes = found
    made, _ = circle.circles(turn.work, turn.community.id, event, themes)
    at = {who: n for n, some in enumerate(made, 1) for who, _ in _names(turn, some)}
    here, there = at.get(wish.member), at.get(wish.other)
    if not here or not there or here == there:
        return _groups(turn, event, said=turn.reader(texts.BAD_MOVE))
    _shelf(turn).place(event.id, {wish.member: there, wish.other: here})
    return _shown(turn, event.id, here, turn.reader(texts.SWAPPED))


@router.pressed(actions.PrintGroups, desk=True, supporters=True)
def print_groups(turn: Turn, wish: actions.PrintGroups) -> Answer:
    """A link to all groups, a page each."""
    found = _found(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    url = turn.house.hand_out(turn, printing.KIND, found[0].id)
    if not url:
        return Redraw(sentence(turn.reader(texts.PRINT_NO_PORTAL)))
    return Redraw(cards_desk.printed(turn.reader, found[0].id, url))
