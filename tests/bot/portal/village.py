"""A small community behind the portal: real storage and turns, and a few scripted conversations of every kind."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

from bot.actions import Action
from bot.address import Address
from bot.cards import (
    Buttons,
    Card,
    Choice,
    Divider,
    Facts,
    Link,
    Look,
    Text,
    TextInput,
    Tick,
    button,
    sentence,
)
from bot.events import Event, OpenedHome
from bot.language import Msg
from bot.people import Handle
from bot.replies import Answer, Form, Home, Redraw, Reply, Whisper
from bot.router import Command, Router
from bot.surface import Parcel, TakeTurn, Unavailable
from handlers.turn import House, Turn, turns
from storage.clock import MovableClock
from storage.communities import found
from storage.doors import Doors
from storage.engine import Sqlite, sqlite_engine
from storage.keys import Keys
from storage.notebook import StoredNotebook
from storage.people import People, Role
from storage.tables import metadata
from storage.work import Work
from tests.stages.portal import PortalPerson, PortalStage

router: Router[Turn] = Router()
WORDS: dict[str, dict[str, str]] = {
    "ja": {
        "hello": "青葉さん、こんにちは",
        "next": "次の「最近何してるの?」は12月1日(火)です。",
        "prompt": "最近何してるの?",
        "ask": "ひとことで大丈夫です。前回は「本を書いています」と教えてくださいました。",
        "last": "本を書いています",
        "same": "変わりなし",
        "changed": "変わった",
        "skip": "今回は休む",
        "less": "減らす",
        "pause": "お休み",
        "sure": "戻られるまで、お声がけを止めます。よろしいですか?",
        "thanks": "ありがとうございます。来月のお便りに載せます。",
        "paused": "お休みにしました。いつでも戻れます。",
        "form": "近況を書く",
        "send": "送る",
        "template": "どんな話ですか",
        "text": "近況",
        "hint": "名前を出す方がいる場合は、先にご本人の了解をお取りください。",
        "link": "リンク",
        "audience": "だれに見せますか",
        "consent": "名前を挙げた方の了解を取りました",
        "digest": "11月のお便り",
        "cheer": "おめでとう",
        "meet": "会いたい",
    },
    "en": {
        "hello": "Hello, Aoba",
        "next": "The next “What are you up to?” comes on Tue, Dec 1.",
        "prompt": "What are you up to?",
        "ask": "One line is enough. Last time you wrote “I am writing a book”.",
        "last": "I am writing a book",
        "same": "Nothing new",
        "changed": "Something new",
        "skip": "Skip this time",
        "less": "Ask me less often",
        "pause": "Pause",
        "sure": "We will not write to you until you come back. All right?",
        "thanks": "Thank you. It will be in next month's digest.",
        "paused": "Paused. Come back any time.",
        "form": "Tell us your news",
        "send": "Send",
        "template": "What kind of news?",
        "text": "Your news",
        "hint": "If you name somebody, please ask them first.",
        "link": "Link",
        "audience": "Who may see it?",
        "consent": "Whoever I name has agreed",
        "digest": "News of November",
        "cheer": "Congratulations",
        "meet": "Let us meet",
    },
}


class Audience(StrEnum):
    EVERYONE = "everyone"
    SECRETARIAT = "secretariat"
    SELF = "self"


class Same(Action):
    name: ClassVar[str] = "t.same"
    round: str = ""


class Tell(Action):
    name: ClassVar[str] = "t.tell"


class Pause(Action):
    name: ClassVar[str] = "t.pause"


class Cheer(Action):
    name: ClassVar[str] = "t.cheer"
    kind: str


class Shout(Action):
    name: ClassVar[str] = "t.shout"


class Sketch(Action):
    name: ClassVar[str] = "t.sketch"
    text: str = ""
    language: str = ""
    surface: str = ""


class Told(Action):
    name: ClassVar[str] = "t.told"
    round: str = "autumn"
    template: str = "work"
    text: str = ""
    link: str = ""
    audience: Audience = Audience.EVERYONE
    consent: bool = False


def words(turn: Turn) -> dict[str, str]:
    return WORDS[turn.reader.language]


def prompt(say: dict[str, str]) -> Card:
    """The quarterly question, as the clock sends it."""
    rows = (
        button(say["changed"], Tell(), Look.PRIMARY),
        button(say["same"], Same(round="autumn")),
        button(say["skip"], Same(round="skip")),
        button(say["less"], Same(round="less")),
        button(say["pause"], Pause(), Look.DANGER, say["sure"]),
    )
    return Card(say["prompt"], (Text(say["prompt"], Look.HEADING), Text(say["ask"]), Buttons(rows)))


def digest(say: dict[str, str], cheers: int = 0) -> Card:
    """The monthly post on the board."""
    count = f"{say['cheer']} {cheers or ''}".strip()
    row = Buttons((button(count, Cheer(kind="congrats")), button(say["meet"], Cheer(kind="meet"))))
    pieces = (
        Text(say["digest"], Look.HEADING),
        Text("青葉 さつき" if say is WORDS["ja"] else "Satsuki Aoba", Look.HEADING),
        Text(say["last"], Look.QUOTE),
        row,
        Divider(),
        Text(say["next"], Look.QUIET),
    )
    return Card(say["digest"], pieces)


def news_form(say: dict[str, str], told: Told | None = None, errors: dict[str, str] | None = None) -> Form:
    told = told or Told()
    kinds = ("work", "side", "move", "study", "family", "hobby")
    fields = (
        Choice("template", say["template"], tuple((kind, kind.title()) for kind in kinds), told.template),
        TextInput("text", say["text"], told.text, say["hint"], lines=4, max_length=300),
        TextInput("link", say["link"], told.link, required=False),
        Choice("audience", say["audience"], tuple((str(a), f"{say['audience']} {a}") for a in Audience), told.audience),
        Tick("consent", say["consent"], told.consent, required=True),
    )
    return Form(say["form"], f"{Told.name} {{}}", say["send"], fields, (Text(say["ask"]),), errors or {})


@router.on(OpenedHome)
def home(turn: Turn, event: OpenedHome) -> Answer:
    say = words(turn)
    pieces = (
        Text(say["hello"], Look.HEADING),
        Text(say["next"]),
        Facts(((say["audience"], "everyone"), (say["link"], "12"))),
        Buttons(
            (button(say["changed"], Tell(), Look.PRIMARY), Link("icalendar.example", "https://icalendar.example/"))
        ),
    )
    return Home(Card(say["hello"], pieces))


@router.asked(Command("help", Msg("help"), also=("ヘルプ",)))
def helps(turn: Turn, rest: str) -> Answer:
    return Whisper(sentence(f"help:{rest}"))


@router.asked(Command("desk", Msg("desk"), admin=True))
def desk(turn: Turn, rest: str) -> Answer:
    return Whisper(Card("desk", (Text(f"desk:{rest}"), Buttons((button("shout", Shout()),)))))


@router.asked(Command("sketch", Msg("sketch")))
def sketch(turn: Turn, rest: str) -> Answer:
    say, packed = words(turn), f"{Sketch.name} {{}}"
    return Form(say["form"], packed, say["send"], (TextInput("text", say["text"]),), preview=packed)


@router.submitted(Sketch, untraced=True)
def sketched(turn: Turn, typed: Sketch) -> Answer:
    if not typed.surface:
        return Whisper(sentence(f"sent:{typed.text}"))
    if not typed.text:
        return Whisper(sentence("nothing yet"))
    field = TextInput("q", f"{typed.text} ({typed.language}, {typed.surface})")
    return Form(typed.text, f"{Sketch.name} {{}}", "OK", (field,))


@router.otherwise()
def unknown(turn: Turn, text: str) -> Answer:
    return Whisper(sentence(f"unknown:{text}"))


@router.pressed(Same)
def same(turn: Turn, action: Same) -> Answer:
    village().deeds.append(f"same:{action.round}")
    return Redraw(sentence(words(turn)["thanks"]))


@router.pressed(Pause)
def pause(turn: Turn, action: Pause) -> Answer:
    village().deeds.append("pause")
    return Redraw(sentence(words(turn)["paused"]))


@router.pressed(Tell)
def tell(turn: Turn, action: Tell) -> Answer:
    return news_form(words(turn))


@router.pressed(Cheer)
def cheer(turn: Turn, action: Cheer) -> Answer:
    village().deeds.append(f"cheer:{action.kind}")
    if action.kind == "meet":
        return Whisper(sentence(words(turn)["thanks"]))
    return Redraw(digest(words(turn), village().deeds.count("cheer:congrats")))


@router.pressed(Shout)
def shout(turn: Turn, action: Shout) -> Answer:
    return Reply(sentence("shouted"))


@router.submitted(Told)
def told(turn: Turn, action: Told) -> Answer:
    if "secret" in action.text:
        return news_form(words(turn), action, {"text": "no secrets", "": "and no rush"})
    village().deeds.append(f"told:{action.template}:{action.text}:{action.audience}:{action.consent}")
    return Redraw(sentence(words(turn)["thanks"]))


_now: list["Village"] = []


def village() -> "Village":
    """The one of the running test."""
    return _now[-1]


@dataclass
class Village:
    """Storage, the stage and what was done."""

    database: Sqlite
    clock: MovableClock
    notebook: StoredNotebook
    community: str = ""
    other: str = ""
    members: dict[str, str] = field(default_factory=dict)
    deeds: list[str] = field(default_factory=list)
    down: bool = False
    stage: PortalStage = field(init=False)

    @property
    def take_turn(self) -> TakeTurn:
        turn = turns(
            self.database,
            House(
                tuple(router.commands),
                (),
                (),
                (),
                router,
                lambda *_: None,
                lambda reader, _: sentence(reader.language),
                lambda turn: sentence(turn.reader.language),
                lambda *_: None,
            ),
        )

        async def take(event: Event) -> Answer:
            if self.down:
                raise Unavailable
            return await turn(event)

        return take

    def stage_with(self, **more: Any) -> PortalStage:
        self.stage = PortalStage(self.database, self.take_turn, router.actions, self.notebook, **more)
        return self.stage

    def handle(self, name: str) -> Handle:
        community = self.other if name == "Mallory" else self.community
        return self.stage.handle(name, community, self.members[name])

    async def enters(self, name: str, language: str = "ja") -> PortalPerson:
        await self.database.tx(lambda work: People(work, self.handle(name).tenant).speak(self.members[name], language))
        return await self.stage.person(name, self.handle(name), language=language)

    async def receives(self, name: str, card: Card, key: str = "prompt:2026-12-01") -> Any:
        return await self.stage.surface.deliver(Parcel(key, self.community, Address.direct(self.handle(name)), card))

    async def board_receives(self, card: Card, key: str = "digest:2026-11") -> None:
        assert self.stage.room
        await self.stage.surface.deliver(Parcel(key, self.community, self.stage.room, card))


async def build(path: Path) -> Village:
    keys, clock = Keys.fresh(), MovableClock()
    url = f"sqlite:///{path / 'village.db'}"
    database = Sqlite(url, keys, clock)
    await database.open()
    engine = sqlite_engine(url)
    metadata.create_all(engine)
    engine.dispose()
    new = Village(database, clock, StoredNotebook(database, "portal"))

    def settle(work: Work) -> None:
        new.community = found(work, "あおば会").id
        new.other = found(work, "Elsewhere").id
        for name, role in (("Aoba", Role.MEMBER), ("Beni", Role.MEMBER), ("Chitose", Role.SECRETARIAT)):
            new.members[name] = People(work, new.community).welcome({"name": name}, role)
        new.members["Mallory"] = People(work, new.other).welcome({"name": "Mallory"})

    await database.tx(settle)
    new.stage_with()
    new.handle("Aoba")
    _now.append(new)
    return new


class Trying:
    """The try-out of this village (`bot.portal.tryout.Tryout`), with somebody to find by name."""

    def __init__(self, village: Village) -> None:
        self._village = village
        self.delivered: list[str] = []

    async def people(self) -> list[tuple[str, str, str, str]]:
        def look(work: Work) -> list[tuple[str, str, str, str]]:
            return [
                (one.id, one.community.id, one.name, one.role) for one in People(work, self._village.community).all()
            ]

        return await self._village.database.look(look)

    async def become(self, member_id: str, community: str) -> str:
        return await self._village.database.tx(lambda work: Doors(work, community).begin(member_id))

    async def speak(self, member_id: str, community: str, language: str) -> None:
        await self._village.database.tx(lambda work: People(work, community).speak(member_id, language))

    async def forward(self, by: timedelta) -> list[str]:
        self._village.clock.forward(by)
        return self.delivered

    def now(self) -> datetime:
        return self._village.clock.now()

    def roster(self) -> bytes:
        return "氏名".encode("cp932")
