"""Many workspaces on one install: warm, taken out, back again, and with tokens that expire."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from bot.language import both
from bot.slack import texts
from bot.slack.reading import workspaces
from bot.slack.workspaces import FRESH, RENEW_BEFORE
from bot.surface import Delivered, Gone, TryLater, Unavailable
from bot.texts import UNAVAILABLE
from handlers import features
from storage import founding, slack_installs
from storage.clock import MovableClock
from storage.engine import Database
from storage.tables import install, slack_install
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_oauth import TOKEN_LIVES
from tests.stages.slack_installs import Replica, founds, rows, token_of

# --- the warm path -------------------------------------------------------------------------------


async def test_a_warm_turn_reads_no_install_and_asks_slack_nothing(here: Replica, slack: FakeSlack) -> None:
    """Once in `FRESH` a workspace is looked up, however much is said there; Slack is never asked who we are."""
    ada = await founds(here, "T0A", "U0ADA")
    here.installs.reads = 0
    slack.calls.clear()
    for _ in range(5):
        await ada.asks("help")
    await asyncio.gather(*(here.person("T0A", "U0ADA").workspace.command("U0ADA", "help", "DU0ADA") for _ in range(9)))
    assert (here.installs.reads, slack.calls) == (1, [])
    here.clock.forward(FRESH)
    await ada.asks("help")
    assert here.installs.reads == 2


async def test_a_workspace_without_us_hears_one_sentence(here: Replica, slack: FakeSlack) -> None:
    """Somebody from elsewhere in a shared channel; and an event of theirs is not repeated."""
    eve = here.person("T0ELSE", "U0EVE")
    assert both(texts.NOT_INSTALLED) in await eve.asks("help")
    assert (await eve.workspace.says("U0EVE", "hello")).status_code == 200
    here.installs.away = True
    assert both(UNAVAILABLE) in await eve.asks("help")
    assert (await eve.workspace.says("U0EVE", "hello")).status_code == 503


@pytest.mark.parametrize(
    ("body", "teams"),
    [
        ({"command": "/enishi", "team_id": "T1"}, ["T1"]),
        ({"team": {"id": "T2"}, "message": {"team": "T1"}}, ["T1", "T2"]),
        ({"team": {"id": "T2"}, "view": {"app_installed_team_id": "T1"}}, ["T1", "T2"]),
        ({"team_id": "T2", "authorizations": [{"team_id": "T1"}]}, ["T1", "T2"]),
        ({"team": None, "team_id": "T1", "view": {"app_installed_team_id": "T1"}}, ["T1"]),
        ({"team": 5, "team_id": ["T1"], "view": 5, "message": 5, "authorizations": [5]}, []),
        ({"authorizations": []}, []),
    ],
)
def test_whose_install_a_payload_concerns(body: dict[str, Any], teams: list[str]) -> None:
    """In shared channels a payload names the person's own workspace beside the one that we were put in."""
    assert workspaces(body) == teams


async def test_a_payload_is_the_installs_though_the_person_is_from_elsewhere(here: Replica) -> None:
    """In a shared channel an outsider's press names their own workspace; the message says whose bot wrote it."""
    ada = await founds(here, "T0A", "U0ADA")
    await ada.says("ヘルプ")
    letter = here.slack.messages["DU0ADA"][-1]
    element = {"action_id": "press-0", "value": "gone.action {}"}
    outsider = {"id": "U0EVE", "username": "eve", "team_id": "T0ELSE"}
    answer = await ada.workspace.press(
        "U0EVE", letter, element, user=outsider, team={"id": "T0ELSE"}, message={"team": "T0A"}
    )
    assert answer.status_code == 200
    assert [one["text"] for one in here.slack.ephemerals["U0EVE"]]
    assert both(texts.NOT_INSTALLED) not in here.slack.ephemerals["U0EVE"][-1]["text"]


# --- out, and back -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "event", [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}}]
)
async def test_taking_it_out_of_one_workspace_leaves_the_other(
    here: Replica, database: Database, slack: FakeSlack, event: dict[str, Any]
) -> None:
    """Its token is deleted and nothing is sent there; coming back, it is reached again with the new token alone."""
    ada = await founds(here, "T0A", "U0ADA")
    ben = await founds(here, "T0B", "U0BEN", community="ほかの縁")
    assert "みなとの縁" in await ada.asks("community")
    slack.desk.forget("T0A")
    assert (await ada.workspace.event(event)).status_code == 200
    assert [row.tenant for row in await rows(database, slack_install)] == ["T0B"]
    active = {row.tenant: row.active for row in await rows(database, install) if row.surface == "slack"}
    assert active == {"T0A": False, "T0B": True}
    assert both(texts.NOT_INSTALLED) in await ada.asks("community")
    assert await here.deliver("T0A", "U0ADA") == Gone("not_installed")
    assert "ほかの縁" in await ben.asks("community")

    browser = here.browser()
    await browser.installs("T0A", "U0ADA")
    assert browser.reads(texts.LIVES_THERE, names="みなとの縁")
    assert isinstance(await here.deliver("T0A", "U0ADA"), Delivered)
    active = {row.tenant: row.active for row in await rows(database, install) if row.surface == "slack"}
    assert active == {"T0A": True, "T0B": True}


async def test_a_late_repetition_does_not_undo_a_new_install(here: Replica, database: Database) -> None:
    """Slack repeats an event for minutes; only what happened after the install counts."""
    ada = await founds(here, "T0A", "U0ADA")
    old = {"type": "event_callback", "team_id": "T0A", "event_id": "Ev0", "event_time": 1_700_000_000}
    answer = await ada.workspace.post(
        json.dumps({**old, "event": {"type": "app_uninstalled"}, "authorizations": []}), "application/json"
    )
    assert answer.status_code == 200
    assert len(await rows(database, slack_install)) == 1
    assert "みなとの縁" in await ada.asks("community")


async def test_at_start_nothing_is_sent_where_the_app_is_not_installed(here: Replica, database: Database) -> None:
    """A workspace that was served by a token in a setting keeps its messages until it installs the app."""
    await founds(here, "T0A", "U0ADA")
    wish = founding.Wish("Ben", "ほかの縁", "alumni", "ja", "Asia/Tokyo", "T0B/U0BEN")
    await database.tx(lambda work: founding.name_owner(work, wish, features.settle))
    await database.tx(slack_installs.settle_everywhere)
    active = {row.tenant: row.active for row in await rows(database, install) if row.surface == "slack"}
    assert active == {"T0A": True, "T0B": False}
    assert all(row.active for row in await rows(database, install) if row.surface == "portal")


async def test_revoking_somebodys_own_token_is_not_ours(here: Replica, database: Database) -> None:
    """Only the bot's own token matters."""
    ada = await founds(here, "T0A", "U0ADA")
    await ada.workspace.event({"type": "tokens_revoked", "tokens": {"oauth": ["U0ADA"]}})
    assert len(await rows(database, slack_install)) == 1


async def test_installing_again_replaces_thetoken_of(
    here: Replica, there: Replica, database: Database, slack: FakeSlack
) -> None:
    """One row; another replica, which still holds the old token, notices when Slack refuses it."""
    await founds(here, "T0A", "U0ADA")
    there.person("T0A", "U0ADA")
    assert isinstance(await there.deliver("T0A", "U0ADA"), Delivered)
    slack.desk.forget("T0A")
    await here.browser().installs("T0A", "U0ADA")
    assert len(await rows(database, slack_install)) == 1
    assert isinstance(await here.deliver("T0A", "U0ADA"), Delivered)
    assert await there.deliver("T0A", "U0ADA") == TryLater(timedelta())
    assert isinstance(await there.deliver("T0A", "U0ADA"), Delivered)


async def test_taken_out_elsewhere_is_noticed_at_once_when_sending(
    here: Replica, there: Replica, slack: FakeSlack
) -> None:
    """A replica that has not heard of the removal is refused by Slack, looks again, and gives the message up."""
    ada = await founds(here, "T0A", "U0ADA")
    there.person("T0A", "U0ADA")
    assert isinstance(await there.deliver("T0A", "U0ADA"), Delivered)
    slack.desk.forget("T0A")
    await ada.workspace.event({"type": "app_uninstalled"})
    assert await there.deliver("T0A", "U0ADA") == Gone("not_installed")


async def test_a_dead_token_nobody_told_us_of_makes_messages_wait(here: Replica, slack: FakeSlack) -> None:
    """They are not given up: an install makes them go on."""
    await founds(here, "T0A", "U0ADA")
    slack.desk.forget("T0A")
    assert await here.deliver("T0A", "U0ADA") == TryLater(timedelta(minutes=5), throttled=True)
    await here.browser().installs("T0A", "U0ADA")
    assert isinstance(await here.deliver("T0A", "U0ADA"), Delivered)


async def test_installs_at_once_make_one_row(here: Replica, there: Replica, database: Database) -> None:
    """Two people of a workspace, on two replicas; both may choose."""
    browsers = [here.browser(), there.browser(), here.browser()]
    pages = await asyncio.gather(*(one.installs("T0A", f"U{at}") for at, one in enumerate(browsers)))
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert len(await rows(database, slack_install)) == 1


# --- tokens that expire --------------------------------------------------------------------------


async def test_tokens_are_renewed_before_they_expire_by_one_of_all(
    here: Replica, there: Replica, database: Database, clock: MovableClock, slack: FakeSlack
) -> None:
    """A refresh token is good once: of many turns on two replicas one uses it, and the others go on."""
    slack.desk.rotating = True
    ada = await founds(here, "T0A", "U0ADA")
    first = token_of(slack, "T0A")
    await ada.asks("help")
    clock.forward(timedelta(seconds=TOKEN_LIVES) - RENEW_BEFORE)
    slack.calls.clear()
    there.person("T0A", "U0ADA")
    outcomes = await asyncio.gather(*(one.deliver("T0A", "U0ADA") for one in (here, there) * 4))
    assert all(isinstance(one, Delivered) for one in outcomes)
    assert len(slack.called("oauth.v2.access")) == 1
    del slack.desk.tokens[first]
    clock.forward(FRESH)
    assert isinstance(await there.deliver("T0A", "U0ADA"), Delivered)
    assert len(await rows(database, slack_install)) == 1
    clock.forward(timedelta(seconds=TOKEN_LIVES * 3))  # nobody said anything for a day
    assert isinstance(await here.deliver("T0A", "U0ADA"), Delivered)


async def test_a_token_that_cannot_be_renewed_serves_to_its_end(
    here: Replica, clock: MovableClock, slack: FakeSlack
) -> None:
    """Slack is away for a while: the old token is used meanwhile, and it is tried again."""
    slack.desk.rotating = True
    await founds(here, "T0A", "U0ADA")
    here.person("T0A", "U0ADA")
    clock.forward(timedelta(seconds=TOKEN_LIVES) - RENEW_BEFORE)
    slack.fails("oauth.v2.access", "service_unavailable")
    assert isinstance(await here.deliver("T0A", "U0ADA"), Delivered)
    assert len(slack.desk.refreshes) == 1
    clock.forward(FRESH)
    before = token_of(slack, "T0A")
    assert isinstance(await here.deliver("T0A", "U0ADA"), Delivered)
    assert token_of(slack, "T0A") != before


async def test_new_tokens_are_kept_until_they_can_be_stored(
    here: Replica, there: Replica, clock: MovableClock, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refresh token is used up, so what came for it must not be lost with the memory away for a moment."""
    slack.desk.rotating = True
    await founds(here, "T0A", "U0ADA")
    here.person("T0A", "U0ADA")
    clock.forward(timedelta(seconds=TOKEN_LIVES) - RENEW_BEFORE)

    async def away(*_: object) -> None:
        raise Unavailable

    with monkeypatch.context() as patch:
        patch.setattr(here.installs, "renew", away)
        assert isinstance(await here.deliver("T0A", "U0ADA"), Delivered)
    clock.forward(FRESH)
    assert isinstance(await here.deliver("T0A", "U0ADA"), Delivered)
    found = await there.installs.find("T0A")
    assert found.token == token_of(slack, "T0A")
