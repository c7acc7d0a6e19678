"""Introducing oneself in the channel, and being introduced to a supporter: both only by somebody's own word."""

from collections.abc import Sequence

from bot.cards import Buttons, Look, Piece, Text, button, sentence
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Router
from handlers.sections import Row, Section
from handlers.turn import Turn
from handlers.welcome import actions, letters, nudges, rules, texts
from handlers.welcome.rules import POSTED
from storage.introductions import LINE_MAX, Introduction, Introductions
from storage.people import Member
from storage.presets import Level
from storage.work import Work

router: Router[Turn] = Router()


def about(turn: Turn) -> Sequence[Piece]:
    """What stands in the channel about the member who asks."""
    line = str(turn.me.profile.get(POSTED, ""))
    if not line:
        return ()
    row = (
        button(turn.reader(texts.INTRODUCE_CHANGE), actions.Introduce(line=line)),
        button(turn.reader(texts.INTRODUCE_UNPOST), actions.Unpost()),
    )
    return Text(turn.reader(texts.ABOUT_POSTED)), Text(line, Look.QUOTE), Buttons(row)


def export(_: Work, member: Member) -> Sequence[Section]:
    """The same, for the copy they take along."""
    reader, line = member.reader, str(member.profile.get(POSTED, ""))
    rows: list[Row] = [[("line", reader(texts.INTRODUCE_LINE), line)]] if line else []
    return (Section("introduction", reader(texts.INTRODUCE_TITLE), reader(texts.ABOUT_POSTED), rows),)


def _checked(turn: Turn, typed: str, limit: int) -> tuple[str, dict[str, str]]:
    """A line as it would be kept, and what is wrong with it."""
    line = rules.tidy(typed)
    if not line:
        return line, {"line": turn.reader(texts.INTRODUCE_EMPTY)}
    if (over := len(line) - limit) > 0:
        reader = turn.reader
        return line, {"line": reader(texts.INTRODUCE_LONG, over=reader.number(over), max=reader.number(limit))}
    return line, {}


# --- in the channel ----------------------------------------------------------------------------------


def _refused(turn: Turn) -> Whisper | None:
    if nudges.channel_of(turn.community) is None:
        return Whisper(sentence(turn.reader(texts.INTRODUCE_NOWHERE)))
    return Whisper(letters.hidden_yet(turn.me)) if turn.me.level < Level.MEMBERS else None


@router.pressed(actions.Introduce)
def introduce(turn: Turn, wish: actions.Introduce) -> Form | Whisper:
    """Open the form."""
    return _refused(turn) or letters.introduce(turn.reader, wish.line)


@router.submitted(actions.Line)
def line(turn: Turn, typed: actions.Line) -> Answer:
    """Show it as the others would see it; nothing is kept yet."""
    words, errors = _checked(turn, typed.line, rules.LINE_MAX)
    if errors:
        return letters.introduce(turn.reader, words, errors)
    place = nudges.channel_of(turn.community)
    board = place is not None and place.surface == "portal"
    return _refused(turn) or Redraw(letters.see_first(turn.reader, turn.me.name, words, board=board))


@router.pressed(actions.Post)
def post(turn: Turn, wish: actions.Post) -> Answer:
    """Put it there."""
    words, errors = _checked(turn, wish.line, rules.LINE_MAX)
    if errors:
        return letters.introduce(turn.reader, words, errors)
    if refused := _refused(turn):
        return refused
    profile = {**turn.me.profile, POSTED: words}
    if not turn.people.fits(profile):
        return letters.introduce(turn.reader, words, {"line": turn.reader(texts.TOO_MUCH)})
    turn.people.describe(turn.me.id, profile)
    nudges.post(turn.work, turn.me)
    return Redraw(letters.posted(turn.reader))


@router.pressed(actions.Unpost)
def unpost(turn: Turn, _: actions.Unpost) -> Answer:
    """Take it out again."""
    kept = {name: value for name, value in turn.me.profile.items() if name != POSTED}
    turn.people.describe(turn.me.id, kept)
    nudges.revise(turn.work, turn.community.id, turn.me.id)
    return Redraw(sentence(turn.reader(texts.INTRODUCE_GONE)))


# --- a supporter -------------------------------------------------------------------------------------


@router.pressed(actions.Supporter)
def supporter(turn: Turn, _: actions.Supporter) -> Form | Whisper:
    """Open the form, which says who will see what."""
    if not rules.Settings.read(turn.community.settings).supporters:
        return Whisper(sentence(turn.reader(texts.SUPPORTER_NONE)))
    return letters.wish(turn.reader, str(turn.me.profile.get("mail", "")))


@router.submitted(actions.Wish)
def wish(turn: Turn, typed: actions.Wish) -> Answer:
    """The newcomer has agreed; now a supporter is asked."""
    words, errors = _checked(turn, typed.line, LINE_MAX)
    if errors:
        return letters.wish(turn.reader, words, errors)
    asked = nudges.ask_next(turn.work, turn.me, words)
    return Redraw(sentence(turn.reader(texts.SUPPORTER_ASKED if asked else texts.SUPPORTER_NONE)))


def _open(turn: Turn, newcomer: str) -> Introduction | None:
    """What the newcomer asked for, if it is me who is asked now."""
    found = Introductions(turn.work, turn.community.id).of(newcomer)
    return found if found and found.supporter == turn.me.id else None


@router.pressed(actions.Accept)
def accept(turn: Turn, press: actions.Accept) -> Form | Redraw:
    """Open the supporter's form."""
    newcomer = turn.people.get(press.newcomer) if _open(turn, press.newcomer) else None
    if newcomer is None:
        return Redraw(sentence(turn.reader(texts.SUPPORTER_OVER)))
    return letters.reach(turn.reader, newcomer, str(turn.me.profile.get("mail", "")))


@router.submitted(actions.Reach)
def reach(turn: Turn, typed: actions.Reach) -> Answer:
    """Both have agreed: each knows the other."""
    newcomer = turn.people.get(typed.newcomer) if _open(turn, typed.newcomer) else None
    if newcomer is None:
        return Redraw(sentence(turn.reader(texts.SUPPORTER_OVER)))
    words, errors = _checked(turn, typed.line, LINE_MAX)
    if errors:
        return letters.reach(turn.reader, newcomer, words, errors)
    Introductions(turn.work, turn.community.id).drop(newcomer.id)
    nudges.tell_newcomer(turn.work, newcomer, turn.me, words)
    name = newcomer.name or turn.reader(texts.SOMEBODY)
    return Redraw(sentence(turn.reader(texts.SUPPORTER_YES_DONE, name=name)))


@router.pressed(actions.Decline)
def decline(turn: Turn, press: actions.Decline) -> Answer:
    """No time: the next one is asked, and nobody hears of it."""
    found = _open(turn, press.newcomer)
    newcomer = turn.people.get(press.newcomer) if found else None
    if found and newcomer:
        nudges.ask_next(turn.work, newcomer, found.line, found.asked)
    return Redraw(sentence(turn.reader(texts.SUPPORTER_NO_DONE)))
