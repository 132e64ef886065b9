"""A reviewer's path of twenty items, done by keyboard alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parent))
from dashboard_server import dashboard_server
from real_browser import a_browser, needs_chromium
from review_browser import Reviewer, events_of
from review_items import Mistake, put_mistakes, store_in

from idcard_core.card import FieldName, RiskType
from idcard_core.store.review.actions import Accept, ChangeField, LabelRisk, NotACard, Postpone, Undo
from idcard_core.store.review.project import State
from idcard_core.store.store import Store

pytestmark = needs_chromium
COUNT = 20


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, list[Mistake], str]]:
    folder = tmp_path_factory.mktemp("review")
    store = store_in(folder / "data")
    mistakes = put_mistakes(store, COUNT)
    with dashboard_server(folder) as running:
        yield store, mistakes, running.address
    store.close()


def test_twenty_items_by_keyboard_alone(kept: tuple[Store, list[Mistake], str]) -> None:
    store, mistakes, address = kept
    with a_browser() as browser:
        reviewer, boxes = Reviewer(browser, address, "王芳"), []
        for number, mistake in enumerate(mistakes):
            reviewer.at(mistake.item)
            expect(reviewer.field()).to_be_focused()
            expect(reviewer.field()).to_have_value(mistake.read)
            boxes.append(reviewer.page.locator("button.primary[data-act=accept]").bounding_box())
            _judge(reviewer, number, mistake)
        expect(reviewer.page.locator("[data-empty=done]")).to_be_visible()
        reviewer.leave()
    assert all(box == boxes[0] for box in boxes), "nothing moves from item to item"
    for number, mistake in enumerate(mistakes):
        _check(store, number, mistake)
    assert store.review.queue.states() == {State.PENDING: 0, State.DONE: COUNT - 1, State.POSTPONED: 1}


def _judge(reviewer: Reviewer, number: int, mistake: Mistake) -> None:
    """Most are corrected and accepted; a few go other ways."""
    if number == 3:
        reviewer.press("Alt+P")
    elif number == 5:
        reviewer.press("Alt+N")
    elif number == 7:  # accepted too soon, taken back, corrected
        reviewer.press("Control+Enter")
        reviewer.gone_from(mistake.item)
        expect(reviewer.page.locator(".desk")).to_have_attribute("aria-busy", "false")
        reviewer.press("Alt+Z")
        reviewer.at(mistake.item)
        reviewer.type(mistake.truth)
        reviewer.press("Control+Enter")
    elif number == 9:  # passed over, and come back to
        reviewer.press("Alt+S")
        reviewer.gone_from(mistake.item)
        expect(reviewer.page.locator(".desk")).to_have_attribute("aria-busy", "false")
        reviewer.press("Alt+B")
        reviewer.at(mistake.item)
        reviewer.type(mistake.truth)
        reviewer.press("Control+Enter")
    elif number == 11:  # a label as well, from the keyboard
        reviewer.type(mistake.truth)
        reviewer.press("Alt+L", "Tab", "ArrowDown")
        expect(reviewer.page.locator("[data-label=risk]")).to_have_class("changed")
        reviewer.press("Control+Enter")
    else:  # the usual way: type, Enter to the button that accepts, Enter
        reviewer.type(mistake.truth)
        reviewer.press("Enter")
        expect(reviewer.page.locator("button.primary[data-act=accept]")).to_be_focused()
        reviewer.press("Enter")


def _check(store: Store, number: int, mistake: Mistake) -> None:
    opened = store.review.open(mistake.item)
    change = ChangeField(*mistake.place, mistake.truth)
    kinds = {
        3: [Postpone()],
        5: [NotACard()],
        7: [Accept(), Undo(), change, Accept()],
        11: [change, LabelRisk(RiskType.COPY), Accept()],
    }
    assert [event.action for event in opened.events] == kinds.get(number, [change, Accept()])
    assert {event.reviewer for event in opened.events} == {"王芳"}
    if number not in (3, 5):
        assert opened.verdict.fields == {(0, FieldName.NAME): mistake.truth}
        assert opened.verdict.state is State.DONE
    assert len(events_of(store, mistake.item)) == opened.item.version
