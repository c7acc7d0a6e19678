"""What the secretariat can arrange about joining: `/enishi-admin welcome`."""

from bot.cards import sentence
from bot.language import LANGUAGES, Reader
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Command, Router
from handlers.turn import Turn
from handlers.welcome import actions, letters, nudges, rules, texts
from storage.audit import Audit
from storage.communities import Community
from storage.communities import Settings as Communities
from storage.people import Area
from storage.presets import WORD_MAX, WORDS_MAX

CHANGED = "welcome.changed"

router: Router[Turn] = Router()


def _here(turn: Turn) -> Community:
    return Communities(turn.work, turn.community.id).get()


def _page(turn: Turn, note: str = "") -> Redraw:
    here = _here(turn)
    return Redraw(letters.desk(turn.reader, here, rules.Settings.read(here.settings), note))


def _keep(turn: Turn, settings: rules.Settings) -> None:
    Communities(turn.work, turn.community.id).change("welcome", settings.model_dump(mode="json"))
    Audit(turn.work, turn.community.id).record(turn.me, CHANGED)


@router.asked(Command("welcome", texts.DESK_COMMAND, also=("入会", "ようこそ", "歓迎"), admin=True), area=Area.CONTENT)
def desk(turn: Turn, _: str) -> Answer:
    """The letters there are, and what can be done."""
    return _page(turn)


@router.pressed(actions.Arrange, desk=True, area=Area.CONTENT)
def arrange(turn: Turn, _: actions.Arrange) -> Form:
    """Open the form."""
    here = _here(turn)
    settings = rules.Settings.read(here.settings)
    days = ", ".join(str(step.day) for step in settings.steps)
    words = "\n".join(here.preset.words)
    return letters.arrange(turn.reader, actions.Arranged(days=days, supporters=settings.supporters, words=words))


@router.submitted(actions.Arranged, desk=True, area=Area.CONTENT)
def arranged(turn: Turn, typed: actions.Arranged) -> Answer:
    """Keep days, supporters and words."""
    here, errors = _here(turn), {}
    days = rules.days_of(typed.days)
    words = [word for line in typed.words.splitlines() if (word := rules.tidy(line))]
    if days is None:
        errors["days"] = turn.reader(texts.SET_BAD_DAYS, max=rules.LAST_DAY)
    if len(words) > WORDS_MAX or any(len(word) > WORD_MAX for word in words):
        errors["words"] = turn.reader(texts.SET_BAD_WORDS, count=WORDS_MAX, max=WORD_MAX)
    if days is None or errors:
        return letters.arrange(turn.reader, typed, errors)
    settings = rules.Settings.read(here.settings)
    steps = settings.on(days)
    own = here.settings.get("community") or {}
    Communities(turn.work, turn.community.id).change("community", {**own, "words": words})
    _keep(turn, settings.model_copy(update={"steps": steps, "supporters": typed.supporters}))
    return _page(turn, turn.reader(texts.DESK_SAVED))


@router.pressed(actions.Edit, desk=True, area=Area.CONTENT)
def edit(turn: Turn, wish: actions.Edit) -> Form | Redraw:
    """Open the form of one letter."""
    steps = rules.Settings.read(_here(turn).settings).steps
    if not 0 <= wish.step < len(steps):
        return _page(turn, turn.reader(texts.EDIT_GONE))
    step = steps[wish.step]
    return letters.edit(turn.reader, actions.Edited(step=wish.step, goal=step.goal, ja=step.ja, en=step.en))


@router.submitted(actions.Edited, desk=True, area=Area.CONTENT)
def edited(turn: Turn, typed: actions.Edited) -> Answer:
    """Keep the words of one letter, in both languages, and when it comes."""
    settings, errors = rules.Settings.read(_here(turn).settings), {}
    if not 0 <= typed.step < len(settings.steps):
        return _page(turn, turn.reader(texts.EDIT_GONE))
    words = {"ja": typed.ja.strip(), "en": typed.en.strip()}
    for language, text in words.items():
        if (over := len(text) - rules.STEP_MAX) > 0:
            errors[language] = turn.reader(texts.EDIT_LONG, over=over, max=rules.STEP_MAX)
    if typed.goal not in set(rules.Goal):
        errors["goal"] = turn.reader(texts.JOIN_CHOOSE)
    if errors:
        return letters.edit(turn.reader, typed, errors)
    changed = settings.steps[typed.step].model_copy(update={**words, "goal": rules.Goal(typed.goal)})
    steps = tuple(changed if place == typed.step else step for place, step in enumerate(settings.steps))
    _keep(turn, settings.model_copy(update={"steps": steps}))
    return _page(turn, turn.reader(texts.DESK_SAVED))


@router.pressed(actions.Preview, desk=True, area=Area.CONTENT)
def preview(turn: Turn, wish: actions.Preview) -> Answer:
    """The letters as somebody new would read them, in one language."""
    here, reader = _here(turn), turn.reader
    there = Reader(wish.language if wish.language in LANGUAGES else reader.language, reader.zone)
    return Whisper(letters.preview(reader, there, rules.Settings.read(here.settings), turn.me.name, here))


@router.pressed(actions.Test, desk=True, area=Area.CONTENT)
def test(turn: Turn, _: actions.Test) -> Answer:
    """The letters to the secretary alone, now."""
    sent = nudges.send_test(turn.work, turn.me)
    return Whisper(sentence(turn.reader(texts.DESK_TESTED if sent else texts.DESK_NO_TEST)))
