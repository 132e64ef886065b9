"""History rows, their summary, and the shelf of recent pictures."""

from __future__ import annotations

import pytest
from ui_readings import make_exhibit, make_row

from idcard_core.card import FieldName, Side
from idcard_core.masking import mask_numbers
from idcard_core.ui.history import Failure, Score, summarise
from idcard_core.ui.look import milliseconds, percent
from idcard_core.ui.pages.try_it.session_panel import row_cells
from idcard_core.ui.shelf import Original, Shelf
from idcard_core.ui.strings import Language, Texts

EN = Texts(Language.EN)
NAME, SEX = FieldName.NAME, FieldName.SEX


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("11010119491231002X", "1101**********002X", id="an id number"),
        pytest.param("scan-110101194912310021.jpg", "scan-1101**********0021.jpg", id="inside a file name"),
        pytest.param("IMG_20260102.jpg", "IMG_20****02.jpg", id="any long number"),
        pytest.param("card 12.jpg", "card 12.jpg", id="short numbers stay"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_numbers_are_masked(text: str, masked: str) -> None:
    assert mask_numbers(text) == masked


def test_a_summary_counts_labelled_pictures_only_for_accuracy() -> None:
    rows = [
        make_row(1, marks={NAME: True, SEX: True}),
        make_row(2, marks={NAME: True, SEX: False}),
        make_row(3),
    ]
    summary = summarise(rows)
    assert summary.recognitions == 3
    assert summary.cards == Score(1, 2)
    assert summary.fields[NAME] == Score(2, 2)
    assert summary.fields[SEX] == Score(1, 2)
    assert summary.all_fields == Score(3, 4)
    assert summary.fields[FieldName.GOV].share is None


def test_latency_leaves_errors_out() -> None:
    rows = [make_row(n, float(n)) for n in range(1, 101)]
    rows.append(make_row(101, 90_000.0, failure=Failure(462, "broken")))
    summary = summarise(rows)
    assert summary.failures == 1
    assert summary.latency_ms == pytest.approx({50: 50.5, 90: 90.1, 99: 99.01})


def test_an_empty_session_has_no_latency() -> None:
    assert summarise([]).latency_ms == {}


@pytest.mark.parametrize(
    ("share", "text"),
    [(None, "—"), (1.0, "100 %"), (0.9996, "99.9 %"), (0.5, "50.0 %")],
    ids=["nothing to count", "all", "never rounded up to all", "half"],
)
def test_percent(share: float | None, text: str) -> None:
    assert percent(share) == text


def test_milliseconds() -> None:
    assert [milliseconds(181.6), milliseconds(1240.0)] == ["182 ms", "1.24 s"]


def test_the_shelf_keeps_the_newest() -> None:
    shelf = Shelf(most=2)
    for number in range(4):
        shelf.put(make_exhibit(number))
    assert len(shelf) == 2
    assert shelf.get(1) is None
    assert shelf.get(3) is not None


def test_the_shelf_is_bounded_in_bytes_but_keeps_the_last_one() -> None:
    shelf = Shelf(most=100, most_bytes=3_000_000)
    for number in range(50):
        shelf.put(make_exhibit(number, source=bytes(1_000_000)))
        assert shelf.size_bytes <= 3_000_000
    shelf.put(make_exhibit(50, source=bytes(9_000_000)))
    assert len(shelf) == 1
    assert shelf.get(50) is not None


def test_the_pages_of_a_document_weigh_its_bytes_once() -> None:
    shelf, document = Shelf(most=100, most_bytes=3_000_000), bytes(1_000_000)
    for page in range(1, 31):
        shelf.put(make_exhibit(page, original=Original("scan.pdf", document, page=page)))
    assert len(shelf) == 30


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        ((), "—"),
        ((Side.FRONT,), "Portrait"),
        ((Side.BACK, Side.FRONT), "Both"),
        ((Side.FRONT, Side.FRONT), "2 cards"),
        ((Side.FRONT, Side.BACK, Side.FRONT), "3 cards"),
    ],
    ids=["none", "one", "both", "two fronts", "three"],
)
def test_the_history_says_which_sides_there_were(sides: tuple[Side, ...], said: str) -> None:
    cells = row_cells(make_row(sides=sides), [], EN)
    assert cells["Side"] == said


def test_the_history_tells_pages_and_fields_to_review() -> None:
    cells = row_cells(make_row(file="scan.pdf", page=3, doubted=(NAME, FieldName.ADDRESS)), [], EN)
    assert (cells["File"], cells["Review"]) == ("scan.pdf · page 3", "Name, Addr.")
    assert row_cells(make_row(), [], EN)["Review"] == ""
