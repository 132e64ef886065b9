"""Fronts whose portrait cannot be made out: something opaque, ink, a fingertip or glare lies over it."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from idcard_core.card import Image, Points, Side
from idcard_core.specimen import mark_words
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.draw import draw_card
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.marks import solid, turned
from idcard_core.specimen.other_portraits import draw_other_front
from idcard_core.specimen.people import make_person
from idcard_core.specimen.photograph import Photograph, photograph
from idcard_core.specimen.recipes import make_shot
from idcard_core.specimen.seals import worn
from idcard_core.specimen.surfaces import COLOURS, GREYS, SEAL_INKS, grey_copy, inked, on_screen, painted

Box = tuple[float, float, float, float]
"""Centre x and y, width and height in frame units."""
_MORE_COLOURS = (*GREYS, *COLOURS, (235, 235, 235), (250, 250, 250), (20, 20, 20))
_DRAWN_WIDTH = 1284


class Cover(str, Enum):
    """What lies over the portrait."""

    PATCH = "patch"
    """One colour over all of it, sometimes with a word."""
    FACE_PATCH = "face_patch"
    """One colour over head and neck."""
    FINGER = "finger"
    SEAL = "seal"
    """A seal so full of ink that the face is not seen."""
    GLARE = "glare"


def photograph_covered(seed: int, cover: Cover, condition: Condition = Condition.PLAIN) -> Photograph:
    """A front whose portrait is hidden by ``cover``, under the light and pose of ``condition``; portrait None.

    The same arguments give the same picture. Raises FontsMissingError without a Chinese font.
    """
    rng = np.random.default_rng([seed, list(Cover).index(cover), list(Condition).index(condition), 26])
    shot, person = make_shot(condition, rng), make_person(rng)
    if rng.random() < 0.5:
        card = draw_card(Side.FRONT, person, rng, _DRAWN_WIDTH)
    else:
        card = draw_other_front(person, rng, _DRAWN_WIDTH)
    return photograph([cover_portrait(rng, card, cover)], shot, rng)


def cover_portrait(rng: np.random.Generator, card: FlatCard, cover: Cover) -> FlatCard:
    """``card`` with its portrait hidden; sometimes copied or shown on a screen before or after."""
    if card.portrait is None:
        raise ValueError("there is no portrait on this side")
    box = _box(card.portrait)
    early, late = rng.random(2)
    if early < 0.15:
        card = grey_copy(rng, card)
    image = _WAYS[cover](rng, card, box)
    card = replace(card, image=image, portrait=None)
    if late < 0.12:
        return grey_copy(rng, card)
    return on_screen(rng, card) if late < 0.2 else card


def _box(quad: Points) -> Box:
    (left, top), (right, bottom) = quad[0], quad[2]
    return float(left + right) / 2, float(top + bottom) / 2, float(right - left), float(bottom - top)


def _patch(rng: np.random.Generator, card: FlatCard, box: Box) -> Image:
    x, y, width, height = box
    return _pasted(rng, card, (x, y, width * float(rng.uniform(0.98, 1.2)), height * float(rng.uniform(0.98, 1.15))))


def _face_patch(rng: np.random.Generator, card: FlatCard, box: Box) -> Image:
    x, y, width, height = box
    size = width * float(rng.uniform(0.66, 0.95)), height * float(rng.uniform(0.62, 0.8))
    return _pasted(rng, card, (x, y - 0.12 * height, *size))


def _pasted(rng: np.random.Generator, card: FlatCard, box: Box) -> Image:
    """A rectangle or, now and then, an ellipse over ``box``, with or without a word."""
    x, y, width, height = box
    word = mark_words.boxed(rng)
    patch, writing = solid(rng, word, (width, height), card, (x, y))
    if rng.random() < 0.3:
        patch = _ellipse(card, (x, y), (0.56 * width, 0.56 * height), float(rng.normal(0, 5)))
    ink = _MORE_COLOURS[int(rng.integers(len(_MORE_COLOURS)))]
    image = painted(card.image, patch, ink, float(rng.uniform(0.96, 1.0)))
    if rng.random() < 0.5:
        return image
    return painted(image, writing, (250, 250, 250) if max(ink) < 220 else (60, 60, 160), 0.95)


def _finger(rng: np.random.Generator, card: FlatCard, box: Box) -> Image:
    """A fingertip from the right, from below or from above, that reaches past the face."""
    x, y, width, height = box
    angle = float(rng.choice([0, 90, -90, 45, -45])) + float(rng.normal(0, 12))
    inward = np.array([-np.cos(np.radians(angle)), -np.sin(np.radians(angle))])
    radius = width * float(rng.uniform(0.4, 0.55))
    tip = np.array([x, y - 0.1 * height]) + inward * radius * float(rng.uniform(0.1, 0.5))
    scale = card.image.shape[1] / 856
    cover = np.zeros(card.image.shape[:2], np.uint8)
    start, end = ((round(float(px)), round(float(py))) for px, py in (tip * scale, (tip - inward * 900) * scale))
    cv2.line(cover, start, end, (255,), round(2 * radius * scale), cv2.LINE_AA)
    cover = np.asarray(cv2.GaussianBlur(cover, (0, 0), 2.5 * scale), np.uint8)
    skin = np.array([140, 170, 215]) * rng.uniform(0.5, 1.05) + rng.normal(0, 6, 3)
    rows, columns = np.indices(cover.shape) / scale
    across = ((columns - tip[0]) * -inward[1] + (rows - tip[1]) * inward[0]) / radius
    shade = np.asarray(1.05 - 0.3 * across.clip(-1.2, 1.2) ** 2, np.float32)
    paint = shade.reshape(*shade.shape, 1) * skin.astype(np.float32)
    return _mixed(card.image, np.asarray(paint, np.float32), np.asarray(cover / np.float32(255)))


def _seal(rng: np.random.Generator, card: FlatCard, box: Box) -> Image:
    """A disc or a square full of ink; what is printed in it stays white."""
    x, y, width, height = box
    size = width * float(rng.uniform(0.9, 1.2))
    centre = (x, y - 0.1 * height)
    if rng.random() < 0.6:
        cover = _ellipse(card, centre, (size / 2, size / 2 * float(rng.uniform(1.1, 1.3))), 0.0)
    else:
        cover, _ = solid(rng, "核验专用", (size, size * 1.15), card, centre)
    _, words = solid(rng, mark_words.boxed(rng), (size * 0.9, size * 0.4), card, centre)
    cover = np.where(words > 90, 0, worn(rng, cover) // 8 + cover // 8 * 7).astype(np.uint8)
    ink = SEAL_INKS[int(rng.integers(len(SEAL_INKS)))]
    image = painted(card.image, cover, ink, float(rng.uniform(0.9, 1.0)))
    return inked(image, cover, ink, 0.3)


def _glare(rng: np.random.Generator, card: FlatCard, box: Box) -> Image:
    x, y, width, height = box
    spot = _ellipse(card, (x, y - 0.08 * height), (0.62 * width, 0.5 * height), float(rng.uniform(-30, 30)))
    scale = card.image.shape[1] / 856
    soft = cv2.GaussianBlur(spot, (0, 0), float(rng.uniform(8, 18)) * scale)
    share = np.asarray(soft.astype(np.float32) * np.float32(1.4 / 255)).clip(0, 1)
    return _mixed(card.image, np.full((1, 1, 3), 255, np.float32), np.asarray(share, np.float32))


_WAYS = {
    Cover.PATCH: _patch,
    Cover.FACE_PATCH: _face_patch,
    Cover.FINGER: _finger,
    Cover.SEAL: _seal,
    Cover.GLARE: _glare,
}


def _ellipse(card: FlatCard, centre: tuple[float, float], half: tuple[float, float], angle: float) -> Image:
    block = np.zeros((2 * int(half[1]) + 4, 2 * int(half[0]) + 4), np.uint8)
    middle = (block.shape[1] // 2, block.shape[0] // 2)
    cv2.ellipse(block, middle, (int(half[0]), int(half[1])), 0, 0, 360, (255,), -1, cv2.LINE_AA)
    return turned(Pillow.fromarray(block), card, centre, angle)


def _mixed(image: Image, paint: NDArray[np.float32], share: NDArray[np.float32]) -> Image:
    share = share[:, :, None]
    return np.asarray((image * (1 - share) + paint * share).clip(0, 255), np.uint8)
