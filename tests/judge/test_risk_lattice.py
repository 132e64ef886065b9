"""Lattices of waves all over a card, told from what is drawn on it, from noise and from JPEG's blocks."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from idcard_core.card import Image, Side
from idcard_core.judge.risk.lattice import WINDOW, lattice, odds_of_lattice
from idcard_core.specimen.draw import draw_card
from idcard_core.specimen.people import make_person

QUAD = np.array([[60, 50], [860, 70], [850, 580], [50, 560]], np.float32)


def _photographed(seed: int, pattern: np.ndarray | float = 1.0) -> Image:
    """A card on a plain ground, its light times ``pattern``, with grain, as JPEG."""
    rng = np.random.default_rng(seed)
    card = draw_card(Side.FRONT, make_person(rng, None), rng, 1284).image
    height, width = card.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    picture = np.full((640, 920, 3), (90, 120, 110), np.uint8)
    way = cv2.getPerspectiveTransform(corners, QUAD)
    cv2.warpPerspective(card, way, (920, 640), picture, cv2.INTER_AREA, cv2.BORDER_TRANSPARENT)
    grainy = picture * pattern + rng.normal(0, 3, picture.shape)
    ok, jpeg = cv2.imencode(".jpg", np.clip(grainy, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 82])
    assert ok
    return np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_COLOR), np.uint8)


def _waves(across: float, down: float, turned: float) -> np.ndarray:
    """Rows and columns of points so many pixels apart, ``turned`` by degrees (h, w, 1), mean 0, largest 1."""
    y, x = np.mgrid[:640, :920].astype(np.float32)
    cosine, sine = np.cos(np.radians(turned)), np.sin(np.radians(turned))
    along, aside = x * cosine + y * sine, y * cosine - x * sine
    waves = np.cos(2 * np.pi * along / across) + np.cos(2 * np.pi * aside / down)
    return waves[..., None] / 2


def _tilted(seed: int, strength: float) -> Image:
    """That, with points whose distance grows from one end of the card to the other, as of a screen that leans back."""
    x = np.arange(920, dtype=np.float32)
    phase = 2 * np.pi * (x / 4.6 - 0.06 * x**2 / 920 / 2)  # from 4.6 to 6.4 pixels a wave
    down = 2 * np.pi * np.arange(640, dtype=np.float32) / 4.2
    waves = np.cos(phase[None, :] + down[:, None]) + np.cos(phase[None, :] - down[:, None])
    return _photographed(seed, 1 + strength * waves[..., None] / 2)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_card_has_no_lattice(seed: int) -> None:
    assert lattice(_photographed(seed), QUAD) < 1


@pytest.mark.parametrize(("across", "down", "turned"), [(3.3, 3.7, 12), (5.1, 5.1, 40), (6.4, 4.2, -25)])
def test_a_faint_lattice_all_over_a_card_is_found(across: float, down: float, turned: float) -> None:
    picture = _photographed(4, 1 + 0.06 * _waves(across, down, turned))
    card, copy, screen = odds_of_lattice(picture, QUAD)
    assert card == 0
    assert copy == screen > 2


@pytest.mark.parametrize("seed", [7, 8, 9])
def test_a_lattice_is_found_where_it_is_tilted(seed: int) -> None:
    assert lattice(_tilted(seed, 0.05), QUAD) > 4


def test_lines_that_bend_tell_little_beside_a_lattice_as_strong() -> None:
    y, x = np.mgrid[:640, :920].astype(np.float32)
    bent = np.cos(2 * np.pi * (y + 14 * np.sin(x / 40)) / 5)[..., None]
    of_lines, of_lattice = (lattice(_photographed(6, 1 + 0.1 * waves), QUAD) for waves in (bent, _waves(5.1, 5.1, 40)))
    assert of_lines < of_lattice / 2


def test_blocks_of_jpeg_are_no_lattice() -> None:
    ok, jpeg = cv2.imencode(".jpg", _photographed(6), [cv2.IMWRITE_JPEG_QUALITY, 25])
    assert ok
    assert lattice(np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_COLOR), np.uint8), QUAD) < 1


def test_a_picture_smaller_than_a_window_tells_nothing() -> None:
    small = np.full((WINDOW - 1, 300, 3), 128, np.uint8)
    assert not odds_of_lattice(small, QUAD).any()
