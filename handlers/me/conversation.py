"""What a member can say about their own data: see it, change it, take a break, a key, a copy, or leave."""

from collections.abc import Mapping
from datetime import date
from zoneinfo import available_timezones

from dateutil.relativedelta import relativedelta

from bot.cards import button
from bot.language import LANGUAGES
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Command, Router
from handlers import profiles
from handlers.me import actions, cards, rules, texts
from handlers.me.export import COPY
from handlers.turn import Turn
from storage import ledger
from storage.consents import Consents
from storage.doors import Doors
from storage.habits import Habits
from storage.manners import Wishes, limits
from storage.people import FOREVER, NAME_MAX, Role
from storage.presets import Level
from storage.roster import Person, Roster

router: Router[Turn] = Router()


def _today(turn: Turn) -> date:
    return turn.reader.local(turn.now).date()


# --- what is stored about me ---------------------------------------------------------------------


@router.asked(Command("me", texts.ME_COMMAND, also=("わたしの情報", "私の情報", "自分の情報", "わたし", "mydata")))
def me(turn: Turn, _: str) -> Answer:
    """Everything, assembled from every feature's part."""
    doors = Doors(turn.work, turn.community.id)
    about = cards.About(
        accounts=turn.people.accounts(turn.me.id),
        key=doors.key_used(turn.me.id),
        consents=Consents(turn.work, turn.community.id).of(turn.me.id),
        today=_today(turn),
    )
    parts = [part(turn) for part in turn.house.about_parts]
    elsewhere = turn.event.lasting and turn.house.link is not None
    return Whisper(cards.me(turn.me, about, parts, elsewhere=elsewhere))


@router.pressed(actions.Show)
def show(turn: Turn, _: actions.Show) -> Answer:
    """The same, by a button."""
    return me(turn, "")


@router.pressed(actions.Do)
def do(turn: Turn, wish: actions.Do) -> Answer:
    """A command by its button."""
    return turn.house.ask(turn, wish.words)


@router.pressed(actions.Change)
def change(turn: Turn, _: actions.Change) -> Form:
    """Open the form with what was told."""
    profile, chosen = turn.me.profile, turn.me.profile.get("purposes") or ()
    typed = actions.Keep(
        called=turn.me.name,
        years=str(profile.get("years") or ""),
        field=str(profile.get("field") or ""),
        about=str(profile.get("about") or ""),
        mail=cards.mail(turn.me),
        business="business" in chosen,
        reunion="reunion" in chosen,
        coming_back="return" in chosen,
        reading="reading" in chosen,
        language=turn.reader.language,
        zone=turn.reader.zone,
    )
    return cards.change(turn.me, typed)


@router.submitted(actions.Keep)
def keep(turn: Turn, typed: actions.Keep) -> Answer:
    """Keep all of it, or say what cannot be kept."""
    years = profiles.years_of(typed.years)
    told = {
        "name": profiles.tidy(typed.called),
        "years": years or "",
        "field": profiles.tidy(typed.field),
        "about": profiles.tidy(typed.about),
        "mail": profiles.tidy(typed.mail),
        "purposes": _purposes(typed),
    }
    profile = {**turn.me.profile, **told}
    errors = _wrong(turn, typed, told)
    if years is None:
        errors["years"] = turn.reader(texts.BAD_YEARS)
    if not errors and not turn.people.fits(profile):
        errors["about"] = turn.reader(texts.TOO_MUCH)
    if errors:
        return cards.change(turn.me, typed, errors)
    turn.people.describe(turn.me.id, {name: value for name, value in profile.items() if value})
    if typed.language != turn.reader.language:
        turn.people.speak(turn.me.id, typed.language)
    if typed.zone != turn.reader.zone:
        turn.people.live_in(turn.me.id, typed.zone)
    reader = type(turn.reader)(typed.language, typed.zone)
    return Redraw(cards.sentence(reader(texts.CHANGED), cards.to_me(reader)))


def _purposes(typed: actions.Keep) -> list[str]:
    chosen = (("business", typed.business), ("reunion", typed.reunion))
    more = (("return", typed.coming_back), ("reading", typed.reading))
    return [name for name, yes in (*chosen, *more) if yes]


def _wrong(turn: Turn, typed: actions.Keep, told: Mapping[str, object]) -> dict[str, str]:
    """One sentence for each field that cannot be kept."""
    reader, errors = turn.reader, {}
    name, mail = str(told["name"]), str(told["mail"])
    nameless = turn.me.level is Level.HIDDEN
    if len(name) > NAME_MAX or not (name or nameless):
        errors["called"] = reader(texts.BAD_NAME if name else texts.BAD_NAMELESS, max=NAME_MAX)
    for field, most in (("field", profiles.FIELD_MAX), ("about", profiles.ABOUT_MAX)):
        if len(str(told[field])) > most:
            errors[field] = reader(texts.BAD_LONG, max=most)
    if mail and not profiles.is_mail(mail):
        errors["mail"] = reader(texts.BAD_MAIL)
    if typed.language not in LANGUAGES:
        errors["language"] = reader(texts.BAD_CHOICE)
    if typed.zone not in available_timezones():
        errors["zone"] = reader(texts.BAD_ZONE)
    return errors


# --- a break, and fewer messages -----------------------------------------------------------------


@router.asked(
    Command("pause", texts.PAUSE_COMMAND, also=("休み", "おやすみ", "お休み", "休止", "resume", "break"), hint="[…]")
)
def pause(turn: Turn, words: str) -> Answer:
    """`/enishi pause 2026-12-24`, or the ways to say until when."""
    if words.strip():
        day = rules.until(words, _today(turn))
        return _rest(turn, day) if isinstance(day, date) else Whisper(cards.sentence(_why_not(turn, day)))
    until = turn.me.paused_until if turn.me.is_paused(_today(turn)) else None
    return Whisper(cards.pause(turn.reader, until))


def _why_not(turn: Turn, day: rules.Unreadable | rules.TooEarly | rules.TooLate) -> str:
    match day:
        case rules.TooEarly():
            return turn.reader(texts.PAUSE_EARLY)
        case rules.TooLate():
            return turn.reader(texts.PAUSE_LATE, years=rules.YEARS_AHEAD)
        case _:
            return turn.reader(texts.PAUSE_BAD, day=_example(turn).isoformat())


def _example(turn: Turn) -> date:
    return _today(turn) + relativedelta(months=1)


def _rest(turn: Turn, until: date) -> Answer:
    turn.people.pause(turn.me.id, until)
    back = button(turn.reader(texts.RETURN), actions.Return())
    return Redraw(cards.sentence(cards.resting(turn.reader, until), back))


@router.pressed(actions.Rest)
def rest(turn: Turn, wish: actions.Rest) -> Answer:
    """For some months, or until they come back."""
    months = min(max(wish.months, 0), 12 * rules.YEARS_AHEAD)
    return _rest(turn, _today(turn) + relativedelta(months=months) if months else FOREVER)


@router.pressed(actions.PickDay)
def pick_day(turn: Turn, _: actions.PickDay) -> Form:
    """Open the form."""
    return cards.pick_day(turn.reader, "", _example(turn))


@router.submitted(actions.Until)
def until(turn: Turn, typed: actions.Until) -> Answer:
    """The day, or the form again with one sentence."""
    day = rules.until(typed.day, _today(turn))
    if isinstance(day, date):
        return _rest(turn, day)
    return cards.pick_day(turn.reader, typed.day, _example(turn), _why_not(turn, day))


@router.pressed(actions.Return)
def come_back(turn: Turn, _: actions.Return) -> Answer:
    """The break is over."""
    turn.people.pause(turn.me.id, None)
    return Redraw(cards.sentence(turn.reader(texts.RETURNED)))


def _wishes(turn: Turn) -> tuple[Wishes, int, int]:
    """What they wish, how many messages that makes, and how many the community allows."""
    who = (turn.community.id, turn.me.id)
    of = ledger.known(turn.work, [who], [])[who]
    return of.wishes, limits(of.settings, of.wishes).most, of.settings.most


@router.asked(Command("less", texts.LESS_COMMAND, also=("減らす", "へらす", "通知を減らす", "fewer")))
def less(turn: Turn, _: str) -> Answer:
    """One message fewer in 28 days, at once, and what else there is."""
    wishes, now, usual = _wishes(turn)
    more = [button(turn.reader(texts.LESS_KINDS), actions.Do(words="nudges"))]
    more.append(button(turn.reader(texts.PAUSE), actions.Do(words="pause")))
    if now <= 1:
        return Whisper(cards.sentence(turn.reader(texts.LESS_LEAST), *more))
    Habits(turn.work, turn.community.id).wish(turn.me.id, wishes.model_copy(update={"most": now - 1}))
    back = button(turn.reader(texts.LESS_BACK), actions.Most(count=now if now < usual else 0))
    return Whisper(cards.sentence(turn.reader(texts.LESS_NOW, count=now - 1), back, *more))


@router.pressed(actions.Most)
def most(turn: Turn, wish: actions.Most) -> Answer:
    """As many as before."""
    wishes, _, usual = _wishes(turn)
    count = wish.count if 0 < wish.count < usual else None
    Habits(turn.work, turn.community.id).wish(turn.me.id, wishes.model_copy(update={"most": count}))
    return Redraw(cards.sentence(turn.reader(texts.LESS_NOW, count=count or usual)))


# --- a key of one's own, and a copy --------------------------------------------------------------


@router.asked(Command("key", texts.KEY_COMMAND, also=("鍵", "かぎ", "マイキー", "合鍵")))
def key(turn: Turn, _: str) -> Answer:
    """What it is, and the way to one."""
    if turn.house.key is None:
        return Whisper(cards.sentence(turn.reader(texts.KEY_NO_PORTAL)))
    used = Doors(turn.work, turn.community.id).key_used(turn.me.id)
    return Whisper(cards.key(turn.reader, used, in_chat=turn.event.lasting))


@router.pressed(actions.NewKey)
def new_key(turn: Turn, _: actions.NewKey) -> Answer:
    """The key, once; the old one ends."""
    if turn.house.key is None:
        return Redraw(cards.sentence(turn.reader(texts.KEY_NO_PORTAL)))
    code = Doors(turn.work, turn.community.id).renew_key(turn.me.id)
    return Whisper(cards.new_key(turn.reader, turn.house.key(code)))


@router.pressed(actions.DropKey)
def drop_key(turn: Turn, _: actions.DropKey) -> Answer:
    """No key any more."""
    Doors(turn.work, turn.community.id).drop_key(turn.me.id)
    return Redraw(cards.sentence(turn.reader(texts.KEY_DROPPED)))


@router.asked(Command("export", texts.EXPORT_COMMAND, also=("控え", "エクスポート", "写し", "copy")))
def export(turn: Turn, _: str) -> Answer:
    """A link to the file; the file itself is made when the link is opened."""
    url = turn.house.hand_out(turn, COPY)
    return Whisper(cards.export(turn.reader, url) if url else cards.sentence(turn.reader(texts.EXPORT_NONE)))


# --- leaving -------------------------------------------------------------------------------------


@router.asked(Command("leave", texts.LEAVE_COMMAND, also=("退会", "やめる"), opens_form=True))
def leaving(turn: Turn, _: str) -> Form:
    """What leaving means; sending the form is the one confirmation."""
    return cards.leaving(turn.reader, turn.community)


@router.pressed(actions.Goodbye)
def goodbye(turn: Turn, _: actions.Goodbye) -> Form:
    """The same, by a button."""
    return cards.leaving(turn.reader, turn.community)


@router.submitted(actions.Leave)
def leave(turn: Turn, wish: actions.Leave) -> Answer:
    """Erase the member here and now; an owner who is the last one hands over first."""
    owners = turn.people.with_role(Role.OWNER)
    if turn.me.role is Role.OWNER and len(owners) == 1 and turn.people.count() > 1:
        return Redraw(cards.sentence(turn.reader(texts.LEAVE_LAST_OWNER)))
    barred = wish.never and _bar(turn)
    turn.house.leave(turn.work, turn.community.id, turn.me.id)
    return Redraw(cards.sentence(turn.reader(texts.LEFT_BARRED if barred else texts.LEFT)))


def _bar(turn: Turn) -> bool:
    """Their own wish: nobody invites them again.  False when nothing is known by which to recognise them."""
    roster = Roster(turn.work, turn.community.id)
    known = roster.of_member(turn.me.id)
    told = Person(name=turn.me.name, mail=cards.mail(turn.me))
    if known is not None:
        told = Person(known.name, known.reading, told.mail or known.mail, known.number, known.left_year)
    if not (told.name or told.mail):
        return False
    roster.bar(told)
    return True


@router.pressed(actions.Stay)
def stay(turn: Turn, _: actions.Stay) -> Answer:
    """The press itself was the sign of life."""
    return Redraw(cards.sentence(turn.reader(texts.STAYED)))
