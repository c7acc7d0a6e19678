"""One ASGI application for all surfaces, and whether we are well."""

import contextlib
import errno
import socket
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.surface import CannotStart, Surface, Unavailable


def application(
    surfaces: Iterable[Surface],
    lifespan: Callable[[Starlette], AbstractAsyncContextManager[None]],
    ready: Callable[[], Awaitable[object]],
) -> Starlette:
    """The routes of every surface beside `/healthz` (the process runs) and `/readyz` (its database answers too)."""

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_: Request) -> Response:
        try:
            await ready()
        except Unavailable:
            return PlainTextResponse("the database does not answer", status_code=503)
        return PlainTextResponse("ok")

    routes = [Route("/healthz", healthz), Route("/readyz", readyz)]
    return Starlette(
        routes=[*routes, *(route for surface in surfaces for route in surface.routes())], lifespan=lifespan
    )


def leave_no_core() -> None:
    """A crash writes no picture of our memory, in which keys and answers may stand."""
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no such thing
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


async def listen(application: Starlette, host: str, port: int, forwarded: list[str] | None = None) -> None:
    """Serve until told to stop; what is under way gets ten seconds.  `forwarded`: proxies we believe."""
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
        await uvicorn.Server(config).serve(sockets=[listening])
