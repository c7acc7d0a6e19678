"""A file that a page sends: in memory while it comes in, never on a disk, then kept sealed by the inlet."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Protocol

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from bot.portal.reading import BODY_MAX, FIELDS_MAX

UPLOAD_MAX = 16 * 1024 * 1024 + BODY_MAX  # bytes of a whole request
DRAINED_MAX = 512 * 1024 * 1024  # of a larger one, so much is let pass by, so that its sender reads our answer
OVERLONG = "overlong"  # stands in a form whose file was too large


class Inlet(Protocol):
    """Takes files for whoever runs the desk.  Raises `bot.surface.Unavailable`."""

    async def keep(self, community: str, member: str, name: str, content: bytes) -> str:
        """Keep a file for a while.  Returns its id."""
        ...


class _InMemory(MultiPartParser):
    spool_max_size = UPLOAD_MAX  # more never comes in, so nothing is written to a file


def has_file(request: Request) -> bool:
    """Whether a form with a file is being sent."""
    return request.headers.get("content-type", "").startswith("multipart/form-data")


async def form_with_file(request: Request) -> FormData:
    """The form that is being sent; of one that is too large, what came before the file.

    Raises HTTPException for what is no form.
    """
    stream = _Stream(request)
    parser = _InMemory(request.headers, stream.pieces(), max_files=1, max_fields=FIELDS_MAX)  # type: ignore[arg-type] # any iterator does
    try:
        return await parser.parse()
    except MultiPartException as problem:
        if not stream.overlong:
            raise HTTPException(HTTPStatus.BAD_REQUEST) from problem
    return FormData([*((name, value) for name, value in parser.items if isinstance(value, str)), (OVERLONG, "yes")])


class _Stream:
    """What comes in, as long as it is not too much; the rest passes by."""

    def __init__(self, request: Request) -> None:
        self.overlong = False
        self._request = request

    async def pieces(self) -> AsyncIterator[bytes]:
        taken = 0
        async for piece in self._request.stream():
            taken += len(piece)
            if taken > DRAINED_MAX:
                break
            if taken > UPLOAD_MAX:
                self.overlong = True
            else:
                yield piece
        if self.overlong:
            msg = "too large"
            raise MultiPartException(msg)
