"""Light on a painted scene: its fall and colour, shadows of hands and phones, glare, and fingers."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.specimen.brush import (
    Paint,
    between,
    blob,
    blurred,
    chance,
    clouds,
    filled,
    floats,
    hsv,
    over,
    pick,
    resized,
    scaled,
    spread,
)
from idcard_core.specimen.painted.grounds import skin
from idcard_core.specimen.painted.stage import View


def light_field(rng: np.random.Generator, view: View) -> Paint:
    """What the scene is multiplied with: fall across the picture, a tint, soft shadows."""
    height, width = view.height // 12 + 2, view.width // 12 + 2
    if view.scanned:
        return filled(view.height, view.width, hsv(rng.random(), scaled(rng, 0.003, 0.03), 1.0)) * between(
            rng, 0.94, 1.04
        )
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    turn = between(rng, 0, 6.28)
    fall = 1 + (x * np.cos(turn) + y * np.sin(turn)) * abs(rng.normal(0, 0.13))
    if chance(rng, 0.3):
        far = (x - between(rng, -1, 1)) ** 2 + (y - between(rng, -1, 1)) ** 2
        fall = fall + np.exp(-far / between(rng, 0.2, 1.5)) * between(rng, 0.05, 0.35)
    fall = fall + clouds(rng, height, width, width / between(rng, 1.5, 5)) * scaled(rng, 0.003, 0.04)
    field = resized(floats(fall), view.height, view.width, smooth=False)
    for _ in range(int(pick(rng, (0, 1, 2), (65, 27, 8)))):
        field = field * (1 - _cast_shadow(rng, view) * floats(scaled(rng, 0.05, 0.6)))
    if chance(rng, 0.5):
        tint = hsv(
            pick(rng, (between(rng, 0.04, 0.14), between(rng, 0.55, 0.65), rng.random()), (5, 3, 2)),
            scaled(rng, 0.02, 0.22),
            1,
        )
    else:
        tint = (1.0, 1.0, 1.0)
    level = pick(rng, (between(rng, 0.9, 1.08), between(rng, 0.55, 0.95), between(rng, 0.25, 0.6)), (60, 32, 8))
    return spread(np.clip(field, 0.05, 1.6)) * (floats(tint) * floats(level))


def _cast_shadow(rng: np.random.Generator, view: View) -> Paint:
    """A soft mask of a phone's straight edge or a rounded hand coming in from the border."""
    centre = (view.width * pick(rng, (between(rng, -0.1, 0.25), between(rng, 0.75, 1.1), between(rng, 0.2, 0.8))),
              view.height * pick(rng, (between(rng, -0.1, 0.3), between(rng, 0.7, 1.1))))  # fmt: skip
    return np.clip(
        blob(rng, view.height, view.width, centre, max(view.width, view.height) * between(rng, 0.4, 1.2)), 0, 1
    )


def add_glare(rng: np.random.Generator, scene: Paint, view: View, where: Paint, gloss: float) -> Paint:
    """The scene with lamps, windows or tubes mirrored in the glossy part ``where`` (a mask)."""
    low, high = view.quad.min(axis=0), view.quad.max(axis=0)
    for _ in range(int(pick(rng, (0, 1, 2), (55, 33, 12)))):
        x, y = rng.uniform(low, high)
        size = float(np.ptp(view.quad[:, 0])) * scaled(rng, 0.06, 0.9)
        spot = blob(rng, view.height, view.width, (x, y), size) * where
        tint = floats(hsv(rng.random(), pick(rng, (between(rng, 0, 0.12), between(rng, 0.1, 0.6)), (8, 2)), 1))
        strength = floats(min(gloss * scaled(rng, 0.08, 1.3), 1))
        scene = scene + spread(spot * strength) * (tint - np.minimum(scene, 1))
    if chance(rng, 0.3):
        veil = blob(rng, view.height, view.width, (view.width / 2, view.height / 2), view.width * 1.0)
        scene = scene + spread(veil * where * floats(gloss * between(rng, 0.02, 0.18)))
    return scene


def add_fingers(rng: np.random.Generator, scene: Paint, view: View) -> Paint:
    """The scene with one to three fingers reaching over a side of the card by a few millimetres."""
    height, width = view.height, view.width
    tone = floats(skin(rng))
    corner = int(rng.integers(4))
    first, second = view.quad[corner], view.quad[(corner + 1) % 4]
    inward = view.quad.mean(axis=0) - (first + second) / 2
    inward = inward / np.linalg.norm(inward)
    thick = view.unit * between(rng, 11, 17)
    start = between(rng, 0.1, 0.9)
    for number in range(int(pick(rng, (1, 2, 3), (6, 3, 1)))):
        share = start + number * thick * 1.05 / float(np.linalg.norm(second - first))
        tip = first + (second - first) * share + inward * view.unit * between(rng, 1, 7) - inward * thick / 2
        side = np.array([-inward[1], inward[0]]) * between(rng, -0.5, 0.5)
        root = tip - (inward + side) * view.unit * 120
        mask = np.zeros((height, width), np.float32)
        ends = [(int(np.clip(p[0], -9e3, 9e3)), int(np.clip(p[1], -9e3, 9e3))) for p in (tip, root)]
        cv2.line(mask, ends[0], ends[1], (1.0,), max(int(thick), 3), cv2.LINE_AA)
        deep = blurred(mask, thick * 0.22)
        shadow = np.roll(blurred(mask, thick * between(rng, 0.05, 0.3)), int(thick * 0.15), axis=(0, 1))
        scene = scene * spread(1 - shadow * floats(between(rng, 0.05, 0.5)))
        round_off = (0.55 + 0.5 * np.clip(deep, 0, 1) + clouds(rng, height, width, thick / 4) * 0.02)[..., None]
        finger = tone * round_off
        nail = np.zeros((height, width), np.float32)
        if chance(rng, 0.5):
            spot = tip - inward * thick * 0.02
            angle = float(np.degrees(np.arctan2(inward[1], inward[0])))
            box = ((float(spot[0]), float(spot[1])), (thick * 0.75, thick * 0.55), angle)
            cv2.ellipse(nail, box, (1.0,), -1, cv2.LINE_AA)
            finger = finger + (blurred(nail, 1.0) * 0.5)[..., None] * (
                floats(hsv(0.98, 0.2, 0.95)) * round_off - finger
            )
        scene = over(scene, finger, blurred(mask, max(0.8, view.unit * 0.08)))
    return scene
