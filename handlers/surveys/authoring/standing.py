"""What the secretariat sees of a survey that is open or shut, and what waits for it or for a trustee."""

from collections.abc import Sequence

from bot.cards import Button, Buttons, Facts, Look, Piece, Text, button
from bot.language import Reader
from handlers.sections import Row, Section
from handlers.surveys.actions import Page
from handlers.surveys.answering.texts import READERS_USUAL
from handlers.surveys.authoring import actions, announcing, cards, texts
from handlers.turn import Turn
from storage.closing import Held, held
from storage.people import Member
from storage.questions import Manifest, worded
from storage.stops import LIVES, Stop, Stops
from storage.surveys import State, Survey, Surveys
from storage.trustees import missing
from storage.work import Work


def _surveys(turn: Turn) -> Surveys:
    return Surveys(turn.work, turn.community.id)


def promised(reader: Reader, asked: Manifest) -> list[tuple[str, str]]:
    """What was promised, as it was opened."""
    facts = [
        (reader(texts.MARK), asked.mark),
        (reader(texts.ASKED_COUNT), reader.number(asked.audience)),
        (reader(texts.LAST_DAY), cards.last_day(reader, asked.closes_on, asked.zone)),
        (reader(texts.READERS), worded(asked.readers, reader.language) or reader(READERS_USUAL)),
        (reader(texts.ANSWERS_NEEDED), reader.number(asked.k)),
        (reader(texts.TEXTS_NEEDED), reader.number(asked.k_text)),
        (reader(texts.COUNT_QUESTIONS), reader.number(len(asked.questions))),
        (reader(texts.REMINDERS), reader(texts.REMIND_ALL if asked.remind_everyone else texts.REMIND_REST)),
        (reader(texts.TRUSTEES), reader(texts.BETWEEN).join(asked.trustees)),
    ]
    return [(label, value) for label, value in facts if value]


def more(turn: Turn, one: Survey) -> tuple[list[Piece], list[Button]]:
    """What else its page says and offers, beside how far it has come."""
    reader, pieces, buttons = turn.reader, list[Piece](), list[Button]()
    if one.state not in {State.OPEN, State.SHUT}:
        return [Facts(tuple(promised(reader, one.manifest)))] if one.manifest else [], []
    if one.manifest and one.whole:
        pieces.append(Facts(tuple(promised(reader, one.manifest))))
        pieces += [Text(said) for said in _trustees(turn, one)]
    if one.state is State.SHUT and one.whole and turn.me.id in missing(turn.work, one):
        buttons.append(button(reader(texts.UNLOCK), actions.Unlock(survey=one.id), Look.PRIMARY))
    asked = Stops(turn.work, turn.community.id).get(one.id)
    if asked is None:
        press, sure = actions.Stop(survey=one.id), reader(texts.STOP_SURE)
        buttons.append(button(reader(texts.STOP), press, Look.DANGER, sure))
        return pieces, buttons
    if asked.member == turn.me.id:
        pieces.append(Text(reader(texts.STOP_OWN, day=reader.day(asked.asked_on + LIVES))))
    else:
        pieces.append(Text(reader(texts.STOP_OTHER, name=_name(turn, asked.member))))
        sure = reader(texts.STOP_AGREE_SURE)
        buttons.append(button(reader(texts.STOP_AGREE), actions.Agree(survey=one.id), Look.DANGER, sure))
    buttons.append(button(reader(texts.STOP_KEEP), actions.GoOn(survey=one.id)))
    return pieces, buttons


def _trustees(turn: Turn, one: Survey) -> list[str]:
    """Whose passphrase is still needed; or that there is nobody left to type it."""
    waits = missing(turn.work, one)
    names = {member.id: member.name for member in turn.people.some(waits)}
    if set(waits) - set(names):
        return [turn.reader(texts.TRUSTEE_LEFT, day=turn.reader.day(turn.reader.local(one.destroyed_at).date()))]
    if one.state is not State.SHUT or not waits:
        return []
    told = [names[who] or turn.reader(texts.SOMEBODY) for who in waits]
    return [turn.reader(texts.WAITS_FOR, names=turn.reader(texts.BETWEEN).join(told))]


def _name(turn: Turn, member: str) -> str:
    found = turn.people.get(member)
    return (found.name if found else "") or turn.reader(texts.SOMEBODY)


# --- what waits ------------------------------------------------------------------------------------


def desk(turn: Turn) -> Sequence[Piece]:
    """What waits for the secretariat: a wish to stop, a survey that cannot go on, trustees who are awaited."""
    pieces: list[Piece] = []
    wishes = {asked.survey: asked for asked in Stops(turn.work, turn.community.id).all()}
    for one in _surveys(turn).all(State.OPEN, State.SHUT):
        if said := _waits(turn, one, wishes.get(one.id)):
            look = button(turn.reader(texts.LOOK), Page(survey=one.id))
            pieces += [Text(said), Buttons((look,))]
    return (Text(turn.reader(texts.DESK_TITLE), Look.HEADING), *pieces) if pieces else ()


def _waits(turn: Turn, one: Survey, asked: Stop | None) -> str:
    reader = turn.reader
    title = worded(one.manifest.title, reader.language) if one.manifest else reader(texts.SOME_SURVEY)
    if asked and asked.member != turn.me.id:
        return reader(texts.DESK_STOP, title=title, name=_name(turn, asked.member))
    why = held(one, turn.work.keys.surveys.get(one.id))
    if why is None or (why is Held.TRUSTEES and one.state is not State.SHUT):
        said = _trustees(turn, one) if why else []
    elif why is Held.TRUSTEES:
        said = _trustees(turn, one)
    else:
        said = [reader(texts.DESK_HELD[why])]
    return reader(texts.DESK_WAITS, title=title, said=" ".join(said)) if said else ""


def home(turn: Turn) -> Sequence[Piece]:
    """What waits for a trustee: a passphrase to choose, or to type."""
    pieces: list[Piece] = []
    if turn.member is None:
        return ()
    for one in _surveys(turn).all(State.DRAFT, State.SHUT):
        if one.draft and turn.me.id in one.draft.trustees:
            given = turn.me.id in _surveys(turn).trusting(one.id)
            title = worded(one.draft.title, turn.reader.language) or "–"
            pieces += [] if given else announcing.to_entrust(turn.reader, one.id, title, given=False)
        elif one.state is State.SHUT and one.whole and turn.me.id in missing(turn.work, one):
            pieces += announcing.to_unlock(turn.reader, one)
    return (Text(turn.reader(texts.HOME_TITLE), Look.HEADING), *pieces) if pieces else ()


def trusted(work: Work, member: Member) -> list[str]:
    """The titles of the surveys that are not closed yet, and of which this member is a trustee."""
    surveys, found = Surveys(work, member.community.id), list[str]()
    for one in surveys.all(State.DRAFT, State.OPEN, State.SHUT):
        key = work.keys.surveys.get(one.id)
        asked = one.draft or one.manifest
        if asked and (member.id in (one.draft.trustees if one.draft else key.halves if key else ())):
            found.append(worded(asked.title, member.reader.language) or "–")
    return found


def about(turn: Turn) -> Sequence[Piece]:
    """Of which surveys whoever asks is a trustee."""
    told = [turn.reader(texts.ABOUT_TRUSTEE, title=title) for title in trusted(turn.work, turn.me)]
    return (Text(turn.reader(texts.HOME_TITLE), Look.HEADING), Text("\n".join(told))) if told else ()


def export(work: Work, member: Member) -> Sequence[Section]:
    """The same, for the copy a member takes along."""
    reader = member.reader
    rows: list[Row] = [[("survey", reader(texts.TRUSTED_SURVEY), title)] for title in trusted(work, member)]
    return (Section("survey_trustee", reader(texts.HOME_TITLE), reader(texts.TRUSTED_SEEN), rows),) if rows else ()
