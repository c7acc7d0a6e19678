"""How invitations look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.actions import pack
from bot.cards import (
    Button,
    Buttons,
    Card,
    Choice,
    Copy,
    Facts,
    Link,
    Look,
    Piece,
    Text,
    TextInput,
    Tick,
    button,
)
from bot.language import Reader, Sentence
from bot.replies import Form
from handlers.invite import actions, rules, texts
from handlers.invite.rules import Shown, Tone
from storage.invitations import NOTE_MAX, Invitation
from storage.people import NAME_MAX
from storage.roster import Person
from storage.waves import Pick, Stage, Wave

PAGE = 10  # people on a page
LANGUAGES = (("ja", "日本語"), ("en", "English"))
TONES: Mapping[Tone, Sentence] = {Tone.PLAIN: texts.PLAIN, Tone.WARM: texts.WARM, Tone.NETWORK: texts.NETWORK}
STAGES: Mapping[Stage, Sentence] = {
    Stage.ASKED: texts.ASKED,
    Stage.APPROVED: texts.APPROVED,
    Stage.STOPPED: texts.STOPPED,
}


def picked(reader: Reader, pick: Pick) -> str:
    """By what people were picked, in words."""
    year = reader(texts.PICKED_YEAR, year=pick.year) if pick.year else ""
    return ", ".join(part for part in (year, pick.department, pick.tag) if part) or reader(texts.PICKED_ALL)


def people(reader: Reader, count: int) -> str:
    """So many people."""
    return reader(texts.PEOPLE, count=count)


# --- waves ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Week:
    """How somebody's invitations stand: drafts given this week of so many, how many to send, how many sent."""

    used: int
    most: int
    waiting: int
    sent: int


def waves(reader: Reader, mine: Sequence[tuple[Wave, int]], week: Week, said: str = "") -> Card:
    """The page of invitations."""
    title = reader(texts.WAVES_TITLE)
    facts = (
        (reader(texts.WAVES_WEEK), reader(texts.WAVES_WEEK_VALUE, used=week.used, most=week.most)),
        (reader(texts.WAVES_DRAFTS), reader.number(week.waiting)),
        (reader(texts.WAVES_SENT), reader.number(week.sent)),
    )
    pieces: list[Piece] = [Text(title, Look.HEADING), *([Text(said)] if said else []), Text(reader(texts.WAVES_WHAT))]
    pieces.append(Facts(facts))
    row = [button(reader(texts.DRAFTS_BUTTON), actions.Drafts(), Look.PRIMARY)] if week.waiting else []
    row.append(button(reader(texts.PICK_BUTTON), actions.Pick(), Look.PLAIN if week.waiting else Look.PRIMARY))
    if week.sent:
        row.append(button(reader(texts.SENT_BUTTON), actions.Sent()))
    row.append(button(reader(texts.INVITE_TITLE), actions.Invite()))
    row.append(button(reader(texts.TEXTS_BUTTON), actions.Texts()))
    row.append(button(reader(texts.SETTINGS_BUTTON), actions.Arrange()))
    pieces.append(Buttons(tuple(row)))
    if not mine:
        pieces.append(Text(reader(texts.WAVES_NONE), Look.QUIET))
    newest = list(reversed(mine))[:PAGE]
    if newest:
        pieces.append(Facts(tuple((picked(reader, one.pick), _stands(reader, one, size)) for one, size in newest)))
        pieces.append(Buttons(tuple(button(picked(reader, one.pick), actions.Wave(wave=one.id)) for one, _ in newest)))
    return Card(title, tuple(pieces))


def _stands(reader: Reader, one: Wave, size: int) -> str:
    return f"{people(reader, size)}, {reader(STAGES[one.stage])}, {reader.day(one.asked_on)}"


def wave(
    reader: Reader, one: Wave, who: Sequence[str], size: int, picker: str, *, own: bool, alone: bool, said: str = ""
) -> Card:
    """One wave: whom it is for, how far it has come, and what can be done.  `alone`: nobody else could approve."""
    title = reader(texts.WAVE_TITLE, picked=picked(reader, one.pick))
    facts = (
        (reader(texts.WAVE_STAGE), reader(STAGES[one.stage])),
        (reader(texts.WAVE_SIZE), reader.number(size)),
        (reader(texts.WAVE_WHO), picker or reader(texts.SOMEBODY)),
        (reader(texts.WAVE_ON), reader.long_day(one.asked_on)),
    )
    pieces: list[Piece] = [Text(title, Look.HEADING), *([Text(said)] if said else []), Facts(facts)]
    if who:
        more = f"\n{reader(texts.WAVE_MORE, count=size - len(who))}" if size > len(who) else ""
        pieces.append(Text("\n".join(who) + more))
    row: list[Button] = []
    if one.stage is Stage.ASKED and (alone or not own):
        sure = reader(texts.APPROVE_ALONE) if own else ""
        row.append(button(reader(texts.APPROVE), actions.ApproveWave(wave=one.id), Look.PRIMARY, sure))
    elif one.stage is Stage.ASKED:
        pieces.append(Text(reader(texts.WAVE_WAITS)))
    elif one.stage is Stage.APPROVED and own:
        pieces.append(Text(reader(texts.WAVE_GOES)))
        row.append(button(reader(texts.DRAFTS_BUTTON), actions.Drafts(), Look.PRIMARY))
    if one.stage is not Stage.STOPPED:
        row.append(button(reader(texts.STOP), actions.StopWave(wave=one.id), Look.DANGER, reader(texts.STOP_SURE)))
    row.append(button(reader(texts.BACK_BUTTON), actions.Waves()))
    return Card(title, (*pieces, Buttons(tuple(row))))


def pick(reader: Reader, typed: actions.Picked, kind: str, errors: Mapping[str, str] | None = None) -> Form:
    """The form that picks people."""
    tones = tuple((str(tone), reader(TONES[tone])) for tone in rules.tones(kind))
    return Form(
        reader(texts.PICK_TITLE),
        pack(actions.Picked()),
        reader(texts.PICK_SUBMIT),
        (
            TextInput("year", reader(texts.PICK_YEAR), typed.year, max_length=10, required=False),
            TextInput(
                "department",
                reader(texts.PICK_DEPARTMENT),
                typed.department,
                reader(texts.PICK_DEPARTMENT_HINT),
                required=False,
            ),
            TextInput("tag", reader(texts.PICK_TAG), typed.tag, required=False),
            Choice("tone", reader(texts.PICK_TONE), tones, typed.tone),
            TextInput("most", reader(texts.PICK_MOST), typed.most, max_length=10),
        ),
        (Text(reader(texts.PICK_INTRO)),),
        errors or {},
    )


# --- drafts --------------------------------------------------------------------------------------


def draft(
    reader: Reader,
    link: Invitation,
    who: Person,
    text: str,
    *,
    tone: Tone,
    tones: Sequence[Tone],
    shown: Shown,
    said: str = "",
) -> Card:
    """One person's draft, to copy; or how it stands once it was sent."""
    facts = [
        (reader(texts.DRAFT_LEFT_YEAR), str(who.left_year or "")),
        (reader(texts.DRAFT_DEPARTMENT), who.department),
        (reader(texts.DRAFT_MAIL), who.mail),
        (reader(texts.DRAFT_NUMBER), reader.long_day(link.expires_on) if link.expires_on else ""),
        (reader(texts.DRAFT_ON), reader.long_day(link.sent_on) if link.sent_on else ""),
        (reader(texts.DRAFT_NOTE), link.note),
    ]
    pieces: list[Piece] = [*([Text(said)] if said else []), Text(who.name, Look.HEADING)]
    told = tuple(fact for fact in facts if fact[1])
    pieces += [Facts(told)] if told else []
    row: list[Button] = []
    if shown in {Shown.NOT_SENT, Shown.OPEN}:
        pieces.append(Text(reader(texts.DRAFT_WHAT), Look.QUIET))
        pieces.append(Copy(reader(texts.DRAFT_TEXT, tone=reader(TONES[tone])), text))
        others = [other for other in tones if other is not tone]
        pieces.append(
            Buttons(tuple(button(reader(TONES[other]), actions.Draft(link=link.id, tone=other)) for other in others))
        )
        tick = button(reader(texts.TICK), actions.Ticked(link=link.id), Look.PRIMARY)
        untick = button(reader(texts.UNTICK), actions.Ticked(link=link.id, yes=False))
        row.append(untick if link.sent_on else tick)
    else:
        pieces.append(Text(standing(reader, link, shown)))
    row.append(button(reader(texts.NOTE), actions.Note(link=link.id)))
    if shown in {Shown.OVER, Shown.REVOKED}:
        row.append(button(reader(texts.RENEW), actions.Renew(link=link.id)))
    elif shown is not Shown.JOINED:
        revoke = actions.Revoke(link=link.id)
        row.append(button(reader(texts.REVOKE), revoke, Look.DANGER, reader(texts.REVOKE_SURE)))
    row.append(button(reader(texts.BACK_BUTTON), actions.Waves()))
    return Card(reader(texts.DRAFTS_TITLE), (*pieces, Buttons(tuple(row))))


def standing(reader: Reader, link: Invitation, shown: Shown) -> str:
    """How a link stands, in words."""
    words = {
        Shown.NOT_SENT: texts.SENT_NOT,
        Shown.OVER: texts.SENT_OVER,
        Shown.JOINED: texts.SENT_JOINED,
        Shown.REVOKED: texts.SENT_BACK,
    }
    if shown is Shown.OPEN and link.expires_on:
        return reader(texts.SENT_OPEN, day=reader.day(link.expires_on))
    return reader(words[shown])


def sent(reader: Reader, all_sent: Sequence[tuple[Invitation, Person, Shown]], start: int) -> Card:
    """Whom I wrote to, and what has become of it."""
    title = reader(texts.SENT_TITLE)
    here = all_sent[start : start + PAGE]
    if not here:
        back = Buttons((button(reader(texts.BACK_BUTTON), actions.Waves()),))
        return Card(title, (Text(title, Look.HEADING), Text(reader(texts.SENT_NONE)), back))
    facts = Facts(tuple((who.name, _told(reader, link, shown)) for link, who, shown in here))
    names = Buttons(tuple(button(who.name, actions.Draft(link=link.id)) for link, who, _ in here))
    more = actions.Sent(start=start + PAGE)
    row = [button(reader(texts.MORE), more)] if len(all_sent) > start + PAGE else []
    row.append(button(reader(texts.BACK_BUTTON), actions.Waves()))
    return Card(title, (Text(title, Look.HEADING), facts, names, Buttons(tuple(row))))


def _told(reader: Reader, link: Invitation, shown: Shown) -> str:
    day = f"{reader.day(link.sent_on)}: " if link.sent_on else ""
    return day + standing(reader, link, shown) + (f" ({link.note})" if link.note else "")


def note(reader: Reader, typed: actions.Noted) -> Form:
    """The form of a note."""
    field = TextInput("text", reader(texts.NOTE_LABEL), typed.text, lines=3, max_length=NOTE_MAX, required=False)
    submit = pack(actions.Noted(link=typed.link))
    return Form(reader(texts.NOTE_TITLE), submit, reader(texts.NOTE_SAVE), (field,))


# --- texts and settings --------------------------------------------------------------------------


def which_text(reader: Reader, tones: Sequence[Tone], said: str = "") -> Card:
    """Which text to change."""
    title = reader(texts.TEXTS_TITLE)
    row = tuple(
        button(
            reader(texts.TEXTS_EDIT, language=name, tone=reader(TONES[tone])),
            actions.Edit(language=language, tone=tone),
        )
        for language, name in LANGUAGES
        for tone in tones
    )
    back = Buttons((button(reader(texts.BACK_BUTTON), actions.Waves()),))
    lead = [*([Text(said)] if said else []), Text(_literally(reader, texts.TEXTS_WHAT))]
    return Card(title, (Text(title, Look.HEADING), *lead, Buttons(row), back))


def _literally(reader: Reader, said: Sentence) -> str:
    """A sentence that speaks of the places themselves."""
    return reader(said, **{place: "{" + place + "}" for place in (*rules.PLACES, "place")})


def edit(reader: Reader, typed: actions.Edited, errors: Mapping[str, str] | None = None) -> Form:
    """The form of one text."""
    label = reader(TONES[Tone(typed.tone)])
    field = TextInput(
        "text",
        label,
        typed.text,
        reader(texts.TEXTS_HINT),
        lines=12,
        max_length=rules.TEXT_MAX,
        required=False,
    )
    submit = pack(actions.Edited(language=typed.language, tone=typed.tone))
    intro = (Text(_literally(reader, texts.TEXTS_WHAT)),)
    return Form(reader(texts.TEXTS_TITLE), submit, reader(texts.TEXTS_SAVE), (field,), intro, errors or {})


def bad_text(reader: Reader, found: tuple[rules.Fault, str]) -> str:
    """What is wrong with a text, and what to do."""
    what, part = found
    if what is rules.Fault.WORD:
        return reader(texts.BAD_WORD, word=part)
    values = {**{place: "{" + place + "}" for place in rules.PLACES}, "place": part}
    return reader(texts.BAD_LINK if what is rules.Fault.LINK else texts.BAD_PLACE, **values)


def arrange(reader: Reader, typed: actions.Arranged, errors: Mapping[str, str] | None = None) -> Form:
    """The form of the settings."""
    return Form(
        reader(texts.SETTINGS_TITLE),
        pack(actions.Arranged()),
        reader(texts.SETTINGS_SAVE),
        (
            TextInput("weekly", reader(texts.SETTINGS_WEEKLY), typed.weekly, max_length=10),
            TextInput("days", reader(texts.SETTINGS_DAYS), typed.days, max_length=10),
            TextInput("leaver_days", reader(texts.SETTINGS_LEAVER), typed.leaver_days, max_length=10),
        ),
        errors=errors or {},
    )


# --- one link ------------------------------------------------------------------------------------


def invite(reader: Reader, typed: actions.Invited, errors: Mapping[str, str] | None = None) -> Form:
    """The form of one invitation."""
    return Form(
        reader(texts.INVITE_TITLE),
        pack(actions.Invited()),
        reader(texts.INVITE_SUBMIT),
        (
            TextInput("who", reader(texts.INVITE_NAME), typed.who, reader(texts.INVITE_NAME_HINT), max_length=NAME_MAX),
            TextInput("mail", reader(texts.INVITE_MAIL), typed.mail, reader(texts.INVITE_MAIL_HINT), required=False),
            Choice("language", reader(texts.INVITE_LANGUAGE), LANGUAGES, typed.language),
        ),
        (Text(reader(texts.INVITE_INTRO)),),
        errors or {},
    )


def made(reader: Reader, name: str, link: str) -> Card:
    """The link for one person is ready."""
    title = reader(texts.INVITE_MADE, name=name)
    row = Buttons((button(reader(texts.DRAFTS_ONE), actions.Draft(link=link), Look.PRIMARY),))
    return Card(reader(texts.INVITE_TITLE), (Text(title), row))


def leaver(reader: Reader, waiting: int) -> Card:
    """The page of leaver links."""
    title = reader(texts.LEAVER_TITLE)
    facts = Facts(((reader(texts.LEAVER_OPEN), reader.number(waiting)),))
    row = Buttons((button(reader(texts.LEAVER_NEW), actions.NewLeaver(), Look.PRIMARY),))
    return Card(title, (Text(title, Look.HEADING), Text(reader(texts.LEAVER_WHAT)), facts, row))


def leaver_link(reader: Reader, link: Invitation, url: str, code: str) -> Card:
    """A new leaver link, and the way to its page to print."""
    title = reader(texts.LEAVER_MADE)
    until = reader.long_day(link.expires_on) if link.expires_on else ""
    row = (
        Link(reader(texts.INVITE_PRINT), f"{url}/print"),
        button(reader(texts.REVOKE), actions.Revoke(link=link.id), Look.DANGER, reader(texts.REVOKE_SURE)),
        button(reader(texts.LEAVER_NEW), actions.NewLeaver()),
    )
    facts = Facts(((reader(texts.INVITE_CODE), code), (reader(texts.INVITE_UNTIL), until)))
    how = Text(reader(texts.LEAVER_HOW))
    return Card(title, (Text(title, Look.HEADING), how, Copy(reader(texts.INVITE_LINK), url), facts, Buttons(row)))


# --- the desk ------------------------------------------------------------------------------------


def decide(reader: Reader, link: str) -> tuple[Button, ...]:
    """Yes or no to one invitation."""
    return (
        button(reader(texts.APPROVE), actions.Approve(link=link), Look.PRIMARY),
        button(reader(texts.DECLINE), actions.Decline(link=link)),
    )


# --- members -------------------------------------------------------------------------------------


def refer(reader: Reader) -> Card:
    """How a member gets a link to pass on."""
    title = reader(texts.REFER_TITLE)
    row = Buttons((button(reader(texts.REFER_ASK), actions.Refer(), Look.PRIMARY),))
    return Card(title, (Text(title, Look.HEADING), Text(reader(texts.REFER_WHAT)), row))


def ready(reader: Reader, link: str) -> Card:
    """The link somebody asked for can be looked at; the message itself does not carry it."""
    row = Buttons((button(reader(texts.REFER_SHOW), actions.Show(link=link), Look.PRIMARY),))
    return Card(reader(texts.REFER_SUMMARY), (Text(reader(texts.REFER_READY)), row))


def referral(reader: Reader, text: str, url: str, last_day: date) -> Card:
    """The link, and a text to go with it."""
    take = Text(reader(texts.REFER_TAKE, day=reader.long_day(last_day)))
    pieces = (take, Copy(reader(texts.INVITE_LINK), url), Copy(reader(texts.REFER_TEXT), text))
    return Card(reader(texts.REFER_SUMMARY), pieces)


def address(reader: Reader, typed: actions.Addressed, errors: Mapping[str, str] | None = None) -> Form:
    """The form for a private address."""
    return Form(
        reader(texts.ADDRESS_TITLE),
        pack(actions.Addressed()),
        reader(texts.ADDRESS_SAVE),
        (
            TextInput("mail", reader(texts.ADDRESS_LABEL), typed.mail, max_length=254),
            Tick("agreed", reader(texts.ADDRESS_CONSENT), typed.agreed, required=True),
        ),
        errors=errors or {},
    )
