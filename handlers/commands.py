"""The commands about communities and their people.

They import what they need when they run, so that `--help` is quick.
"""

from typing import Annotated

import typer

from bot import console
from storage.commands import keys_of, once

commands = typer.Typer()


@commands.command()
def owner(
    *,
    name: Annotated[str, typer.Option(prompt="Name of the owner", help="As the members will see it.")],
    community: Annotated[str, typer.Option(prompt="Name of the community", help="An existing one, or a new one.")],
    kind: Annotated[str, typer.Option(help="ally, alumni, peers or alliance, for a new one.")] = "alumni",
    language: Annotated[str, typer.Option(help="ja or en.")] = "ja",
    zone: Annotated[str, typer.Option(help="Time zone, as in Asia/Tokyo.")] = "Asia/Tokyo",
    slack: Annotated[str, typer.Option(help="The owner on Slack: WORKSPACE/USER, as in T0123/U0456.")] = "",
    teams: Annotated[str, typer.Option(help="The owner on Teams: TENANT/USER, the ids that Entra shows.")] = "",
) -> None:
    """Name the first owner of a community, which is made if it is new; prints their way in."""
    from handlers import features
    from storage import founding

    settings = console.settings()
    keys = keys_of(settings)
    try:
        wish = founding.Wish(name, community, kind, language, zone, slack, teams)
        nonce = once(
            settings, keys, lambda memory: memory.tx(lambda work: founding.name_owner(work, wish, features.settle))
        )
    except ValueError as problem:
        console.stop(str(problem))
    typer.echo(f"{name} owns {community}.")
    if settings.portal_is_set:
        from bot.portal.door import Links

        typer.echo(f"Their page, once, within 24 hours: {Links(settings.public_url, keys.link_keys).url(nonce)}")
    elif not (slack or teams):
        typer.echo("They have no way in yet: give --slack or --teams, or set ENISHI_PUBLIC_URL and name them again.")
