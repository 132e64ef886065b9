"""The pictures of cards that are copied and shown: scans, straightened photographs, snapshots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np

from idcard_core.card import CARD_MM, Image, Points
from idcard_core.specimen.brush import Paint, between, chance, floats, image, paint, pick, rounded, scaled, spread
from idcard_core.specimen.plane import CARD_QUAD
from idcard_core.specimen.sensor import from_jpeg, to_jpeg
from idcard_core.specimen.snapshot.artwork import draw_card
from idcard_core.specimen.snapshot.genuine import shoot_card
from idcard_core.specimen.snapshot.phone import draw_phone, photograph
from idcard_core.specimen.snapshot.scene import scale_of
from idcard_core.specimen.snapshot.upload import whitened


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A picture of a card as a file: display-coded BGR 0 to 1 and the quad on it, pixels."""

    picture: Paint
    quad: Points


def draw_source(rng: np.random.Generator, straight: float) -> Source:
    """A card's picture as copied or shown: a scan, a straightened photograph (a share of ``straight``) or a photo."""
    size = scaled(rng, 400, 640)
    k, margin = size / CARD_MM[0], between(rng, -0.3, 1) if chance(rng, 0.4) else between(rng, 1, 12)
    wide, tall = round((CARD_MM[0] + 2 * margin) * k), round((CARD_MM[1] + 2 * margin) * k)
    quad = floats((CARD_QUAD + floats(margin)) * floats(k))
    if chance(rng, straight * 0.7):
        picture = _lid(rng, (tall, wide), margin, k)
    else:
        shot = shoot_card(rng, size)
        picture = photograph(rng, shot.canvas, shot.level, draw_phone(int(rng.integers(10_000))))
        if chance(rng, straight * 0.5):
            matrix = cv2.getPerspectiveTransform(shot.quad, quad)
            picture = cast(Image, cv2.warpPerspective(picture, matrix, (wide, tall), borderMode=cv2.BORDER_REPLICATE))
        else:
            quad = shot.quad
    if chance(rng, 0.3):
        picture = whitened(picture, between(rng, 0.4, 1))
    if chance(rng, 0.5):
        picture = from_jpeg(to_jpeg(picture, int(rng.integers(30, 90))))
    return Source(paint(picture), quad)


def _lid(rng: np.random.Generator, shape: tuple[int, int], margin: float, k: float) -> Image:
    """A card scanned under a lid, at times open (dark), with its thin shadow; ``k`` pixels a mm."""
    lid = pick(rng, [between(rng, 0.9, 1.0), between(rng, 0.6, 0.9), between(rng, 0.0, 0.2)], [5, 1, 1])
    inner = rounded(round(CARD_MM[1] * k), round(CARD_MM[0] * k), 3.1 * k)
    art = draw_card(rng, k)
    move = scale_of(1, margin * k, margin * k)[:2]
    mask = floats(cv2.warpAffine(inner, move, shape[::-1]))
    dark = cv2.GaussianBlur(
        np.roll(mask, (round(k * between(rng, 0, 0.8)), 1), (0, 1)), (0, 0), between(rng, 0.2, 0.8) * k
    )
    under = np.full((*shape, 3), lid, np.float32) * (1 - floats(between(rng, 0.1, 0.6)) * spread(floats(dark)))
    face = floats(cv2.warpAffine(art, move, shape[::-1]))
    steep, lift = between(rng, 0.9, 1.25), between(rng, -0.05, 0.08)
    scan = (under + (face - under) * spread(mask) - floats(0.5)) * floats(steep) + floats(0.5 + lift)
    return image(floats(cv2.GaussianBlur(scan, (0, 0), scaled(rng, 0.3, 1.0))))


def trimmed(rng: np.random.Generator, source: Source) -> Source:
    """The source without what lies far from the card."""
    long = float(np.linalg.norm(source.quad[1] - source.quad[0]))
    low = np.maximum(source.quad.min(0) - rng.uniform(0.02, 0.16, 2) * long, 0).astype(int)
    high = (source.quad.max(0) + rng.uniform(0.02, 0.16, 2) * long).astype(int) + 1
    return Source(floats(source.picture[low[1] : high[1], low[0] : high[0]]), floats(source.quad - low))
