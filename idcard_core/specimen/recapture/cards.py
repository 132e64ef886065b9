"""The card itself before the camera: a sheet of plastic of some thickness, with a gloss of its own, on some ground."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.light import Gains
from idcard_core.specimen.recapture.grid import Grid, Plane
from idcard_core.specimen.recapture.prints import paper
from idcard_core.specimen.recapture.scene import Lamp, ground_of, linear, mixed, moved, shadow
from idcard_core.specimen.recapture.sheets import EDGED_SHARE, laid, sheet_around
from idcard_core.specimen.textures import smooth_noise

THICKNESS = (7.6, 10.5)
"""Units: ISO/IEC 7810 says 0.76 mm; the cards are said to have 0.9."""
PAPER_SHARE = 0.3
"""Of photographs: the card on white paper, as people lay it ..."""
LAID_SKEW = 8.0
"""... turned by so many degrees against it."""


def of_card(
    rng: np.random.Generator, grid: Grid, card: FlatCard, gains: Gains, scanned: bool, ground: Plane | None = None
) -> tuple[Plane, str]:
    """Linear light of the scene, and how it was taken; ``ground`` is what the card lies on, if that is known."""
    scale = CARD_FRAME[0] / card.image.shape[1]
    image = linear(grid.seen(card.image, (0, 0), scale, border=1))
    outline = grid.seen(card.alpha, (0, 0), scale).astype(np.float32) / 255
    thickness, lamp = float(rng.uniform(*THICKNESS)), Lamp.drawn(rng)
    if scanned:  # on glass: the lid behind it is white or grey, and the lamp, a bar, throws a shadow on it to one side
        ground = np.full_like(image, float(rng.uniform(0.75, 1.0) if rng.random() < 0.85 else rng.uniform(0.05, 0.4)))
        thickness *= float(rng.uniform(0.5, 1.2))
        lamp = replace(lamp, slope=float(rng.uniform(0.4, 1.5)), share=float(rng.uniform(0.3, 0.75)))
    elif ground is None:
        ground = _on_paper(rng, grid) if rng.random() < PAPER_SHARE else ground_of(rng, grid)
    ground = ground * shadow(rng, grid, lamp, outline, thickness)
    light = mixed(
        _with_side(rng, grid, lamp, ground, outline, thickness),
        _bevelled(rng, grid, lamp, image, outline),
        outline[..., None],
    )
    light = light * gains
    if not scanned and rng.random() < 0.7:
        light = light + _sheen(rng, grid) * outline[..., None]
    return np.asarray(light, np.float32), "scan" if scanned else "photo"


def _on_paper(rng: np.random.Generator, grid: Grid) -> Plane:
    sheet = paper(rng, grid.size)
    return laid(rng, grid, sheet, sheet_around(rng, grid, LAID_SKEW)) if rng.random() < EDGED_SHARE else sheet


def _with_side(
    rng: np.random.Generator, grid: Grid, lamp: Lamp, ground: Plane, outline: Plane, thickness: float
) -> Plane:
    """With the card's white side wall, where it is seen at an angle."""
    lean = float(abs(rng.normal(0, 0.15))) * thickness / grid.units_a_pixel
    towards = float(rng.uniform(0, 2 * np.pi))
    wall = moved(outline, lean * np.cos(towards), lean * np.sin(towards))
    lit = 1 - lamp.share * (0.5 + 0.5 * np.cos(towards - lamp.azimuth + np.pi))
    tone = np.float32(rng.uniform(0.5, 0.9) * lit)
    return mixed(ground, np.full_like(ground, tone), wall[..., None])


def _bevelled(rng: np.random.Generator, grid: Grid, lamp: Lamp, image: Plane, outline: Plane) -> Plane:
    """The rim, where the punched edge bends away: lighter towards the lamp, darker away from it."""
    wide = float(rng.uniform(0.5, 2.5)) / grid.units_a_pixel
    x, y = np.cos(lamp.azimuth) * wide, np.sin(lamp.azimuth) * wide
    rim = moved(outline, x, y) - moved(outline, -x, -y)
    strength = np.float32(rng.normal(0, 0.2))
    return np.asarray(image * (1 + strength * rim[..., None]), np.float32)


def _sheen(rng: np.random.Generator, grid: Grid) -> Plane:
    """What the smooth plastic mirrors of the room, faint and soft; the ground mirrors nothing of it."""
    size = (grid.size[0] // 8 + 1, grid.size[1] // 8 + 1)
    cells = float(rng.uniform(0.6, 5))
    room = smooth_noise(rng, size, (size[0] / cells, size[1] / cells))
    room = np.asarray(cv2.resize(room.astype(np.float32), grid.size, interpolation=cv2.INTER_LINEAR), np.float32)
    level = np.float32(np.exp(rng.uniform(np.log(0.005), np.log(0.12))))
    tint = np.exp(rng.normal(0, 0.06, 3)).astype(np.float32)
    return np.asarray(level * room.clip(0, None)[..., None] * tint, np.float32)
