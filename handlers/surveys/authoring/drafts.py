"""The drafts of whoever acts: looked up, changed and shown."""

from dataclasses import replace
from datetime import timedelta

from bot.cards import Card, sentence
from bot.replies import Answer, Redraw, Whisper
from handlers.surveys.authoring import cards, rules, texts
from handlers.turn import Turn
from storage.doors import Doors
from storage.questions import Draft
from storage.surveys import Survey, Surveys
from storage.work import Work

LASTS = timedelta(days=14)  # until the last day of a new draft
PAGES = "portal"  # where files and long texts are taken


def surveys(turn: Turn) -> Surveys:
    """The surveys of whoever acts."""
    return Surveys(turn.work, turn.community.id)


def found(turn: Turn, survey_id: str) -> Draft | None:
    """A draft, or None when it is none (any more); nobody else changes it until this turn has."""
    one = surveys(turn).get(survey_id, lock=True)
    return one.draft if one else None


def gone(turn: Turn) -> Redraw:
    """It is no draft any more."""
    return Redraw(sentence(turn.reader(texts.NOT_A_DRAFT)))


def blank(turn: Turn) -> Draft:
    """A draft of nothing."""
    return Draft(title={}, closes_on=surveys(turn).today() + LASTS)


def within(turn: Turn, work: Work) -> Turn:
    """The same turn in a later transaction, of an errand it began."""
    return replace(turn, work=work)


def trustees(turn: Turn, survey_id: str, draft: Draft) -> list[str]:
    """The trustees of a draft by name, and whether each has given a passphrase."""
    given = surveys(turn).trusting(survey_id)
    names = {one.id: one.name for one in turn.people.some(draft.trustees)}
    told = []
    for who in draft.trustees:
        said = texts.PASSPHRASE_THERE if who in given else texts.PASSPHRASE_MISSING
        told.append(turn.reader(said, name=names.get(who) or turn.reader(texts.SOMEBODY)))
    return told


def card(turn: Turn, one: Survey, draft: Draft, note: str = "", start: int = 0) -> Card:
    """A draft as it stands."""
    named = trustees(turn, one.id, draft)
    return cards.draft(turn.reader, one.id, draft, turn.community.zone, trustees=named, note=note, start=start)


def page(turn: Turn, survey_id: str, note: str = "") -> Answer:
    """A draft's page."""
    one = surveys(turn).get(survey_id)
    return Redraw(card(turn, one, one.draft, note)) if one and one.draft else gone(turn)


def keep(turn: Turn, survey_id: str, draft: Draft, note: str = "") -> Answer:
    """Keep a draft as it was changed, and show it."""
    if not surveys(turn).rewrite(survey_id, draft):
        return gone(turn)
    return page(turn, survey_id, note or turn.reader(texts.SAVED))


def at_question(turn: Turn, survey_id: str, question: str) -> Answer:
    """The page of one question, or of its draft when it is gone."""
    draft = found(turn, survey_id)
    if draft is None:
        return gone(turn)
    asked = next((one for one in draft.questions if one.id == question), None)
    if asked is None:
        return page(turn, survey_id, turn.reader(texts.QUESTION_GONE))
    return Redraw(cards.question(turn.reader, survey_id, draft, asked))


def elsewhere(turn: Turn) -> Whisper:
    """The way to the page that takes files and long texts."""
    link = turn.house.link
    url = link(Doors(turn.work, turn.community.id).invite(turn.me.id)) if link else ""
    return Whisper(cards.elsewhere(turn.reader, url))


def on_a_page(turn: Turn) -> bool:
    """Whether whoever acts is on a page."""
    return turn.event.where.surface == PAGES


def copied(turn: Turn, one: Survey) -> Draft:
    """A draft that asks what an earlier survey asked."""
    promised = one.promised
    shared = set(Draft.model_fields) & set(type(promised).model_fields) - {"trustees", "k"}
    earlier = Draft(**{name: getattr(promised, name) for name in shared})
    usual = promised.k == earlier.floor
    return rules.copied(blank(turn), earlier.model_copy(update={"k": 0 if usual else promised.k}))
