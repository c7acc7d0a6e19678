"""The browser that pages and cards are looked at with: the machine's own Chromium, without a window."""

import os
import shutil

import pytest
from playwright.async_api import Browser, Playwright

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def required() -> None:
    """Skip the test where there is none, or fail it where ENISHI_TEST_BROWSER says that there has to be one."""
    if PROGRAM is None:
        if os.environ.get("ENISHI_TEST_BROWSER") == "required":
            pytest.fail("ENISHI_TEST_BROWSER=required, but there is no chromium on the PATH")
        pytest.skip("there is no chromium on the PATH")


async def launched(playwright: Playwright) -> Browser:
    """A browser, which whoever asked closes."""
    required()
    flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    return await playwright.chromium.launch(executable_path=PROGRAM, args=flags)
