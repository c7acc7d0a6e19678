"""How much members may be written to, for everybody: `/enishi-admin nudges`."""

from pydantic import ValidationError

from bot.replies import Answer, Form, Redraw
from bot.router import Command, Router, plain
from handlers.nudges import actions, cards, texts
from handlers.turn import Turn
from storage.audit import Audit
from storage.communities import Settings as Communities
from storage.manners import Settings, spans
from storage.workdays import calendar, has_table

FREE_SHOWN = 4  # coming days off
GAPS = range(24, 14 * 24 + 1)
LAST_HOUR = 24

router: Router[Turn] = Router()


def _settings(turn: Turn) -> Settings:
    return Settings.read(Communities(turn.work, turn.community.id).get().settings)


def _page(turn: Turn, note: str = "") -> Answer:
    settings, zone = _settings(turn), turn.community.zone
    days = calendar(settings, zone)
    warning = ""
    if not days.country:
        warning = turn.reader(texts.NO_COUNTRY, zone=zone)
    elif not days.known:
        warning = turn.reader(texts.NO_TABLE, country=days.country)
    free = days.days_off(turn.reader.local(turn.now).date(), FREE_SHOWN)
    shown = cards.Shared(settings, days.country, free, warning)
    return Redraw(cards.desk(turn.reader, shown, note))


@router.asked(Command("nudges", texts.DESK_COMMAND, also=("お知らせ", "おしらせ", "通知"), admin=True))
def desk(turn: Turn, _: str) -> Answer:
    """How it is set."""
    return _page(turn)


@router.pressed(actions.Desk, desk=True)
def arrange(turn: Turn, _: actions.Desk) -> Form:
    """Open the form."""
    now = _settings(turn)
    typed = actions.Arrange(
        most=str(now.most),
        gap=str(now.gap),
        opens=str(now.opens),
        closes=str(now.closes),
        country=now.country,
        obon=now.obon,
        year_end=now.year_end,
        closures="\n".join(now.closures),
    )
    return cards.arrange(turn.reader, typed, turn.community.zone)


@router.submitted(actions.Arrange, desk=True)
def arranged(turn: Turn, typed: actions.Arrange) -> Answer:
    """Keep the settings; they hold for whatever is sent from now on."""
    country = plain(typed.country).upper()
    closures = tuple(plain(line) for line in typed.closures.splitlines() if line.strip())
    numbers = {name: plain(getattr(typed, name)) for name in ("gap", "opens", "closes")}
    typed = typed.model_copy(update={"country": country, **numbers})
    errors = _wrong(turn, typed, closures)
    if not errors:
        try:
            kept = Settings(
                most=int(typed.most),
                gap=int(typed.gap),
                opens=int(typed.opens),
                closes=int(typed.closes),
                country=country,
                obon=typed.obon,
                year_end=typed.year_end,
                closures=closures,
            )
        except (ValidationError, ValueError):  # a choice that the form does not offer
            errors["most"] = turn.reader(texts.BAD_CHOICE)
        else:
            Communities(turn.work, turn.community.id).change("nudges", kept.model_dump(mode="json"))
            Audit(turn.work, turn.community.id).record(turn.me, "nudges.settings")
            return _page(turn, turn.reader(texts.SAVED))
    return cards.arrange(turn.reader, typed, turn.community.zone, errors)


def _wrong(turn: Turn, typed: actions.Arrange, closures: tuple[str, ...]) -> dict[str, str]:
    """One sentence for each field that cannot be kept."""
    reader, errors = turn.reader, {}
    if not (typed.gap.isdecimal() and int(typed.gap) in GAPS):
        errors["gap"] = reader(texts.BAD_GAP)
    hours = [int(hour) for hour in (typed.opens, typed.closes) if hour.isdecimal()]
    if len(set(hours)) != 2 or not hours[0] < hours[1] <= LAST_HOUR:  # noqa: PLR2004 - a beginning and an end
        errors["closes"] = reader(texts.BAD_HOURS)
    if typed.country and not has_table(typed.country):
        errors["country"] = reader(texts.BAD_COUNTRY, country=typed.country)
    for line in closures:
        try:
            spans(line)
        except ValueError:
            errors["closures"] = reader(texts.BAD_CLOSURES, line=line)
    return errors
