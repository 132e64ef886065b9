"""The locator's training pictures; PyTorch is not needed for them."""

from __future__ import annotations

import numpy as np
import pytest

from idcard_core.locate.network import CROP_SIZE, INPUT_SIZE
from idcard_core.models.locator.backgrounds import HELD_OUT_PAINTERS, PAINTERS, background_bank
from idcard_core.models.locator.cards import HEIGHT, WIDTH, drawn_cards, joined, schematic_cards
from idcard_core.models.locator.others import other_cards
from idcard_core.models.locator.scenes import Stock, crop_scene, finder_scene


@pytest.fixture(scope="module")
def stock() -> Stock:
    rng = np.random.default_rng(5)
    cards = joined(drawn_cards(5, 4), schematic_cards(rng, 4))
    return Stock(cards, other_cards(rng, 4), background_bank(rng, 8))


@pytest.mark.parametrize("cards", [0, 1, 2])
def test_a_scene_has_the_cards_asked_for_mostly_inside(stock: Stock, cards: int) -> None:
    rng = np.random.default_rng(cards)
    for _ in range(20):
        scene = finder_scene(rng, stock, cards)
        assert scene.image.shape == (INPUT_SIZE, INPUT_SIZE, 3)
        assert scene.quads.shape == (cards, 4, 2)
        centres = scene.quads.mean(axis=1)
        assert ((centres > 0) & (centres < INPUT_SIZE)).all()


def test_the_same_generator_gives_the_same_pictures(stock: Stock) -> None:
    one, other = (finder_scene(np.random.default_rng(9), stock) for _ in range(2))
    np.testing.assert_array_equal(one.image, other.image)
    np.testing.assert_array_equal(one.quads, other.quads)


def test_a_crop_holds_its_corners_clockwise_from_its_own_top_left(stock: Stock) -> None:
    rng = np.random.default_rng(3)
    for _ in range(40):
        crop = crop_scene(rng, stock)
        assert crop.image.shape == (CROP_SIZE[1], CROP_SIZE[0], 3)
        middle = crop.corners.mean(axis=0)
        left_of, above = crop.corners[:, 0] < middle[0], crop.corners[:, 1] < middle[1]
        assert left_of.tolist() == [True, False, False, True]
        assert above.tolist() == [True, True, False, False]


def test_faces_kept_for_the_scores_are_not_trained_on() -> None:
    trained, kept = drawn_cards(7, 3), drawn_cards(7, 3, held_out=True)
    assert trained.images.shape == kept.images.shape == (3, HEIGHT, WIDTH, 3)
    assert not any((card == other).all() for card in trained.images for other in kept.images)


def test_grounds_kept_for_the_scores_are_not_trained_on() -> None:
    assert not {painter for painter, _ in PAINTERS} & {painter for painter, _ in HELD_OUT_PAINTERS}
