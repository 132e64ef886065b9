"""What the risk networks look at."""

from __future__ import annotations

import numpy as np
import pytest

from idcard_core.judge.risk.views import rest_of

LEVELS = 16


def test_what_a_blur_leaves_over_is_nothing_where_a_piece_has_one_colour() -> None:
    assert np.abs(rest_of(np.full((2, 24, 24, 3), (0, 130, 255), np.uint8))).max() < 1e-5


@pytest.mark.parametrize(("y", "x"), [(10, 12), (0, 0), (1, 23), (23, 5)], ids=["inside", "corner", "rim", "bottom"])
def test_the_blur_is_the_mean_of_five_by_five_pixels_and_knows_none_beyond_its_piece(y: int, x: int) -> None:
    pieces = np.random.default_rng(3).integers(0, 256, (3, 24, 24, 3), dtype=np.uint8)
    around = pieces[1, max(0, y - 2) : y + 3, max(0, x - 2) : x + 3].astype(float)
    expected = (pieces[1, y, x] - around.mean(axis=(0, 1))) / LEVELS
    assert rest_of(pieces)[1, y, x] == pytest.approx(expected, abs=1e-4)
