"""A phone's computational camera: lens, mosaic, many frames averaged, local tones, sharpening along edges.

A phone is a number; what it does to a picture is the same whether a card, a print or a screen is before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.specimen.brush import Paint, between, chance, floats, pick, scaled
from idcard_core.specimen.snapshot.noise import grain, grid

_SERIES = 71_301


@dataclass(frozen=True, slots=True)
class Phone:
    """One camera; lengths in pixels of the finished picture."""

    lens: float
    vignette: float
    noise: float
    frames: float
    mosaic: int
    """0 none (binned), 1 bilinear, 2 edge-aware demosaicing."""
    chroma: float
    """Blur of colour noise, pixels."""
    smooth: float
    """Strength of the edge-keeping denoise of brightness."""
    local: float
    """Local tone mapping: the share of wide contrasts that is taken away."""
    sharpen: float
    radius: float
    limit: float
    """Grey levels an edge may overshoot by."""
    contrast: float
    lift: float
    colour: float
    cast: tuple[float, float]
    adapts: float
    """How far the white balance follows the light."""
    quality: int


def draw_phone(number: int) -> Phone:
    """The phone of that number."""
    rng = np.random.default_rng([_SERIES, number])
    return Phone(
        lens=scaled(rng, 0.25, 1.1), vignette=between(rng, 0, 0.35), noise=scaled(rng, 0.004, 0.035),
        frames=pick(rng, [1, 4, 9, 15]), mosaic=int(rng.integers(3)), chroma=between(rng, 0, 3.5),
        smooth=max(between(rng, -0.4, 1), 0.0), local=between(rng, 0, 0.45), sharpen=between(rng, 0, 1.6),
        radius=scaled(rng, 0.6, 2.2), limit=scaled(rng, 6, 60), contrast=between(rng, -0.1, 0.35),
        lift=between(rng, -0.03, 0.06), colour=between(rng, 0.75, 1.4),
        cast=(rng.normal(0, 0.03), rng.normal(0, 0.03)),
        adapts=between(rng, 0.3, 1), quality=int(rng.integers(78, 98)),
    )  # fmt: skip


def photograph(rng: np.random.Generator, canvas: Paint, level: float, phone: Phone) -> Image:
    """The finished BGR picture of linear light ``canvas`` (which is spent) in a place of brightness ``level``."""
    canvas = _optics(rng, canvas, phone)
    _expose(rng, canvas, phone)
    night = level < 0.3 and chance(rng, 0.6)
    spread = phone.noise / np.sqrt(max(level, 0.05)) / np.sqrt(phone.frames if chance(rng, 0.7) else 1)
    noise = grain(rng, canvas.shape[0], canvas.shape[1], 3)
    noise *= np.sqrt(np.maximum(canvas, 0) + floats(0.01)) * floats(min(spread * between(rng, 0.5, 1.6), 0.09))
    canvas += noise
    picture = _mosaic(np.sqrt(np.maximum(canvas, 0)), phone.mosaic)
    picture = _denoise(picture, phone.chroma * (2 if night else 1), phone.smooth * (1.6 if night else 1))
    return _finish(rng, picture, phone, night)


def _optics(rng: np.random.Generator, canvas: Paint, phone: Phone) -> Paint:
    """Focus missed by a little or (seldom) much, a shaken hand, darker corners."""
    height, width = canvas.shape[:2]
    missed = scaled(rng, 0.05, 0.8) if chance(rng, 0.9) else scaled(rng, 0.8, 2)
    sigma = float(np.hypot(phone.lens, missed))
    canvas = floats(cv2.GaussianBlur(canvas, (0, 0), sigma)) if sigma > 0.3 else canvas
    if chance(rng, 0.15):
        length = int(scaled(rng, 2, 8))
        kernel = np.zeros((2 * length + 1, 2 * length + 1), np.float32)
        turn = between(rng, 0, 3.14)
        way = np.array([np.cos(turn), np.sin(turn)]) * length / 2
        cv2.line(kernel, [int(v) for v in length - way], [int(v) for v in length + way], (1.0,), 1, cv2.LINE_AA)
        canvas = floats(cv2.filter2D(canvas, -1, kernel / kernel.sum()))
    if phone.vignette > 0.05:
        x, y = grid(height // 16 + 2, width // 16 + 2)
        far = np.hypot(x * 32 / width - 1, y * 32 / height - 1)
        canvas *= cv2.resize(1 - floats(phone.vignette / 2) * far * far, (width, height))[..., None]
    return canvas


def _expose(rng: np.random.Generator, canvas: Paint, phone: Phone) -> None:
    """Exposure to the picture's brightness and white balance towards its average, each with an error; in place."""
    small = canvas[::16, ::16]
    mean = small.reshape(-1, 3).mean(0) + 1e-4
    bright = float(np.quantile(small.max(2), 0.97)) + 1e-3
    aim = min(between(rng, 0.24, 0.5) / float(mean.mean()), between(rng, 0.8, 1.15) / bright * between(rng, 0.9, 1.3))
    even = (float(mean.mean()) / mean) ** (0.5 * phone.adapts)
    cast = np.array([1 + phone.cast[0], 1.0, 1 + phone.cast[1]]) * (1 + rng.normal(0, 0.025, 3))
    canvas *= floats(np.clip(even, 0.75, 1.35) * cast * aim)


def _mosaic(paint: Paint, kind: int) -> Image:
    """Display-coded light through a colour filter array and back, or straight to bytes."""
    if kind == 0:
        return cast(Image, cv2.convertScaleAbs(paint, alpha=255))
    raw = np.empty(paint.shape[:2], np.uint8)
    full = cv2.convertScaleAbs(paint, alpha=255)
    raw[0::2, 0::2] = full[0::2, 0::2, 2]
    raw[0::2, 1::2] = full[0::2, 1::2, 1]
    raw[1::2, 0::2] = full[1::2, 0::2, 1]
    raw[1::2, 1::2] = full[1::2, 1::2, 0]
    return cast(Image, cv2.demosaicing(raw, cv2.COLOR_BayerBG2BGR if kind == 1 else cv2.COLOR_BayerBG2BGR_EA))


def _denoise(picture: Image, chroma: float, smooth: float) -> Image:
    parts = list(cv2.split(cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb)))
    if chroma > 0.5:
        parts[1], parts[2] = (cv2.GaussianBlur(part, (0, 0), chroma) for part in parts[1:])
    if smooth > 0.15:
        flat = cv2.bilateralFilter(parts[0], 5, 10 + 22 * smooth, 1.6)
        parts[0] = cv2.addWeighted(flat, min(smooth, 1), parts[0], 1 - min(smooth, 1), 0)
    return cast(Image, cv2.cvtColor(cv2.merge(parts), cv2.COLOR_YCrCb2BGR))


def _finish(rng: np.random.Generator, picture: Image, phone: Phone, night: bool) -> Image:
    """Local and global tones, colour, and sharpening of brightness that halts at a limit."""
    code = cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb)
    bright, red, blue = cv2.split(code)
    height, width = bright.shape
    wide = cv2.GaussianBlur(
        cv2.resize(bright, (width // 8, height // 8), interpolation=cv2.INTER_AREA), (0, 0), width / 130
    )
    base = cv2.resize(floats(wide), (width, height)) / floats(255)
    share = floats(phone.local * (1.3 if night else 1))
    light = floats(bright) * ((floats(0.55) + floats(1e-3)) / (base + floats(0.08))) ** (share * floats(0.6))
    t = np.clip(light / floats(255), 0, 1)
    t = t + floats(phone.contrast + rng.normal(0, 0.06)) * t * (1 - t) * (2 * t - 1) * 2
    light = (t * floats(1 - phone.lift) + floats(phone.lift)) * floats(255)
    if phone.sharpen > 0.05:
        edge = (light - cv2.GaussianBlur(light, (0, 0), phone.radius)) * floats(phone.sharpen)
        edge[np.abs(edge) < between(rng, 0.3, 2.5)] = 0
        light += np.clip(edge, -phone.limit, phone.limit)
    lively = phone.colour * between(rng, 0.9, 1.1)
    parts = [cv2.convertScaleAbs(np.maximum(light, 0))]
    parts += [cv2.convertScaleAbs(part, alpha=lively, beta=128 * (1 - lively)) for part in (red, blue)]
    return cast(Image, cv2.cvtColor(cv2.merge(parts), cv2.COLOR_YCrCb2BGR))


def scanned(rng: np.random.Generator, canvas: Paint, number: int) -> Image:
    """The finished picture of a flatbed scanner: no perspective, little noise, steep tones."""
    device = np.random.default_rng([_SERIES + 1, number])
    sigma, sharpen, steep = scaled(device, 0.3, 0.9), between(device, 0, 1.2), between(device, 0.9, 1.15)
    tone, noise = floats(1 + device.normal(0, 0.015, 3)), scaled(device, 0.002, 0.012)
    paint = np.sqrt(np.maximum(floats(cv2.GaussianBlur(canvas, (0, 0), sigma)), 0)) * tone
    paint += grain(rng, canvas.shape[0], canvas.shape[1], 3) * floats(noise)
    streaks = device.normal(0, 0.003, (1, canvas.shape[1], 1))
    paint = (paint + floats(streaks) - floats(0.5)) * floats(steep) + floats(0.5 + between(rng, 0, 0.04))
    soft = cv2.GaussianBlur(paint, (0, 0), 1.0)
    return cast(Image, cv2.convertScaleAbs(np.clip(paint + (paint - soft) * floats(sharpen), 0, 1), alpha=255))
