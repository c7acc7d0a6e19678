"""What `doctor` asks of the portal: whether this machine can draw charts, with Japanese in them."""

import warnings

from bot import charts
from bot.cards import Chart
from bot.findings import Finding, Level


def check() -> list[Finding]:
    """Fonts: pages use the reader's own; charts bring one of theirs."""
    with warnings.catch_warnings(record=True) as missing:
        warnings.simplefilter("always")
        try:
            charts.png(Chart("字", (("字", 1),), "字"))
        except (ImportError, OSError, RuntimeError) as error:
            words = f"charts cannot be drawn here ({type(error).__name__}): install the packages of requirements/ again"
            return [Finding(Level.BAD, "fonts", words)]
    if missing:
        return [Finding(Level.NOTE, "fonts", "charts lack letters: install the packages of requirements/ again")]
    return [Finding(Level.GOOD, "fonts", "charts can be drawn here, in Japanese too; pages use the readers' own fonts")]
