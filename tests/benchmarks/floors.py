"""The floors: the least one could write for the same task, on the same server.

`python -m tests.benchmarks.floors KIND PORT [URL]`; the URL is that of the stand-in for Slack or Teams.
"""

import argparse
import asyncio
import html
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot import server


def bolt(api_url: str) -> Starlette:
    """The smallest Bolt app: one command, acknowledged with one sentence before the response."""
    from slack_bolt.adapter.starlette.async_handler import (  # noqa: PLC0415 - the other floor must not carry Bolt
        AsyncSlackRequestHandler,
    )
    from slack_bolt.async_app import AsyncAck, AsyncApp  # noqa: PLC0415 - as above
    from slack_sdk.web.async_client import AsyncWebClient  # noqa: PLC0415 - as above

    from tests.fakes.slack import BOT_TOKEN, SECRET  # noqa: PLC0415 - as above

    client = AsyncWebClient(token=BOT_TOKEN, base_url=api_url)
    app = AsyncApp(client=client, signing_secret=SECRET, process_before_response=True)

    async def answer(ack: AsyncAck) -> None:
        await ack("Hello.")

    app.command("/enishi")(answer)
    handler = AsyncSlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return _application(Route("/slack/events", events, methods=["POST"]))


def bare() -> Starlette:
    """The smallest form: what was typed is parsed and shown."""

    async def submit(request: Request) -> Response:
        form = await request.form()
        return HTMLResponse(f"<!doctype html><title>Thanks</title><p>{html.escape(str(form['f-text']))}</p>")

    return _application(Route("/submit", submit, methods=["POST"]))


def _application(route: Route) -> Starlette:
    async def ready(_: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(routes=[Route("/readyz", ready), route])


def own(teams: str) -> Starlette:
    """The smallest bot on Teams with an adapter of its own."""
    from tests.benchmarks import teams_floors  # noqa: PLC0415 - the other floors must not carry the SDK

    return _application(teams_floors.own(teams))


def stock(teams: str) -> Starlette:
    """The smallest bot on Teams with the SDK's CloudAdapter."""
    from tests.benchmarks import teams_floors  # noqa: PLC0415 - as above

    return _application(teams_floors.stock(teams))


KINDS: dict[str, Callable[[str], Starlette]] = {"bolt": bolt, "bare": lambda _: bare(), "own": own, "stock": stock}

if __name__ == "__main__":
    reading = argparse.ArgumentParser()
    reading.add_argument("kind", choices=KINDS)
    reading.add_argument("port", type=int)
    reading.add_argument("url", nargs="?", default="")
    said = reading.parse_args()
    asyncio.run(server.listen(KINDS[said.kind](said.url), "127.0.0.1", said.port))
