"""The tamper map: where on a card the picture was edited after it was taken, told from the pixels alone."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np

from idcard_core.card import FieldName, Points
from idcard_core.intake.picture import Picture
from idcard_core.judge.tamper.blocks import Flags, Floats
from idcard_core.judge.tamper.evidence import SHRINK, gather, traits_of
from idcard_core.judge.tamper.probability import probability, probability_of_field
from idcard_core.judgement import HEAT_SIZE, Tampering
from idcard_core.locate.view import FRAME_QUAD, apply, quad_homography


def tamper_map(picture: Picture, quad: Points, fields: Mapping[FieldName, Points]) -> Tampering:
    """Judge the card with corners ``quad`` (4, 2) and values at ``fields`` (quads), in pixels of the full picture.

    Decodes the luma of a JPEG once more, at full scale. A card that is too small, or not in the picture, scores 0.
    """
    nothing = Tampering(by_field=dict.fromkeys(fields, 0.0))
    corners = np.asarray(quad, np.float32)
    if not _is_quad(corners):
        return nothing
    evidence = gather(picture, corners)
    if evidence is None:
        return nothing
    to_map = np.diag([1 / SHRINK, 1 / SHRINK, 1.0]) @ quad_homography(corners, FRAME_QUAD)
    cells = {name: _cells(apply(to_map, place)) for name, place in fields.items() if _is_finite(place)}
    traits = traits_of(evidence, cells)
    by_field = {name: probability_of_field(traits[name]) if name in traits else 0.0 for name in fields}
    heat = probability(evidence.once)
    for name, inside in cells.items():
        np.maximum(heat, np.where(inside, np.float32(_beyond(by_field[name], heat[inside])), 0), out=heat)
    return Tampering(heat, by_field, max(float(heat.max()), *by_field.values(), 0.0))


def _beyond(whole: float, parts: Floats) -> float:
    """What is known of a field as a whole only: 0 where a part of it accounts for it."""
    return 0.0 if parts.size and float(parts.max()) >= 0.9 * whole else whole


def _cells(points: Points) -> Flags:
    """The places of a map inside a quad."""
    inside = np.zeros(HEAT_SIZE[::-1], np.uint8)
    cv2.fillConvexPoly(inside, np.round(points.clip(-1e4, 1e4)).astype(np.int32), (1,))
    return inside > 0


def _is_finite(points: Points) -> bool:
    return np.asarray(points).shape == (4, 2) and bool(np.isfinite(points).all())


def _is_quad(points: Points) -> bool:
    """Whether four points are the corners of a convex quad of some size."""
    if not _is_finite(points):
        return False
    return bool(cv2.isContourConvex(points)) and abs(float(cv2.contourArea(points))) > 1
