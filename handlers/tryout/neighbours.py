"""The other made-up members answer some prompts and are glad of some news, so that digests and letters go on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.actions import Action
from bot.cards import Card, dump, load
from bot.portal.delivering import board, page_of
from bot.portal.door import SURFACE
from bot.surface import TakeTurn
from handlers.checkins import actions, rules
from handlers.checkins.nudges import DIGEST, PROMPT
from handlers.tryout import evening, pitches
from handlers.tryout.people import script
from handlers.tryout.player import Player, card_of, form_of, found, player
from storage.checkins import Checkins, CheerKind
from storage.engine import Database
from storage.habits import Habits
from storage.notebook import StoredNotebook
from storage.outbox import Outbox, State
from storage.people import Member, People
from storage.work import Work

OF_TEN_WRITE, OF_TEN_TAP = 4, 3  # and the others leave it unanswered
GLAD = 16  # one reader in so many is glad of an answer ...
MEETS = 7  # ... and one of so many of these would like to meet
LOOKED_AT = 100  # of the newest messages


@dataclass(frozen=True, slots=True)
class _Asked:
    """A member with a prompt, and what they would write ("": nothing in particular)."""

    member: Member
    words: str


async def answer(
    database: Database, take_turn: TakeTurn, community: str, since: datetime, besides: Collection[str]
) -> None:
    """Who was asked since then reacts, or does not; never those `besides` (member ids), whom a real person acts as."""
    notebook = StoredNotebook(database, SURFACE)
    for asked in await database.look(lambda work: _asked(work, community, since, besides)):
        who = player(asked.member, take_turn)
        for name, text in await notebook.leaf(community, page_of(who.inbox), 1):
            if card := await _react(who, load(text), asked):
                await notebook.write(community, page_of(who.inbox), name, dump(card))
    for member, deed in await database.look(lambda work: _at_events(work, community, since, besides)):
        who = player(member, take_turn)
        await who.does(deed, who.inbox)
    for member, cheer in await database.look(lambda work: _glad(work, community, since, besides)):
        await player(member, take_turn).does(cheer, board(community))


def _at_events(work: Work, community: str, since: datetime, besides: Collection[str]) -> list[tuple[Member, Action]]:
    """What they do about the evenings."""
    return [deed for one in (evening, pitches) for deed in one.deeds(work, community, since, besides)]


def _glad(work: Work, community: str, since: datetime, besides: Collection[str]) -> list[tuple[Member, actions.Cheer]]:
    """Who reacts to what in a digest that was posted since then."""
    checkins, outbox = Checkins(work, community), Outbox(work, community)
    sent = outbox.last(limit=LOOKED_AT, state=State.SENT)
    posted = any(one.kind == DIGEST and one.sent_at and one.sent_at > since for one in sent)
    latest = checkins.published(checkins.latest_digest() or "") if posted else None
    readers = [member for member in People(work, community).all() if member.id not in besides] if latest else []
    glad = []
    for entry in latest[1] if latest else ():
        for member in readers:
            chance = rules.spread(f"{entry.id}:{member.id}", GLAD * MEETS)
            if chance % GLAD == 0 and member.id != entry.member:
                kind = CheerKind.CONGRATS if chance else CheerKind.MEET
                glad.append((member, actions.Cheer(entry=entry.id, kind=kind)))
    return glad


def _asked(work: Work, community: str, since: datetime, besides: Collection[str]) -> list[_Asked]:
    sent = {
        posted.member: posted.key
        for posted in Outbox(work, community).last(limit=LOOKED_AT, state=State.SENT)
        if posted.kind == PROMPT and posted.member and posted.sent_at and posted.sent_at > since
    }
    checkins = Checkins(work, community)
    left = _unsaid(work, checkins) if sent else []
    answers = []
    for member in People(work, community).some(set(sent) - set(besides)):
        chance = rules.spread(sent[member.id], 10)
        if Habits(work, community).awaited(member.id, PROMPT).unanswered > 1 or chance >= OF_TEN_WRITE + OF_TEN_TAP:
            continue  # whoever has fallen silent stays so
        writes = chance < OF_TEN_WRITE and left and not member.own_language
        answers.append(_Asked(member, left.pop(0) if writes else ""))
    return answers


def _unsaid(work: Work, checkins: Checkins) -> list[str]:
    """Small lines of the season that stand neither in the last digest nor in the next one."""
    latest = checkins.published(checkins.latest_digest() or "")
    recent = {entry.text for entry in (*checkins.waiting(work.now), *(latest[1] if latest else ()))}
    return [words for words in script().small[(work.now.month - 1) // 3] if words not in recent]


async def _react(who: Player, letter: Card, asked: _Asked) -> Card | None:
    """What stands in place of the letter afterwards."""
    kind: type[Action] = actions.Write if asked.words else actions.Same
    if (button := found(letter, kind)) is None:
        return None
    answered = await who.presses(button, kind)
    if asked.words:
        answered = await who.submits(form_of(answered), actions.Tell, text=asked.words)
    return card_of(answered)
