"""What members of fixed teams are told, and whoever organises them.

What somebody is to hear stands in their own row until the clock comes by: then it is a message, or, of hidden members,
one that no row tells of.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from bot.cards import Button, Buttons, Card, Text, button
from bot.language import Reader
from handlers.events import cards as event_cards
from handlers.events.cohort import actions, cards, crew, desk_actions, texts, texts_desk
from handlers.events.cohort.cards import Own
from storage.cohorting import FEW, News, Stage
from storage.cohorts import ASIDE, Cohorts
from storage.communities import Settings
from storage.events import Event
from storage.manners import Manner
from storage.outbox import Draft, Nudge, Outbox
from storage.people import Area, Member, People, Role
from storage.presets import Level
from storage.team_seats import Cohort
from storage.work import Work

COHORT = ASIDE  # the aside's word
PLACE, TEAM, SWAP, SMALL = "events.team_place", "events.team", "events.team_swap", "events.team_small"
KINDS = {
    News.OFFER: PLACE,
    News.LAPSED: PLACE,
    News.TEAM: TEAM,
    News.NEW: TEAM,
    News.MERGED: TEAM,
    News.OFF: TEAM,
    News.ASKED: SWAP,
    News.SWAPPED: SWAP,
}
Quiet = list[tuple[Member, Card | None]]


def tell(work: Work, community: str, event: Event) -> Quiet:
    """Everything that is owed in the series of an event: messages to whoever can be seen; the others' cards."""
    shelf, quiet = Cohorts(work, community), Quiet()
    shelf.hold(event.series)
    here = crew.load(work, Settings(work, community).get(), event.series)
    if here is None:
        return quiet
    found = here.found
    owing = {tag: one for tag, one in found.roll.places.items() if one.owed}
    ids = [here.people[tag].id for tag in owing if tag in here.people]
    members = {one.id: one for one in People(work, community).some(ids)}
    for tag in sorted(owing.keys() & here.people.keys()):
        member = members[here.people[tag].id]
        for news in owing[tag].owed:
            if member.level is Level.HIDDEN:
                quiet.append((member, _card(work, member, found.id, news)))
            else:
                _send(here, KINDS[news], [member.id], {"news": str(news)}, owing[tag].until)
    for tag, one in owing.items():
        shelf.put(found.id, tag, one.model_copy(update={"owed": ()}))
    shelf.clear(found.id, [tag for tag, one in found.roll.places.items() if one.state is Stage.GONE])
    return [*quiet, *_small(here)]


def _send(
    here: crew.Crew, kind: str, who: Collection[str], params: Mapping[str, str], until: datetime | None = None
) -> None:
    """A message to each, until what it says is over."""
    work, community, found = here.work, here.here.id, here.found
    said = ":".join((found.id, *params.values()))
    drafts = [
        Draft(
            key=f"{kind}:{work.keys.tag('event.teams', community, said, member).hex()}:{work.now:%Y%m%dT%H%M%S%f}",
            kind=kind,
            to=to,
            member=member,
            due_at=work.now,
            expires_at=until or max(found.dates[-1].ends_at, found.now + MANNERS[kind].lives),
            params={"series": found.id, **params},
            priority=MANNERS[kind].priority,
        )
        for member, to in People(work, community).addresses(who).items()
    ]
    Outbox(work, community).add(drafts)


# --- a member ------------------------------------------------------------------------------------


def _card(work: Work, member: Member, series: str, news: News) -> Card | None:
    """What they hear, as long as it is still so."""
    found = crew.load(work, member.community, series)
    if found is None:
        return None
    seen = cards.own(found, member)
    if news is News.ASKED:
        return _asked(seen)
    said = _words(seen, news)
    if not said:
        return None
    rows: list[Button] = [button(member.reader(texts.TO_SERIES), actions.Series(series=series))]
    if news is News.OFFER:
        claim = actions.Claim(series=series)
        rows = [
            button(member.reader(texts.TAKE), claim),
            button(member.reader(texts.PASS), claim.model_copy(update={"yes": False})),
            *rows,
        ]
    row = Buttons(tuple(rows))
    return Card(event_cards.summary(member.reader, found.found.details), (Text(said), row))


def _words(seen: Own, news: News) -> str:
    reader, place = seen.reader, seen.place
    title = seen.crew.found.details.titled(reader.language)
    if news is News.LAPSED:
        return reader(texts.TOLD_LAPSED, title=title) if place is None else ""
    if place is None:
        return ""
    if news is News.OFFER:
        until = place.until if place.state is Stage.OFFERED else None
        return reader(texts.TOLD_OFFER, title=title, until=reader.moment(until)) if until else ""
    if news is News.OFF:
        return reader(texts.TOLD_OFF, title=title)
    if not place.told:
        return ""
    words = {
        News.TEAM: texts.TOLD_TEAM,
        News.NEW: texts.TOLD_NEW,
        News.MERGED: texts.TOLD_MERGED,
        News.SWAPPED: texts.TOLD_SWAPPED,
    }
    return reader(words[news], title=title, number=reader.number(place.told))


def _asked(seen: Own) -> Card | None:
    """Who would like to change dates, with both ways to answer."""
    pieces = [piece for tag, swap in seen.asked for piece in cards.asks(seen, tag, swap)]
    return Card(event_cards.summary(seen.reader, seen.crew.found.details), tuple(pieces)) if pieces else None


def draw(work: Work, nudge: Nudge) -> Card | None:
    """What they hear, as it is now."""
    member = People(work, nudge.community).get(nudge.member or "")
    return _card(work, member, str(nudge.params["series"]), News(nudge.params["news"])) if member else None


# --- whoever organises ---------------------------------------------------------------------------


def organisers(work: Work, community: str, found: Cohort) -> list[Member]:
    """Who runs it; if nobody is left of them, who does the community's content."""
    people = People(work, community)
    own = people.some(found.details.organisers)
    return own or [one for one in people.with_role(Role.SECRETARIAT, Role.OWNER) if one.may(Area.CONTENT)]


def _small(here: crew.Crew) -> Quiet:
    """Teams that became small, once each, while nobody is to fill them; hidden organisers' cards."""
    found, shelf = here.found, Cohorts(here.work, here.here.id)
    book, quiet = found.roll.book, Quiet()
    if not book.told or not found.coming or found.roll.line():
        return quiet
    kept = any(one.state is Stage.OFFERED for one in found.roll.places.values())
    small = {n for n in book.teams if (said := here.count(here.team(n, told=True))).isdigit() and int(said) < FEW}
    news = small - set(book.few)
    if kept or small == set(book.few):
        return quiet
    shelf.note(found.id, book.model_copy(update={"few": tuple(sorted(small))}))
    for number in sorted(news):
        who = organisers(here.work, here.here.id, found)
        seen = [one.id for one in who if one.level is not Level.HIDDEN]
        _send(here, SMALL, seen, {"team": str(number)})
        quiet += [(one, _few(here, one.reader, number)) for one in who if one.level is Level.HIDDEN]
    return quiet


def _few(here: crew.Crew, reader: Reader, number: int) -> Card | None:
    found = here.found
    if number not in found.roll.book.few or not found.coming:
        return None
    title, count = found.details.titled(reader.language), here.count(here.team(number, told=True))
    said = reader(texts_desk.TOLD_FEW, number=reader.number(number), title=title, count=count)
    row = (button(reader(texts_desk.TO_TEAMS), desk_actions.Teams(event=found.coming[0].id)),)
    return Card(event_cards.summary(reader, found.details), (Text(said), Buttons(row)))


def draw_small(work: Work, nudge: Nudge) -> Card | None:
    """That a team has become small, as long as it is."""
    member = People(work, nudge.community).get(nudge.member or "")
    found = crew.load(work, member.community, str(nudge.params["series"])) if member else None
    return _few(found, member.reader, int(nudge.params["team"])) if member and found else None


def called_off(work: Work, community: str, dates: Iterable[Event]) -> set[str]:
    """All dates of a series are off: its members hear so once.  Who they are, by id."""
    series = next((one.series for one in dates), "")
    shelf = Cohorts(work, community)
    shelf.called_off(series)
    found = shelf.get(series)
    return {one.id for one in shelf.people(found).values()} if found else set()


DRAWERS = {PLACE: draw, TEAM: draw, SWAP: draw, SMALL: draw_small}
MANNERS = {
    PLACE: Manner(name=texts.PLACE_NAME, why=texts.PLACE_WHY, asked=True, priority=0),
    TEAM: Manner(name=texts.TEAM_NAME, why=texts.TEAM_WHY, asked=True, priority=1),
    SWAP: Manner(name=texts.SWAP_NAME, why=texts.TEAM_WHY, asked=True, priority=1),
    SMALL: Manner(name=texts.FEW_NAME, why=texts.FEW_WHY, asked=True, priority=1),
}
