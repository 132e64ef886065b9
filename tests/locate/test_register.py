"""Registration of a card to its print."""

import numpy as np
import pytest

from idcard_core.locate.register import Anchor, quad_of, register, similarity
from idcard_core.locate.view import FRAME_QUAD, apply, quad_homography

PRINTED = [(45, 72), (45, 132), (45, 194), (45, 260), (45, 463), (290, 463), (780, 463)]
ROWS = [((45, 72), (300, 72)), ((45, 132), (380, 132)), ((45, 260), (500, 260)), ((290, 463), (780, 463))]
TILTED = quad_homography(FRAME_QUAD, np.array([[200, 150], [900, 210], [860, 640], [120, 560]], np.float32))


def _anchors(points=PRINTED, homography=TILTED):
    seen = apply(homography, np.array(points, np.float32))
    return [Anchor((float(x), float(y)), place) for (x, y), place in zip(seen, points, strict=True)]


def _rows(homography=TILTED):
    return [apply(homography, np.array(row, np.float32)) for row in ROWS]


def test_a_similarity_is_found_from_two_places():
    turned = np.array([[0, -2, 500], [2, 0, 100], [0, 0, 1]], float)
    found = similarity(_anchors(PRINTED[4:], turned))
    assert found == pytest.approx(turned, abs=1e-2)


@pytest.mark.parametrize("points", [[], PRINTED[:1], [(45, 72), (50, 74)]], ids=["none", "one", "all but one place"])
def test_too_few_places_give_no_similarity(points):
    assert similarity(_anchors(points)) is None


def test_labels_and_rows_give_the_corners_of_a_tilted_card():
    anchors = _anchors()
    found = quad_of(register(anchors, _rows(), similarity(anchors)))
    diagonal = np.hypot(*(found[2] - found[0]))
    assert np.hypot(*(found - quad_of(TILTED)).T).max() < 0.03 * diagonal


def test_one_misread_label_does_not_carry_the_card_away():
    anchors = [*_anchors(), Anchor((700.0, 250.0), (45.0, 132.0))]
    found = quad_of(register(anchors, _rows(), similarity(_anchors())))
    diagonal = np.hypot(*(found[2] - found[0]))
    assert np.hypot(*(found - quad_of(TILTED)).T).max() < 0.06 * diagonal


def test_two_places_of_the_card_on_one_point_of_the_picture_tell_nothing():
    assert similarity([Anchor((300.0, 200.0), (200.0, 80.0)), Anchor((300.0, 200.0), (220.0, 180.0))]) is None
