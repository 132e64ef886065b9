"""Writing laid over a card: watermarks and rubber stamps, as people put them on copies.

A mark is drawn as a layer of *cover*, uint8 (height, width), 255 where its ink is full, of the size of the card's
picture. Lengths are in card-frame units (ten a millimetre), angles in degrees, counter-clockwise.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw

from idcard_core.card import CARD_FRAME, FieldName, Image
from idcard_core.specimen import mark_words
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.fonts import FontFace, Style, choose_face, face_for, load

Marked = tuple[Image, tuple[str, ...]]
"""A layer of cover, and the texts on it, each once."""
_FACES = (Style.SANS, Style.SERIF, Style.SCRIPT)


def line(rng: np.random.Generator, card: FlatCard) -> Marked:
    """One slanted line across the card."""
    text = mark_words.limit(rng)
    em = min(float(rng.uniform(24, 62)), 1.05 * CARD_FRAME[0] / len(text))
    centre = (float(rng.uniform(330, 530)), float(rng.uniform(150, 400)))
    return turned(_set(rng, text, em), card, centre, slant(rng)), (text,)


def lines(rng: np.random.Generator, card: FlatCard) -> Marked:
    """Two or three lines, slanted alike: a sentence and a company, or a sentence and a day."""
    texts = [mark_words.limit(rng), mark_words.company(rng), mark_words.day(rng)][: int(rng.integers(2, 4))]
    em = min(float(rng.uniform(24, 46)), CARD_FRAME[0] / max(map(len, texts)))
    strips = [_set(rng, text, em) for text in texts]
    width = max(strip.width for strip in strips)
    block = Pillow.new("L", (width, sum(round(1.25 * strip.height) for strip in strips)), 0)
    y = 0
    for strip in strips:
        block.paste(strip, ((width - strip.width) // 2, y))
        y += round(1.25 * strip.height)
    centre = (float(rng.uniform(360, 500)), float(rng.uniform(200, 360)))
    return turned(block, card, centre, slant(rng)), tuple(texts)


def tiles(rng: np.random.Generator, card: FlatCard) -> Marked:
    """One line again and again, over the whole card."""
    text = mark_words.limit(rng)
    strip = _set(rng, text, min(float(rng.uniform(18, 34)), 0.8 * CARD_FRAME[0] / len(text)))
    across, down = strip.width + float(rng.uniform(40, 160)), strip.height * float(rng.uniform(2.4, 5))
    side = int(np.hypot(*CARD_FRAME))
    sheet = Pillow.new("L", (2 * side, 2 * side), 0)
    for row, y in enumerate(np.arange(0, 2 * side, down)):
        for x in np.arange(-(row % 2) * across / 2, 2 * side, across):
            sheet.paste(strip, (int(x), int(y)))
    return turned(sheet, card, (CARD_FRAME[0] / 2, CARD_FRAME[1] / 2), slant(rng)), (text,)


def beside(rng: np.random.Generator, card: FlatCard) -> Marked:
    """A level line below, above or behind what is printed, in about the size of the print."""
    quads = list(card.quads.values())
    quad = quads[int(rng.integers(len(quads)))]
    if FieldName.ADDRESS in card.quads and rng.random() < 0.6:
        quad = card.quads[FieldName.ADDRESS]
    text = mark_words.limit(rng)
    em = min(float(rng.uniform(20, 40)), 0.75 * CARD_FRAME[0] / len(text))
    strip = _set(rng, text, em)
    left, top, right, bottom = (float(v) for v in (*quad.min(axis=0), *quad.max(axis=0)))
    y = (bottom + 0.7 * em, top - 0.7 * em, float(rng.uniform(top, bottom)))[int(rng.integers(3))]
    x = left + strip.width / 2 + float(rng.uniform(-80, 120))
    if rng.random() < 0.3:
        x, y = right + 0.6 * em + strip.width / 2, (top + bottom) / 2
    x = min(x, CARD_FRAME[0] - strip.width / 2 - 8)
    return turned(strip, card, (x, y), float(rng.normal(0, 1.5))), (text,)


def frame(rng: np.random.Generator, card: FlatCard) -> Marked:
    """A rubber stamp: one to three lines in a frame."""
    texts = [mark_words.boxed(rng), mark_words.company(rng), mark_words.day(rng)][: int(rng.integers(1, 4))]
    em = min(float(rng.uniform(20, 34)), 0.55 * CARD_FRAME[0] / max(map(len, texts)))
    strips = [_set(rng, text, em) for text in texts]
    width, height = max(strip.width for strip in strips), sum(strip.height for strip in strips)
    block = Pillow.new("L", (int(width + 1.2 * em), int(height + 0.8 * em)), 0)
    draw = ImageDraw.Draw(block)
    draw.rectangle((2, 2, block.width - 3, block.height - 3), outline=255, width=int(rng.integers(2, 5)))
    y = int(0.4 * em)
    for strip in strips:
        block.paste(strip, ((block.width - strip.width) // 2, y))
        y += strip.height
    return turned(block, card, anywhere(rng, block.size), 0.6 * slant(rng)), tuple(texts)


WRITING: tuple[tuple[Callable[[np.random.Generator, FlatCard], Marked], float], ...] = (
    (line, 0.3),
    (lines, 0.15),
    (tiles, 0.25),
    (beside, 0.2),
    (frame, 0.1),
)
"""Ways to write across a card, with how often each is met."""


def solid(
    rng: np.random.Generator, text: str, size: tuple[float, float], card: FlatCard, centre: tuple[float, float]
) -> tuple[Image, Image]:
    """A patch of ``size`` (units) laid at ``centre``, and ``text`` on it; both lie a little askew."""
    width, height = (round(side) for side in size)
    angle = float(rng.normal(0, 2))
    em = min(0.7 * height, 0.9 * width / len(text))
    writing = Pillow.new("L", (width, height), 0)
    ImageDraw.Draw(writing).text(
        (width / 2, height / 2), text, 255, load(face_for(text, choose_face(rng, _FACES)), round(em)), anchor="mm"
    )
    patch = Pillow.new("L", (width, height), 255)
    return turned(patch, card, centre, angle), turned(writing, card, centre, angle)


def slant(rng: np.random.Generator) -> float:
    """An angle within 45 degrees: mostly rising, sometimes falling or nearly level."""
    return float(rng.choice([rng.uniform(8, 45), rng.uniform(-45, -8), rng.normal(0, 3)], p=[0.6, 0.22, 0.18]))


def anywhere(rng: np.random.Generator, size: tuple[int, int]) -> tuple[float, float]:
    """A centre (units) at which a block of ``size`` lies on the card."""
    x, y = (
        float(rng.uniform(min(half, whole / 2), max(whole - half, whole / 2)))
        for half, whole in ((0.4 * size[0], CARD_FRAME[0]), (0.4 * size[1], CARD_FRAME[1]))
    )
    return x, y


def turned(block: Pillow.Image, card: FlatCard, centre: tuple[float, float], angle: float) -> Image:
    """``block`` (a pixel a unit) turned about its middle and laid at ``centre`` of the card."""
    height, width = card.image.shape[:2]
    source = np.asarray(block, np.uint8)
    scale = width / CARD_FRAME[0]
    matrix = cv2.getRotationMatrix2D((source.shape[1] / 2, source.shape[0] / 2), angle, scale)
    matrix[0, 2] += centre[0] * scale - source.shape[1] / 2
    matrix[1, 2] += centre[1] * scale - source.shape[0] / 2
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.warpAffine(source, matrix, (width, height), flags=way), np.uint8)


def _set(rng: np.random.Generator, text: str, em: float) -> Pillow.Image:
    """``text`` in one line, a pixel a unit; sometimes its characters dance, as when written by hand."""
    face = face_for(text, choose_face(rng, _FACES))
    by_hand = rng.random() < 0.2
    if by_hand:
        face = face_for(text, choose_face(rng, (Style.SCRIPT,)))
    spacing = float(rng.choice([0.0, 0.05, 0.25], p=[0.5, 0.3, 0.2])) * em
    font = load(face, round(em))
    width = sum(font.getlength(char) + spacing for char in text)
    strip = Pillow.new("L", (int(width + 0.4 * em), int(1.4 * em)), 0)
    x = 0.2 * em
    for char in text:
        drop, lean = (float(rng.normal(0, 0.05)) * em, float(rng.normal(0, 6))) if by_hand else (0.0, 0.0)
        strip = _with_character(strip, (face, char, em), (x, 0.7 * em + drop), lean)
        x += font.getlength(char) + spacing
    return strip


def _with_character(
    strip: Pillow.Image, letter: tuple[FontFace, str, float], at: tuple[float, float], lean: float
) -> Pillow.Image:
    face, char, em = letter
    if not lean:
        ImageDraw.Draw(strip).text(at, char, fill=255, font=load(face, round(em)), anchor="lm")
        return strip
    side = int(1.4 * em)
    cell = Pillow.new("L", (side, side), 0)
    ImageDraw.Draw(cell).text((0.2 * em, side / 2), char, fill=255, font=load(face, round(em)), anchor="lm")
    cell = cell.rotate(lean, resample=Pillow.Resampling.BICUBIC)
    strip.paste(255, (round(at[0] - 0.2 * em), round(at[1] - side / 2)), cell)
    return strip
