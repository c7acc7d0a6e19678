"""What a profile may hold, wherever it is typed in: pure, and the same for joining and for changing it."""

import re
import unicodedata
from enum import StrEnum

FIELD_MAX, YEARS_MAX, MAIL_MAX, ABOUT_MAX = 100, 20, 254, 200


class Purpose(StrEnum):
    """What brings somebody here; everything sent is filtered by it."""

    BUSINESS = "business"
    REUNION = "reunion"
    RETURN = "return"
    READING = "reading"


def years_of(typed: str) -> str | None:
    """The years somebody was with the company, "2009-2019" or "2019"; None for what is no year."""
    text = unicodedata.normalize("NFKC", typed).strip().replace("年", "")
    found = re.fullmatch(r"((?:19|20)\d\d)(?:\s*[-~〜–—ー−]\s*((?:19|20)\d\d)?)?", text)
    if not text:
        return ""
    if found is None or (found[2] and found[2] < found[1]):
        return None
    return found[1] if found[0] == found[1] else f"{found[1]}–{found[2] or ''}"


def is_mail(typed: str) -> bool:
    """Whether it looks like an address that mail can reach; only a mail that arrives proves it."""
    return len(typed) <= MAIL_MAX and re.fullmatch(r"[^\s@<>()\[\],;:]+@[^\s@.<>]+(\.[^\s@.<>]+)+", typed) is not None


def tidy(typed: str) -> str:
    """One line, without invisible characters that could hide or turn words around."""
    kept = (c for c in typed if c.isspace() or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    return " ".join("".join(kept).split())
