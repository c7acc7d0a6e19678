"""What members and the secretariat can say about check-ins, and what we answer."""

from dataclasses import replace
from datetime import date

from dateutil.relativedelta import relativedelta

from bot.cards import button
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Command, Router
from handlers.checkins import actions, cards, rules, texts
from handlers.checkins.nudges import digest_page, promise_thanks, revise_digest
from handlers.turn import Turn
from storage.checkins import Audience, Checkins, CheerKind, Entry, Habit, Template
from storage.people import FOREVER

PAUSE = relativedelta(months=3)
MINE_SHOWN = 10

router: Router[Turn] = Router()


def _checkins(turn: Turn) -> Checkins:
    return Checkins(turn.work, turn.community.id)


def _settings(turn: Turn) -> rules.Settings:
    return rules.Settings.of(turn.community)


def _today(turn: Turn) -> date:
    return turn.reader.local(turn.now).date()


def _answered(turn: Turn) -> Habit:
    """The member reacted in some way: full frequency again."""
    checkins = _checkins(turn)
    habit = rules.answered(checkins.habit(turn.me.id), _settings(turn).months, _today(turn))
    checkins.keep(habit)
    return habit


# --- the prompt ----------------------------------------------------------------------------------


@router.pressed(actions.Same)
def same(turn: Turn, _: actions.Same) -> Answer:
    """Nothing changed: that is an answer, and no news."""
    _answered(turn)
    return Redraw(cards.thanks(turn.reader(texts.THANKS_SAME)))


@router.pressed(actions.Skip)
def skip(turn: Turn, _: actions.Skip) -> Answer:
    """Not this time: no penalty."""
    _answered(turn)
    return Redraw(cards.thanks(turn.reader(texts.THANKS_SKIP)))


@router.pressed(actions.Fine)
def fine(turn: Turn, _: actions.Fine) -> Answer:
    """Wants to hear from us once a year."""
    habit = replace(_checkins(turn).habit(turn.me.id), months=rules.YEARLY)
    _checkins(turn).keep(rules.answered(habit, rules.YEARLY, _today(turn)))
    return Redraw(cards.thanks(turn.reader(texts.FINE_DONE)))


@router.pressed(actions.Less)
def less(turn: Turn, _: actions.Less) -> Answer:
    """The next slower cadence."""
    return _cadence(turn, rules.less_often(_checkins(turn).habit(turn.me.id).months, _settings(turn).months))


@router.pressed(actions.Cadence)
def cadence(turn: Turn, wish: actions.Cadence) -> Answer:
    """A cadence chosen from the list."""
    return _cadence(turn, min(rules.CADENCES, key=lambda months: abs(months - wish.months)))


def _cadence(turn: Turn, months: int) -> Answer:
    habit = replace(_checkins(turn).habit(turn.me.id), months=months)
    _checkins(turn).keep(rules.answered(habit, months, _today(turn)))
    return Redraw(cards.thanks(turn.reader(texts.LESS_DONE, count=months)))


@router.pressed(actions.Pause)
def pause(turn: Turn, wish: actions.Pause) -> Answer:
    """Quiet for three months, or until they return."""
    _answered(turn)
    until = FOREVER if wish.forever else _today(turn) + PAUSE
    turn.people.pause(turn.me.id, until)
    return Redraw(cards.resting(turn.reader, until))


@router.pressed(actions.Resume)
def resume(turn: Turn, _: actions.Resume) -> Answer:
    """Back from a break; the next prompt comes a full period later."""
    turn.people.pause(turn.me.id, None)
    _answered(turn)
    return Redraw(cards.thanks(turn.reader(texts.RESUMED)))


# --- writing -------------------------------------------------------------------------------------


@router.asked(Command("update", texts.UPDATE, also=("近況", "きんきょう"), hint="[…]", opens_form=True))
def update(turn: Turn, words: str) -> Form:
    """`/enishi update`, with or without the words themselves."""
    return cards.write(turn.reader, actions.Tell(text=rules.tidy(words)))


@router.pressed(actions.Write)
def write(turn: Turn, wish: actions.Write) -> Form | Redraw:
    """Open the form, with the old words when there are any."""
    if not wish.entry:
        return cards.write(turn.reader, actions.Tell())
    told = _checkins(turn).entry(wish.entry, author=turn.me.id)
    if told is None:
        return Redraw(cards.thanks(turn.reader(texts.GONE)))
    typed = actions.Tell(
        entry=told.id,
        template=told.template,
        text=told.text,
        link=told.link,
        audience=told.audience,
        agreed=told.agreed,
    )
    return cards.write(turn.reader, typed)


@router.submitted(actions.Tell)
def tell(turn: Turn, typed: actions.Tell) -> Answer:
    """Keep an answer, or put new words in place of an old one."""
    text, link = rules.tidy(typed.text), typed.link.strip()
    typed = typed.model_copy(update={"text": text, "link": link})
    if errors := _wrong(turn, typed):
        return cards.write(turn.reader, typed, errors)
    checkins, me = _checkins(turn), turn.me.id
    template, audience = Template(typed.template), Audience(typed.audience)
    before: Entry | None = None
    if typed.entry:
        before = checkins.entry(typed.entry, author=me)
        if before is None:
            return Redraw(cards.thanks(turn.reader(texts.GONE)))
        checkins.retell(before.id, template, audience, text, link, agreed=typed.agreed)
        entry_id = before.id
    else:
        entry_id = checkins.tell(me, template, audience, text, link, agreed=typed.agreed)
        _answered(turn)
    if before and before.digest:
        revise_digest(turn.work, turn.community.id, before.digest)
    stored = checkins.entry(entry_id)
    if stored is None:
        msg = "an entry just written is gone"
        raise LookupError(msg)
    nameless = not turn.me.is_seen_by(None)
    return Redraw(cards.told(turn.reader, stored, changed=before is not None, nameless=nameless))


def _wrong(turn: Turn, typed: actions.Tell) -> dict[str, str]:
    """One sentence for each field that cannot be kept."""
    reader, errors = turn.reader, {}
    if typed.template not in set(Template):
        errors["template"] = reader(texts.BAD_CHOICE)
    if not typed.text:
        errors["text"] = reader(texts.EMPTY)
    elif (over := len(typed.text) - rules.TEXT_MAX) > 0:
        errors["text"] = reader(texts.TOO_LONG, over=reader.number(over), max=reader.number(rules.TEXT_MAX))
    if typed.link and (len(typed.link) > rules.LINK_MAX or not rules.is_web_address(typed.link)):
        errors["link"] = reader(texts.BAD_LINK)
    if typed.audience not in set(Audience):
        errors["audience"] = reader(texts.BAD_CHOICE)
    elif typed.audience != Audience.SELF and not typed.agreed and rules.seems_to_name_somebody(typed.text):
        errors["agreed"] = reader(texts.AGREE)
    return errors


@router.asked(Command("mine", texts.MINE_COMMAND, also=("自分の近況", "わたしの近況", "私の近況")))
def mine(turn: Turn, _: str) -> Answer:
    """What the member wrote, to change or withdraw."""
    told = _checkins(turn).told_by(turn.me.id, MINE_SHOWN)
    return Whisper(cards.mine(turn.reader, told, lasting=turn.event.lasting))


@router.pressed(actions.Mine)
def mine_too(turn: Turn, _: actions.Mine) -> Answer:
    """The same, by a button."""
    return mine(turn, "")


@router.pressed(actions.Withdraw)
def withdraw(turn: Turn, wish: actions.Withdraw) -> Answer:
    """Delete an answer, here and in every message that carries it."""
    checkins = _checkins(turn)
    told = checkins.entry(wish.entry, author=turn.me.id)
    if told is None:
        return Redraw(cards.thanks(turn.reader(texts.GONE)))
    checkins.withdraw(told.id)
    if told.digest:
        revise_digest(turn.work, turn.community.id, told.digest)
    return Redraw(cards.thanks(turn.reader(texts.WITHDRAWN)))


# --- how often ------------------------------------------------------------------------------------


@router.asked(Command("often", texts.OFTEN_COMMAND, also=("頻度", "ひんど")))
def often(turn: Turn, _: str) -> Answer:
    """How often, and breaks."""
    habit, today = _checkins(turn).habit(turn.me.id), _today(turn)
    until = turn.me.paused_until if turn.me.is_paused(today) else None
    return Whisper(cards.often(turn.reader, habit, _settings(turn).months, until))


# --- the digest ----------------------------------------------------------------------------------


@router.asked(Command("digest", texts.DIGEST_COMMAND, also=("まとめ", "みんなの近況")))
def latest(turn: Turn, _: str) -> Answer:
    """The latest digest, in the reader's own language."""
    digest_id = _checkins(turn).latest_digest()
    if digest_id is None:
        return Whisper(cards.thanks(turn.reader(texts.DIGEST_NONE)))
    return read(turn, actions.Read(digest=digest_id))


@router.pressed(actions.Read)
def read(turn: Turn, wish: actions.Read) -> Answer:
    """A page of a digest, in the reader's own language."""
    page = digest_page(turn.work, turn.community.id, wish.digest, turn.reader, max(0, wish.start), member=turn.me)
    return Whisper(page or cards.thanks(turn.reader(texts.DIGEST_NONE)))


def _reactable(turn: Turn, entry_id: str) -> Entry | None:
    """An answer that a digest has shown to this member's community."""
    told = _checkins(turn).entry(entry_id)
    return told if told and told.digest and told.audience is Audience.EVERYONE else None


@router.pressed(actions.Cheer)
def cheer(turn: Turn, wish: actions.Cheer) -> Answer:
    """Keep a reaction for the author's one summary."""
    reader, told = turn.reader, _reactable(turn, wish.entry)
    if told is None or wish.kind not in set(CheerKind):
        return Whisper(cards.thanks(reader(texts.GONE)))
    if told.member == turn.me.id:
        return Whisper(cards.thanks(reader(texts.CHEER_OWN)))
    if _checkins(turn).cheer(told.id, turn.me.id, CheerKind(wish.kind)) and (author := turn.people.get(told.member)):
        promise_thanks(turn.work, author)
    undo = button(reader(texts.CHEER_UNDO), actions.Uncheer(entry=told.id, kind=wish.kind))
    nameless = wish.kind == CheerKind.MEET and not turn.me.is_seen_by(None)
    return Whisper(cards.thanks(reader(texts.CHEER_NAMELESS if nameless else texts.CHEERED), undo))


@router.pressed(actions.Uncheer)
def uncheer(turn: Turn, wish: actions.Uncheer) -> Answer:
    """Take a reaction back, unless the author has heard of it."""
    known = wish.kind in set(CheerKind)
    gone = known and _checkins(turn).uncheer(wish.entry, turn.me.id, CheerKind(wish.kind))
    return Redraw(cards.thanks(turn.reader(texts.CHEER_TAKEN_BACK if gone else texts.CHEER_LATE)))
