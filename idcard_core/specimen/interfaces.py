"""What surrounds a picture on a display: the ground of a viewer, a chat, a page of text, bars with signs."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.specimen.brush import (
    between,
    bytes_of,
    chance,
    filled,
    floats,
    hsv,
    image,
    paint,
    pick,
    scaled,
    words,
)


def interface(rng: np.random.Generator, height: int, width: int, span: float, busy: bool = False) -> Image:
    """A display without its picture; ``span`` is the card's width in its pixels; never plain if ``busy``."""
    dark = chance(rng, 0.45)
    tone = pick(rng, (0.0, between(rng, 0.05, 0.2))) if dark else pick(rng, (1.0, between(rng, 0.85, 0.97)))
    canvas = image(filled(height, width, hsv(rng.random(), between(rng, 0, 0.06), tone)))
    ink = bytes_of(hsv(0, 0, 0.85 if dark else 0.15))
    em = max(span * scaled(rng, 0.025, 0.06), 5)
    style = pick(rng, ("viewer", "chat", "page", "plain"), (4, 2, 2, 0 if busy else 2))
    if style == "chat":
        for _ in range(int(rng.integers(3, 12))):
            wide, tall = int(em * between(rng, 3, 14)), int(em * between(rng, 1.8, 4))
            top, left = int(rng.integers(height)), int(pick(rng, (em * 2.5, max(width - em * 2.5 - wide, 0))))
            bubble = bytes_of(pick(rng, (hsv(0.28, 0.45, 0.9), hsv(0, 0, 1), hsv(0.58, 0.6, 0.95), hsv(0, 0, 0.25))))
            cv2.rectangle(canvas, (left, top), (left + wide, top + tall), bubble, -1)
            cv2.circle(canvas, (int(em * 1.2), top + int(em)), int(em), bytes_of(hsv(rng.random(), 0.5, 0.7)), -1)
            _write(rng, canvas, (left + int(em * 0.4), top + int(em * 0.4), wide, tall), em, (20, 20, 20))
    elif style == "page":
        _write(rng, canvas, (int(em), int(em), width, height), em, ink)
        if chance(rng, 0.6):
            side = int(width * between(rng, 0.05, 0.25))
            canvas[:, :side] = bytes_of(hsv(rng.random(), between(rng, 0, 0.4), between(rng, 0.1, 0.95)))
    if style != "plain":
        bar = int(em * between(rng, 2.0, 4.5))
        shade = bytes_of(hsv(rng.random(), between(rng, 0, 0.3), between(rng, 0, 1)))
        for top in (0, height - bar):
            if chance(rng, 0.7):
                canvas[max(top, 0) : top + bar] = shade
                _write(rng, canvas, (int(em), max(top, 0) + int(em * 0.5), int(em * 8), bar), em, ink)
                for spot in range(int(rng.integers(1, 6))):
                    where = (int(width - em * 1.6 * (spot + 1)), top + bar // 2)
                    cv2.circle(canvas, where, int(em * 0.45), ink, 1 if chance(rng, 0.5) else -1, cv2.LINE_AA)
    return canvas


def _write(
    rng: np.random.Generator, canvas: Image, box: tuple[int, int, int, int], em: float, ink: tuple[int, int, int]
) -> None:
    left, top, wide, tall = box
    part = canvas[top : top + tall, left : left + wide]
    if part.shape[0] > 4 and part.shape[1] > 4:
        mask = words(rng, part.shape[0], part.shape[1], em, 0.8)[..., None]
        part[:] = image(paint(part) * (1 - mask) + mask * floats(floats(ink) / 255))
