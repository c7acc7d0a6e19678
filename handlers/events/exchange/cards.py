"""How the cards look on which members say what they look for and can offer."""

from collections.abc import Collection, Mapping, Sequence

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Facts, Look, Piece, Text, TextInput, button
from bot.language import Reader, Sentence
from bot.replies import Form
from handlers.events import actions as event_actions
from handlers.events import cards as event_cards
from handlers.events import texts as event_texts
from handlers.events.before import texts as before_texts
from handlers.events.before import texts_pitch
from handlers.events.exchange import actions, texts
from handlers.events.exchange.rules import Between
from handlers.events.exchange.slips import Shown
from storage.events import Event
from storage.exchange import LINE_MAX, REACH_MAX, Slip
from storage.people import Member

PAGE = 5  # cards shown at once
WORDS_MAX = 60  # characters that are searched for
Errors = Mapping[str, str]


def name(reader: Reader, member: Member) -> str:
    """A name, or what stands for none."""
    return member.name or reader(texts_pitch.UNNAMED)


def _fields(reader: Reader, slip: Slip) -> list[tuple[str, str]]:
    wanted = ((texts.SEEKS, slip.seeks), (texts.OFFERS, slip.offers))
    return [(reader(label), text) for label, text in wanted if text]


def _to_event(reader: Reader, event: Event) -> Button:
    return button(reader(before_texts.TO_EVENT), event_actions.See(event=event.id))


def _to_cards(reader: Reader, event: Event) -> Button:
    return button(reader(texts.TO_CARDS), actions.Cards(event=event.id))


# --- one's own -----------------------------------------------------------------------------------


def write(reader: Reader, typed: actions.CardWritten, *, seen: bool, errors: Errors | None = None) -> Form:
    """The form, which first says who reads it.  `seen`: other members see whoever writes it elsewhere, too."""
    told = (texts.FORM_WHO,) if seen else (texts.FORM_WHO, texts.FORM_HIDDEN)
    hint = reader(texts.LINE_HINT, max=LINE_MAX)
    fields = (
        TextInput("seeks", reader(texts.SEEKS), typed.seeks, hint, lines=3, max_length=LINE_MAX, required=False),
        TextInput("offers", reader(texts.OFFERS), typed.offers, hint, lines=3, max_length=LINE_MAX, required=False),
        TextInput(
            "reach", reader(texts.REACH), typed.reach, reader(texts.REACH_HINT), max_length=REACH_MAX, required=False
        ),
    )
    submit = pack(actions.CardWritten(event=typed.event))
    intro = tuple(Text(reader(one)) for one in told)
    return Form(reader(texts.TITLE), submit, reader(texts.SEND), fields, intro, errors or {})


def own(reader: Reader, event: Event, slip: Slip, why: Sentence, *, writes: bool) -> Card:
    """One's own card while nobody reads it, and why.  `writes`: it can be sent once more."""
    facts = _fields(reader, slip) + ([(reader(texts.REACH), slip.reach)] if slip.reach else [])
    drop = button(reader(texts.DROP), actions.DropCard(event=event.id), Look.DANGER, reader(texts.DROP_SURE))
    change = [button(reader(texts.CHANGE), actions.WriteCard(event=event.id))] if writes else []
    pieces = (Text(reader(texts.MINE), Look.HEADING), Text(reader(why)), Facts(tuple(facts)))
    row = Buttons((*change, drop, _to_event(reader, event)))
    return Card(event_cards.summary(reader, event.details), (*pieces, row))


def none(reader: Reader, event: Event, said: str) -> Card:
    """What cards are, for whoever has none and may write one."""
    row = (button(reader(texts.WRITE), actions.WriteCard(event=event.id), Look.PRIMARY), _to_event(reader, event))
    pieces = (Text(reader(texts.TITLE), Look.HEADING), Text(said), Text(reader(texts.WHAT)))
    return Card(event_cards.summary(reader, event.details), (*pieces, Buttons(row)))


# --- the cards -----------------------------------------------------------------------------------


def listed(
    reader: Reader,
    event: Event,
    found: Sequence[tuple[Shown, Between]],
    start: int,
    *,
    words: str = "",
    said: str = "",
) -> Card:
    """The cards of the others, or those that say these words, from number `start` on."""
    title = reader(texts.LIST, title=event.title(reader.language))
    pieces: list[Piece] = [Text(title, Look.HEADING), *([Text(said)] if said else [])]
    here = found[start : start + PAGE]
    row = [button(name(reader, one.member), actions.SeeCard(event=event.id, card=one.key)) for one, _ in here]
    if here:
        pieces.append(Facts(tuple((name(reader, one.member), _entry(reader, one.slip, how)) for one, how in here)))
    else:
        pieces.append(Text(reader(texts.FOUND_NONE, words=words) if words else reader(texts.NONE)))
    if start + PAGE < len(found):
        more = actions.Cards(event=event.id, start=start + PAGE, words=words)
        row.append(button(reader(texts.MORE), more))
    if words:
        row.append(button(reader(texts.ALL), actions.Cards(event=event.id)))
    if found or words:
        row.append(button(reader(texts.FIND), actions.FindCards(event=event.id)))
    pieces += [Buttons(tuple(row))] if row else []
    drop = button(reader(texts.DROP), actions.DropCard(event=event.id), Look.DANGER, reader(texts.DROP_SURE))
    mine = (button(reader(texts.CHANGE), actions.WriteCard(event=event.id)), drop, _to_event(reader, event))
    return Card(event_cards.summary(reader, event.details), (*pieces, Buttons(mine)))


def _entry(reader: Reader, slip: Slip, how: Between) -> str:
    lines = [reader(texts.FIELD, label=label, text=text) for label, text in _fields(reader, slip)]
    state = [reader(texts.STATES[how])] if how is not Between.NOTHING else []
    return "\n".join([*state, *lines])


def search(reader: Reader, typed: actions.CardsFound, errors: Errors | None = None) -> Form:
    """The form that searches."""
    fields = (TextInput("words", reader(texts.FIND_LABEL), typed.words, max_length=WORDS_MAX),)
    submit = pack(actions.CardsFound(event=typed.event))
    return Form(reader(texts.FIND), submit, reader(event_texts.SEARCH_SEND), fields, errors=errors or {})


# --- one of them ---------------------------------------------------------------------------------


def one(reader: Reader, event: Event, who: Shown, how: Between, said: str = "") -> Card:
    """Somebody's card, and what can be done about it."""
    words = {"name": name(reader, who.member), "event": event.title(reader.language)}
    facts = _fields(reader, who.slip)
    told: dict[Between, Sentence] = {Between.WANTED: texts.WANTS, Between.BOTH: texts.BOTH}
    first = said or (reader(told[how], **words) if how in told else "")
    if how is Between.ASKED:
        first = first or reader(texts.STATES[how])
    if how is Between.BOTH:
        facts.append((reader(texts.THEIR_REACH), who.slip.reach or reader(texts.THEIR_REACH_NONE)))
    at, key = event.id, who.key
    rows: dict[Between, Collection[Button]] = {
        Between.NOTHING: (button(reader(texts.TALK), actions.Talk(event=at, card=key), Look.PRIMARY),),
        Between.ASKED: (button(reader(texts.TAKE_BACK), actions.TakeTalk(event=at, card=key)),),
        Between.WANTED: (
            button(reader(texts.GLADLY), actions.AnswerTalk(event=at, card=key), Look.PRIMARY),
            button(reader(texts.LEAVE), actions.AnswerTalk(event=at, card=key, yes=False)),
        ),
        Between.BOTH: (),
    }
    pieces: list[Piece] = [*([Text(first)] if first else []), Text(words["name"], Look.HEADING), Facts(tuple(facts))]
    pieces += [Text(reader(texts.LEAVE_FOOT), Look.QUIET)] if how is Between.WANTED else []
    pieces.append(Buttons((*rows[how], _to_cards(reader, event))))
    return Card(event_cards.summary(reader, event.details), tuple(pieces))


def preview(reader: Reader, event: Event, mine: Shown, who: Shown) -> Card:
    """What somebody would read who is asked to talk, before they are."""
    theirs, named = who.member.reader, {"name": name(reader, who.member)}
    wants = theirs(texts.WANTS, name=name(theirs, mine.member), event=event.title(theirs.language))
    told = "\n".join(
        [wants, *(reader(texts.FIELD, label=label, text=text) for label, text in _fields(theirs, mine.slip))]
    )
    ask = actions.Talk(event=event.id, card=who.key, sure=True)
    back = button(reader(event_texts.BACK), actions.SeeCard(event=event.id, card=who.key))
    pieces = (
        Text(reader(texts.PREVIEW, **named)),
        Text(told, Look.QUOTE),
        Text(reader(texts.PREVIEW_FOOT), Look.QUIET),
        Buttons((button(reader(texts.ASK, **named), ask, Look.PRIMARY), back)),
    )
    return Card(event_cards.summary(reader, event.details), pieces)
