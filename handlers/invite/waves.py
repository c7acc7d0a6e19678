"""Waves: who is picked, who approves: `/enishi-admin wave`."""

from bot.cards import sentence
from bot.replies import Answer, Form, Redraw
from bot.router import Command, Router
from handlers.invite import actions, cards, rules, shelf, texts
from handlers.invite.rules import Shown, Tone
from handlers.turn import Turn
from storage.audit import Audit
from storage.roster import Invitee, State
from storage.waves import Pick, Stage, Wave

NAMES = 20  # of a wave shown at once
router: Router[Turn] = Router()


def page(turn: Turn, said: str = "") -> Answer:
    """Everything about whoever acts and their invitations."""
    waves = shelf.waves(turn)
    mine = [(one, len(shelf.names(turn, one.id))) for one in waves.of_member(turn.me.id)]
    stand = [rules.shown(link, shelf.today(turn)) for link, _ in waves.personal(turn.me.id)]
    most = shelf.settings(turn).weekly
    waiting = stand.count(Shown.NOT_SENT)
    week = cards.Week(most - shelf.room(turn), most, waiting, len(stand) - waiting)
    return Redraw(cards.waves(turn.reader, mine, week, said))


def release(turn: Turn) -> None:
    """Give whoever acts the drafts that this week has room for."""
    now = shelf.settings(turn)
    shelf.waves(turn).release(turn.me.id, shelf.room(turn), shelf.today(turn), shelf.last_day(turn, now.days))


@router.asked(Command("wave", texts.WAVE_COMMAND, also=("招待状", "waves"), admin=True), area="roster")
def wave(turn: Turn, _: str) -> Answer:
    """Where one's invitations stand."""
    release(turn)
    return page(turn)


@router.pressed(actions.Waves, desk=True, area="roster")
def waves(turn: Turn, _: actions.Waves) -> Answer:
    """The same, from a button."""
    release(turn)
    return page(turn)


# --- picking -------------------------------------------------------------------------------------


@router.pressed(actions.Pick, desk=True, area="roster")
def pick(turn: Turn, _: actions.Pick) -> Form:
    """Open the form."""
    typed = actions.Picked(most=str(shelf.settings(turn).weekly))
    return cards.pick(turn.reader, typed, turn.community.kind)


@router.submitted(actions.Picked, desk=True, area="roster")
def picked(turn: Turn, typed: actions.Picked) -> Answer:
    """Find them, and ask somebody else to approve; without a portal no link could open."""
    if turn.house.invitation is None:
        return Redraw(sentence(turn.reader(texts.NO_PORTAL)))
    year, most = rules.year_in(typed.year), rules.number_in(typed.most, range(1, rules.WAVE_MAX + 1))
    errors = {}
    if typed.year.strip() and year is None:
        errors["year"] = turn.reader(texts.BAD_YEAR)
    if most is None:
        errors["most"] = turn.reader(texts.BAD_MOST, most=rules.WAVE_MAX)
    if typed.tone not in rules.tones(turn.community.kind):
        errors["tone"] = turn.reader(texts.BAD_CHOICE)
    if not errors:
        wish = Pick(year, " ".join(typed.department.split()), " ".join(typed.tag.split()), typed.tone)
        found = _found(turn, wish, most or 0)
        if found:
            asked = shelf.waves(turn).ask(turn.me.id, wish, found, turn.community.language, shelf.today(turn))
            Audit(turn.work, turn.community.id).record(turn.me, "wave.asked", asked)
            return _shown(turn, asked)
        errors["year"] = turn.reader(texts.NOBODY_FITS)
    return cards.pick(turn.reader, typed, turn.community.kind, errors)


def _found(turn: Turn, wish: Pick, most: int) -> list[Invitee]:
    """Those who fit, have no link yet and are not on the do-not-invite list."""
    roster, taken = shelf.roster(turn), shelf.links(turn).taken()
    found: list[Invitee] = []
    cursor = ""
    while len(found) < most and (chunk := roster.after(cursor)):
        cursor = chunk[-1].id
        fit = [who for who in chunk if who.state is State.IMPORTED and who.id not in taken and rules.fits(who, wish)]
        barred = roster.barred_among(fit) if fit else set()
        found += [who for place, who in enumerate(fit) if place not in barred]
    return found[:most]


# --- one wave ------------------------------------------------------------------------------------


def _shown(turn: Turn, wave_id: str, said: str = "") -> Answer:
    one = shelf.waves(turn).get(wave_id)
    if one is None:
        return Redraw(sentence(turn.reader(texts.WAVE_GONE)))
    names = shelf.names(turn, wave_id)
    picker = turn.people.get(one.member) if one.member else None
    own = one.member == turn.me.id
    card = cards.wave(
        turn.reader,
        one,
        names[:NAMES],
        len(names),
        picker.name if picker else "",
        own=own,
        alone=own and shelf.alone(turn),
        said=said,
    )
    return Redraw(card)


@router.pressed(actions.Wave, desk=True, area="roster")
def look(turn: Turn, wish: actions.Wave) -> Answer:
    """One wave."""
    return _shown(turn, wish.wave)


@router.pressed(actions.ApproveWave, desk=True, area="roster")
def approve(turn: Turn, wish: actions.ApproveWave) -> Answer:
    """A second person says yes; the only one may say it to themselves."""
    one = shelf.waves(turn).get(wish.wave)
    if one and one.stage is Stage.ASKED and one.member == turn.me.id and not shelf.alone(turn):
        return _shown(turn, wish.wave, turn.reader(texts.APPROVE_OWN))
    if not shelf.waves(turn).approve(wish.wave):
        return _shown(turn, wish.wave, turn.reader(texts.APPROVE_GONE))
    Audit(turn.work, turn.community.id).record(turn.me, "wave.approved", wish.wave)
    return _shown(turn, wish.wave, turn.reader(texts.WAVE_APPROVED))


@router.pressed(actions.StopWave, desk=True, area="roster")
def stop(turn: Turn, wish: actions.StopWave) -> Answer:
    """Nobody else of it is written to."""
    if shelf.waves(turn).stop(wish.wave):
        Audit(turn.work, turn.community.id).record(turn.me, "wave.stopped", wish.wave)
    return _shown(turn, wish.wave, turn.reader(texts.WAVE_STOPPED))


# --- texts and settings --------------------------------------------------------------------------


def _tone(turn: Turn, tone: str) -> Tone | None:
    return Tone(tone) if tone in rules.tones(turn.community.kind) else None


@router.pressed(actions.Texts, desk=True, area="roster")
def which(turn: Turn, _: actions.Texts) -> Answer:
    """Which text to change."""
    return Redraw(cards.which_text(turn.reader, rules.tones(turn.community.kind)))


@router.pressed(actions.Edit, desk=True, area="roster")
def edit(turn: Turn, wish: actions.Edit) -> Form | Redraw:
    """Open one."""
    tone = _tone(turn, wish.tone)
    if tone is None or wish.language not in dict(cards.LANGUAGES):
        return Redraw(sentence(turn.reader(texts.BAD_CHOICE)))
    now = shelf.text_of(turn, wish.language, tone)
    return cards.edit(turn.reader, actions.Edited(language=wish.language, tone=tone, text=now))


@router.submitted(actions.Edited, desk=True, area="roster")
def edited(turn: Turn, typed: actions.Edited) -> Answer:
    """Keep it, when a link can be filled in; empty is our own text again."""
    tone = _tone(turn, typed.tone)
    if tone is None or typed.language not in dict(cards.LANGUAGES):
        return Redraw(sentence(turn.reader(texts.BAD_CHOICE)))
    text = "\n".join(line.rstrip() for line in typed.text.replace("\r\n", "\n").splitlines()).strip()
    found = rules.fault(text, tone, turn.community.name) if text else None
    if found:
        return cards.edit(turn.reader, typed, {"text": cards.bad_text(turn.reader, found)})
    now = shelf.settings(turn)
    kept = {name: value for name, value in now.texts.items() if name != f"{typed.language}.{tone}"}
    if text:
        kept[f"{typed.language}.{tone}"] = text
    shelf.keep(turn, now.model_copy(update={"texts": kept}))
    Audit(turn.work, turn.community.id).record(turn.me, "invite.texts", f"{typed.language}.{tone}")
    return Redraw(cards.which_text(turn.reader, rules.tones(turn.community.kind), turn.reader(texts.TEXTS_SAVED)))


@router.pressed(actions.Arrange, desk=True, area="roster")
def arrange(turn: Turn, _: actions.Arrange) -> Form:
    """Open the settings."""
    now = shelf.settings(turn)
    typed = actions.Arranged(weekly=str(now.weekly), days=str(now.days), leaver_days=str(now.leaver_days))
    return cards.arrange(turn.reader, typed)


@router.submitted(actions.Arranged, desk=True, area="roster")
def arranged(turn: Turn, typed: actions.Arranged) -> Answer:
    """Keep them."""
    allowed = {"weekly": rules.WEEKLY, "days": rules.DAYS, "leaver_days": rules.LEAVER_DAYS}
    wanted = {name: rules.number_in(getattr(typed, name), among) for name, among in allowed.items()}
    errors = {
        name: turn.reader(texts.BAD_NUMBER, least=allowed[name][0], most=allowed[name][-1])
        for name, value in wanted.items()
        if value is None
    }
    if errors:
        return cards.arrange(turn.reader, typed, errors)
    shelf.keep(turn, shelf.settings(turn).model_copy(update=wanted))
    Audit(turn.work, turn.community.id).record(turn.me, "invite.settings")
    return page(turn, turn.reader(texts.SETTINGS_SAVED))


def described(turn: Turn, one: Wave) -> str:
    """A wave in one line of the desk."""
    picker = turn.people.get(one.member) if one.member else None
    return turn.reader(
        texts.DESK_WAVE,
        name=picker.name if picker else turn.reader(texts.SOMEBODY),
        picked=cards.picked(turn.reader, one.pick),
        people=cards.people(turn.reader, len(shelf.names(turn, one.id))),
    )
