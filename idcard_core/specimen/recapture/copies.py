"""Prints of a card before the camera: on a page with the other side, or cut out; lying flat, curled or folded."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME, Image
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.light import Gains
from idcard_core.specimen.recapture.grid import Grid, Plane
from idcard_core.specimen.recapture.photographed import photographed
from idcard_core.specimen.recapture.printers import make_printer
from idcard_core.specimen.recapture.prints import AROUND, FAR_AROUND, paper, printed
from idcard_core.specimen.recapture.scene import GROUNDS
from idcard_core.specimen.recapture.sheets import EDGED_SHARE, filled, laid, sheet_around
from idcard_core.specimen.textures import make_ground, smooth_noise

CUT_OUT_SHARE = 0.4
CLOSE_CUT_SHARE = 0.35
"""Of those cut out: along the card's own outline, round corners and all."""
PHOTOGRAPH_SHARE = 0.25
"""Of copies: prints of a photograph, with what the card lay on around it."""
MOST_ROOM = 0.25
"""Of what is seen around a card that is printed, as a share of its width."""
LARGEST_PHOTOGRAPH = 1100
"""Pixels across the card on it."""
BACKDROP_SHARE = 0.3
"""Of the others: with something else than white around the card."""
PRINT_SKEW = 1.5
"""Degrees by which a copied card is turned on its page."""
GLOSSY_SHARE = 0.12
"""Of prints: on paper that mirrors as plastic does."""


def of_copy(
    rng: np.random.Generator, grid: Grid, page: Page, number: int, gains: Gains, scanned: bool
) -> tuple[Plane, str]:
    """Linear light of the scene with ``page`` as printer ``number`` puts it out, and how it was taken."""
    printer = make_printer(number)
    corner = (-page.corner[0] * page.scale, -page.corner[1] * page.scale)
    around = FAR_AROUND if page.backdrop else AROUND
    ink = printed(rng, grid, printer, page.image, (corner, page.scale), around)
    sheet: Plane = paper(rng, grid.size) * ink
    glossy = rng.random() < GLOSSY_SHARE
    if glossy:
        sheet = sheet + np.float32(rng.uniform(0.005, 0.08)) * smooth_noise(
            rng, grid.size, (grid.size[0] / 2, grid.size[1] / 2)
        )[..., None].clip(0, None)
    cut_out = rng.random() < CUT_OUT_SHARE
    if cut_out:
        sheet = laid(rng, grid, sheet, _cut(rng, grid, page))
    elif not scanned and rng.random() < EDGED_SHARE:
        sheet = laid(rng, grid, sheet, sheet_around(rng, grid, PRINT_SKEW))
    way = ("colour" if printer.colour else "grey") + ("_cut_out" if cut_out else "_page") + ("_scan" if scanned else "")
    return np.asarray(sheet * gains, np.float32), way


def _cut(rng: np.random.Generator, grid: Grid, page: Page) -> Plane:
    """The outline (height, width) that scissors left: four cuts, none quite straight along the card, or its own."""
    if rng.random() < CLOSE_CUT_SHARE:
        rim = float(rng.uniform(-3, 8))
        grown = (1 + 2 * rim / CARD_FRAME[0], 1 + 2 * rim / CARD_FRAME[1])
        size = (round(page.alpha.shape[1] * grown[0]), round(page.alpha.shape[0] * grown[1]))
        alpha = np.asarray(cv2.resize(page.alpha, size, interpolation=cv2.INTER_LINEAR), np.uint8)
        return grid.seen(alpha, (-rim, -rim), page.scale).astype(np.float32) / 255
    widest = 12.0 if rng.random() < 0.4 else 60.0
    left, top, right, bottom = (float(rng.uniform(-2, widest)) for _ in range(4))
    corners = np.array(
        [[-left, -top], [CARD_FRAME[0] + right, -top], [CARD_FRAME[0] + right, CARD_FRAME[1] + bottom],
         [-left, CARD_FRAME[1] + bottom]], np.float32)  # fmt: skip
    corners += rng.normal(0, 0.12 * widest, (4, 2)).astype(np.float32)
    return filled(grid, corners)


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """What is printed: where the card's top left stands on it, pixels, and the card-frame units of a pixel."""

    image: Image
    corner: tuple[int, int]
    scale: float
    alpha: Image
    """The card's own outline, at the same scale."""
    backdrop: bool
    """There is more than white around the card."""


def page_of(rng: np.random.Generator, card: FlatCard, other: FlatCard | None) -> Page:
    """The card as a scanner or a camera saw it, with its ``other`` side above or below where that is given."""
    photograph = rng.random() < PHOTOGRAPH_SHARE
    if photograph and card.image.shape[1] > LARGEST_PHOTOGRAPH:
        card = card.resized(LARGEST_PHOTOGRAPH)
    height, width = card.image.shape[:2]
    rim_x, rim_y = int(0.4 * width), int(0.5 * width)
    white = int(rng.integers(236, 256))
    page = np.full((height + 2 * rim_y, width + 2 * rim_x, 3), white, np.uint8)
    backdrop = not photograph and rng.random() < BACKDROP_SHARE
    if backdrop:
        _lay_backdrop(rng, page, (rim_x, rim_y, width, height))
    edges = _Edges(
        shadow=float(rng.uniform(0.15, 0.7)) if rng.random() < 0.4 else 0.0,
        softness=float(rng.uniform(1, 5)),
        tone=int(rng.integers(120, 225)),
        backing=int(rng.integers(20, 250)) if rng.random() < 0.3 else None,
    )
    if other is not None:
        image = np.asarray(cv2.resize(other.image, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
        alpha = np.asarray(cv2.resize(other.alpha, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
        shown = int(rng.uniform(0.3, 0.9) * rim_y)
        pair = np.full((height + 6, width + 6, 3), white, np.uint8)
        _copied(pair, image, alpha, (3, 3), edges)
        across = rim_x - 3 + int(np.clip(rng.normal(0, 0.03) * width, -rim_x + 4, rim_x - 4))
        if rng.random() < 0.5:
            page[:shown, across : across + width + 6] = pair[-shown:]
        else:
            page[-shown:, across : across + width + 6] = pair[:shown]
    if photograph:
        picture, (beside, over) = photographed(rng, card, width, (MOST_ROOM, MOST_ROOM))
        left, top = round(rim_x - beside), round(rim_y - over)
        page[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    else:
        _copied(page, card.image, card.alpha, (rim_x, rim_y), edges)
    return Page(page, (rim_x, rim_y), CARD_FRAME[0] / width, card.alpha, photograph or backdrop)


def _lay_backdrop(rng: np.random.Generator, page: Image, box: tuple[int, int, int, int]) -> None:
    """What was copied with the card in ``box`` (x, y, width, height) of ``page``.

    A copier with its lid open sees black; one that copies a photograph of a card, what the card lay on.
    """
    x, y, width, height = box
    widest = 0.08 if rng.random() < 0.4 else MOST_ROOM
    left, top, right, bottom = (int(rng.uniform(0.01, widest) * width) for _ in range(4))
    part = page[y - top : y + height + bottom, x - left : x + width + right]
    if rng.random() < 0.5:
        part[:] = make_ground(rng, GROUNDS[int(rng.integers(len(GROUNDS)))], (part.shape[1], part.shape[0]))
        return
    tone = float(rng.uniform(0, 60) if rng.random() < 0.6 else rng.uniform(60, 220))
    size = (part.shape[1], part.shape[0])
    uneven = smooth_noise(rng, size, (size[0] / 6, size[1] / 6)) * np.float32(rng.uniform(0, 18))
    uneven = uneven + rng.normal(0, float(rng.uniform(0, 12)), part.shape[:2])
    part[:] = (tone + uneven).clip(0, 255).astype(np.uint8)[..., None]


@dataclass(frozen=True, slots=True)
class _Edges:
    """What a copier leaves along a card's edges."""

    shadow: float
    """How dark its lamp's shadow is; 0 where there is none."""
    softness: float
    tone: int
    backing: int | None
    """The grey around the rounded corners, of a card copied on something."""


def _copied(page: Image, image: Image, alpha: Image, corner: tuple[int, int], edges: _Edges) -> None:
    """Lay a card's ``image`` on ``page`` at ``corner``, which has 3 pixels of room around it."""
    (x, y), (height, width) = corner, image.shape[:2]
    part = page[y : y + height, x : x + width]
    outline = alpha.astype(np.float32)[..., None] / 255
    if edges.shadow:
        soft = cv2.GaussianBlur(255 - alpha, (0, 0), edges.softness)
        dark = np.float32(edges.shadow) * (1 - soft.astype(np.float32) / 255)[..., None]
        page[y - 3 : y + height + 3, x - 3 : x + width + 3] = edges.tone
        part[:] = (part * (1 - dark * 0.2)).astype(np.uint8)
    part[:] = (part * (1 - outline) + image * outline).astype(np.uint8)
    if edges.backing is not None:
        part[:] = np.where(outline > 0.5, part, edges.backing)
