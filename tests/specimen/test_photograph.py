"""Photographs: where the cards are, what is readable, and that a seed is a picture."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from idcard_core.card import FieldName
from idcard_core.specimen import Condition, make_flats, make_scene, make_specimen
from idcard_core.specimen.camera import quarter_turns
from idcard_core.specimen.make import Specimen

SIZE = (960, 720)


def decoded(specimen: Specimen) -> np.ndarray:
    return cv2.imdecode(np.frombuffer(specimen.jpeg, np.uint8), cv2.IMREAD_COLOR)


@pytest.mark.parametrize("condition", list(Condition), ids=lambda condition: condition.value)
def test_cards_and_fields_stand_inside_the_picture(condition: Condition):
    size = None if condition in (Condition.A4_SCAN, Condition.NO_MARGIN) else SIZE
    specimen = make_specimen(11, condition, "x.jpg", size)
    height, width = decoded(specimen).shape[:2]
    assert len(specimen.label.cards) == condition.cards
    for card in specimen.label.cards:
        for quad in card.quads.values():
            assert quad.min() >= 0
            assert (quad.max(axis=0) <= (width, height)).all()
        if condition is Condition.CUT_EDGE:
            assert card.corners.min() < 0 or (card.corners.max(axis=0) > (width, height)).any()
        elif condition is not Condition.NO_MARGIN:
            assert card.corners.min() >= 0
            assert (card.corners.max(axis=0) <= (width, height)).all()


def test_corners_stand_on_the_edge_between_card_and_ground():
    specimen = make_specimen(5, Condition.PLAIN, "x.jpg", SIZE)
    corners = specimen.label.cards[0].corners
    middle = corners.mean(axis=0)
    picture = cv2.GaussianBlur(decoded(specimen), (0, 0), 2).astype(int)
    for number in range(4):
        edge = (corners[number] + corners[(number + 1) % 4]) / 2
        inward = (middle - edge) / np.linalg.norm(middle - edge)
        inside, outside = edge + 9 * inward, edge - 9 * inward
        colours = [picture[round(float(p[1])), round(float(p[0]))] for p in (inside, outside)]
        assert np.abs(colours[0] - colours[1]).max() > 15


@pytest.mark.parametrize(
    ("condition", "turns"),
    [(Condition.UPSIDE_DOWN, {2}), (Condition.SIDEWAYS, {1, 3})],
    ids=lambda value: str(value),
)
def test_direction_follows_the_turn(condition: Condition, turns: set[int]):
    assert {make_specimen(seed, condition, "x.jpg", (400, 300)).label.direction for seed in range(6)} <= turns


def test_quarter_turns_count_counter_clockwise():
    upright = np.array([[0, 0], [86, 0], [86, 54], [0, 54]], np.float32)
    turned = upright
    for turns in range(4):
        assert quarter_turns(turned) == turns
        turned = np.stack([turned[:, 1], -turned[:, 0]], axis=1)  # 90 degrees counter-clockwise, y down


def test_rotations_keep_away_from_the_diagonals():
    for seed in range(8):
        corners = make_specimen(seed, Condition.ROTATED, "x.jpg", (320, 240)).label.cards[0].corners
        along = corners[1] - corners[0]
        angle = np.degrees(np.arctan2(along[1], along[0])) % 90
        assert min(angle, 90 - angle) <= 43


def test_the_same_seed_gives_the_same_bytes():
    first, again = (make_specimen(8, Condition.NOISE, "x.jpg", SIZE) for _ in range(2))
    assert first.jpeg == again.jpeg
    assert make_specimen(9, Condition.NOISE, "x.jpg", SIZE).jpeg != first.jpeg


@pytest.mark.parametrize("seed", range(4))
def test_readable_glare_leaves_the_fields_alone(seed: int):
    specimen = make_specimen(seed, Condition.GLARE, "x.jpg", SIZE)
    picture = decoded(specimen)
    for name, quad in specimen.label.cards[0].quads.items():
        mask = np.zeros(picture.shape[:2], np.uint8)
        cv2.fillConvexPoly(mask, np.round(quad).astype(np.int32), 255)
        ink = picture.min(axis=2)[mask > 0]
        assert ink.min() < 130, name


def test_unreadable_conditions_are_marked():
    assert not Condition.TOO_BLURRED.readable
    assert Condition.BLUR.readable
    assert not make_specimen(1, Condition.TOO_DARK, "x.jpg", (320, 240)).label.readable


def test_small_scenes_for_training():
    rng = np.random.default_rng(3)
    flats = make_flats(rng, 4, width=214)
    scenes = [make_scene(rng, flats, (160, 160), empty=0.3) for _ in range(20)]
    assert all(scene.image.shape == (160, 160, 3) for scene in scenes)
    assert {len(scene.cards) for scene in scenes} >= {0, 1}


def test_front_and_back_of_both_sides_are_one_person_s():
    cards = make_specimen(2, Condition.BOTH_SIDES, "x.jpg", SIZE).label.cards
    keys = set(cards[0].fields) | set(cards[1].fields)
    assert keys == set(FieldName)
