"""One event, one person, one transaction, one answer."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.cards import Card, Picture, Piece, sentence
from bot.events import Asked, Event, OpenedHome, Outdated, Pressed, Removed, Returned, Said, Submitted
from bot.language import Reader, Sentence, nearest
from bot.people import Standing
from bot.replies import Answer, Form, Silence, Whisper, illustrated, stamped
from bot.router import Command, Route, Router
from bot.surface import TakeTurn
from bot.texts import INVITATION_DEAD
from handlers import texts
from storage import communities, people, seen
from storage.communities import Community
from storage.discretion import hushed
from storage.engine import Database
from storage.errands import PATIENCE, Background, Errand
from storage.habits import Habits
from storage.handouts import Handouts
from storage.invitations import Invitations
from storage.manners import Foresee, Manners
from storage.people import Area, Member, People, Role
from storage.presets import Level
from storage.work import Work


@dataclass(frozen=True)
class House:
    """What every turn may know of the whole install."""

    commands: tuple[Command, ...]
    home_parts: tuple[Callable[["Turn"], Sequence[Piece]], ...]
    desk_parts: tuple[Callable[["Turn"], Sequence[Piece]], ...]  # each empty for whoever may not do what it asks
    about_parts: tuple[Callable[["Turn"], Sequence[Piece]], ...]
    router: Router["Turn"]
    leave: Callable[[Work, str, str], None]  # erase a member of a community, in every feature
    which: Callable[[Reader, Sequence[Community]], Card]  # asks somebody new which of several communities they mean
    hello: Callable[["Turn"], Card]  # to somebody who has not joined: what this is, what is kept, who sees it
    show: Callable[[Work, str, str, Level], None]  # a member is seen by others from now on, in every feature
    after: tuple[Callable[["Turn", Answer], Answer], ...] = ()  # what features add to an answer of any other
    link: Callable[[str], str] | None = None  # the portal's address for a door nonce; none: no portal to link to
    invitation: Callable[[str], str] | None = None  # the portal's address for an invitation's code
    picture: Picture | None = None  # the portal's address for a chart, for chats; none: they show the figures alone
    audited: Mapping[str, Sentence] = field(default_factory=dict)  # what an entry in the audit says, by action
    file: Callable[[str], str] | None = None  # the portal's address for a file's code
    key: Callable[[str], str] | None = None  # the portal's address for a member's own key
    calendar: Callable[[str], str] | None = None  # the portal's address that a member's calendar follows
    event: Callable[[str], str] | None = None  # the portal's address for an event's file, for whoever is inside
    manners: Manners = field(default_factory=dict)  # how each kind of message behaves
    paper: Callable[[str], str] | None = None  # the portal's address of a page that anybody may read
    sheet: Callable[[str, str], str] | None = None  # the portal's address of a page to print, by kind and subject
    effect: Foresee | None = None  # what becomes of a message to many, before it is sent

    def hand_out(self, turn: "Turn", kind: str, subject: str = "") -> str:
        """The address of a file for whoever acts, good once, for ten minutes; "" without a portal.

        The file is made when the link is opened, by `Feature.files` of this kind.
        """
        if self.file is None:
            return ""
        return self.file(Handouts(turn.work, turn.community.id).offer(turn.me.id, kind, subject))

    def ask(self, turn: "Turn", words: str, *, admin: bool = False) -> Answer:
        """Answer words as if they had been typed after `/enishi`, within this turn."""
        event = Asked(who=turn.event.who, where=turn.event.where, lasting=turn.event.lasting, words=words, admin=admin)
        found = self.router.match(event)
        return _admitted(replace(turn, event=event), *found) if found else Silence()

    def offers(self, turn: "Turn", command: Command) -> bool:
        """Whether whoever acts would be let in there."""
        event = Asked(who=turn.event.who, where=turn.event.where, words=command.word, admin=command.admin)
        found = self.router.match(event)
        return found is not None and _refusal(turn, found[0]) is None


@dataclass(frozen=True)
class Turn:
    """What a handler gets: who acts, where they stand, and the open transaction."""

    work: Work
    event: Event
    community: Community
    member: Member | None  # none: has an account in a tenant of the community, but has not joined
    reader: Reader
    house: House
    others: tuple[Community, ...] = ()  # further communities that this account is in
    begun: list[Errand[Answer]] = field(default_factory=list)  # see `later`

    @property
    def me(self) -> Member:
        """The member who acts, in a handler that only members reach."""
        if self.member is None:
            msg = "this handler needs a member; strangers are let in by the route's flag"
            raise TypeError(msg)
        return self.member

    @property
    def now(self) -> datetime:
        """Aware, UTC."""
        return self.work.now

    @property
    def people(self) -> People:
        """The members of this community."""
        return People(self.work, self.community.id)

    def later(self, errand: Errand[Answer], meanwhile: Answer) -> Answer:
        """Begin long work when this turn is committed: what it returns is the answer if it is quick.

        Otherwise `meanwhile` is, and the errand goes on; where it stands is in storage.
        """
        self.begun.append(errand)
        return meanwhile

    def foreseen(
        self, audience: Collection[str], kind: str, at: datetime, *, until: datetime | None = None
    ) -> list[tuple[str, str]]:
        """What a message of this kind to these members would lead to, as facts for the secretariat; counts only.

        `until`: when all of them must have it; where that cannot be, a time that does is proposed.
        """
        if self.house.effect is None:
            return []
        seen = self.house.effect(self.work, self.community.id, audience, kind, at, until=until)
        reader, preset = Reader(self.reader.language, self.community.zone), self.community.preset
        begins, ends = reader.moment(seen.begins), reader.moment(seen.ends)
        span = begins if begins == ends else reader(texts.EFFECT_SPAN, begins=begins, ends=ends)
        counts = (
            (texts.EFFECT_NOW, seen.now),
            (texts.EFFECT_LATER, seen.later),
            (texts.EFFECT_LINE, seen.digest),
            (texts.EFFECT_SPARED, seen.spared),
            (texts.EFFECT_UNREACHABLE, seen.unreachable),
        )
        facts = [(reader(label), preset.shown(count)) for label, count in counts if count or label is texts.EFFECT_NOW]
        facts += [(reader(texts.EFFECT_WHEN), span)] if seen.now else []
        if seen.proposal:
            begins, ends = map(reader.moment, seen.proposal)
            facts.append((reader(texts.EFFECT_TIGHT), reader(texts.EFFECT_FITS, begins=begins, ends=ends)))
        return facts

    def may(self, area: Area | str) -> bool:
        """Whether this part of the secretariat's work is theirs who act: "roster" or "content"."""
        return self.member is not None and self.member.may(area)


def turns(database: Database, house: House, patience: float = PATIENCE) -> TakeTurn:
    """The function every surface calls.  An answer waits `patience` seconds for the errand its turn began."""
    errands = Background(database, patience)

    async def take_turn(event: Event) -> Answer:
        if isinstance(event, Removed | Returned):
            return await database.tx(lambda work: _moved(work, event))
        answer, begun = await database.tx(lambda work: _turn(work, house, event))
        for errand, finish in begun:
            quick = await errands.begin(errand)
            answer = finish(quick) if quick is not None else answer
        return answer

    return take_turn


Finish = Callable[[Answer], Answer]
Begun = list[tuple[Errand[Answer], Finish]]


def _turn(work: Work, house: House, event: Event) -> tuple[Answer, Begun]:
    found = house.router.match(event)
    route = found[0] if found else None
    if event.who.standing is Standing.BOT:
        return Silence(), []
    if event.key and not (route and route.untraced) and not seen.first_time(work, event.where.surface, event.key):
        return Silence(), []
    turn = _who(work, house, event)
    if not isinstance(turn, Turn):
        return _nobody(house, event, turn), []
    if not (route and route.untraced):
        _remember(turn)
        _sign_of_life(turn)

    def finish(answer: Answer) -> Answer:
        answer = _hushed(answer, turn)
        answer = illustrated(answer, house.picture) if house.picture else answer
        return stamped(answer, turn.community.id) if turn.others else answer

    answer = _too_late(turn) or _answered(turn, found)
    for add in () if route and route.untraced else house.after:
        answer = add(turn, answer)
    answer = finish(answer)
    traced = not (route and route.untraced)
    if (
        traced and event.key and isinstance(answer, Form) and answer.errors
    ):  # nothing was done: the same content may come again
        seen.take_back(work, event.where.surface, event.key)
    return answer, [(errand, finish) for errand in turn.begun]


def _hushed(answer: Answer, turn: Turn) -> Answer:
    """The same answer, its summary fit for a lock screen."""
    if isinstance(answer, Form | Silence):
        return answer
    return replace(answer, card=hushed(answer.card, turn.community, turn.reader))


def _too_late(turn: Turn) -> Answer | None:
    """Whoever came in by an invitation joins by it, or not at all: it may have been used up while the form was open."""
    if turn.member or not isinstance(turn.event, Submitted):
        return None
    late = Invitations(turn.work, turn.community.id).is_late(turn.event.who.handle)
    return Whisper(sentence(turn.reader(INVITATION_DEAD))) if late else None


def _sign_of_life(turn: Turn) -> None:
    """Whatever somebody does is an answer: we may write to them as before, and with what they used."""
    event = turn.event
    if turn.member is None or not isinstance(event, Asked | Pressed | Submitted | Said | OpenedHome):
        return
    used = (event.action.name.partition(".")[0],) if isinstance(event, Pressed | Submitted) else ()
    Habits(turn.work, turn.community.id).answered(turn.member.id, *used)


def _remember(turn: Turn) -> None:
    """Keep the month, and zone and language that a platform tells of a member who has set none and differs from here.

    One write, once a month, or once: from then on they have their own.
    """
    member, who = turn.member, turn.event.who
    if member is None:
        return
    if member.active_month != people.month_of(turn.work):
        turn.people.act(member.id)
    if who.zone and not member.own_zone and who.zone != member.community.zone:
        turn.people.live_in(member.id, who.zone)
    language = nearest(who.language, "")
    if language and not member.own_language and language != member.community.language:
        turn.people.speak(member.id, language)


def _answered(turn: Turn, found: tuple[Route[Turn], Any] | None) -> Answer:
    event = turn.event
    if found is None or isinstance(event, Outdated):
        return Whisper(sentence(turn.reader(texts.OUTDATED))) if _expects_answer(event) else Silence()
    return _admitted(turn, *found)


def _admitted(turn: Turn, route: Route[Turn], detail: Any) -> Answer:
    refusal = _refusal(turn, route)
    return Whisper(sentence(turn.reader(refusal))) if refusal else route.answer(turn, detail)


def _refusal(turn: Turn, route: Route[Turn]) -> Sentence | None:
    """Why a route is not for whoever acts, if it is not."""
    if turn.member is None and not route.strangers:
        return texts.NOT_A_MEMBER
    if not route.desk:
        return None
    role = turn.member.role if turn.member else Role.MEMBER
    if not (role.runs_the_desk or (route.supporters and role.runs_events)):
        return texts.NOT_THE_DESK
    return texts.NOT_YOUR_AREA if route.area and not turn.may(route.area) else None


def _who(work: Work, house: House, event: Event) -> Turn | list[Community]:
    """Who acts, and in which community: the one their card was of, else the one they chose, else the only one.

    For somebody new where several communities live, or none, those.
    """
    known = people.everywhere(work, event.who.handle)
    at = event.action.at if isinstance(event, Pressed | Submitted) else ""
    if known and (not at or any(one.community.id == at for one in known)):
        member = next((one for one in known if one.community.id == at), known[0])
        others = tuple(one.community for one in known if one is not member)
        return Turn(work, event, member.community, member, member.reader, house, others)
    if event.who.standing is not Standing.MEMBER:
        return []
    living_here = communities.in_tenant(work, event.where.surface, event.where.tenant)
    meant = [one for one in living_here if one.id == at] or living_here
    if len(meant) != 1:
        return meant
    here = meant[0]
    reader = Reader(nearest(event.who.language, here.language), event.who.zone or here.zone)
    return Turn(work, event, here, None, reader, house, tuple(one for one in living_here if one is not here))


def _nobody(house: House, event: Event, living_here: Sequence[Community]) -> Answer:
    if not _expects_answer(event):
        return Silence()
    reader = Reader(nearest(event.who.language))
    if living_here:
        return Whisper(house.which(reader, living_here))
    outside = event.who.standing is not Standing.MEMBER
    return Whisper(sentence(reader(texts.OUTSIDER if outside else texts.NO_COMMUNITY)))


def _expects_answer(event: Event) -> bool:
    return isinstance(event, Asked | Pressed | Submitted | Said | OpenedHome | Outdated)


def _moved(work: Work, event: Removed | Returned) -> Answer:
    """The bot was taken out of a tenant, or is there again: what waits for it goes on."""
    moved = communities.removed_from if isinstance(event, Removed) else communities.returned_to
    moved(work, event.where.surface, event.where.tenant)
    return Silence()
