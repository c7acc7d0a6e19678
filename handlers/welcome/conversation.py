"""Joining, agreeing to the text, and who sees one."""

from dataclasses import replace
from typing import Any

from bot.address import Address
from bot.cards import Button, Card, button, sentence
from bot.events import Joined, Left
from bot.language import LANGUAGES
from bot.replies import Answer, Form, Home, Redraw, Silence, Whisper
from bot.router import Command, Router
from handlers.turn import Turn
from handlers.welcome import actions, cards, nudges, rules, texts
from storage import invitations
from storage.consents import Consents
from storage.habits import Habits
from storage.invitations import Invitation, Kind
from storage.manners import Wishes
from storage.people import FOREVER, NAME_MAX, Member, Role
from storage.presets import Level, Preset

router: Router[Turn] = Router()


# --- coming ----------------------------------------------------------------------------------------


@router.on(Joined, strangers=True)
def joined(turn: Turn, event: Joined) -> Answer:
    """Somebody came: into the community's own channel, or into a workspace that is the community's own."""
    if turn.member is not None:
        turn.people.lose(event.who.handle, reachable=True)
        return Silence()
    place = Address(event.where.surface, event.where.tenant, event.where.room)
    own_room = bool(event.where.room) and place == nudges.channel_of(turn.community)
    own_workspace = not event.where.room and turn.community.preset.greets
    if own_room or own_workspace:
        nudges.greet(turn.work, turn.community.id, event.who)
    return Silence()


@router.on(Left, strangers=True)
def left(turn: Turn, event: Left) -> Answer:
    """Nothing can reach this account any more."""
    turn.people.lose(event.who.handle)
    return Silence()


def hello(turn: Turn) -> Card:
    """What somebody who has not joined sees, whatever they ask for."""
    return cards.hello(turn.reader, turn.community.preset, turn.event.where.surface)


# --- joining -----------------------------------------------------------------------------------------


def _link(turn: Turn) -> Invitation | None:
    """The invitation they came in by, if they did."""
    return invitations.of_guest(turn.work, turn.community.id, turn.event.who.handle)


@router.pressed(actions.Join, strangers=True)
def join(turn: Turn, _: actions.Join) -> Form | Redraw:
    """Open the form."""
    if turn.member is not None:
        return Redraw(sentence(turn.reader(texts.JOINED_ALREADY)))
    preset, link = turn.community.preset, _link(turn)
    typed = actions.Enter(
        called=(link.name if link else "") or ("" if preset.hides else turn.event.who.name),
        language=(link.language if link else "") or turn.reader.language,
        level=str(int(preset.level)),
        written=rules.Written.USUAL if preset.written else rules.Written.NEVER,
    )
    return cards.join(turn.reader, preset, typed, mail=_asks_mail(link))


def _asks_mail(link: Invitation | None) -> bool:
    return link is not None and link.kind is Kind.LEAVER


@router.submitted(actions.Enter, strangers=True)
def enter(turn: Turn, typed: actions.Enter) -> Answer:
    """Become a member: the consent is what the form says, and sending it."""
    if turn.member is not None:
        return Redraw(sentence(turn.reader(texts.JOINED_ALREADY)))
    preset, link = turn.community.preset, _link(turn)
    typed = _cleaned(typed, preset)
    if errors := _wrong(turn, typed):
        return cards.join(turn.reader, preset, typed, mail=_asks_mail(link), errors=errors)
    wanted = Level(int(typed.level))
    level = min(wanted, preset.level)  # to be seen by more than is usual here takes one more word
    member = _become(turn, typed, level)
    if member is None:
        return Redraw(sentence(turn.reader(texts.JOINED_ALREADY)))
    written = typed.written != rules.Written.NEVER
    nudges.begin(turn.work, member)
    settings = rules.Settings.read(turn.community.settings)
    more = [*nudges.offers(turn.work, member, settings), _me(member)]
    if turn.event.where.surface == "portal":  # nothing else opens their page once this session has ended
        more.append(button(member.reader(texts.KEY), actions.Do(words="key")))
    ask_level = wanted if rules.is_raised(level, wanted) and member.name else None
    return Redraw(cards.joined(member, written=written, more=more, ask_level=ask_level))


def _me(member: Member) -> Button:
    return button(member.reader(texts.ME), actions.Do(words="visible"))


def _cleaned(typed: actions.Enter, preset: Preset) -> actions.Enter:
    """As it would be kept; what was left out falls back to what is usual here."""
    clean = {name: rules.tidy(getattr(typed, name)) for name in ("called", "mail", "years", "field")}
    clean["level"] = typed.level or str(int(preset.level))
    clean["written"] = typed.written or (rules.Written.USUAL if preset.written else rules.Written.NEVER)
    return typed.model_copy(update=clean)


def _wrong(turn: Turn, typed: actions.Enter) -> dict[str, str]:
    """One sentence for each field that cannot be kept."""
    reader, errors = turn.reader, {}
    levels = {str(int(level)) for level in Level}
    if len(typed.called) > NAME_MAX or not (typed.called or typed.level == str(int(Level.HIDDEN))):
        errors["called"] = reader(texts.JOIN_EMPTY, max=NAME_MAX)
    if typed.mail and not rules.is_mail(typed.mail):
        errors["mail"] = reader(texts.JOIN_BAD_MAIL)
    if rules.years_of(typed.years) is None:
        errors["years"] = reader(texts.JOIN_BAD_YEARS)
    if len(typed.field) > rules.FIELD_MAX:
        errors["field"] = reader(texts.JOIN_LONG, max=rules.FIELD_MAX)
    for name, value, allowed in (
        ("purpose", typed.purpose, {"", *rules.Purpose}),
        ("language", typed.language, set(LANGUAGES)),
        ("level", typed.level, levels),
        ("written", typed.written, set(rules.Written)),
    ):
        if value not in allowed:
            errors[name] = reader(texts.JOIN_CHOOSE)
    if not errors and not turn.people.fits(_profile(typed)):
        errors["called"] = reader(texts.TOO_MUCH)
    return errors


def _profile(typed: actions.Enter) -> dict[str, Any]:
    """What is kept of it, under the names that every feature knows."""
    told = {
        "name": typed.called,
        "mail": typed.mail,
        "years": rules.years_of(typed.years),
        "field": typed.field,
        "purposes": [typed.purpose] if typed.purpose else [],
    }
    return {name: value for name, value in told.items() if value or name == "name"}


def _become(turn: Turn, typed: actions.Enter, level: Level) -> Member | None:
    """One member for this account; None when the account became one meanwhile.  Accounts are never guessed together."""
    who, people = turn.event.who, turn.people
    member_id = people.welcome(_profile(typed), Role.MEMBER, language=typed.language, zone=who.zone, level=level)
    if not invitations.is_guest(who.handle) and not people.add_handle(member_id, who.handle):
        people.remove(member_id)
        return None
    invitations.accept(turn.work, turn.community.id, who.handle, member_id)
    Consents(turn.work, turn.community.id).agree(member_id, current(turn.community.preset))
    if typed.written == rules.Written.NEVER:
        people.pause(member_id, FOREVER)
    elif typed.written == rules.Written.MONTHLY:
        Habits(turn.work, turn.community.id).wish(member_id, Wishes(most=1))
    return people.get(member_id)


# --- the text ----------------------------------------------------------------------------------------


def current(preset: Preset) -> str:
    """The version of the text that somebody who joins now agrees to."""
    return rules.version(cards.agreed(preset))


def asks_again(turn: Turn, answer: Answer) -> Answer:
    """Below what a member asked for: the text has changed, once.  Their own page says so until they answered."""
    if turn.member is None or not isinstance(answer, Whisper | Home):
        return answer
    version, consents = current(turn.community.preset), Consents(turn.work, turn.community.id)
    first = consents.ask(turn.member.id, version)
    if first or (isinstance(answer, Home) and consents.is_open(turn.member.id, version)):
        card = answer.card
        return replace(answer, card=replace(card, pieces=(*card.pieces, *cards.again(turn.reader))))
    return answer


@router.pressed(actions.Reread)
def reread(turn: Turn, _: actions.Reread) -> Answer:
    """The text as it is now."""
    return Whisper(cards.reread(turn.reader, turn.community.preset, turn.event.where.surface))


@router.pressed(actions.Agree)
def agree(turn: Turn, _: actions.Agree) -> Answer:
    """Yes to it."""
    Consents(turn.work, turn.community.id).agree(turn.me.id, current(turn.community.preset))
    return Whisper(sentence(turn.reader(texts.AGREED)))


# --- who sees me ---------------------------------------------------------------------------------------


@router.asked(Command("visible", texts.VISIBLE_COMMAND, also=("公開範囲", "見え方", "visibility")))
def visible(turn: Turn, _: str) -> Answer:
    """Who sees me now, and what could be instead."""
    return Whisper(cards.visible(turn.me))


@router.pressed(actions.Show)
def show(turn: Turn, wish: actions.Show) -> Answer:
    """Lowering is done at once; raising after one more question that says who will see what."""
    me, levels = turn.me, [int(level) for level in Level]
    if wish.level not in levels:
        return Whisper(cards.visible(me))
    level = Level(wish.level)
    if rules.is_raised(me.level, level):
        if not me.name:
            return Whisper(sentence(turn.reader(texts.RAISE_NAMELESS)))
        if not wish.sure:
            return Whisper(cards.raising(me, level))
    lowered = level < me.level
    turn.house.show(turn.work, turn.community.id, me.id, level)
    return Redraw(cards.shown(turn.reader, turn.community, level, lowered=lowered))


# --- the first weeks -------------------------------------------------------------------------------------


@router.pressed(actions.Choose)
def choose(turn: Turn, wish: actions.Choose) -> Answer:
    """What brings me here; asked again, the latest word counts."""
    if wish.purpose not in set(rules.Purpose):
        return Whisper(sentence(turn.reader(texts.JOIN_CHOOSE)))
    turn.people.describe(turn.me.id, {**turn.me.profile, "purposes": [wish.purpose]})
    return Whisper(sentence(turn.reader(texts.PURPOSE_DONE, purpose=turn.reader(texts.PURPOSES[wish.purpose]))))


@router.pressed(actions.Do)
def do(turn: Turn, wish: actions.Do) -> Answer:
    """A command by a button."""
    return turn.house.ask(turn, wish.words)


@router.pressed(actions.NoMore)
def no_more(turn: Turn, _: actions.NoMore) -> Answer:
    """The letters that were still to come do not."""
    nudges.stop(turn.work, turn.me)
    return Whisper(sentence(turn.reader(texts.NO_MORE_DONE)))
