"""What members and invited people say: `/enishi refer`, `/enishi invited`."""

from dataclasses import replace

from bot.cards import sentence
from bot.codes import of_link
from bot.replies import Answer, Form, Redraw, Whisper, stamped
from bot.router import Command, Router
from bot.texts import INVITATION_DEAD
from handlers.invite import actions, cards, rules, shelf, texts
from handlers.invite.rules import Tone
from handlers.turn import Turn
from storage import invitations, people
from storage.communities import in_tenant
from storage.invitations import Invitations, Kind, State
from storage.roster import Person

router: Router[Turn] = Router()


# --- referral ------------------------------------------------------------------------------------


@router.asked(Command("refer", texts.REFER_COMMAND, also=("紹介",)))
def refer(turn: Turn, _: str) -> Answer:
    """How it works.  What follows the word is neither read nor kept, so the answer cannot depend on whom it names."""
    return Whisper(cards.refer(turn.reader))


@router.pressed(actions.Refer)
def ask(turn: Turn, _: actions.Refer) -> Answer:
    """The secretariat is asked; who has asked often already hears the same."""
    links = shelf.links(turn)
    waiting = [one for one in links.of_member(turn.me.id, State.ASKED) if one.kind is Kind.REFERRAL]
    if len(waiting) < rules.REFERRALS:
        last = shelf.today(turn) + rules.REFERRAL_WAITS
        links.add(Kind.REFERRAL, State.ASKED, turn.me.id, language=turn.reader.language, last_day=last)
    return Redraw(sentence(turn.reader(texts.REFER_ASKED)))


@router.pressed(actions.Show)
def show(turn: Turn, wish: actions.Show) -> Answer:
    """The link, to whoever asked for it."""
    link = shelf.links(turn).get(wish.link)
    over = link is None or link.expires_on is None or link.expires_on < shelf.today(turn)
    if link is None or over or link.member != turn.me.id or link.kind is not Kind.REFERRAL:
        return Whisper(sentence(turn.reader(texts.REFER_OVER)))
    if link.state is not State.OPEN or link.expires_on is None or turn.house.invitation is None:
        return Whisper(sentence(turn.reader(texts.REFER_OVER)))
    text = shelf.draft_text(turn, link, Person(), Tone.PLAIN)
    return Whisper(cards.referral(turn.reader, text, shelf.url(turn, link), link.expires_on))


# --- by an invitation in a chat ------------------------------------------------------------------


@router.asked(
    Command("invited", texts.INVITED_COMMAND, also=("招待コード", "招待された"), hint="[code]"), strangers=True
)
def invited(turn: Turn, words: str) -> Answer:
    """Whoever has a chat account joins there; the invitation is used up by joining, not by typing it."""
    if not of_link(words):
        return Whisper(sentence(turn.reader(texts.INVITED_HOW)))
    link = invitations.find(turn.work, words)
    if link is None:
        return Whisper(sentence(turn.reader(INVITATION_DEAD)))
    who = turn.event.who.handle
    if any(one.community.id == link.community for one in people.everywhere(turn.work, who)):
        return Whisper(sentence(turn.reader(texts.INVITED_MEMBER)))
    here = next((one for one in in_tenant(turn.work, who.surface, who.tenant) if one.id == link.community), None)
    if here is None:
        return Whisper(sentence(turn.reader(texts.INVITED_ELSEWHERE)))
    Invitations(turn.work, here.id).sit_in_chat(link.id, who)
    new = replace(turn, community=here, member=None)
    return stamped(turn.house.ask(new, "home"), here.id)


# --- a private address ---------------------------------------------------------------------------


@router.pressed(actions.Address)
def address(turn: Turn, _: actions.Address) -> Form:
    """Open the form."""
    return cards.address(turn.reader, actions.Addressed(mail=str(turn.me.profile.get("mail", ""))))


@router.submitted(actions.Addressed)
def addressed(turn: Turn, typed: actions.Addressed) -> Answer:
    """Keep it, with their yes."""
    mail = typed.mail.strip()
    errors = {}
    if not rules.is_mail(mail):
        errors["mail"] = turn.reader(texts.ADDRESS_BAD)
    if not typed.agreed:
        errors["agreed"] = turn.reader(texts.ADDRESS_NEEDED)
    if errors:
        return cards.address(turn.reader, typed, errors)
    turn.people.describe(turn.me.id, {**turn.me.profile, "mail": mail})
    return Redraw(sentence(turn.reader(texts.ADDRESS_SAVED)))
