"""How batches look."""

from collections import Counter
from collections.abc import Callable, Sequence

from bot.cards import Button, Buttons, Card, Chart, Facts, Look, Piece, Text, button
from bot.language import Reader
from handlers.deliveries import actions, rules, texts
from storage.batches import Batch, Fate

Named = Callable[[Batch], str]
ROWS = 10  # facts of a piece


def _day(reader: Reader, batch: Batch) -> str:
    return reader.day(reader.local(batch.at).date())


def _sum(reader: Reader, fates: Counter[Fate]) -> str:
    told = [(texts.FATES[fate], fates[fate]) for fate in rules.ORDER if fates[fate]]
    return reader(texts.BETWEEN).join(
        reader(texts.FATE, label=reader(label), count=reader.number(count)) for label, count in told
    )


def every(reader: Reader, shown: rules.Shown, named: Named, note: str = "") -> Card:
    """The batches, the latest first."""
    pieces: list[Piece] = [*([Text(note)] if note else []), Text(reader(texts.TITLE), Look.HEADING)]
    for one in shown.batches:
        head = reader(texts.HEAD, name=named(one), day=_day(reader, one))
        pieces.append(Text(f"{head}\n{reader(texts.PLANNED, count=one.planned, fates=_sum(reader, one.fates))}"))
    if shown.small:
        count = shown.small.total()
        pieces.append(Text(reader(texts.SMALL, count=count, fates=_sum(reader, shown.small)), Look.QUIET))
    if not shown.batches and not shown.small:
        pieces.append(Text(reader(texts.NOTHING)))
    looks = tuple(_look(reader, one, named) for one in shown.batches)
    pieces += [Buttons(looks)] if looks else []
    return Card(reader(texts.TITLE), (*pieces, Text(reader(texts.WHAT), Look.QUIET)))


def _look(reader: Reader, batch: Batch, named: Named) -> Button:
    return button(reader(texts.LOOK, name=named(batch), day=_day(reader, batch)), actions.Look(batch=batch.name))


def one(reader: Reader, batch: Batch, named: Named, note: str = "") -> Card:
    """One batch: the sum, its picture, the reasons, and what can be done."""
    title = reader(texts.HEAD, name=named(batch), day=_day(reader, batch))
    words = reader(texts.PLANNED, count=batch.planned, fates=_sum(reader, batch.fates))
    bars = tuple((reader(texts.FATES[fate]), batch.fates[fate]) for fate in rules.ORDER if batch.fates[fate])
    pieces: list[Piece] = [Text(note)] if note else []
    pieces += [Text(title, Look.HEADING), Text(words), Chart(reader(texts.COMMAND), bars, words)]
    pieces += [
        Text(f"{reader(texts.FATES[fate])}: {reader(why)}", Look.QUIET)
        for fate, why in texts.WHY.items()
        if batch.fates[fate]
    ]
    buttons: list[Button] = []
    if batch.fates[Fate.FAILED]:
        pieces.append(Facts(tuple(_failed(reader, batch))[:ROWS]))
        again = actions.Again(batch=batch.name, fate=Fate.FAILED)
        buttons.append(button(reader(texts.AGAIN_FAILED), again, Look.PRIMARY, reader(texts.SURE_FAILED)))
    if batch.fates[Fate.UNKNOWN]:
        pieces.append(Text(reader(texts.UNKNOWN)))
        again = actions.Again(batch=batch.name, fate=Fate.UNKNOWN)
        buttons.append(button(reader(texts.AGAIN_UNKNOWN), again, Look.DANGER, reader(texts.SURE_UNKNOWN)))
    buttons.append(button(reader(texts.BACK), actions.Show()))
    return Card(title, (*pieces, Buttons(tuple(buttons))))


def _failed(reader: Reader, batch: Batch) -> list[tuple[str, str]]:
    counts: Counter[str] = Counter()
    for (fate, word), count in batch.why.items():
        if fate is Fate.FAILED:
            counts[reader(texts.FAILED_WHY.get(rules.reason(word), texts.FAILED_OTHER))] += count
    return [(why, reader.number(count)) for why, count in counts.most_common()]


def waiting(reader: Reader, batches: Sequence[Batch], named: Named) -> list[Piece]:
    """The part of the desk: what failed, or is not known."""
    if not batches:
        return []
    pieces: list[Piece] = [Text(reader(texts.DESK_TITLE), Look.HEADING)]
    for batch in batches:
        told = {"name": named(batch), "day": _day(reader, batch)}
        lines = [
            reader(words, count=batch.fates[fate], **told)
            for fate, words in ((Fate.FAILED, texts.DESK_FAILED), (Fate.UNKNOWN, texts.DESK_UNKNOWN))
            if batch.fates[fate]
        ]
        pieces.append(Text("\n".join(lines)))
    return [*pieces, Buttons(tuple(_look(reader, batch, named) for batch in batches))]
