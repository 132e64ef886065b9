"""How long the page "Review" takes to show with 2 000 items and 10 000 readings: ``python tests/ui/review_pace.py``.

No test: what it prints depends on what else the machine does.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from dashboard_server import dashboard_server
from playwright.sync_api import Page
from real_browser import a_browser
from review_browser import Reviewer
from review_items import put_many, put_mistakes, store_in

ROUNDS = 5


def seconds(page: Page) -> float:
    """From the click on the page's name to its first field."""
    page.get_by_role("link", name="试读", exact=True).click()
    page.locator("input[type=file]").first.wait_for(state="attached")
    page.wait_for_function("!document.querySelector('[data-stale=true]')")
    began = time.perf_counter()
    page.get_by_role("link", name="复核", exact=True).click()
    page.locator(".fields .row").first.wait_for()
    return time.perf_counter() - began


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    store = store_in(folder / "data")
    put_mistakes(store, 8)
    with dashboard_server(folder) as running, a_browser() as browser:
        reviewer = Reviewer(browser, running.address, "王芳")
        reviewer.number.wait_for()
        for name in ("little", "much"):
            print(f"{name} in the store:", *(f"{seconds(reviewer.page):.2f} s" for _ in range(ROUNDS)))
            if name == "little":
                put_many(store, readings=10_000, items=2_000)
        reviewer.leave()
    store.close()


if __name__ == "__main__":
    main()
