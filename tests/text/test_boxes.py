"""From the detector's map to boxes."""

import cv2
import numpy as np
import pytest

from idcard_core.text.boxes import BoxRule, boxes_from_map, reading_quad


def _map_with(centre, size, angle, value=0.9):
    canvas = np.zeros((200, 300), np.float32)
    cv2.fillConvexPoly(canvas, np.round(cv2.boxPoints((centre, size, angle))).astype(np.int32), value)
    return canvas


@pytest.mark.parametrize(
    ("angle", "first_edge"),
    [
        pytest.param(0, (1, 0), id="level: the first edge points right"),
        pytest.param(30, (np.cos(np.pi / 6), 0.5), id="falling: right and down"),
        pytest.param(-40, (np.cos(np.radians(40)), -np.sin(np.radians(40))), id="rising: right and up"),
        pytest.param(90, (0, 1), id="upright: down"),
    ],
)
def test_a_bar_becomes_one_box_around_it(angle, first_edge):
    boxes = boxes_from_map(_map_with((150, 100), (120, 16), angle), (1, 1))
    assert len(boxes) == 1
    quad = boxes[0].quad
    along = (quad[1] - quad[0]) / np.hypot(*(quad[1] - quad[0]))
    assert along == pytest.approx(first_edge, abs=0.05)
    assert quad.mean(axis=0) == pytest.approx((150, 100), abs=1.5)


def test_a_box_is_grown_by_area_times_ratio_over_perimeter():
    box = boxes_from_map(_map_with((150, 100), (99, 19), 0), (1, 1), BoxRule(unclip_ratio=1.5))[0]
    width, height = 100, 20
    offset = width * height * 1.5 / (2 * (width + height))
    assert np.hypot(*(box.quad[1] - box.quad[0])) == pytest.approx(width + 2 * offset, rel=0.03)
    assert np.hypot(*(box.quad[2] - box.quad[1])) == pytest.approx(height + 2 * offset, rel=0.06)


def test_boxes_are_scaled_to_the_picture_the_map_was_made_from():
    one, other = (boxes_from_map(_map_with((150, 100), (120, 16), 0), scale)[0].quad for scale in ((1, 1), (2, 3)))
    assert other == pytest.approx(one * (2, 3), abs=1e-3)


@pytest.mark.parametrize(
    ("value", "size"),
    [
        pytest.param(0.45, (120, 16), id="too faint"),
        pytest.param(0.9, (40, 1), id="too thin"),
    ],
)
def test_what_is_no_line_of_text_is_left_out(value, size):
    assert boxes_from_map(_map_with((150, 100), size, 0, value), (1, 1), BoxRule(shortest_side=3)) == []


def test_the_order_of_corners_given_does_not_matter():
    corners = np.array([[10, 10], [60, 10], [60, 20], [10, 20]], np.float32)
    for turn in range(4):
        for order in (1, -1):
            assert reading_quad(np.roll(corners, turn, axis=0)[::order]) == pytest.approx(corners)
