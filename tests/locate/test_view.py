"""A card in its own frame."""

import cv2
import numpy as np
import pytest

from idcard_core.card import CARD_FRAME
from idcard_core.locate.view import FRAME_QUAD, SMALL_SIZE, CardView, apply, cut_quad, quad_homography


def _chessboard(size=(540, 856), cell=20):
    y, x = np.mgrid[: size[0], : size[1]] // cell
    return np.repeat(((x + y) % 2 * 255).astype(np.uint8)[..., None], 3, axis=2)


def test_a_homography_maps_quad_onto_quad():
    quad = np.array([[100, 50], [500, 90], [480, 400], [80, 350]], np.float32)
    assert apply(quad_homography(FRAME_QUAD, quad), FRAME_QUAD) == pytest.approx(quad, abs=1e-3)


def test_no_points_map_to_no_points():
    assert apply(np.eye(3), np.zeros((0, 2), np.float32)).shape == (0, 2)


def test_the_whole_picture_cut_at_its_own_size_is_the_picture():
    picture = np.random.default_rng(0).integers(0, 255, (60, 90, 3), np.uint8)
    quad = np.array([[0, 0], [90, 0], [90, 60], [0, 60]], np.float32)
    assert np.array_equal(cut_quad(picture, quad, (90, 60)), picture)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_card_turned_in_the_picture_comes_out_upright(turns):
    flat = np.zeros((540, 856, 3), np.uint8)
    flat[:100, :200] = (10, 200, 30)
    picture = np.ascontiguousarray(np.rot90(flat, turns))
    corners = {0: FRAME_QUAD}
    height, width = picture.shape[:2]
    around = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    corners = np.roll(around, turns, axis=0)
    assert np.abs(CardView(picture, corners).flat.astype(int) - flat).mean() < 1


def test_shrinking_a_fine_pattern_averages_instead_of_picking_pixels():
    shrunk = cut_quad(_chessboard(cell=1), FRAME_QUAD, (107, 68))
    assert shrunk.std() < 12
    assert shrunk.mean() == pytest.approx(127.5, abs=6)


@pytest.mark.parametrize(
    "move",
    [
        pytest.param((0.0, 0.0), id="inside"),
        pytest.param((-300.7, 41.3), id="partly outside on the left"),
        pytest.param((900.2, 700.9), id="partly outside below"),
        pytest.param((4000.0, 0.0), id="all of it outside"),
    ],
)
def test_a_large_card_looks_the_same_rectified_from_the_picture_s_half(move):
    picture = cv2.GaussianBlur(np.random.default_rng(1).integers(0, 255, (1500, 2000, 3), np.uint8), (0, 0), 6)
    picture = cv2.normalize(picture, None, 0, 255, cv2.NORM_MINMAX)
    quad = np.array([[211, 150], [1605, 190], [1580, 1090], [180, 1040]], np.float32) + np.float32(move)
    difference = np.abs(CardView(picture, quad).small.astype(int) - cut_quad(picture, quad, SMALL_SIZE))
    assert difference.mean() < 1.5, "a shift by one pixel makes it 4"
    assert difference.max() < 12


def test_a_narrowed_strip_shows_all_of_the_line():
    flat = np.zeros((540, 856, 3), np.uint8)
    flat[100:140, 250:400] = 255
    quad = np.array([[100, 100], [400, 100], [400, 140], [100, 140]], np.float32)
    strip = CardView(flat, FRAME_QUAD).cut(quad, 48, 0.5)
    assert strip.shape == (48, 180, 3)
    assert strip[:, :85].max() < 10
    assert strip[4:-4, 95:-4].min() > 245


def test_a_strip_has_the_height_asked_for_and_keeps_its_proportions():
    view = CardView(_chessboard(), FRAME_QUAD)
    strip = view.cut(np.array([[100, 100], [400, 100], [400, 140], [100, 140]], np.float32), 48)
    assert strip.shape == (48, 360, 3)


def test_turning_a_view_twice_gives_the_first_one():
    view = CardView(_chessboard(), np.array([[10, 20], [400, 30], [390, 300], [15, 290]], np.float32))
    assert view.turned().quad == pytest.approx(view.quad[[2, 3, 0, 1]])
    assert view.turned().turned().quad == pytest.approx(view.quad)


def test_frame_corners_are_the_card_s_corners_in_the_source():
    quad = np.array([[10, 20], [400, 30], [390, 300], [15, 290]], np.float32)
    view = CardView(_chessboard(), quad)
    assert view.in_source(FRAME_QUAD) == pytest.approx(quad, abs=1e-3)
    assert view.flat.shape == (CARD_FRAME[1], CARD_FRAME[0], 3)
