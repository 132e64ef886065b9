"""Painted pictures: the same from the same seed, the card whole in the picture, a device always itself."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from idcard_core.specimen.painted import take
from idcard_core.specimen.painted.camera import Camera
from idcard_core.specimen.painted.prints import Printer
from idcard_core.specimen.painted.screens import Screen
from idcard_core.specimen.painted.stage import CARD_QUAD, at, draw_view
from idcard_core.specimen.presented import Presented, Taken
from idcard_core.specimen.sensor import from_jpeg

KINDS = pytest.mark.parametrize("presented", list(Presented), ids=[kind.value for kind in Presented])


def taken(presented: Presented, seed: int, number: int = 5) -> Taken:
    return take(np.random.default_rng([11, seed]), presented, number)


@KINDS
def test_the_same_seed_gives_the_same_picture_and_another_seed_another(presented: Presented) -> None:
    first, second = taken(presented, 1), taken(presented, 1)
    assert first.jpeg == second.jpeg
    assert np.array_equal(first.quad, second.quad)
    assert first.way == second.way
    assert first.jpeg != taken(presented, 2).jpeg


@KINDS
@pytest.mark.parametrize("seed", range(3))
def test_the_card_lies_whole_and_clockwise_in_the_picture(presented: Presented, seed: int) -> None:
    result = taken(presented, seed, number=seed * 31)
    height, width = from_jpeg(result.jpeg).shape[:2]
    assert result.presented is presented
    assert result.way
    assert result.quad.dtype == np.float32
    assert result.quad.shape == (4, 2)
    assert max(height, width) <= 2600
    assert (result.quad >= 0).all()
    assert (result.quad <= (width, height)).all()
    # clockwise as seen, y downward
    assert cv2.contourArea(result.quad, oriented=True) > 0
    top = float(np.linalg.norm(result.quad[1] - result.quad[0]))
    bottom = float(np.linalg.norm(result.quad[2] - result.quad[3]))
    assert 390 <= (top + bottom) / 2 <= 2010


@pytest.mark.parametrize("kind", [Camera, Printer, Screen])
def test_a_device_keeps_its_properties(kind: type[Camera] | type[Printer] | type[Screen]) -> None:
    assert kind.of(17) == kind.of(17)
    assert len({repr(kind.of(number)) for number in range(160)}) == 160


def test_the_first_corner_is_the_cards_own_top_left() -> None:
    views = [draw_view(np.random.default_rng(seed), CARD_QUAD, 600, False) for seed in range(40)]
    for view in views:
        assert np.allclose(at(CARD_QUAD[:1], view.matrix), view.quad[:1], atol=0.05)
    turned = sum(float(view.quad[0, 0]) > float(view.quad[1, 0]) for view in views)
    assert 0 < turned < 20
