"""The server killed while a reviewer works, again and again: no event that was called saved is lost or half written."""

from __future__ import annotations

import random
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parent))
from dashboard_server import DashboardServer, dashboard_server, free_port
from real_browser import a_browser, needs_chromium
from review_browser import Reviewer
from review_items import put_mistakes, store_in

from idcard_core.card import FieldName
from idcard_core.store.review.actions import ChangeField
from idcard_core.store.store import Store

pytestmark = needs_chromium
KILLS = 4
FEWEST = 2
"""Events confirmed before each kill."""


def test_killed_while_saving(tmp_path: Path) -> None:
    store = store_in(tmp_path / "data")
    item = put_mistakes(store, 1)[0].item
    port, confirmed = free_port(), 0
    with a_browser() as browser, ExitStack() as stack:
        server = stack.enter_context(dashboard_server(tmp_path, port=port))
        reviewer = Reviewer(browser, server.address, "王芳", f"?item={item}")
        reviewer.at(item)
        for kill in range(KILLS):
            confirmed = _save_until_killed(reviewer, server, confirmed, kill)
            _check(store, item, confirmed)
            server = stack.enter_context(dashboard_server(tmp_path, port=port))
            confirmed = _found_again(reviewer, store, item)
        reviewer.leave()
    store.close()


def _save_until_killed(reviewer: Reviewer, server: DashboardServer, confirmed: int, kill: int) -> int:
    """Save one value after another until the server is gone; how many events were called saved."""
    for _ in range(FEWEST):
        confirmed += 1
        reviewer.type(_value(confirmed))
        reviewer.press("Enter")
        reviewer.settled()
        reviewer.press("Alt+ArrowUp")
    confirmed += 1
    reviewer.type(_value(confirmed))
    reviewer.press("Enter")
    time.sleep(random.Random(kill).uniform(0, 0.15))
    said = reviewer.saved.get_attribute("data-state")
    server.end(signal.SIGKILL)
    return confirmed if said == "saved" else confirmed - 1


def _value(number: int) -> str:
    return f"第{number}次"


def _check(store: Store, item: int, confirmed: int) -> None:
    """Every event whole and in its order, all that were called saved, and at most one that nobody was told of."""
    opened = store.review.open(item)
    changes = [event.action for event in opened.events]
    assert changes == [ChangeField(0, FieldName.NAME, _value(number)) for number in range(1, len(changes) + 1)]
    assert [event.version for event in opened.events] == list(range(1, opened.item.version + 1))
    assert 0 <= len(changes) - confirmed <= 1


def _found_again(reviewer: Reviewer, store: Store, item: int) -> int:
    """The page, never loaded anew, saves what was typed once there is a server again; how many events there are."""
    typed = reviewer.field().input_value()
    reviewer.settled()
    reviewer.at(item)
    expect(reviewer.field()).to_have_value(typed)
    events = store.review.open(item).events
    assert events[-1].action == ChangeField(0, FieldName.NAME, typed)
    reviewer.field().focus()
    return len(events)
