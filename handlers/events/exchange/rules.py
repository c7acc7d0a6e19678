"""What becomes of it when one of two would like to talk; pure.

Of the two, `mine` is what one wants of the other, and `theirs` what the other wants of them.  A no looks to whoever
asked as if nothing had been said yet: everything they can see and press is the same.
"""

from enum import StrEnum

from storage.exchange import NO_TALK, Pair, Said, Talk


class Between(StrEnum):
    """How it stands between two, as one of them may know it."""

    NOTHING = "nothing"
    ASKED = "asked"  # they asked, and hear when the other would be glad to
    WANTED = "wanted"  # the other asked, and has no answer yet
    BOTH = "both"


def between(mine: Talk, theirs: Talk) -> Between:
    """For whoever `mine` is of."""
    if Said.YES in {mine.answer, theirs.answer}:
        return Between.BOTH
    if theirs.wants and theirs.answer is Said.NOTHING:
        return Between.WANTED
    return Between.ASKED if mine.wants else Between.NOTHING


def ask(mine: Talk, theirs: Talk) -> Pair:
    """One would like to talk; if the other would as well, be it that one left it before, both do."""
    if between(mine, theirs) is Between.BOTH:
        return mine, theirs
    if theirs.wants:
        return mine, _says(theirs, Said.YES)
    return mine.model_copy(update={"wants": True}), theirs


def take_back(mine: Talk, theirs: Talk) -> Pair:
    """One would not, after all; once the other is glad to there is nothing to take back."""
    kept = between(mine, theirs) is Between.BOTH
    return (mine if kept else mine.model_copy(update={"wants": False})), theirs


def answer(mine: Talk, theirs: Talk, *, yes: bool) -> Pair:
    """One says whether they would be glad to, when the other asked and has not taken it back."""
    if between(mine, theirs) is not Between.WANTED:
        return mine, theirs
    return mine, _says(theirs, Said.YES if yes else Said.NO)


def _says(talk: Talk, said: Said) -> Talk:
    return talk.model_copy(update={"answer": said})


NOTHING: Pair = (NO_TALK, NO_TALK)
