"""What is printed or shown: a card as it was drawn, or a photograph of one."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import CARD_MM, Image, Points
from idcard_core.specimen.brush import Matrix, chance, floats, image, paint, spread
from idcard_core.specimen.collage.art import draw_card, outline
from idcard_core.specimen.collage.camera import Camera, developed
from idcard_core.specimen.collage.framing import Layer, dimmed, frame, plane_of
from idcard_core.specimen.collage.genuine import card_on_ground
from idcard_core.specimen.plane import CARD_QUAD, at

_PHOTOGRAPHED, _STRAIGHTENED = 0.55, 0.4
"""Shares of originals that are a photograph, and of those that a program cut to the card."""


@dataclass(frozen=True, slots=True, eq=False)
class Original:
    """``layer`` with a card, and where its corners are (millimetres)."""

    layer: Layer
    quad: Points

    @property
    def on_white(self) -> Image:
        """Its picture, white where nothing is."""
        mask = spread(self.layer.mask)
        return image(paint(self.layer.picture) * mask + (1 - mask))


def original(rng: np.random.Generator, unit: float) -> Original:
    """A new one, about ``unit`` pixels a millimetre; its card is upright."""
    if not chance(rng, _PHOTOGRAPHED):
        flat = draw_card(rng, int(unit * CARD_MM[0]))
        height, width = flat.shape[:2]
        mask = outline(rng, height, width) if chance(rng, 0.7) else np.ones((height, width), np.float32)
        return Original(Layer(flat, mask, plane_of(width / CARD_MM[0])), CARD_QUAD)
    taken = frame(rng, chance(rng, 0.4))
    picture = developed(
        rng, Camera.of(int(rng.integers(1 << 30)) + 1000), dimmed(rng, card_on_ground(rng, taken, False)[0])
    )
    if not chance(rng, _STRAIGHTENED):
        return _upright(picture, taken.quad)
    size = (int(unit * CARD_MM[0]), int(unit * CARD_MM[1]))
    found = floats(taken.quad + floats(rng.normal(0, 0.004 * size[0], (4, 2))))
    matrix = cv2.getPerspectiveTransform(found, CARD_QUAD * floats(size[0] / CARD_MM[0]))
    cut = np.asarray(cv2.warpPerspective(picture, matrix, size), np.uint8)
    return Original(Layer(cut, np.ones(cut.shape[:2], np.float32), plane_of(size[0] / CARD_MM[0])), CARD_QUAD)


def _upright(picture: Image, quad: Points) -> Original:
    """``picture`` turned and scaled so that its card lies as nearly as may be where cards do."""
    to_plane = _similarity(quad)
    height, width = picture.shape[:2]
    scale = float(np.hypot(to_plane[0, 0], to_plane[1, 0]))
    box = at(floats([[0, 0], [width, 0], [width, height], [0, height]]), to_plane)
    low, high = box.min(axis=0), box.max(axis=0)
    place = plane_of(1 / scale, float(low[0]), float(low[1]))
    size = (int((high[0] - low[0]) / scale), int((high[1] - low[1]) / scale))
    turn = np.linalg.inv(place) @ to_plane
    turned = np.asarray(cv2.warpPerspective(picture, turn, size, borderMode=cv2.BORDER_REPLICATE), np.uint8)
    where = floats(cv2.warpPerspective(np.ones((height, width), np.float32), turn, size))
    return Original(Layer(turned, where, place), at(quad, to_plane))


def _similarity(quad: Points) -> Matrix:
    """The turn, scale and shift that carry ``quad`` onto the card's corners with the least squares."""
    rows, values = [], []
    for (x, y), (to_x, to_y) in zip(quad.tolist(), CARD_QUAD.tolist(), strict=True):
        rows += [[x, -y, 1, 0], [y, x, 0, 1]]
        values += [to_x, to_y]
    a, b, right, down = np.linalg.lstsq(np.array(rows), np.array(values), rcond=None)[0]
    return np.array([[a, -b, right], [b, a, down], [0, 0, 1.0]])
