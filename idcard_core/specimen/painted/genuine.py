"""A genuine card as a thing to be photographed: worn, faded, in a sleeve; and photographs of one."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import CARD_CORNER_MM, CARD_MM, Image, Points
from idcard_core.specimen.brush import (
    Paint,
    between,
    blurred,
    chance,
    clouds,
    filled,
    floats,
    hsv,
    image,
    over,
    paint,
    pick,
    rounded,
    scaled,
)
from idcard_core.specimen.painted.art import draw_card
from idcard_core.specimen.painted.camera import Camera, develop, packed
from idcard_core.specimen.painted.grounds import paint_ground
from idcard_core.specimen.painted.lighting import add_fingers, add_glare, light_field
from idcard_core.specimen.painted.stage import Sheet, Thing, View, draw_view, lay, reach_of, scale_and_shift
from idcard_core.specimen.plane import CARD_QUAD
from idcard_core.specimen.sensor import from_jpeg


def card_thing(rng: np.random.Generator, wide: float) -> Thing:
    """A card to be seen about ``wide`` pixels wide."""
    width = int(np.clip(wide * between(rng, 1.05, 1.3), 640, 1700))
    flat = paint(draw_card(rng, width))
    unit = width / CARD_MM[0]
    picture = image(_worn(rng, flat) if chance(rng, 0.5) else flat)
    mask = rounded(picture.shape[0], picture.shape[1], CARD_CORNER_MM * between(rng, 0.9, 1.1) * unit)
    thick = between(rng, 0.76, 1.0)
    rise = pick(rng, (thick, between(rng, 1.0, 4)), (85, 15))
    card = Sheet(picture, mask, scale_and_shift(1 / unit, 0, 0), rise, thick, scaled(rng, 0.04, 0.9))
    over = over_card(rng)
    way = "photo_in_wallet" if len(over) > 1 else "photo"
    return Thing(way, (card, *over), CARD_QUAD, gloss=scaled(rng, 0.15, 1.0))


def over_card(rng: np.random.Generator) -> tuple[Sheet, ...]:
    """What is over a card or a print of its size: mostly nothing, else a clear sleeve, or the window of a wallet."""
    kind = rng.random()
    if kind < 0.08:
        return (sleeve(rng),)
    return (sleeve(rng), wallet(rng)) if kind < 0.14 else ()


def _worn(rng: np.random.Generator, flat: Paint) -> Paint:
    """Fading, rubbed patches, scratches and dirt."""
    height, width = flat.shape[:2]
    fade = floats(max(0.0, rng.normal(0, 0.18)))
    flat = flat * (1 - fade) + floats(hsv(rng.random(), 0.06, 0.9)) * fade
    if chance(rng, 0.3):
        patches = np.clip(clouds(rng, height, width, width / between(rng, 3, 20), 3) - between(rng, 0.3, 1.5), 0, 1)
        tone = floats(pick(rng, (1.0, 0.35)))
        flat = flat + (patches * floats(scaled(rng, 0.02, 0.3)))[..., None] * (tone - flat)
    strokes = np.zeros((height, width), np.float32)
    for _ in range(int(pick(rng, (0, scaled(rng, 1, 40))))):
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        reach, turn = scaled(rng, 0.02, 0.5) * width, between(rng, 0, 6.28)
        end = (int(x + reach * np.cos(turn)), int(y + reach * np.sin(turn)))
        cv2.line(strokes, (int(x), int(y)), end, (between(rng, 0.1, 1),), 1, cv2.LINE_AA)
    return flat + (strokes * floats(between(rng, 0.05, 0.4)))[..., None] * (floats(pick(rng, (1.0, 0.2))) - flat)


def sleeve(rng: np.random.Generator) -> Sheet:
    """A clear sleeve over the card: a faint veil with bright edges."""
    unit, over = 6, between(rng, 1.5, 6)
    height, width = int((CARD_MM[1] + 2 * over) * unit), int((CARD_MM[0] + 2 * over) * unit)
    shape = rounded(height, width, unit * 2)
    veil = shape * floats(scaled(rng, 0.02, 0.15))
    line = max(int(unit * between(rng, 0.3, 0.9)), 1)
    inner = np.zeros_like(veil)
    inner[line:-line, line:-line] = 1
    mask = veil + (1 - inner) * shape * floats(between(rng, 0.1, 0.5))
    streaks = np.clip(clouds(rng, height, width, (height, width / between(rng, 4, 12))) - 0.8, 0, 1) * 0.3
    picture = image(filled(height, width, hsv(0.6, 0.03, between(rng, 0.85, 1))))
    return Sheet(
        picture, np.clip(mask + streaks * shape, 0, 0.8), scale_and_shift(1 / unit, -over, -over), 0.2, rim=0.2
    )


def wallet(rng: np.random.Generator) -> Sheet:
    """Leather with a window that ends a little within the card or beyond it, with stitches around it."""
    unit = 7
    most = pick(rng, (-0.2, 5.0))
    beyond = rng.uniform(-2.5 if most < 0 else 0.2, most + 0.8, 4)
    around = rng.uniform(5, 40, 4)
    window = (round((CARD_MM[1] + beyond[1] + beyond[3]) * unit), round((CARD_MM[0] + beyond[0] + beyond[2]) * unit))
    left, top, right, bottom = (round(far * unit) for far in around)
    name = pick(rng, ("leather", "plain", "cloth"), (6, 2, 1))
    picture = paint_ground(rng, window[0] + top + bottom, window[1] + left + right, unit, name)[1]
    height, width = picture.shape[:2]
    radius = scaled(rng, 0.2, 5) * unit
    hole = np.zeros((height, width), np.float32)
    hole[top : top + window[0], left : left + window[1]] = rounded(*window, radius)
    away = cv2.distanceTransform((hole < 0.5).astype(np.uint8), cv2.DIST_L2, 5) / unit
    bevel = np.exp(-((away / between(rng, 0.4, 1.6)) ** 2)) * between(rng, -0.5, 0.3)
    picture = picture * floats(1 + bevel)[..., None]
    if chance(rng, 0.7):
        y, x = np.mgrid[:height, :width]
        line = np.clip(1.5 - np.abs(away - between(rng, 1.2, 4.5)) / 0.3, 0, 1)
        dashes = np.sin((x + y) / unit * 2 * np.pi / between(rng, 1.5, 4.5)) > -0.4
        picture = picture + floats(line * dashes)[..., None] * (floats(between(rng, 0.05, 0.9)) - picture)
    mask = rounded(height, width, between(rng, 0, 6) * unit) * (1 - hole)
    rise = between(rng, 1.2, 3.5)
    place = scale_and_shift(1 / unit, -float(beyond[0]) - left / unit, -float(beyond[1]) - top / unit)
    return Sheet(image(picture), floats(mask), place, rise, 0.0, scaled(rng, 0.05, 0.6))


def ground_of(rng: np.random.Generator, view: View) -> tuple[str, Paint]:
    """What lies under everything: a painted ground in perspective, or the lid of a scanner."""
    if view.scanned:
        tone = pick(rng, (between(rng, 0.9, 1), between(rng, 0.3, 0.8), between(rng, 0, 0.1)), (6, 2, 2))
        lid = np.full((view.height, view.width, 3), hsv(rng.random(), between(rng, 0, 0.05), tone), np.float32)
        return "lid", lid
    left, top, right, bottom = reach_of(view, 140)
    unit = min(view.unit * 0.9, 1100 / max(right - left, bottom - top))
    name, flat = paint_ground(rng, int((bottom - top) * unit) + 2, int((right - left) * unit) + 2, unit)
    turn = cv2.getRotationMatrix2D((float(flat.shape[1] / 2), float(flat.shape[0] / 2)), between(rng, -180, 180), 1.0)
    place = view.matrix @ scale_and_shift(1 / unit, left, top) @ np.vstack([turn, [0, 0, 1]])
    size = (view.width, view.height)
    picture = cv2.warpPerspective(flat, place, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    deep = scaled(rng, 0.1, 2) * view.unit * 0.1 if chance(rng, 0.6) else 0.0
    return name, blurred(floats(picture), deep)


def compose(rng: np.random.Generator, view: View, thing: Thing, softness: float) -> tuple[str, Paint]:
    """The name of the ground and the scene with ``thing`` lying in it, lit; not yet photographed."""
    ground, scene = ground_of(rng, view)
    light = between(rng, 0, 6.28)
    upper = np.zeros((view.height, view.width), np.float32)
    for sheet in thing.sheets:
        scene, mask = lay(rng, scene, view, sheet, light, softness)
        upper = np.maximum(upper, mask)
    light_here = light_field(rng, view)
    if thing.shines:
        light_here = over(light_here, np.ones_like(scene), upper * floats(thing.shines))
    scene = scene * light_here
    if not view.scanned:
        scene = add_glare(rng, scene, view, upper, thing.gloss)
        if chance(rng, 0.12):
            scene = add_fingers(rng, scene, view)
    return ground, scene


def picture_of_card(rng: np.random.Generator, wide: float, scanned: bool) -> tuple[Image, Points]:
    """A photograph or scan of a card by some other device, upright or nearly, and the card's quad in it."""
    thing = card_thing(rng, wide)
    view = draw_view(rng, thing.quad, wide, scanned)
    camera = Camera.of(int(rng.integers(1000, 5000)))
    _, scene = compose(rng, view, thing, camera.softness)
    shot = develop(rng, camera, scene, scanned)
    if chance(rng, 0.6):
        shot = from_jpeg(packed(shot, camera.quality, camera.quick))
    return shot, view.quad
