"""Screens before a camera: the lattice of their subpixels as a short Fourier series, sampled where pixels lie.

A periodic lattice blurred by a lens and a pixel keeps its few lowest waves, each weaker by the blur; taking their
values at the picture's pixels gives moire exactly as sampling does, with no finer picture drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import Points
from idcard_core.specimen.brush import (
    Colour,
    Matrix,
    Paint,
    between,
    chance,
    floats,
    hsv,
    image,
    pick,
    rounded,
    scaled,
    spread,
)
from idcard_core.specimen.plane import at
from idcard_core.specimen.snapshot.genuine import Shot, place_props
from idcard_core.specimen.snapshot.hands import fingers
from idcard_core.specimen.snapshot.interfaces import Shown, draw_interface
from idcard_core.specimen.snapshot.noise import fractal, grain, grid, lamp, wide
from idcard_core.specimen.snapshot.scene import Light, View, draw_light, draw_view, lay, lit, scale_of, shade, start
from idcard_core.specimen.snapshot.source import draw_source

_SERIES = 53_909


@dataclass(frozen=True, slots=True)
class Panel:
    """One screen; ``pitch`` in millimetres a pixel."""

    kind: str
    """phone_oled, phone_lcd, tablet, laptop, monitor."""
    size: tuple[int, int]
    pitch: float
    diamond: bool
    order: tuple[int, int, int]
    """Place of blue, green and red within a pixel, thirds."""
    stripe: float
    """Strength of the first wave across; the second is its square."""
    row: float
    upright: bool
    """Stripes run down the screen, else across it."""
    gamma: float
    white: Colour
    black: float
    bezel: float
    body: Colour
    mirror: float
    falloff: float
    """Loss of light and shift of colour towards the far side of a tilted panel."""


def draw_panel(number: int) -> Panel:
    """The screen of that number."""
    rng = np.random.default_rng([_SERIES, number])
    kind = pick(rng, ["phone_oled", "phone_lcd", "tablet", "laptop", "monitor"], [3, 2, 1.5, 2.5, 3])
    sizes = {
        "phone_oled": (900, 1900),
        "phone_lcd": (760, 1500),
        "tablet": (1100, 1450),
        "laptop": (1440, 900),
        "monitor": (1500, 900),
    }
    wide_mm = {"phone_oled": 66, "phone_lcd": 64, "tablet": 150, "laptop": 310, "monitor": 430}[kind]
    size, times = sizes[kind], between(rng, 0.85, 1.2)
    oled = kind == "phone_oled" or (kind in ("tablet", "laptop") and chance(rng, 0.12))
    white = hsv(pick(rng, [0.6, 0.1]), between(rng, 0, 0.14), 1)
    return Panel(
        kind=kind, size=(round(size[0] * times), round(size[1] * times)),
        pitch=wide_mm / size[0] * between(rng, 0.85, 1.2), diamond=oled and chance(rng, 0.8),
        order=pick(rng, [(2, 1, 0), (0, 1, 2)], [4, 1]), stripe=between(rng, 0.35, 0.95),
        row=between(rng, 0.1, 0.6), upright=chance(rng, 0.85), gamma=between(rng, 1.9, 2.5), white=white,
        black=0.0003 if oled else scaled(rng, 0.001, 0.02), bezel=scaled(rng, 1.5, 22), mirror=scaled(rng, 0.004, 0.06),
        body=hsv(between(rng, 0, 1), between(rng, 0, 0.15), pick(rng, [0.05, 0.08, 0.5, 0.85], [5, 4, 1, 1])),
        falloff=0.05 if oled else between(rng, 0.02, 0.4),
    )  # fmt: skip


def show(rng: np.random.Generator, panel: Panel, whole: bool) -> Shown:
    """The panel's picture, held as its kind is held (phones at times on their side)."""
    size = panel.size
    if panel.kind in ("phone_oled", "phone_lcd", "tablet") and chance(rng, 0.3):
        size = (size[1], size[0])
    return draw_interface(rng, size, draw_source(rng, 0.4), whole)


def shoot_screen(rng: np.random.Generator, card_px: float, panel: Panel) -> Shot:
    """A photograph of a screen that shows a card."""
    shown, pitch = show(rng, panel, whole=True), panel.pitch
    rim = _rim(shown)
    # a lattice must be left to be seen: its first wave keeps a sixteenth of the light at least
    most = float(np.sqrt(np.log(panel.stripe / 0.06) / 2) / np.pi)
    for _ in range(6):
        view = draw_view(rng, floats(shown.quad * pitch), card_px)
        blur = min(between(rng, 0.18, 0.5) / (pitch * view.density), most)
        plain = panel.stripe * _kept(blur, 1) > 0.3
        seen = at(floats(rim * pitch), view.plane())
        if plain or bool(((seen > 0) & (seen < (view.width, view.height))).all(1).any()):
            break
    light = draw_light(rng, view)
    canvas, _ = start(rng, view)
    place_props(rng, canvas, view, light)
    _body(canvas, view, light, panel, shown)
    lit(canvas, light)
    canvas *= floats(scaled(rng, 0.05, 1.3))
    _glow(rng, canvas, view, panel, (shown, blur))
    if chance(rng, 0.12):
        tall, broad = shown.picture.shape[:2]
        fingers(rng, canvas, view, floats([[0, 0], [broad, 0], [broad, tall], [0, tall]]) * floats(pitch))
    return Shot(canvas, at(floats(shown.quad * pitch), view.plane()), scaled(rng, 0.3, 2), panel.kind, plain)


def _body(canvas: Paint, view: View, light: Light, panel: Panel, shown: Shown) -> None:
    """The case and bezel about the panel, in place."""
    tall, broad = shown.picture.shape[:2]
    k, rim = 0.5 / panel.pitch, panel.bezel
    shape = (round((tall * panel.pitch + 2 * rim) * k), round((broad * panel.pitch + 2 * rim) * k))
    mask = rounded(shape[0], shape[1], (9 if panel.kind.startswith("phone") else 3) * k)
    face = np.broadcast_to(floats(panel.body), (*shape, 3))
    where = scale_of(k, -rim, -rim)
    shade(canvas, view, mask, (where, 9.0), light)
    lay(canvas, view, floats(np.clip(face, 0, 1)), mask, (where, 0.0))


def _glow(rng: np.random.Generator, canvas: Paint, view: View, panel: Panel, sight: tuple[Shown, float]) -> None:
    """What the panel sends out, its lattice, bands and mirror images, in place; ``sight``: its picture, its blur."""
    shown, blur = sight
    height, width = canvas.shape[:2]
    to_view = view.plane() @ np.diag([panel.pitch, panel.pitch, 1.0])
    levels = floats(np.linspace(0, 1, 256) ** panel.gamma + panel.black)
    sent = cv2.LUT(image(shown.picture), levels)
    size = (width, height)
    light = floats(cv2.warpPerspective(sent, to_view, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))
    inner = np.ones(shown.picture.shape[:2], np.float32)
    cover = floats(cv2.warpPerspective(inner, to_view, (width, height), flags=cv2.INTER_LINEAR))
    light *= _lattice(rng, (height, width), np.linalg.inv(to_view), panel, blur)
    side = np.cos(
        grid(height // 8 + 2, width // 8 + 2)[int(rng.integers(2))] / max(height, width) * 8 * 2 + between(rng, -1, 1)
    )
    fade = 1 - floats(panel.falloff * between(rng, 0, 1)) * (1 - floats(side))
    shift = 1 + floats(rng.normal(0, panel.falloff * 0.2, 3)) * (1 - fade)[..., None]
    light *= wide(floats(fade[..., None] * shift * floats(panel.white)), height, width)
    if chance(rng, 0.2):
        bands = np.sin(np.arange(height) * 6.283 / (height * scaled(rng, 0.06, 0.8)) + between(rng, 0, 6)) * between(
            rng, 0.02, 0.22
        )
        light *= 1 + floats(bands)[:, None, None]
    mirror = np.full((height, width), panel.mirror * 0.3, np.float32)
    for _ in range(int(rng.integers(0, 3))):
        mirror += wide(lamp(rng, height, width), height, width) * floats(panel.mirror * scaled(rng, 0.5, 12))
    if chance(rng, 0.3):
        smear = np.clip(fractal(rng, height, width, 1.4, (1, between(rng, 1, 4))) - floats(0.6), 0, 1)
        mirror += smear * floats(scaled(rng, 0.005, 0.04))
    if chance(rng, 0.25):
        mirror += floats(grain(rng, height, width) > 3.6) * floats(between(rng, 0.1, 0.5))
    light += spread(mirror)
    canvas += (light - canvas) * spread(cover)


def _rim(shown: Shown) -> Points:
    """Corners and middles of the panel's edges, in its pixels."""
    ends = floats([[0, 0], [1, 0], [2, 0], [2, 1], [2, 2], [1, 2], [0, 2], [0, 1]])
    return floats(ends * floats(shown.picture.shape[1::-1]) / 2)


def _kept(blur: float, frequency: float) -> float:
    """What a Gaussian blur leaves of a wave; both in screen pixels."""
    return float(np.exp(-2 * (np.pi * blur * frequency) ** 2))


def _lattice(rng: np.random.Generator, shape: tuple[int, int], back: Matrix, panel: Panel, blur: float) -> Paint:
    """The subpixels' waves at every pixel, about one; ``blur`` in screen pixels."""
    x, y = grid(*shape)
    m = floats(back)
    under = 1 / (m[2, 0] * x + m[2, 1] * y + m[2, 2])
    u, v = (m[0, 0] * x + m[0, 1] * y + m[0, 2]) * under, (m[1, 0] * x + m[1, 1] * y + m[1, 2]) * under
    if not panel.upright:
        u, v = v, u
    turn = floats(2 * np.pi)
    u, v = u * turn, v * turn
    result = np.empty((*shape, 3), np.float32)
    if panel.diamond:
        one, two = np.cos((u + v) / 2), np.cos((u - v) / 2)
        weight = floats(panel.stripe * 0.8 * _kept(blur, 0.71))
        result[..., 0], result[..., 2] = 1 + weight * (one + two), 1 - weight * (one + two)
        result[..., 1] = 1 + floats(panel.stripe * _kept(blur, 1.0)) * (np.cos(u) + np.cos(v))
    else:
        first, second = floats(1.6 * panel.stripe * _kept(blur, 1)), floats(1.2 * panel.stripe**2 * _kept(blur, 2))
        rows = 1 + floats(panel.row * _kept(blur, 1)) * np.cos(v)
        even, odd = np.cos(u), np.sin(u)
        for channel, place in enumerate(panel.order):
            wave = even * floats(np.cos(turn * place / 3)) + odd * floats(np.sin(turn * place / 3))
            result[..., channel] = (1 - second + wave * (first + 2 * second * wave)) * rows
    return np.maximum(result, 0)
