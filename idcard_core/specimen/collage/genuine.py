"""A card as it lies there."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import CARD_MM
from idcard_core.specimen.brush import Paint, between, blob, chance, floats, pick, scaled, spread
from idcard_core.specimen.collage.art import draw_card, outline
from idcard_core.specimen.collage.framing import Framing, Layer, Shadow, covered, lay, plane_of
from idcard_core.specimen.collage.grounds import below


def card_on_ground(rng: np.random.Generator, framing: Framing, scanned: bool) -> tuple[Paint, str]:
    """The picture, and on what the card lies."""
    scene, kind = below(rng, framing, scanned)
    flat = draw_card(rng, int(np.clip(framing.unit * CARD_MM[0] * 1.2, 600, 1700)))
    height, width = flat.shape[:2]
    layer = Layer(flat, outline(rng, height, width), plane_of(width / CARD_MM[0]))
    shadow = None
    if chance(rng, 0.8):
        reach = scaled(rng, 0.3, 1.2) if scanned or chance(rng, 0.6) else scaled(rng, 1, 8)
        shadow = Shadow(reach, scaled(rng, 0.08, 0.8), between(rng, 0, 2 * np.pi))
    scene = lay(scene, framing, layer, shadow)
    if chance(rng, 0.4):
        scene = _rimmed(rng, scene, framing, layer)
    if not scanned and chance(rng, 0.3):
        scene = _spot(rng, scene, framing, layer)
    return scene, f"card_on_{kind}"


def _rimmed(rng: np.random.Generator, scene: Paint, framing: Framing, layer: Layer) -> Paint:
    """With a bright or dark line along the card's edge on one side, as thick plastic has."""
    size = (framing.width, framing.height)
    mask = covered(framing, layer)
    angle, reach = between(rng, 0, 2 * np.pi), max(between(rng, 0.1, 0.5) * framing.unit, 0.8)
    move = floats([[1, 0, reach * np.cos(angle)], [0, 1, reach * np.sin(angle)]])
    side = np.clip(mask - cv2.warpAffine(mask, move, size), 0, 1)
    return floats(scene + (floats(pick(rng, (0.95, 0.25))) - scene) * spread(floats(side)) * between(rng, 0.2, 0.8))


def _spot(rng: np.random.Generator, scene: Paint, framing: Framing, layer: Layer) -> Paint:
    """With a lamp in the card's gloss, which ends where the card does."""
    mask = covered(framing, layer)
    low, high = framing.quad.min(axis=0), framing.quad.max(axis=0)
    where = (between(rng, low[0], high[0]), between(rng, low[1], high[1]))
    spot = blob(rng, framing.height, framing.width, where, scaled(rng, 0.1, 0.8) * float(high[0] - low[0]))
    return floats(scene + spread(floats(mask * spot)) * between(rng, 0.1, 0.6))
