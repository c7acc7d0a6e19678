"""What members can say about what comes before an event: themes, their group, and with whom they do not want to sit.

Every route is `untraced`: hidden members use the same, and nothing is written but what they chose.
"""

from bot.actions import pack
from bot.cards import Buttons, Card, Choices, Look, Piece, Text, TextInput, button, sentence
from bot.language import Sentence
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Router, plain
from handlers.events import cards, facing
from handlers.events import texts as event_texts
from handlers.events.before import actions, circle, seen, texts
from handlers.turn import Turn
from storage import apart
from storage.apart import Apart
from storage.events import Event, State
from storage.grouping import CHOSEN_MAX, Grouping, Themes
from storage.people import NAME_MAX, Member

router: Router[Turn] = Router()
SEVERAL = 5  # names that are told when several fit


def _says(turn: Turn, words: Sentence) -> Whisper:
    return Whisper(sentence(turn.reader(words)))


def found(turn: Turn, event_id: str) -> Event | None:
    """An event that is not over and not off."""
    one = facing.get(turn.work, turn.community.id, event_id)
    return one if one and one.state is State.ANNOUNCED and one.ends_at > turn.now else None


# --- choosing ------------------------------------------------------------------------------------


def _open(turn: Turn, event_id: str) -> tuple[Event, Themes] | Whisper:
    """The themes whoever acts may choose from, or why not."""
    event = found(turn, event_id)
    themes = Grouping(turn.work, turn.community.id).get(event_id).themes
    if event is None:
        return _says(turn, event_texts.GONE)
    if themes is None:
        return _says(turn, texts.NO_THEMES)
    if themes.published:
        return _says(turn, texts.CLOSED)
    return (event, themes) if seen.is_coming(turn.work, event, turn.me) else _says(turn, texts.NOT_COMING)


@router.pressed(actions.Choose, untraced=True)
def choose(turn: Turn, wish: actions.Choose) -> Form | Whisper:
    """Open the form."""
    open_ = _open(turn, wish.event)
    if isinstance(open_, Whisper):
        return open_
    now = Grouping(turn.work, turn.community.id).wish(wish.event, turn.me.id).themes
    return _form(turn, open_[1], actions.Chosen(event=wish.event, themes=now))


def _form(turn: Turn, themes: Themes, typed: actions.Chosen, errors: dict[str, str] | None = None) -> Form:
    reader = turn.reader
    options = tuple((one.id, one.words) for one in themes.themes)
    values = tuple(one for one in typed.themes if themes.words(one))
    label, hint = reader(texts.CHOOSE_LABEL), reader(texts.CHOOSE_HINT)
    fields = (Choices("themes", label, options, values, hint, most=CHOSEN_MAX),)
    submit = pack(actions.Chosen(event=typed.event))
    intro = (Text(reader(texts.CHOOSE_WHAT)),)
    return Form(reader(texts.CHOOSE_TITLE), submit, reader(texts.CHOOSE_SEND), fields, intro, errors or {})


@router.submitted(actions.Chosen, untraced=True)
def chosen(turn: Turn, typed: actions.Chosen) -> Answer:
    """Keep it."""
    open_ = _open(turn, typed.event)
    if isinstance(open_, Whisper):
        return open_
    event, themes = open_
    known = {one for one in typed.themes if themes.words(one)}
    if not 0 < len(known) <= CHOSEN_MAX:
        return _form(turn, themes, typed, {"themes": turn.reader(texts.CHOOSE_BAD)})
    kept = Grouping(turn.work, turn.community.id).choose(event.id, turn.me.id, known)
    said = turn.reader(texts.CHOSEN if kept else texts.CLOSED)
    return Redraw(facing.card(turn.work, turn.me, event, said))


@router.pressed(actions.MyGroup, untraced=True)
def my_group(turn: Turn, wish: actions.MyGroup) -> Answer:
    """The group, as it is now."""
    event = found(turn, wish.event)
    if event is None:
        return _says(turn, event_texts.GONE)
    summary = cards.summary(turn.reader, event.details)
    card = circle.own(turn.work, turn.me, event, summary)
    return Redraw(card) if card else _says(turn, texts.GROUP_NONE)


# --- not in one group with … ---------------------------------------------------------------------


def page(turn: Turn, _: str) -> Answer:
    """The list."""
    return Whisper(_list(turn))


def listed(turn: Turn) -> list[Member]:
    """Who stands on one's list, as far as one may see them; the others stay on it."""
    mine = turn.people.some(Apart(turn.work, turn.community.id).of(turn.me.id))
    return sorted((one for one in mine if one.is_seen_by(turn.me)), key=lambda one: one.name)


def _list(turn: Turn) -> Card:
    reader, title = turn.reader, turn.reader(texts.APART_TITLE)
    mine, row = listed(turn), [button(turn.reader(texts.APART_ADD), actions.AddApart(), Look.PRIMARY)]
    pieces: list[Piece] = [Text(title, Look.HEADING)]
    pieces.append(Text("\n".join(one.name for one in mine) if mine else reader(texts.APART_NOBODY)))
    if mine:
        drops = (button(reader(texts.APART_DROP, name=one.name), actions.DropApart(member=one.id)) for one in mine)
        pieces.append(Buttons(tuple(drops)))
        row.append(button(reader(texts.APART_CLEAR), actions.DropApart(), Look.DANGER))
    pieces += [Text(reader(texts.APART_WHAT), Look.QUIET), Buttons(tuple(row))]
    return Card(title, tuple(pieces))


@router.pressed(actions.Apart, untraced=True)
def show(turn: Turn, _: actions.Apart) -> Answer:
    """The same, from a button."""
    return Whisper(_list(turn))


@router.pressed(actions.AddApart, untraced=True)
def add(turn: Turn, _: actions.AddApart) -> Form:
    """Open the form."""
    return _name(turn, actions.AddedApart())


def _name(turn: Turn, typed: actions.AddedApart, error: str = "") -> Form:
    reader = turn.reader
    label, hint = reader(texts.APART_NAME), reader(texts.APART_HINT)
    fields = (TextInput("named", label, typed.named, hint, max_length=NAME_MAX),)
    intro = (Text(reader(texts.APART_WHAT)),)
    errors = {"named": error} if error else {}
    return Form(reader(texts.APART_TITLE), pack(actions.AddedApart()), reader(texts.APART_SEND), fields, intro, errors)


@router.submitted(actions.AddedApart, untraced=True)
def added(turn: Turn, typed: actions.AddedApart) -> Answer:
    """Everybody of this name whom one may see, or why nobody."""
    wanted, reader = plain(typed.named).replace(" ", ""), turn.reader
    names = {one.id: plain(one.name).replace(" ", "") for one in turn.people.all() if one.is_seen_by(turn.me)}
    meant = [who for who, name in names.items() if name and name == wanted]
    if not wanted or not (meant or any(wanted in name for name in names.values())):
        return _name(turn, typed, reader(texts.APART_UNKNOWN))
    if not meant:
        near = sorted({one.name for one in turn.people.some(who for who, name in names.items() if wanted in name)})
        told = ", ".join(near[:SEVERAL]) + (" …" if len(near) > SEVERAL else "")
        return _name(turn, typed, reader(texts.APART_SEVERAL, names=told))
    if meant == [turn.me.id]:
        return _name(turn, typed, reader(texts.APART_SELF))
    shelf = Apart(turn.work, turn.community.id)
    kept = [shelf.add(turn.me.id, one) for one in meant if one != turn.me.id]
    if not all(kept):
        return _name(turn, typed, reader(texts.APART_FULL, max=reader.number(apart.MOST)))
    return Redraw(_list(turn))


@router.pressed(actions.DropApart, untraced=True)
def drop(turn: Turn, wish: actions.DropApart) -> Answer:
    """One less, or nobody any more."""
    Apart(turn.work, turn.community.id).drop(turn.me.id, wish.member)
    return Redraw(_list(turn))
