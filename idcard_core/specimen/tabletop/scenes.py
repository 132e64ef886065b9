"""Still lifes of a card itself, set, lit and seen; and what gets printed or shown of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from idcard_core.card import CARD_CORNER_MM, CARD_MM, Image, Points
from idcard_core.specimen.brush import (
    between,
    blurred,
    bytes_of,
    chance,
    floats,
    hsv,
    pick,
    rounded,
    scaled,
)
from idcard_core.specimen.tabletop.art import draw_card
from idcard_core.specimen.tabletop.grounds import lay_ground
from idcard_core.specimen.tabletop.lens import expose, see
from idcard_core.specimen.tabletop.light import draw_lighting, shade
from idcard_core.specimen.tabletop.stage import Pose, Stage, stage_for
from idcard_core.specimen.tabletop.things import (
    CARD,
    card_sheet,
    lay_clutter,
    lay_fingers,
    lay_sleeve,
)
from idcard_core.specimen.tabletop.view import draw_view


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    """A picture of a still life, the card's quad on it, and how it was taken."""

    picture: Image
    quad: Points
    way: str


def draw_turn(rng: np.random.Generator) -> float:
    """Any direction, mostly near a quarter turn."""
    quarter = pick(rng, (0, 1, 2, 3), (7, 1.5, 1.2, 1.5)) * np.pi / 2
    return between(rng, 0, 6.283) if chance(rng, 0.15) else quarter + float(rng.normal(0, 0.09))


def genuine(rng: np.random.Generator, number: int, longest: float = 2400, turn: float | None = None) -> Still:
    """A card on a ground, in a hand, in a sleeve or on a scanner."""
    pose = Pose(0.0, 0.0, draw_turn(rng) if turn is None else turn)
    card = pose.world(CARD)
    scan = chance(rng, 0.12)
    view = draw_view(rng, card, scan).shrunk(longest)
    stage = stage_for(view)
    way = lay_ground(rng, stage, pick(rng, ("lid", "white")) if scan else None)
    held = not scan and chance(rng, 0.15)
    if held:
        recede(rng, stage)
        lay_fingers(rng, stage, pose, (43, 27), above=False)
    elif not scan and chance(rng, 0.3):
        lay_clutter(rng, stage, 50)
    level = stage.lay(card_sheet(rng, min(stage.density * 1.02, 14)), pose, 0.0 if held else None)
    sleeve = not (scan or held) and chance(rng, 0.1)
    if sleeve:
        lay_sleeve(rng, stage, pose, *CARD_MM)
    if held or (not scan and chance(rng, 0.07)):
        lay_fingers(rng, stage, pose, (43, 27), above=True)
    light, _ = see(stage, view, shade(stage, view, draw_lighting(rng, scan)))
    quad = view.project(card, np.full(4, level + 0.9))
    way = "scan" if scan else "held" if held else "sleeve" if sleeve else way
    return Still(expose(rng, number, light, quad), quad, way)


def recede(rng: np.random.Generator, stage: Stage) -> None:
    """Let the ground lie far below, out of focus."""
    stage.colour[:] = blurred(stage.colour, stage.density * scaled(rng, 0.3, 4))
    stage.height[:] = -14


def depict(rng: np.random.Generator, number: int) -> tuple[Image, Points]:
    """A picture that gets printed or shown, with the card's quad: a photograph by a camera, or a straightened scan."""
    if chance(rng, 0.5):
        still = genuine(rng, number, between(rng, 640, 880), float(rng.normal(0, 0.06)))
        size = np.array([still.picture.shape[1], still.picture.shape[0]])
        room = np.ptp(still.quad, 0).max() * scaled(rng, 0.02, 0.4)
        low = np.maximum(still.quad.min(0) - room, 0).astype(int)
        high = np.minimum(still.quad.max(0) + room, size).astype(int)
        return np.ascontiguousarray(still.picture[low[1] : high[1], low[0] : high[0]]), floats(still.quad - low)
    density = between(rng, 8, 13)
    card = draw_card(rng, density)
    rows, columns = card.shape[:2]
    edge = int(between(rng, 0, 9) * density) if chance(rng, 0.7) else 0
    dark = between(rng, 0, 0.6) if chance(rng, 0.2) else between(rng, 0.85, 1)
    ground = np.full((rows + 2 * edge, columns + 2 * edge, 3), bytes_of(hsv(0.1, 0.03, dark)), np.uint8)
    mask = np.pad(rounded(rows, columns, CARD_CORNER_MM * density), edge)
    shade = np.roll(mask, [int(v) for v in rng.normal(0, 3, 2)], (0, 1))
    cast = floats(ground) * (1 - blurred(shade, scaled(rng, 0.8, 6)) * np.float32(between(rng, 0, 0.6)))[..., None]
    flat = cast + (floats(np.pad(card, ((edge, edge), (edge, edge), (0, 0)))) - cast) * mask[..., None]
    corners = floats([[0, 0], [columns, 0], [columns, rows], [0, rows]]) + np.float32(edge)
    return np.uint8(np.clip(flat, 0, 255)), corners
