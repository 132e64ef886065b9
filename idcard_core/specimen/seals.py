"""Seals and stamps: round ones of companies, square ones, and worn ink. See ``marks`` for layers and units."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw

from idcard_core.card import Image
from idcard_core.specimen import mark_words
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.fonts import FontFace, Style, choose_face, face_for, load
from idcard_core.specimen.marks import Marked, anywhere, turned

_FINE = 2
"""Pixels a unit that seals are drawn with, before they are made smaller."""


def round_seal(rng: np.random.Generator, card: FlatCard) -> Marked:
    """A ring with a company's name along it, a star, and sometimes a level line below the star: about 40 mm wide."""
    name, level = mark_words.company(rng), mark_words.kind_of_seal(rng)
    radius = float(rng.uniform(95, 190))
    side = int(2 * radius * _FINE) + 8
    seal = Pillow.new("L", (side, side), 0)
    draw = ImageDraw.Draw(seal)
    draw.ellipse((4, 4, side - 5, side - 5), outline=255, width=int(radius * 0.04 * _FINE))
    face = face_for(name, choose_face(rng, (Style.SERIF, Style.SANS)))
    em = min(0.27 * radius, 3.7 * radius / len(name)) * _FINE
    reach = min(250.0, 21.0 * len(name))
    for number, char in enumerate(name):
        angle = (number / max(1, len(name) - 1) - 0.5) * reach
        _on_ring(seal, (face, char, em), 0.78 * radius * _FINE, angle)
    _star(draw, side / 2, 0.28 * radius * _FINE)
    if level:
        draw.text((side / 2, side / 2 + 0.55 * radius * _FINE), level, 255, load(face, round(0.9 * em)), anchor="mm")
    small = seal.resize((side // _FINE, side // _FINE), Pillow.Resampling.BOX)
    texts = tuple(text for text in (name, level) if text)
    return turned(small, card, anywhere(rng, small.size), float(rng.normal(0, 14))), texts


def square_seal(rng: np.random.Generator, card: FlatCard) -> Marked:
    """A frame with four characters, or a company's name in columns, right to left."""
    text = mark_words.company(rng)[:9] if rng.random() < 0.4 else "核验专用"
    columns = 3 if len(text) > 4 else 2
    rows = -(-len(text) // columns)
    em = float(rng.uniform(34, 60)) * (0.7 if columns == 3 else 1.0)
    face = face_for(text, choose_face(rng, (Style.SERIF, Style.SCRIPT)))
    seal = Pillow.new("L", (int((columns + 0.5) * em), int((rows + 0.5) * em)), 0)
    draw = ImageDraw.Draw(seal)
    draw.rectangle((1, 1, seal.width - 2, seal.height - 2), outline=255, width=max(2, int(0.08 * em)))
    for number, char in enumerate(text):
        x, y = seal.width - em * (number // rows + 0.75), em * (number % rows + 0.75)
        draw.text((x, y), char, 255, load(face, round(0.95 * em)), anchor="mm")
    return turned(seal, card, anywhere(rng, seal.size), float(rng.normal(0, 6))), (text,)


def worn(rng: np.random.Generator, cover: Image) -> Image:
    """``cover`` as a rubber stamp leaves it: here more ink, there less, and specks without any."""
    height, width = cover.shape
    slow = cv2.resize(rng.uniform(0.55, 1.0, (5, 8)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    fine = rng.random((height // 2 + 1, width // 2 + 1), np.float32)
    specks = cv2.resize(cv2.GaussianBlur(fine, (0, 0), 1.2), (width, height))
    holes = np.clip((specks - 0.36) * 12, 0, 1)
    return np.clip(cover * slow * holes, 0, 255).astype(np.uint8)


def _on_ring(seal: Pillow.Image, letter: tuple[FontFace, str, float], radius: float, angle: float) -> None:
    """One character with its foot towards the middle, ``angle`` degrees clockwise from the top."""
    face, char, em = letter
    side = int(1.5 * em)
    cell = Pillow.new("L", (side, side), 0)
    ImageDraw.Draw(cell).text((side / 2, side / 2), char, 255, load(face, round(em)), anchor="mm")
    cell = cell.rotate(-angle, resample=Pillow.Resampling.BICUBIC)
    turn, middle = np.radians(angle), seal.width / 2
    at = (middle + radius * np.sin(turn) - side / 2, middle - radius * np.cos(turn) - side / 2)
    seal.paste(255, (round(at[0]), round(at[1])), cell)


def _star(draw: ImageDraw.ImageDraw, middle: float, radius: float) -> None:
    turns = np.arange(10) * np.pi / 5
    reach = np.where(np.arange(10) % 2 == 0, radius, 0.38 * radius)
    points = zip(middle + reach * np.sin(turns), middle - reach * np.cos(turns), strict=True)
    draw.polygon([(float(x), float(y)) for x, y in points], fill=255)
