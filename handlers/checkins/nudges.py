"""Who is due, and what they would hear."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.address import Address
from bot.cards import Card
from bot.language import Reader
from handlers.checkins import actions, cards, rules, texts
from storage import ids
from storage.checkins import Checkins, CheerKind
from storage.communities import Community
from storage.communities import Settings as Communities
from storage.habits import NOTHING, Habits
from storage.manners import Manner
from storage.outbox import Draft, Nudge, OnUnknown, Outbox
from storage.people import Member, People
from storage.schedules import CatchUp, Occurrence, Schedules
from storage.work import Work

PROMPT, DIGEST, THANKS, TEST = "checkins.prompt", "checkins.digest", "checkins.thanks", "checkins.test"
ASK_AT = time(0, 5)  # when the day's prompts are planned, local to the community; each is sent in its member's hours
GRACE = timedelta(days=1)
ANCHOR = date(2024, 1, 1)  # a Monday; where every schedule is counted from, so that setting it again changes nothing


def settle(work: Work, community: str) -> None:
    """Set the clock by the community's settings: prompts are planned daily, digests by their rhythm."""
    where = Communities(work, community).get()
    settings = rules.Settings.of(where)
    schedules = Schedules(work, community)
    schedules.set(
        PROMPT,
        dtstart_local=datetime.combine(ANCHOR, ASK_AT),
        rrule="FREQ=DAILY",
        zone=where.zone,
        catch_up=CatchUp.LATEST,
        grace=GRACE,
    )
    schedules.set(
        DIGEST,
        dtstart_local=datetime.combine(ANCHOR, time(settings.hour)),
        rrule=settings.rrule,
        zone=where.zone,
        catch_up=CatchUp.SKIP,
        grace=GRACE,
    )


def _here(work: Work, community: str) -> tuple[Community, rules.Settings]:
    where = Communities(work, community).get()
    return where, rules.Settings.of(where)


# --- prompts -------------------------------------------------------------------------------------


def plan_prompts(work: Work, occurrence: Occurrence, cursor: str, limit: int) -> tuple[list[Draft], str | None]:
    """Members due on this day; who was never planned gets a day within their first period."""
    _, settings = _here(work, occurrence.community)
    if settings.paused:
        return [], None
    checkins, people = Checkins(work, occurrence.community), People(work, occurrence.community)
    day = occurrence.nominal_local.date()
    due = checkins.due(day, cursor, limit)
    due_ids = [habit.member for habit in due]
    addresses = people.addresses(due_ids)
    awaited = Habits(work, occurrence.community).of(due_ids, PROMPT)
    drafts = []
    for habit in due:
        if habit.next_on is None:
            first = rules.first_ask(habit.member, habit.months or settings.months, day)
            checkins.keep(replace(habit, next_on=first))
            continue
        unanswered = awaited.get(habit.member, NOTHING).unanswered
        checkins.keep(rules.asked(habit, settings.months, unanswered, day))
        if (to := addresses.get(habit.member)) is None:
            continue
        drafts.append(
            Draft(
                key=f"{PROMPT}:{day}:{habit.member}",
                kind=PROMPT,
                to=to,
                member=habit.member,
                due_at=occurrence.starts_at,
                expires_at=occurrence.starts_at + MANNERS[PROMPT].lives,
            )
        )
    return drafts, due[-1].member if len(due) == limit else None


def send_test(work: Work, to: Member) -> bool:
    """A prompt to one secretary, at once.  False when nothing can reach them."""
    address = People(work, to.community.id).address(to.id)
    if address is None:
        return False
    draft = Draft(
        key=f"{TEST}:{ids.fresh()}",
        kind=TEST,
        to=address,
        member=to.id,
        due_at=work.now,
        expires_at=work.now + GRACE,
        priority=1,
    )
    return Outbox(work, to.community.id).add([draft]) == 1


def draw_prompt(work: Work, nudge: Nudge) -> Card | None:
    """The prompt, unless the member left, takes a break, or everything is paused."""
    member = People(work, nudge.community).get(nudge.member or "")
    if member is None:
        return None
    test = nudge.kind == TEST
    settings = rules.Settings.of(member.community)
    today = member.reader.local(work.now).date()
    if not test and (settings.paused or member.is_paused(today)):
        return None
    checkins = Checkins(work, nudge.community)
    habit, last = checkins.habit(member.id), checkins.told_by(member.id, 1)
    unanswered = Habits(work, nudge.community).awaited(member.id, PROMPT).unanswered
    yearly = not test and rules.is_yearly_hello(habit.months, settings.months, unanswered)
    return cards.prompt(member.reader, last[0] if last else None, yearly=yearly)


def why_asked(work: Work, member: Member) -> str:
    """How often the prompt comes, and whose choice that is."""
    habit, settings = (
        Checkins(work, member.community.id).habit(member.id),
        rules.Settings.of(member.community),
    )
    unanswered = Habits(work, member.community.id).awaited(member.id, PROMPT).unanswered
    months = rules.months_between(habit.months, settings.months, unanswered)
    return member.reader(texts.WHY_CHOSEN if habit.months else texts.WHY_SET, count=months)


# --- digests -------------------------------------------------------------------------------------


def plan_digest(work: Work, occurrence: Occurrence, cursor: str, limit: int) -> tuple[list[Draft], str | None]:
    """The digest of what was told since the last one: to the channel, or to members who only have the portal.

    The first chunk makes the digest and posts it; nothing to share makes none.
    """
    _, settings = _here(work, occurrence.community)
    if settings.paused:
        return [], None
    checkins, people = Checkins(work, occurrence.community), People(work, occurrence.community)
    drafts: list[Draft] = []
    if not cursor:
        entries = checkins.waiting(occurrence.starts_at)
        if not entries:
            return [], None
        digest_id = checkins.publish(occurrence.nominal_local, entries)
        if settings.channel:
            drafts.append(_digest_to(Address.parse(settings.channel), None, digest_id, occurrence))
    else:
        digest_id = checkins.publish(occurrence.nominal_local, [])
    if settings.channel and Address.parse(settings.channel).surface == "portal":
        return drafts, None  # the channel is on the portal, where everybody without a chat reads it
    members = people.after(cursor, limit)
    today = work.now.date()
    addresses = people.addresses(member.id for member in members if not member.is_paused(today))
    drafts += [
        _digest_to(to, member_id, digest_id, occurrence)
        for member_id, to in addresses.items()
        if to.surface == "portal"
    ]
    return drafts, members[-1].id if len(members) == limit else None


def _digest_to(to: Address, member: str | None, digest_id: str, occurrence: Occurrence) -> Draft:
    return Draft(
        key=f"{DIGEST}:{digest_id}:{member or 'room'}",
        kind=DIGEST,
        to=to,
        member=member,
        due_at=occurrence.starts_at,
        expires_at=occurrence.starts_at + rules.DIGEST_LIVES,
        params={"digest": digest_id},
        priority=3,
        on_unknown=OnUnknown.LOOKUP_DROP,
    )


def digest_page(
    work: Work, community: str, digest_id: str, reader: Reader, start: int = 0, *, member: Member | None = None
) -> Card | None:
    """A digest as it is now, from the answer number `start` on; None when there is no such digest.

    Names stand in it as far as the `member` who reads it, or a shared room, may see them.
    """
    found = Checkins(work, community).published(digest_id)
    if found is None:
        return None
    day, entries = found
    shown = entries[start : start + cards.PAGE]
    names = People(work, community).names({entry.member for entry in shown}, member)
    return cards.digest(reader, digest_id, day, entries, names, start=start)


def draw_digest(work: Work, nudge: Nudge) -> Card | None:
    """A channel gets the digest, in the community's language; a member without a chat gets the way to it.

    None is sent once all of it was withdrawn; a revision then says so.
    """
    where, settings = _here(work, nudge.community)
    found = Checkins(work, nudge.community).published(nudge.params["digest"])
    if found is None or (not nudge.replaces and (settings.paused or not found[1])):
        return None
    if nudge.member is None:
        reader = Reader(nudge.language or where.language, where.zone)
        return digest_page(work, nudge.community, nudge.params["digest"], reader)
    member = People(work, nudge.community).get(nudge.member)
    return cards.digest_letter(member.reader, nudge.params["digest"], found[0]) if member else None


def leave(work: Work, community: str, member_id: str) -> None:
    """A member leaves: the digests that carry their answers are drawn again, without them."""
    for digest_id in Checkins(work, community).digests_with(member_id):
        revise_digest(work, community, digest_id)


def revise_digest(work: Work, community: str, digest_id: str) -> None:
    """Something in a digest changed or was withdrawn: the messages that carry it are drawn again."""
    Outbox(work, community).revise(f"{DIGEST}:{digest_id}:")


# --- reactions -----------------------------------------------------------------------------------


def promise_thanks(work: Work, author: Member) -> None:
    """Somebody reacted: the author hears of it in some days, together with what comes until then."""
    outbox, to = Outbox(work, author.community.id), People(work, author.community.id).address(author.id)
    if to is None or outbox.is_waiting(THANKS, author.id):
        return
    due_at = work.now + rules.THANKS_AFTER
    day = author.reader.local(due_at).date()
    draft = Draft(
        key=f"{THANKS}:{author.id}:{day}",
        kind=THANKS,
        to=to,
        member=author.id,
        due_at=due_at,
        expires_at=due_at + MANNERS[THANKS].lives,
    )
    outbox.add([draft])


def draw_thanks(work: Work, nudge: Nudge) -> Card | None:
    """The reactions that have gathered; none when they were taken back or the author is gone."""
    author = People(work, nudge.community).get(nudge.member or "")
    cheers = Checkins(work, nudge.community).tell_cheers(author.id, nudge.id) if author else []
    if author is None or not cheers:
        return None
    who = {member.id: member for member in People(work, nudge.community).some({one for _, one in cheers})}
    seen = {one for one, member in who.items() if member.is_seen_by(None)}
    congrats = {one for kind, one in cheers if kind is CheerKind.CONGRATS}
    meet = [who[one].name for kind, one in cheers if kind is CheerKind.MEET and one in seen]
    glad = rules.glad(author.community.preset, len(congrats & seen), len(congrats - seen))
    return cards.summary(author.reader, glad, meet) if glad or meet else None


MANNERS = {
    PROMPT: Manner(
        name=texts.PROMPT_TITLE,
        why=texts.WHY,
        reason=why_asked,
        prompt=True,
        says_fine=True,
        less=actions.Less(),
        skip=actions.Skip(),
    ),
    DIGEST: Manner(name=texts.DIGEST_NAME, why=texts.DIGEST_WHY, priority=3, digest=True, lives=rules.DIGEST_LIVES),
    THANKS: Manner(name=texts.SUMMARY_TITLE, why=texts.SUMMARY_WHY),
    TEST: Manner(name=texts.TEST_NAME, why=texts.PROMPT_TEST, asked=True),
}
