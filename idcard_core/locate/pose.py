"""Which way a card lies in the picture."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.card import Points

SHORTEST_EDGE_PX = 24.0
"""A card less high than this in the picture has characters of one pixel."""


def quarter_turns_and_angle(quad: Points) -> tuple[int, float]:
    """How often the picture is turned 90 degrees counter-clockwise (0 to 3), and what remains (degrees, clockwise
    positive).

    ``quad`` is clockwise from the card's own top left. Its upper and lower edge together tell the direction of print.
    """
    along = (quad[1] - quad[0]) + (quad[2] - quad[3])
    clockwise = float(np.degrees(np.arctan2(along[1], along[0])))
    turns = round(-clockwise / 90)
    return turns % 4, clockwise + 90 * turns


def is_plausible(quad: Points, size: tuple[int, int]) -> bool:
    """Whether ``quad`` can be a card in a picture of ``size`` (width, height): convex, clockwise, neither tiny nor
    vast.

    Corners may lie outside the picture, but not farther than the picture is long.
    """
    if not np.isfinite(quad).all():
        return False
    reach = float(max(size))
    if quad.min() < -reach or quad.max() > 2 * reach:
        return False
    lengths = np.hypot(*(np.roll(quad, -1, axis=0) - quad).T)
    return is_convex(quad, SHORTEST_EDGE_PX) and bool(lengths.max() < 8 * lengths.min())


def is_convex(quad: Points, shortest: float) -> bool:
    """Whether ``quad`` is convex and clockwise, with no edge shorter than ``shortest`` pixels."""
    edges = np.roll(quad, -1, axis=0) - quad
    turns = edges[:, 0] * np.roll(edges[:, 1], -1) - edges[:, 1] * np.roll(edges[:, 0], -1)
    return bool(np.all(turns > 0) and np.hypot(*edges.T).min() >= shortest)


def overlap(one: Points, other: Points) -> float:
    """The part of the smaller quad (both convex) that the other covers, 0 to 1."""
    shared, _ = cv2.intersectConvexConvex(one, other)
    smaller = min(cv2.contourArea(one), cv2.contourArea(other))
    return float(shared / smaller) if smaller > 0 else 0.0
