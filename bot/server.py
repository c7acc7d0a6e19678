"""One ASGI application for all surfaces, and whether we are well."""

import asyncio
import contextlib
import errno
import hmac
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import measures
from bot.measures import Figure
from bot.surface import CannotStart, Surface, Unavailable

ASK_EVERY = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched: a sentence when it is stuck, and its figures, for whoever has the token ("": nobody)."""

    stuck: Callable[[], str]
    figures: Callable[[], Awaitable[Sequence[Figure]]]
    token: str = ""


def application(
    surfaces: Iterable[Surface],
    lifespan: Callable[[Starlette], AbstractAsyncContextManager[None]],
    ready: Callable[[], Awaitable[object]],
    watch: Watch | None = None,
) -> Starlette:
    """The routes of every surface beside `/healthz` (the process runs) and `/readyz` (its database answers too).

    With `watch`, both say when it is stuck, and `/metrics` is there for whoever has its token.
    """

    async def healthz(_: Request) -> Response:
        wrong = watch.stuck() if watch else ""
        return PlainTextResponse(wrong or "ok", status_code=503 if wrong else 200)

    async def metrics(request: Request) -> Response:
        if watch is None or not watch.token:
            return PlainTextResponse("not found", status_code=404)
        given = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(given, f"Bearer {watch.token}".encode()):
            return PlainTextResponse("who are you?", status_code=401, headers={"WWW-Authenticate": "Bearer"})
        try:
            return Response(measures.rendered(await watch.figures()), media_type=measures.CONTENT_TYPE)
        except Unavailable:
            return PlainTextResponse("the database does not answer", status_code=503)

    async def readyz(request: Request) -> Response:
        try:
            await ready()
        except Unavailable:
            return PlainTextResponse("the database does not answer", status_code=503)
        return await healthz(request)

    routes = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]
    return Starlette(
        routes=[*routes, *(route for surface in surfaces for route in surface.routes())], lifespan=lifespan
    )


def leave_no_core() -> None:
    """A crash writes no picture of our memory, in which keys and answers may stand."""
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no such thing
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


async def listen(
    application: Starlette,
    host: str,
    port: int,
    forwarded: list[str] | None = None,
    ended: Callable[[], str] = lambda: "",
) -> None:
    """Serve until told to stop; what is under way gets ten seconds.  `forwarded`: proxies we believe.

    `ended` is asked every second.  Raises CannotStart with its sentence, once it has one.
    """
    config = uvicorn.Config(
        application,
        host=host,
        port=port,
        log_config=None,
        access_log=False,  # addresses name people, queries may hold more
        server_header=False,
        proxy_headers=bool(forwarded),
        forwarded_allow_ips=forwarded or [],
        timeout_graceful_shutdown=10,
    )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=config.backlog)
    except OSError as error:
        why = "it is taken" if error.errno == errno.EADDRINUSE else (error.strerror or "no").lower()
        raise CannotStart(
            f"cannot listen on {host}, port {port}: {why}; choose another (ENISHI_PORT, or --port of the demo)"
        ) from None
    with listening:
        # Accepted connections inherit it; asyncio sets it by itself only on sockets it made, and without it an answer
        # on a kept connection waits 40 ms for the acknowledgement of its own head.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        serving = uvicorn.Server(config)
        watching = asyncio.create_task(_until(serving, ended))
        try:
            await serving.serve(sockets=[listening])
        finally:
            watching.cancel()
    if words := ended():
        raise CannotStart(words)


async def _until(serving: uvicorn.Server, ended: Callable[[], str]) -> None:
    while not ended():  # noqa: ASYNC110 - a surface says so, which knows no event of ours
        await asyncio.sleep(ASK_EVERY)
    serving.should_exit = True
