"""The ground a card is printed on: pale gradients under families of dense fine lines."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw

from idcard_core.card import CARD_MM
from idcard_core.specimen.fonts import Style, choose_face, face_for, load
from idcard_core.specimen.rendered.fields import Float, colour, log_uniform, ramp, smooth

_MICRO = ("中华人民共和国居民身份证", "JMSFZ", "居民身份证", "ZHONGHUARENMINGONGHEGUO")


def ground(rng: np.random.Generator, density: float) -> Float:
    """The printed ground (height, width, 3), BGR 0 to 1, at ``density`` pixels a millimetre."""
    width, height = round(CARD_MM[0] * density), round(CARD_MM[1] * density)
    x = np.arange(width, dtype=np.float32)[None] / density
    y = np.arange(height, dtype=np.float32)[:, None] / density
    hues = _hues(rng)
    picture = _gradient(rng, hues, (height, width))
    _landscape(rng, picture, x, y, density)
    if rng.random() < 0.07:
        return picture
    vividness = log_uniform(rng, 0.15, 1.5)
    for _ in range(int(rng.integers(1, 5))):
        _family(rng, picture, (x, y), density, vividness)
    if rng.random() < 0.4:
        _micro_lettering(rng, picture, density)
    return picture


def _hues(rng: np.random.Generator) -> list[tuple[float, float]]:
    """Hue and saturation at the left, the middle and the right."""
    kind = rng.random()
    if kind < 0.12:
        return [(float(rng.random()), float(rng.uniform(0, 0.03)))] * 3
    if kind < 0.3:
        start = float(rng.random())
        return [(start + float(rng.normal(0, 0.12)), float(rng.uniform(0.03, 0.35))) for _ in range(3)]
    depth = log_uniform(rng, 0.05, 0.22)
    real = [(0.5, 1.0), (0.93, 0.6), (0.53, 1.1)] if rng.random() < 0.7 else [(0.42, 0.8), (0.55, 1.0), (0.08, 0.6)]
    return [(hue + float(rng.normal(0, 0.04)), depth * s * float(rng.uniform(0.7, 1.3))) for hue, s in real]


def _gradient(rng: np.random.Generator, hues: list[tuple[float, float]], shape: tuple[int, int]) -> Float:
    value = rng.uniform(0.8, 0.98)
    row = np.stack([colour(rng, hue, saturation, value, 0.01) for hue, saturation in hues])[None]
    column = row * rng.uniform(0.95, 1.04, (3, 1, 3)).astype(np.float32)
    if rng.random() < 0.2:
        column = np.roll(column, 1, axis=1)
    return np.ascontiguousarray(cv2.resize(np.clip(column, 0, 1), shape[::-1], interpolation=cv2.INTER_CUBIC))


def _landscape(rng: np.random.Generator, picture: Float, x: Float, y: Float, density: float) -> None:
    """A pale outline of hills and a wall, or a soft sun of rays, behind everything."""
    depth = rng.uniform(0.0, 0.16)
    tint = 1 - depth * (1 - colour(rng, float(rng.choice([0.45, 0.58, 0.03])), 0.5, 0.6))
    if rng.random() < 0.6:
        for _ in range(int(rng.integers(1, 4))):
            line = rng.uniform(24, 46) + rng.uniform(1, 5) * np.sin(x / rng.uniform(4, 12) + rng.uniform(0, 6))
            line = line + rng.uniform(0, 2) * np.sin(x / rng.uniform(0.8, 3))
            fade = ramp(y - line, 0.3) * np.clip(1 - (y - line) / rng.uniform(6, 20), 0, 1)
            picture *= 1 - fade[..., None] * (1 - tint)
        return
    centre = rng.uniform((20, 15), (65, 40))
    angle = np.arctan2(y - centre[1], x - centre[0])
    radius = np.hypot(x - centre[0], y - centre[1])
    wave = 0.5 + 0.5 * np.cos(angle * int(rng.integers(8, 40)) + radius * rng.uniform(0, 0.6))
    picture *= 1 - (wave * np.exp(-((radius / rng.uniform(10, 22)) ** 2)))[..., None] * (1 - tint)


def _family(
    rng: np.random.Generator, picture: Float, grid: tuple[Float, Float], density: float, vividness: float
) -> None:
    """One family of curves, printed over ``picture``; spacings in millimetres."""
    x, y = grid
    step = log_uniform(rng, 0.2, 0.75) if rng.random() < 0.85 else log_uniform(rng, 0.8, 2.5)
    thick = float(np.clip(rng.uniform(0.05, 0.15), 0, step * 0.6))
    turn = rng.uniform(0, np.pi)
    along, across = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    kind = rng.random()
    if kind < 0.6:
        phase = across + rng.uniform(0.2, 2.5) * np.sin(along / rng.uniform(0.6, 5))
        phase = phase + rng.uniform(0, 3) * np.sin(along / rng.uniform(6, 20) + across / rng.uniform(5, 30))
    else:
        centre = rng.uniform((5, 5), (80, 50))
        radius = np.hypot(x - centre[0], y - centre[1])
        angle = np.arctan2(y - centre[1], x - centre[0])
        petals = int(rng.integers(3, 24))
        swing = rng.uniform(0.3, 3) * np.tanh(radius / 6)
        phase = radius * rng.choice([1.0, 0.6]) + swing * np.sin(petals * angle + radius * rng.uniform(0, 0.4))
    phase = phase.astype(np.float32) / step
    phase -= np.floor(phase)
    np.abs(phase - 0.5, out=phase)
    mask = np.clip((thick / 2 - phase * step) * density + 0.5, 0, 1)
    if rng.random() < 0.45:
        field = smooth(rng, mask.shape[:2], (rng.uniform(8, 30) * density, rng.uniform(8, 40) * density))
        mask = mask * ramp(field + rng.uniform(-0.5, 0.7), 0.8)
    ends = _line_colours(rng, vividness)
    share = np.linspace(0, 1, mask.shape[1], dtype=np.float32)[None, :, None]
    ink = 1 - (ends[0] * (1 - share) + ends[1] * share)
    for channel in range(3):
        picture[..., channel] *= 1 - mask * ink[..., channel]


def _line_colours(rng: np.random.Generator, vividness: float) -> tuple[Float, Float]:
    hue = float(rng.choice([0.5, 0.56, 0.93, 0.35, 0.08, rng.random()]))
    saturation = float(np.clip(rng.uniform(0.1, 0.5) * vividness, 0.02, 0.8))
    value = float(np.clip(1 - rng.uniform(0.02, 0.3) * vividness, 0.3, 1))
    if rng.random() < 0.1:
        saturation *= 0.2
    return colour(rng, hue, saturation, value), colour(rng, hue + rng.normal(0, 0.15), saturation, value)


def _micro_lettering(rng: np.random.Generator, picture: Float, density: float) -> None:
    """Rows of letters half a millimetre high along waves."""
    size = max(int(rng.uniform(0.45, 0.9) * density), 5)
    text = str(rng.choice(_MICRO)) * 3
    font = load(face_for(text, choose_face(rng, (Style.SANS,))), size)
    strip = Pillow.new("L", (int(font.getlength(text)) + 2, round(size * 1.5)))
    ImageDraw.Draw(strip).text((0, 0), text, fill=255, font=font)
    tile = np.asarray(strip, np.float32) / 255
    height, width = picture.shape[:2]
    top, rows = int(rng.uniform(0.05, 0.75) * height), int(rng.integers(1, 6))
    across = np.arange(width, dtype=np.float32)[None]
    reach = min(rows * tile.shape[0] + 2 * size, height - top)
    down = np.arange(reach, dtype=np.float32)[:, None] + size * np.sin(across / (size * rng.uniform(4, 15)))
    inside = (down > 0) & (down < rows * tile.shape[0])
    mask = cv2.remap(
        tile,
        np.broadcast_to(across % (tile.shape[1] - 1), down.shape).astype(np.float32),
        (down % (tile.shape[0] - 1)).astype(np.float32),
        cv2.INTER_LINEAR,
    )
    strength = rng.uniform(0.1, 0.5)
    picture[top : top + reach] *= 1 - (mask * inside * strength)[..., None] * (1 - colour(rng, 0.55, 0.5, 0.5))
