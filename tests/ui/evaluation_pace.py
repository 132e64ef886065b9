"""How long the page "Labels and evaluation" takes to show with 2 000 labelled samples, two runs over them and 10 000
readings: ``python tests/ui/evaluation_pace.py [FOLDER]``, where the folder keeps the store for another time.

No test: what it prints depends on what else the machine does.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from evaluation_seed import NOW, seed_readings, seed_run, seed_set
from playwright.sync_api import Page, sync_playwright
from real_browser import ARGUMENTS, CHROMIUM

sys.path.insert(0, str(Path(__file__).parent))
from dashboard_server import dashboard_server

SAMPLES, READINGS, ROUNDS = 2000, 10_000, 5
VIEWS = {
    "样本": ".id-sample-card img",
    "结果": "[data-panel=stages]",
    "对比": ".id-card-row img",
    "导入": "[data-testid=stFileUploader]",
}


def fill(folder: Path) -> None:
    from idcard_core.settings import Settings
    from idcard_core.store.store import open_store

    store = open_store(Settings())
    if store.samples.sets():
        return
    set_id = seed_set(store, "门店三月", SAMPLES)
    seed_run(store, set_id, "openvino", 0.08)
    seed_run(store, set_id, "paddleocr", 0.14, NOW + timedelta(days=1))
    seed_readings(store, READINGS)
    store.close()


def measure(page: Page, act: Callable[[], object], shown: str) -> float:
    """Milliseconds from the act until what it leads to is there and nothing of before is left."""
    start = time.perf_counter()
    act()
    page.locator(shown).first.wait_for()
    page.wait_for_function("!document.querySelector('[data-stale=true]')")
    return (time.perf_counter() - start) * 1000


def tell(name: str, times: list[float]) -> None:
    first, *rest = times
    print(f"{name}: first {first:.0f} ms, then {' '.join(f'{ms:.0f}' for ms in rest)}")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp())
    os.environ["IDCARD_DATA"] = str(folder)
    fill(folder)
    home = Path(tempfile.mkdtemp())
    with dashboard_server(home, {"IDCARD_DATA": str(folder)}) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.set_default_timeout(60_000)
        page.goto(server.address)
        page.locator(".id-brand").wait_for()
        time.sleep(15)  # the models load in the background
        shown = VIEWS["样本"]
        opened = [measure(page, lambda: page.goto(f"{server.address}/evaluation"), shown) for _ in range(ROUNDS)]
        tell("open the page by its address", opened)
        times: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            for view in ("结果", "对比", "导入", "样本"):
                button = page.locator(".st-key-evaluation_view button", has_text=view)
                times.setdefault(view, []).append(measure(page, button.click, VIEWS[view]))
        for view, found in times.items():
            tell(view, found)
        turned = [
            measure(page, page.locator(".st-key-samples_on button").click, f"text=第 {24 * (n + 1) + 1} 至")
            for n in range(ROUNDS)
        ]
        tell("another page of samples", turned)
        page.locator(".st-key-evaluation_view button", has_text="结果").click()
        row = page.locator("[data-panel=conditions] .id-forest-row[data-pick]").first
        row.wait_for()
        tell("the cards behind a figure", [measure(page, row.click, "[data-testid=stDialog] .id-card-row img")])
        browser.close()


if __name__ == "__main__":
    main()
