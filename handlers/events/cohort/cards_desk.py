"""How the teams of a series look to whoever runs it."""

from collections.abc import Sequence

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Choice, Facts, Look, Piece, Text, button
from bot.language import Reader
from bot.replies import Form
from handlers.events import desk_actions as event_actions
from handlers.events import texts_desk as event_desk
from handlers.events import wording
from handlers.events.cohort import desk_actions as actions
from handlers.events.cohort import texts
from handlers.events.cohort import texts_desk as said_
from handlers.events.cohort.crew import Crew
from storage.events import Event

PAGE = 8  # teams of a page
Named = Sequence[tuple[str, str]]


def _back(reader: Reader, event_id: str) -> Button:
    return button(reader(event_desk.BACK_EVENT), event_actions.Run(event=event_id))


def teams(reader: Reader, event: Event, here: Crew, some: Sequence[tuple[int, str]], *, start: int, said: str) -> Card:
    """The teams of a page, each by number and names."""
    title = reader(said_.TITLE, title=event.title(reader.language))
    roll = here.found.roll
    pieces: list[Piece] = [Text(title, Look.HEADING), *([Text(said)] if said else [])]
    terms, without = here.found.terms, here.count(here.team(0)) if roll.book.teams else ""
    current = all(one.team in {0, one.told} for one in roll.places.values())
    facts = [
        (reader(texts.TEAMS), reader(texts.TEAMS_OF, count=terms.teams, places=reader.number(terms.places))),
        (reader(said_.IN), here.count(here.inside())),
        (reader(said_.WAIT), here.count(here.waiting())),
        (reader(said_.WITHOUT), without if without != "0" else ""),
        (reader(said_.TOLD), reader(said_.YES if roll.book.told and current else said_.NO) if roll.book.teams else ""),
    ]
    if here.found.is_over:
        on = here.of(tag for tag, one in roll.places.items() if one.goes_on)
        facts.append((reader(said_.ON), here.count(on)))
    pieces.append(Facts(tuple(fact for fact in facts if fact[1])))
    if some:
        pieces.append(Facts(tuple((reader(texts.TEAM_OF, number=number), names) for number, names in some)))
    else:
        pieces.append(Text(reader(said_.NONE)))
    pieces += [Buttons(tuple(row)) for row in _rows(reader, event, here, start) if row]
    return Card(reader(said_.BUTTON), (*pieces, Text(reader(said_.WHAT), Look.QUIET)))


def _rows(reader: Reader, event: Event, here: Crew, start: int) -> list[list[Button]]:
    made, forward, changing = here.found.roll.book.teams, list[Button](), list[Button]()
    make = actions.MakeTeams(event=event.id)
    if not here.found.is_over:
        if made:
            tell = actions.TellTeams(event=event.id)
            forward.append(button(reader(said_.TELL), tell, Look.PRIMARY, reader(said_.TELL_SURE)))
            forward.append(button(reader(said_.MAKE_AGAIN), make, Look.DANGER, reader(said_.MAKE_SURE)))
            changing.append(button(reader(said_.MOVE), actions.MoveOne(event=event.id)))
        else:
            forward.append(button(reader(said_.MAKE), make, Look.PRIMARY))
        if len(made) > 1:
            changing.append(button(reader(said_.SWAP), actions.SwapTwo(event=event.id)))
            changing.append(button(reader(said_.MERGE), actions.Merge(event=event.id)))
    else:
        forward.append(button(reader(said_.AGAIN), actions.Again(event=event.id), Look.PRIMARY))
    last = [button(reader(said_.MORE), actions.Teams(event=event.id, start=start + PAGE))]
    last = last if start + PAGE < len(made) else []
    last.append(button(reader(said_.CAME), actions.Came(event=event.id)))
    return [forward, changing, [*last, _back(reader, event.id)]]


def move(reader: Reader, event_id: str, people: Named, targets: Named) -> Form:
    """Who, and to which team."""
    fields = (
        Choice("member", reader(said_.WHO), tuple(people)),
        Choice("to", reader(said_.TO), tuple(targets)),
    )
    submit = pack(actions.OneMoved(event=event_id))
    return Form(reader(said_.MOVE), submit, reader(said_.MOVE_SEND), fields)


def swap(reader: Reader, event_id: str, people: Named) -> Form:
    """Who and who."""
    fields = (
        Choice("member", reader(said_.WHO), tuple(people)),
        Choice("other", reader(said_.AND_WHO), tuple(people)),
    )
    submit = pack(actions.TwoSwapped(event=event_id))
    return Form(reader(said_.SWAP), submit, reader(said_.SWAP_SEND), fields)


def merge(reader: Reader, event_id: str, pairs: Sequence[tuple[int, int]]) -> Form:
    """Which two."""
    options = tuple((f"{gone}-{kept}", reader(said_.PAIR, gone=gone, kept=kept)) for gone, kept in pairs)
    submit = pack(actions.Merged(event=event_id))
    return Form(reader(said_.MERGE), submit, reader(said_.MERGE_SEND), (Choice("pair", reader(said_.WHICH), options),))


def merge_effect(reader: Reader, event: Event, pair: str, teams: tuple[int, int], count: str, *, day: bool) -> Card:
    """What it leads to."""
    gone, kept = teams
    title = reader(said_.EFFECT)
    facts = ((reader(said_.EFFECT_KEPT, number=kept), count),)
    lines = [reader(said_.PAIR, gone=gone, kept=kept), reader(said_.EFFECT_TOLD)]
    lines += [reader(said_.EFFECT_DAY, gone=gone)] if day else []
    row = (
        button(reader(said_.MERGE_YES), actions.MergeSure(event=event.id, pair=pair), Look.PRIMARY),
        button(reader(said_.TO_TEAMS), actions.Teams(event=event.id)),
    )
    return Card(title, (Text(title, Look.HEADING), Text("\n".join(lines)), Facts(facts), Buttons(row)))


def came(reader: Reader, event: Event, dates: Sequence[tuple[Event, str]]) -> Card:
    """Who came, by date and team, in numbers."""
    title = reader(said_.CAME_TITLE, title=event.title(reader.language))
    facts = tuple((wording.briefly(reader, one.first), told) for one, told in dates)
    row = (button(reader(said_.TO_TEAMS), actions.Teams(event=event.id)), _back(reader, event.id))
    lists = [Facts(facts[n : n + 10]) for n in range(0, len(facts), 10)]
    return Card(title, (Text(title, Look.HEADING), *lists, Text(reader(said_.CAME_WHAT), Look.QUIET), Buttons(row)))
