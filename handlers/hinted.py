"""How words that may tell who wrote something are shown to whoever wrote it, before anything is stored."""

from collections.abc import Sequence

from bot.cards import Piece, Text
from bot.language import Reader
from bot.language import mark as _
from handlers.hints import Hint, Sign

HINTS = _("Nothing has been sent or stored yet. Your words may show who you are:")
SIGNS = {
    Sign.NAME: _("your name"),
    Sign.MAIL: _("a mail address"),
    Sign.PHONE: _("a telephone number"),
    Sign.WEB: _("a web address"),
    Sign.UNIT: _("a department or team"),
    Sign.DATE: _("a date"),
    Sign.FEW: _("a small group, as in “my team of five”"),
}
LINE = _("{what}: “{words}”")
CHANGE = _("Change them below, or send them as they are. Only you see this.")
SEND_AS_IT_IS = _("Send as it is")


def above(reader: Reader, hints: Sequence[Hint]) -> tuple[Piece, ...]:
    """What stands above the form that comes back with what was typed."""
    lines = [reader(LINE, what=reader(SIGNS[one.sign]), words=one.words) for one in hints]
    listed = "\n".join(f"・{line}" if reader.language == "ja" else f"- {line}" for line in lines)
    return (Text(reader(HINTS)), Text(listed), Text(reader(CHANGE)))
