"""The simulator that renders a scene in three dimensions."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from idcard_core.specimen.presented import Presented, Taken
from idcard_core.specimen.rendered import take
from idcard_core.specimen.rendered.camera import camera_of
from idcard_core.specimen.rendered.prints import printer_of
from idcard_core.specimen.rendered.screens import panel_of

SEEDS = range(4)


def _taken(presented: Presented, seed: int) -> Taken:
    return take(np.random.default_rng([11, seed]), presented, seed * 7 % 160)


@pytest.fixture(scope="module")
def pictures() -> list[Taken]:
    return [_taken(presented, seed) for presented in Presented for seed in SEEDS]


@pytest.mark.parametrize("presented", list(Presented), ids=lambda presented: presented.value)
def test_the_same_seed_gives_the_same_picture(presented: Presented):
    one, two = _taken(presented, 9), _taken(presented, 9)
    assert one.jpeg == two.jpeg
    assert one.way == two.way
    np.testing.assert_array_equal(one.quad, two.quad)


def test_the_card_lies_in_the_picture_clockwise_from_its_top_left(pictures: list[Taken]):
    for taken in pictures:
        picture = cv2.imdecode(np.frombuffer(taken.jpeg, np.uint8), cv2.IMREAD_COLOR)
        height, width = picture.shape[:2]
        assert max(height, width) <= 2600
        assert taken.quad.dtype == np.float32
        assert taken.quad.shape == (4, 2)
        assert (taken.quad >= 0).all()
        assert (taken.quad <= [width, height]).all()
        sides = np.roll(taken.quad, -1, axis=0) - taken.quad
        turns = np.cross(np.c_[sides, np.zeros(4)], np.c_[np.roll(sides, -1, axis=0), np.zeros(4)])[:, 2]
        assert (turns > 0).all(), "clockwise, as y points down"
        lengths = np.linalg.norm(sides, axis=1)
        assert 395 <= lengths[0] <= 2100
        assert lengths[0] + lengths[2] > lengths[1] + lengths[3], "the first side is a long one"


def test_every_kind_is_named(pictures: list[Taken]):
    assert {taken.presented for taken in pictures} == set(Presented)
    assert all(taken.way for taken in pictures)


@pytest.mark.parametrize("owned", [camera_of, printer_of, panel_of], ids=["camera", "printer", "screen"])
def test_a_device_stays_what_it_is_and_differs_from_others(owned):
    assert owned(12) == owned(12)
    assert len({repr(owned(number)) for number in range(160)}) == 160
