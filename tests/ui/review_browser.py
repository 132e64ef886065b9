"""The review page in a real browser, on a real server whose store the test fills and looks into."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, Page, expect

from idcard_core.store.review.actions import Event
from idcard_core.store.store import Store

PATIENCE_MS = 60_000
"""A machine may be busy with other tests."""


class Reviewer:
    """Somebody at the desk, in a browser profile of their own."""

    def __init__(self, browser: Browser, address: str, name: str, query: str = "") -> None:
        self.name = name
        self.context = browser.new_context(viewport={"width": 1280, "height": 720})
        self.context.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.broken: list[str] = []
        self.page.on("pageerror", lambda error: self.broken.append(str(error)))
        self.page.goto(f"{address}/review{query}")
        self.page.locator("form input#name").wait_for()
        self.page.keyboard.type(name)
        self.page.keyboard.press("Enter")

    def leave(self) -> None:
        self.context.close()
        assert self.broken == []

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """In the place of what stands in the focused field."""
        self.press("Control+A")
        self.page.keyboard.insert_text(text)

    @property
    def number(self) -> Locator:
        return self.page.locator(".title > b")

    @property
    def toast(self) -> Locator:
        return self.page.locator(".toast")

    @property
    def saved(self) -> Locator:
        return self.page.locator(".saved")

    def field(self, place: str = "0.name") -> Locator:
        return self.page.locator(f'[id="field-{place}"]')

    def at(self, item: int) -> None:
        """Wait until ``item`` is on the desk, with nothing on its way to the server."""
        expect(self.number).to_have_text(f"#{item}")
        expect(self.page.locator(".desk")).to_have_attribute("aria-busy", "false")

    def gone_from(self, item: int) -> None:
        """Wait until ``item`` is not on the desk any more; another one is there, or none."""
        expect(self.number.filter(has_text=re.compile(rf"^#{item}$"))).to_have_count(0)

    def settled(self, state: str = "saved") -> None:
        expect(self.saved).to_have_attribute("data-state", state)


def events_of(store: Store, item: int) -> tuple[Event, ...]:
    return store.review.open(item).events
