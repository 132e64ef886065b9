"""Lays things on a ground before a camera: outlines, thickness, shadows, fingers, light and glints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np

from idcard_core.card import Image, Points
from idcard_core.specimen.brush import Matrix, between, blurred, chance, scaled, words
from idcard_core.specimen.darkroom.artwork import colour
from idcard_core.specimen.darkroom.chain import Code, Light, Plate, haze, lay, light_of, shade
from idcard_core.specimen.darkroom.grounds import draw_ground
from idcard_core.specimen.darkroom.optics import View, glints, lamp_light
from idcard_core.specimen.plane import at


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """A flat thing on the table: a card, a sheet of paper or a device."""

    plate: Plate
    place: Matrix
    """Homography from the plate's pixels to millimetres."""
    outline: Points
    """Millimetres (n, 2)."""
    thick: float
    """Millimetres."""
    side: Code
    gloss: float


def scaling(density: float, left: float = 0.0, top: float = 0.0) -> Matrix:
    """The homography of a plate at ``density`` pixels a millimetre whose corner lies at (left, top)."""
    return cast(Matrix, np.array([[1 / density, 0, left], [0, 1 / density, top], [0, 0, 1]]))


def warped(view: View, plate: Plate, place: Matrix, height: float = 0.0) -> Plate:
    """The plate as the frame sees it; beyond its borders it goes on evenly."""
    matrix = view.plane(height) @ place
    return cast(Plate, cv2.warpPerspective(plate, matrix, view.size, borderMode=cv2.BORDER_REPLICATE))


def ground_of(rng: np.random.Generator, view: View) -> Plate:
    """A surface over all that the frame sees, in the frame."""
    left, top, right, bottom = view.extent()
    density = min(view.density, 1500 / max(right - left, bottom - top))
    shape = (int((bottom - top) * density) + 1, int((right - left) * density) + 1)
    plate, _ = draw_ground(rng, shape, density)
    turn, middle = between(rng, 0, 360), (shape[1] / 2, shape[0] / 2)
    if chance(rng, 0.4):
        spin = cv2.getRotationMatrix2D(middle, turn, 1.0)
        plate = np.asarray(cv2.warpAffine(plate, spin, shape[::-1], borderMode=cv2.BORDER_REFLECT), np.uint8)
    soft = scaled(rng, 0.3, 4) if chance(rng, 0.25) else 0.0
    frame = warped(view, plate, scaling(density, left, top))
    return cast(Plate, cv2.GaussianBlur(frame, (0, 0), soft)) if soft else frame


def put(rng: np.random.Generator, view: View, frame: Plate, thing: Thing) -> tuple[Plate, Image, Light]:
    """The frame with the thing on it, the mask of its top, and its shadow (height, width, 1 is none)."""
    top, foot = view.mask(thing.outline, thing.thick), view.mask(thing.outline)
    width, height = view.size
    small = cv2.resize(cv2.max(top, foot), (width // 3 + 1, height // 3 + 1), interpolation=cv2.INTER_AREA)
    reach = (thing.thick + 0.15) * view.density / 3
    total = np.zeros(small.shape, np.float32)
    for spread, weight in ((scaled(rng, 0.5, 2.5), between(rng, 0.1, 0.75)), (scaled(rng, 2, 9), between(rng, 0, 0.4))):
        far = reach * spread * between(rng, 0.2, 1.2)
        move = np.array([[1, 0, far * np.cos(view.lamp)], [0, 1, far * np.sin(view.lamp)]], np.float32)
        shifted = cv2.warpAffine(small, move, small.shape[::-1])
        total += np.float32(weight / 255) * blurred(
            cast(Light, shifted * np.float32(1)), max(0.4, reach * spread * 0.6)
        )
    frame = lay(frame, np.full_like(frame, thing.side), cv2.max(foot, top))
    frame = lay(frame, warped(view, thing.plate, thing.place, thing.thick), top)
    lit = total * (1 - cv2.resize(top, small.shape[::-1], interpolation=cv2.INTER_AREA) / np.float32(255))
    return frame, top, cast(Light, 1 - np.minimum(lit, 0.85))


def clutter(rng: np.random.Generator, view: View, frame: Plate, extent: Points) -> Plate:
    """Perhaps a lit screen, a printed leaf or a dark device lies beside ``extent`` (n, 2; millimetres)."""
    if not chance(rng, 0.22):
        return frame
    low, high = extent.min(0), extent.max(0)
    size = np.array([between(rng, 40, 200), between(rng, 60, 250)])
    corner = np.array([between(rng, low[0] - size[0], high[0]), between(rng, low[1] - size[1], high[1])])
    axis = int(rng.integers(2))
    corner[axis] = (
        high[axis] + between(rng, 2, 30) if chance(rng, 0.5) else low[axis] - size[axis] - between(rng, 2, 30)
    )
    tone = colour(between(rng, 0, 1), between(rng, 0, 0.5), between(rng, 0.05, 1.0))
    plate = np.full((int(size[1] * 4), int(size[0] * 4), 3), tone, np.uint8)
    if chance(rng, 0.6):
        ink = words(rng, *plate.shape[:2], scaled(rng, 10, 40), between(rng, 0.3, 1))
        plate = shade(plate, cast(Light, 1 - ink * np.float32(0.7)))
    outline = np.array([corner, corner + size * (1, 0), corner + size, corner + size * (0, 1)], np.float32)
    thing = Thing(plate, scaling(4.0, *corner), outline, scaled(rng, 0.1, 8), (60, 60, 60), 0.0)
    return put(rng, view, frame, thing)[0]


def fingers(rng: np.random.Generator, view: View, frame: Plate, quad: Points) -> Plate:
    """One to four fingers that come in from outside and cover a few millimetres of an edge."""
    edge = int(rng.integers(4))
    start, end, middle = quad[edge], quad[(edge + 1) % 4], quad.mean(0)
    skin = np.array(colour(between(rng, 0.02, 0.08), between(rng, 0.25, 0.6), between(rng, 0.45, 0.92)))
    along, wide = between(rng, 0.15, 0.6), between(rng, 11, 17)
    for number in range(int(rng.integers(1, 4))):
        share = along + number * wide * 1.15 / float(np.linalg.norm(end - start))
        base = start + (end - start) * share
        inward = (middle - base) / np.linalg.norm(middle - base)
        tip, tail = base + inward * (between(rng, 0.5, 7) - wide / 2), base - inward * 260
        lean = rng.normal(0, 25, 2)
        turn = float(np.arctan2(*(tip - tail - lean)[::-1]))
        arc = np.linspace(turn - np.pi / 2, turn + np.pi / 2, 12)
        head = tip + wide / 2 * np.stack([np.cos(arc), np.sin(arc)], 1)
        shape = np.concatenate([head, head[-1:] + tail - tip, head[:1] + tail - tip]).astype(np.float32)
        full = view.mask(shape, 6)
        left, top, w, h = cv2.boundingRect(full)
        if w < 8 or h < 8:
            continue
        mask, part = full[top : top + h, left : left + w], frame[top : top + h, left : left + w]
        depth = cv2.distanceTransform(cv2.resize(mask, None, fx=0.25, fy=0.25), cv2.DIST_L2, 3)
        round_ = cv2.resize(np.sqrt(np.minimum(depth * 8 / (wide * view.density + 1), 1)), (w, h))
        body = shade(np.full_like(part, skin), cast(Light, 0.55 + 0.45 * round_ + 0.02 * haze(rng, mask.shape, (8, 8))))
        nail = at(np.array([tip + inward * wide * 0.16]), view.plane(6))[0]
        size = (wide * 0.42 * view.density, wide * 0.55 * view.density)
        box = ((float(nail[0]) - left, float(nail[1]) - top), size, np.degrees(turn) + 90)
        if chance(rng, 0.5):
            cv2.ellipse(body, box, tuple(np.minimum(skin * 1.1 + 8, 255)), -1, cv2.LINE_AA)
        part[:] = lay(part, body, np.asarray(cv2.GaussianBlur(mask, (0, 0), 1), np.uint8))
    return frame


def sleeve(rng: np.random.Generator, view: View, frame: Plate, quad: Points) -> Plate:
    """A clear pocket about the card: a haze, seams and wrinkles that shine."""
    grow = between(rng, 1.04, 1.3)
    outline = (quad.mean(0) + (quad - quad.mean(0)) * grow).astype(np.float32)
    mask = view.mask(outline, 1)
    shine = np.abs(haze(rng, mask.shape, (int(rng.integers(3, 9)), int(rng.integers(3, 9)))))
    veil = cv2.convertScaleAbs(np.clip(0.25 - shine, 0, 1), alpha=scaled(rng, 60, 500))
    frame = lay(frame, np.full_like(frame, 250), cv2.min(mask, np.maximum(veil, int(between(rng, 5, 40)))))
    corners = [np.rint(at(outline, view.plane(1)) * 16).astype(np.int32)]
    cv2.polylines(frame, corners, True, (245, 245, 245), max(1, round(view.density * 0.4)), cv2.LINE_AA, 4)
    return frame


def lit(rng: np.random.Generator, view: View, frame: Plate, extra: tuple[Image, float, Light], even: bool) -> Light:
    """Light that comes off the frame: lamps with the shadow, and glints on the thing (its mask, gloss, shadow)."""
    mask, gloss, shadow = extra
    field = lamp_light(rng, view, even)
    if not even:
        field *= shadow[: field.shape[0], : field.shape[1], None]
    light = light_of(frame)
    light *= cast(Light, cv2.resize(field, view.size))
    if gloss > 0.02 and not even:
        shine = cv2.resize(glints(rng, view, gloss), view.size)
        light += cv2.merge([shine * (mask * np.float32(1 / 255))] * 3)
    return light
