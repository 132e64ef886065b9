"""Composes training pictures: cards lying on things, seen by a camera, with light and flaws.

Coordinates: the *plane* the cards lie on is measured in millimetres, the first card's centre at the origin; the
*canvas* is the picture made, in pixels. Quads are clockwise from each card's own top left, as everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import CARD_MM, Image, Points
from idcard_core.locate.network import CROP_CARD, CROP_SIZE, INPUT_PAD, INPUT_SIZE, PAD_GREY

from . import extremes, light
from .backgrounds import SIZE
from .cards import CardBank
from .plane import CARD_PLANE, Lying, Matrix, paint, paint_plane, project, shifted, turned

LEAST_VISIBLE = 0.55
"""A card of which less lies inside the picture is not asked for."""
AGAINST_LIGHT = 0.06
"""The share of pictures whose cards are held against the light."""


@dataclass(frozen=True, slots=True, eq=False)
class Stock:
    """What pictures are composed of: cards, other cards that are not to be found, and grounds (n, SIZE, SIZE, 3)."""

    cards: CardBank
    others: Image
    grounds: Image


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A whole picture, letterboxed: quads (n, 4, 2) and whether each card shows the portrait side (n,)."""

    image: Image
    quads: Points
    fronts: NDArray[np.bool_]
    content: tuple[int, int, int, int]
    """Left, top, right, bottom of the picture proper."""


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """A card roughly rectified.

    ``corners`` (4, 2) are clockwise from the crop's top left; the card's own top left is the ``turn``-th of them.
    """

    image: Image
    corners: Points
    turn: int
    is_front: bool
    is_card: bool


def finder_scene(rng: np.random.Generator, stock: Stock, cards: int | None = None, side: int = INPUT_SIZE) -> Scene:
    """A picture with none, one or two cards (``cards`` to fix it), letterboxed to ``side``."""
    if cards is None:
        cards = int(rng.choice([0, 1, 2], p=[0.18, 0.63, 0.19]))
    if cards == 1 and rng.random() < 0.07:
        return _bare_card(rng, stock, side)
    for _ in range(30):
        content = _content(rng, side)
        lying, page = _arrange(rng, stock, cards)
        camera = _camera(rng, lying if cards else lying[:1], content)
        shown = [thing for thing in lying if thing.is_card]
        quads = np.array([project(camera, thing.corners) for thing in shown])
        if all(_visible(quad, content) for quad in quads):
            break
    canvas = _scene(rng, stock, (side, side), camera, lying, page)
    canvas = light.degrade(rng, canvas)
    left, top, right, bottom = content
    boxed = np.full_like(canvas, PAD_GREY)
    boxed[top:bottom, left:right] = canvas[top:bottom, left:right]
    fronts = np.array([thing.is_front for thing in shown], bool)
    return Scene(boxed, quads.reshape(-1, 4, 2).astype(np.float32), fronts, content)


def _bare_card(rng: np.random.Generator, stock: Stock, side: int) -> Scene:
    """The picture is the card, with no margin or a hair's breadth of one, or a little cut."""
    turn = int(rng.choice([0, 1, 2, 3], p=[0.4, 0.2, 0.2, 0.2]))
    aspect = CARD_MM[0] / CARD_MM[1] * rng.uniform(0.95, 1.05)
    content = _content(rng, side, 1 / aspect if turn % 2 else aspect)
    left, top, right, bottom = content
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)
    grow = rng.uniform(-6, 6) * side / INPUT_SIZE
    corners += (
        grow * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) + rng.normal(0, rng.choice([0.0, 0.006]), (4, 2)) * side
    )
    quad = np.roll(corners, -turn, axis=0)
    lying = _card(rng, stock, CARD_PLANE)
    camera = np.asarray(cv2.getPerspectiveTransform(np.float32(CARD_PLANE), np.float32(quad)), np.float64)
    canvas = _ground(rng, stock, (side, side))
    square = bool(rng.random() < 0.5)
    paint(rng, canvas, camera, lying, square)
    canvas = light.degrade(rng, canvas)
    boxed = np.full_like(canvas, PAD_GREY)
    boxed[top:bottom, left:right] = canvas[top:bottom, left:right]
    return Scene(boxed, quad[None].astype(np.float32), np.array([lying.is_front]), content)


def crop_scene(rng: np.random.Generator, stock: Stock) -> Crop:
    """A card as the finder's answer would cut it out, more or less askew; or something that is no card."""
    is_card = bool(rng.random() < 0.76)
    turn = int(rng.choice([0, 1, 2, 3], p=[0.44, 0.06, 0.44, 0.06]))
    corners = _askew(rng)
    quad = np.roll(corners, -turn, axis=0)
    camera = np.asarray(cv2.getPerspectiveTransform(np.float32(CARD_PLANE), np.float32(quad)), np.float64)
    lying, page = _arrange(rng, stock, int(rng.choice([1, 2], p=[0.75, 0.25])) if is_card else 0)
    if not is_card and rng.random() < 0.6:
        # any part of any thing, larger or smaller
        aside = shifted(*(rng.normal(0, 0.3, 2) * CARD_MM)) @ np.diag([1, 1, np.exp(rng.normal(-0.2, 0.5))])
        camera = camera @ aside
    if not is_card and rng.random() < 0.3:
        lying, page = [], False
    canvas = _scene(rng, stock, CROP_SIZE, camera, lying, page)
    canvas = light.degrade(rng, canvas)
    if rng.random() < 0.3:
        factor = rng.uniform(0.2, 0.7)
        small = cv2.resize(canvas, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        canvas = np.asarray(cv2.resize(small, CROP_SIZE, interpolation=cv2.INTER_LINEAR), np.uint8)
    if rng.random() < 0.3:
        canvas = _cut_by_border(rng, canvas, corners)
    is_front = bool(lying[0].is_front) if is_card else False
    return Crop(canvas, corners.astype(np.float32), turn, is_front, is_card)


def _scene(
    rng: np.random.Generator, stock: Stock, size: tuple[int, int], camera: Matrix, lying: list[Lying], page: bool
) -> Image:
    """What lies on the plane, on some ground or held against the light; ``size`` is width and height."""
    ground = _ground(rng, stock, size)
    if page or rng.random() >= AGAINST_LIGHT:
        paint_plane(rng, ground, camera, lying, page)
        return ground
    things = np.zeros_like(ground)
    paint_plane(rng, things, camera, lying, page)
    if lying and rng.random() < 0.6:
        light.fingers(rng, things, project(camera, lying[0].corners))
    return extremes.against_light(rng, things, ground)


def _askew(rng: np.random.Generator) -> Matrix:
    """Where the true corners stand in a crop made from a rough estimate."""
    left, top, right, bottom = CROP_CARD
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)
    centre = corners.mean(axis=0)
    rough = float(rng.choice([0.3, 1.0, 2.0, 3.5], p=[0.3, 0.3, 0.25, 0.15]))
    scale = 1 + rng.normal(0, 0.05 * rough, 2)
    corners = (corners - centre) * scale @ turned(rng.normal(0, 3 * rough)).T + centre
    corners += rng.normal(0, 5 * rough, 2) + rng.normal(0, 3.5 * rough, (4, 2))
    return np.asarray(np.clip(corners, 2, np.array(CROP_SIZE) - 2), np.float64)


def _cut_by_border(rng: np.random.Generator, canvas: Image, corners: Matrix) -> Image:
    """The picture ends near one or more edges of the card; beyond, its last pixels go on, as in the crops looked at."""
    y, x = np.mgrid[0 : canvas.shape[0], 0 : canvas.shape[1]].astype(np.float32)
    bare = rng.random() < 0.2
    for edge in np.flatnonzero((rng.random(4) < 0.4) | bare):
        one, two = corners[edge], corners[(edge + 1) % 4]
        along = (two - one) / np.linalg.norm(two - one)
        along = along @ turned(rng.normal(0, 0.5 if bare else rng.choice([0.5, 8.0]))).T
        outward = np.array([along[1], -along[0]], np.float32)
        beyond = rng.choice([rng.uniform(2, 26), rng.normal(0, 1.5), rng.uniform(-14, 2)], p=[0.45, 0.2, 0.35])
        beyond = rng.normal(0, 1.5) if bare else beyond
        start = (one + outward * beyond).astype(np.float32)
        far = np.clip((x - start[0]) * outward[0] + (y - start[1]) * outward[1], 0, None)
        x, y = x - far * outward[0], y - far * outward[1]
    return np.asarray(cv2.remap(canvas, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _content(rng: np.random.Generator, side: int, aspect: float | None = None) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of a picture of some aspect within the letterbox."""
    if aspect is None:
        aspect = float(rng.choice([4 / 3, 3 / 2, 16 / 9, 1.0, 2**0.5, 1.586])) * rng.uniform(0.97, 1.03)
        aspect = aspect if rng.random() < 0.5 else 1 / aspect
    long = side - 2 * INPUT_PAD * side // INPUT_SIZE
    width, height = (long, round(long / aspect)) if aspect >= 1 else (round(long * aspect), long)
    left, top = (side - width) // 2, (side - height) // 2
    return left, top, left + width, top + height


def _card(rng: np.random.Generator, stock: Stock, corners: Matrix, is_copy: bool = False) -> Lying:
    number = int(rng.integers(len(stock.cards)))
    picture = light.reprint(rng, stock.cards.images[number], is_copy)
    return Lying(corners, picture, is_copy, True, bool(stock.cards.fronts[number]))


def _arrange(rng: np.random.Generator, stock: Stock, cards: int) -> tuple[list[Lying], bool]:
    """The cards first, then other things; and whether a sheet of paper lies below them."""
    page = bool(rng.random() < 0.22)
    is_copy = page and bool(rng.random() < 0.6)
    lying = [_card(rng, stock, CARD_PLANE, is_copy)] if cards else []
    if cards == 2:
        lying.append(_card(rng, stock, _beside(rng), is_copy))
    count = int(rng.choice([0, 1, 2], p=[0.75, 0.17, 0.08])) if cards else int(rng.integers(1, 3))
    for number in range(count):
        corners = _beside(rng) if cards or number else CARD_PLANE
        if rng.random() < 0.35:
            ground = stock.grounds[int(rng.integers(len(stock.grounds)))]
            low, high = np.sort(rng.integers(0, SIZE - 120, 2))
            picture = np.ascontiguousarray(ground[low : high + 120, low : high + 120])
            corners = corners.mean(axis=0) + (corners - corners.mean(axis=0)) * rng.uniform(0.4, 1.8, 2)
        else:
            picture = light.reprint(rng, stock.others[int(rng.integers(len(stock.others)))], False)
        lying.append(Lying(corners, picture, is_card=False))
    return lying, page


def _beside(rng: np.random.Generator) -> Matrix:
    """A second card's corners: below or beside the first, touching or apart, turned anyhow."""
    turn = float(rng.choice([0, 90, 180, 270], p=[0.4, 0.15, 0.3, 0.15]))
    if rng.random() < 0.5:
        turn += float(rng.normal(0, 12))
    corners = CARD_PLANE @ turned(turn).T
    half = np.abs(corners).max(axis=0) + np.array(CARD_MM) / 2
    gap = rng.choice([0.0, 1.0, 15.0]) * rng.random()
    if rng.random() < 0.65:
        offset = np.array([rng.normal(0, rng.choice([1.0, 20.0])), half[1] + gap])
    else:
        offset = np.array([half[0] + gap, rng.normal(0, rng.choice([1.0, 15.0]))])
    return np.asarray(corners + offset * float(rng.choice([-1, 1])))


def _camera(rng: np.random.Generator, lying: list[Lying], content: tuple[int, int, int, int]) -> Matrix:
    """Plane to canvas: any rotation, tilt up to 45 degrees, the cards 18 to 130 % of the picture's longer side."""
    left, top, right, bottom = content
    longer = max(right - left, bottom - top)
    cards = [thing.corners for thing in lying if thing.is_card] or [lying[0].corners]
    group = np.concatenate(cards)
    middle = (group.min(axis=0) + group.max(axis=0)) / 2
    most = 1.3 if len(cards) == 1 else 0.62
    length = (
        np.exp(rng.uniform(np.log(0.17), np.log(most))) if rng.random() < 0.6 else rng.uniform(0.4, min(most, 0.95))
    )
    scale = longer * length / CARD_MM[0]
    focal = longer * rng.uniform(0.8, 2.5)
    tilt = 0.0 if rng.random() < 0.2 else float(np.clip(abs(rng.normal(0, 18)), 0, 45))
    spin = rng.uniform(0, 360) if rng.random() < 0.55 else float(rng.choice([0, 90, 180, 270]) + rng.normal(0, 5))
    axis, around = rng.uniform(0, 2 * np.pi), np.eye(3)
    around, _ = cv2.Rodrigues(np.deg2rad(tilt) * np.array([np.cos(axis), np.sin(axis), 0.0]))
    about = np.eye(3)
    about[:2, :2] = turned(spin)
    rotation = around @ about
    matrix = np.diag([focal, focal, 1.0]) @ np.column_stack([rotation[:, :2], [0, 0, focal / scale]])
    matrix = matrix @ shifted(-middle[0], -middle[1])
    seen = project(matrix, group)
    low = np.array([left, top]) - seen.min(axis=0)
    high = np.array([right, bottom]) - seen.max(axis=0)
    inside = (high > low) & (rng.random() < 0.75)
    centre = np.array([(left + right) / 2, (top + bottom) / 2])
    loose = centre + rng.normal(0, 0.16, 2) * np.array([right - left, bottom - top])
    shift = np.where(inside, rng.uniform(np.minimum(low, high), np.maximum(low, high)), loose)
    return np.asarray(shifted(shift[0], shift[1]) @ matrix)


def _visible(quad: Matrix, content: tuple[int, int, int, int]) -> bool:
    left, top, right, bottom = content
    frame = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    centre = quad.mean(axis=0)
    if not (left < centre[0] < right and top < centre[1] < bottom) or not cv2.isContourConvex(np.float32(quad)):
        return False
    area, _ = cv2.intersectConvexConvex(np.float32(quad), frame)
    return bool(area > LEAST_VISIBLE * cv2.contourArea(np.float32(quad)))


def _ground(rng: np.random.Generator, stock: Stock, size: tuple[int, int]) -> Image:
    ground = stock.grounds[int(rng.integers(len(stock.grounds)))]
    side = int(rng.integers(110, SIZE + 1))
    x, y = rng.integers(0, SIZE - side + 1, 2)
    part = ground[y : y + side, x : x + side]
    if rng.random() < 0.5:
        part = part.transpose(1, 0, 2)
    way = cv2.INTER_AREA if side > size[0] else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(np.ascontiguousarray(part), size, interpolation=way), np.uint8)
