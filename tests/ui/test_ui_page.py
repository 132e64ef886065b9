"""The page without a browser: Streamlit's own test harness, the real reader, real pictures."""

from __future__ import annotations

import io
import re
import sys
from collections import deque
from pathlib import Path

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from idcard_core.card import FieldName, Side
from idcard_core.errors import ImageDataError
from idcard_core.specimen import Condition, Sample, shipped_samples
from idcard_core.ui.own_api import SCRIPT
from idcard_core.ui.state import Session

sys.path.insert(0, str(Path(__file__).parents[1] / "intake"))
from intake_documents import encrypted_pdf, pdf_by_hand, pdf_of

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
    page = AppTest.from_file(str(SCRIPT), default_timeout=PATIENCE_S).run()
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


def test_a_card_is_read_and_becomes_a_row(app: AppTest) -> None:
    sample = a_sample(Side.FRONT)
    hand_in(app, ("card.jpg", sample.path.read_bytes()))
    html = page_html(app)
    assert sample.label.cards[0].fields[FieldName.IDCARDNO] in html
    assert 'data-verdict="direction"' in html
    shares = [float(share) for share in re.findall(r'data-risk=.*?id-right">([\d.]+)%', html)]
    assert len(shares) == 5
    assert sum(shares) == pytest.approx(100, abs=0.3)
    (row,) = state_of(app).rows
    assert row.sides == (Side.FRONT,)
    assert row.milliseconds > 0
    assert row.marks[FieldName.IDCARDNO] is True
    assert "*" in row.number
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


def test_the_pages_of_a_pdf_are_read_like_several_pictures(app: AppTest) -> None:
    samples = [a_sample(Side.FRONT), a_sample(Side.BACK)]
    scan = pdf_of(*(Image.open(sample.path) for sample in samples))
    hand_in(app, ("scan.pdf", scan))
    state = state_of(app)
    assert [(row.file, row.page, row.sides) for row in state.rows] == [
        ("scan.pdf", 1, (Side.FRONT,)),
        ("scan.pdf", 2, (Side.BACK,)),
    ]
    assert "scan.pdf · 第 1 页" in page_html(app)
    assert samples[0].label.cards[0].fields[FieldName.IDCARDNO] in page_html(app)
    state.shown = state.rows[1].id
    app.run()
    assert samples[1].label.cards[0].fields[FieldName.GOV] in page_html(app)


def test_a_pdf_of_one_page_is_called_by_its_file(app: AppTest) -> None:
    hand_in(app, ("card.pdf", pdf_of(Image.open(a_sample(Side.FRONT).path))))
    assert [(row.file, row.page) for row in state_of(app).rows] == [("card.pdf", None)]
    assert 'data-side="front"' in page_html(app)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(encrypted_pdf(), "这个 PDF 有密码，请去掉密码后再上传。", id="encrypted"),
        pytest.param(b"%PDF-1.7 and then nothing", "这个 PDF 文件打不开，可能已经损坏。", id="broken"),
        pytest.param(pdf_by_hand(pages=51), "这个文件的页数超过了上限", id="too many pages"),
    ],
)
def test_a_pdf_that_is_refused_is_one_row(app: AppTest, data: bytes, said: str) -> None:
    hand_in(app, ("scan.pdf", data))
    assert said in page_html(app)
    assert [row.failure.code if row.failure else 0 for row in state_of(app).rows] == [462]


def test_two_fronts_on_one_picture_are_both_there(app: AppTest) -> None:
    sample, other = a_sample(Side.FRONT, Condition.PLAIN), a_sample(Side.FRONT, Condition.TILT)
    hand_in(app, ("two.jpg", side_by_side(sample.path, other.path)))
    html = page_html(app)
    names = [found.label.cards[0].fields[FieldName.NAME] for found in (sample, other)]
    assert all(f">{name}</span>" in html for name in names)
    assert html.index(names[0]) < html.index(names[1])
    assert html.count('data-side="front"') == 2
    (row,) = state_of(app).rows
    assert row.sides == (Side.FRONT, Side.FRONT)
    assert row.number.count("*" * 10) == 2
    exhibit = state_of(app).shelf.get(row.id)
    assert exhibit is not None
    assert all(name in exhibit.wire_detail for name in names)


def side_by_side(*paths: Path) -> bytes:
    """The pictures next to each other, as one PNG."""
    pictures = [Image.open(path) for path in paths]
    whole = Image.new("RGB", (sum(p.width for p in pictures), max(p.height for p in pictures)))
    left = 0
    for picture in pictures:
        whole.paste(picture, (left, 0))
        left += picture.width
    file = io.BytesIO()
    whole.save(file, "PNG")
    return file.getvalue()


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
    page = AppTest.from_file(str(SCRIPT), default_timeout=PATIENCE_S)
    page.query_params["lang"] = "en"
    page.run()
    assert "Try it on a card" in page_html(page)


def test_a_language_nobody_offers_is_chinese() -> None:
    page = AppTest.from_file(str(SCRIPT), default_timeout=PATIENCE_S)
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
