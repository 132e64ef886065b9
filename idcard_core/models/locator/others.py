"""Cards that are no identity cards, so that the network learns what to leave alone."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.judge.documents.kinds import DocumentKind
from idcard_core.specimen.documents import nothing
from idcard_core.specimen.documents.make import DRAWN, draw_document

from .backgrounds import clouds, colour, scribble
from .cards import HEIGHT, WIDTH

ALIKE = (
    DocumentKind.HONG_KONG_MACAO_RESIDENCE_PERMIT,
    DocumentKind.TAIWAN_RESIDENCE_PERMIT,
    DocumentKind.FOREIGN_RESIDENT_CARD,
)
"""Documents with an identity card's layout; what is printed on them tells them apart, and not the locator."""


def other_card(rng: np.random.Generator, size: tuple[int, int]) -> Image:
    """A bank card, a visiting card, a pass with its portrait at the left, a ticket, or a plain printed picture."""
    width, height = size
    ground = np.full((height, width, 3), colour(rng, 20, 250), np.float32)
    tone = cv2.resize(clouds(rng, int(rng.integers(2, 8)), 64), size)
    picture = np.clip(ground + tone[..., None] * rng.uniform(0, 70, 3), 0, 255).astype(np.uint8)
    ink = colour(rng, 190, 255) if picture.mean() < 110 else colour(rng, 0, 90)
    kind = rng.random()
    if kind < 0.35:
        _bank_card(rng, picture, ink)
    elif kind < 0.6:
        _visiting_card(rng, picture, ink)
    elif kind < 0.75:
        _pass(rng, picture, ink)
    elif kind < 0.9:
        _ticket(rng, picture, ink)
    return picture


def _bank_card(rng: np.random.Generator, picture: Image, ink: tuple[int, int, int]) -> None:
    height, width = picture.shape[:2]
    x, y = int(rng.uniform(0.06, 0.14) * width), int(rng.uniform(0.33, 0.45) * height)
    if rng.random() < 0.85:
        cv2.rectangle(picture, (x, y), (x + width // 9, y + height // 7), colour(rng, 120, 220), -1)
    digits = " ".join("".join(str(d) for d in rng.integers(0, 10, 4)) for _ in range(4))
    place = (int(0.08 * width), int(rng.uniform(0.6, 0.72) * height))
    cv2.putText(picture, digits, place, cv2.FONT_HERSHEY_DUPLEX, width / 510, ink, 2, cv2.LINE_AA)
    scribble(rng, picture, (int(0.08 * width), int(0.8 * height)), (int(0.5 * width), 12), ink)
    scribble(rng, picture, (int(rng.uniform(0.05, 0.5) * width), int(0.08 * height)), (int(0.95 * width), 20), ink)
    if rng.random() < 0.6:
        centre = (int(0.85 * width), int(0.85 * height))
        cv2.circle(picture, centre, width // 16, colour(rng), -1, cv2.LINE_AA)
        cv2.circle(picture, (centre[0] - width // 14, centre[1]), width // 16, colour(rng), -1, cv2.LINE_AA)


def _visiting_card(rng: np.random.Generator, picture: Image, ink: tuple[int, int, int]) -> None:
    height, width = picture.shape[:2]
    x = int(rng.uniform(0.05, 0.5) * width)
    y = int(rng.uniform(0.1, 0.3) * height)
    for _ in range(int(rng.integers(3, 9))):
        em = int(rng.integers(8, 26))
        scribble(rng, picture, (x, y), (int(min(x + rng.uniform(0.2, 0.6) * width, width)), em), ink)
        y += int(em * rng.uniform(1.3, 2.5))
    if rng.random() < 0.5:
        side = int(rng.uniform(0.1, 0.25) * width)
        left, top = int(rng.uniform(0.05, 0.7) * width), int(rng.uniform(0.3, 0.6) * height)
        blocks = (rng.random((12, 12, 1)) < 0.5).astype(np.uint8) * np.uint8(255)
        code = cv2.resize(np.repeat(blocks, 3, axis=2), (side, side), interpolation=cv2.INTER_NEAREST)
        part = picture[top : top + side, left : left + side]
        part[:] = code[: part.shape[0], : part.shape[1]]


def _pass(rng: np.random.Generator, picture: Image, ink: tuple[int, int, int]) -> None:
    height, width = picture.shape[:2]
    left, top = int(rng.uniform(0.04, 0.1) * width), int(rng.uniform(0.25, 0.4) * height)
    right, bottom = left + int(0.25 * width), top + int(0.5 * height)
    cv2.rectangle(picture, (left, top), (right, bottom), colour(rng, 150, 250), -1)
    cv2.ellipse(picture, ((left + right) // 2, bottom), (50, 45), 0, 180, 360, colour(rng), -1)
    cv2.ellipse(picture, ((left + right) // 2, (top + bottom) // 2), (25, 35), 0, 0, 360, colour(rng, 90, 220), -1)
    cv2.rectangle(picture, (0, 0), (width, int(rng.uniform(0.12, 0.22) * height)), colour(rng), -1)
    scribble(rng, picture, (int(0.1 * width), int(0.05 * height)), (int(0.9 * width), 22), ink)
    for y in np.arange(0.3, 0.9, rng.uniform(0.09, 0.15)) * height:
        scribble(rng, picture, (right + 20, int(y)), (int(rng.uniform(0.5, 0.95) * width), 13), ink)


def _ticket(rng: np.random.Generator, picture: Image, ink: tuple[int, int, int]) -> None:
    height, width = picture.shape[:2]
    for x in np.sort(rng.integers(0, width, 4)):
        cv2.line(picture, (int(x), 0), (int(x), height), ink, 1)
    for y in range(10, height, int(rng.integers(18, 50))):
        cv2.line(picture, (0, y), (width, y), ink, 1)
        scribble(rng, picture, (int(rng.integers(5, 100)), y + 3), (int(rng.integers(120, width)), 12), ink)


def other_cards(rng: np.random.Generator, count: int) -> Image:
    """(count, HEIGHT, WIDTH, 3) other cards, documents and parts of pages: a third of each."""
    painters = (lambda: other_card(rng, (WIDTH, HEIGHT)), lambda: _document(rng), lambda: _part_of_page(rng))
    return np.stack([painters[number % len(painters)]() for number in range(count)])


def _document(rng: np.random.Generator) -> Image:
    """Any other document that the specimens have, but those that share an identity card's layout."""
    kinds = [kind for kind in DRAWN if kind not in ALIKE]
    flat = draw_document(rng, kinds[int(rng.integers(len(kinds)))]).image
    return np.asarray(cv2.resize(flat, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)


def _part_of_page(rng: np.random.Generator) -> Image:
    """A part, of a card's shape, of a printed page, a receipt, a screen."""
    page = nothing.PAGES[int(rng.integers(len(nothing.PAGES)))](rng).image
    height, width = page.shape[:2]
    across = min(width, height * WIDTH / HEIGHT) * rng.uniform(0.4, 1.0)
    wide, high = round(across), round(across * HEIGHT / WIDTH)
    left, top = int(rng.integers(width - wide + 1)), int(rng.integers(height - high + 1))
    part = page[top : top + high, left : left + wide]
    return np.asarray(cv2.resize(part, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)
