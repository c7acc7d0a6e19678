"""What can be said about calendars, and what we answer: the file of one event, and the address that calendars follow.

No route here leads to a seat, so none is `untraced`; and what is written down of a file that waits does not say which
event it is of, since that may be nobody's business.
"""

from collections.abc import Sequence

from bot.cards import Buttons, Card, Copy, Facts, Link, Look, Piece, Text, button, sentence
from bot.files import File
from bot.language import Msg
from bot.portal.door import SURFACE
from bot.replies import Answer, Redraw, Whisper
from bot.router import Router
from handlers.events import calendar_actions as actions
from handlers.events import entries, texts
from handlers.events import texts_calendar as said
from handlers.sections import Row, Section
from handlers.turn import Turn
from storage.events import Event, Events, State
from storage.feeds import Feed, Feeds
from storage.handouts import Maker
from storage.people import Member
from storage.work import Work

router: Router[Turn] = Router()
KIND = "event.calendar"
MARK = 16  # octets of the tag under which a file waits


# --- the file of one event -----------------------------------------------------------------------


@router.pressed(actions.ToCalendar)
def to_calendar(turn: Turn, wish: actions.ToCalendar) -> Answer:
    """The file itself on the portal, a link that opens once in a chat."""
    event = Events(turn.work, turn.community.id).get(wish.event)
    if event is None or event.state is State.DRAFT:
        return Whisper(sentence(turn.reader(texts.GONE)))
    url, once = _file(turn, event)
    if not url:
        return Whisper(sentence(turn.reader(said.NO_PORTAL)))
    reader, title = turn.reader, turn.reader(said.TITLE)
    pieces: list[Piece] = [Text(title, Look.HEADING), Text(reader(said.FILE_TEXT))]
    pieces.append(Buttons((Link(reader(said.FILE_SAVE), url), button(reader(said.FOLLOW), actions.Follow()))))
    pieces += [Text(reader(said.FILE_ONCE), Look.QUIET)] if once else []
    return Whisper(Card(title, tuple(pieces)))


def _file(turn: Turn, event: Event) -> tuple[str, bool]:
    """Where the file is, and whether it can be had only once; "" where there is no portal."""
    if turn.event.where.surface == SURFACE and turn.house.event:
        return turn.house.event(event.id), False
    return turn.house.hand_out(turn, KIND, _mark(turn.work, turn.me, event.id)), True


def _mark(work: Work, member: Member, event_id: str) -> str:
    return work.keys.tag("event.calendar", member.community.id, member.id, event_id)[:MARK].hex()


def _made(work: Work, member: Member, mark: str) -> File | None:
    """The file that waits under this mark."""
    shown = Events(work, member.community.id).upcoming(work.now - entries.KEPT, cancelled=True)
    found = next((one for one in shown if _mark(work, member, one.id) == mark), None)
    return entries.one(work, member, found.id) if found else None


FILES: dict[str, Maker] = {KIND: _made}


# --- the address ---------------------------------------------------------------------------------


def _feeds(turn: Turn) -> Feeds:
    return Feeds(turn.work, turn.community.id)


def page(turn: Turn, _: str = "") -> Answer:
    """What an address is, and the way to one."""
    return Whisper(_card(turn) if turn.house.calendar else sentence(turn.reader(said.NO_PORTAL)))


@router.pressed(actions.Follow)
def follow(turn: Turn, _: actions.Follow) -> Answer:
    """The same by a button."""
    return page(turn)


@router.pressed(actions.NewAddress)
def new_address(turn: Turn, wish: actions.NewAddress) -> Answer:
    """The address, once; one there is ends only by the button that says so, and not by an old card's."""
    if turn.house.calendar is None or (_feeds(turn).of(turn.me.id) and not wish.instead):
        return page(turn)
    url, reader = turn.house.calendar(_feeds(turn).renew(turn.me.id)), turn.reader
    title = reader(said.TITLE)
    opens = url.replace("https://", "webcal://", 1).replace("http://", "webcal://", 1)
    pieces = (
        Text(title, Look.HEADING),
        Copy(reader(said.ADDRESS), url),
        Copy(reader(said.ADDRESS_OPEN), opens),
        Text(reader(said.ADDRESS_HOW)),
        Text(reader(said.CARE), Look.QUIET),
    )
    return Whisper(Card(title, pieces))


@router.pressed(actions.EndAddress)
def end_address(turn: Turn, _: actions.EndAddress) -> Answer:
    """No address any more."""
    _feeds(turn).stop(turn.me.id)
    return Redraw(_card(turn, turn.reader(said.STOPPED)))


@router.pressed(actions.Widen)
def widen(turn: Turn, wish: actions.Widen) -> Answer:
    """What it shows from now on."""
    _feeds(turn).widen(turn.me.id, every=wish.every)
    return Redraw(_card(turn))


def _card(turn: Turn, done: str = "") -> Card:
    reader, title, mine = turn.reader, turn.reader(said.TITLE), _feeds(turn).of(turn.me.id)
    pieces: list[Piece] = [Text(title, Look.HEADING), *([Text(done)] if done else []), Text(reader(said.INTRO))]
    if mine:
        pieces.append(Text(reader(said.HAVE, month=reader.month(mine.made_month))))
        pieces.append(Text(reader(_shows(mine))))
        row = [
            button(reader(said.NARROW if mine.every else said.WIDEN), actions.Widen(every=not mine.every)),
            button(reader(said.RENEW), actions.NewAddress(instead=True), confirm=reader(said.RENEW_SURE)),
            button(reader(said.STOP), actions.EndAddress(), Look.DANGER, reader(said.STOP_SURE)),
        ]
    else:
        pieces += [] if done else [Text(reader(said.NONE))]
        row = [button(reader(said.MAKE), actions.NewAddress(), Look.PRIMARY)]
    pieces += [Buttons(tuple(row)), Text(reader(said.CARE), Look.QUIET), Text(reader(said.SHARED), Look.QUIET)]
    return Card(title, tuple(pieces))


def _shows(mine: Feed) -> Msg:
    return said.SHOWS_ALL if mine.every else said.SHOWS_MINE


# --- what is kept --------------------------------------------------------------------------------


def about(turn: Turn) -> Sequence[Piece]:
    """Whether they have an address, on the page of what is kept about them."""
    mine = _feeds(turn).of(turn.me.id)
    if mine is None:
        return ()
    reader = turn.reader
    fact = (reader(said.ABOUT_ADDRESS), f"{reader.month(mine.made_month)}\n{reader(_shows(mine))}")
    return (Facts((fact,)), Text(reader(said.ABOUT_SEEN), Look.QUIET))


def export(work: Work, member: Member) -> Section:
    """The same, in the copy they take along."""
    reader, mine = member.reader, Feeds(work, member.community.id).of(member.id)
    rows: list[Row] = [
        [
            ("made_month", reader(said.ABOUT_MONTH), f"{one.made_month:%Y-%m}"),
            ("shows", reader(said.ABOUT_SHOWS), reader(_shows(one))),
        ]
        for one in ([mine] if mine else [])
    ]
    return Section("calendar_address", reader(said.ABOUT_ADDRESS), reader(said.ABOUT_SEEN), rows)
