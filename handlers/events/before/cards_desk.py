"""How what comes before an event looks to whoever runs it."""

from collections.abc import Mapping, Sequence

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Choice, Divider, Facts, Link, Look, Piece, Text, TextInput, button
from bot.language import Reader
from bot.replies import Form
from handlers.events import desk_actions as event_actions
from handlers.events.before import desk_actions as actions
from handlers.events.before import texts
from storage.events import Event
from storage.grouping import (
    MINUTES_MAX,
    PROMPT_MAX,
    PROMPTS,
    SIZE_MAX,
    SIZE_MIN,
    THEME_MAX,
    THEMES_MAX,
    Themes,
)

PAGE = 8  # groups of a page
Errors = Mapping[str, str]


def page(reader: Reader, event: Event, sections: Sequence[Sequence[Piece]], said: str = "") -> Card:
    """What is set up for an event."""
    title = reader(texts.BEFORE)
    heading = reader(texts.BEFORE_OF, title=event.title(reader.language))
    pieces: list[Piece] = [Text(heading, Look.HEADING)]
    pieces += [Text(said)] if said else []
    for section in sections:
        pieces += [*section, Divider()]
    back = button(reader(texts.TO_EVENT), event_actions.Run(event=event.id))
    return Card(title, (*pieces, Text(reader(texts.BEFORE_WHAT), Look.QUIET), Buttons((back,))))


def themes(reader: Reader, event: Event, now: Themes | None, facts: Sequence[tuple[str, str]]) -> list[Piece]:
    """Themes and groups, in short."""
    change = actions.SetThemes(event=event.id)
    pieces: list[Piece] = [Text(reader(texts.GROUPS), Look.HEADING)]
    if now is None:
        return [*pieces, Text(reader(texts.GROUPS_NONE)), Buttons((button(reader(texts.GROUPS_SET), change),))]
    row = (
        button(reader(texts.GROUPS_OPEN), actions.Groups(event=event.id), Look.PRIMARY),
        button(reader(texts.GROUPS_CHANGE), change),
    )
    return [*pieces, Facts(tuple(facts)), Buttons(row)]


def set_themes(reader: Reader, typed: actions.ThemesSet, errors: Errors | None = None) -> Form:
    """The form of the themes."""
    fields = (
        TextInput(
            "themes",
            reader(texts.SET_THEMES),
            typed.themes,
            reader(texts.SET_THEMES_HINT, max=THEMES_MAX),
            lines=5,
            max_length=(THEME_MAX + 1) * THEMES_MAX,
        ),
        TextInput(
            "size",
            reader(texts.SET_SIZE),
            typed.size,
            reader(texts.SET_SIZE_HINT, min=SIZE_MIN, max=SIZE_MAX),
            max_length=5,
        ),
        TextInput("minutes", reader(texts.SET_MINUTES), typed.minutes, max_length=5),
        TextInput(
            "prompts",
            reader(texts.SET_PROMPTS),
            typed.prompts,
            reader(texts.SET_PROMPTS_HINT),
            lines=3,
            max_length=(PROMPT_MAX + 1) * PROMPTS,
            required=False,
        ),
    )
    submit = pack(actions.ThemesSet(event=typed.event))
    return Form(reader(texts.SET_TITLE), submit, reader(texts.SET_SEND), fields, errors=errors or {})


def wrong_minutes(reader: Reader) -> str:
    """The sentence for a number of minutes that is none."""
    return reader(texts.BAD_SIZE, min=1, max=MINUTES_MAX)


# --- the groups ----------------------------------------------------------------------------------


def groups(
    reader: Reader,
    event: Event,
    now: Themes,
    some: Sequence[tuple[int, str]],
    *,
    start: int,
    without: str,
    said: str,
) -> Card:
    """The groups of a page, each by number and names; `without`: how many have none, "" for nobody."""
    title = reader(texts.GROUPS_PAGE, title=event.title(reader.language))
    pieces: list[Piece] = [Text(title, Look.HEADING), *([Text(said)] if said else [])]
    if some:
        line = tuple(
            (reader(texts.GROUP_LINE, number=number, theme=now.groups[number - 1].words), names)
            for number, names in some
        )
        row = [
            button(reader(texts.GROUP_SEE, number=number), actions.SeeGroup(event=event.id, group=number))
            for number, _ in some
        ]
        if start + PAGE < len(now.groups):
            row.append(button(reader(texts.MORE), actions.Groups(event=event.id, start=start + PAGE)))
        pieces += [Facts(line), Buttons(tuple(row))]
    else:
        pieces.append(Text(reader(texts.GROUPS_EMPTY)))
    pieces += [Facts(((reader(texts.WITHOUT), without),))] if without and some else []
    pieces.append(Buttons(_groups_row(reader, event, now)))
    return Card(reader(texts.GROUPS), tuple(pieces))


def _groups_row(reader: Reader, event: Event, now: Themes) -> tuple[Button, ...]:
    """Seating the others is always offered: whether somebody waits for it may be nobody's business."""
    make = actions.MakeGroups(event=event.id)
    back = button(reader(texts.TO_BEFORE), actions.Before(event=event.id))
    if not now.groups:
        return button(reader(texts.GROUPS_MAKE), make, Look.PRIMARY), back
    again = button(reader(texts.GROUPS_AGAIN), make, Look.DANGER, reader(texts.GROUPS_AGAIN_SURE))
    tell = actions.TellGroups(event=event.id)
    row = (
        button(reader(texts.GROUPS_TELL), tell, Look.PRIMARY, reader(texts.GROUPS_TELL_SURE)),
        button(reader(texts.GROUPS_FILL), actions.FillGroups(event=event.id)),
    )
    return (*row, again, button(reader(texts.GROUPS_PRINT), actions.PrintGroups(event=event.id)), back)


def group(reader: Reader, event: Event, number: int, shown: Sequence[Piece]) -> Card:
    """One group, with what can be done about it."""
    row = (
        button(reader(texts.MOVE), actions.Move(event=event.id, group=number)),
        button(reader(texts.SWAP), actions.Swap(event=event.id, group=number)),
        button(reader(texts.TO_GROUPS), actions.Groups(event=event.id, start=(number - 1) // PAGE * PAGE)),
    )
    return Card(reader(texts.GROUPS), (*shown, Buttons(row)))


People = Sequence[tuple[str, str]]


def move(reader: Reader, wish: actions.Move | actions.Swap, people: People, others: People) -> Form:
    """Who, and to which group or with somebody of which."""
    swap = isinstance(wish, actions.Swap)
    to = reader(texts.SWAP_TO if swap else texts.MOVE_TO)
    fields = (Choice("member", reader(texts.MOVE_WHO), tuple(people)), Choice("to", to, tuple(others)))
    form = actions.SwapWith if swap else actions.Moved
    submit = pack(form(event=wish.event, group=wish.group))
    title = reader(texts.SWAP if swap else texts.MOVE)
    return Form(title, submit, reader(texts.SWAP_SEND if swap else texts.MOVE_SEND), fields)


def swap_with(reader: Reader, event_id: str, who: tuple[str, str], others: People, group: int) -> Card:
    """With whom somebody changes places."""
    words = reader(texts.SWAP_WITH, name=who[1])
    row = [button(name, actions.Swapped(event=event_id, member=who[0], other=other)) for other, name in others]
    back = button(reader(texts.TO_GROUPS), actions.SeeGroup(event=event_id, group=group))
    rows = [Buttons(tuple(row[n : n + PAGE])) for n in range(0, len(row), PAGE)]
    return Card(reader(texts.SWAP), (Text(words), *rows, Buttons((back,))))


def printed(reader: Reader, event_id: str, url: str) -> Card:
    """A link that opens once."""
    row = (Link(reader(texts.PRINT_LINK), url), button(reader(texts.TO_GROUPS), actions.Groups(event=event_id)))
    return Card(reader(texts.GROUPS_PRINT), (Text(reader(texts.PRINT_WHAT)), Buttons(row)))
