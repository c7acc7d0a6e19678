"""The run-sheet of an event: one page for whoever runs it, made of the event and of the organisers' own lines."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Divider, Facts, Link, Look, Piece, Text, TextInput, button, sentence
from bot.codes import spelled
from bot.language import Reader, Sentence
from bot.replies import Answer, Form, Redraw
from bot.router import Router
from bot.sheets import Sheet
from handlers.events import cards, cards_desk, desk_actions, facing, running, texts, texts_desk, wording
from handlers.events import typed as read
from handlers.events.asking import desk_actions as asking_actions
from handlers.events.asking import texts_desk as asking_texts
from handlers.events.cards import Facing
from handlers.events.day import actions
from handlers.events.day import sheet_texts as said
from handlers.turn import Turn
from storage import moments
from storage.arrivals import Arrivals
from storage.asked import Asked
from storage.asked import State as Sorted
from storage.asking import Rounds
from storage.events import Event, Events, State
from storage.grouping import Grouping
from storage.people import Area, Member, People
from storage.pitches import Pitches
from storage.programme import Part
from storage.questions import worded
from storage.runsheets import LINES_MAX, Lines, RunSheets
from storage.work import Work

SHEET = "run"  # the kind of the page
SHOWN = 8  # events to choose from
FIELDS = {"who": said.WHO, **said.MOMENTS}

router: Router[Turn] = Router()


def nearest(turn: Turn, _: str = "") -> Answer:
    """The run-sheet of what comes next; of several, which."""
    coming = running.events(turn).upcoming()
    mine = [one for one in coming if running.runs_all(turn) or one.is_run_by(turn.me.id)]
    if not mine:
        return Redraw(sentence(turn.reader(said.SHEET_NONE)))
    if len(mine) == 1:
        return _shown(turn, mine[0])
    named = [(one.title(turn.reader.language), wording.briefly(turn.reader, one.first)) for one in mine[:SHOWN]]
    row = [
        button(label, actions.RunSheet(event=one.id))
        for label, one in zip(cards.labelled(named), mine[:SHOWN], strict=True)
    ]
    return Redraw(Card(turn.reader(said.SHEET), (Text(turn.reader(said.SHEET_WHICH)), Buttons(tuple(row)))))


def _mine(turn: Turn, event_id: str) -> Event | Redraw:
    found = running.get(turn, event_id)
    if isinstance(found, Redraw) or found.state is not State.CANCELLED:
        return found
    return Redraw(sentence(turn.reader(texts.CANCELLED)))


@router.pressed(actions.RunSheet, desk=True, supporters=True)
def run_sheet(turn: Turn, wish: actions.RunSheet) -> Answer:
    """The page, as a card."""
    found = _mine(turn, wish.event)
    return found if isinstance(found, Redraw) else _shown(turn, found)


@router.pressed(actions.EditSheet, desk=True, supporters=True)
def edit(turn: Turn, wish: actions.EditSheet) -> Form | Redraw:
    """Open the form with the lines there are."""
    found = _mine(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    now = RunSheets(turn.work, turn.community.id).get(found.id)
    return _form(turn.reader, actions.SheetTyped(event=found.id, **now.model_dump()))


@router.submitted(actions.SheetTyped, desk=True, supporters=True)
def typed(turn: Turn, wish: actions.SheetTyped) -> Answer:
    """Keep the lines."""
    found = _mine(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    lists = {name: read.lines(getattr(wish, name)) for name in FIELDS}
    errors = {name: over for name, text in lists.items() if (over := read.too_long(turn.reader, text, LINES_MAX))}
    if errors:
        return _form(turn.reader, wish, errors)
    RunSheets(turn.work, turn.community.id).keep(found.id, Lines(**lists))
    running.note(turn, "event.sheet", found.id)
    return _shown(turn, found, turn.reader(said.SAVED))


def _form(reader: Reader, now: actions.SheetTyped, errors: Mapping[str, str] | None = None) -> Form:
    hint = reader(said.EDIT_HINT, max=LINES_MAX)
    fields = tuple(
        TextInput(name, reader(label), getattr(now, name), hint, lines=4, max_length=LINES_MAX, required=False)
        for name, label in FIELDS.items()
    )
    intro = (Text(reader(said.EDIT_KEPT)),)
    submit = pack(actions.SheetTyped(event=now.event))
    return Form(reader(said.SHEET), submit, reader(said.SAVE), fields, intro, errors=errors or {})


def _shown(turn: Turn, found: Event, words: str = "") -> Redraw:
    page = turn.house.sheet(SHEET, found.id) if turn.house.sheet else ""
    return Redraw(card(turn.work, turn.me, found, words, page=page))


def sheet(work: Work, member: Member, event_id: str) -> Sheet | None:
    """The page to print, for whoever runs the event."""
    found = Events(work, member.community.id).get(event_id)
    if found is None or found.state is State.CANCELLED:
        return None
    runs = member.may(Area.CONTENT) or found.is_run_by(member.id)
    return Sheet(card(work, member, found)) if runs else None


# --- the page ------------------------------------------------------------------------------------


def card(work: Work, member: Member, found: Event, words: str = "", *, page: str = "") -> Card:
    """Everything that whoever runs the event needs at hand.  `page`: the address of the same to print."""
    reader, here = member.reader, member.community
    seen = facing.of(work, here, found, member)
    title = reader(said.SHEET_OF, title=found.title(reader.language))
    pieces: list[Piece] = [Text(title, Look.HEADING), *([Text(words)] if words else [])]
    if whole := _whole(reader, found, seen):
        pieces.append(Facts(tuple(whole)))
    for number, part in enumerate(found.parts):
        titled = [Text(wording.name(reader, part, number), Look.HEADING)] if len(found.parts) > 1 else []
        pieces += [Divider(), *titled]
        pieces.append(Facts(tuple(_part(reader, found, seen, part, Arrivals(work, here.id).code(part.id)))))
    presenters, groups = _presenters(work, member, found), _groups(work, here.id, found)
    asked = _asked(work, member, found)
    more = (
        (reader(said.PRESENTERS), "\n".join(presenters)),
        (reader(said.GROUPS), groups),
        (reader(asking_texts.SHEET_FACT), asked),
    )
    if presenters or groups or asked:
        pieces.append(Facts(tuple(fact for fact in more if fact[1])))
    lines = RunSheets(work, here.id).get(found.id)
    pieces += [Text(reader(said.WHO), Look.HEADING), Text(lines.who or reader(said.WHO_NONE))]
    todo = _todo(reader, found, presenters=bool(presenters), groups=bool(groups), asked=bool(asked))
    for name, label in said.MOMENTS.items():
        own = [line for line in getattr(lines, name).splitlines() if line.strip()]
        when = _when(found, name)
        heading = reader(said.SINCE, what=reader(label), when=reader.moment(when)) if when else reader(label)
        pieces.append(Text(heading, Look.HEADING))
        pieces.append(Text("\n".join(reader(said.TODO, line=line) for line in (*todo[name], *own))))
    row: list[Button | Link] = [button(reader(said.EDIT), actions.EditSheet(event=found.id))]
    row += [button(reader(asking_texts.HOST), asking_actions.Host(event=found.id))] if asked else []
    row += [Link(reader(said.PRINT), page)] if page else []
    row.append(button(reader(texts_desk.BACK_EVENT), desk_actions.Run(event=found.id)))
    return Card(reader(said.SHEET), (*pieces, Buttons(tuple(row))))


def _whole(reader: Reader, found: Event, seen: Facing) -> list[tuple[str, str]]:
    details, language = found.details, reader.language
    facts = [
        (reader(texts.ORGANISERS), ", ".join(filter(None, seen.organisers))),
        (reader(texts.LANGUAGE), wording.spoken(reader, details.languages)),
        (reader(texts.ACCESS), worded(details.access, language)),
        (reader(texts.CAPTIONS), worded(details.captions, language)),
        (reader(texts.FOR_WHOM), wording.kinds(reader, details.kinds) if details.kinds else ""),
        (reader(texts.GUESTS_MAX), reader(texts.GUESTS_MANY, count=details.guests) if details.guests else ""),
        (reader(texts.DEADLINE), cards.deadline(reader, details, found.parts)),
    ]
    return [fact for fact in facts if fact[1]]


def _part(reader: Reader, found: Event, seen: Facing, part: Part, code: str) -> list[tuple[str, str]]:
    facts = cards_desk.part_facts(reader, part)
    if found.state is State.ANNOUNCED:
        facts.append((reader(texts_desk.GOING), seen.taken.get(part.id, "")))
        facts.append((reader(texts_desk.WAITING), seen.waiting.get(part.id, "")))
        facts.append((reader(said.CODE), spelled(code)))
    return [fact for fact in facts if fact[1]]


def _presenters(work: Work, member: Member, found: Event) -> list[str]:
    """Those who have a slot, in their order, by name as far as whoever reads may see it."""
    some = [one for one in Pitches(work, member.community.id).all(found.id) if one.pitch.place]
    names, reader = People(work, member.community.id).names([one.member for one in some], member), member.reader
    lines = []
    for one in some:
        name = names.get(one.member)
        words = said.PRESENTER if name else said.PRESENTER_UNNAMED
        lines.append(reader(words, place=one.pitch.place, title=one.pitch.title, name=name or ""))
    return lines


def _groups(work: Work, community: str, found: Event) -> str:
    themes = Grouping(work, community).get(found.id).themes
    return "\n".join(f"{number}. {one.words}" for number, one in enumerate(themes.groups, 1)) if themes else ""


def _asked(work: Work, member: Member, found: Event) -> str:
    """How many questions without a name there are, "" where none can be asked."""
    if Rounds(work, member.community.id).get(found.id) is None:
        return ""
    states = [one.state for one in Asked(work, member.community.id).all(found.id)]
    new, shown = states.count(Sorted.NEW), states.count(Sorted.SHOWN)
    return member.reader(asking_texts.SHEET_COUNTS, new=new, shown=shown)


def _when(found: Event, name: str) -> datetime | None:
    first = found.first
    if name == "day":
        return moments.days_before(first.starts_local, first.zone)
    return moments.elapsed_before(first.starts_local, first.zone) if name == "hour" else None


def _todo(reader: Reader, found: Event, *, presenters: bool, groups: bool, asked: bool) -> dict[str, Sequence[str]]:
    """What there is to do, as far as the event makes it."""
    details, language = found.details, reader.language
    place, link = any(part.place for part in found.parts), any(part.link for part in found.parts)
    access, captions = worded(details.access, language), worded(details.captions, language)
    wanted: dict[str, list[tuple[object, Sentence]]] = {
        "day": [
            (place, said.PLACE_DAY),
            (link, said.LINK_DAY),
            (access, said.ACCESS_DAY),
            (captions, said.CAPTIONS_DAY),
            (any(part.capacity for part in found.parts), said.WAITING_DAY),
            (place, said.PRINT_DAY),
        ],
        "hour": [
            (place, said.PLACE_HOUR),
            (link, said.LINK_HOUR),
            (captions, said.CAPTIONS_HOUR),
            (presenters, said.PRESENTERS_HOUR),
            (groups, said.GROUPS_HOUR),
            (asked, asking_texts.SHEET_HOUR),
        ],
        "door": [(True, said.TAP_DOOR), (True, said.FREE_DOOR), (True, said.STRANGERS_DOOR)],
        "after": [(True, said.CONFIRM_AFTER), (True, said.SUMMARY_AFTER), (True, said.DELETE_AFTER)],
    }
    return {
        name: [reader(words, access=access, captions=captions) for needed, words in lines if needed]
        for name, lines in wanted.items()
    }
