"""Hello to somebody who came into the community's channel, and the question that joins two accounts."""

from datetime import timedelta

from bot.address import Address
from bot.cards import Card
from bot.language import Reader, nearest
from bot.people import Handle, Sighting
from handlers.home import cards, texts
from storage import joining, people
from storage.communities import Settings
from storage.joining import Joins, Offer
from storage.manners import Manner
from storage.outbox import Draft, Nudge, OnUnknown, Outbox
from storage.work import Work

HELLO = "home.hello"
ASK_BACK = "home.ask_back"
HELLO_LIVES = timedelta(days=3)
MANNERS = {
    HELLO: Manner(name=texts.HELLO_TITLE, why=texts.HELLO_WHY, priority=1, lives=HELLO_LIVES),
    ASK_BACK: Manner(name=texts.ASK_BACK_NAME, why=texts.ASK_BACK_WHY, asked=True, priority=0, lives=joining.LIVES),
}


def greet(work: Work, community: str, who: Sighting) -> None:
    """Say hello once to an account, however often it comes and goes."""
    draft = Draft(
        key=f"{HELLO}:{community}:{people.handle_tag(work.keys, who.handle).hex()}",
        kind=HELLO,
        to=Address.direct(who.handle, who.known_as),
        member="",  # a person, but no member
        due_at=work.now,
        expires_at=work.now + HELLO_LIVES,
        params={"language": who.language},
        priority=1,
        on_unknown=OnUnknown.LOOKUP_DROP,
    )
    Outbox(work, community).add([draft])


def draw_hello(work: Work, nudge: Nudge) -> Card:
    """In the language their platform says."""
    here = Settings(work, nudge.community).get()
    return cards.hello(Reader(nearest(str(nudge.params["language"]), here.language), here.zone))


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
