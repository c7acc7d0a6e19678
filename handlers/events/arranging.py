"""Writing an event: its words, its parts, its rules, how it repeats, and who organises it."""

from bot.cards import sentence
from bot.language import Sentence
from bot.replies import Answer, Form, Redraw
from bot.router import Router
from handlers.events import cards_desk, desk_actions, forms, running, texts, texts_desk, typed
from handlers.turn import Turn
from storage.events import Event, HasPeople, Overfull
from storage.ideas import Idea, Ideas, Kind
from storage.people import Area
from storage.programme import Attendee, Details, Part

router: Router[Turn] = Router()


def _said(turn: Turn, words: Sentence, **values: object) -> Redraw:
    return Redraw(sentence(turn.reader(words, **values)))


# --- a new one -----------------------------------------------------------------------------------


def _idea(turn: Turn, idea_id: str) -> Idea | None:
    found = Ideas(turn.work, turn.community.id).get(idea_id) if idea_id and turn.may(Area.CONTENT) else None
    return found if found and found.kind is Kind.EVENT else None


def new_form(turn: Turn, _: str = "") -> Form:
    """Open the form of a new event."""
    return forms.part(running.desk(turn), desk_actions.Parted(), None, old=None)


@router.pressed(desk_actions.New, desk=True, supporters=True)
def new(turn: Turn, wish: desk_actions.New) -> Form | Redraw:
    """The same, from a button; with the words of an idea as its title."""
    if not wish.idea:
        return new_form(turn)
    idea = _idea(turn, wish.idea)
    if idea is None:
        return _said(turn, texts_desk.IDEA_GONE)
    title = " ".join(idea.words.split())[: typed.TITLE]
    name = "title_en" if idea.language == "en" else "title_ja"
    filled = desk_actions.Parted(idea=idea.id, **{name: title})
    return forms.part(running.desk(turn), filled, None, old=None)


# --- a part --------------------------------------------------------------------------------------


def _parted(found: Event, old: Part | None, language: str) -> desk_actions.Parted:
    """A part as it stands in the form."""
    if old is None:
        return desk_actions.Parted(event=found.id)
    return desk_actions.Parted(
        event=found.id,
        part=old.id,
        called=old.name(language),
        starts=old.starts_local.strftime(typed.ISO),
        ends=old.ends_local.strftime(typed.ISO),
        zone=old.zone,
        place=old.where(language),
        link=old.link,
        seats=str(old.capacity or ""),
        alumni=str(old.shares.get(Attendee.ALUMNI, "")),
        staff=str(old.shares.get(Attendee.STAFF, "")),
    )


@router.pressed(desk_actions.Part, desk=True, supporters=True)
def part(turn: Turn, wish: desk_actions.Part) -> Form | Redraw:
    """Open the form of a part, or of a new one."""
    found = running.changing(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    old = found.part(wish.part) if wish.part else None
    if wish.part and old is None:
        return _said(turn, texts_desk.PART_GONE)
    if old is None and len(found.parts) >= cards_desk.PARTS:
        return _said(turn, texts_desk.TOO_MANY_PARTS, max=cards_desk.PARTS)
    return forms.part(running.desk(turn), _parted(found, old, turn.reader.language), found, old=old)


@router.pressed(desk_actions.RedoPart, desk=True, supporters=True)
def redo_part(turn: Turn, wish: desk_actions.RedoPart) -> Form | Redraw:
    """Open it again with what was read."""
    again = desk_actions.Parted.model_validate(wish.model_dump())
    if not wish.event:
        return forms.part(running.desk(turn), again, None, old=None)
    found = running.changing(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    return forms.part(running.desk(turn), again, found, old=found.part(wish.part))


def _read(turn: Turn, wish: desk_actions.Parted) -> tuple[Event | None, Details, Part] | Form | Redraw:
    """What was typed or kept, read: the event (None: a new one), what it will say of itself, and the part."""
    desk = running.desk(turn)
    if wish.event:
        found = running.changing(turn, wish.event)
        if isinstance(found, Redraw):
            return found
        old, details, errors = found.part(wish.part), found.details, typed.Errors()
        if wish.part and old is None:
            return _said(turn, texts_desk.PART_GONE)
        others = [one for one in found.parts if old is None or one.id != old.id]
    else:
        found, old, others = None, None, []
        title, errors = typed.titles(turn.reader, wish.title_ja, wish.title_en)
        details = Details(title=title, languages=_spoken(turn), organisers=(turn.me.id,))
    read, wrong = typed.part(desk, wish, old)
    errors = {**errors, **wrong}
    if read and not errors:
        errors = typed.amiss(turn.reader, details, [*others, read], turn.now, found.parts if found else ())
        errors |= running.short(turn, found, read) if found else {}
    if errors or read is None:
        again = desk_actions.Parted.model_validate(wish.model_dump())
        return forms.part(desk, again, found, errors, old=old)
    return found, details, read


def _spoken(turn: Turn) -> tuple[str, ...]:
    return (turn.community.language,)


def _with(found: Event, read: Part) -> list[Part]:
    """The parts, with this one in its place or at the end."""
    if any(one.id == read.id for one in found.parts):
        return [read if one.id == read.id else one for one in found.parts]
    return [*found.parts, read]


@router.submitted(desk_actions.Parted, desk=True, supporters=True)
def parted(turn: Turn, wish: desk_actions.Parted) -> Answer:
    """Show what was read; nothing is kept yet."""
    read = _read(turn, wish)
    if isinstance(read, Form | Redraw):
        return read
    found, details, one = read
    old = found.part(one.id) if found and one.id else None
    moved = old is None or (old.starts_at, old.ends_at, old.place, old.link) != (
        one.starts_at,
        one.ends_at,
        one.place,
        one.link,
    )
    hears = running.hears(turn, found) if found and moved else 0
    title = "" if found else " / ".join(details.title.values())
    return Redraw(cards_desk.check_part(turn.reader, wish, one, title, hears))


@router.pressed(desk_actions.KeepPart, desk=True, supporters=True)
def keep_part(turn: Turn, wish: desk_actions.KeepPart) -> Answer:
    """Keep it."""
    read = _read(turn, wish)
    if isinstance(read, Form | Redraw):
        return read
    found, details, one = read
    if found is None:
        if _idea(turn, wish.idea):
            Ideas(turn.work, turn.community.id).done(wish.idea)
        event_id = running.events(turn).write(details, [one])
        running.note(turn, "event.drafted", event_id)
        return running.shown(turn, event_id, turn.reader(texts_desk.SAVED))
    if not one.id and found.teams_know_parts:
        return _said(turn, texts_desk.PARTS_STAY)
    if not one.id and len(found.parts) >= cards_desk.PARTS:
        return _said(turn, texts_desk.TOO_MANY_PARTS, max=cards_desk.PARTS)
    try:
        said = running.keep(turn, found, found.details, _with(found, one), scope=wish.scope)
    except Overfull as problem:
        again = desk_actions.Parted.model_validate(wish.model_dump())
        old = found.part(one.id)
        return forms.part(running.desk(turn), again, found, running.overfull(turn, problem), old=old)
    return running.shown(turn, found.id, said)


@router.pressed(desk_actions.DropPart, desk=True, supporters=True)
def drop_part(turn: Turn, wish: desk_actions.DropPart) -> Answer:
    """Take it out; with people in it only after a second word."""
    found = running.changing(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    if found.teams_know_parts:  # pressed on a card from before
        return running.shown(turn, found.id, turn.reader(texts_desk.PARTS_STAY))
    left = [one for one in found.parts if one.id != wish.part]
    if not left:
        return running.shown(turn, found.id, turn.reader(texts_desk.PART_LAST))
    try:
        running.keep(turn, found, found.details, left, dropping=wish.sure)
    except HasPeople:
        return Redraw(cards_desk.asks_drop(turn.reader, wish, running.taken(turn, found, wish.part)))
    return running.shown(turn, found.id, turn.reader(texts_desk.PART_DROPPED))


# --- words ---------------------------------------------------------------------------------------


@router.pressed(desk_actions.Word, desk=True, supporters=True)
def word(turn: Turn, wish: desk_actions.Word) -> Form | Redraw:
    """Open the form of its words."""
    found = running.changing(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    details, language = found.details, turn.reader.language
    spoken = "both" if len(details.languages) > 1 else next(iter(details.languages), language)
    now = desk_actions.Worded(
        event=found.id,
        title_ja=details.title.get("ja", ""),
        title_en=details.title.get("en", ""),
        about_ja=details.about.get("ja", ""),
        about_en=details.about.get("en", ""),
        language=spoken if spoken in texts.LANGUAGES else "both",
        access=typed.said(details.access, language),
        captions=typed.said(details.captions, language),
        neutral=bool(details.neutral),
    )
    return forms.words(turn.reader, found, now)


@router.submitted(desk_actions.Worded, desk=True, supporters=True)
def worded(turn: Turn, wish: desk_actions.Worded) -> Answer:
    """Keep them."""
    found = running.changing(turn, wish.event)
    if isinstance(found, Redraw):
        return found
    details, errors = typed.words(turn.reader, wish, found.details)
    if errors:
        return forms.words(turn.reader, found, wish, errors)
    return running.shown(turn, found.id, running.keep(turn, found, details, found.parts, scope=wish.scope))
