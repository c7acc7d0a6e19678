"""What is said about us on standard error: never what people write, their names or their accounts."""

import contextlib
import logging
import sys

import structlog


class _StandardError:
    """Writes lines to standard error; when nobody reads it any more, that must not stop the work."""

    def msg(self, line: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            print(line, file=sys.stderr, flush=True)  # noqa: T201 - this is the log

    debug = info = warning = error = critical = log = msg


def say(level: str, form: str) -> None:
    """Set up logging: our own lines at `level` (debug ... error), as text or JSON; libraries' from WARNING up.

    Libraries show payloads at their lower levels, so those stay shut whatever the level (`measured.md`, slack).
    """
    last = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso"), last],
        logger_factory=lambda *_: _StandardError(),
    )
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)


def place(surprise: BaseException) -> dict[str, str]:
    """Kind and place of an exception; its words, and its traceback's, might hold what somebody wrote."""
    at = surprise.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = f"{at.tb_frame.f_code.co_filename.rpartition('/')[2]}:{at.tb_lineno}" if at else ""
    return {"why": type(surprise).__name__, "where": where}
