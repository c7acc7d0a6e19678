"""One link at a time: `/enishi-admin invite`, `/enishi-admin leaver`, and what a person approves."""

from bot.cards import sentence
from bot.replies import Answer, Form, Redraw, Whisper
from bot.router import Command, Router
from handlers.invite import actions, cards, rules, shelf, texts
from handlers.invite.nudges import tell_ready
from handlers.turn import Turn
from storage.audit import Audit
from storage.invitations import Invitation, Kind, State
from storage.people import NAME_MAX

router: Router[Turn] = Router()


# --- one invitation ------------------------------------------------------------------------------


@router.asked(
    Command("invite", texts.INVITE_COMMAND, also=("招待",), admin=True, hint="[…]", opens_form=True), area="roster"
)
def invite(turn: Turn, words: str) -> Form:
    """The form, with the name when it was given."""
    return cards.invite(turn.reader, actions.Invited(who=_tidy(words)[:NAME_MAX], language=turn.community.language))


@router.pressed(actions.Invite, desk=True, area="roster")
def open_invite(turn: Turn, _: actions.Invite) -> Form:
    """The same, from a button."""
    return cards.invite(turn.reader, actions.Invited(language=turn.community.language))


@router.submitted(actions.Invited, desk=True, area="roster")
def invited(turn: Turn, typed: actions.Invited) -> Answer:
    """Make the link, or ask whoever keeps the do-not-invite list.

    Only they hear that somebody is on it.  For everybody else nothing is looked up, so words and delay are the same
    whoever it is about.  Whether that person is a member is not looked at either.
    """
    if turn.house.invitation is None:
        return Redraw(sentence(turn.reader(texts.NO_PORTAL)))
    name, mail = _tidy(typed.who), typed.mail.strip()
    errors = {}
    if not 0 < len(name) <= NAME_MAX:
        errors["who"] = turn.reader(texts.INVITE_EMPTY, max=NAME_MAX)
    if mail and not rules.is_mail(mail):
        errors["mail"] = turn.reader(texts.ADDRESS_BAD)
    if typed.language not in dict(cards.LANGUAGES):
        errors["language"] = turn.reader(texts.BAD_CHOICE)
    if errors:
        return cards.invite(turn.reader, typed, errors)
    if shelf.keeps_the_list(turn) and shelf.roster(turn).is_barred(name=name, mail=mail):
        return Redraw(sentence(turn.reader(texts.INVITE_LISTED)))
    links, last = shelf.links(turn), shelf.today(turn) + rules.ASKED_WAITS
    made = links.add(
        Kind.PERSONAL, State.ASKED, turn.me.id, language=typed.language, name=name, mail=mail, last_day=last
    )
    Audit(turn.work, turn.community.id).record(turn.me, "link.made", made)
    if not shelf.keeps_the_list(turn):
        return Redraw(sentence(turn.reader(texts.INVITE_ASKED)))
    links.open(made, shelf.today(turn), shelf.last_day(turn, shelf.settings(turn).days))
    return Redraw(cards.made(turn.reader, name, made))


def _tidy(words: str) -> str:
    return " ".join(words.split())


# --- leaver links --------------------------------------------------------------------------------


@router.asked(Command("leaver", texts.LEAVER_COMMAND, also=("退職者リンク", "退職者"), admin=True), area="roster")
def leaver(turn: Turn, _: str) -> Answer:
    """What they are for, and how many wait to be used."""
    if turn.house.invitation is None:
        return Whisper(sentence(turn.reader(texts.NO_PORTAL)))
    mine = shelf.links(turn).of_member(turn.me.id, State.OPEN)
    today = shelf.today(turn)
    waiting = [one for one in mine if one.kind is Kind.LEAVER and one.expires_on and today <= one.expires_on]
    return Whisper(cards.leaver(turn.reader, len(waiting)))


@router.pressed(actions.NewLeaver, desk=True, area="roster")
def new_leaver(turn: Turn, _: actions.NewLeaver) -> Answer:
    """Make one."""
    if turn.house.invitation is None:
        return Redraw(sentence(turn.reader(texts.NO_PORTAL)))
    links, last = shelf.links(turn), shelf.last_day(turn, shelf.settings(turn).leaver_days)
    made = links.add(Kind.LEAVER, State.PLANNED, turn.me.id, language="", last_day=last)
    links.open(made, shelf.today(turn), last)
    Audit(turn.work, turn.community.id).record(turn.me, "leaver.made", made)
    link = links.get(made)
    if link is None:
        return Redraw(sentence(turn.reader(texts.DRAFT_GONE)))
    return Redraw(cards.leaver_link(turn.reader, link, shelf.url(turn, link), links.code(made)))


# --- what a person approves ----------------------------------------------------------------------


def may_decide(turn: Turn, link: Invitation) -> bool:
    """A referral is for all who may see the roster; an invitation by name for whoever keeps the do-not-invite list."""
    return link.kind is Kind.REFERRAL or shelf.keeps_the_list(turn)


def _waiting(turn: Turn, link_id: str) -> Invitation | None:
    found = next((one for one in shelf.links(turn).waiting() if one.id == link_id), None)
    return found if found and may_decide(turn, found) else None


@router.pressed(actions.Approve, desk=True, area="roster")
def approve(turn: Turn, wish: actions.Approve) -> Answer:
    """The link works from now on, and whoever asked finds it."""
    link = _waiting(turn, wish.link)
    if link is None:
        return Redraw(sentence(turn.reader(texts.APPROVE_GONE)))
    links = shelf.links(turn)
    if links.is_barred(link):
        return Redraw(sentence(turn.reader(texts.INVITE_LISTED)))
    links.open(link.id, shelf.today(turn), shelf.last_day(turn, shelf.settings(turn).days))
    Audit(turn.work, turn.community.id).record(turn.me, "link.approved", link.id)
    if link.kind is Kind.REFERRAL:
        tell_ready(turn.work, turn.community.id, link)
    return Redraw(sentence(turn.reader(texts.APPROVED_ONE)))


@router.pressed(actions.Decline, desk=True, area="roster")
def decline(turn: Turn, wish: actions.Decline) -> Answer:
    """Nobody is told, and nothing of it stays."""
    link = _waiting(turn, wish.link)
    if link is None:
        return Redraw(sentence(turn.reader(texts.APPROVE_GONE)))
    shelf.links(turn).drop(link.id)
    Audit(turn.work, turn.community.id).record(turn.me, "link.declined", link.id)
    return Redraw(sentence(turn.reader(texts.DECLINED_ONE)))
