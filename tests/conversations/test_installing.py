"""Through OAuth to a community: who gets there, who does not, and that nothing leaks."""

import io
import logging
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import sqlalchemy as sa

from bot.slack import texts
from bot.slack.installs import SET_UP_LIVES, STATE_LIVES
from bot.slack.oauth import REDIRECT, SET_UP
from bot.slack.pages import KINDS
from bot.surface import Delivered, Gone
from bot.texts import INPUT_KEPT
from handlers import features
from scheduler.tidying import tidy
from storage import communities, founding
from storage.clock import MovableClock
from storage.communities import Settings
from storage.engine import Database
from storage.tables import install, slack_errand, slack_install
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_oauth import CLIENT_SECRET
from tests.stages.slack_installs import WISH, Replica, founds, rows
from tests.storage.test_privacy import bytes_of

# --- in ------------------------------------------------------------------------------------------


async def test_two_workspaces_live_side_by_side(here: Replica, database: Database, slack: FakeSlack) -> None:
    """Each installs, founds its community and is answered with its own token; neither sees the other."""
    ada = await founds(here, "T0A", "U0ADA")
    ben = await founds(here, "T0B", "U0BEN", community="ほかの縁", name="Ben")
    assert [row.tenant for row in await rows(database, slack_install)] == ["T0A", "T0B"]
    await ada.asks("update 秘密の畑")
    assert "受け取りました" in await ada.submits()
    assert "秘密の畑" in await ada.asks("mine")
    assert "秘密の畑" not in await ben.asks("mine")
    assert "みなとの縁" in await ada.asks("community")
    assert "みなとの縁" not in await ben.asks("community")
    assert "T0A" in {team for _, team in slack.asked_as}
    slack.asked_as.clear()
    await ben.opens_home()
    assert slack.asked_as == [("views.publish", "T0B")]
    assert isinstance(await here.deliver("T0B", "U0BEN"), Delivered)
    assert await here.deliver("T0A", "U0BEN") == Gone("user_not_found", handle_is_dead=True)
    assert await here.deliver("T0NONE", "U0ADA") == Gone("not_installed")


async def test_the_owner_runs_the_desk_and_names_alone_open_nothing(here: Replica, database: Database) -> None:
    """A community of the same name elsewhere stays another one; the installer owns theirs alone."""
    ada = await founds(here, "T0A", "U0ADA")
    eve = await founds(here, "T0B", "U0EVE")
    found = await database.look(communities.all_of)
    assert [one.name for one in found] == ["みなとの縁", "みなとの縁"]
    for owner in (ada, eve):
        assert (await owner.asks("", admin=True)).buttons
    homes = await database.look(lambda work: [dict(Settings(work, one.id).tenants())["slack"] for one in found])
    assert sorted(homes) == ["T0A", "T0B"]
    wish = founding.Wish("Kai", "みなとの縁", "alumni", "ja", "Asia/Tokyo", "T0C/U0KAI")
    await database.tx(lambda work: founding.name_owner(work, wish, features.settle))
    assert len(await database.look(communities.all_of)) == 3


async def test_a_second_workspace_for_a_community_of_mine(here: Replica, database: Database) -> None:
    """Who installs again is offered what they own, by its name, and nobody else's."""
    await founds(here, "T0A", "U0ADA")
    await founds(here, "T0B", "U0BEN", community="ほかの縁")
    await database.tx(lambda work: communities.removed_from(work, "slack", "T0A"))
    [mine] = await database.look(lambda work: [one for one in communities.all_of(work) if one.name == "みなとの縁"])
    await database.tx(
        lambda work: work.connection.execute(
            sa.delete(install).where(install.c.community_id == mine.id, install.c.surface == "slack")
        )
    )
    browser = here.browser()
    await browser.installs("T0A", "U0ADA")
    assert browser.reads(texts.MOVE_IN, name="みなとの縁")
    assert "ほかの縁" not in browser.page.text
    await browser.sends(community_id=mine.id)
    assert browser.reads(texts.SET_UP_NEXT)
    assert ("slack", "T0A") in await database.look(lambda work: Settings(work, mine.id).tenants())


async def test_nobody_moves_a_community_they_do_not_own(here: Replica, database: Database) -> None:
    """Its id is no key."""
    await founds(here, "T0A", "U0ADA")
    [theirs] = await database.look(communities.all_of)
    browser = here.browser()
    await browser.installs("T0B", "U0EVE")
    assert (await browser.sends(community_id=theirs.id)).status_code == 400
    assert ("slack", "T0B") not in await database.look(lambda work: Settings(work, theirs.id).tenants())


def test_the_page_knows_every_kind() -> None:
    """What can be founded by page and by command line is the same."""
    assert tuple(KINDS) == founding.KINDS


@pytest.mark.parametrize(
    ("typed", "said", "values"),
    [
        ({"name": "  "}, texts.NAME_NEEDED, {}),
        ({"community": "\u3000"}, texts.NAME_NEEDED, {}),
        ({"community": "あ" * 81}, texts.NAME_LONG, {"most": 80}),
        ({"kind": "club"}, texts.CHOOSE_ONE, {}),
        ({"language": "fr"}, texts.CHOOSE_ONE, {}),
        ({"zone": "Mars/Olympus"}, texts.NO_ZONE, {}),
        ({"zone": "../../etc/passwd"}, texts.NO_ZONE, {}),
    ],
)
async def test_a_form_error_keeps_the_input(
    here: Replica, typed: dict[str, str], said: Any, values: dict[str, object]
) -> None:
    """One sentence at the field; what was typed elsewhere stays, and nothing in it is markup."""
    browser = here.browser()
    await browser.installs("T0A", "U0ADA")
    await browser.sends(**{**WISH, "name": "<b>Ada</b>", **typed})
    assert browser.page.status_code == 422
    assert browser.reads(said, **values)
    assert "<b>" not in browser.page.text
    if "name" not in typed:
        assert "<b>Ada</b>" in unescape(browser.page.text)
    await browser.sends(**WISH)
    assert browser.reads(texts.SET_UP_NEXT)


async def test_a_name_is_taken_once_in_a_workspace(here: Replica) -> None:
    """Two communities of one name in one workspace could not be told apart."""
    await founds(here, "T0A", "U0ADA")
    browser = here.browser()
    await browser.installs("T0A", "U0ADA")
    await browser.sends(**WISH)
    assert browser.reads(texts.NAME_TAKEN)
    await browser.sends(**{**WISH, "community": "もう一つの縁"})
    assert browser.reads(texts.SET_UP_NEXT)


async def test_when_the_memory_is_away_the_input_stays(here: Replica) -> None:
    """Sent again, it is founded."""
    browser = here.browser()
    await browser.installs("T0A", "U0ADA")
    here.installs.away = True
    await browser.sends(**WISH)
    assert (browser.page.status_code, browser.reads(INPUT_KEPT)) == (503, True)
    assert "みなとの縁" in browser.page.text
    here.installs.away = False
    await browser.sends(**WISH)
    assert browser.reads(texts.SET_UP_NEXT)


# --- who is not let in ---------------------------------------------------------------------------


async def test_a_state_is_good_once_in_its_browser_and_for_ten_minutes(
    here: Replica, database: Database, clock: MovableClock, slack: FakeSlack
) -> None:
    """Used, foreign, late or made up: one sentence, and no token is asked for."""
    browser, other = here.browser(), here.browser()
    back = slack.desk.confirm(await browser.begins(), "T0A", "U0EVE")
    cookie = browser.page.headers["set-cookie"]
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=lax", "__Host-"))
    await other.begins()
    for stranger in (other, here.browser()):
        assert (await stranger.goes(back)).status_code == 400
        assert stranger.reads(texts.STATE_OLD)
    assert (await browser.goes(f"{REDIRECT}?code=x&state=")).status_code == 400
    assert (await browser.goes(f"{REDIRECT}?code=x&state=%F0%9F%90%88")).status_code == 400
    kept = dict(browser.http.cookies)
    assert (await browser.goes(back)).status_code == 200
    browser.http.cookies.clear()
    for name, value in kept.items():
        browser.http.cookies.set(name, value)
    assert (await browser.goes(back)).status_code == 400
    late = here.browser()
    back = slack.desk.confirm(await late.begins(), "T0B", "U0EVE")
    clock.forward(STATE_LIVES + timedelta(seconds=1))
    assert (await late.goes(back)).status_code == 400
    assert [row.tenant for row in await rows(database, slack_install)] == ["T0A"]
    assert len([one for one in slack.calls if one[0] == "oauth.v2.access"]) == 1


async def test_denied_is_said_and_changes_nothing(here: Replica, database: Database, slack: FakeSlack) -> None:
    """Somebody pressed Cancel; words of the address are not shown."""
    browser = here.browser()
    await browser.begins()
    await browser.goes(f"{REDIRECT}?error=access_denied&state=x")
    assert browser.reads(texts.DENIED)
    await browser.goes(f"{REDIRECT}?error=%3Cscript%3Emade-up")
    assert "made-up" not in browser.page.text
    assert await rows(database, slack_install) == []


async def test_a_whole_organisation_is_refused(here: Replica, database: Database, slack: FakeSlack) -> None:
    """One sentence says what to do instead, and the token is given back."""
    browser = here.browser()
    await browser.installs("", "U0ADA", team=None, enterprise={"id": "E01"}, is_enterprise_install=True)
    assert (browser.page.status_code, browser.reads(texts.ORG_WIDE)) == (400, True)
    assert await rows(database, slack_install) == []
    assert slack.desk.tokens == {}


@pytest.mark.parametrize(
    ("fault", "said", "status"),
    [
        ("invalid_code", texts.CODE_OLD, 400),
        ("bad_client_secret", texts.NOT_SET_UP, 500),
        ("invalid_team_for_non_distributed_app", texts.NOT_SET_UP, 500),
        ("malformed", texts.SLACK_AWAY, 502),
    ],
)
async def test_what_slack_refuses_is_said(here: Replica, slack: FakeSlack, fault: str, said: Any, status: int) -> None:
    """The person hears what they can do; the operator's log names the settings."""
    browser = here.browser()
    more = {}
    if fault == "malformed":
        more = {"authed_user": None}
    else:
        slack.fails("oauth.v2.access", fault)
    await browser.installs("T0A", "U0ADA", **more)
    assert (browser.page.status_code, browser.reads(said)) == (status, True)


async def test_the_choosing_page_is_one_persons_for_half_an_hour(
    here: Replica, database: Database, clock: MovableClock
) -> None:
    """Without the cookie, without the page's own token, later or again, nothing is founded."""
    browser = here.browser()
    await browser.installs("T0A", "U0ADA")
    assert (await here.browser().sends(**WISH)).status_code == 400
    assert (await browser.sends(csrf="guessed", **WISH)).status_code == 400
    clock.forward(SET_UP_LIVES + timedelta(seconds=1))
    assert (await browser.goes(SET_UP)).status_code == 400
    assert browser.reads(texts.SET_UP_OLD)
    await tidy(database)
    assert await rows(database, slack_errand) == []
    await browser.installs("T0A", "U0ADA")
    page, kept = browser.page, dict(browser.http.cookies)
    await browser.sends(**WISH)
    for name, value in kept.items():
        browser.http.cookies.set(name, value)
    browser.page = page
    assert (await browser.sends(**{**WISH, "community": "二度目"})).status_code == 400
    assert len(await database.look(communities.all_of)) == 1


# --- nothing leaks -------------------------------------------------------------------------------


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """Everything that is logged, with the root logger at DEBUG."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(lambda record: not record.name.startswith("httpx"))  # the browser's own
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


async def test_neither_database_nor_log_holds_a_secret(
    here: Replica, database: Database, slack: FakeSlack, logged: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tokens, codes, states, cookies and the installer's account are in neither."""
    slack.desk.rotating = True
    browser = here.browser()
    address = await browser.begins()
    back = slack.desk.confirm(address, "T0A", "U0INSTALLER")
    state = back.rpartition("state=")[2]
    await browser.goes(back)
    secret = next(iter(dict(browser.http.cookies).values()))
    assert "enishi-slack" in browser.http.cookies.jar.__repr__()
    slack.fails("oauth.v2.access", "invalid_code")
    await here.browser().installs("T0B", "U0INSTALLER")
    copy, said = bytes_of(database), logged.getvalue() + "".join(capsys.readouterr())
    assert b"T0A" in copy
    assert "slack.installed" in said
    for word in ("xoxb-", "xoxe-", "secret-code", state, secret, "U0INSTALLER", CLIENT_SECRET):
        assert word not in said
        assert word.encode() not in copy
    assert "referrer-policy" in browser.page.headers
    assert "default-src 'none'" in browser.page.headers["content-security-policy"]
