"""What a card has been made into before the photograph: a grey copy, a picture on a screen, a copy with a watermark
or a seal on it."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image
from idcard_core.specimen import mark_words
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.marks import WRITING, frame, solid
from idcard_core.specimen.seals import round_seal, square_seal, worn

Ink = tuple[int, int, int]
"""Blue, green, red."""
GREYS: tuple[Ink, ...] = ((120, 120, 120), (160, 160, 160), (70, 70, 70))
COLOURS: tuple[Ink, ...] = ((60, 60, 200), (190, 90, 50), (90, 150, 60), (200, 60, 140))
WHITE: Ink = (255, 255, 255)
SEAL_INKS: tuple[Ink, ...] = ((50, 40, 215), (70, 60, 190), (60, 30, 230), (190, 70, 60))
"""Red ones, and a blue one."""


def grey_copy(rng: np.random.Generator, card: FlatCard) -> FlatCard:
    """A photocopy: grey, more contrast, with the copier's uneven toner; on paper, so without a card's round corners."""
    grey = cv2.cvtColor(card.image, cv2.COLOR_BGR2GRAY)
    curve = np.arange(256, dtype=np.float32)
    curve = (curve - 128) * float(rng.uniform(1.05, 1.4)) + 128 + float(rng.uniform(0, 26))
    grey = cv2.LUT(grey, curve.clip(12, 250).astype(np.uint8))
    return replace(card, image=np.asarray(cv2.merge([grey, grey, grey]), np.uint8))


def on_screen(rng: np.random.Generator, card: FlatCard) -> FlatCard:
    """As shown on a screen: a grid of pixels and slow bands of interference over a bluish picture."""
    height, width = card.image.shape[:2]
    step = max(2.0, width / float(rng.uniform(380, 640)))
    x, y = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
    grid = 1 - np.float32(0.07) * (
        np.cos(x * np.float32(6.283 / step))[None] + np.cos(y * np.float32(6.283 / step))[:, None]
    )
    slant = x[None] * np.float32(rng.uniform(-0.4, 0.4)) + y[:, None]
    grid *= 1 + np.float32(rng.uniform(0.02, 0.07)) * np.sin(slant * np.float32(6.283 * rng.uniform(8, 40) / height))
    tint = np.array([1.06, 1.0, 0.95], np.float32)
    lit = card.image.astype(np.float32) * grid[:, :, None] * tint
    return replace(card, image=lit.clip(0, 255).astype(np.uint8))


def watermarked(rng: np.random.Generator, card: FlatCard) -> FlatCard:
    """With writing across it, light to half opaque, as people put on copies; every field stays readable through it."""
    if rng.random() < 0.3:
        card = grey_copy(rng, card)
    ways, weights = zip(*WRITING, strict=True)
    cover, texts = ways[int(rng.choice(len(ways), p=weights))](rng, card)
    kind = rng.random()
    ink = WHITE if kind < 0.1 else _one_of(rng, GREYS if kind < 0.5 else COLOURS)
    if rng.random() < 0.3:
        image = inked(card.image, cover, ink, float(rng.uniform(0.2, 0.75)))
    else:
        image = painted(card.image, cover, ink, float(rng.uniform(0.12, 0.48)))
    return _marked(rng, replace(card, marks=texts), image)


def stamped(rng: np.random.Generator, card: FlatCard) -> FlatCard:
    """With a seal's ink on it; print shows through ink, so every field stays readable."""
    if rng.random() < 0.4:
        card = grey_copy(rng, card)
    way = (round_seal, square_seal, frame)[int(rng.choice(3, p=(0.5, 0.25, 0.25)))]
    cover, texts = way(rng, card)
    image = inked(card.image, worn(rng, cover), _one_of(rng, SEAL_INKS), float(rng.uniform(0.45, 0.95)))
    return _marked(rng, replace(card, marks=texts), image)


def covered(rng: np.random.Generator, card: FlatCard) -> FlatCard:
    """With a patch over one value that lets nothing through, and a word on it."""
    name = list(card.quads)[int(rng.integers(len(card.quads)))]
    left, top, right, bottom = (float(v) for v in (*card.quads[name].min(axis=0), *card.quads[name].max(axis=0)))
    text = mark_words.boxed(rng)
    size = (max(right - left, 90.0) * float(rng.uniform(1.0, 1.2)), (bottom - top) * float(rng.uniform(1.1, 1.5)))
    patch, writing = solid(rng, text, size, card, ((left + right) / 2, (top + bottom) / 2))
    ink = _one_of(rng, (*GREYS, *COLOURS, (235, 235, 235)))
    image = painted(card.image, patch, ink, float(rng.uniform(0.97, 1.0)))
    image = painted(image, writing, WHITE if max(ink) < 220 else (60, 60, 160), 0.95)
    return replace(card, image=image, marks=(text,), covered=(name,))


def painted(image: Image, cover: Image, ink: Ink, strength: float) -> Image:
    """``ink`` mixed in where ``cover`` is, as a program lays writing over a picture: black print gets lighter."""
    share = _share(cover, strength)
    return np.asarray(image * (1 - share) + np.array(ink, np.float32) * share, np.float32).astype(np.uint8)


def inked(image: Image, cover: Image, ink: Ink, strength: float) -> Image:
    """``ink`` as a stamp leaves it: it takes away light, so that black print stays black."""
    lets_through = 1 - _share(cover, strength) * (1 - np.array(ink, np.float32) / 255)
    return np.asarray(image * lets_through, np.float32).astype(np.uint8)


def _share(cover: Image, strength: float) -> NDArray[np.float32]:
    return np.asarray(cover[:, :, None] * np.float32(strength / 255), np.float32)


def _marked(rng: np.random.Generator, card: FlatCard, image: Image) -> FlatCard:
    """The card as ``image``; now and then copied in grey after it was marked."""
    card = replace(card, image=image)
    return grey_copy(rng, card) if rng.random() < 0.15 else card


def _one_of(rng: np.random.Generator, inks: tuple[Ink, ...]) -> Ink:
    return inks[int(rng.integers(len(inks)))]
