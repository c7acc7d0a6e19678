"""What the parts of this feature look up alike."""

from datetime import date, timedelta

from bot.language import Reader
from handlers.invite import rules, texts
from handlers.invite.rules import Tone
from handlers.turn import Turn
from storage.communities import Settings as Communities
from storage.invitations import Invitation, Invitations
from storage.people import Role
from storage.roster import Person, Roster
from storage.waves import Waves

DEFAULTS = {Tone.PLAIN: texts.DRAFT_PLAIN, Tone.WARM: texts.DRAFT_WARM, Tone.NETWORK: texts.DRAFT_NETWORK}


def links(turn: Turn) -> Invitations:
    """The links of this community."""
    return Invitations(turn.work, turn.community.id)


def waves(turn: Turn) -> Waves:
    """Its waves."""
    return Waves(turn.work, turn.community.id)


def roster(turn: Turn) -> Roster:
    """Its roster."""
    return Roster(turn.work, turn.community.id)


def settings(turn: Turn) -> rules.Settings:
    """How it invites, as it is now."""
    return rules.Settings.read(Communities(turn.work, turn.community.id).get().settings)


def keep(turn: Turn, now: rules.Settings) -> None:
    """Replace the settings."""
    Communities(turn.work, turn.community.id).change("invite", now.model_dump(mode="json"))


def today(turn: Turn) -> date:
    """The community's local date: a week is the same one for everybody."""
    return Reader(turn.reader.language, turn.community.zone).local(turn.now).date()


def last_day(turn: Turn, days: int) -> date:
    """The last day of a link that is opened now."""
    return today(turn) + timedelta(days=days)


def room(turn: Turn) -> int:
    """How many more drafts whoever acts may be given this week."""
    given = links(turn).opened_since(turn.me.id, rules.week_of(today(turn)))
    return max(0, settings(turn).weekly - given)


def keeps_the_list(turn: Turn) -> bool:
    """Whether whoever acts keeps the do-not-invite list."""
    return turn.me.role is Role.OWNER


def alone(turn: Turn) -> bool:
    """Whether nobody but whoever acts could approve."""
    team = turn.people.with_role(Role.OWNER, Role.SECRETARIAT)
    return not any(one.may("roster") for one in team if one.id != turn.me.id)


def names(turn: Turn, wave_id: str) -> list[str]:
    """Who is in a wave; whoever is on the do-not-invite list never is, nor is counted."""
    people = roster(turn).some(link.invitee for link in links(turn).of_wave(wave_id))
    barred = roster(turn).barred_among(people) if people else set()
    return sorted(who.name for place, who in enumerate(people) if place not in barred)


def url(turn: Turn, link: Invitation) -> str:
    """The address of a link; "" without a portal."""
    return turn.house.invitation(links(turn).code(link.id)) if turn.house.invitation else ""


def text_of(turn: Turn, language: str, tone: Tone) -> str:
    """The text of a tone, as the community has it, with its places."""
    own = settings(turn).texts.get(f"{language}.{tone}", "")
    return own or Reader(language)(DEFAULTS[tone])


def draft_text(turn: Turn, link: Invitation, who: Person, tone: Tone) -> str:
    """A text for one person, in their language."""
    values = {"name": who.name, "community": turn.community.name, "sender": turn.me.name, "link": url(turn, link)}
    return rules.fill(text_of(turn, link.language or turn.community.language, tone), values)
