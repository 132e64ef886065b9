"""The learned locator: its geometry, and what it finds on the shipped specimens."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest

from idcard_core.card import Image, Points
from idcard_core.locate.network import CardLocator, distinct, quad_code, quad_of_code
from idcard_core.locate.placement import Placement
from idcard_core.locate.pose import overlap
from idcard_core.specimen.samples import Sample, shipped_samples

MOST_ERROR = 3.0
"""Mean distance of the corners, in % of the card's diagonal."""
READABLE = [sample for sample in shipped_samples() if sample.label.readable]


@pytest.fixture(scope="module")
def locator() -> CardLocator:
    return CardLocator()


def picture_of(sample: Sample) -> Image:
    picture = cv2.imdecode(np.fromfile(sample.path, np.uint8), cv2.IMREAD_COLOR)
    return np.asarray(picture, np.uint8)


def corner_error(found: Points, quad: Points) -> float:
    diagonal = np.linalg.norm(quad[2] - quad[0])
    return float(100 * np.linalg.norm(found - quad, axis=1).mean() / diagonal)


@pytest.mark.parametrize("sample", READABLE, ids=lambda sample: sample.path.stem)
def test_every_card_of_a_readable_specimen_is_found_with_its_corners_turn_and_side(
    locator: CardLocator, sample: Sample
) -> None:
    found = locator.find(picture_of(sample))
    assert len(found) == len(sample.label.cards)
    for card in sample.label.cards:
        nearest = max(found, key=lambda placement: overlap(placement.quad, card.corners))
        assert corner_error(nearest.quad, card.corners) < MOST_ERROR
        assert nearest.side is card.side


def test_cards_come_surest_first_with_scores_between_0_and_1(locator: CardLocator) -> None:
    two = next(sample for sample in READABLE if len(sample.label.cards) == 2)
    scores = [placement.score for placement in locator.find(picture_of(two))]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(np.full((480, 640, 3), 200, np.uint8), id="plain"),
        pytest.param(np.random.default_rng(1).integers(0, 255, (480, 640, 3)).astype(np.uint8), id="noise"),
        pytest.param(np.full((1, 1, 3), 90, np.uint8), id="one pixel"),
        pytest.param(np.full((3000, 20, 3), 90, np.uint8), id="a strip"),
    ],
)
def test_nothing_is_found_where_nothing_is(locator: CardLocator, picture: Image) -> None:
    assert locator.find(picture) == []


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_picture_gives_turned_corners(locator: CardLocator, turns: int) -> None:
    sample = READABLE[0]
    picture = np.ascontiguousarray(np.rot90(picture_of(sample), turns))
    (upright,) = locator.find(picture_of(sample))
    (turned,) = locator.find(picture)
    height, width = picture_of(sample).shape[:2]
    expected = upright.quad
    for _ in range(turns):
        expected = np.stack([expected[:, 1], width - expected[:, 0]], axis=1)
        width, height = height, width
    assert corner_error(turned.quad, expected) < MOST_ERROR


def test_threads_get_the_same_answers_as_one_alone(locator: CardLocator) -> None:
    pictures = [picture_of(sample) for sample in READABLE[:6]]
    alone = [locator.find(picture) for picture in pictures]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(locator.find, pictures))
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_allclose([p.quad for p in one], [p.quad for p in other], atol=0.01)


TRAPEZIUM: Points = np.array([[10, 12], [90, 20], [84, 70], [14, 61]], np.float32)


@pytest.mark.parametrize("turn", range(0, 360, 15))
def test_a_quads_code_is_the_same_upside_down_and_gives_the_quad_back(turn: int) -> None:
    angle = np.deg2rad(turn)
    rotation = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]], np.float32)
    quad = np.asarray((TRAPEZIUM - 50) @ rotation, np.float32)
    over = np.roll(quad, 2, axis=0)
    np.testing.assert_allclose(quad_code(over), quad_code(quad), atol=1e-3)
    back = quad_of_code(quad_code(quad))
    assert min(np.abs(back - quad).max(), np.abs(back - over).max()) < 1e-3


def test_of_two_cards_on_one_place_the_surer_stays() -> None:
    beside = TRAPEZIUM + np.array([100, 0], np.float32)
    kept = distinct([Placement(TRAPEZIUM + 3, 0.6), Placement(TRAPEZIUM, 0.9), Placement(beside, 0.5)])
    assert [placement.score for placement in kept] == [0.9, 0.5]


def test_an_unsound_quad_is_dropped() -> None:
    crossed = TRAPEZIUM[[0, 2, 1, 3]]
    assert distinct([Placement(crossed, 0.9)]) == []
