"""How named polls look to members."""

from collections.abc import Sequence

from bot.actions import pack
from bot.cards import Button, Buttons, Card, Chart, Choices, Facts, Look, Piece, Text, Tick, button, sentence
from bot.language import Reader
from bot.replies import Form
from handlers.polls import actions, rules, texts
from handlers.polls.view import View
from storage.polls import NAMES_KEPT, Names, Poll, State
from storage.presets import K

MARK = "✓ "


def question(view: View) -> Text:
    """What is asked."""
    return Text(view.poll.terms.question, Look.HEADING)


def terms(reader: Reader, view: View) -> Facts:
    """That it is a named poll, who is shown the names, and until when: the first thing one reads after the question."""
    asked = view.poll.terms
    facts = [
        (reader(texts.KIND), shown_to(reader, view)),
        (reader(texts.LAST_DAY), reader.day(asked.last_day)),
        (reader(texts.CHOOSE), reader(texts.SEVERAL if asked.several else texts.ONE)),
    ]
    if view.mine:
        facts.append((reader(texts.MINE), picked(reader, view.poll, view.mine)))
    return Facts(tuple(facts))


def shown_to(reader: Reader, view: View) -> str:
    """Who is shown the names."""
    if view.poll.terms.names is Names.ORGANISER and not view.poll.organiser:
        return reader(texts.NAMES_NOBODY)
    return reader(texts.NAMES[view.poll.terms.names], name=view.organiser or reader(texts.SOMEBODY))


def picked(reader: Reader, poll: Poll, options: Sequence[int]) -> str:
    """The options by their words."""
    return reader(texts.JOINT).join(poll.terms.options[one] for one in options)


def counts(reader: Reader, view: View) -> Facts:
    """Each option with how many chose it and, where they are shown, who."""
    rows = zip(view.poll.terms.options, view.result.counts, view.names, strict=True)
    return Facts(tuple((option, _row(reader, view, count, names)) for option, count, names in rows))


def _row(reader: Reader, view: View, count: int, names: Sequence[str]) -> str:
    return " · ".join(part for part in (view.preset.shown(count), some(reader, names)) if part)


def some(reader: Reader, names: Sequence[str], most: int = rules.FEW) -> str:
    """So many names, and how many more there are."""
    shown = reader(texts.JOINT).join(names[:most])
    return f"{shown} {reader(texts.MORE, count=len(names) - most)}" if len(names) > most else shown


def _answered(reader: Reader, view: View) -> str:
    number = view.result.people
    over = view.poll.state is State.CLOSED
    if not number and not over:
        return reader(texts.NONE_YET)
    if view.preset.floor > 1:
        few = texts.RESULT_FEW if over else texts.SO_FAR_FEW
        return reader(few, count=view.preset.shown(number))
    return reader(texts.RESULT_PEOPLE if over else texts.SO_FAR, count=number)


# --- open -----------------------------------------------------------------------------------------


def shared(reader: Reader, view: View) -> Card:
    """The card in a shared room: everybody taps the same buttons."""
    if view.poll.state is State.CLOSED:
        return Card(reader(texts.SUMMARY), (question(view), Text(reader(texts.CLOSED_HERE))))
    pieces = (question(view), terms(reader, view), counts(reader, view), Text(_answered(reader, view), Look.QUIET))
    return Card(reader(texts.SUMMARY), (*pieces, _ways(reader, view, shared=True)))


def ballot(reader: Reader, view: View, said: str = "") -> Card:
    """The poll for one member: what they chose, how it stands, and what they can do."""
    if not view.takes_votes:
        return result(reader, view, said)
    pieces: list[Piece] = [Text(said)] if said else []
    pieces += [question(view), terms(reader, view)]
    if view.nameless:
        pieces.append(Text(reader(texts.HIDDEN, count=least(view))))
    pieces += [counts(reader, view), Text(_answered(reader, view), Look.QUIET), _ways(reader, view)]
    row = []
    if view.mine:
        sure = reader(texts.WITHDRAW_SURE)
        row.append(button(reader(texts.WITHDRAW), actions.Withdraw(poll=view.poll.id), Look.DANGER, sure))
    row += _who(reader, view)
    return Card(said or reader(texts.SUMMARY), (*pieces, Buttons(tuple(row))) if row else tuple(pieces))


def _ways(reader: Reader, view: View, *, shared: bool = False) -> Buttons:
    """A button for each option, or one for the form where several may be chosen."""
    poll = view.poll
    if poll.terms.several:
        words = texts.CHANGE if view.mine else texts.ANSWER
        return Buttons((button(reader(words), actions.Answer(poll=poll.id, shared=shared), Look.PRIMARY),))
    return Buttons(
        tuple(
            button(f"{MARK}{words}" if option in view.mine else words, _vote(poll, option, shared=shared))
            for option, words in enumerate(poll.terms.options)
        )
    )


def _vote(poll: Poll, option: int, *, shared: bool, sure: bool = False) -> actions.Vote:
    return actions.Vote(poll=poll.id, option=option, shared=shared, sure=sure)


def _who(reader: Reader, view: View) -> list[Button]:
    return [button(reader(texts.WHO), actions.Who(poll=view.poll.id))] if any(view.names) else []


def least(view: View) -> int:
    """How many must have chosen the same before somebody without a name is counted."""
    return max(K, view.preset.floor)


def ask_first(reader: Reader, view: View, option: int, *, shared: bool) -> Card:
    """To somebody whom those who see the names do not see: whether they want to answer all the same."""
    words, how = reader(texts.ASK_FIRST), reader(texts.ASK_FIRST_HOW, count=least(view))
    meant = Text(view.poll.terms.options[option], Look.QUOTE)
    row = Buttons((button(reader(texts.SURE), _vote(view.poll, option, shared=shared, sure=True), Look.PRIMARY),))
    return Card(words, (question(view), Text(words), Text(how), meant, row))


def choose(reader: Reader, view: View, typed: actions.Answered, errors: dict[str, str] | None = None) -> Form:
    """The form where several may be chosen; it says who is shown the names before the first of them."""
    options = tuple((str(number), words) for number, words in enumerate(view.poll.terms.options))
    fields: list[Choices | Tick] = [Choices("picked", view.poll.terms.question, options, typed.picked)]
    intro: list[Piece] = [terms(reader, view)]
    if view.nameless:
        how = reader(texts.ASK_FIRST_HOW, count=least(view))
        intro += [Text(reader(texts.ASK_FIRST)), Text(how)]
        fields.append(Tick("sure", reader(texts.SURE), typed.sure, reader(texts.SURE_HINT)))
    submit = pack(actions.Answered(poll=view.poll.id, shared=typed.shared))
    send = reader(texts.SEND)
    return Form(reader(texts.FORM_TITLE), submit, send, tuple(fields), tuple(intro), errors or {})


# --- over -----------------------------------------------------------------------------------------


def result(reader: Reader, view: View, said: str = "") -> Card:
    """How it ended: a chart, and the names as long as they are kept and as far as this reader may see them."""
    pieces: list[Piece] = [Text(said)] if said else []
    pieces += [question(view), terms(reader, view), _chart(reader, view)]
    listed = [(words, names) for words, names in zip(view.poll.terms.options, view.names, strict=True) if names]
    if listed:
        pieces.append(Facts(tuple((words, some(reader, names)) for words, names in listed)))
        pieces.append(Buttons(tuple(_who(reader, view))))
    foot = reader(texts.NAMES_GONE, count=NAMES_KEPT.days)
    pieces += [Text(_answered(reader, view)), Text(foot, Look.QUIET)]
    return Card(reader(texts.SUMMARY_RESULT), tuple(pieces))


def _chart(reader: Reader, view: View) -> Chart:
    counted, options = view.result.counts, view.poll.terms.options
    bars = tuple((words, view.preset.rounded(count)) for words, count in zip(options, counted, strict=True))
    best = max(range(len(options)), key=counted.__getitem__)
    shown = view.preset.shown
    alt = reader(texts.RESULT_ALT, people=shown(view.result.people), option=options[best], count=shown(counted[best]))
    return Chart(reader(texts.RESULT), bars, alt if counted[best] else reader(texts.RESULT_ALT_NONE))


def who(reader: Reader, view: View, option: int) -> Card:
    """Everybody who chose an option, as far as this reader may see them."""
    title = reader(texts.WHO_TITLE)
    if not view.shows_names:
        return sentence(reader(texts.WHO_NOT))
    option = option if 0 <= option < len(view.names) else 0
    names = some(reader, view.names[option], rules.PAGE) or reader(texts.NONE_YET)
    pieces: list[Piece] = [Text(title, Look.HEADING), Text(view.poll.terms.question, Look.QUIET)]
    pieces.append(Facts(((view.poll.terms.options[option], names),)))
    if option + 1 < len(view.names):
        onward = actions.Who(poll=view.poll.id, option=option + 1)
        pieces.append(Buttons((button(reader(texts.WHO_NEXT), onward),)))
    return Card(title, (*pieces, Text(reader(texts.WHO_FOOT), Look.QUIET)))


# --- lists ----------------------------------------------------------------------------------------


def mine(reader: Reader, polls: Sequence[tuple[Poll, bool]]) -> Card:
    """Polls to answer and results to read; with each whether this member has answered."""
    title = reader(texts.MINE_TITLE)
    if not polls:
        return sentence(reader(texts.MINE_NONE))
    pieces: list[Piece] = [Text(title, Look.HEADING)]
    for poll, answered in polls:
        pieces += row(reader, poll, answered=answered)
    return Card(title, tuple(pieces))


def row(reader: Reader, poll: Poll, *, answered: bool) -> list[Piece]:
    """One poll in a list."""
    is_open = poll.state is State.OPEN
    day = reader.day(poll.terms.last_day)
    words = reader(texts.MINE_OPEN if is_open else texts.MINE_CLOSED, day=day, question=poll.terms.question)
    label = (texts.CHANGE if answered else texts.ANSWER) if is_open else texts.SEE
    look = Look.PRIMARY if is_open and not answered else Look.PLAIN
    return [Text(words), Buttons((button(reader(label), actions.Show(poll=poll.id), look),))]


# --- letters --------------------------------------------------------------------------------------


def letter(reader: Reader, view: View, *, again: bool = False) -> Card:
    """To one member: the poll, with its buttons; `again`: because it ends soon.

    The button that is meant leads to the poll: told in one line of another message, no single option may stand there.
    """
    card = ballot(reader, view)
    lead = (Text(reader(texts.REMINDER)),) if again else ()
    see = button(reader(texts.SEE), actions.Show(poll=view.poll.id), Look.PRIMARY)
    way = () if view.poll.terms.several else (Buttons((see,)),)
    return Card(reader(texts.SUMMARY), (*lead, *card.pieces, *way))
