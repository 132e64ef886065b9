"""One picture of a card, of a print or of a screen, from a device's number and chance."""

from __future__ import annotations

import numpy as np

from idcard_core.specimen.brush import Paint, between, chance, floats, scaled, spread
from idcard_core.specimen.collage.camera import Camera, developed, sent
from idcard_core.specimen.collage.copies import lay_copy
from idcard_core.specimen.collage.framing import Framing, Shadow, covered, dimmed, frame, lay
from idcard_core.specimen.collage.genuine import card_on_ground
from idcard_core.specimen.collage.grounds import below, ground
from idcard_core.specimen.collage.originals import Original, original
from idcard_core.specimen.collage.screens import display, screenshot, shining
from idcard_core.specimen.plane import at
from idcard_core.specimen.presented import Presented, Taken

_SCANNED, _SCREENSHOT = 0.14, 0.1
"""Shares: of cards and prints that lie on a scanner, of screens that are their own picture."""


def take(rng: np.random.Generator, presented: Presented, number: int) -> Taken:
    """A picture by device ``number`` (0 to 159); the same draw of ``rng`` gives the same picture."""
    camera = Camera.of(number)
    if presented is Presented.SCREEN and chance(rng, _SCREENSHOT):
        return _own_picture(rng, camera)
    scanned = presented is not Presented.SCREEN and chance(rng, _SCANNED)
    if presented is Presented.GENUINE:
        framing = frame(rng, scanned)
        scene, way = card_on_ground(rng, framing, scanned)
    else:
        shown = original(rng, scaled(rng, 6, 14))
        framing = frame(rng, scanned, shown.quad)
        if presented is Presented.COPY:
            table, kind = below(rng, framing, scanned)
            scene, way = lay_copy(rng, number, framing, table, shown)
            way = f"{way}_on_{kind}"
        else:
            scene, way = _screen(rng, number, framing, shown, camera.soft)
    if not scanned:
        scene = dimmed(rng, scene)
    jpeg, quad = sent(rng, camera, developed(rng, camera, scene), framing.quad)
    return Taken(jpeg, floats(quad), presented, f"{way}{'_scanned' if scanned else ''}")


def _screen(rng: np.random.Generator, number: int, framing: Framing, shown: Original, soft: float) -> tuple[Paint, str]:
    """The display of device ``number`` with ``shown`` on it, on some ground."""
    (under, face), screen = display(rng, number, shown.layer, framing.unit)
    scene, kind = ground(rng, framing.height, framing.width, framing.unit)
    shadow = Shadow(scaled(rng, 1, 15), between(rng, 0.1, 0.7), between(rng, 0, 2 * np.pi))
    scene = lay(scene * floats(between(rng, 0.3, 1)), framing, under, shadow)
    where = spread(covered(framing, face))
    lit = shining(rng, screen, lay(scene, framing, face), framing, soft)
    return floats(scene + (lit - scene) * where), f"{screen.lattice}_on_{kind}"


def _own_picture(rng: np.random.Generator, camera: Camera) -> Taken:
    """A display's own picture: no camera saw it."""
    shown = original(rng, scaled(rng, 6, 12))
    whole, left, top = screenshot(rng, shown.on_white, shown.layer.unit)
    quad = at(shown.quad, np.linalg.inv(shown.layer.to_plane)) + floats([left, top])
    jpeg, quad = sent(rng, camera, whole, floats(quad))
    return Taken(jpeg, quad, Presented.SCREEN, "screenshot")
