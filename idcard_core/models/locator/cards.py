"""Flat cards to train on: drawn specimens, and schematic ones of a far wilder look."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image, Side
from idcard_core.specimen.draw import draw_card
from idcard_core.specimen.fonts import Style
from idcard_core.specimen.layout import choose_look
from idcard_core.specimen.people import make_person
from idcard_core.specimen.scripts import choose_script
from idcard_core.specimen.temporary import draw_temporary, temporary_person

from .backgrounds import clouds, colour, scribble

WIDTH, HEIGHT = 428, 270
"""Pixels of a card in the bank: five a millimetre."""
TEMPORARY_SHARE = 0.15
"""Of the fronts; a temporary card has two more lines of print near its lower edge."""


@dataclass(frozen=True, slots=True, eq=False)
class CardBank:
    """``images`` (n, HEIGHT, WIDTH, 3) and whether each shows the portrait side."""

    images: Image
    fronts: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.images)


def drawn_cards(seed: int, count: int, held_out: bool = False) -> CardBank:
    """Specimens, half of them fronts. Brush-script faces are in none of them, or, with ``held_out``, in all."""
    images: list[Image] = []
    fronts: list[bool] = []
    number = 0
    while len(images) < count:
        number += 1
        look = choose_look(np.random.default_rng([seed, number]))
        brush = Style.SCRIPT in (look.value_face.style, look.label_face.style)
        if brush != held_out:
            continue
        rng = np.random.default_rng([seed, number, 1])
        side = Side.FRONT if rng.random() < 0.5 else Side.BACK
        script = choose_script(rng) if rng.random() < 0.12 else None
        # the look is the first thing drawn from the card's own generator
        own = np.random.default_rng([seed, number])
        if side is Side.FRONT and rng.random() < TEMPORARY_SHARE:
            flat = draw_temporary(temporary_person(make_person(rng)), own, 856)
        else:
            flat = draw_card(side, make_person(rng), own, 856, script)
        small = cv2.resize(flat.image, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
        images.append(np.asarray(small, np.uint8))
        fronts.append(side is Side.FRONT)
    return CardBank(np.stack(images), np.array(fronts))


def schematic_cards(rng: np.random.Generator, count: int) -> CardBank:
    """Cards of strokes and blots with the layout alone in common with real ones."""
    fronts = rng.random(count) < 0.5
    return CardBank(np.stack([_front(rng) if front else _back(rng) for front in fronts]), fronts)


def joined(*banks: CardBank) -> CardBank:
    """All cards of several banks."""
    return CardBank(np.concatenate([b.images for b in banks]), np.concatenate([b.fronts for b in banks]))


def _ground(rng: np.random.Generator) -> Image:
    pale = rng.random() < 0.8
    cells = np.array([colour(rng, 170 if pale else 60, 250) for _ in range(12)], np.float32).reshape(3, 4, 3)
    cells = cells.mean(axis=(0, 1)) + (cells - cells.mean(axis=(0, 1))) * rng.uniform(0.05, 0.8)
    picture = cv2.resize(cells, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    kind = rng.random()
    if kind < 0.4:
        x = np.arange(WIDTH, dtype=np.float32)
        warp = rng.uniform(2, 20) * np.sin(x / rng.uniform(10, 80) + rng.uniform(0, 6))
        y = np.arange(HEIGHT, dtype=np.float32)[:, None] + warp
        picture += (np.sin(y / rng.uniform(1.2, 8)) * rng.uniform(2, 18))[..., None] * rng.uniform(0.2, 1, 3)
    elif kind < 0.6:
        spots = clouds(rng, int(rng.integers(4, 60)))[:HEIGHT, :WIDTH]
        picture += spots[..., None] * rng.uniform(2, 25) * rng.uniform(0.3, 1, 3)
    return np.asarray(np.clip(picture, 0, 255), np.uint8)


def _figure(rng: np.random.Generator, picture: Image) -> None:
    """Something like head and shoulders, or only blots, in the portrait's place."""
    x, y = rng.uniform(0.585, 0.66) * WIDTH, rng.uniform(0.09, 0.17) * HEIGHT
    width, height = rng.uniform(0.27, 0.335) * WIDTH, rng.uniform(0.54, 0.64) * HEIGHT
    left, top, right, bottom = int(x), int(y), int(min(x + width, WIDTH - 6)), int(y + height)
    place = picture[top:bottom, left:right]
    if rng.random() < 0.75:
        place[:] = colour(rng, 120, 255)
    skin, hair, cloth = colour(rng, 110, 220), colour(rng, 0, 110), colour(rng, 0, 230)
    h, w = place.shape[:2]
    cx, cy = int(w * rng.uniform(0.42, 0.58)), int(h * rng.uniform(0.34, 0.45))
    rx, ry = int(w * rng.uniform(0.16, 0.27)), int(h * rng.uniform(0.17, 0.27))
    if rng.random() < 0.1:
        place[:] = cv2.resize(rng.integers(0, 255, (6, 5, 3)).astype(np.uint8), (w, h), interpolation=cv2.INTER_CUBIC)
        return
    cv2.ellipse(place, (w // 2, int(h * 1.03)), (int(w * rng.uniform(0.38, 0.56)), int(h * 0.34)), 0, 0, 360, cloth, -1)
    cv2.rectangle(place, (cx - rx // 2, cy), (cx + rx // 2, int(h * 0.78)), skin, -1)
    if rng.random() < 0.9:
        cv2.ellipse(place, (cx, cy - ry // 4), (int(rx * 1.15), int(ry * 1.1)), 0, 0, 360, hair, -1, cv2.LINE_AA)
    cv2.ellipse(place, (cx, cy), (rx, ry), 0, 0, 360, skin, -1, cv2.LINE_AA)
    if rng.random() < 0.7:
        cv2.ellipse(place, (cx, cy - int(ry * 0.7)), (rx, ry // 2), 0, 0, 360, hair, -1, cv2.LINE_AA)
    if rng.random() < 0.6:
        for sign in (-1, 1):
            cv2.circle(place, (cx + sign * rx // 2, cy), max(1, rx // 8), hair, -1)
    if rng.random() < 0.4:
        place[:] = cv2.GaussianBlur(place, (0, 0), rng.uniform(0.6, 3))


def _front(rng: np.random.Generator) -> Image:
    picture = _ground(rng)
    _figure(rng, picture)
    dark = colour(rng, 0, 80)
    label = colour(rng, 0, 150) if rng.random() < 0.6 else dark
    em = rng.uniform(13, 19)
    left = rng.uniform(0.03, 0.09) * WIDTH
    value = left + rng.uniform(0.1, 0.15) * WIDTH
    rows = (np.array([0.16, 0.285, 0.405]) + rng.normal(0, 0.012, 3)) * HEIGHT + rng.normal(0, 4)
    ends = value + em * np.array([rng.uniform(2, 6), rng.uniform(6, 8), rng.uniform(8, 10)])
    for y, end in zip(rows, ends, strict=True):
        _words(rng, picture, (left, y), left + 2.2 * em * 0.85, em * 0.85, label)
        _words(rng, picture, (value, y), end, em, dark)
    y = rng.uniform(0.51, 0.55) * HEIGHT
    _words(rng, picture, (left, y), left + 2.2 * em * 0.85, em * 0.85, label)
    for line in range(int(rng.integers(1, 5))):
        end = value + rng.uniform(3, 11.3) * em if line else value + 11.3 * em
        _words(rng, picture, (value, y + line * em * 1.35), min(end, 0.62 * WIDTH), em, dark)
    y = rng.uniform(0.83, 0.895) * HEIGHT
    size = rng.uniform(0.9, 1.25) * em
    _words(rng, picture, (left, y), left + 6.6 * em * 0.85, em * 0.85, label)
    _digits(rng, picture, (rng.uniform(0.31, 0.39) * WIDTH, y), rng.uniform(0.84, 0.95) * WIDTH, size, dark)
    return picture


def _back(rng: np.random.Generator) -> Image:
    picture = _ground(rng)
    dark = colour(rng, 0, 80)
    centre = (int(rng.uniform(0.12, 0.19) * WIDTH), int(rng.uniform(0.2, 0.29) * HEIGHT))
    radius = int(rng.uniform(0.065, 0.115) * WIDTH)
    main, second = colour(rng, 20, 200), colour(rng, 20, 240)
    if rng.random() < 0.7:
        main = (int(rng.integers(0, 110)), int(rng.integers(0, 110)), int(rng.integers(130, 255)))
    if rng.random() < 0.85:
        cv2.circle(picture, centre, radius, main, -1, cv2.LINE_AA)
    else:
        cv2.rectangle(
            picture, (centre[0] - radius, centre[1] - radius), (centre[0] + radius, centre[1] + radius), main, -1
        )
    for _ in range(int(rng.integers(1, 8))):
        offset = rng.uniform(-0.6, 0.6, 2) * radius
        place = (int(centre[0] + offset[0]), int(centre[1] + offset[1]))
        cv2.circle(picture, place, max(1, int(radius * rng.uniform(0.08, 0.35))), second, -1, cv2.LINE_AA)
    if rng.random() < 0.6:
        cv2.circle(picture, centre, int(radius * rng.uniform(0.8, 1.15)), second, int(rng.integers(1, 5)), cv2.LINE_AA)
    one, two = rng.uniform(19, 28), rng.uniform(26, 40)
    title = dark if rng.random() < 0.8 else colour(rng, 0, 140)
    x = rng.uniform(0.29, 0.38) * WIDTH
    _words(rng, picture, (x, rng.uniform(0.15, 0.21) * HEIGHT), rng.uniform(0.74, 0.93) * WIDTH, one, title)
    x = rng.uniform(0.27, 0.37) * WIDTH
    _words(rng, picture, (x, rng.uniform(0.3, 0.38) * HEIGHT), rng.uniform(0.74, 0.95) * WIDTH, two, title)
    em = rng.uniform(13, 19)
    left = rng.uniform(0.15, 0.27) * WIDTH
    value = left + rng.uniform(0.18, 0.23) * WIDTH
    y = rng.uniform(0.7, 0.75) * HEIGHT
    _words(rng, picture, (left, y), left + 4.4 * em, em, dark)
    _words(rng, picture, (value, y), value + rng.uniform(5, 11) * em, em, dark)
    y = rng.uniform(0.83, 0.89) * HEIGHT
    _words(rng, picture, (left, y), left + 4.4 * em, em, dark)
    _digits(rng, picture, (value, y), value + rng.uniform(6.5, 11.5) * em, em, dark)
    return picture


def _words(
    rng: np.random.Generator,
    picture: Image,
    at: tuple[float, float],
    end: float,
    em: float,
    ink: tuple[int, int, int],
) -> None:
    scribble(rng, picture, (int(at[0]), int(at[1] - em / 2)), (int(min(end, WIDTH - 8)), int(em)), ink)


def _digits(
    rng: np.random.Generator,
    picture: Image,
    at: tuple[float, float],
    end: float,
    em: float,
    ink: tuple[int, int, int],
) -> None:
    font = int(rng.choice([cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_PLAIN, cv2.FONT_HERSHEY_DUPLEX]))
    digits = "".join(str(d) for d in rng.integers(0, 10, 18))
    (width, height), _ = cv2.getTextSize(digits, font, 1.0, 1)
    scale = min(em * 0.8 / height, (end - at[0]) / width)
    place = (int(at[0]), int(at[1] + height * scale / 2))
    cv2.putText(picture, digits, place, font, scale, ink, int(rng.integers(1, 3)), cv2.LINE_AA)
