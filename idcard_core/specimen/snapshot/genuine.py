"""The card itself: plastic with a thickness and a rim, on or before everything, in sleeves and hands, or scanned."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import CARD_MM, Points
from idcard_core.specimen.brush import Colour, Paint, between, chance, floats, hsv, pick, rounded, scaled
from idcard_core.specimen.plane import CARD_QUAD, at
from idcard_core.specimen.snapshot.artwork import draw_card, faded
from idcard_core.specimen.snapshot.grounds import draw_ground
from idcard_core.specimen.snapshot.hands import fingers
from idcard_core.specimen.snapshot.noise import Pen, fractal
from idcard_core.specimen.snapshot.papers import PATCH, write_column
from idcard_core.specimen.snapshot.scene import (
    Light,
    View,
    draw_light,
    draw_view,
    gloss,
    lay,
    lit,
    scale_of,
    shade,
    start,
)


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """Light that reaches a camera (linear BGR), the quad on it, how bright the place was, and a word for it."""

    canvas: Paint
    quad: Points
    level: float
    way: str
    crop: bool = True
    """Whether what is about the card may be cut away and what it is still be seen."""


def shoot_card(rng: np.random.Generator, card_px: float) -> Shot:
    """A photograph of a card, or seldom a flatbed scan of one."""
    if chance(rng, 0.1):
        return scan_card(rng, card_px)
    view = draw_view(rng, CARD_QUAD, card_px)
    light = draw_light(rng, view)
    canvas, name = start(rng, view)
    place_props(rng, canvas, view, light)
    held = chance(rng, 0.15)
    if held:
        canvas = floats(cv2.GaussianBlur(canvas, (0, 0), scaled(rng, 1, 12)))
    holder = "" if held or chance(rng, 0.8) else pick(rng, ["wallet", "sleeve", "tray"])
    if holder:
        _holder(rng, canvas, view, light, holder)
    mask = _put_card(rng, canvas, view, light, between(rng, 20, 80) if held else 0.0)
    if holder == "wallet":
        _frame(rng, canvas, view, light)
    if chance(rng, 0.8 if held else 0.12):
        fingers(rng, canvas, view, CARD_QUAD)
    lit(canvas, light)
    if chance(rng, 0.5):
        gloss(rng, canvas, mask, scaled(rng, 0.02, 0.5))
    if holder == "sleeve":
        canvas *= floats(between(rng, 0.85, 0.97))
        canvas += floats(between(rng, 0.01, 0.08))
        gloss(rng, canvas, np.ones_like(mask), scaled(rng, 0.03, 0.3))
    return Shot(canvas, at(CARD_QUAD, view.plane(0.9)), light.level, holder or ("held" if held else name))


def scan_card(rng: np.random.Generator, card_px: float) -> Shot:
    """A card under a scanner's lid: even light from one side, a thin shadow, the lid white, grey or black."""
    view = draw_view(rng, CARD_QUAD, card_px, flat=True)
    lid = pick(rng, [between(rng, 0.85, 1.0), between(rng, 0.5, 0.85), between(rng, 0.02, 0.15)], [4, 1, 1])
    canvas = np.full((view.height, view.width, 3), lid * lid, np.float32)
    canvas *= (1 + 0.01 * fractal(rng, view.height, view.width, 1.5))[..., None]
    light = Light(
        (0.0, between(rng, 0.3, 1.5)), between(rng, 0.1, 0.6), between(rng, 0.1, 0.6), floats(np.ones((2, 2, 3))), 3.0
    )
    _put_card(rng, canvas, view, light, 0.0)
    return Shot(canvas, at(CARD_QUAD, view.plane(0.9)), 3.0, "scan")


def _put_card(rng: np.random.Generator, canvas: Paint, view: View, light: Light, lift: float) -> Paint:
    """Shadow, rim and face of a card; returns the face's mask on the picture."""
    k = float(np.clip(view.density * 1.05, 7, 17))
    art = draw_card(rng, k)
    if chance(rng, 0.4):
        art = faded(rng, art)
    thick = between(rng, 0.8, 1.0)
    outline = rounded(art.shape[0], art.shape[1], between(rng, 2.9, 3.4) * k)
    where = scale_of(k)
    shade(canvas, view, outline, (where, lift or thick), light)
    edge = hsv(between(rng, 0.1, 0.6), between(rng, 0, 0.15), 1)
    for height in (0.0, 0.45, 0.9):
        # the rim is darker on the side away from the light
        tone = between(rng, 0.4, 0.65) + 0.3 * height
        lay(canvas, view, floats(edge) * floats(tone), outline, (where, height * thick))
    clear = between(rng, 0.2, 0.9)
    rim = np.clip(rounded(art.shape[0] - 2, art.shape[1] - 2, 3 * k - 1), 0, 1)
    rim = floats(cv2.copyMakeBorder(rim, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(0.0,)))
    inside = cv2.erode(rim, np.ones((3, 3), np.uint8), iterations=max(1, round(0.25 * k)))
    film = between(rng, -0.1, 0.12)
    art = art + ((1 - inside) * floats(film * clear))[..., None]
    return lay(canvas, view, floats(np.clip(art, 0, 1)), outline, (where, 0.9))


def place_props(rng: np.random.Generator, canvas: Paint, view: View, light: Light) -> None:
    """Other things about: papers with print, bank cards, phones that are on, coins, pens; in place."""
    middle = at(floats([[view.width / 2, view.height / 2]]), np.linalg.inv(view.plane()))[0]
    for _ in range(int(pick(rng, [0, 1, 2, 3], [6, 3, 2, 1]))):
        kind = pick(rng, ["paper", "card", "phone", "pen", "coin", "patch"])
        wide, tall = {
            "paper": (between(rng, 90, 210), between(rng, 60, 297)), "card": (85.6, 54.0), "phone": (72.0, 152.0),
            "pen": (140.0, 9.0), "coin": (25.0, 25.0), "patch": (between(rng, 40, 160), between(rng, 40, 160)),
        }[kind]  # fmt: skip
        k = min(view.density * 0.6, 700 / (wide * tall) ** 0.5)
        face = _prop(rng, kind, (max(8, round(tall * k)), max(8, round(wide * k))), k)
        corner = {"card": 3.2, "phone": 9.0, "pen": 4.5, "coin": 12.5}.get(kind, 0.1)
        mask = rounded(face.shape[0], face.shape[1], corner * k)
        turn, spot = between(rng, 0, 6.3), rng.normal(0, 1, 2)
        centre = middle + spot / (np.linalg.norm(spot) + 1e-6) * between(rng, 45, 130)
        spin = np.array([[np.cos(turn), -np.sin(turn), centre[0]], [np.sin(turn), np.cos(turn), centre[1]], [0, 0, 1]])
        matrix = spin @ scale_of(k, -wide / 2, -tall / 2)
        high = {"phone": 8.0, "pen": 8.0, "coin": 1.8, "card": 0.8}.get(kind, 0.2)
        shade(canvas, view, mask, (matrix, high), light)
        lay(canvas, view, face, mask, (matrix, 0.0))


def _prop(rng: np.random.Generator, kind: str, shape: tuple[int, int], k: float) -> Paint:
    tall, wide = shape
    colour: Colour = hsv(between(rng, 0, 1), between(rng, 0, 0.8), between(rng, 0.1, 0.9))
    if kind == "patch":
        patch, _ = draw_ground(rng, k)
        return floats(cv2.resize(patch[: min(tall, PATCH), : min(wide, PATCH)], (wide, tall)))
    pen = Pen(np.broadcast_to(floats((0.94, 0.94, 0.94) if kind == "paper" else colour), (tall, wide, 3)).copy())
    if kind == "paper":
        write_column(rng, pen, (8 * k, 8 * k, wide - 6 * k, tall - 6 * k), between(rng, 3.2, 5) * k, (0.2, 0.2, 0.2))
    elif kind == "phone":
        pen.draw.rectangle((0, 0, wide, tall), fill=(12, 12, 14))
        pen.draw.rectangle(
            (2 * k, 3 * k, wide - 2 * k, tall - 3 * k), fill=tuple(int(v) for v in rng.integers(20, 255, 3))
        )
        write_column(rng, pen, (6 * k, 10 * k, wide - 6 * k, tall * 0.6), 4 * k, (0.1, 0.1, 0.1))
    elif kind == "card":
        write_column(rng, pen, (6 * k, 6 * k, wide - 8 * k, 22 * k), 5 * k, (0.95, 0.95, 0.95))
    paint = pen.done()
    if kind in ("pen", "coin"):
        ramp = np.sin(np.linspace(0.3, 2.8, tall, dtype=np.float32))[:, None, None]
        paint = floats(paint * (0.4 + 0.7 * ramp))
    return floats(np.clip(paint, 0, 1))


def _holder(rng: np.random.Generator, canvas: Paint, view: View, light: Light, kind: str) -> None:
    """What a card lies in: a wallet's leather, a plastic sleeve, a counter's tray; in place."""
    k = view.density * 0.7
    out = between(rng, 2, 5) if kind == "sleeve" else between(rng, 10, 35)
    patch, _ = draw_ground(rng, k)
    tall, wide = round((CARD_MM[1] + 2 * out) * k), round((CARD_MM[0] + 2 * out) * k)
    mask = rounded(tall, wide, between(rng, 1, 5) * k)
    face = cv2.resize(patch[: min(tall, PATCH), : min(wide, PATCH)], (wide, tall))
    if kind == "sleeve":
        face = np.full_like(face, between(rng, 0.6, 0.9))
        mask = mask * floats(between(rng, 0.15, 0.5))
    where = scale_of(k, -out, -out)
    shade(canvas, view, mask, (where, 3.0 if kind != "sleeve" else 0.4), light)
    lay(canvas, view, floats(face), floats(mask), (where, 0.0))


def _frame(rng: np.random.Generator, canvas: Paint, view: View, light: Light) -> None:
    """The leather rim of a wallet's window over the card's border, with its shadow and a seam; in place."""
    k, out = view.density * 0.8, 14.0
    tall, wide = round((CARD_MM[1] + 2 * out) * k), round((CARD_MM[0] + 2 * out) * k)
    over = between(rng, -0.5, 1.2)
    inner = rounded(round((CARD_MM[1] - 2 * over) * k), round((CARD_MM[0] - 2 * over) * k), 3 * k)
    top, left = (tall - inner.shape[0]) // 2, (wide - inner.shape[1]) // 2
    mask = rounded(tall, wide, 4 * k)
    mask[top : top + inner.shape[0], left : left + inner.shape[1]] *= 1 - inner
    face = np.broadcast_to(
        floats(hsv(between(rng, 0, 0.12), between(rng, 0, 0.8), between(rng, 0.08, 0.5))), (tall, wide, 3)
    )
    face = face * (1 + 0.12 * fractal(rng, tall, wide, 0.4))[..., None]
    shade(canvas, view, mask, (scale_of(k, -out, -out), 1.5), light)
    lay(canvas, view, floats(np.clip(face, 0, 1)), mask, (scale_of(k, -out, -out), 1.8))
