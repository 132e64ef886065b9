"""Printed pages: lines of letters, headings, rules and pictures on blank or coloured paper."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw

from idcard_core.card import Image
from idcard_core.specimen.fonts import Style, choose_face, load
from idcard_core.specimen.rendered.fields import colour, fractal

_WORDS = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子"
_WORDS += "说产种面而方后多定行学法所民得经"


def words(rng: np.random.Generator, count: int) -> str:
    """``count`` common characters without sense."""
    return "".join(_WORDS[i] for i in rng.integers(0, len(_WORDS), count))


def page(rng: np.random.Generator, shape: tuple[int, int], density: float, blank: float = 0.3) -> Image:
    """A page (BGR) of ``shape`` at ``density`` pixels a millimetre; blank paper in a share ``blank`` of the draws."""
    height, width = shape
    busy = rng.random()
    paper = colour(rng, float(rng.choice([0.1, 0.6, rng.random()])), 0.04, 0.94, 0.03)
    if busy > 0.85:
        paper = colour(rng, float(rng.random()), 0.5, 0.8, 0.15)
    tone = 1 + 0.01 * fractal(rng, (height // 4 + 1, width // 4 + 1), (2, 2), 2)
    sheet = cv2.resize(np.asarray(tone[..., None] * paper * 255, np.float32), (width, height))
    picture = np.asarray(np.clip(sheet, 0, 255), np.uint8)
    if busy < blank:
        if busy < blank / 3:
            _ruled(rng, picture, density)
        return picture
    if busy > 0.7:
        _pictures(rng, picture)
    canvas = Pillow.fromarray(picture[..., ::-1])
    pen = ImageDraw.Draw(canvas)
    size = max(int(rng.uniform(2.2, 4.5) * density), 7)
    font = load(choose_face(rng, (Style.SANS, Style.SERIF)), size)
    ink = tuple(int(v) for v in rng.integers(10, 80, 3))
    margin, row = int(rng.uniform(0.02, 0.12) * width), int(rng.uniform(0, 0.1) * height)
    text = words(rng, max(int(1.0 * (width - 2 * margin) / size), 1))
    while row < height:
        end = len(text) if rng.random() < 0.8 else int(rng.integers(1, len(text) + 1))
        start = int(rng.integers(0, len(text)))
        pen.text((margin, row), (text[start:] + text[:start])[:end], fill=ink, font=font)
        row += int(size * rng.choice([1.5, 1.5, 1.5, 3.0]))
    return np.ascontiguousarray(np.asarray(canvas)[..., ::-1])


def _ruled(rng: np.random.Generator, picture: Image, density: float) -> None:
    """Lines or squares as in exercise books."""
    step, ink = max(int(rng.uniform(5, 9) * density), 4), [int(v) for v in rng.integers(120, 220, 3)]
    for at in range(step, max(picture.shape[:2]), step):
        cv2.line(picture, (0, at), (picture.shape[1], at), ink, 1, cv2.LINE_AA)
        if step % 2:
            cv2.line(picture, (at, 0), (at, picture.shape[0]), ink, 1, cv2.LINE_AA)


def _pictures(rng: np.random.Generator, picture: Image) -> None:
    """Blocks of colour with soft shapes in them, as in magazines."""
    height, width = picture.shape[:2]
    for _ in range(int(rng.integers(1, 5))):
        top, left = int(rng.uniform(-0.1, 0.8) * height), int(rng.uniform(-0.1, 0.8) * width)
        block = picture[max(top, 0) : top + int(height * rng.uniform(0.1, 0.5)), max(left, 0) : left + width // 2]
        if min(block.shape[:2]) < 8:
            continue
        cell = (block.shape[0] / 3, block.shape[1] / 3)
        tone = 0.5 + 0.3 * fractal(rng, block.shape[:2], cell, 4)[..., None]
        ends = colour(rng, float(rng.random()), 0.5, 0.3, 0.2), colour(rng, float(rng.random()), 0.5, 0.9, 0.2)
        block[:] = np.clip((ends[0] * (1 - tone) + ends[1] * tone) * 255, 0, 255)


def annotated(rng: np.random.Generator, picture: Image, density: float) -> Image:
    """``picture`` with a scribble of the hand or a red round stamp somewhere."""
    height, width = picture.shape[:2]
    picture = picture.copy()
    if rng.random() < 0.5:
        steps = np.cumsum(rng.normal((1.2 * density, 0), 1.6 * density, (40, 2)), axis=0)
        path = (steps + rng.uniform((0, 0.2 * height), (width * 0.6, height * 0.8))).astype(np.int32)
        ink = [int(v) for v in rng.choice([[20, 20, 20], [150, 50, 30], [40, 40, 190]])]
        cv2.polylines(picture, [path], False, ink, max(int(0.5 * density), 1), cv2.LINE_AA)
        return picture
    centre = (int(rng.uniform(0.1, 0.9) * width), int(rng.uniform(0.1, 0.9) * height))
    over = picture.copy()
    cv2.circle(over, centre, int(19 * density), (60, 50, 200), max(int(density), 1), cv2.LINE_AA)
    cv2.circle(over, centre, int(5 * density), (60, 50, 200), -1, cv2.LINE_AA)
    share = float(rng.uniform(0.4, 0.9))
    return np.asarray(cv2.addWeighted(over, share, picture, 1 - share, 0), np.uint8)
