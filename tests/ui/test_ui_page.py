"""The page without a browser: Streamlit's own test harness, the real reader, real pictures."""

from __future__ import annotations

from collections import deque
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import idcard_core
from idcard_core.card import FieldName, Side
from idcard_core.errors import ImageDataError
from idcard_core.specimen import Condition, Sample, shipped_samples
from idcard_core.ui.state import Session

APP = Path(idcard_core.__file__).parents[1] / "streamlit_app.py"
PATIENCE_S = 120
"""The models load during the first reading, on a machine that may be busy."""


def a_sample(side: Side, condition: Condition | None = None) -> Sample:
    """A readable shipped sample with one card that shows ``side``."""
    return next(
        sample
        for sample in shipped_samples()
        if [card.side for card in sample.label.cards] == [side]
        and sample.label.condition == (condition or sample.label.condition)
        and sample.label.readable
    )


@pytest.fixture
def app() -> AppTest:
    page = AppTest.from_file(str(APP), default_timeout=PATIENCE_S).run()
    assert not page.exception
    return page


def hand_in(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Upload ``files`` as (name, content)."""
    app.file_uploader[0].set_value([(name, content, "image/jpeg") for name, content in files]).run()
    assert not app.exception
    return app


def page_html(app: AppTest) -> str:
    """All HTML on the page, style sheet aside."""
    return "\n".join(element.proto.body for element in app.main.get("html") if "<style>" not in element.proto.body)


def state_of(app: AppTest) -> Session:
    state: Session = app.session_state["idcard.session"]
    return state


def test_the_empty_page_invites(app: AppTest) -> None:
    assert "试读一张身份证" in page_html(app)
    assert len(app.file_uploader) == 1
    assert not app.dataframe


def test_a_card_is_read_and_becomes_a_row(app: AppTest) -> None:
    sample = a_sample(Side.FRONT)
    hand_in(app, ("card.jpg", sample.path.read_bytes()))
    html = page_html(app)
    assert sample.label.cards[0].fields[FieldName.IDCARDNO] in html
    assert 'data-verdict="direction"' in html
    (row,) = state_of(app).rows
    assert row.sides == (Side.FRONT,)
    assert row.milliseconds > 0
    assert row.marks[FieldName.IDCARDNO] is True
    assert "*" in row.number
    assert len(app.dataframe[0].value) == 1
    assert app.file_uploader[0].value == []


def test_one_bad_file_does_not_hurt_the_others(app: AppTest) -> None:
    good = a_sample(Side.FRONT).path.read_bytes()
    hand_in(app, ("broken.jpg", b"\xff\xd8\xff\xe0 no picture"), ("card.jpg", good), ("empty.png", b""))
    html = page_html(app)
    assert ImageDataError.DECODE in html
    assert ImageDataError.EMPTY in html
    assert 'data-side="front"' in html
    state = state_of(app)
    assert [row.failure.code if row.failure else 0 for row in state.rows] == [462, 0, 462]
    assert state.shown == state.rows[1].id


def test_a_bad_file_leaves_the_history(app: AppTest) -> None:
    hand_in(app, ("card.jpg", a_sample(Side.FRONT).path.read_bytes()))
    hand_in(app, ("notes.txt", b"just some words"))
    assert ImageDataError.DECODE in page_html(app)
    assert len(state_of(app).rows) == 2
    state_of(app).shown = state_of(app).rows[0].id
    app.run()
    assert 'data-side="front"' in page_html(app)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/card.jpg", "ftp://example.com/card.jpg", "/etc/hostname", "file:///etc/hostname"],
    ids=["loopback", "no http", "a path of this machine", "a file address"],
)
def test_an_address_that_may_not_be_visited(app: AppTest, address: str) -> None:
    app.session_state["source"] = "url"
    app.run()
    app.text_input[0].set_value(address)
    app.button[0].set_value(True).run()
    assert not app.exception
    assert ImageDataError.DOWNLOAD in page_html(app)


def test_the_side_and_the_switches_reach_the_answer(app: AppTest) -> None:
    app.session_state["side"] = "back"
    for toggle in app.toggle:
        toggle.set_value(False)
    hand_in(app, ("card.jpg", a_sample(Side.FRONT).path.read_bytes()))
    html = page_html(app)
    assert "另一面" in html
    assert html.count("未检测") == 2
    assert '"direction"' not in app.code[0].value


def test_english() -> None:
    page = AppTest.from_file(str(APP), default_timeout=PATIENCE_S)
    page.query_params["lang"] = "en"
    page.run()
    assert "Try it on a card" in page_html(page)


def test_a_language_nobody_offers_is_chinese() -> None:
    page = AppTest.from_file(str(APP), default_timeout=PATIENCE_S)
    page.query_params["lang"] = "xx"
    page.run()
    assert "试读一张身份证" in page_html(page)


def test_no_array_is_kept_in_the_session(app: AppTest) -> None:
    import numpy as np

    hand_in(app, ("card.jpg", a_sample(Side.FRONT).path.read_bytes()))
    assert not any(isinstance(value, np.ndarray) for value in _inside(state_of(app)))


def _inside(value: object) -> list[object]:
    """``value`` and everything its slots, rows and mappings hold."""
    parts: list[object]
    if isinstance(value, dict):
        parts = list(value.values())
    elif isinstance(value, (list, tuple, set, deque)):
        parts = list(value)
    else:
        slots = getattr(type(value), "__slots__", ())
        parts = [getattr(value, name) for name in slots if hasattr(value, name)]
    return [value, *(found for part in parts for found in _inside(part))]
