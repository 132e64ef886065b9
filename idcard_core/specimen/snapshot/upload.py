"""What apps and people do between a camera and an upload form: crops, turns, filters, zoom, seams, messengers."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import Image, Points
from idcard_core.specimen.brush import Colour, between, chance, floats, hsv, paint, pick, scaled
from idcard_core.specimen.fonts import Style, choose_face
from idcard_core.specimen.plane import at
from idcard_core.specimen.sensor import from_jpeg, to_jpeg
from idcard_core.specimen.snapshot.noise import Pen, coded
from idcard_core.specimen.snapshot.phone import Phone

LONGEST, SHORTEST, LEAST_CARD, MOST_CARD = 2400, 902, 456, 1590
"""Pixels: the picture's longer side and the card's."""


def upload(rng: np.random.Generator, picture: Image, quad: Points, phone: Phone, crop: bool) -> tuple[bytes, Points]:
    """The JPEG that arrives, and the quad on it; without ``crop`` no app cuts away what is about the card."""
    if chance(rng, 0.1):
        picture = _zoomed(rng, picture)
    if chance(rng, 0.03):
        picture = _seam(rng, picture)
    picture = _filtered(rng, picture)
    if crop and chance(rng, 0.3):
        picture, quad = _cropped(rng, picture, quad)
    if chance(rng, 0.25):
        picture, quad = turned(picture, quad, int(rng.integers(1, 4)))
    if chance(rng, 0.04):
        picture = _stamped(rng, picture)
    if chance(rng, 0.45):
        picture = from_jpeg(to_jpeg(picture, int(rng.integers(60, 96))))
    picture, quad = _sized(rng, picture, quad)
    last = int(rng.integers(38, 90)) if chance(rng, 0.4) else phone.quality
    return to_jpeg(picture, last), quad


def turned(picture: Image, quad: Points, quarters: int) -> tuple[Image, Points]:
    """Turned counter-clockwise by quarters."""
    for _ in range(quarters):
        quad = np.stack([quad[:, 1], picture.shape[1] - 1 - quad[:, 0]], axis=1)
        picture = coded(np.rot90(picture))
    return coded(np.ascontiguousarray(picture)), floats(quad)


def _zoomed(rng: np.random.Generator, picture: Image) -> Image:
    """Digital zoom: fewer pixels made many again, and sharpened."""
    share, height, width = between(rng, 0.5, 0.85), picture.shape[0], picture.shape[1]
    small = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    large = cv2.resize(
        small, (width, height), interpolation=pick(rng, [cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4])
    )
    amount = between(rng, 0, 1)
    return coded(cv2.addWeighted(large, 1 + amount, cv2.GaussianBlur(large, (0, 0), 1.5), -amount, 0))


def _seam(rng: np.random.Generator, picture: Image) -> Image:
    """A panorama of two JPEGs: another exposure and compression beyond a soft seam, a pixel off."""
    other = from_jpeg(to_jpeg(picture, int(rng.integers(40, 90))))
    other = coded(np.roll(other, (int(rng.integers(-1, 2)), int(rng.integers(-1, 2))), axis=(0, 1)))
    other = coded(cv2.convertScaleAbs(other, alpha=between(rng, 0.9, 1.1)))
    width = picture.shape[1]
    ramp = np.clip((np.arange(width) - between(rng, 0.2, 0.8) * width) / scaled(rng, 4, 80), 0, 1)
    left = floats(picture)
    left += (floats(other) - left) * floats(ramp)[None, :, None]
    return coded(cv2.convertScaleAbs(left))


def _filtered(rng: np.random.Generator, picture: Image) -> Image:
    """Seldom a filter: grey, beauty, a colour mood, a document scanner's whitening."""
    kind = pick(rng, ["", "grey", "beauty", "mood", "tone", "whiten"], [70, 9, 3, 6, 8, 4])
    if kind == "grey":
        return coded(cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR))
    if kind == "beauty":
        soft = cv2.bilateralFilter(picture, 7, between(rng, 15, 40), 3)
        return coded(cv2.convertScaleAbs(cv2.addWeighted(soft, 0.8, picture, 0.2, 0), alpha=1.04, beta=4))
    if kind == "mood":
        tint = floats(hsv(between(rng, 0, 1), between(rng, 0.05, 0.25), 1))
        return coded(
            np.stack([cv2.convertScaleAbs(picture[..., n], alpha=float(tint[n]), beta=8) for n in range(3)], 2)
        )
    if kind == "tone":
        return coded(cv2.convertScaleAbs(picture, alpha=between(rng, 0.75, 1.35), beta=between(rng, -25, 25)))
    if kind == "whiten":
        return whitened(picture, between(rng, 0.4, 1))
    return picture


def whitened(picture: Image, share: float) -> Image:
    """The light evened out against the brightest ground nearby, as scanning apps do, by ``share``."""
    height, width = picture.shape[:2]
    small = cv2.resize(picture, (max(width // 8, 8), max(height // 8, 8)), interpolation=cv2.INTER_AREA)
    ground = cv2.GaussianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), (0, 0), 7)
    base = np.maximum(cv2.resize(floats(ground), (width, height)), 60)
    flat = floats(picture) * (1 + floats(share) * (245 / base - 1))
    return coded(cv2.convertScaleAbs(np.clip((flat - floats(20 * share)) * floats(1 + 0.09 * share), 0, 255)))


def _cropped(rng: np.random.Generator, picture: Image, quad: Points) -> tuple[Image, Points]:
    low, high = quad.min(0), quad.max(0)
    room = (high - low).max() * rng.uniform(0.02, 0.35, 4)
    x0, y0 = (max(0, int(v)) for v in (low[0] - room[0] - 2, low[1] - room[1] - 2))
    x1, y1 = int(high[0] + room[2] + 3), int(high[1] + room[3] + 3)
    return coded(np.ascontiguousarray(picture[y0:y1, x0:x1])), floats(quad - np.array([x0, y0]))


def _stamped(rng: np.random.Generator, picture: Image) -> Image:
    """A watermark app's line, or the date a camera burns in."""
    height, width = picture.shape[:2]
    pen, size = Pen(paint(picture)), width * between(rng, 0.018, 0.04)
    colour: Colour = pick(rng, [(1, 1, 1), (0.2, 0.6, 1.0), (0.9, 0.5, 0.2), (0.5, 0.5, 0.5)])
    day, hour = rng.integers((10, 1, 1), (26, 13, 29)), rng.integers((0, 0), (24, 60))
    text = f"20{day[0]}-{day[1]:02d}-{day[2]:02d} {hour[0]:02d}:{hour[1]:02d}"
    if chance(rng, 0.5):
        text = pick(rng, ["仅供办理业务使用", "仅供审核", "水印相机", "Shot on phone", "AI CAMERA"])
    pen.write(
        (between(rng, 0.02, 0.5) * width, between(rng, 0.8, 0.94) * height),
        text,
        (choose_face(rng, (Style.SANS,)), size, colour),
    )
    return coded(cv2.convertScaleAbs(pen.done(), alpha=255))


def _sized(rng: np.random.Generator, picture: Image, quad: Points) -> tuple[Image, Points]:
    """Resized as messengers and forms do, within the bounds of pictures and cards."""
    long, card = max(picture.shape[:2]), float(np.linalg.norm(quad[1] - quad[0]))
    wish = pick(rng, [1080, 1280, 1440, 1600, 1920, 960]) / long if chance(rng, 0.35) else scaled(rng, 0.85, 1.05)
    low = max(LEAST_CARD / card, SHORTEST / long)
    share = float(np.clip(wish, low, max(low, min(MOST_CARD / card, LONGEST / long, 1.3))))
    share = min(share, LONGEST / long)
    if abs(share - 1) < 0.02 and long >= SHORTEST:
        return picture, quad
    how = pick(rng, [cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC], [3, 2, 1])
    small = cv2.resize(picture, None, fx=share, fy=share, interpolation=how)
    return coded(small), at(quad, np.diag([small.shape[1] / picture.shape[1], small.shape[0] / picture.shape[0], 1.0]))
