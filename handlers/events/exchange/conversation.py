"""What members can say about their cards, and about talking with somebody.

Every route is `untraced`, as all that lead to a row under a tag.  Whoever acts reads others' cards only while their own
can be read.
"""

from dataclasses import dataclass

from bot.cards import sentence
from bot.language import Sentence
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Router, plain
from handlers.events import facing
from handlers.events import texts as event_texts
from handlers.events.before import texts as before_texts
from handlers.events.exchange import actions, cards, rules, slips, texts, told
from handlers.events.exchange.rules import Between
from handlers.events.exchange.slips import Shown
from handlers.events.typed import too_long
from handlers.turn import Turn
from storage.events import Event
from storage.exchange import LINE_MAX, REACH_MAX, Exchange, Pair, Slip
from storage.presets import Level

router: Router[Turn] = Router()


@dataclass(frozen=True, slots=True)
class Two:
    """Whoever acts and somebody with a card, at an event that is held, and how it stands between them."""

    event: Event
    mine: Shown
    other: Shown
    pair: Pair

    @property
    def how(self) -> Between:
        """As whoever acts may know it."""
        return rules.between(*self.pair)


def _says(turn: Turn, words: Sentence) -> Whisper:
    return Whisper(sentence(turn.reader(words)))


def _shelf(turn: Turn) -> Exchange:
    return Exchange(turn.work, turn.community.id)


# --- one's own card ------------------------------------------------------------------------------


def _writing(turn: Turn, event_id: str) -> Event | Whisper:
    """An event at which whoever acts may have a card, or why not."""
    event = facing.get(turn.work, turn.community.id, event_id)
    if event is None:
        return _says(turn, event_texts.GONE)
    if not slips.is_open(turn.work, turn.community.id, event):
        return _says(turn, texts.CLOSED)
    return event if slips.is_coming(turn.work, event, turn.me) else _says(turn, before_texts.NOT_COMING)


@router.pressed(actions.WriteCard, untraced=True)
def write(turn: Turn, wish: actions.WriteCard) -> Form | Whisper:
    """Open the form with what there is."""
    event = _writing(turn, wish.event)
    if isinstance(event, Whisper):
        return event
    now = _shelf(turn).of(event.id, turn.me.id) or Slip()
    typed = actions.CardWritten(event=event.id, seeks=now.seeks, offers=now.offers, reach=now.reach)
    return _form(turn, typed)


def _form(turn: Turn, typed: actions.CardWritten, errors: dict[str, str] | None = None) -> Form:
    return cards.write(turn.reader, typed, seen=turn.me.level >= Level.MEMBERS, errors=errors)


@router.submitted(actions.CardWritten, untraced=True)
def written(turn: Turn, typed: actions.CardWritten) -> Answer:
    """Keep it: from now on it is read as the form said."""
    event = _writing(turn, typed.event)
    if isinstance(event, Whisper):
        return event
    new = {name: " ".join(getattr(typed, name).split()) for name in ("seeks", "offers", "reach")}
    most = {"seeks": LINE_MAX, "offers": LINE_MAX, "reach": REACH_MAX}
    errors = {name: over for name, text in new.items() if (over := too_long(turn.reader, text, most[name]))}
    if not new["seeks"] and not new["offers"]:
        errors["seeks"] = turn.reader(texts.EMPTY)
    if errors:
        return _form(turn, typed, errors)
    shelf = _shelf(turn)
    shelf.hold(event.id)
    shelf.write(event.id, turn.me.id, Slip(**new, level=turn.me.level))
    return _list(turn, event, said=turn.reader(texts.SHOWN))


@router.pressed(actions.DropCard, untraced=True)
def drop(turn: Turn, wish: actions.DropCard) -> Answer:
    """It is gone at once, for everybody."""
    event = facing.get(turn.work, turn.community.id, wish.event)
    if event is None:
        return _says(turn, event_texts.GONE)
    shelf = _shelf(turn)
    shelf.hold(event.id)
    shelf.drop(event.id, turn.me.id)
    return Redraw(facing.card(turn.work, turn.me, event, turn.reader(texts.DROPPED)))


# --- reading others' -----------------------------------------------------------------------------


def _reading(turn: Turn, event_id: str) -> tuple[Event, Shown, dict[str, Shown]] | Answer:
    """Whoever acts, with the cards of the others; or what they see instead, while theirs cannot be read."""
    event = facing.get(turn.work, turn.community.id, event_id)
    if event is None:
        return _says(turn, event_texts.GONE)
    there = dict(slips.readable(turn.work, turn.community.id, event))
    mine = there.pop(_shelf(turn).key(event.id, turn.me.id), None)
    if mine:
        return event, mine, there
    slip = _shelf(turn).of(event.id, turn.me.id)
    is_open = slips.is_open(turn.work, turn.community.id, event)
    coming = is_open and slips.is_coming(turn.work, event, turn.me)
    if slip:
        why = texts.RESTS_SHY if coming else texts.RESTS_AWAY if is_open else texts.RESTS_CLOSED
        return Redraw(cards.own(turn.reader, event, slip, why, writes=coming))
    if coming:
        return Redraw(cards.none(turn.reader, event, turn.reader(texts.NEEDS_CARD)))
    return _says(turn, before_texts.NOT_COMING if is_open else texts.CLOSED)


def _list(turn: Turn, event: Event, start: int = 0, *, words: str = "", said: str = "") -> Answer:
    reading = _reading(turn, event.id)
    if not isinstance(reading, tuple):
        return reading
    _, _, others = reading
    talks = _shelf(turn).talks(event.id, turn.me.id, [one.member.id for one in others.values()])
    found = [(one, rules.between(*talks[one.member.id])) for one in others.values() if _fits(one, words)]
    found.sort(key=lambda each: _ORDER.index(each[1]))
    start = start if 0 <= start < len(found) else 0
    return Redraw(cards.listed(turn.reader, event, found, start, words=words, said=said))


_ORDER = [Between.WANTED, Between.BOTH, Between.ASKED, Between.NOTHING]


def _fits(one: Shown, words: str) -> bool:
    told = plain(f"{one.member.name} {one.slip.seeks} {one.slip.offers}")
    return all(word in told for word in plain(words).split())


@router.pressed(actions.Cards, untraced=True)
def listed(turn: Turn, wish: actions.Cards) -> Answer:
    """The others' cards; one's own, while nobody reads it."""
    event = facing.get(turn.work, turn.community.id, wish.event)
    if event is None:
        return _says(turn, event_texts.GONE)
    return _list(turn, event, wish.start, words=wish.words[: cards.WORDS_MAX])


@router.pressed(actions.FindCards, untraced=True)
def find(turn: Turn, wish: actions.FindCards) -> Form:
    """Open the form."""
    return cards.search(turn.reader, actions.CardsFound(event=wish.event))


@router.submitted(actions.CardsFound, untraced=True)
def found(turn: Turn, typed: actions.CardsFound) -> Answer:
    """Those that say so."""
    words = " ".join(typed.words.split())[: cards.WORDS_MAX]
    if not words:
        return cards.search(turn.reader, typed, {"words": turn.reader(event_texts.SEARCH_EMPTY)})
    return listed(turn, actions.Cards(event=typed.event, words=words))


# --- talking -------------------------------------------------------------------------------------


def _two(turn: Turn, event_id: str, key: str) -> Two | Answer:
    """Whoever acts and whose card this is, or what they see instead."""
    _shelf(turn).hold(event_id)
    reading = _reading(turn, event_id)
    if not isinstance(reading, tuple):
        return reading
    event, mine, others = reading
    other = others.get(key)
    if other is None:
        return _list(turn, event, said=turn.reader(texts.CARD_GONE))
    pair = _shelf(turn).talks(event.id, turn.me.id, [other.member.id])[other.member.id]
    return Two(event, mine, other, pair)


def _shown(turn: Turn, two: Two, said: str = "") -> Redraw:
    return Redraw(cards.one(turn.reader, two.event, two.other, two.how, said))


def _becomes(turn: Turn, two: Two, pair: Pair) -> Two:
    """Write what has changed, and tell the other what there is to tell."""
    shelf, event, me, them = _shelf(turn), two.event, two.mine.member.id, two.other.member.id
    if pair[0] != two.pair[0]:
        shelf.put(event.id, me, them, pair[0])
    if pair[1] != two.pair[1]:
        shelf.put(event.id, them, me, pair[1])
    new = Two(event, two.mine, two.other, pair)
    if new.how is not two.how and new.how in {Between.ASKED, Between.BOTH}:
        told.send(turn.work, told.WANTS if new.how is Between.ASKED else told.GLAD, event, two.other, two.mine)
    return new


@router.pressed(actions.SeeCard, untraced=True)
def see(turn: Turn, wish: actions.SeeCard) -> Answer:
    """One of them."""
    two = _two(turn, wish.event, wish.card)
    return _shown(turn, two) if isinstance(two, Two) else two


@router.pressed(actions.Talk, untraced=True)
def talk(turn: Turn, wish: actions.Talk) -> Answer:
    """What they would read; then they are asked, unless they asked first and this is a yes."""
    two = _two(turn, wish.event, wish.card)
    if not isinstance(two, Two):
        return two
    if two.how is not Between.NOTHING:
        return _shown(turn, two)
    if not wish.sure:
        return Redraw(cards.preview(turn.reader, two.event, two.mine, two.other))
    new = _becomes(turn, two, rules.ask(*two.pair))
    asked = turn.reader(texts.ASKED, name=cards.name(turn.reader, two.other.member))
    return _shown(turn, new, asked if new.how is Between.ASKED else "")


@router.pressed(actions.TakeTalk, untraced=True)
def take_back(turn: Turn, wish: actions.TakeTalk) -> Answer:
    """The other hears nothing of it, and nothing at all if they have not been told yet."""
    two = _two(turn, wish.event, wish.card)
    if not isinstance(two, Two):
        return two
    new = _becomes(turn, two, rules.take_back(*two.pair))
    return _shown(turn, new, turn.reader(texts.TAKEN_BACK) if new.how is Between.NOTHING else "")


@router.pressed(actions.AnswerTalk, untraced=True)
def answer(turn: Turn, wish: actions.AnswerTalk) -> Answer:
    """Gladly: both know; or it is left, and nobody hears of it."""
    two = _two(turn, wish.event, wish.card)
    if not isinstance(two, Two):
        return two
    new = _becomes(turn, two, rules.answer(*two.pair, yes=wish.yes))
    if two.how is Between.WANTED and not wish.yes:
        return _list(turn, two.event, said=turn.reader(texts.LEFT))
    return _shown(turn, new)
