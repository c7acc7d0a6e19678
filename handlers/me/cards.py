"""How one's own data, a break, a key and leaving look."""

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
    Divider,
    Facts,
    Link,
    Look,
    Piece,
    Text,
    TextInput,
    Tick,
    button,
)
from bot.language import Reader
from bot.people import Handle
from bot.replies import Form
from handlers.me import actions, rules, texts
from handlers.profiles import ABOUT_MAX, FIELD_MAX, MAIL_MAX, YEARS_MAX
from storage.communities import Community
from storage.consents import Consent
from storage.people import FOREVER, NAME_MAX, Member, Role
from storage.presets import Level

LANGUAGES = (("ja", "日本語"), ("en", "English"))  # each in its own words, for whoever cannot read the other
ZONE_MAX = 64
SURFACES = {"slack": "Slack", "teams": "Microsoft Teams", "portal": "Web"}


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a member besides their row."""

    accounts: Sequence[tuple[Handle, bool]]  # and whether it can be reached
    key: date | None  # the month in which their own key was made or last used
    consents: Sequence[Consent]
    today: date


def sentence(words: str, *buttons: Button | Link) -> Card:
    """One sentence, and what one may want to do then."""
    return Card(words, (Text(words), Buttons(buttons)) if buttons else (Text(words),))


def to_me(reader: Reader) -> Button:
    """The way back to everything."""
    return button(reader(texts.ALL), actions.Show())


# --- what is stored about me ---------------------------------------------------------------------


def me(member: Member, about: About, parts: Sequence[Sequence[Piece]], *, elsewhere: bool) -> Card:
    """Everything, part by part, with who sees it; `elsewhere`: the values themselves stand on one's own page."""
    reader = member.reader
    pieces: list[Piece] = [Text(reader(texts.TITLE), Look.HEADING), Text(reader(texts.SEALED), Look.QUIET)]
    if elsewhere:
        pieces.append(Text(reader(texts.ELSEWHERE)))
    sections = [_profile(member, elsewhere=elsewhere), _accounts(reader, about), _settings(member, about.today)]
    for section in (*sections, _kept(member, about), *(part for part in parts if part)):
        pieces += [*section, Divider()]
    ways = (("visible", texts.VISIBLE), ("less", texts.LESS), ("pause", texts.PAUSE), ("export", texts.EXPORT))
    row = [button(reader(texts.CHANGE), actions.Change(), Look.PRIMARY)]
    row += [button(reader(label), actions.Do(words=words)) for words, label in (*ways, ("key", texts.KEY_BUTTON))]
    row.append(button(reader(texts.LEAVE_BUTTON), actions.Goodbye()))
    return Card(reader(texts.TITLE), (*pieces, Buttons(tuple(row))))


def told(member: Member) -> list[tuple[str, str, str]]:
    """What somebody told about themselves, as (name, label, value)."""
    reader, profile = member.reader, member.profile
    labels = (("name", texts.NAME), ("years", texts.YEARS), ("field", texts.FIELD), ("about", texts.ABOUT))
    lines = [(name, reader(label), str(profile.get(name) or "")) for name, label in labels]
    return [*lines, ("purposes", reader(texts.PURPOSE), purposes(member)), ("mail", reader(texts.MAIL), mail(member))]


def mail(member: Member) -> str:
    """Their private address, or ""."""
    return str(member.profile.get("mail") or "")


def purposes(member: Member) -> str:
    """What brings them here, in their words."""
    chosen = member.profile.get("purposes") or ()
    return member.reader(texts.COMMA).join(
        member.reader(texts.PURPOSES[one]) for one in texts.PURPOSES if one in chosen
    )


def _profile(member: Member, *, elsewhere: bool) -> list[Piece]:
    reader = member.reader
    nothing, something = reader(texts.NOTHING), reader(texts.SOMETHING)
    facts = tuple(
        (label, (something if elsewhere else value) if value else nothing) for _, label, value in told(member)
    )
    pieces: list[Piece] = [Text(reader(texts.PROFILE), Look.HEADING), Facts(facts)]
    pieces.append(Text(reader(texts.SEES, who=reader(texts.LEVELS[member.level]))))
    pieces.append(Text(reader(texts.SEES_MAIL), Look.QUIET))
    if member.role is not Role.MEMBER:
        pieces.append(Text(reader(texts.ROLES[member.role]), Look.QUIET))
    return pieces


def surface_name(reader: Reader, surface: str) -> str:
    """A surface as a member calls it."""
    return reader(texts.ACCOUNT_MAIL) if surface == "mail" else SURFACES.get(surface, surface)


def key_state(reader: Reader, used: date | None) -> str:
    """Whether there is a key of one's own."""
    return reader(texts.KEY_SINCE, month=reader.month(used)) if used else reader(texts.KEY_NONE)


def _accounts(reader: Reader, about: About) -> list[Piece]:
    facts = [
        (
            reader(texts.ACCOUNT_ON, surface=surface_name(reader, who.surface)),
            reader(texts.ACCOUNT_OK if reachable else texts.ACCOUNT_GONE),
        )
        for who, reachable in about.accounts
    ][:9]
    facts.append((reader(texts.KEY), key_state(reader, about.key)))
    seen = Text(reader(texts.ACCOUNTS_SEEN), Look.QUIET)
    return [Text(reader(texts.ACCOUNTS), Look.HEADING), Facts(tuple(facts)), seen]


def break_state(reader: Reader, until: date | None) -> str:
    """Whether somebody takes a break."""
    if until is None:
        return reader(texts.BREAK_NONE)
    return reader(texts.BREAK_OPEN) if until == FOREVER else reader(texts.BREAK_UNTIL, day=reader.long_day(until))


def _settings(member: Member, today: date) -> list[Piece]:
    reader = member.reader
    until = member.paused_until if member.is_paused(today) else None
    facts = (
        (reader(texts.LANGUAGE), dict(LANGUAGES).get(reader.language, reader.language)),
        (reader(texts.ZONE), reader.zone),
        (reader(texts.BREAK), break_state(reader, until)),
    )
    seen = Text(reader(texts.SETTINGS_SEEN), Look.QUIET)
    return [Text(reader(texts.SETTINGS), Look.HEADING), Facts(facts), seen]


def _kept(member: Member, about: About) -> list[Piece]:
    reader = member.reader
    facts = [
        (reader(texts.JOINED), reader.month(member.joined_month)),
        (reader(texts.ACTIVE), reader.month(member.active_month)),
    ]
    if agreed := [one for one in about.consents if one.agreed]:
        facts.append((reader(texts.CONSENT), reader.month(agreed[-1].month)))
    how = Text(reader(texts.KEPT_HOW), Look.QUIET)
    return [Text(reader(texts.KEPT), Look.HEADING), Facts(tuple(facts)), how]


# --- changing it ---------------------------------------------------------------------------------


def change(member: Member, typed: actions.Keep, errors: Mapping[str, str] | None = None) -> Form:
    """What somebody told about themselves, to change."""
    reader = member.reader
    may_be_nameless = member.level is Level.HIDDEN
    fields = (
        TextInput("called", reader(texts.CHANGE_NAME), typed.called, max_length=NAME_MAX, required=not may_be_nameless),
        TextInput(
            "years",
            reader(texts.YEARS),
            typed.years,
            reader(texts.CHANGE_YEARS_HINT),
            max_length=YEARS_MAX,
            required=False,
        ),
        TextInput(
            "field",
            reader(texts.FIELD),
            typed.field,
            reader(texts.CHANGE_FIELD_HINT),
            max_length=FIELD_MAX,
            required=False,
        ),
        TextInput("about", reader(texts.ABOUT), typed.about, max_length=ABOUT_MAX, required=False),
        TextInput(
            "mail", reader(texts.MAIL), typed.mail, reader(texts.CHANGE_MAIL_HINT), max_length=MAIL_MAX, required=False
        ),
        Tick("business", reader(texts.PURPOSES["business"]), typed.business, reader(texts.PURPOSE)),
        Tick("reunion", reader(texts.PURPOSES["reunion"]), typed.reunion),
        Tick("coming_back", reader(texts.PURPOSES["return"]), typed.coming_back),
        Tick("reading", reader(texts.PURPOSES["reading"]), typed.reading),
        Choice("language", reader(texts.LANGUAGE), LANGUAGES, typed.language),
        TextInput("zone", reader(texts.ZONE), typed.zone, reader(texts.CHANGE_ZONE_HINT), max_length=ZONE_MAX),
    )
    return Form(reader(texts.CHANGE_TITLE), pack(actions.Keep()), reader(texts.SAVE), fields, errors=errors or {})


# --- a break -------------------------------------------------------------------------------------


def pause(reader: Reader, until: date | None) -> Card:
    """The break there is, and the ways to take one."""
    title = reader(texts.PAUSE_TITLE)
    pieces: list[Piece] = [Text(title, Look.HEADING), Text(reader(texts.PAUSE_WHAT))]
    row: list[Button] = []
    if until:
        pieces.append(Text(resting(reader, until, now=True)))
        row.append(button(reader(texts.RETURN), actions.Return(), Look.PRIMARY))
    row += [button(reader(texts.PAUSE_MONTHS, count=count), actions.Rest(months=count)) for count in rules.MONTHS]
    row.append(button(reader(texts.PAUSE_DAY), actions.PickDay()))
    row.append(button(reader(texts.PAUSE_OPEN_BUTTON), actions.Rest()))
    return Card(title, (*pieces, Buttons(tuple(row))))


def resting(reader: Reader, until: date, *, now: bool = False) -> str:
    """Until when it is quiet."""
    if until == FOREVER:
        return reader(texts.NOW_OPEN if now else texts.PAUSE_DONE_OPEN)
    return reader(texts.NOW_UNTIL if now else texts.PAUSE_DONE, day=reader.long_day(until))


def pick_day(reader: Reader, typed: str, example: date, error: str = "") -> Form:
    """The day on which a break ends."""
    hint = reader(texts.PAUSE_DAY_HINT, day=example.isoformat())
    fields = (TextInput("day", reader(texts.PAUSE_DAY_FIELD), typed, hint, max_length=40),)
    errors = {"day": error} if error else {}
    return Form(reader(texts.PAUSE_TITLE), pack(actions.Until()), reader(texts.PAUSE_SEND), fields, errors=errors)


# --- a key ---------------------------------------------------------------------------------------


def key(reader: Reader, used: date | None, *, in_chat: bool) -> Card:
    """What a key is, and whether there is one."""
    title = reader(texts.KEY_TITLE)
    pieces: list[Piece] = [Text(title, Look.HEADING), Text(reader(texts.KEY_WHAT)), Text(reader(texts.KEY_HOW))]
    if in_chat:
        pieces.append(Text(reader(texts.KEY_CHAT), Look.QUIET))
    make = button(reader(texts.KEY_MAKE), actions.NewKey(), Look.PRIMARY)
    row = [make]
    if used:
        pieces.append(Text(reader(texts.KEY_HAVE, month=reader.month(used))))
        renew = button(reader(texts.KEY_RENEW), actions.NewKey(), confirm=reader(texts.KEY_RENEW_SURE))
        row = [renew, button(reader(texts.KEY_DROP), actions.DropKey(), Look.DANGER, reader(texts.KEY_DROP_SURE))]
    return Card(title, (*pieces, Buttons(tuple(row))))


def new_key(reader: Reader, url: str) -> Card:
    """The key itself, once."""
    words = reader(texts.KEY_HERE)
    printed = Buttons((Link(reader(texts.KEY_PRINT), f"{url}/print"),))
    return Card(
        words, (Text(words), Copy(reader(texts.KEY_COPY), url), printed, Text(reader(texts.KEY_HOW), Look.QUIET))
    )


# --- a copy, and leaving -------------------------------------------------------------------------


def export(reader: Reader, url: str) -> Card:
    """The way to the file."""
    title = reader(texts.EXPORT_TITLE)
    said = (Text(reader(texts.EXPORT_WHAT)), Text(reader(texts.EXPORT_WHERE), Look.QUIET))
    return Card(title, (Text(title, Look.HEADING), *said, Buttons((Link(reader(texts.EXPORT_OPEN), url),))))


def leaving(reader: Reader, here: Community) -> Form:
    """What leaving means; sending it is the confirmation."""
    intro = (Text(reader(texts.LEAVE_WHAT, community=here.name)), Text(reader(texts.LEAVE_OR), Look.QUIET))
    fields = (Tick("never", reader(texts.LEAVE_NEVER), hint=reader(texts.LEAVE_NEVER_HINT)),)
    packed = pack(actions.Leave(at=here.id))
    return Form(reader(texts.LEAVE_TITLE), packed, reader(texts.LEAVE), fields, intro=intro)


def still(reader: Reader, month: date) -> Card:
    """After two silent years."""
    row = (
        button(reader(texts.STAY), actions.Stay(), Look.PRIMARY),
        button(reader(texts.LEAVE_BUTTON), actions.Goodbye()),
    )
    what = Text(reader(texts.STILL_WHAT, month=reader.month(month)))
    return Card(reader(texts.STILL_SUMMARY), (Text(reader(texts.STILL_TITLE), Look.HEADING), what, Buttons(row)))
