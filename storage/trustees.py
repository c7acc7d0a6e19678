"""The two whose passphrases open a sensitive survey: what becomes of it when one of them leaves or has two accounts.

Their member ids stand in drafts and in key files, which `storage/boxes.py` explains, and nowhere else.
"""

from dataclasses import replace

from storage.surveys import State, Survey, Surveys
from storage.work import Work


def missing(work: Work, one: Survey) -> list[str]:
    """The trustees of an open or shut survey whose passphrase has not been typed yet; none without a key."""
    key = work.keys.surveys.get(one.id)
    return [who for who, half in key.halves.items() if half.public not in key.opened] if key else []


def forget(work: Work, community: str, member_id: str) -> None:
    """Somebody leaves: no draft names them, and no passphrase of theirs waits for an opening.

    In a survey that is open their box stays, since answers lie in it; nobody is left who could open it.
    """
    surveys, store = Surveys(work, community), work.keys.surveys
    for one in surveys.all(State.DRAFT):
        if one.draft and member_id in one.draft.trustees:
            others = tuple(who for who in one.draft.trustees if who != member_id)
            surveys.rewrite(one.id, one.draft.model_copy(update={"trustees": others}))
        key = store.get(one.id)
        if key and member_id in key.halves:
            store.put(one.id, replace(key, halves={who: half for who, half in key.halves.items() if who != member_id}))


def merge(work: Work, community: str, gone: str, kept: str) -> None:
    """Two members are one person: a box of the first is the second's to open.

    Where both were trustees, one of them is left: of a draft a second has to be found; one that is open nobody can
    open any more, since one person alone must not.
    """
    surveys, store = Surveys(work, community), work.keys.surveys
    for one in surveys.all(State.DRAFT):
        if one.draft and gone in one.draft.trustees:
            others = dict.fromkeys(kept if who == gone else who for who in one.draft.trustees)
            surveys.rewrite(one.id, one.draft.model_copy(update={"trustees": tuple(others)}))
    for one in surveys.all(State.DRAFT, State.OPEN, State.SHUT):
        key = store.get(one.id)
        if key and gone in key.halves and kept not in key.halves:
            halves = {kept if who == gone else who: half for who, half in key.halves.items()}
            store.put(one.id, replace(key, halves=halves))
