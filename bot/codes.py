"""Codes that people type: none of their letters look alike, and blanks, dashes and case make no difference."""

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
GROUP = 4


def plain(code: str) -> str:
    """A code as compared."""
    return "".join(letter for letter in code.upper() if letter in LETTERS)


def spelled(code: str) -> str:
    """A code as written: in fours."""
    letters = plain(code)
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def of_link(text: str) -> str:
    """The code at the end of a link, however a chat dressed it up, or a code alone."""
    return plain(text.strip().strip("<>").partition("|")[0].rstrip("/").rpartition("/")[2])
