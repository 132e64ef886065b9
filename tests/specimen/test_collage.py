"""Pictures put together from layers: where the card of an original is, and what is laid where."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from idcard_core.card import CARD_MM
from idcard_core.specimen.brush import filled
from idcard_core.specimen.collage.framing import Layer, Shadow, frame, lay, plane_of
from idcard_core.specimen.collage.originals import original
from idcard_core.specimen.collage.prints import Printer, printed
from idcard_core.specimen.collage.rasters import KINDS
from idcard_core.specimen.collage.screens import Screen
from idcard_core.specimen.plane import CARD_QUAD, at


def test_a_photographed_original_is_turned_so_that_its_card_lies_upright() -> None:
    some = [original(np.random.default_rng(seed), 6) for seed in range(16)]
    photographed = [each for each in some if each.quad is not CARD_QUAD]
    assert photographed
    for each in photographed:
        assert np.allclose(each.quad, CARD_QUAD, atol=0.2 * CARD_MM[0])
        assert np.allclose(each.quad.mean(axis=0), CARD_QUAD.mean(axis=0), atol=0.05 * CARD_MM[0])


@pytest.mark.parametrize("straight", [True, False])
def test_the_whole_card_is_in_the_frame_wherever_on_its_original_it_is(straight: bool) -> None:
    card = CARD_QUAD + np.float32([[-3, -4], [5, 2], [1, 6], [-6, 3]])
    for seed in range(20):
        framing = frame(np.random.default_rng(seed), straight, card)
        assert np.allclose(at(card, framing.matrix), framing.quad, atol=0.01)
        assert (framing.quad > 0).all()
        assert (framing.quad < (framing.width, framing.height)).all()


def test_a_layer_covers_its_place_and_throws_its_shadow_beside_it() -> None:
    framing = frame(np.random.default_rng(3), True)
    white = Layer(np.full((540, 856, 3), 255, np.uint8), np.ones((540, 856), np.float32), plane_of(10.0))
    under = filled(framing.height, framing.width, (0.5, 0.5, 0.5))
    scene = lay(under, framing, white, Shadow(1.0, 0.6, 0.0))
    inside = np.zeros(scene.shape[:2], np.uint8)
    cv2.fillConvexPoly(inside, np.int32(framing.quad), 1)
    core = cv2.erode(inside, np.ones((9, 9), np.uint8)) > 0
    assert scene[core].min() > 0.99
    assert 0.15 < scene[inside == 0].min() < 0.45


def test_a_raster_keeps_the_tone_and_a_black_printer_no_colour() -> None:
    grey = np.full((240, 380, 3), 140, np.uint8)
    seen = set()
    for number in range(40):
        printer = Printer.of(number)
        paper = printed(np.random.default_rng(number), printer, grey, 9.0)
        assert paper.shape == grey.shape
        if not printer.colour:
            assert np.ptp(paper.astype(int), axis=2).max() <= 1
        seen.add(printer.raster.kind if printer.raster else "none")
    assert seen == {"none", *KINDS}


@pytest.mark.parametrize("number", range(24))
def test_a_screens_pixel_gives_as_much_of_every_colour(number: int) -> None:
    screen = Screen.of(number)
    tile = screen.tile()
    assert np.allclose(tile.mean(axis=(0, 1)), 1, atol=1e-3)
    assert tile.max() > (1.05 if screen.lattice in ("mesh", "waves") else 1.3), "only those may be faint"
