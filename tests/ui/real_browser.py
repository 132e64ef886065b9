"""The Chromium that the dashboard's tests click through, where there is one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = os.environ.get("IDCARD_TEST_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
needs_chromium = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no Chromium on this machine")


@contextmanager
def a_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


def settle(page: Page) -> None:
    """Wait until the page's script has run to its end, as people do before they choose the next thing.

    What is chosen while it still runs, on the way to another page or into an upload, may be lost by Streamlit.
    """
    page.wait_for_timeout(300)  # until what was chosen last has reached the server
    expect(page.get_by_test_id("stApp").first).to_have_attribute("data-test-script-state", "notRunning")
