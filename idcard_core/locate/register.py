"""Registers a card to its own print: the homography under which labels stand where they are printed and rows are level.

A few labels alone leave a homography loose, so two more things that are true of every card are asked for: every row
of print is level in the card frame, and the perspective is moderate. All of it is one small nonlinear least-squares
problem.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from idcard_core.card import CARD_FRAME, Points
from idcard_core.locate.view import FRAME_QUAD, Homography, apply

LEVEL_TOLERANCE = 2.5
"""How far the two ends of a row may differ in height (card frame): the accuracy of a detected box."""
PERSPECTIVE_TOLERANCE = 0.35
"""Usual change of scale across the card; 40 degrees of tilt at arm's length give about 0.5."""
ITERATIONS = 25
FARTHEST_OFF = (40.0, 12.0, 4.0)
"""Tolerances off at which a residual is as likely a misreading as a true one; at first the start itself is far off
(graduated non-convexity: Blake and Zisserman, *Visual Reconstruction*, 1987)."""
MOVE_TOLERANCE = 1.0
"""Usual size of the correction's parameters; keeps what nothing tells about where it is."""
LEAST_SPREAD = 40.0
"""Anchors nearer to each other (root of the summed squares of their distances from their middle) tell no scale."""
SMALLEST_DEPTH = 0.05
"""Least distance from the camera, in units of that of the card's middle."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A point of print seen at ``seen`` (picture) that is printed at about ``printed`` (card frame), give or take
    ``tolerance``."""

    seen: tuple[float, float]
    printed: tuple[float, float]
    tolerance: tuple[float, float] = (14.0, 10.0)


LEAST_SCALE = 0.01
"""Pixels of the picture a unit of the card frame: a card of nine pixels."""


def similarity(anchors: Sequence[Anchor]) -> Homography | None:
    """The turn, scale and shift (card frame to picture) that suit the anchors best; None from fewer than two places,
    on the card or in the picture."""
    printed = np.array([a.printed for a in anchors], float)
    seen = np.array([a.seen for a in anchors], float)
    if len(anchors) < 2:
        return None
    from_middle = (printed - printed.mean(axis=0)) @ (1, 1j)
    to_middle = (seen - seen.mean(axis=0)) @ (1, 1j)
    spread = float((np.abs(from_middle) ** 2).sum())
    if spread < LEAST_SPREAD**2:
        return None
    turn = complex((np.conj(from_middle) * to_middle).sum() / spread)
    if abs(turn) < LEAST_SCALE:
        return None
    matrix = np.array([[turn.real, -turn.imag], [turn.imag, turn.real]])
    shift = seen.mean(axis=0) - matrix @ printed.mean(axis=0)
    return np.array([[*matrix[0], shift[0]], [*matrix[1], shift[1]], [0, 0, 1]])


def register(anchors: Sequence[Anchor], rows: Sequence[Points], start: Homography) -> Homography:
    """Improve ``start`` (card frame to picture) until anchors and rows agree with it as well as they can.

    ``rows`` are the middle lines of rows of print, each (2, 2): left and right end in the picture.
    """
    seen = np.array([a.seen for a in anchors], float).reshape(-1, 2)
    printed = np.array([a.printed for a in anchors], float).reshape(-1, 2)
    tolerance = np.array([a.tolerance for a in anchors], float).reshape(-1, 2)
    ends = np.array(rows, float).reshape(-1, 2)
    base = np.linalg.inv(start)

    def residuals(parameters: NDArray[np.float64], farthest: float) -> NDArray[np.float64]:
        # The correction acts in the card frame, scaled to about -1..1, so that all parameters are of one size.
        matrix = _UNSCALE @ (np.eye(3) + np.append(parameters, 0.0).reshape(3, 3)) @ _SCALE @ base
        off = ((_project(matrix, seen) - printed) / tolerance).ravel()
        levels = _project(matrix, ends)[:, 1].reshape(-1, 2)
        tilt = (levels[:, 1] - levels[:, 0]) / LEVEL_TOLERANCE
        prior = [parameters[:6] / MOVE_TOLERANCE, parameters[6:] / PERSPECTIVE_TOLERANCE]
        return np.concatenate([_robust(off, farthest), _robust(tilt, farthest), *prior])

    parameters = np.zeros(8)
    for farthest in FARTHEST_OFF:
        parameters = _least_squares(partial(residuals, farthest=farthest), parameters)
    matrix = _UNSCALE @ (np.eye(3) + np.append(parameters, 0.0).reshape(3, 3)) @ _SCALE @ base
    result = np.linalg.inv(matrix)
    return np.asarray(result / result[2, 2])


def quad_of(homography: Homography) -> Points:
    """The card's corners in the picture under a homography from the card frame."""
    return apply(homography, FRAME_QUAD)


_SCALE = np.array(
    [[2 / CARD_FRAME[0], 0, -1], [0, 2 / CARD_FRAME[0], -CARD_FRAME[1] / CARD_FRAME[0]], [0, 0, 1]], float
)
_UNSCALE = np.linalg.inv(_SCALE)


def _project(matrix: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Map points (n, 2) in full precision, which the numeric derivatives need; none passes through infinity."""
    mapped = points @ matrix[:, :2].T + matrix[:, 2]
    return np.asarray(mapped[:, :2] / np.maximum(mapped[:, 2:], SMALLEST_DEPTH))


def _robust(residual: NDArray[np.float64], farthest: float) -> NDArray[np.float64]:
    """Square roots of the Geman-McClure loss: what is many tolerances off is a misreading and does not pull at all."""
    return np.asarray(residual / np.sqrt(1 + (residual / farthest) ** 2))


def _least_squares(
    residuals: Callable[[NDArray[np.float64]], NDArray[np.float64]], start: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Levenberg-Marquardt with a numeric Jacobian: about a millisecond a step for the eight parameters here."""
    parameters, damping = start, 1e-3
    current = residuals(parameters)
    for _ in range(ITERATIONS):
        jacobian = np.stack(
            [(residuals(parameters + step) - current) / 1e-5 for step in 1e-5 * np.eye(len(parameters))], axis=1
        )
        normal = jacobian.T @ jacobian
        move = np.linalg.solve(normal + damping * np.diag(np.diag(normal) + 1e-9), -jacobian.T @ current)
        tried = residuals(parameters + move)
        if tried @ tried < current @ current:
            done = current @ current - tried @ tried < 1e-6 * (current @ current)
            parameters, current, damping = parameters + move, tried, damping / 4
            if done:
                break
        else:
            damping *= 8
            if damping > 1e6:
                break
    return parameters
