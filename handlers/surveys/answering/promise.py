"""What is promised to whoever answers: in full, and in short before the first question."""

from dataclasses import dataclass

from bot.cards import Buttons, Card, Divider, Facts, Link, Look, Piece, Text, button
from bot.language import Reader
from handlers.surveys.answering import actions, texts
from storage.questions import Manifest, worded

PAPER = "promise"  # the page's address, which nobody must sign in for
PLATFORMS = {"slack": "Slack", "teams": "Microsoft Teams"}
TRUSTEES_AND = {"ja": "と", "en": " and "}


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody answers: the surface, the community's name, and the address of the promise's page, if any."""

    surface: str
    community: str
    page: str = ""

    def platform(self, reader: Reader) -> str:
        """What handles the answer beside our program."""
        return PLATFORMS.get(self.surface) or reader(texts.PLATFORM_PAGE)


def whole(reader: Reader, asked: Manifest, place: Place) -> Card:
    """The promise of one survey, in full."""
    title = worded(asked.title, reader.language)
    if asked.trustees:
        key = reader(texts.CANNOT_KEY_TWO, names=_trustees(reader, asked))
    else:
        key = reader(texts.CANNOT_KEY_ALONE)
    operator = reader(texts.OPERATOR, community=place.community)
    said = _said(reader, k=reader.number(asked.k), platform=place.platform(reader), operator=operator, key=key)
    pieces = (Text(title, Look.HEADING), terms(reader, asked), *said)
    return Card(reader(texts.PROMISE_SUMMARY), (*pieces, _ways(reader, page=place.page, answer=asked.survey)))


def paper(reader: Reader) -> Card:
    """The promise of every survey, for whoever wants to read it before; names nobody and no community."""
    platform, operator = reader(texts.PLATFORM_ANY), reader(texts.OPERATOR_ANY)
    said = _said(reader, k=reader(texts.K_ANY), platform=platform, operator=operator, key=reader(texts.CANNOT_KEY))
    title = Text(reader(texts.PROMISE_TITLE), Look.HEADING)
    return Card(reader(texts.PROMISE_SUMMARY), (title, *said, Text(reader(texts.PROMISE_MORE), Look.QUIET)))


def _said(reader: Reader, *, k: str, platform: str, operator: str, key: str) -> tuple[Piece, ...]:
    return (
        Text(reader(texts.PROMISE), Look.HEADING),
        Text(reader(texts.PROMISE_TEXT, k=k)),
        Text(reader(texts.CANNOT), Look.HEADING),
        Text(reader(texts.CANNOT_MOMENT, platform=platform, operator=operator)),
        Text(key),
        Text(reader(texts.CANNOT_REMIND)),
        Text(reader(texts.CANNOT_STYLE)),
        Text(reader(texts.CANNOT_FEW, k=k)),
    )


def short(reader: Reader, asked: Manifest, place: Place) -> tuple[Piece, ...]:
    """What stands before the first question."""
    intro = worded(asked.intro, reader.language)
    typed = Text(reader(texts.SHORT_MORE), Look.QUIET)
    return (
        *([Text(intro)] if intro else []),
        terms(reader, asked),
        Text(reader(texts.SHORT, k=reader.number(asked.k))),
        Text(reader(texts.SHORT_CANNOT, platform=place.platform(reader))),
        *([Text(reader(texts.CANNOT_KEY_TWO, names=_trustees(reader, asked)))] if asked.trustees else []),
        Buttons((Link(reader(texts.PROMISE_TITLE), place.page),)) if place.page else typed,
        Text(reader(texts.MAY_SKIP), Look.QUIET),
        Divider(),
    )


def terms(reader: Reader, asked: Manifest) -> Facts:
    """Who reads, how many are asked, from how many answers on it is opened, the groups, the last day and the mark."""
    between = "、" if reader.language == "ja" else ", "
    segment = asked.segment
    labels = [worded(label, reader.language) for label in segment.labels] if segment else []
    opened = reader(texts.OPENED_TEXTS, k=reader.number(asked.k), k_text=reader.number(asked.k_text))
    last = reader(texts.LAST_DAY_VALUE, day=reader.full_day(asked.closes_on), zone=asked.zone)
    facts = [
        (reader(texts.READERS), worded(asked.readers, reader.language) or reader(texts.READERS_USUAL)),
        (reader(texts.AUDIENCE), reader(texts.AUDIENCE_VALUE, count=asked.audience)),
        (reader(texts.OPENED_FROM), opened),
        (reader(texts.GROUPS), between.join(labels) if labels else reader(texts.GROUPS_NONE)),
        (reader(texts.LAST_DAY), last),
        (reader(texts.MARK), reader(texts.MARK_VALUE, mark=asked.mark)),
    ]
    if asked.trustees:
        facts.append((reader(texts.TRUSTEES), _trustees(reader, asked)))
    return Facts(tuple(facts))


def _trustees(reader: Reader, asked: Manifest) -> str:
    return TRUSTEES_AND.get(reader.language, ", ").join(asked.trustees)


def _ways(reader: Reader, *, page: str, answer: str) -> Buttons:
    open_ = button(reader(texts.ANSWER), actions.Open(survey=answer), Look.PRIMARY)
    return Buttons((open_, *([Link(reader(texts.PROMISED), page)] if page else [])))
