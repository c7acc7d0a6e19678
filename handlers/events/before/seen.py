"""What an event's card says of what comes before it: themes, one's group, and who presents."""

from collections.abc import Sequence

from bot.cards import Button, Buttons, Facts, Look, Piece, Text, button
from bot.language import Reader
from handlers.events import texts as event_texts
from handlers.events.before import actions, cards_pitch, texts, texts_pitch
from handlers.events.before.cards_pitch import Seen
from storage.communities import Community
from storage.events import Event, State
from storage.grouping import Grouping, Themes
from storage.people import Member, People
from storage.pitches import Pitches
from storage.seating import Standing
from storage.seats import Seats
from storage.work import Work


def below(work: Work, here: Community, event: Event, member: Member | None, reader: Reader) -> Sequence[Piece]:
    """For this member, or None for whoever reads a shared room; nothing once it is over."""
    if event.state is not State.ANNOUNCED or event.ends_at <= work.now:
        return ()
    before, pieces, row = Grouping(work, here.id).get(event.id), list[Piece](), list[Button]()
    if before.themes:
        pieces.append(Facts(((reader(texts.THEMES), "\n".join(one.words for one in before.themes.themes)),)))
        if member:
            words, buttons = _own(work, event, member, before.themes)
            pieces += [Text(one) for one in words]
            row += buttons
    if before.slots:
        shelf = Pitches(work, here.id)
        chosen = shelf.chosen(event.id) if before.slots.published else []
        if chosen:
            names = People(work, here.id).names([one.member for one in chosen], member)
            pieces += cards_pitch.programme(reader, [Seen(one, names.get(one.member, "")) for one in chosen])
        else:
            number, minutes = reader.number(before.slots.number), reader.number(before.slots.minutes)
            offered = reader(texts_pitch.SLOTS_OF, number=number, minutes=minutes)
            pieces.append(Facts(((reader(texts_pitch.SLOTS), offered),)))
        if member and shelf.of(event.id, member.id):
            row.append(button(reader(texts_pitch.MINE), actions.MyPitch(event=event.id)))
        elif member and not before.slots.published and event.starts_at > work.now:
            row.append(button(reader(texts_pitch.PRESENT), actions.Pitch(event=event.id)))
    return (*pieces, Buttons(tuple(row))) if row else pieces


def _own(work: Work, event: Event, member: Member, themes: Themes) -> tuple[list[str], list[Button]]:
    """What one member chose, or where they are, and what they can press."""
    reader = member.reader
    if not is_coming(work, event, member):
        return ([reader(texts.CHOOSE_NOT_YET)] if not themes.published else []), []
    wish = Grouping(work, member.community.id).wish(event.id, member.id)
    if themes.published and 0 < wish.group <= len(themes.groups):
        theme = themes.groups[wish.group - 1].words
        said = reader(texts.YOUR_GROUP, number=reader.number(wish.group), theme=theme)
        return [said], [button(reader(texts.SEE_GROUP), actions.MyGroup(event=event.id))]
    if themes.published:
        return [reader(texts.GROUP_NONE)], []
    chosen, choose = [words for words in map(themes.words, wish.themes) if words], actions.Choose(event=event.id)
    apart = button(reader(texts.APART), actions.Apart())
    if not chosen:
        return [], [button(reader(texts.CHOOSE), choose, Look.PRIMARY), apart]
    said = reader(texts.YOU_CHOSE, themes=reader(event_texts.AND).join(chosen))
    return [said], [button(reader(texts.CHOOSE_AGAIN), choose), apart]


def is_coming(work: Work, event: Event, member: Member) -> bool:
    """Whether they come to any part."""
    stands = Seats(work, member.community.id).standing(member.id, [event])
    return any(one.state is Standing.GOING for one in stands)
