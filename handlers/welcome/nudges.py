"""Hello to somebody who came in, the letters of the first weeks, and what an introduction says to others."""

from collections.abc import Sequence

from bot.address import Address
from bot.cards import Button, Card, button
from bot.language import Reader, nearest
from bot.people import Sighting
from handlers.welcome import actions, cards, letters, rules, texts
from storage import ids
from storage.checkins import Checkins
from storage.communities import Community, Settings
from storage.introductions import Introductions
from storage.manners import Manner
from storage.outbox import Draft, Nudge, OnUnknown, Outbox
from storage.people import Member, People, Role, handle_tag
from storage.presets import Level
from storage.work import Work

HELLO = "home.hello"
STEP, TEST, POST = "welcome.step", "welcome.test", "welcome.post"
ASK_SUPPORTER, MET = "welcome.ask_supporter", "welcome.met"


# --- hello ---------------------------------------------------------------------------------------


def greet(work: Work, community: str, who: Sighting) -> None:
    """Say hello once to an account, however often it comes and goes."""
    draft = Draft(
        key=f"{HELLO}:{community}:{handle_tag(work.keys, who.handle).hex()}",
        kind=HELLO,
        to=Address.direct(who.handle, who.known_as),
        member="",  # a person, but no member
        due_at=work.now,
        expires_at=work.now + MANNERS[HELLO].lives,
        params={"language": who.language},
        priority=1,
        on_unknown=OnUnknown.LOOKUP_DROP,
    )
    Outbox(work, community).add([draft])


def draw_hello(work: Work, nudge: Nudge) -> Card:
    """In the language their platform says."""
    here = Settings(work, nudge.community).get()
    reader = Reader(nearest(str(nudge.params["language"]), here.language), here.zone)
    return cards.hello(reader, here.preset, nudge.to.surface)


# --- the first weeks -----------------------------------------------------------------------------


def begin(work: Work, member: Member) -> None:
    """Somebody has just joined: their letters wait for their days.  Nobody else ever gets any."""
    to = People(work, member.community.id).address(member.id)
    if to is None:
        return
    steps = rules.Settings.read(member.community.settings).steps
    drafts = [_letter(work, member, to, place, step) for place, step in enumerate(steps)]
    Outbox(work, member.community.id).add(drafts)


def _letter(work: Work, member: Member, to: Address, place: int, step: rules.Step) -> Draft:
    due_at = work.now + rules.after(step.day)
    return Draft(
        key=f"{STEP}:{member.id}:{place}",
        kind=STEP,
        to=to,
        member=member.id,
        due_at=due_at,
        expires_at=due_at + rules.STEP_LIVES,
        params={"step": place},
        zone=member.reader.zone,
    )


def stop(work: Work, member: Member) -> None:
    """The letters that wait do not come."""
    Outbox(work, member.community.id).cancel(kind=STEP, member=member.id, why="asked")


def send_test(work: Work, to: Member) -> bool:
    """Every letter to one secretary, at once.  False when nothing can reach them."""
    address = People(work, to.community.id).address(to.id)
    if address is None:
        return False
    steps = rules.Settings.read(to.community.settings).steps
    drafts = [
        Draft(
            key=f"{TEST}:{ids.fresh()}",
            kind=TEST,
            to=address,
            member=to.id,
            due_at=work.now,
            expires_at=work.now + MANNERS[TEST].lives,
            params={"step": place},
            priority=1,
        )
        for place in range(len(steps))
    ]
    return Outbox(work, to.community.id).add(drafts) == len(steps)


def draw_step(work: Work, nudge: Nudge) -> Card | None:
    """A letter, unless what it is for has happened, they take a break, or the secretariat dropped it."""
    member = People(work, nudge.community).get(nudge.member or "")
    if member is None:
        return None
    settings, test = rules.Settings.read(member.community.settings), nudge.kind == TEST
    place = int(nudge.params["step"])
    step = settings.steps[place] if place < len(settings.steps) else None
    if step is None or (not test and (is_met(work, member, step.goal) or _rests(work, member))):
        return None
    said = letters.words(member.reader, step, place, member.name, member.community.name)
    chosen = bool(member.profile.get("purposes"))
    return letters.letter(member.reader, said, chosen=chosen, more=offers(work, member, settings), test=test)


def _rests(work: Work, member: Member) -> bool:
    return member.is_paused(member.reader.local(work.now).date())


def is_met(work: Work, member: Member, goal: rules.Goal) -> bool:
    """Whether a letter has become needless."""
    match goal:
        case rules.Goal.PURPOSE:
            return bool(member.profile.get("purposes"))
        case rules.Goal.ACTED:
            acted = Checkins(work, member.community.id).has_acted(member.id)
            return acted or bool(member.profile.get(rules.POSTED))
        case _:
            return False


def offers(work: Work, member: Member, settings: rules.Settings) -> list[Button]:
    """What somebody new may want beside writing: to introduce themselves, or a supporter."""
    reader, more = member.reader, []
    if channel_of(member.community) and member.level >= Level.MEMBERS and not member.profile.get(rules.POSTED):
        more.append(button(reader(texts.INTRODUCE), actions.Introduce(line="")))
    if settings.supporters and free_supporter(work, member, ()):
        more.append(button(reader(texts.SUPPORTER), actions.Supporter()))
    return more


# --- in the channel ------------------------------------------------------------------------------


def channel_of(here: Community) -> Address | None:
    """The community's own channel or board, as the desk has set it for the digest."""
    channel = str((here.settings.get("checkins") or {}).get("channel", ""))
    return Address.parse(channel) if channel else None


def _post_key(work: Work, member_id: str) -> str:
    return f"{POST}:{work.keys.tag('introduction', member_id).hex()}"


def post(work: Work, member: Member) -> None:
    """Put what they wrote about themselves into the channel, or in the place of what stands there."""
    outbox, key = Outbox(work, member.community.id), _post_key(work, member.id)
    channel = channel_of(member.community)
    if channel is None:
        return
    draft = Draft(
        key=f"{key}:",
        kind=POST,
        to=channel,
        member=None,
        due_at=work.now,
        expires_at=work.now + MANNERS[POST].lives,
        params={"member": member.id},
        priority=1,
        on_unknown=OnUnknown.LOOKUP_DROP,
    )
    if not outbox.add([draft]):
        outbox.revise(f"{key}:")


def revise(work: Work, community: str, member_id: str) -> None:
    """They left, are seen by others now, or took it back: what stands in the channel is drawn again."""
    Outbox(work, community).revise(f"{_post_key(work, member_id)}:")


def draw_post(work: Work, nudge: Nudge) -> Card | None:
    """Their words, as long as they stand by them and may be seen there."""
    here = Settings(work, nudge.community).get()
    reader = Reader(nudge.language or here.language, here.zone)
    member = People(work, nudge.community).get(str(nudge.params["member"]))
    line = str(member.profile.get(rules.POSTED, "")) if member else ""
    if member is None or not line or not member.is_seen_by(None):
        return letters.withdrawn(reader) if nudge.replaces else None
    return letters.post(reader, member.name, line)


# --- a supporter ---------------------------------------------------------------------------------


def free_supporter(work: Work, newcomer: Member, asked: Sequence[str]) -> Member | None:
    """The next supporter to ask: not asked yet, reachable, not on a break; in an order that is each newcomer's own."""
    people = People(work, newcomer.community.id)
    found = [one for one in people.with_role(Role.SUPPORTER) if one.id not in {*asked, newcomer.id}]
    there = people.addresses(one.id for one in found)
    free = [one for one in found if one.id in there and not _rests(work, one)]
    return min(free, key=lambda one: work.keys.tag("supporter", newcomer.id, one.id), default=None)


def ask_next(work: Work, newcomer: Member, line: str, asked: Sequence[str] = ()) -> bool:
    """Ask a supporter whether they have time.  False when there is none left; then nobody hears anything more."""
    supporter = free_supporter(work, newcomer, asked)
    open_ones = Introductions(work, newcomer.community.id)
    if supporter is None:
        open_ones.drop(newcomer.id)
        return False
    open_ones.ask(newcomer.id, supporter.id, line, asked)
    _to(work, supporter, newcomer, ASK_SUPPORTER, {"newcomer": newcomer.id})
    return True


def tell_newcomer(work: Work, newcomer: Member, supporter: Member, line: str) -> None:
    """A supporter has time."""
    _to(work, newcomer, supporter, MET, {"supporter": supporter.id, "line": line})


def _to(work: Work, member: Member, about: Member, kind: str, params: dict[str, str]) -> None:
    """Once a month at most about the same person; the key names them to nobody, also when they have left."""
    community = member.community.id
    key = f"{kind}:{work.keys.tag('introduction', member.id, about.id).hex()}:{work.now:%Y-%m}"
    if to := People(work, community).address(member.id):
        lives = work.now + MANNERS[kind].lives
        draft = Draft(
            key=key, kind=kind, to=to, member=member.id, due_at=work.now, expires_at=lives, params=params, priority=1
        )
        Outbox(work, community).add([draft])


def draw_ask_supporter(work: Work, nudge: Nudge) -> Card | None:
    """Unless it is settled, or another one is asked by now."""
    supporter = People(work, nudge.community).get(nudge.member or "")
    newcomer = People(work, nudge.community).get(str(nudge.params["newcomer"]))
    wish = Introductions(work, nudge.community).of(newcomer.id) if newcomer else None
    if supporter is None or newcomer is None or wish is None or wish.supporter != supporter.id:
        return None
    return letters.asked(supporter.reader, newcomer, wish.line)


def draw_met(work: Work, nudge: Nudge) -> Card | None:
    """Unless one of both has left."""
    people = People(work, nudge.community)
    newcomer, supporter = people.get(nudge.member or ""), people.get(str(nudge.params["supporter"]))
    if newcomer is None or supporter is None:
        return None
    return letters.met(newcomer.reader, supporter.name, str(nudge.params["line"]))


MANNERS = {
    HELLO: Manner(name=texts.HELLO_NAME, why=texts.HELLO_WHY, asked=True, lives=rules.HELLO_LIVES),
    STEP: Manner(name=texts.STEP_NAME, why=texts.STEP_WHY, lives=rules.STEP_LIVES, less=actions.NoMore()),
    TEST: Manner(name=texts.DESK_TEST_NAME, why=texts.DESK_TEST_REASON, asked=True, lives=rules.HELLO_LIVES),
    POST: Manner(name=texts.POST_TITLE, why=texts.POST_WHY, asked=True),
    ASK_SUPPORTER: Manner(
        name=texts.SUPPORTER_ASK_NAME, why=texts.SUPPORTER_ASK_WHY, priority=1, lives=rules.SUPPORTER_LIVES
    ),
    MET: Manner(name=texts.SUPPORTER_MET_NAME, why=texts.SUPPORTER_MET_WHY, asked=True),
}
DRAWERS = {
    HELLO: draw_hello,
    STEP: draw_step,
    TEST: draw_step,
    POST: draw_post,
    ASK_SUPPORTER: draw_ask_supporter,
    MET: draw_met,
}
