"""Somebody at the page "Labels and evaluation" in a real browser, on a real server whose store the test fills."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from idcard_core.settings import Settings, StoreSettings
from idcard_core.store.store import Store, open_store

PATIENCE_MS = 150_000
"""A machine may be busy with other tests."""


def store_in(folder: Path) -> Store:
    """The store of a server whose data folder this is."""
    folder.mkdir(exist_ok=True)
    return open_store(
        Settings(
            database_url=f"sqlite:///{folder / 'idcard.db'}", store=StoreSettings(pictures_folder=folder / "pictures")
        )
    )


class Evaluator:
    """Somebody at the page, in a browser profile of their own."""

    def __init__(self, browser: Browser, address: str, query: str = "") -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 720}, accept_downloads=True)
        self.context.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.broken: list[str] = []
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))
        self.page.goto(f"{address}/evaluation{query}")
        self.page.locator(".st-key-evaluation-head").wait_for()

    def leave(self) -> None:
        self.context.close()
        assert self.broken == []

    def see(self, selector: str, text: str | re.Pattern[str] | None = None) -> Locator:
        """Wait for the first element of a kind; while Streamlit replaces a part of the page, the old one is there."""
        found = self.page.locator(selector, has_text=text) if text is not None else self.page.locator(selector)
        expect(found.first).to_be_visible()
        return found

    def settle(self) -> None:
        """Wait until nothing of an earlier run of the script is on the page."""
        self.page.wait_for_function("!document.querySelector('[data-stale=true]')")

    def view(self, name: str) -> None:
        self.page.locator(".st-key-evaluation_view button", has_text=name).click()

    def press(self, key: str) -> None:
        """The button with a key."""
        button = self.page.locator(f".st-key-{key} button").first
        expect(button).to_be_enabled()
        button.click()

    def choose(self, key: str, option: str) -> None:
        """An entry of a select box, typed if it is new."""
        box = self.page.locator(f".st-key-{key} input").first
        box.click()
        box.fill(option)
        self.page.keyboard.press("Enter")
        self.settle()

    def figure(self, name: str) -> str:
        return self.see(f"[data-figure={name}] .id-figure").first.inner_text()

    @property
    def dialog(self) -> Locator:
        return self.page.locator("[data-testid=stDialog]")

    def close(self) -> None:
        """The dialog that is open."""
        self.page.keyboard.press("Escape")
        expect(self.dialog).to_have_count(0)
