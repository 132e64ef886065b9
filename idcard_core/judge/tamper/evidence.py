"""What speaks for an edit at each place of the card frame: maps in ``HEAT_SIZE``, a quarter of ``CARD_FRAME``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import FieldName, Points
from idcard_core.intake.picture import Picture
from idcard_core.judge.tamper.blocks import Flags, Floats, Lattice, lattice_of
from idcard_core.judge.tamper.clipping import unclipped
from idcard_core.judge.tamper.grain import grain
from idcard_core.judge.tamper.grid import earlier_grid, rounding_after
from idcard_core.judge.tamper.requantised import Requantised, requantised
from idcard_core.judge.tamper.stored import Stored, stored_luma
from idcard_core.judgement import HEAT_SIZE
from idcard_core.locate.view import apply

SHRINK = 4
"""Width and height of a map."""
WINDOW = 40.0
"""Units of the card frame that the marks of an earlier JPEG are summed over: about a character."""
LEAST_COUNT = 15.0
"""Coefficients that a window must hold."""
ONCE = -0.25
"""Log likelihood ratio, as a share of what an earlier JPEG leads to expect, below which a window was quantised once."""
FITS = (0.95, 1.05)
"""The same share for all other windows: from the second on the earlier JPEG is sure, below the first it was not what
was edited. A picture that was toned, sharpened or freed of colour as a whole between the two shows 0.4 to 0.95."""
FITS_SHIFTED = (0.38, 0.48)
"""The same for a grid that lay elsewhere, of which the last JPEG leaves less."""
SHIFTED_COUNTS = 0.5
"""What evidence from such a grid counts: rounding on two grids makes neighbours depend on each other."""
EXPLAINS = 300.0
"""Log likelihood, over the card, from which an earlier JPEG on the picture's own grid is certain."""
LEAST_BLOCKS = 4
"""Blocks that a field's noise and sharpness are told from."""
STRONG = 0.7
"""Blocks of a field with this share of its contrast hold a whole edge between ink and ground."""
ALIKE = 0.03
"""Logarithm by which the sharpness and the noise of fields differ anyhow."""
RUNS = 0.3
"""Logarithm by which they may run across the width of a card."""
FEWEST_OTHERS = 2
"""Fields that one is compared with."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """``once`` (135, 214) is the log likelihood that pixels missed the earlier JPEG, 0 where none shows.

    ``blocks`` (n, 2), whole numbers, is where in that map (x, y) the usable blocks of the card stand that ``noise``,
    ``sharpness`` and ``contrast`` (n,) are of: log levels, and grey levels; the sharpness counts where ``print``.
    """

    once: Floats
    blocks: NDArray[np.intp]
    noise: Floats
    sharpness: Floats
    contrast: Floats
    print: Flags

    def inside(self, cells: Flags) -> Flags:
        """Which blocks stand on ``cells`` of the map."""
        return np.asarray(cells[self.blocks[:, 1], self.blocks[:, 0]])


def gather(picture: Picture, quad: Points) -> Evidence | None:
    """The maps of the card with corners ``quad`` (pixels of the full picture); None where it is too small to judge."""
    stored = stored_luma(picture)
    corners = stored.from_upright(np.asarray(quad, np.float32))
    lattice = lattice_of(stored.luma, corners)
    if lattice is None:
        return None
    clear = unclipped(lattice, stored, picture)
    once = _once(clear, requantised(clear, stored.steps), FITS)
    if once is None:
        once = _once_shifted(picture, stored, clear, corners)
    if once is None:
        once = np.zeros(HEAT_SIZE[::-1], np.float32)
    grained, used = grain(lattice), lattice.usable
    rows, columns = np.nonzero(used)
    places = apply(lattice.to_frame, np.stack([columns, rows], axis=1).astype(np.float32)) / SHRINK
    blocks = np.clip(places, 0, (HEAT_SIZE[0] - 1, HEAT_SIZE[1] - 1)).astype(np.intp)
    return Evidence(
        once, blocks, grained.noise[used], grained.sharpness[used], grained.contrast[used], grained.print[used]
    )


def _once_shifted(picture: Picture, stored: Stored, lattice: Lattice, corners: Points) -> Floats | None:
    """The same for an earlier JPEG whose grid lay elsewhere."""
    offset = earlier_grid(stored.luma, lattice, stored.steps)
    if offset is None:
        return None
    shifted = lattice_of(stored.luma, corners, offset)
    if shifted is None:
        return None
    shifted = unclipped(shifted, stored, picture)
    once = _once(shifted, requantised(shifted, np.ones(64, np.float32), rounding_after(stored.steps)), FITS_SHIFTED)
    return None if once is None else np.asarray(once * np.float32(SHIFTED_COUNTS), np.float32)


def _once(lattice: Lattice, marks: Requantised, fits: tuple[float, float]) -> Floats | None:
    """The log likelihood, window by window, that it was quantised once; None where no earlier JPEG is certain."""
    if float(marks.ratio.sum()) < EXPLAINS:
        return None
    cells = max(2, round(WINDOW / lattice.pitch))
    ratio, expected, count = (
        np.asarray(cv2.boxFilter(m, -1, (cells, cells), normalize=False, borderType=cv2.BORDER_CONSTANT))
        for m in (marks.ratio, marks.expected, marks.count)
    )
    once = (count >= LEAST_COUNT) & (ratio < ONCE * expected)
    rest = cv2.dilate(once.astype(np.uint8), np.ones((cells, cells), np.uint8)) == 0
    fit = float(marks.ratio[rest].sum()) / max(1.0, float(marks.expected[rest].sum()))
    sure = float(np.clip((fit - fits[0]) / (fits[1] - fits[0]), 0, 1))
    return _in_frame(np.where(once, -ratio * np.float32(sure), 0).astype(np.float32), lattice)


def _in_frame(values: Floats, lattice: Lattice) -> Floats:
    to_map = np.diag([1 / SHRINK, 1 / SHRINK, 1.0]) @ lattice.to_frame
    return np.asarray(cv2.warpPerspective(values, to_map, HEAT_SIZE, flags=cv2.INTER_NEAREST), np.float32)


@dataclass(frozen=True, slots=True)
class Traits:
    """What one field shows: the most ``once`` in it, and by how many deviations its noise and its sharpness lie off
    those of the other fields; 0 where that cannot be told.
    """

    once: float = 0.0
    noise: float = 0.0
    sharpness: float = 0.0


def traits_of(evidence: Evidence, cells: Mapping[FieldName, Flags]) -> dict[FieldName, Traits]:
    """The traits of each field; ``cells`` are the places of the map that each covers."""
    noise, sharpness = {}, {}
    for name, covered in cells.items():
        inside = evidence.inside(covered)
        noise[name] = _level(evidence.noise, evidence.blocks, inside)
        printed = inside & evidence.print
        contrast = evidence.contrast[printed]
        if len(contrast):
            printed &= evidence.contrast >= STRONG * np.quantile(contrast, 0.9)
        sharpness[name] = _level(evidence.sharpness, evidence.blocks, printed)
    return {
        name: Traits(
            once=float(evidence.once[covered].max()) if covered.any() else 0.0,
            noise=_apart(noise, name),
            sharpness=_apart(sharpness, name),
        )
        for name, covered in cells.items()
    }


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    """The mean of a field's blocks, the square of its error, and the row (1, x, y) of where it is, in card widths."""

    mean: float
    variance: float
    place: NDArray[np.float64]


def _level(values: Floats, blocks: NDArray[np.intp], where: Flags) -> _Level | None:
    """That of the blocks ``where``; None of too few."""
    if int(where.sum()) < LEAST_BLOCKS:
        return None
    x, y = blocks[where].mean(axis=0) / HEAT_SIZE[0]
    held = values[where]
    return _Level(float(held.mean()), float(held.var()) / len(held) + ALIKE**2, np.array([1.0, x, y]))


def _apart(levels: Mapping[FieldName, _Level | None], name: FieldName) -> float:
    """By how many deviations ``name`` lies off the plane through the others; 0 with fewer than ``FEWEST_OTHERS``.

    A lens that is not in focus all over makes the sharpness run across the card: a Bayesian plane follows that, and
    knows how little it knows where no other field is near.
    """
    own = levels[name]
    others = [level for other, level in levels.items() if other is not name and level is not None]
    if own is None or len(others) < FEWEST_OTHERS:
        return 0.0
    rows, means = np.stack([level.place for level in others]), np.array([level.mean for level in others])
    weights = 1 / np.array([level.variance for level in others])
    precision = rows.T @ (weights[:, None] * rows) + np.diag([1e-4, RUNS**-2, RUNS**-2])
    covariance = np.linalg.inv(precision)
    plane = covariance @ (rows.T @ (weights * means))
    rest = float(np.mean((means - rows @ plane) ** 2))
    spread = np.sqrt(own.variance + rest + float(own.place @ covariance @ own.place))
    return float((own.mean - own.place @ plane) / spread)
