"""How the desk looks."""

from collections.abc import Iterable, Mapping, Sequence

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Chart, Choice, Divider, Facts, Look, Piece, Text, TextInput, button
from bot.language import Reader
from bot.replies import Form
from bot.router import Command
from handlers.desk import actions, texts
from handlers.desk.rules import Next
from storage.communities import Community
from storage.people import NAME_MAX, Member, Role

ROWS = 10  # facts or buttons of a piece
MOST = 100  # people that one choice may hold
NEXT = {Next.ROSTER: texts.NEXT_ROSTER, Next.WAVE: texts.NEXT_WAVE, Next.REST: texts.NEXT_REST}


def rows(buttons: Sequence[Button]) -> list[Piece]:
    """As many rows as they need."""
    return [Buttons(tuple(buttons[start : start + ROWS])) for start in range(0, len(buttons), ROWS)]


# --- the desk ------------------------------------------------------------------------------------


def desk(
    reader: Reader, waiting: Sequence[Sequence[Piece]], then: Next, funnel: Sequence[Piece], commands: Iterable[Command]
) -> Card:
    """What waits, feature by feature, the funnel, and the way to everything else."""
    title = reader(texts.DESK_TITLE)
    pieces: list[Piece] = [Text(title, Look.HEADING)]
    for part in waiting:
        pieces += [*part, Divider()]
    if not waiting:
        pieces += [Text(reader(texts.NOTHING)), Text(reader(NEXT[then]), Look.QUIET), Divider()]
    if funnel:
        pieces += [*funnel, Divider()]
    words = [button(one.spelled(reader.language), actions.Do(words=one.word)) for one in commands]
    return Card(title, (*pieces, Text(reader(texts.COMMANDS), Look.QUIET), *rows(words)))


def funnel(reader: Reader, counts: Mapping[str, int], floor: int) -> list[Piece]:
    """The numbers as bars; where they are rounded, why."""
    bars = tuple((reader(words), counts[stage]) for stage, words in texts.STAGES.items() if stage in counts)
    figures = [reader(texts.FIGURE, label=label, count=reader.number(count)) for label, count in bars]
    pieces: list[Piece] = [Chart(reader(texts.FUNNEL), bars, reader(texts.BETWEEN).join(figures))] if bars else []
    if floor > 1:
        pieces.append(Text(reader(texts.FLOORED, floor=floor) if bars else reader(texts.TOO_FEW), Look.QUIET))
    return pieces


# --- roles ---------------------------------------------------------------------------------------


def called(reader: Reader, member: Member) -> str:
    """A name within a sentence."""
    return member.name or reader(texts.NAMELESS)


def listed(reader: Reader, member: Member, me: Member | None = None) -> str:
    """A name by itself, as one calls people."""
    if not member.name:
        return reader(texts.NAMELESS)
    return reader(texts.YOU if me and member.id == me.id else texts.LISTED, name=member.name)


def _role(reader: Reader, member: Member) -> str:
    words = reader(texts.ROLES[member.role])
    limits = [reader(texts.SCOPES[area]) for area in sorted(member.areas)]
    return f"{words} · {' · '.join(limits)}" if limits else words


def roles(reader: Reader, me: Member, holders: Sequence[Member], *, alone: bool, changes: bool, note: str = "") -> Card:
    """Who has a role, and the way to change it."""
    title = reader(texts.ROLE_TITLE)
    facts = [(listed(reader, one, me), _role(reader, one)) for one in holders]
    pieces: list[Piece] = [Text(title, Look.HEADING), *([Text(note)] if note else [])]
    pieces += [Facts(tuple(facts[start : start + ROWS])) for start in range(0, len(facts), ROWS)]
    if alone:
        pieces.append(Text(reader(texts.ROLE_ALONE)))
    pieces += [Text(reader(texts.ROLE_WHAT), Look.QUIET), Text(reader(texts.ROLE_HIDDEN), Look.QUIET)]
    change = [button(reader(texts.APPOINT), actions.Appoint(), Look.PRIMARY)] if changes else []
    return Card(title, (*pieces, Buttons((*change, button(reader(texts.BACK), actions.Open())))))


def appoint(
    reader: Reader,
    people: Sequence[tuple[str, str]],
    offered: Sequence[Role],
    typed: actions.Appointed,
    *,
    errors: Mapping[str, str] | None = None,
    note: str = "",
) -> Form:
    """The form: a choice of people, or where they are too many, a name to type."""
    whom = (
        Choice("person", reader(texts.APPOINT_WHO), tuple(people), typed.person)
        if people
        else TextInput("who", reader(texts.APPOINT_WHO), typed.who, reader(texts.APPOINT_NAME), max_length=NAME_MAX)
    )
    role = Choice(
        "role", reader(texts.APPOINT_ROLE), tuple((str(one), _offer(reader, one)) for one in offered), typed.role
    )
    scopes = tuple((str(scope) or "all", reader(words)) for scope, words in texts.SCOPES.items())
    scope = Choice("scope", reader(texts.APPOINT_SCOPE), scopes, typed.scope or "all", reader(texts.APPOINT_SCOPE_HINT))
    fields = (whom, role, scope) if Role.SECRETARIAT in offered else (whom, role)
    submit = pack(actions.Appointed(who=typed.who) if people else actions.Appointed())
    intro = (*([Text(note)] if note else []), Text(reader(texts.ROLE_WHAT), Look.QUIET))
    return Form(
        reader(texts.APPOINT_TITLE), submit, reader(texts.APPOINT_SEND), fields, intro=intro, errors=errors or {}
    )


def _offer(reader: Reader, role: Role) -> str:
    return reader(texts.NO_ROLE if role is Role.MEMBER else texts.ROLES[role])


def told_role(reader: Reader, member: Member) -> Card:
    """To whoever has a new role."""
    name = member.name or reader(texts.TOLD_NAMELESS)
    words = reader(texts.TOLD_ROLE[member.role], name=name, community=member.community.name)
    return Card(reader(texts.NOTE), (Text(words),))


def alone(reader: Reader, here: Community) -> Card:
    """To the only one who can use the desk."""
    row = Buttons((button(reader(texts.ROLE_TITLE), actions.Do(words="role")),))
    said = (Text(reader(texts.ALONE, community=here.name)), Text(reader(texts.ALONE_HOW), Look.QUIET))
    return Card(reader(texts.NOTE), (*said, row))


# --- what was done -------------------------------------------------------------------------------


def audit(reader: Reader, lines: Sequence[tuple[str, str]], older: int | None, *, newest: bool) -> Card:
    """A page of entries, the newest first."""
    title = reader(texts.AUDIT_TITLE)
    said: list[Piece] = [Facts(tuple(lines))] if lines else [Text(reader(texts.AUDIT_NONE))]
    row = [button(reader(texts.AUDIT_OLDER), actions.Audit(before=older))] if older else []
    if not newest:
        row.append(button(reader(texts.AUDIT_NEWEST), actions.Audit()))
    row.append(button(reader(texts.BACK), actions.Open()))
    return Card(
        title, (Text(title, Look.HEADING), *said, Text(reader(texts.AUDIT_WHAT), Look.QUIET), Buttons(tuple(row)))
    )
