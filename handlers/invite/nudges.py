"""The link a member asked for is ready."""

from datetime import timedelta

from bot.cards import Card
from handlers.invite import cards, texts
from storage.invitations import Invitation, Invitations, State
from storage.manners import Manner
from storage.outbox import Draft, Nudge, Outbox
from storage.people import People
from storage.work import Work

READY = "invite.ready"
LIVES = timedelta(days=7)
MANNERS = {READY: Manner(name=texts.REFER_NAME, why=texts.REFER_WHY, asked=True, priority=1, lives=LIVES)}


def tell_ready(work: Work, community: str, link: Invitation) -> None:
    """Tell whoever asked; the message does not carry the link."""
    to = People(work, community).address(link.member)
    if to is None:
        return
    draft = Draft(
        key=f"{READY}:{link.id}",
        kind=READY,
        to=to,
        member=link.member,
        due_at=work.now,
        expires_at=work.now + LIVES,
        params={"link": link.id},
        priority=1,
    )
    Outbox(work, community).add([draft])


def draw_ready(work: Work, nudge: Nudge) -> Card | None:
    """Unless it was taken back meanwhile."""
    member = People(work, nudge.community).get(nudge.member or "")
    link = Invitations(work, nudge.community).get(str(nudge.params["link"]))
    if member is None or link is None or link.state is not State.OPEN:
        return None
    return cards.ready(member.reader, link.id)
