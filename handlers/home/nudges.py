"""The question that joins two accounts."""

from bot.cards import Card
from bot.people import Handle
from handlers.home import cards, texts
from storage import joining, people
from storage.joining import Joins, Offer
from storage.manners import Manner
from storage.outbox import Draft, Nudge, Outbox
from storage.work import Work

ASK_BACK = "home.ask_back"
MANNERS = {
    ASK_BACK: Manner(name=texts.ASK_BACK_NAME, why=texts.ASK_BACK_WHY, asked=True, priority=0, lives=joining.LIVES),
}


def ask_back(work: Work, offer: Offer, code: str, other: Handle) -> bool:
    """Ask whoever got a code whether it was they who typed it.  False when nothing reaches them."""
    to = people.People(work, offer.community).address(offer.member)
    if to is None:
        return False
    draft = Draft(
        key=f"{ASK_BACK}:{offer.member}:{work.keys.tag('joining', code).hex()}",
        kind=ASK_BACK,
        to=to,
        member=offer.member,
        due_at=work.now,
        expires_at=work.now + joining.LIVES,
        params={"surface": other.surface},
        priority=0,
    )
    Outbox(work, offer.community).add([draft])
    return True


def draw_ask_back(work: Work, nudge: Nudge) -> Card | None:
    """Unless the offer has ended."""
    member = people.People(work, nudge.community).get(nudge.member or "")
    if member is None or Joins(work, nudge.community).taken_by(member.id) is None:
        return None
    return cards.asked_back(member.reader, str(nudge.params["surface"]))
