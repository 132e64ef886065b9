"""Displays: primaries on a lattice of subpixels, the tone of the panel, and interfaces that show a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from PIL import Image as Pictures
from PIL import ImageDraw

from idcard_core.card import Image, Points
from idcard_core.specimen.brush import WORDS, Matrix, between, chance, floats, pick, scaled
from idcard_core.specimen.darkroom.artwork import colour
from idcard_core.specimen.darkroom.camera import CONSTANT
from idcard_core.specimen.darkroom.chain import Code, Light, Plate, Tone
from idcard_core.specimen.darkroom.optics import View
from idcard_core.specimen.darkroom.page import Original
from idcard_core.specimen.fonts import Style, choose_face, load
from idcard_core.specimen.plane import at

_LEAST_SPREAD = 0.035
"""The faintest a lattice may be in a picture: a careful eye finds it enlarged."""
_CELL = 24
"""Samples of a lattice's tile a pixel of the panel."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One display, the same for all pictures of its number."""

    kind: str
    oled: bool
    layout: str
    size: tuple[int, int]
    pitch: float
    """Pixels across and down, and millimetres from one to the next."""
    fill: float
    tone: Tone
    white: tuple[float, float, float]
    bezel: float
    frame: Code
    gloss: float
    leak: float
    """Light of a black picture."""


def panel_of(number: int) -> Panel:
    """The display of a number."""
    rng = np.random.default_rng([CONSTANT + 2, number])
    kind = pick(rng, ("phone", "tablet", "laptop", "monitor"), (4, 1.5, 2.5, 2.5))
    sizes = {
        "phone": ((1080, 2340), (720, 1560), (1170, 2532)),
        "tablet": ((1600, 1200), (1536, 2048)),
        "laptop": ((1366, 768), (1920, 1080)),
        "monitor": ((1920, 1080), (1680, 1050), (2560, 1440)),
    }
    pitches = {"phone": (0.055, 0.095), "tablet": (0.09, 0.16), "laptop": (0.16, 0.23), "monitor": (0.23, 0.3)}
    oled = chance(rng, {"phone": 0.6, "tablet": 0.3}.get(kind, 0.08))
    warm = between(rng, -0.1, 0.1)
    dark = between(rng, 5, 45) if chance(rng, 0.8) else between(rng, 120, 230)
    return Panel(
        kind=kind,
        oled=oled,
        layout=pick(rng, ("pentile", "diamond", "stripe") if oled else ("stripe", "stripe", "bgr", "chevron")),
        size=pick(rng, sizes[kind]),
        pitch=between(rng, *pitches[kind]),
        fill=between(rng, 0.55, 0.92),
        tone=Tone(scaled(rng, 0.85, 1.25), between(rng, 0, 0.4), 0.0 if oled else between(rng, 0.0, 0.1)),
        white=(1 - warm + between(rng, 0, 0.12), 1.0, 1 + warm),
        bezel=between(rng, 2, 6) if kind == "phone" else between(rng, 5, 20),
        frame=(dark, dark, dark),
        gloss=between(rng, 0.3, 1.0) if kind in ("phone", "tablet") or chance(rng, 0.3) else between(rng, 0.02, 0.3),
        leak=0.0 if oled else scaled(rng, 0.001, 0.015),
    )


def _tile(panel: Panel) -> Light:
    """Two by two pixels of the lattice, ``_CELL`` samples each, mean one in every channel (BGR)."""
    edge = 2 * _CELL
    y, x = (np.mgrid[0:edge, 0:edge] + 0.5) / _CELL
    tile = np.zeros((edge, edge, 3), np.float32)
    reach = panel.fill
    if panel.layout in ("pentile", "diamond"):
        spots = {
            1: ((0.25, 0.5), (1.25, 0.5), (0.25, 1.5), (1.25, 1.5)),
            2: ((0.75, 0.0), (1.75, 1.0)),
            0: ((1.75, 0.0), (0.75, 1.0)),
        }
        for channel, centres in spots.items():
            size = 0.27 * reach if channel == 1 else 0.38 * reach
            for cx, cy in centres:
                dx, dy = np.abs((x - cx + 1) % 2 - 1), np.abs((y - cy + 1) % 2 - 1)
                inside = dx + dy < size * 1.25 if panel.layout == "diamond" else np.maximum(dx * 1.3, dy) < size
                tile[..., channel] += inside
    else:
        lean = 0.16 * np.abs((y % 2) - 1) if panel.layout == "chevron" else 0.0
        for place in range(3):
            centre = (place + 0.5) / 3
            dx = np.abs((x + lean - centre + 0.5) % 1 - 0.5)
            dy = np.abs(y % 1 - 0.5)
            channel = place if panel.layout == "bgr" else 2 - place
            tile[..., channel] = (dx < reach / 6) & (dy < 0.5 * min(1.0, reach + 0.12))
    return cast(Light, tile / np.maximum(tile.mean((0, 1)), 1e-6))


def lattice(panel: Panel, view: View, place: Matrix, lens: float, most: float) -> tuple[Light, Light, Light]:
    """What the lattice multiplies the light of every pixel of the frame by, once lens and photosite have taken theirs.

    ``place`` is the homography from the panel's pixels to the frame, ``lens`` the lens's blur (pixels of the frame),
    ``most`` the largest spread the field may have.
    Returns the field (height, width, 3) and the panel's pixel (x, y) at every pixel of the frame.
    """
    centre = at(np.array([[view.size[0] / 2, view.size[1] / 2]], np.float32), np.linalg.inv(place))[0]
    corners = at(centre + np.array([[0, 0], [1, 0], [0, 1]], np.float32), place).astype(np.float64)
    step = (corners[1:] - corners[0]).T
    bins = np.fft.fftfreq(2 * _CELL, 1 / _CELL)
    waves = np.stack(np.meshgrid(bins, bins), -1) @ np.linalg.inv(step)
    site = np.sinc(0.8 * waves[..., 0]) * np.sinc(0.8 * waves[..., 1])
    passed = np.exp(-2 * np.pi**2 * lens**2 * (waves**2).sum(-1)) * site
    tile = np.fft.ifft2(np.fft.fft2(_tile(panel), axes=(0, 1)) * passed[..., None], axes=(0, 1)).real
    spread = max(float(tile.std()), 1e-4)
    tile = 1 + (tile - 1) * float(np.clip(spread, _LEAST_SPREAD, most)) / spread
    back = np.linalg.inv(place).astype(np.float32)
    x = np.arange(view.size[0], dtype=np.float32)[None, :]
    y = np.arange(view.size[1], dtype=np.float32)[:, None]
    depth = 1 / (back[2, 0] * x + back[2, 1] * y + back[2, 2])
    u = (back[0, 0] * x + back[0, 1] * y + back[0, 2]) * depth
    v = (back[1, 0] * x + back[1, 1] * y + back[1, 2]) * depth
    x, y = ((c - 2 * np.floor(c / 2)) * np.float32(_CELL) - np.float32(0.5) for c in (u, v))
    field = cv2.remap(floats(tile), x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    return cast(Light, field), u, v


def interface(rng: np.random.Generator, size: tuple[int, int], original: Original, bare: bool) -> tuple[Plate, Points]:
    """A screen of ``size`` (width, height) that shows the original, and the card's quad on it (pixels).

    ``bare`` leaves nothing but the picture on a plain ground.
    """
    dark = chance(rng, 0.5)
    back = colour(between(rng, 0, 1), between(rng, 0, 0.15), between(rng, 0, 0.2) if dark else between(rng, 0.85, 1))
    sheet = np.full((size[1], size[0], 3), back, np.uint8)
    bars = (0, 0) if bare else (int(size[1] * between(rng, 0.03, 0.14)), int(size[1] * between(rng, 0, 0.16)))
    left = int(size[0] * between(rng, 0.08, 0.25)) if size[0] > size[1] and not bare and chance(rng, 0.5) else 0
    room = np.array([size[0] - left, size[1] - sum(bars)], np.float64)
    picture = np.array(original.plate.shape[1::-1], np.float64)
    scale = float((room / picture).min()) * (scaled(rng, 0.3, 1.0) if chance(rng, 0.65) else 1.0)
    shown = np.maximum((picture * scale).astype(int), 8)
    corner = (np.array([left, bars[0]]) + (room - shown) * rng.uniform(0.35, 0.65, 2)).astype(int)
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    small = cv2.resize(original.plate, (int(shown[0]), int(shown[1])), interpolation=method)
    if not bare:
        _furnish(rng, sheet, (left, *bars), dark)
    x, y = int(corner[0]), int(corner[1])
    sheet[y : y + shown[1], x : x + shown[0]] = small[: sheet.shape[0] - y, : sheet.shape[1] - x]
    quad = original.quad * (shown / picture) + corner
    if chance(rng, 0.3):
        tip = quad.mean(0) + rng.normal(0, 0.4, 2) * np.ptp(quad, 0)
        arrow = (
            np.array([[0, 0], [0, 17], [4, 13], [7, 20], [10, 19], [7, 12], [12, 12]]) * max(1, size[1] / 1100) + tip
        )
        cv2.fillPoly(sheet, [np.rint(arrow).astype(np.int32)], (255, 255, 255), cv2.LINE_AA)
        cv2.polylines(sheet, [np.rint(arrow).astype(np.int32)], True, (0, 0, 0), 1, cv2.LINE_AA)
    return sheet, quad.astype(np.float32)


def _furnish(rng: np.random.Generator, sheet: Plate, bars: tuple[int, int, int], dark: bool) -> None:
    """Bars with words and icons, a column of entries, and bubbles or blocks beside the picture."""
    height, width = sheet.shape[:2]
    left, top, bottom = bars
    ink = (215, 215, 215) if dark else (45, 45, 45)
    pen_sheet = Pictures.fromarray(sheet)
    pen = ImageDraw.Draw(pen_sheet)
    size = max(12, int(min(height, width) * between(rng, 0.018, 0.034)))
    font = load(choose_face(rng, (Style.SANS,)), size)

    def word(x: float, y: float, count: int, tone: tuple[int, int, int] = ink) -> None:
        text = "".join(WORDS[int(i)] for i in rng.integers(len(WORDS), size=count))
        pen.text((x, y), text, font=font, fill=tone)

    def tone_of() -> tuple[int, int, int]:
        value = between(rng, 0.1, 0.35) if dark else between(rng, 0.75, 1)
        b, g, r = colour(between(rng, 0, 1), scaled(rng, 0.02, 0.7), value)
        return int(b), int(g), int(r)

    for _ in range(int(rng.integers(0, 7))):
        x, y = between(rng, 0, width * 0.8), between(rng, top, height)
        box = (x, y, x + between(rng, 0.1, 0.6) * width, y + between(rng, 2, 7) * size)
        pen.rounded_rectangle(box, between(rng, 0, 0.8) * size, fill=tone_of())
        word(x + size / 2, y + size / 2, int(rng.integers(2, 14)))
    for box in ((0, 0, width, top), (0, height - bottom, width, height), (0, top, left, height - bottom)):
        if box[2] > box[0] and box[3] > box[1]:
            pen.rectangle(box, fill=tone_of())
    word(size, max(0, top / 2 - size / 2), int(rng.integers(2, 9)))
    for number in range(int(rng.integers(2, 7))):
        x = (number + 0.5) * width / 6
        pen.ellipse(
            (x, height - bottom * 0.75, x + size * 1.5, height - bottom * 0.75 + size * 1.5), outline=ink, width=2
        )
        word(x, height - bottom * 0.75 + size * 1.6, 2)
    for row in range(int((height - top) / (3 * size)) if left else 0):
        word(size / 2, top + (3 * row + 1) * size, max(1, int(left / size) - 2))
    sheet[:] = np.asarray(pen_sheet, np.uint8)


def glass(rng: np.random.Generator, shape: tuple[int, int]) -> Image:
    """Dust and smears on the glass (height, width; 0 clean)."""
    canvas = np.zeros(shape, np.uint8)
    for _ in range(int(rng.integers(0, 60))):
        where = (int(rng.integers(shape[1])), int(rng.integers(shape[0])))
        cv2.circle(canvas, where, int(rng.integers(1, 3)), (between(rng, 60, 200),), -1, cv2.LINE_AA)
    for _ in range(int(rng.integers(0, 5))):
        where = (int(rng.integers(shape[1])), int(rng.integers(shape[0])))
        axes = (int(rng.integers(15, 60)), int(rng.integers(20, 90)))
        for ring in range(1, 9):
            size = (axes[0] * ring // 8 + 1, axes[1] * ring // 8 + 1)
            cv2.ellipse(canvas, where, size, between(rng, 0, 180), 0, 360, (between(rng, 8, 40),), 2, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(canvas, (0, 0), 1.2), np.uint8)
