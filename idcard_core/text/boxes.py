"""From the detector's probability map to boxes: the post-processing of Differentiable Binarization.

Method: Liao et al., *Real-time Scene Text Detection with Differentiable Binarization* (AAAI 2020), section 3.5. A box
here is always a rotated rectangle, so growing it by an offset (the paper's ``D = A * r / L``) takes no polygons.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Points
from idcard_core.text.engine import TextBox


@dataclass(frozen=True, slots=True)
class BoxRule:
    """Thresholds of the post-processing; the defaults are those of PaddleOCR 3.7's OCR pipeline."""

    pixel_threshold: float = 0.3
    box_threshold: float = 0.6
    unclip_ratio: float = 1.5
    shortest_side: float = 3.0
    """Pixels of the map."""


def boxes_from_map(
    probability: NDArray[np.float32], scale: tuple[float, float], rule: BoxRule | None = None
) -> list[TextBox]:
    """Boxes in ``probability`` (height, width), their corners multiplied by ``scale`` (x, y)."""
    rule = rule or BoxRule()
    mask = (probability > rule.pixel_threshold).astype(np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    boxes: list[TextBox] = []
    for contour in contours:
        centre, (width, height), angle = cv2.minAreaRect(contour)
        if min(width, height) < rule.shortest_side:
            continue
        # minAreaRect measures between pixel centres; half a pixel belongs to the text on either side.
        width, height = width + 1, height + 1
        ink = np.asarray(cv2.boxPoints((centre, (width, height), angle)), np.float32)
        score = _mean_inside(probability, ink)
        if score < rule.box_threshold:
            continue
        offset = width * height * rule.unclip_ratio / (2 * (width + height))
        corners = cv2.boxPoints((centre, (width + 2 * offset, height + 2 * offset), angle))
        corners = (corners + 0.5) * np.asarray(scale)
        boxes.append(TextBox(reading_quad(corners.astype(np.float32)), score))
    return boxes


def reading_quad(corners: Points) -> Points:
    """The corners of a rectangle (4, 2), clockwise, so that the first edge is a long one that points to the right.

    An upright line's first edge points down.
    """
    if _signed_area(corners) < 0:
        corners = corners[::-1]
    edge = corners[1] - corners[0]
    if np.hypot(*edge) < np.hypot(*(corners[2] - corners[1])):
        corners = np.roll(corners, -1, axis=0)
        edge = corners[1] - corners[0]
    backwards = edge[0] < 0 if abs(edge[0]) >= abs(edge[1]) else edge[1] < 0
    return np.ascontiguousarray(np.roll(corners, 2, axis=0) if backwards else corners, dtype=np.float32)


def _signed_area(corners: Points) -> float:
    """Twice the area, positive when the corners run clockwise in picture coordinates (y down)."""
    x, y = corners[:, 0], corners[:, 1]
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))


def _mean_inside(probability: NDArray[np.float32], corners: Points) -> float:
    height, width = probability.shape
    left, top = np.clip(np.floor(corners.min(axis=0)).astype(int), 0, (width - 1, height - 1))
    right, bottom = np.clip(np.ceil(corners.max(axis=0)).astype(int), 0, (width - 1, height - 1))
    mask = np.zeros((bottom - top + 1, right - left + 1), np.uint8)
    cv2.fillConvexPoly(mask, np.round(corners - (left, top)).astype(np.int32), (1,))
    return float(cv2.mean(probability[top : bottom + 1, left : right + 1], mask)[0])
