"""The plane that cards lie on, and how things on it are painted onto the canvas."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import CARD_MM, Image

from . import light
from .backgrounds import colour

Matrix = NDArray[np.float64]
CARD_PLANE = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * np.array(CARD_MM) / 2
"""The first card's corners on the plane."""


@dataclass(frozen=True, slots=True, eq=False)
class Lying:
    """Something on the plane: its corners (4, 2) in millimetres, its picture, and how it is shown."""

    corners: Matrix
    picture: Image
    is_copy: bool = False
    is_card: bool = True
    is_front: bool = True


def project(matrix: Matrix, points: Matrix) -> Matrix:
    """Map points (n, 2)."""
    mapped = np.concatenate([points, np.ones((len(points), 1))], axis=1) @ matrix.T
    return np.asarray(mapped[:, :2] / mapped[:, 2:])


def shifted(x: float, y: float) -> Matrix:
    """The homography that moves by x and y."""
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1]], np.float64)


def _single(points: Matrix) -> NDArray[np.float32]:
    return np.asarray(points, np.float32)


def turned(degrees: float) -> Matrix:
    """The rotation matrix (2, 2)."""
    turn = np.deg2rad(degrees)
    return np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])


def paint_plane(rng: np.random.Generator, canvas: Image, camera: Matrix, lying: list[Lying], page: bool) -> None:
    """Everything that lies on the plane, onto ``canvas``, in place; the first of ``lying`` on top."""
    if page:
        _paint_page(rng, canvas, camera)
    square = bool(rng.random() < 0.15)
    for thing in reversed(lying):
        paint(rng, canvas, camera, thing, square)
    cards = [thing.corners for thing in lying if thing.is_card]
    if cards and rng.random() < 0.16:
        light.fingers(rng, canvas, project(camera, cards[int(rng.integers(len(cards)))]))


def _paint_page(rng: np.random.Generator, canvas: Image, camera: Matrix) -> None:
    """A sheet of about A4 below the cards, or a lit screen around them."""
    low = np.array([-43 - rng.uniform(3, 90), -27 - rng.uniform(3, 120)])
    high = np.array([43 + rng.uniform(3, 90), 27 + rng.uniform(3, 180)])
    sheet = np.array([low, [high[0], low[1]], high, [low[0], high[1]]]) @ turned(rng.normal(0, 6)).T
    quad = project(camera, sheet)
    paint = colour(rng, 205, 255) if rng.random() < 0.75 else colour(rng, 0, 255)
    if np.abs(quad).max() > 5000 or not cv2.isContourConvex(_single(quad)):
        canvas[:] = paint
        return
    cv2.fillConvexPoly(canvas, np.round(quad * 16).astype(np.int32), paint, cv2.LINE_AA, 4)


def paint(rng: np.random.Generator, canvas: Image, camera: Matrix, thing: Lying, square: bool) -> None:
    """Lay one thing down: a soft shadow, the picture through its outline, sometimes an edge line."""
    quad = project(camera, thing.corners)
    if np.abs(quad).max() > 5000 or not cv2.isContourConvex(_single(quad)):
        return
    reach = 8
    height, width = canvas.shape[:2]
    low = np.clip(np.floor(quad.min(axis=0)).astype(int) - reach, 0, (width, height))
    high = np.clip(np.ceil(quad.max(axis=0)).astype(int) + reach, 0, (width, height))
    if (high - low).min() < 2:
        return
    part = canvas[low[1] : high[1], low[0] : high[0]]
    picture = thing.picture
    longest = max(np.linalg.norm(quad - np.roll(quad, 1, axis=0), axis=1))
    while picture.shape[1] > 1.6 * longest and picture.shape[1] > 40:
        half = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        picture = np.asarray(half, np.uint8)
    h, w = picture.shape[:2]
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]]) - 0.5
    matrix = cv2.getPerspectiveTransform(_single(corners), _single(quad - low - 0.5))
    size = (part.shape[1], part.shape[0])
    seen = cv2.warpPerspective(picture, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    radius = 0.0 if square or (not thing.is_card and rng.random() < 0.4) else 0.037
    mask = cv2.warpPerspective(light.outline((w, h), radius), matrix, size, flags=cv2.INTER_LINEAR)
    share = mask[..., None].astype(np.float32) / 255
    base = part.astype(np.float32)
    if thing.is_copy:
        # ink on paper: what is pale on the card is the paper itself
        inked = base * (seen.astype(np.float32) / 255)
        part[:] = np.clip(base + (inked - base) * share, 0, 255)
        if rng.random() < 0.4:
            _edge(rng, part, quad - low)
        return
    if rng.random() < 0.5:
        soft = cv2.GaussianBlur(mask, (0, 0), rng.uniform(1, 4)).astype(np.float32) / 255
        shift = shifted(rng.uniform(-4, 4), rng.uniform(-4, 4))[:2]
        moved = np.asarray(cv2.warpAffine(soft, shift, size), np.float32)
        base *= 1 - rng.uniform(0.1, 0.6) * moved[..., None]
    part[:] = np.clip(base + (seen.astype(np.float32) - base) * share, 0, 255)
    if rng.random() < 0.2:
        _edge(rng, part, quad - low)


def _edge(rng: np.random.Generator, part: Image, quad: Matrix) -> None:
    drawn = part.copy()
    cv2.polylines(drawn, [np.round(quad * 16).astype(np.int32)], True, colour(rng), 1, cv2.LINE_AA, 4)
    cv2.addWeighted(drawn, float(share := rng.uniform(0.1, 0.7)), part, 1 - share, 0, dst=part)
