"""Screens: their sub-pixels, and the interface around the picture they show."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw

from idcard_core.card import CARD_MM, Image, Points
from idcard_core.specimen.fonts import Style, choose_face, load
from idcard_core.specimen.rendered.fields import Float, colour, log_uniform, single
from idcard_core.specimen.rendered.lettering import words
from idcard_core.specimen.rendered.light import Glow
from idcard_core.specimen.rendered.straight import straightened

_FINE = 24
"""Samples across one pixel of a screen."""


@dataclass(frozen=True, slots=True)
class Panel:
    """What does not change about one screen; ``pixels`` upright, ``pitch``, ``bezel`` and ``radius`` in millimetres."""

    kind: str
    layout: str
    pixels: tuple[int, int]
    pitch: float
    bezel: float
    radius: float
    shade: float
    warmth: float
    black: float
    brightness: float
    mirror: float
    roughness: float
    fill: float


_KINDS = (
    # name, how often, OLED share, pixels, pitches (mm), bezels (mm), corners (mm)
    ("phone", 0.45, 0.55, ((1080, 2340), (720, 1600), (1170, 2532)), (0.055, 0.095), (1.5, 4), (4, 11)),
    ("tablet", 0.12, 0.1, ((1536, 2048), (1200, 1920)), (0.096, 0.12), (7, 14), (3, 14)),
    ("laptop", 0.2, 0.1, ((1366, 768), (1920, 1080)), (0.14, 0.23), (5, 14), (2, 6)),
    ("monitor", 0.23, 0.0, ((1920, 1080), (1680, 1050)), (0.2, 0.31), (6, 20), (1, 4)),
)


def panel_of(number: int) -> Panel:
    """The screen of device ``number``."""
    rng = np.random.default_rng([71109, number])
    name, _, oled, sizes, pitch, bezel, radius = _KINDS[int(rng.choice(len(_KINDS), p=[kind[1] for kind in _KINDS]))]
    emits = rng.random() < oled
    matt = rng.random() < (0.75 if name == "monitor" else 0.4 if name == "laptop" else 0.05)
    return Panel(
        kind=name,
        layout=str(rng.choice(["pentile", "pentile", "delta"])) if emits else str(rng.choice(["rgb", "rgb", "bgr"])),
        pixels=sizes[int(rng.integers(len(sizes)))],
        pitch=float(rng.uniform(*pitch)),
        bezel=float(rng.uniform(*bezel)),
        radius=float(rng.uniform(*radius)),
        shade=float(rng.choice([0.01, 0.02, 0.3, 0.7], p=[0.5, 0.3, 0.1, 0.1])),
        warmth=float(rng.normal(0.06, 0.08)),
        black=0.0 if emits else float(rng.uniform(0.0008, 0.006)),
        brightness=log_uniform(rng, 0.5, 6),
        mirror=float(rng.uniform(0.012, 0.05)),
        roughness=float(rng.uniform(0.2, 0.45)) if matt else float(rng.uniform(0.0, 0.06)),
        fill=float(rng.uniform(0.5, 0.9)),
    )


def glow(rng: np.random.Generator, panel: Panel) -> Glow:
    """The light the screen gives this time, against a room whose white has radiance 1."""
    white = single([1 + panel.warmth, 1.0, 1 - panel.warmth]) * np.float32(panel.brightness * log_uniform(rng, 0.4, 3))
    tile, cells = _pattern(panel)
    bands = float(rng.choice([0.0, rng.uniform(0.01, 0.12)], p=[0.7, 0.3]))
    return Glow(
        white=white,
        black=white * np.float32(panel.black),
        tile=np.asarray(1 + (tile - 1) * np.float32(rng.uniform(0.5, 1.0)), np.float32),
        cells=cells,
        lean=(float(rng.normal(0, 0.1)), float(rng.normal(0, 0.1))),
        bands=(bands, log_uniform(rng, 0.08, 1.0)),
    )


def _pattern(panel: Panel) -> tuple[Float, int]:
    """The sub-pixels' tile of mean 1 and how many pixels it spans."""
    if panel.layout in ("rgb", "bgr"):
        tile = np.zeros((_FINE, _FINE, 3), np.float32)
        wide, tall = round(8 * panel.fill), round(_FINE * (0.5 + 0.45 * panel.fill))
        for place, channel in enumerate((2, 1, 0) if panel.layout == "rgb" else (0, 1, 2)):
            left = place * 8 + (8 - wide) // 2
            tile[(_FINE - tall) // 2 : (_FINE + tall) // 2, left : left + wide, channel] = 1
        return np.asarray(tile / tile.mean(axis=(0, 1)), np.float32), 1
    side = 2 * _FINE
    y, x = np.mgrid[:side, :side] / _FINE
    tile = np.zeros((side, side, 3), np.float32)
    dots = (
        [(0.25, 0.25, 2, 0.32), (1.25, 1.25, 2, 0.32), (1.25, 0.25, 0, 0.36), (0.25, 1.25, 0, 0.36)]
        + [(a + 0.75, b + 0.75, 1, 0.24) for a in (0, 1) for b in (0, 1)]
        if panel.layout == "pentile"
        else [(a + 0.25 * (1 + b), b + 0.3, 2, 0.22) for a in (0, 1) for b in (0, 1)]
        + [(a + 0.25 * (3 - b), b + 0.3, 1, 0.22) for a in (0, 1) for b in (0, 1)]
        + [(a + 0.5, b + 0.75, 0, 0.25) for a in (0, 1) for b in (0, 1)]
    )
    for cx, cy, channel, size in dots:
        dx, dy = np.abs((x - cx + 1) % 2 - 1), np.abs((y - cy + 1) % 2 - 1)
        tile[..., channel] = np.maximum(tile[..., channel], np.clip((size - dx - dy) * 12 + 0.5, 0, 1))
    return np.asarray(tile / tile.mean(axis=(0, 1)), np.float32), 2


def showing(rng: np.random.Generator, panel: Panel, photo: Image, quad: Points) -> tuple[Image, Points]:
    """What stands on the screen, in its own pixels, with the card's corners: a picture and the interface around it."""
    width, height = panel.pixels
    if panel.kind in ("phone", "tablet") and rng.random() < 0.4:
        width, height = height, width
    if (close := rng.random()) < 0.25:
        photo, quad = _close(rng, photo, quad)
    elif close < 0.5:
        photo, quad = straightened(photo, quad, float(np.ptp(quad[:, 0])) / CARD_MM[0], float(rng.uniform(-0.4, 1.5)))
    style = str(rng.choice(["black", "white", "chat", "document"], p=[0.35, 0.2, 0.2, 0.25]))
    back = {
        "black": colour(rng, 0.6, 0.0, 0.02, 0.02),
        "white": colour(rng, 0.6, 0.0, 0.98, 0.01),
        "chat": colour(rng, float(rng.random()), 0.04, float(rng.choice([0.93, 0.12])), 0.02),
        "document": colour(rng, 0.6, 0.03, float(rng.choice([0.35, 0.85, 0.15])), 0.03),
    }[style]
    canvas = np.empty((height, width, 3), np.uint8)
    canvas[:] = back * 255
    _interface(rng, canvas, style, panel)
    bar = int(0.05 * max(height, width))
    room = (width * (0.8 if style == "chat" else 1.0), (height - 2 * bar) * 1.0)
    most = min(room[0] / photo.shape[1], room[1] / photo.shape[0])
    card = float(np.linalg.norm(quad[1] - quad[0]))
    factor = max(most * float(rng.uniform(0.75, 1.0)), min(360 / card, most))
    size = (max(int(photo.shape[1] * factor), 8), max(int(photo.shape[0] * factor), 8))
    shown = cv2.resize(photo, size, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC)
    spare = width - size[0], height - 2 * bar - size[1]
    left = max(int(spare[0] * float(rng.choice([0.5, 0.5, rng.random()]))), 0)
    top = bar + max(int(spare[1] * float(rng.choice([0.5, rng.random()]))), 0)
    canvas[top : top + size[1], left : left + size[0]] = shown[: height - top, : width - left]
    return canvas, np.asarray(quad * (size[0] / photo.shape[1]) + single([left, top]), np.float32)


def _close(rng: np.random.Generator, photo: Image, quad: Points) -> tuple[Image, Points]:
    """The picture enlarged until the card fills it, as who shows it does; and the corners in what is left of it."""
    low, high = quad.min(axis=0), quad.max(axis=0)
    room = rng.uniform(0.0, 0.1, 4) * (high - low).max()
    low = np.maximum(low - room[:2], 0).astype(int)
    high = np.minimum(high + room[2:] + 1, photo.shape[1::-1]).astype(int)
    return photo[low[1] : high[1], low[0] : high[0]], np.asarray(quad - low.astype(np.float32), np.float32)


def _interface(rng: np.random.Generator, canvas: Image, style: str, panel: Panel) -> None:
    """Bars, bubbles, buttons and words."""
    height, width = canvas.shape[:2]
    dark = canvas[0, 0].mean() < 120
    ink, bar = (235, 25)[not dark], int(0.05 * max(height, width))
    canvas[:bar] = np.clip(canvas[0, 0].astype(int) + int(rng.integers(-25, 26)), 0, 255)
    if style in ("chat", "document") or rng.random() < 0.3:
        canvas[height - bar :] = np.clip(canvas[0, 0].astype(int) + int(rng.integers(-30, 31)), 0, 255)
        for at in np.linspace(0.1, 0.9, int(rng.integers(3, 7))):
            place = (int(at * width), height - bar // 2)
            cv2.circle(canvas, place, bar // 5, [int(v) for v in rng.integers(0, 255, 3)], 3, cv2.LINE_AA)
    if style == "document" and panel.kind in ("laptop", "monitor"):
        side = int(width * rng.uniform(0.05, 0.2))
        canvas[bar:, :side] = np.clip(canvas[0, 0].astype(int) + int(rng.integers(-20, 21)), 0, 255)
    if style == "chat":
        row = bar + 20
        while row < height - 2 * bar:
            tall, wide = int(rng.uniform(0.8, 2.2) * bar), int(rng.uniform(0.2, 0.7) * width)
            mine = rng.random() < 0.5
            left = width - wide - bar if mine else bar
            paint = (105, 236, 149) if mine else (255, 255, 255) if not dark else (60, 60, 60)
            cv2.rectangle(canvas, (left, row), (left + wide, row + tall), paint, -1)
            centre = (width - bar // 2 if mine else bar // 2, row + bar // 3)
            cv2.circle(canvas, centre, bar // 3, [int(v) for v in rng.integers(0, 255, 3)], -1, cv2.LINE_AA)
            row += tall + int(rng.uniform(0.4, 2) * bar)
    drawn = Pillow.fromarray(canvas)
    pen, font = ImageDraw.Draw(drawn), load(choose_face(rng, (Style.SANS,)), max(bar // 3, 10))
    pen.text((bar // 2, bar // 4), f"{rng.integers(24):02d}:{rng.integers(60):02d}", fill=(ink,) * 3, font=font)
    pen.text((width - 3 * bar, bar // 4), f"5G {rng.integers(5, 100)}%", fill=(ink,) * 3, font=font)
    for _ in range(int(rng.integers(0, 7))):
        place = (int(rng.uniform(0, 0.6) * width), int(rng.uniform(0.05, 0.95) * height))
        pen.text(place, words(rng, int(rng.integers(4, 18))), fill=(ink,) * 3, font=font)
    canvas[:] = np.asarray(drawn)
