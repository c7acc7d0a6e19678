"""The forms of whoever runs events."""

from collections.abc import Mapping, Sequence

from bot.actions import pack
from bot.cards import Choice, Choices, Field, Text, TextInput, Tick
from bot.language import Reader
from bot.replies import Form
from handlers.events import desk_actions, texts, texts_desk, typed, wording
from handlers.events.repeating import Rhythm
from handlers.profiles import Purpose
from storage.events import Event
from storage.programme import GUESTS_MAX, Attendee, Part, Waitlist

Errors = Mapping[str, str]


def _scope(reader: Reader, event: Event | None, value: str) -> tuple[Field, ...]:
    """For which dates of a series; nothing for an event that is none."""
    if event is None or not event.series:
        return ()
    options = tuple((name, reader(words)) for name, words in texts_desk.SCOPES.items())
    return (Choice("scope", reader(texts_desk.SCOPE), options, value if value in texts_desk.SCOPES else "one"),)


# --- words ---------------------------------------------------------------------------------------


def _titles(reader: Reader, ja: str, en: str) -> tuple[Field, Field]:
    """The reader's own language first."""
    hint = reader(texts_desk.WORD_TITLE_HINT, max=typed.TITLE)
    own = TextInput("title_ja", reader(texts_desk.WORD_JA), ja, hint, max_length=typed.TITLE, required=False)
    other = TextInput("title_en", reader(texts_desk.WORD_EN), en, hint, max_length=typed.TITLE, required=False)
    return (own, other) if reader.language == "ja" else (other, own)


def _texts(reader: Reader, ja: str, en: str) -> tuple[Field, Field]:
    hint, most = reader(texts_desk.ABOUT_HINT, max=typed.ABOUT), typed.ABOUT
    own = TextInput("about_ja", reader(texts_desk.ABOUT_JA), ja, hint, lines=6, max_length=most, required=False)
    other = TextInput("about_en", reader(texts_desk.ABOUT_EN), en, hint, lines=6, max_length=most, required=False)
    return (own, other) if reader.language == "ja" else (other, own)


def words(reader: Reader, event: Event, now: desk_actions.Worded, errors: Errors | None = None) -> Form:
    """Title, text, language, access."""
    spoken = tuple((name, reader(said)) for name, said in texts.LANGUAGES.items())
    fields: tuple[Field, ...] = (
        *_titles(reader, now.title_ja, now.title_en),
        *_texts(reader, now.about_ja, now.about_en),
        Choice("language", reader(texts_desk.SPOKEN), spoken, now.language),
        TextInput(
            "access", reader(texts_desk.ACCESS_LABEL), now.access, lines=3, max_length=typed.PLACE, required=False
        ),
        TextInput("captions", reader(texts_desk.CAPTIONS_LABEL), now.captions, max_length=typed.PLACE, required=False),
        Tick(
            "neutral",
            reader(texts_desk.NEUTRAL_LABEL),
            now.neutral,
            reader(texts_desk.NEUTRAL_HINT, neutral=reader(texts.NEUTRAL)),
        ),
        *_scope(reader, event, now.scope),
    )
    submit = pack(desk_actions.Worded(event=now.event))
    return Form(reader(texts_desk.WORD_TITLE), submit, reader(texts_desk.SAVE), fields, errors=errors or {})


# --- a part --------------------------------------------------------------------------------------


def part(
    desk: typed.Desk, now: desk_actions.Parted, event: Event | None, errors: Errors | None = None, *, old: Part | None
) -> Form:
    """When and where; with the titles when it is the first of a new event."""
    reader, zones = desk.reader, typed.zones(desk, old)
    here = wording.zone(now.zone if now.zone in zones else zones[0], reader.language)
    required = {"max_length": typed.PLACE, "required": False}
    fields: list[Field] = [*_titles(reader, now.title_ja, now.title_en)] if event is None else []
    if event is not None:
        hint = reader(texts_desk.PART_NAME_HINT)
        name = reader(texts_desk.PART_NAME)
        fields.append(TextInput("called", name, now.called, hint, max_length=typed.CALLED, required=False))
    hint = reader(texts_desk.STARTS_HINT, zone=here)
    fields.append(TextInput("starts", reader(texts_desk.STARTS), now.starts, hint, max_length=100))
    fields.append(TextInput("ends", reader(texts_desk.ENDS), now.ends, reader(texts_desk.ENDS_HINT), max_length=100))
    if len(zones) > 1:
        options = tuple((zone, wording.zone(zone, reader.language)) for zone in zones)
        fields.append(Choice("zone", reader(texts_desk.ZONE), options, now.zone or zones[0]))
    fields.append(TextInput("place", reader(texts_desk.PLACE), now.place, **required))  # type: ignore[arg-type] # both are what TextInput takes
    hint = reader(texts_desk.LINK_HINT)
    fields.append(TextInput("link", reader(texts_desk.LINK), now.link, hint, max_length=typed.LINK, required=False))
    hint = reader(texts_desk.CAPACITY_HINT)
    fields.append(TextInput("seats", reader(texts_desk.CAPACITY), now.seats, hint, max_length=10, required=False))
    if event is not None:
        for label, name, value in (
            (texts_desk.ALUMNI_SEATS, "alumni", now.alumni),
            (texts_desk.STAFF_SEATS, "staff", now.staff),
        ):
            fields.append(TextInput(name, reader(label), value, hint, max_length=10, required=False))
        fields += _scope(reader, event if now.part else None, now.scope)
    submit = pack(desk_actions.Parted(event=now.event, idea=now.idea, part=now.part))
    title = reader(texts_desk.PART_TITLE if event else texts_desk.NEW)
    return Form(title, submit, reader(texts_desk.PART_SEND), tuple(fields), errors=errors or {})


# --- rules and repeating -------------------------------------------------------------------------


def rules(reader: Reader, event: Event, now: desk_actions.Ruled, zone: str, errors: Errors | None = None) -> Form:
    """Who may come, until when, with how many guests, and how the line moves."""
    kinds = tuple((str(one), reader(wording.KINDS[one])) for one in Attendee)
    purposes = tuple((str(one), reader(texts_desk.PURPOSE_WORDS[one])) for one in Purpose)
    lines = tuple((str(one), reader(texts_desk.WAITLISTS[one])) for one in Waitlist)
    fields: tuple[Field, ...] = (
        Choices("kinds", reader(texts_desk.WHO_MAY), kinds, now.kinds, reader(texts_desk.WHO_HINT), required=False),
        Choices(
            "purposes",
            reader(texts_desk.PURPOSES),
            purposes,
            now.purposes,
            reader(texts_desk.PURPOSES_HINT),
            required=False,
        ),
        TextInput(
            "deadline",
            reader(texts_desk.DEADLINE),
            now.deadline,
            reader(texts_desk.DEADLINE_HINT, zone=wording.zone(zone, reader.language)),
            max_length=100,
            required=False,
        ),
        TextInput(
            "guests",
            reader(texts_desk.GUESTS),
            now.guests,
            reader(texts_desk.GUESTS_HINT, max=GUESTS_MAX),
            max_length=5,
        ),
        Choice("waitlist", reader(texts_desk.WAITLIST), lines, now.waitlist),
        *_scope(reader, event, now.scope),
    )
    submit = pack(desk_actions.Ruled(event=now.event))
    return Form(reader(texts_desk.RULES_TITLE), submit, reader(texts_desk.PART_SEND), fields, errors=errors or {})


def repeat(reader: Reader, now: desk_actions.Repeated, errors: Errors | None = None) -> Form:
    """How often, and until when."""
    rhythms = tuple((str(one), reader(texts.RHYTHMS[one])) for one in Rhythm)
    fields = (
        Choice("rhythm", reader(texts_desk.RHYTHM), rhythms, now.rhythm),
        TextInput(
            "until", reader(texts_desk.UNTIL), now.until, reader(texts_desk.UNTIL_HINT), max_length=100, required=False
        ),
    )
    submit = pack(desk_actions.Repeated(event=now.event))
    return Form(reader(texts_desk.REPEAT_TITLE), submit, reader(texts_desk.PART_SEND), fields, errors=errors or {})


# --- organisers and announcing -------------------------------------------------------------------


def organise(reader: Reader, event_id: str, people: Sequence[tuple[str, str]]) -> Form:
    """Who organises it as well, or not any more."""
    fields = (Choice("member", reader(texts_desk.ORGANISE_WHO), tuple(people)),)
    intro = (Text(reader(texts_desk.ORGANISE_WHAT)),)
    submit = pack(desk_actions.Organised(event=event_id))
    return Form(reader(texts_desk.ORGANISE_TITLE), submit, reader(texts_desk.ORGANISE_SEND), fields, intro)


def announce(
    reader: Reader, event_id: str, channels: Sequence[str], now: desk_actions.Announced, errors: Errors | None = None
) -> Form:
    """Where."""
    options = tuple((name, reader(texts_desk.CHANNELS[name])) for name in channels)
    fields = (
        Choice("channel", reader(texts_desk.WHERE_TO), options, now.channel),
        Tick("nudge", reader(texts_desk.NUDGE), now.nudge, reader(texts_desk.NUDGE_HINT)),
    )
    submit = pack(desk_actions.Announced(event=event_id))
    return Form(
        reader(texts_desk.ANNOUNCE_TITLE), submit, reader(texts_desk.ANNOUNCE_NEXT), fields, errors=errors or {}
    )
