"""Question files and whole surveys as text: both are taken on a page, and read beside any transaction."""

from functools import partial

from bot.cards import sentence
from bot.replies import Answer, Form, Redraw
from bot.router import Router
from handlers.surveys.authoring import actions, drafts, files, forms, texts
from handlers.surveys.authoring.files import Asked, BadFile
from handlers.turn import Turn
from storage.errands import Errand
from storage.people import Area
from storage.questions import Draft
from storage.surveys import Surveys
from storage.uploads import Part, Uploads
from storage.work import Work

router: Router[Turn] = Router()


@router.pressed(actions.File, desk=True, area=Area.CONTENT)
def file(turn: Turn, _: actions.File) -> Answer:
    """The form for a file, or the way to it."""
    return forms.file(turn.reader) if drafts.on_a_page(turn) else drafts.elsewhere(turn)


@router.submitted(actions.Take, desk=True, area=Area.CONTENT)
def take(turn: Turn, typed: actions.Take) -> Answer:
    """A file has come: a draft of what it asks, or what is wrong with it."""
    uploads = Uploads(turn.work, turn.community.id)
    upload = uploads.of(turn.me.id)
    if upload is None or upload.id != typed.file:
        return forms.file(turn.reader, turn.reader(texts.FILE_GONE))
    sealed = uploads.pieces(upload.id, Part.FILE)
    uploads.drop(turn.me.id)  # it waits for nothing
    content = b"".join(turn.work.keys.open_bytes(piece) for piece in sealed)
    meanwhile = Redraw(sentence(turn.reader(texts.FILE_READING)))
    return turn.later(_reading(turn, content, drafts.blank(turn)), meanwhile)


def _reading(turn: Turn, content: bytes, blank: Draft) -> Errand[Answer]:
    try:
        asked = files.read(content)
    except BadFile as bad:
        return forms.file(turn.reader, forms.problems(turn.reader, bad.problems))
    done: Answer = yield partial(_written, turn, asked.onto(blank))
    return done


def _written(turn: Turn, draft: Draft, work: Work) -> Answer:
    survey = Surveys(work, turn.community.id).write(draft)
    return drafts.page(drafts.within(turn, work), survey, turn.reader(texts.BEGUN))


@router.pressed(actions.Written, desk=True, area=Area.CONTENT)
def written(turn: Turn, wish: actions.Written) -> Answer:
    """The whole survey as text."""
    draft = drafts.found(turn, wish.survey)
    if draft is None:
        return drafts.gone(turn)
    if not drafts.on_a_page(turn):
        return drafts.elsewhere(turn)
    return forms.written(turn.reader, wish.survey, files.write(draft))


@router.submitted(actions.Rewritten, desk=True, area=Area.CONTENT)
def rewritten(turn: Turn, typed: actions.Rewritten) -> Answer:
    """Keep it as it was written; what the text does not say is not there any more."""
    draft = drafts.found(turn, typed.survey)
    if draft is None:
        return drafts.gone(turn)
    return turn.later(_rereading(turn, typed, draft), Redraw(sentence(turn.reader(texts.FILE_READING))))


def _rereading(turn: Turn, typed: actions.Rewritten, draft: Draft) -> Errand[Answer]:
    try:
        asked = files.read_yaml(typed.text)
    except BadFile as bad:
        return wrong(turn, typed, bad)
    done: Answer = yield partial(_rewritten, turn, typed.survey, afresh(asked, draft))
    return done


def wrong(turn: Turn, typed: actions.Rewritten, bad: BadFile) -> Form:
    """The text again, with what is wrong and where."""
    errors = {"text": forms.problems(turn.reader, bad.problems)}
    return forms.written(turn.reader, typed.survey, typed.text, errors)


def afresh(asked: Asked, draft: Draft) -> Draft:
    """The draft as a text has it: its last day is its own, and its trustees while it is sensitive."""
    bare = Draft(title={}, closes_on=draft.closes_on, trustees=draft.trustees if asked.sensitive else ())
    return asked.onto(bare)


def _rewritten(turn: Turn, survey: str, draft: Draft, work: Work) -> Answer:
    return drafts.keep(drafts.within(turn, work), survey, draft)
