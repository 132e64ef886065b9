"""Laying pixels over a place in a picture: through a mask, through a homography, and what surrounds the place.

Points are in pixels of the picture; every function that lays does it in place.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image, Points
from idcard_core.specimen.camera import Homography

Mask = NDArray[np.float32]
"""Share of the new pixels, 0 to 1, (height, width)."""


def mix(picture: Image, quad: Points, layer: Callable[[], Image], alpha: Mask) -> None:
    """Lays ``layer`` through ``alpha`` (both of ``quad`` at any size; a layer as large as its box stays) in place."""
    left, top, right, bottom = box(quad, picture)
    image, size = layer(), (right - left, bottom - top)
    to_box = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]], np.float64)
    if image.shape[:2] != (size[1], size[0]):
        image = np.asarray(_warp(image, to_box @ onto(image.shape, quad), size, cv2.BORDER_REPLICATE), np.uint8)
    share = _warp(alpha, to_box @ onto(alpha.shape, quad), size, cv2.BORDER_CONSTANT)[:, :, None]
    place = picture[top:bottom, left:right]
    place[:] = np.round(place * (1 - share) + image * share).clip(0, 255).astype(np.uint8)


def mix_warped(picture: Image, source: Image, matrix: Homography, target: Points, feather: float) -> None:
    """Lays ``source`` through ``matrix`` (source to picture) over the inside of ``target``, in place."""
    left, top, right, bottom = box(grown(target, 0.1), picture)
    to_box = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]], np.float64)
    size = (right - left, bottom - top)
    share = np.zeros((size[1], size[0]), np.float32)
    cv2.fillConvexPoly(share, np.round(target - (left, top)).astype(np.int32), (1.0,))
    if feather > 0.3:
        share = np.asarray(cv2.GaussianBlur(share, (0, 0), feather), np.float32)
    image = _warp(source, to_box @ matrix, size, cv2.BORDER_REPLICATE)
    place = picture[top:bottom, left:right]
    place[:] = np.round(place * (1 - share[:, :, None]) + image * share[:, :, None]).clip(0, 255).astype(np.uint8)


def _warp(image: Image | Mask, matrix: Homography, size: tuple[int, int], border: int) -> Mask:
    flags = cv2.INTER_LINEAR if image.shape[0] > 2 else cv2.INTER_NEAREST
    warped = cv2.warpPerspective(image, matrix, size, flags=flags, borderMode=border)
    return np.asarray(warped, np.float32)


def onto(shape: tuple[int, ...], quad: Points) -> Homography:
    """From a picture of ``shape`` onto ``quad``."""
    height, width = shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    # OpenCV counts from the middle of the first pixel, a quad from its edge.
    return np.asarray(cv2.getPerspectiveTransform(corners - np.float32(0.5), quad - np.float32(0.5)), np.float64)


def toned(source: Image, source_quad: Points, picture: Image, quad: Points) -> Image:
    """``source`` with the mean and spread of colour of the place it goes to."""
    there, here = inside(source, source_quad), inside(picture, quad)
    gain = np.clip(here.std(axis=0) / np.maximum(there.std(axis=0), 1), 0.6, 1.6)
    matched = (source - there.mean(axis=0)) * gain + here.mean(axis=0)
    return np.asarray(matched.clip(0, 255), np.uint8)


def inside(picture: Image, quad: Points) -> NDArray[np.float32]:
    """The pixels (n, 3) of the box around ``quad``."""
    left, top, right, bottom = box(quad, picture)
    return picture[top:bottom, left:right].reshape(-1, 3).astype(np.float32)


def grown(quad: Points, share: float) -> Points:
    """``quad`` with ``share`` of its height more on every side."""
    down = (quad[3] - quad[0] + quad[2] - quad[1]) / 2
    along = quad[1] - quad[0]
    along = along / max(1e-6, float(np.linalg.norm(along))) * np.linalg.norm(down)
    signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    corners = [point + share * (x * along + y * down) for point, (x, y) in zip(quad, signs, strict=True)]
    return np.array(corners, np.float32)


def part(quad: Points, span: tuple[float, float]) -> Points:
    """The part of ``quad`` between two shares of its width."""
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    start, end = span
    corners = [quad[0] + start * top, quad[0] + end * top, quad[3] + end * bottom, quad[3] + start * bottom]
    return np.array(corners, np.float32)


def box(quad: Points, picture: Image) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of whole pixels round ``quad``, inside the picture and never empty."""
    height, width = picture.shape[:2]
    left, top = (int(v) for v in np.floor(quad.min(axis=0)))
    right, bottom = (int(v) for v in np.ceil(quad.max(axis=0)))
    left, top = min(max(0, left), width - 2), min(max(0, top), height - 2)
    return left, top, max(left + 2, min(right, width)), max(top + 2, min(bottom, height))
