"""The form that members will see, as a try: drawn by the surfaces themselves, and read by nobody."""

from dataclasses import replace

from bot.actions import pack
from bot.cards import Look, Text, sentence
from bot.language import LANGUAGES, Reader
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Router
from handlers.surveys.answering import cards as answering
from handlers.surveys.answering.promise import Place
from handlers.surveys.authoring import actions, drafts, files, forms, texts
from handlers.surveys.authoring.files import BadFile
from handlers.surveys.authoring.sending import afresh
from handlers.turn import Turn
from storage.communities import Settings
from storage.errands import Errand
from storage.errands import Look as Looks
from storage.people import Area
from storage.questions import K_TEXT, Draft, Manifest
from storage.work import Work

router: Router[Turn] = Router()


def manifest(turn: Turn, survey: str, draft: Draft) -> Manifest:
    """What a draft would promise if it were opened now; it has no box, so nothing can be sealed for it."""
    surveys = drafts.surveys(turn)
    shared = set(Draft.model_fields) & set(Manifest.model_fields) - {"k", "trustees"}
    names = {one.id: one.name for one in turn.people.some(draft.trustees)}
    return Manifest(
        **{name: getattr(draft, name) for name in shared},
        survey=survey,
        trustees=tuple(names.get(who) or turn.reader(texts.SOMEBODY) for who in draft.trustees),
        opens_on=surveys.today(),
        zone=Settings(turn.work, turn.community.id).get().zone,
        audience=surveys.members(),
        k=max(draft.least, draft.floor),
        k_text=max(draft.least, K_TEXT),
        boxes=(),
        after="",
    )


def form(turn: Turn, survey: str, draft: Draft, language: str, surface: str) -> Form:
    """The form in this language, as this surface will have it."""
    reader = Reader(language, turn.reader.zone)
    asked = answering.asked(reader, manifest(turn, survey, draft), Place(surface, turn.community.name))
    note = Text(turn.reader(texts.PREVIEW_NOTE), Look.QUIET)
    return replace(asked, submit=pack(actions.Previewed()), intro=(note, *asked.intro))


@router.pressed(actions.Preview, desk=True, area=Area.CONTENT)
def preview(turn: Turn, wish: actions.Preview) -> Form | Redraw:
    """Open it, drawn by the very surface it is tried on."""
    draft = drafts.found(turn, wish.survey)
    if draft is None or not draft.questions or wish.language not in LANGUAGES:
        return drafts.gone(turn)
    return form(turn, wish.survey, draft, wish.language, turn.event.where.surface)


@router.submitted(actions.Previewed, untraced=True, desk=True, area=Area.CONTENT)
def previewed(turn: Turn, _: actions.Previewed) -> Answer:
    """Nothing of it is read."""
    return Whisper(sentence(turn.reader(texts.PREVIEW_DONE)), fleeting=True)


@router.submitted(actions.Try, untraced=True, desk=True, area=Area.CONTENT)
def tried(turn: Turn, typed: actions.Try) -> Answer:
    """What a text makes so far, or the first mistakes in it; nothing is kept."""
    draft = drafts.found(turn, typed.survey)
    if draft is None or typed.language not in LANGUAGES:
        return drafts.gone(turn)
    return turn.later(_trying(turn, typed, draft), Whisper(sentence(turn.reader(texts.FILE_READING))))


def _trying(turn: Turn, typed: actions.Try, draft: Draft) -> Errand[Answer]:
    try:
        asked = files.read_yaml(typed.text)
    except BadFile as bad:
        return Whisper(sentence(forms.problems(turn.reader, bad.problems)))
    changed = afresh(asked, draft)

    def make(work: Work) -> Form:
        return form(drafts.within(turn, work), typed.survey, changed, typed.language, typed.surface)

    made: Form = yield Looks(make)
    return made
