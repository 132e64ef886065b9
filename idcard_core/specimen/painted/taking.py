"""One picture of a card, of a copy or of a screen, from a device's number and chance."""

from __future__ import annotations

import numpy as np

from idcard_core.specimen.brush import chance
from idcard_core.specimen.painted.camera import Camera, develop, sent
from idcard_core.specimen.painted.copies import copy_thing, page_under
from idcard_core.specimen.painted.genuine import card_thing, compose
from idcard_core.specimen.painted.screens import screen_thing, screenshot
from idcard_core.specimen.painted.stage import Thing, card_pixels, draw_view
from idcard_core.specimen.presented import Presented, Taken

_SCANNED = 0.13
"""The share of pictures that come from a flatbed scanner."""


def take(rng: np.random.Generator, presented: Presented, number: int) -> Taken:
    """A picture by device ``number`` (0 to 159); the same draw of ``rng`` gives the same picture."""
    camera = Camera.of(number)
    wide = card_pixels(rng)
    scanned = chance(rng, _SCANNED)
    if presented is Presented.SCREEN and scanned:
        # a screen does not go on a scanner: its pictures without a camera are screenshots
        shot, quad = screenshot(rng, wide, number)
        way = "screenshot"
    else:
        thing = _thing(rng, presented, number, wide)
        view = draw_view(rng, thing.quad, wide, scanned)
        if thing.way.endswith("_page"):
            thing = page_under(rng, thing, view)
        ground, scene = compose(rng, view, thing, camera.softness)
        shot, quad = develop(rng, camera, scene, scanned), view.quad
        way = f"{thing.way}_on_{ground}"
    jpeg, quad = sent(rng, camera, shot, quad, wide)
    return Taken(jpeg, quad.astype(np.float32), presented, way)


def _thing(rng: np.random.Generator, presented: Presented, number: int, wide: float) -> Thing:
    if presented is Presented.GENUINE:
        return card_thing(rng, wide)
    if presented is Presented.COPY:
        return copy_thing(rng, wide, number)
    return screen_thing(rng, wide, number)
