"""Devices with a screen that show a picture of a card: bezel, interface around, and the screen of each number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np

from idcard_core.card import Image, Points
from idcard_core.specimen.brush import (
    Colour,
    Matrix,
    Paint,
    between,
    bytes_of,
    chance,
    clouds,
    filled,
    floats,
    hsv,
    image,
    pick,
    rounded,
    scaled,
)
from idcard_core.specimen.interfaces import interface
from idcard_core.specimen.painted.copies import original, straight, to_card
from idcard_core.specimen.painted.pixels import Face, lit
from idcard_core.specimen.painted.stage import Sheet, Thing, View, draw_margins, scale_and_shift
from idcard_core.specimen.plane import at

_SCREENS = 7303


@dataclass(frozen=True, slots=True)
class Screen:
    """The fixed properties of one screen; ``across`` is its pixels from left to right held as it is used."""

    kind: str
    face: Face
    across: int
    shape: float
    """Height over width."""
    bezel: float
    """In parts of the width."""
    body: Colour
    corner: float
    gloss: float

    @classmethod
    def of(cls, number: int) -> Screen:
        """The screen beside the device ``number``."""
        rng = np.random.default_rng([_SCREENS, number])
        kind = pick(rng, ("phone_lcd", "phone_oled", "tablet", "laptop", "monitor"), (24, 34, 12, 14, 16))
        phone = kind.startswith("phone")
        tones = np.exp(rng.normal(0, [0.05, 0.03, 0.05])) * [1.03, 1, 0.98]
        face = Face(
            oled=kind == "phone_oled" or (kind == "tablet" and chance(rng, 0.15)),
            tint=(float(tones[0]), float(tones[1]), float(tones[2])),
            black=scaled(rng, 0.002, 0.02) if kind == "phone_oled" else scaled(rng, 0.01, 0.1),
            uneven=scaled(rng, 0.003, 0.04),
            bend=float(rng.normal(0, 0.02)),
            swap=chance(rng, 0.2),
        )
        across = pick(rng, (720, 1080, 1170, 1290, 1440) if phone else (1366, 1620, 1920, 2560, 2880))
        if kind == "monitor":
            across = pick(rng, (1680, 1920, 2560, 3840))
        tall = between(rng, 1.75, 2.2) if phone else pick(rng, (0.5625, 0.625, 0.75))
        return cls(
            kind,
            face,
            across,
            tall,
            scaled(rng, 0.01, 0.06),
            hsv(rng.random(), between(rng, 0, 0.3), pick(rng, (0.04, between(rng, 0.02, 0.3), 0.9), (6, 3, 1))),
            scaled(rng, 0.01, 0.1) if phone else 0.004,
            scaled(rng, 0.1, 0.9),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A display's content: the picture, the card's quad in it, the screen's place in it (left, top, width, height).

    Only so much of the display is painted as a picture may show; ``pitch`` is a screen pixel in pixels of the content.
    """

    content: Image
    quad: Points
    frame: tuple[int, int, int, int]
    pitch: float
    photographed: bool


def show(rng: np.random.Generator, screen: Screen, wide: float) -> Shown:
    """What ``screen`` shows: a photograph or scan of a card among the things of an interface."""
    picture, quad, flat = original(rng, min(wide * between(rng, 0.6, 1.1), 1000), 0.8)
    if not flat and chance(rng, 0.25):
        corners = quad + floats(rng.normal(0, 0.006 * float(np.ptp(quad[:, 0])), (4, 2)))
        picture, quad = straight(picture, corners, int(np.clip(np.ptp(quad[:, 0]), 480, 1000)))
    height, width = picture.shape[:2]
    low, high = quad.min(axis=0), quad.max(axis=0)
    span = float(high[0] - low[0])
    filled = chance(rng, 0.3 if screen.kind.startswith("phone") else 0.15)
    if filled:  # by the card, on a phone that is held sideways
        turned = screen.shape > 1
        shape = 1 / screen.shape if turned else screen.shape
        across = max(span, float(high[1] - low[1]) / shape) * between(rng, 1.03, 1.15)
    elif screen.kind.startswith("phone"):
        across = pick(
            rng, (width * between(rng, 1.0, 1.15), max(span * between(rng, 1.02, 1.3), height / screen.shape)), (7, 3)
        )
        turned = chance(rng, 0.2)
    else:
        across, turned = width * scaled(rng, 1.05, 4), False
    across = max(across, span * 1.03)
    tall = across * screen.shape
    if filled and turned:
        tall = across / screen.shape
    elif turned:
        across, tall = max(tall * 0.7, span * 1.03), max(across * 0.7, (high[1] - low[1]) * 1.03)
    tall = max(tall, float(high[1] - low[1]) * 1.03)
    pitch = max(across, tall if turned else across) / (screen.across * (screen.shape if turned else 1))
    middle = (low + high) / 2
    if chance(rng, 0.6) and not filled:
        middle = np.array([width / 2, height / 2])
    left = float(
        np.clip(
            middle[0] - across / 2 + rng.normal(0, 0.03 if screen.shape > 1 else 0.2) * across, high[0] - across, low[0]
        )
    )
    top = float(np.clip(middle[1] - tall / 2 + rng.normal(0, 0.06) * tall, high[1] - tall, low[1]))
    keep_low = np.maximum([left, top], low - span * 0.9).astype(int)
    keep_high = np.minimum([left + across, top + tall], high + span * 0.9).astype(int) + 1
    wide_px, tall_px = (int(v) for v in keep_high - keep_low)
    canvas = interface(rng, tall_px, wide_px, span)
    x, y = int(-keep_low[0]), int(-keep_low[1])
    shown = picture[max(-y, 0) : tall_px - y, max(-x, 0) : wide_px - x]
    canvas[max(y, 0) : max(y, 0) + shown.shape[0], max(x, 0) : max(x, 0) + shown.shape[1]] = shown
    if not flat and chance(rng, 0.2):
        for _ in range(int(rng.integers(1, 4))):
            where = (int(rng.integers(wide_px)), int(pick(rng, (0.03, 0.95)) * tall_px))
            cv2.circle(canvas, where, max(int(span * 0.03), 2), bytes_of(hsv(rng.random(), 0.2, 0.8)), 2, cv2.LINE_AA)
    frame = (int(left - keep_low[0]), int(top - keep_low[1]), int(across), int(tall))
    return Shown(canvas, quad - keep_low.astype(np.float32), frame, pitch, not flat)


def screen_thing(rng: np.random.Generator, wide: float, number: int) -> Thing:
    """The screen of device ``number`` with a card on it, to be seen about ``wide`` pixels wide."""
    screen = Screen.of(number)
    shown = show(rng, screen, wide)
    place = to_card(shown.quad)
    content, height, width = shown.content, *shown.content.shape[:2]
    if shown.pitch > 1.1:
        size = (max(int(width / shown.pitch), 2), max(int(height / shown.pitch), 2))
        coarse = cv2.resize(content, size, interpolation=cv2.INTER_AREA)
        content = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
    left, top, across, tall = shown.frame
    whole = rounded(tall, across, screen.corner * across)
    mask = np.ones((height, width), np.float32)
    mask[:] = whole[np.clip(np.arange(height) - top, 0, tall - 1)][:, np.clip(np.arange(width) - left, 0, across - 1)]
    edge = max(int(screen.bezel * across), 2)
    chin = int(edge * between(rng, 0.9, 1.3 if screen.shape > 1 else 4))
    body = filled(height + edge + chin, width + 2 * edge, screen.body)
    body = body + clouds(rng, body.shape[0], body.shape[1], width / 4)[..., None] * 0.01
    shape = rounded(body.shape[0], body.shape[1], (screen.corner * 0.9 + screen.bezel) * across)
    lift = between(rng, 2, 8) if screen.shape > 1 else between(rng, 6, 40)
    cut = np.array([-left, -top, left + across - width, top + tall - height]) > 3
    # where only a part of the display is painted its body ends outside the picture as a rule
    outline = np.ones_like(shape) if cut.any() else shape
    frame = Sheet(image(body), outline, place @ scale_and_shift(1, -edge, -edge), lift, min(lift, 9), 0.3)
    face = Sheet(content, mask, place, finish=partial(_shine, screen.face, shown.pitch))
    way = f"{screen.kind}{'' if shown.photographed else '_scan'}"
    return Thing(way, (frame, face), at(shown.quad, place), screen.gloss, between(rng, 0.85, 1))


def _shine(face: Face, pitch: float, rng: np.random.Generator, seen: Paint, view: View, matrix: Matrix) -> Paint:
    return lit(rng, face, seen, view, matrix, pitch)


def screenshot(rng: np.random.Generator, wide: float, number: int) -> tuple[Image, Points]:
    """The content of the screen of device ``number`` and the quad; the card about ``wide`` pixels wide, no camera."""
    shown = show(rng, Screen.of(number), wide)
    content, quad = shown.content, shown.quad
    sides = np.linalg.norm(quad - np.roll(quad, -1, axis=0), axis=1)
    if chance(rng, 0.7):  # cut close, as pictures of other kinds are, with the interface at one side
        margins = draw_margins(rng, float(sides[0]))
        low = np.maximum(quad.min(axis=0) - margins[:2], 0).astype(int)
        high = np.minimum(quad.max(axis=0) + margins[2:], content.shape[1::-1]).astype(int)
        content, quad = content[low[1] : high[1] + 1, low[0] : high[0] + 1], quad - floats(low)
        tall = int(sides[0] * scaled(rng, 0.06, 0.4))
        strips = [interface(rng, tall, content.shape[1], float(sides[0]), busy=True) for _ in range(2)]
        above, below = pick(rng, ((True, False), (False, True), (True, True)))
        content = np.vstack([*strips[:1] * above, content, *strips[1:] * below])
        quad = quad + floats([0, tall * above])
    height, width = content.shape[:2]
    scale = min(wide / float(sides[0] + sides[2]) * 2, 2500 / max(height, width))
    scale = max(scale, 408 / float(sides[0]))
    size = (round(width * scale), round(height * scale))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    quad = quad * floats([size[0] / width, size[1] / height])
    return np.asarray(cv2.resize(content, size, interpolation=way), np.uint8), quad
