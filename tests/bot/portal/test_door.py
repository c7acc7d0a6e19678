from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import time_machine
from structlog.testing import capture_logs

from bot.cards import sentence
from bot.language import Msg, Reader
from bot.portal import texts
from bot.portal.door import TRIES, Links
from bot.portal.reading import BODY_MAX, stranger
from bot.surface import Unavailable
from bot.texts import BROKEN, INPUT_KEPT, UNAVAILABLE
from storage.doors import StoredDoors
from tests.bot.portal.village import WORDS, Village, prompt
from tests.stages.portal import BASE, LINK_KEYS, Browser

JA = WORDS["ja"]
say = Reader("ja")


def tells(browser: Browser, said: Msg) -> bool:
    return say(said) in browser.main.words


async def door(browser: Browser, link: str) -> None:
    """Open a link and press what is there."""
    await browser.get(link)
    for form in browser.main.all("form"):
        await browser.submit(form, form.one("button"))


def tampered(link: str) -> str:
    """The same signature over another nonce."""
    nonce, signature = link.rsplit("/", 1)[1].split(".", 1)
    return f"{BASE}/door/{nonce[:-1]}{'A' if nonce[-1] != 'A' else 'B'}.{signature}"


def by_key(link: str, *keys: str) -> str:
    """The same nonce, signed with other keys."""
    return Links(BASE, keys).url(link.rsplit("/", 1)[1].split(".", 1)[0])


@pytest.mark.parametrize(
    ("what", "opens"),
    [("fresh", True), ("old key", True), ("other key", False), ("tampered", False), ("nonsense", False)],
)
async def test_a_link_opens_when_we_made_it(village: Village, what: str, *, opens: bool) -> None:
    """Any of our keys will do, nobody else's; and whatever is wrong, the page is the same."""
    link = await village.stage.link(village.handle("Aoba"))
    other = {
        "old key": by_key(link, LINK_KEYS[1]),
        "other key": by_key(link, "a key that is not ours"),
        "tampered": tampered(link),
        "nonsense": f"{BASE}/door/nonsense",
    }
    browser = village.stage.browser()
    await door(browser, other.get(what, link))
    assert (browser.response.url.path == "/") is opens
    assert tells(browser, texts.LINK_DEAD) is not opens


async def test_looking_at_a_link_does_not_use_it_and_using_it_does(village: Village) -> None:
    """A mail scanner may open the page; the button works once, and the second time says how to get a new link."""
    link = await village.stage.link(village.handle("Aoba"))
    for _ in range(2):
        scanner = village.stage.browser()
        await scanner.get(link)
        assert (await scanner.client.head(link)).status_code == 200
    first, second = village.stage.browser(), village.stage.browser()
    await door(first, link)
    assert first.response.url.path == "/"
    await door(second, link)
    assert tells(second, texts.LINK_DEAD)
    assert second.response.status_code == 410
    await second.get("/")
    assert tells(second, texts.SIGN_IN_HOW)


async def test_a_link_and_a_session_end(village: Village) -> None:
    """Stored times hold even while the signature is young: a day for a link, two weeks for a session."""
    link = await village.stage.link(village.handle("Aoba"))
    aoba = await village.enters("Aoba")
    village.clock.forward(timedelta(hours=24))
    late = village.stage.browser()
    await door(late, link)
    assert tells(late, texts.LINK_DEAD)
    await aoba.browser.get("/inbox")
    assert aoba.browser.response.status_code == 200
    village.clock.forward(timedelta(days=13))
    await aoba.browser.get("/inbox")
    assert aoba.browser.response.status_code == 403
    assert tells(aoba.browser, texts.SIGN_IN_HOW)


async def test_the_cookie_tells_nothing_and_no_script_reads_it(village: Village) -> None:
    """A random token, for this host alone, over https alone."""
    link = await village.stage.link(village.handle("Aoba"))
    browser = village.stage.browser()
    browser.client.follow_redirects = False
    cookie = (await browser.client.post(link)).headers["set-cookie"]
    name, _, rest = cookie.partition("=")
    assert name == "__Host-enishi"
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= {part.strip() for part in rest.split(";")}
    assert "Domain" not in rest
    assert village.members["Aoba"] not in cookie


async def test_signing_out_ends_this_session_or_all(village: Village) -> None:
    """One browser, or every one and the unused links; the token itself is worth nothing afterwards."""
    one, two = await village.enters("Aoba"), await village.enters("Aoba")
    link = await village.stage.link(village.handle("Aoba"))
    token = one.browser.client.cookies["__Host-enishi"]
    await one.browser.submit(one.browser.page.one("form", lambda node: node["action"] == "/out"))
    assert tells(one.browser, texts.SIGNED_OUT)
    assert await StoredDoors(village.database).inside(token) is None
    await two.browser.get("/inbox")
    assert two.browser.response.status_code == 200
    three = await village.enters("Aoba")
    await three.browser.submit(three.browser.page.one("form", lambda node: node["action"] == "/out-everywhere"))
    await two.browser.get("/inbox")
    assert two.browser.response.status_code == 403
    late = village.stage.browser()
    await door(late, link)
    assert tells(late, texts.LINK_DEAD)


async def test_trying_links_is_throttled_by_address(village: Village) -> None:
    """After a number of dead links even a good one waits; coming in does not count, for an office shares an address."""
    link = await village.stage.link(village.handle("Aoba"))
    browser = village.stage.browser()
    for _ in range(TRIES.amount):
        await village.enters("Beni")
        assert (await browser.client.post("/door/nonsense")).status_code == 410
    assert (await browser.client.post("/door/nonsense")).status_code == 429
    await door(browser, link)
    assert tells(browser, texts.TOO_MANY)


@pytest.mark.parametrize("path", ["/inbox", "/board"])
async def test_strangers_see_how_to_get_in(village: Village, path: str) -> None:
    """No page of a member without a session, and nothing a stranger sends is shown again."""
    browser = village.stage.browser()
    await browser.get(path)
    assert browser.response.status_code == 403
    for post in ("/ask", "/press", "/submit", "/confirm", "/out"):
        response = await browser.client.post(post, data={"words": "a private thing", "f-text": "a private thing"})
        assert response.status_code == 403
        assert "a private thing" not in response.text


async def test_a_form_of_another_session_comes_back_with_its_input(village: Village) -> None:
    """After signing in anew, an old page's form is shown again with what was typed, and then goes through."""
    aoba = await village.enters("Aoba")
    await aoba.opens_home()
    await aoba.presses(JA["changed"])
    form = aoba.browser.main.one("form", lambda node: node["action"] == "/submit")
    await door(aoba.browser, await village.stage.link(village.handle("Aoba")))
    came = await aoba.browser.submit(form, None, text="a long story", consent=True)
    assert aoba.browser.response.status_code == 403
    assert say(texts.SENT_AGAIN) in came
    assert (came.values["text"], came.values["consent"]) == ("a long story", "true")
    assert village.deeds == []
    await aoba.browser.submit(aoba.browser.main.one("form", lambda node: node["action"] == "/submit"))
    assert village.deeds == ["told:work:a long story:everyone:True"]


async def test_a_form_of_another_member_is_not_believed(village: Village) -> None:
    """What was shown to one member is nobody else's to send, even with a session of their own."""
    aoba, beni = await village.enters("Aoba"), await village.enters("Beni")
    await aoba.opens_home()
    await aoba.presses(JA["changed"])
    form = aoba.browser.main.one("form", lambda node: node["action"] == "/submit")
    await beni.browser.get("/")
    theirs = beni.browser.page.one("input", lambda node: node["name"] == "csrf")["value"]
    for csrf in (form.one("input", lambda node: node["name"] == "csrf")["value"], theirs):
        came = await beni.browser.submit(form, None, csrf=csrf, text="a long story", consent=True)
        assert say(texts.OLD_PAGE) in came
        assert "a long story" not in came
    assert village.deeds == []


async def test_a_press_or_command_without_the_mark_does_nothing(village: Village) -> None:
    """A form on somebody else's page acts for nobody; our own command line keeps the words."""
    aoba = await village.enters("Aoba")
    press = await aoba.browser.client.post("/press", data={"press": "t.pause {}"})
    ask = await aoba.browser.client.post("/ask", data={"words": "help me"})
    assert (press.status_code, ask.status_code) == (403, 403)
    assert 'value="help me"' in ask.text
    csrf = aoba.browser.page.one("input", lambda node: node["name"] == "csrf")["value"]
    away = {"sec-fetch-site": "cross-site"}
    cross = await aoba.browser.client.post("/press", data={"press": "t.pause {}", "csrf": csrf}, headers=away)
    assert cross.status_code == 403
    planted = await aoba.browser.client.post("/ask", data={"words": "help me"}, headers=away)
    assert "help me" not in planted.text
    assert village.deeds == []


@pytest.mark.parametrize("all_of_it", [False, True])
async def test_without_memory_the_input_stays(
    village: Village, monkeypatch: pytest.MonkeyPatch, *, all_of_it: bool
) -> None:
    """When nothing can be saved the form comes back with the input, and goes through later under the same key."""
    aoba = await village.enters("Aoba")
    await aoba.opens_home()
    await aoba.presses(JA["changed"])
    once = aoba.browser.main.one("input", lambda node: node["name"] == "once")["value"]
    village.down = True
    with monkeypatch.context() as patch:
        if all_of_it:
            patch.setattr(StoredDoors, "inside", unavailable)
        came = await aoba.submits(text="a long story", consent=True)
    assert aoba.browser.response.status_code == 503
    assert aoba.browser.response.headers["retry-after"]
    assert say(INPUT_KEPT) in came
    assert came.values["text"] == "a long story"
    assert aoba.browser.main.one("input", lambda node: node["name"] == "once")["value"] == once
    village.down = False
    await aoba.submits()
    assert village.deeds == ["told:work:a long story:everyone:True"]


async def unavailable(*_: object) -> None:
    raise Unavailable


async def test_without_memory_a_press_can_be_tried_again(village: Village) -> None:
    """A button and a command are kept too; pages just say so."""
    await village.receives("Aoba", prompt(JA))
    aoba = await village.enters("Aoba")
    await aoba.inbox()
    village.down = True
    await aoba.presses(JA["same"])
    assert aoba.browser.response.status_code == 503
    again = aoba.browser.main.one("form")
    command = aoba.browser.page.one("form", lambda node: node["action"] == "/ask")
    assert (await aoba.browser.submit(command, words="help")).text
    words = aoba.browser.page.one("input", lambda node: node["name"] == "words")
    assert words["value"] == "help"
    await aoba.browser.get("/")
    assert tells(aoba.browser, UNAVAILABLE)
    village.down = False
    assert JA["thanks"] in await aoba.browser.submit(again)
    assert village.deeds == ["same:autumn"]


async def test_every_page_carries_the_guarding_headers(village: Village) -> None:
    """Pages, errors, redirects and files alike; personal pages are kept nowhere."""
    aoba = await village.enters("Aoba")
    for path in ("/", "/inbox", "/nowhere", "/static/portal.css", "/door/nonsense", "/inbox/"):
        response = await aoba.browser.client.get(path, follow_redirects=False)
        headers = response.headers
        policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["strict-transport-security"].startswith("max-age=31536000")
        if response.headers.get("content-type", "").startswith("text/html"):
            assert headers["cache-control"] == "no-store"


async def test_pages_need_nothing_inline_and_nothing_from_elsewhere(village: Village) -> None:
    """What the policy forbids is not there to begin with."""
    aoba = await village.enters("Aoba")
    for path in ("/", "/inbox", "/board", "/nowhere"):
        await aoba.browser.get(path)
        for node in aoba.browser.page:
            assert node.tag != "style"
            assert not any(name.startswith("on") or name == "style" for name in node.attributes)
            if node.tag in {"script", "link", "img"}:
                assert (node["src"] or node["href"]).startswith("/static/")
                assert (await aoba.browser.client.get(node["src"] or node["href"])).status_code == 200


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_refusals_speak_the_readers_language(village: Village, language: str) -> None:
    """No such page, another method, too much: a page in the browser's language, with the right status."""
    reader = Reader(language)
    browser = village.stage.browser(language)
    await browser.get("/nowhere")
    assert browser.response.status_code == 404
    assert reader(texts.NOT_FOUND) in browser.main.words
    assert browser.page.one("html")["lang"] == language
    for method, path in (("GET", "/press"), ("DELETE", "/")):
        response = await browser.client.request(method, path)
        assert response.status_code == 405
        assert response.headers["allow"]
        assert reader(texts.NOT_THIS_WAY) in response.text
    assert (await browser.client.head("/")).status_code == 200


@pytest.mark.parametrize("told", [True, False])
async def test_too_much_at_once_is_refused(village: Village, *, told: bool) -> None:
    """With or without a length told beforehand, over 1 MB is a page with a sentence."""
    aoba = await village.enters("Aoba")
    body = b"words=" + b"a" * BODY_MAX

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 8192):
            yield body[start : start + 8192]

    headers = {"content-type": "application/x-www-form-urlencoded"}
    response = await aoba.browser.client.post("/ask", content=body if told else pieces(), headers=headers)
    assert response.status_code == 413
    assert say(texts.TOO_LARGE) in response.text


async def test_a_mistake_of_ours_is_a_page_and_a_line_without_content(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever breaks, a person reads a sentence, and the log says where and what kind, nothing of them."""
    aoba = await village.enters("Aoba")

    async def breaks(*_: object, **__: object) -> None:
        raise ValueError("Aoba wrote a private thing")

    monkeypatch.setattr("bot.portal.members.asked", lambda *_, **__: breaks())
    monkeypatch.setattr("storage.doors.StoredDoors.inside", breaks)
    with capture_logs() as logs:
        response = await aoba.browser.client.post("/ask", data={"words": "a private thing"})
    assert response.status_code == 500
    assert say(BROKEN) in response.text
    assert [(line["event"], line["error"]) for line in logs] == [("portal page failed", "ValueError")]
    assert "private" not in str(logs)
    assert village.members["Aoba"] not in str(logs)


async def test_nothing_personal_is_stored_readable(village: Village) -> None:
    """A link, a session and a letter leave no readable token, name or text in the database file."""
    link = await village.stage.link(village.handle("Aoba"))
    aoba = await village.enters("Aoba")
    await village.receives("Aoba", sentence("a private thing"), "a telling key")
    token = aoba.browser.client.cookies["__Host-enishi"]
    stored = b"".join(path.read_bytes() for path in village.database.path.parent.glob("village.db*"))
    nonce = link.rsplit("/", 1)[1].split(".")[0]
    for secret in (nonce, token, "a private thing", "a telling key", "Aoba"):
        assert secret.encode() not in stored


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "ja"),
        ("en-GB,en;q=0.9", "en"),
        ("fr, de;q=0.8", "ja"),
        ("fr, en;q=0.5, ja;q=0.8", "ja"),
        ("en;q=0", "ja"),
        ("en;q=x, ja", "ja"),
        ("*", "ja"),
    ],
)
def test_a_browser_says_its_language(accepted: str, language: str) -> None:
    """The best of the languages we have, Japanese when there is none."""
    assert stranger(accepted).language == language


def test_a_signature_grows_old() -> None:
    """A day after it was made a link is dead by its signature alone."""
    links = Links(BASE, LINK_KEYS)
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        signed = links.url("nonce").rsplit("/", 1)[1]
        clock.shift(timedelta(hours=24))
        assert links.nonce(signed) == "nonce"
        clock.shift(timedelta(seconds=1))
        assert links.nonce(signed) is None
