"""A screen that shows a card, before a camera or as a screenshot."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.specimen.brush import (
    Paint,
    between,
    blurred,
    bytes_of,
    chance,
    clouds,
    floats,
    hsv,
    pick,
    scaled,
    spread,
)
from idcard_core.specimen.tabletop.grounds import lay_ground
from idcard_core.specimen.tabletop.interface import show
from idcard_core.specimen.tabletop.lens import camera_of, expose, see
from idcard_core.specimen.tabletop.light import draw_lighting, shade
from idcard_core.specimen.tabletop.panel import Panel, glow, panel_of, shimmer
from idcard_core.specimen.tabletop.scenes import Still, depict, draw_turn, recede
from idcard_core.specimen.tabletop.stage import Pose, Sheet, Stage, slab, stage_for
from idcard_core.specimen.tabletop.things import lay_fingers
from idcard_core.specimen.tabletop.view import draw_view


def screen(rng: np.random.Generator, number: int) -> Still:
    """A screen before a camera, or, one in eight, what it shows as it is."""
    own = panel_of(number)
    shot = chance(rng, 0.125)
    source, inner = depict(rng, number)
    across, down = own.size
    lying = across > down if not own.kind.startswith("phone") else chance(rng, 0.4)
    size = (max(own.size), min(own.size)) if lying else (min(own.size), max(own.size))
    content, seen = show(rng, size, source, inner, not shot)
    if shot:
        share = max(1.0, 460 / float(np.hypot(*(seen[1] - seen[0]))))
        room = (min(round(size[0] * share), 2400), min(round(size[1] * share), 2400))
        scale = floats([room[0] / size[0], room[1] / size[1]])
        return Still(np.asarray(cv2.resize(content, room)), floats(seen * scale), "screenshot")
    turn = draw_turn(rng)
    middle = seen.mean(0)
    card = Pose(0, 0, turn).world(floats((seen - middle) * np.float32(own.pitch)))
    view = draw_view(rng, card)
    stage = stage_for(view)
    away = Pose(0, 0, turn).world(floats([(np.array(size) / 2 - middle) * own.pitch]))[0]
    pose = Pose(float(away[0]), float(away[1]), turn)
    _set_panel(rng, stage, own, pose, (size[0] * own.pitch, size[1] * own.pitch))
    if own.kind.startswith("phone") and chance(rng, 0.2):
        lay_fingers(rng, stage, pose, (size[0] * own.pitch / 2, size[1] * own.pitch / 2), above=True)
    light, seen_share = see(stage, view, shade(stage, view, draw_lighting(rng)))
    cos, sin = np.cos(turn) * own.pitch, np.sin(turn) * own.pitch
    placed = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1.0]])
    placed[:2, 2] = -placed[:2, :2] @ middle
    shine = shimmer(rng, own, glow(own, view, content, view.plane(0) @ placed, 0.15 + camera_of(number).blur * 0.15))
    shine *= spread(seen_share * np.float32(scaled(rng, 0.8, 7)))
    light += shine
    if chance(rng, 0.5):
        light += blurred(shine, scaled(rng, 5, 40)) * np.float32(between(rng, 0, 0.06))
    quad = view.project(card, np.zeros(4))
    return Still(expose(rng, number, light, quad), quad, own.kind)


def _set_panel(rng: np.random.Generator, stage: Stage, own: Panel, pose: Pose, sides: tuple[float, float]) -> None:
    """Lay a ground and on it the screen, its face at height zero; a big one stands before a room."""
    lay_ground(rng, stage)
    phone = own.kind.startswith("phone")
    thick = between(rng, 7, 10) if phone else between(rng, 4, 20)
    if phone or (own.kind == "tablet" and chance(rng, 0.6)):
        stage.height -= np.float32(thick)
    else:
        recede(rng, stage)
    wide, tall = sides[0] + 2 * own.bezel, sides[1] + 2 * own.bezel
    density = min(stage.density, 1800 / max(wide, tall))
    rows, columns = int(tall * density), int(wide * density)
    radius = (between(rng, 3, 9) if phone else between(rng, 0.5, 4)) * density
    mask, rise = slab(rows, columns, radius, thick, between(rng, 0.3, 1.5) * density)
    body = np.full((rows, columns, 3), bytes_of(hsv(0.6, 0.05, own.body)), np.uint8)
    stage.lay(Sheet(body, mask, rise, density, 0.03, 0.02), pose, -thick)
    half = np.array(sides) / 2
    corners = pose.world(floats([[-1, -1], [1, -1], [1, 1], [-1, 1]] * half))
    spots = (corners - floats(stage.origin)) * np.float32(stage.density) - np.float32(0.5)
    face = np.zeros(stage.shape, np.uint8)
    cv2.fillConvexPoly(face, np.int32(np.round(spots * 16)), (255,), cv2.LINE_AA, 4)
    stage.lit = floats(face) * floats(1 / 255)
    stage.colour += (np.float32(between(rng, 0.08, 0.2)) - stage.colour) * spread(stage.lit)
    stage.gloss += (np.float32(own.gloss) - stage.gloss) * stage.lit
    stage.satin += (_smear(rng, stage) + np.float32(0.02 if own.gloss == 0 else 0.002) - stage.satin) * stage.lit


def _smear(rng: np.random.Generator, stage: Stage) -> Paint:
    """Soft reflection of fingerprints and dust."""
    rows, columns = stage.shape
    smear = np.maximum(clouds(rng, rows, columns, stage.density * between(rng, 4, 15), 3) - 1, 0)
    smear = smear * np.float32(pick(rng, (0.0, scaled(rng, 0.002, 0.03))))
    specks = rng.integers(0, (columns, rows), (int(rng.integers(0, 120)), 2))
    smear[specks[:, 1], specks[:, 0]] += 0.3
    return floats(smear)
