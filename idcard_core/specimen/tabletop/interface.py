"""What screens show about the picture of a card: galleries, chats, browsers, documents, calls, or nothing."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import Image, Points
from idcard_core.specimen.brush import between, bytes_of, chance, floats, hsv, pick
from idcard_core.specimen.fonts import FontFace, Style, choose_face
from idcard_core.specimen.tabletop.art import Pen
from idcard_core.specimen.tabletop.grounds import caption

INTERFACES = ("gallery", "chat", "document", "whole", "call")


def show(
    rng: np.random.Generator, size: tuple[int, int], source: Image, quad: Points, bare: bool
) -> tuple[Image, Points]:
    """An interface of ``size`` (across, down) with a picture in it; returns it and the card's quad on it.

    ``bare`` allows the picture alone, as wide as the screen.
    """
    kind = pick(rng, INTERFACES, (4, 3, 3, 3 if bare else 0, 1))
    across, down = size
    dark = chance(rng, 0.4)
    value = between(rng, 0, 0.15) if dark else between(rng, 0.88, 1)
    canvas = np.full((down, across, 3), bytes_of(hsv(rng.random(), between(rng, 0, 0.06), value)), np.uint8)
    box = _box(rng, kind, size)
    quad = _put(canvas, source, quad, box, kind == "whole")
    if kind == "whole":
        return canvas, quad
    ink = (0.9, 0.9, 0.9) if dark else (0.15, 0.15, 0.15)
    return _dress(rng, canvas, box, kind, ink), quad


def _box(rng: np.random.Generator, kind: str, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Where the picture may lie: x0, y0, x1, y1."""
    across, down = size
    upright = down > across
    if kind == "whole":
        return 0, 0, across, down
    if kind == "gallery":
        bar = between(rng, 0.04, 0.12) * down
        return 0, int(bar), across, int(down - bar)
    if kind == "chat":
        left = between(rng, 0.04, 0.2) if upright else between(rng, 0.28, 0.4)
        top = between(rng, 0.1, 0.45 if upright else 0.15)
        return int(left * across), int(top * down), int((left + between(rng, 0.5, 0.58)) * across), int(down * 0.9)
    edge = between(rng, 0.03, 0.12) if upright else between(rng, 0.08, 0.25)
    return int(edge * across), int(between(rng, 0.1, 0.2) * down), int((1 - edge) * across), int(down * 0.92)


def _put(canvas: Image, source: Image, quad: Points, box: tuple[int, int, int, int], cover: bool) -> Points:
    """Scale the picture into the box (or over it) and paste; the quad's place on the canvas."""
    room = np.array([box[2] - box[0], box[3] - box[1]])
    sides = np.array([source.shape[1], source.shape[0]])
    share = float((room / sides).min())
    if cover:
        reach = np.ptp(quad, 0) * 1.08
        share = min(float((room / sides).max()), float((room / reach).min()))
    start = floats(np.array(box[:2]) + (room - sides * share) / 2)
    if cover:
        low, high = quad.min(0) * share, quad.max(0) * share
        start = np.clip(start, 4 - low, np.maximum(room - 4 - high, 4 - low))
    matrix = floats([[share, 0, start[0]], [0, share, start[1]]])
    fine = cv2.GaussianBlur(source, (0, 0), 0.4 / share) if share < 0.7 else source
    size = (canvas.shape[1], canvas.shape[0])
    cv2.warpAffine(fine, matrix, size, canvas, cv2.INTER_LINEAR, cv2.BORDER_TRANSPARENT)
    return floats(quad * share + start)


def _dress(
    rng: np.random.Generator, canvas: Image, box: tuple[int, int, int, int], kind: str, ink: tuple[float, float, float]
) -> Image:
    """Bars, buttons, names, bubbles and lines about the picture."""
    down, across = canvas.shape[:2]
    face = choose_face(rng, (Style.SANS,))
    size = min(across, down) * between(rng, 0.018, 0.04)
    accent = bytes_of(hsv(rng.random(), between(rng, 0.3, 0.9), between(rng, 0.5, 0.95)))
    head = round(size * between(rng, 1.3, 2))
    tone = np.mean(canvas[0, 0]) + (25 if ink[0] > 0.5 else -18)
    cv2.rectangle(canvas, (0, 0), (across, head), (tone,) * 3 if chance(rng, 0.6) else accent, -1)
    if kind == "chat":
        for y in np.arange(head * 2, down, size * between(rng, 2.6, 4)):
            if not box[1] - size * 3 < y < box[3]:
                left, long = int(between(rng, 0.03, 0.3) * across), int(between(rng, 0.1, 0.5) * across)
                cv2.rectangle(canvas, (left, int(y)), (left + long, int(y + size * 2)), accent, -1)
                cv2.circle(canvas, (int(size), int(y + size)), int(size * 0.8), accent, -1, cv2.LINE_AA)
    if kind == "call":
        for x in range(3):
            cv2.circle(canvas, (int(across * (0.4 + 0.1 * x)), int(down * 0.96)), int(size), accent, -1, cv2.LINE_AA)
    for x in np.linspace(0.12, 0.88, int(rng.integers(3, 6))):
        spot = (int(x * across), int(down - size * 1.2))
        cv2.circle(canvas, spot, int(size * 0.45), bytes_of(ink), max(1, int(size * 0.1)), cv2.LINE_AA)
    if across > down and chance(rng, 0.6):
        cv2.rectangle(canvas, (0, head), (int(min(box[0] * 0.8, across * 0.2)), down), (tone,) * 3, -1)
    return _write(rng, canvas, box, (size, face, ink))


def _write(
    rng: np.random.Generator,
    canvas: Image,
    box: tuple[int, int, int, int],
    style: tuple[float, FontFace, tuple[float, float, float]],
) -> Image:
    size, face, ink = style
    down, across = canvas.shape[:2]
    pen = Pen(canvas, 1.0)
    pen.write(f"{int(rng.integers(24)):02d}:{int(rng.integers(60)):02d}", (size, size * 0.2), size * 0.8, face, ink)
    pen.write(caption(rng, 9), (across * between(rng, 0.2, 0.5), size * 0.2), size, face, ink)
    for y in np.arange(size * 2.5, down - size * 2, size * between(rng, 1.6, 3)):
        beside = y + size < box[1] or y > box[3]
        if beside and chance(rng, 0.7):
            pen.write(caption(rng, 24), (between(rng, 0.03, 0.2) * across, float(y)), size, face, ink)
        elif box[0] > size * 6 and chance(rng, 0.6):
            pen.write(caption(rng, max(2, int(box[0] / size) - 3)), (size, float(y)), size * 0.8, face, ink)
    written = pen.picture()
    if across > down and chance(rng, 0.4):
        spot = rng.uniform(0.2, 0.8, 2) * (across, down)
        arrow = spot + floats([[0, 0], [0, 17], [4, 13], [7, 20], [10, 19], [7, 12], [12, 12]])
        cv2.fillPoly(written, [np.int32(arrow)], (250, 250, 250), cv2.LINE_AA)
        cv2.polylines(written, [np.int32(arrow)], True, (20, 20, 20), 1, cv2.LINE_AA)
    return written
