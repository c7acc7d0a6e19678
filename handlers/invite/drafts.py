"""The drafts somebody sends themselves, one person after the other."""

from bot.cards import sentence
from bot.replies import Answer, Form, Redraw
from bot.router import Router
from handlers.invite import actions, cards, rules, shelf, texts, waves
from handlers.invite.rules import Shown, Tone
from handlers.turn import Turn
from storage.audit import Audit
from storage.invitations import NOTE_MAX, Invitation, Kind, State
from storage.roster import Person

router: Router[Turn] = Router()
Mine = list[tuple[Invitation, Person, Shown]]


def mine(turn: Turn) -> Mine:
    """The personal links of whoever acts."""
    today = shelf.today(turn)
    return [(link, who, rules.shown(link, today)) for link, who in shelf.waves(turn).personal(turn.me.id)]


def to_send(turn: Turn) -> Mine:
    """Those that nobody has sent yet."""
    return [one for one in mine(turn) if one[2] is Shown.NOT_SENT]


def _tone(turn: Turn, link: Invitation, wish: str) -> Tone:
    """The one that was asked for, else the one its wave was picked with."""
    picked = shelf.waves(turn).get(link.wave) if link.wave else None
    known = rules.tones(turn.community.kind)
    return next((Tone(tone) for tone in (wish, picked.pick.tone if picked else "") if tone in known), known[0])


def _draft(turn: Turn, link_id: str, wish: str = "", said: str = "") -> Answer:
    found = next((one for one in mine(turn) if one[0].id == link_id), None)
    if found is None:
        return Redraw(sentence(turn.reader(texts.DRAFT_GONE)))
    link, who, shown = found
    tone = _tone(turn, link, wish)
    text = shelf.draft_text(turn, link, who, tone)
    tones = rules.tones(turn.community.kind)
    return Redraw(cards.draft(turn.reader, link, who, text, tone=tone, tones=tones, shown=shown, said=said))


def _next(turn: Turn) -> Answer:
    waves.release(turn)
    if waiting := to_send(turn):
        left = turn.reader(texts.DRAFTS_LEFT, count=len(waiting))
        return _draft(turn, waiting[0][0].id, said=left)
    planned = shelf.links(turn).of_member(turn.me.id, State.PLANNED)
    full = turn.reader(texts.DRAFTS_FULL, most=shelf.settings(turn).weekly) if planned else ""
    return waves.page(turn, full or turn.reader(texts.DRAFTS_NONE))


@router.pressed(actions.Drafts, desk=True, area="roster")
def drafts(turn: Turn, _: actions.Drafts) -> Answer:
    """The first one to send."""
    return _next(turn)


@router.pressed(actions.Draft, desk=True, area="roster")
def draft(turn: Turn, wish: actions.Draft) -> Answer:
    """One person's."""
    return _draft(turn, wish.link, wish.tone)


@router.pressed(actions.Ticked, desk=True, area="roster")
def ticked(turn: Turn, wish: actions.Ticked) -> Answer:
    """Sent by me; then the next one."""
    link = _own(turn, wish.link)
    if link is None:
        return Redraw(sentence(turn.reader(texts.DRAFT_GONE)))
    shelf.links(turn).tick(link.id, shelf.today(turn) if wish.yes else None)
    if not wish.yes:
        return _draft(turn, link.id)
    Audit(turn.work, turn.community.id).record(turn.me, "link.sent", link.id)
    return _next(turn)


@router.pressed(actions.Sent, desk=True, area="roster")
def sent(turn: Turn, wish: actions.Sent) -> Answer:
    """Whom I wrote to, and what has become of it."""
    told = [one for one in mine(turn) if one[2] is not Shown.NOT_SENT]
    return Redraw(cards.sent(turn.reader, told, max(0, wish.start)))


@router.pressed(actions.Note, desk=True, area="roster")
def note(turn: Turn, wish: actions.Note) -> Form | Redraw:
    """Open the note."""
    link = _own(turn, wish.link)
    if link is None:
        return Redraw(sentence(turn.reader(texts.DRAFT_GONE)))
    return cards.note(turn.reader, actions.Noted(link=link.id, text=link.note))


@router.submitted(actions.Noted, desk=True, area="roster")
def noted(turn: Turn, typed: actions.Noted) -> Answer:
    """Keep it."""
    if _own(turn, typed.link):
        shelf.links(turn).note(typed.link, " ".join(typed.text.split())[:NOTE_MAX])
    return _draft(turn, typed.link)


@router.pressed(actions.Revoke, desk=True, area="roster")
def revoke(turn: Turn, wish: actions.Revoke) -> Answer:
    """The link opens for nobody any more."""
    link = _own(turn, wish.link)
    if link is None:
        return Redraw(sentence(turn.reader(texts.DRAFT_GONE)))
    shelf.links(turn).revoke(link.id)
    Audit(turn.work, turn.community.id).record(turn.me, "link.revoked", link.id)
    if link.kind is Kind.PERSONAL:
        return _draft(turn, link.id, said=turn.reader(texts.REVOKED))
    return Redraw(sentence(turn.reader(texts.REVOKED)))


@router.pressed(actions.Renew, desk=True, area="roster")
def renew(turn: Turn, wish: actions.Renew) -> Answer:
    """Another link for the same person; it counts in the week like any other."""
    found = next((one for one in mine(turn) if one[0].id == wish.link), None)
    if found is None or found[2] not in {Shown.OVER, Shown.REVOKED}:
        return Redraw(sentence(turn.reader(texts.DRAFT_GONE)))
    if not shelf.room(turn):
        return _draft(turn, wish.link, said=turn.reader(texts.DRAFTS_FULL, most=shelf.settings(turn).weekly))
    link, last = found[0], shelf.last_day(turn, shelf.settings(turn).days)
    links = shelf.links(turn)
    new = links.add(
        Kind.PERSONAL,
        State.PLANNED,
        turn.me.id,
        language=link.language,
        name=link.name,
        invitee=link.invitee,
        wave=link.wave,
        last_day=last,
    )
    links.drop(link.id)
    links.open(new, shelf.today(turn), last)
    Audit(turn.work, turn.community.id).record(turn.me, "link.made", new)
    return _draft(turn, new)


def _own(turn: Turn, link_id: str) -> Invitation | None:
    """A link that whoever acts sends."""
    link = shelf.links(turn).get(link_id)
    return link if link and link.member == turn.me.id else None
