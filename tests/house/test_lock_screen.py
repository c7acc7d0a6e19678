"""No sentence of ours says on a lock screen what an ALLY community is about."""

from babel.messages.pofile import read_po

from bot.language import LANGUAGES, LOCALE
from storage.presets import PRESETS

# Sentences that no notification can hold: a choice on the page on which a community is founded.
ELSEWHERE = {"bot/slack/texts.py"}


def test_no_sentence_gives_away_what_a_community_is_about() -> None:
    """In both languages, whatever becomes the summary of a message, a title or an answer: there is none to choose."""
    telling = []
    for language in LANGUAGES:
        with (LOCALE / language / "LC_MESSAGES" / "enishi.po").open("rb") as file:
            catalogue = read_po(file, locale=language)
        for message in catalogue:
            if not message.id or {place for place, _ in message.locations} <= ELSEWHERE:
                continue
            said = [message.id, message.string]
            words = [word for one in said for word in (one if isinstance(one, tuple | list) else (one,))]
            telling += [word for word in words if word and PRESETS["ally"].gives_away(word)]
    assert telling == []
