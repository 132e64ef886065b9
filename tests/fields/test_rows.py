"""Boxes into rows."""

import numpy as np

from idcard_core.fields.rows import rows_of
from idcard_core.text.engine import TextBox


def _box(left, middle, right, height=40, slope=0.0):
    fall = slope * (right - left)
    top, bottom = middle - height / 2, middle + height / 2
    quad = [[left, top], [right, top + fall], [right, bottom + fall], [left, bottom]]
    return TextBox(np.array(quad, np.float32), 0.9)


def test_label_and_value_of_one_row_are_read_together():
    rows = rows_of([_box(40, 72, 110), _box(150, 74, 260)])
    assert len(rows) == 1
    assert rows[0].left < 40
    assert rows[0].right > 260


def test_rows_come_from_top_to_bottom_whatever_order_the_detector_found_them_in():
    boxes = [_box(40, 260, 500), _box(40, 72, 260), _box(40, 194, 420), _box(40, 132, 380)]
    assert [round(row.middle) for row in rows_of(boxes)] == [72, 132, 194, 260]


def test_a_falling_card_s_rows_do_not_mix():
    """Over its width a row falls further than rows are apart."""
    slope = 0.15
    boxes = [
        _box(40, 72, 110, slope=slope),
        _box(200, 72 + 160 * slope, 500, slope=slope),
        _box(40, 120, 500, slope=slope),
    ]
    rows = rows_of(boxes)
    assert len(rows) == 2
    assert rows[0].right > 500


def test_the_label_of_the_number_needs_no_reading():
    (row,) = rows_of([_box(40, 463, 220, 34), _box(280, 463, 780, 44)])
    assert row.left > 250


def test_on_a_temporary_card_the_number_is_read_apart_from_its_label():
    rows = rows_of([_box(40, 410, 220, 34), _box(280, 410, 780, 44), _box(40, 455, 400, 34)])
    assert len(rows) == 3


def test_a_single_character_that_is_higher_than_wide_makes_a_level_row():
    upright = TextBox(np.array([[170, 350], [170, 400], [140, 400], [140, 350]], np.float32), 0.9)
    (row,) = rows_of([upright])
    assert row.height < 60
    assert abs(row.slope) < 0.01


def test_a_row_without_its_label_begins_where_the_labels_begin():
    boxes = [_box(40, 72, 260), _box(230, 132, 380), _box(40, 194, 420), _box(40, 260, 500)]
    row = rows_of(boxes)[1]
    assert row.left < 60


def test_steep_boxes_are_no_print_of_the_card():
    assert rows_of([_box(40, 100, 140, slope=1.0)]) == []


def test_nothing_gives_nothing():
    assert rows_of([]) == []
