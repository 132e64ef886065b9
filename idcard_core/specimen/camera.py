"""Where cards on a table appear in the picture: plane millimetres to pixels.

The plane's origin is the middle of the arrangement, x to the right and y down, as the card's own frame.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import CARD_FRAME, CARD_MM, Points
from idcard_core.specimen.shot import Arrangement, Pose

Homography = NDArray[np.floating[Any]]
"""3 x 3, acting on columns (x, y, 1)."""
A4_MM = (210.0, 297.0)
_UNIT_MM = CARD_MM[0] / CARD_FRAME[0]
FRAME_CORNERS: Points = np.array(
    [[0, 0], [CARD_FRAME[0], 0], [CARD_FRAME[0], CARD_FRAME[1]], [0, CARD_FRAME[1]]], np.float32
)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one card lies on the plane: its middle in millimetres and its own turn, clockwise in degrees."""

    x: float = 0.0
    y: float = 0.0
    turn: float = 0.0

    @property
    def to_plane(self) -> Homography:
        """Card-frame units to plane millimetres."""
        c, s = np.cos(np.radians(self.turn)), np.sin(np.radians(self.turn))
        rotate = np.array([[c, -s, self.x], [s, c, self.y], [0, 0, 1]])
        centre = np.array([[_UNIT_MM, 0, -CARD_MM[0] / 2], [0, CARD_MM[1] / CARD_FRAME[1], -CARD_MM[1] / 2], [0, 0, 1]])
        return np.asarray(rotate @ centre)


def transform(homography: Homography, points: Points) -> Points:
    """``points`` (n, 2) through ``homography``."""
    moved = cv2.perspectiveTransform(points.reshape(-1, 1, 2).astype(np.float64), homography)
    return np.asarray(moved.reshape(-1, 2), np.float32)


def arrange(count: int, arrangement: Arrangement, rng: np.random.Generator) -> tuple[Placement, ...]:
    """Places for up to two cards on the plane."""
    if count < 2:
        return (Placement(),) * count
    width, height = CARD_MM
    if arrangement is Arrangement.A4:
        x, y = rng.uniform(-25, 25, 2)
        apart = float(rng.uniform(70, 120))
        turns = rng.uniform(-1.2, 1.2, 2)
        return (Placement(x, y - apart / 2, turns[0]), Placement(x + rng.uniform(-8, 8), y + apart / 2, turns[1]))
    touching = arrangement is Arrangement.TOUCHING
    gap = 0.05 if touching else float(rng.uniform(3, 22))
    stacked = arrangement is Arrangement.STACKED or (touching and rng.random() < 0.6)
    slide = float(rng.uniform(-8, 8))
    turns = np.zeros(2) if touching else rng.uniform(-4, 4, 2)
    if stacked:
        half = (height + gap) / 2 + abs(np.sin(np.radians(turns[0] - turns[1]))) * width / 4
        return (Placement(-slide / 2, -half, turns[0]), Placement(slide / 2, half, turns[1]))
    half = (width + gap) / 2
    return (Placement(-half, -slide / 2, turns[0]), Placement(half, slide / 2, turns[1]))


def aim(pose: Pose, size: tuple[int, int], placements: tuple[Placement, ...], keep: list[Points]) -> Homography:
    """The homography from plane millimetres to pixels of a picture of ``size``.

    ``keep`` are the quads of each card (card-frame units) that must stay inside when ``pose.cut`` lets an edge into it.
    """
    view = _view(pose)
    if not placements:
        return view
    corners = [transform(view @ place.to_plane, FRAME_CORNERS) for place in placements]
    edge = max(float(np.linalg.norm(np.roll(quad, -1, 0) - quad, axis=1).max()) for quad in corners)
    box = np.concatenate(corners)
    low, high = box.min(axis=0), box.max(axis=0)
    room = np.array(size, np.float64)
    scale = pose.card_px / edge
    if pose.fill:
        scale = float((room / (high - low)).min()) * 1.004
    elif pose.cut == 0:
        scale = min(scale, float((room * 0.985 / (high - low)).min()))
    free = room - (high - low) * scale
    shift = free * np.array(pose.place) - low * scale
    if pose.fill:
        shift = free / 2 - low * scale
    if pose.cut > 0:
        inner = np.concatenate([transform(view @ p.to_plane, q) for p, q in zip(placements, keep, strict=True)])
        shift = _cut_shift(pose, shift, (low, high), (inner.min(axis=0), inner.max(axis=0)), (scale, room))
    return np.asarray(np.array([[scale, 0, shift[0]], [0, scale, shift[1]], [0, 0, 1]]) @ view)


Box = tuple[NDArray[np.floating[Any]], NDArray[np.floating[Any]]]


def _cut_shift(
    pose: Pose,
    shift: NDArray[np.floating[Any]],
    card: Box,
    inner: Box,
    fit: tuple[float, NDArray[np.floating[Any]]],
) -> NDArray[np.floating[Any]]:
    """Move the picture's nearest edge into the card by ``pose.cut`` of the way to what must be kept."""
    scale, room = fit
    axis = 0 if pose.place[0] * 7 % 1 < 0.5 else 1
    moved = np.array(shift)
    if pose.place[axis] < 0.5:
        edge = card[0][axis] + pose.cut * (inner[0][axis] - card[0][axis])
        moved[axis] = -edge * scale
    else:
        edge = card[1][axis] + pose.cut * (inner[1][axis] - card[1][axis])
        moved[axis] = room[axis] - edge * scale
    return moved


def _view(pose: Pose) -> Homography:
    """Plane to a pinhole picture with the principal point at the origin, one unit a millimetre at the centre."""
    turn, tilt, azimuth = np.radians([pose.angle, pose.tilt, pose.azimuth])
    lean = _about_z(azimuth) @ _about_x(tilt) @ _about_z(-azimuth) @ _about_z(turn)
    distance = pose.distance * CARD_MM[0]
    columns = np.column_stack([lean[:, 0], lean[:, 1], np.array([0, 0, distance])])
    return np.asarray(np.diag([distance, distance, 1.0]) @ columns)


def _about_z(angle: float) -> Homography:
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])


def _about_x(angle: float) -> Homography:
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])


def quarter_turns(corners: Points) -> int:
    """How often the picture is turned 90 degrees counter-clockwise against the upright card: 0 to 3.

    ``corners`` are clockwise from the card's own top left; the nearest quarter turn is given.
    """
    along = (corners[1] - corners[0]) + (corners[2] - corners[3])
    angle = np.arctan2(-along[1], along[0])
    return int(np.round(angle / (np.pi / 2))) % 4
