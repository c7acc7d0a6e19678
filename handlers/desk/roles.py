"""Who has which role: `/enishi-admin role`."""

from collections.abc import Mapping, Sequence

from bot.replies import Answer, Form, Redraw
from bot.router import Command, Router
from handlers.desk import actions, cards, rules, texts
from handlers.desk.nudges import tell_role
from handlers.desk.rules import Refusal, Standing
from handlers.turn import Turn
from storage.audit import Audit
from storage.people import Area, Member, Role

router: Router[Turn] = Router()

ORDER = [Role.OWNER, Role.SECRETARIAT, Role.SUPPORTER]
REFUSED = {
    Refusal.LAST_OWNER: texts.LAST_OWNER,
    Refusal.OWNERS_ONLY: texts.OWNERS_ONLY,
    Refusal.NOT_ALL_WORK: texts.NOT_ALL_WORK,
    Refusal.UNCHANGED: texts.UNCHANGED,
}


def _page(turn: Turn, note: str = "") -> Redraw:
    holders = turn.people.with_role(*ORDER)
    desk = [one for one in holders if one.role.runs_the_desk]
    seen = [one for one in holders if one.is_seen_by(turn.me)]
    seen.sort(key=lambda one: (ORDER.index(one.role), one.name))
    return Redraw(
        cards.roles(turn.reader, turn.me, seen, alone=len(desk) == 1, changes=bool(_offered(turn)), note=note)
    )


def _offered(turn: Turn) -> list[Role]:
    """The roles somebody may give."""
    if turn.me.role is Role.OWNER:
        return [*ORDER, Role.MEMBER]
    return [Role.SUPPORTER, Role.MEMBER]


@router.asked(Command("role", texts.ROLE_COMMAND, also=("役割", "roles", "やくわり", "権限"), admin=True))
def role(turn: Turn, _: str) -> Answer:
    """Who has one, and the way to change it."""
    return _page(turn)


@router.pressed(actions.Appoint, desk=True)
def appoint(turn: Turn, _: actions.Appoint) -> Form | Redraw:
    """Open the form."""
    people = _visible(turn)
    if not people:
        return _page(turn, turn.reader(texts.NO_CANDIDATES))
    typed = actions.Appointed(role=str(_offered(turn)[-2]))
    return cards.appoint(turn.reader, _choice(turn, people), _offered(turn), typed)


def _visible(turn: Turn) -> list[Member]:
    return [one for one in turn.people.all() if one.is_seen_by(turn.me)]


def _choice(turn: Turn, people: Sequence[Member]) -> list[tuple[str, str]]:
    """People by name and role, two of one name told apart by where they are; none when there are too many."""
    if len(people) > cards.MOST:
        return []
    names = [one.name for one in people]
    labels = []
    for one in sorted(people, key=lambda one: one.name):
        label = f"{cards.listed(turn.reader, one, turn.me)} · {turn.reader(texts.ROLES[one.role])}"
        if names.count(one.name) > 1:
            label += f" · {one.id[:4]}"
        labels.append((one.id, label))
    return labels


@router.submitted(actions.Appointed, desk=True)
def appointed(turn: Turn, typed: actions.Appointed) -> Answer:
    """Change the role, tell whom it concerns, and note it."""
    people = _visible(turn)
    if typed.who and not typed.person:
        people = rules.named(people, typed.who)
        if len(people) != 1:
            return _which(turn, people, typed)
    found = next((one for one in people if one.id == typed.person), None) if typed.person else people[0]
    offered, errors = _offered(turn), dict[str, str]()
    if found is None:
        errors["person"] = turn.reader(texts.BAD_CHOICE)
    if typed.role not in offered:
        errors["role"] = turn.reader(texts.BAD_CHOICE)
    if typed.scope not in {"", "all", *Area}:
        errors["scope"] = turn.reader(texts.BAD_CHOICE)
    if found is None or errors:
        return _again(turn, people, typed, errors)
    limited = typed.role == Role.SECRETARIAT and typed.scope not in {"", "all"}
    wish = Standing(Role(typed.role), frozenset({typed.scope}) if limited else frozenset())
    owners = len(turn.people.with_role(Role.OWNER))
    refused = rules.refusal(
        Standing(turn.me.role, turn.me.areas),
        Standing(found.role, found.areas),
        wish,
        owners=owners,
        myself=found.id == turn.me.id,
    )
    if refused:
        said = turn.reader(REFUSED[refused], name=cards.called(turn.reader, found))
        return _again(turn, people, typed, {"role": said})
    return _change(turn, found, wish)


def _which(turn: Turn, people: Sequence[Member], typed: actions.Appointed) -> Answer:
    """What was typed means nobody, several, or too many."""
    if not people:
        said = turn.reader(texts.NOT_FOUND)
    elif len(people) > cards.MOST:
        said = turn.reader(texts.MANY, most=cards.MOST)
    else:  # another form, since what was asked was not wrong
        return cards.appoint(turn.reader, _choice(turn, people), _offered(turn), typed, note=turn.reader(texts.SEVERAL))
    return cards.appoint(turn.reader, (), _offered(turn), typed, errors={"who": said})


def _again(turn: Turn, people: Sequence[Member], typed: actions.Appointed, errors: Mapping[str, str]) -> Answer:
    return cards.appoint(turn.reader, _choice(turn, people), _offered(turn), typed, errors=errors)


def _change(turn: Turn, found: Member, wish: Standing) -> Answer:
    turn.people.appoint(found.id, wish.role, [Area(area) for area in wish.areas])
    Audit(turn.work, turn.community.id).record(turn.me, f"role.{wish.role}")
    told = found.id == turn.me.id or tell_role(turn.work, turn.community.id, found.id, wish.role)
    said = texts.APPOINTED if told else texts.APPOINTED_SILENT
    return _page(
        turn, turn.reader(said, name=cards.called(turn.reader, found), role=turn.reader(texts.ROLES[wish.role]))
    )
