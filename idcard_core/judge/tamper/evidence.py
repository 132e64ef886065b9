"""What speaks for an edit at each place of the card frame: maps in ``HEAT_SIZE``, a quarter of ``CARD_FRAME``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME, FieldName, Points
from idcard_core.intake.picture import Picture
from idcard_core.judge.tamper.blocks import Flags, Floats, Lattice, lattice_of
from idcard_core.judge.tamper.clipping import unclipped
from idcard_core.judge.tamper.grain import grain
from idcard_core.judge.tamper.grid import earlier_grid, rounding_after
from idcard_core.judge.tamper.requantised import Requantised, requantised
from idcard_core.judge.tamper.stored import Stored, stored_luma

SHRINK = 4
HEAT_SIZE = (CARD_FRAME[0] // SHRINK, CARD_FRAME[1] // SHRINK)
"""Width and height of a map."""
WINDOW = 40.0
"""Units of the card frame that the marks of an earlier JPEG are summed over: about a character."""
LEAST_COUNT = 15.0
"""Coefficients that a window must hold."""
ONCE = -0.25
"""Log likelihood ratio of a coefficient, as a share of the card's own, below which a window was quantised only once."""
EXPLAINS = 300.0
"""Log likelihood, over the card, from which an earlier JPEG on the picture's own grid is certain."""
LEAST_PRINT = 5
"""Cells of a map with print that a field's sharpness is told from."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Maps (135, 214), float32: ``once`` is the log likelihood that pixels missed the earlier JPEG, 0 where none shows;
    ``noise`` and ``sharpness`` are logarithms, valid where ``seen`` and where ``print``.
    """

    once: Floats
    noise: Floats
    sharpness: Floats
    seen: Flags
    print: Flags


def gather(picture: Picture, quad: Points) -> Evidence | None:
    """The maps of the card with corners ``quad`` (pixels of the full picture); None where it is too small to judge."""
    stored = stored_luma(picture)
    corners = stored.from_upright(np.asarray(quad, np.float32))
    lattice = lattice_of(stored.luma, corners)
    if lattice is None:
        return None
    clear = unclipped(lattice, stored, picture)
    once = _once(clear, requantised(clear, stored.steps))
    if once is None:
        once = _once_shifted(picture, stored, clear, corners)
    grained = grain(lattice)
    seen = _in_frame(lattice.usable.astype(np.float32), lattice) > 0
    held = _in_frame(grained.print.astype(np.float32), lattice) > 0
    noise, sharpness = (_in_frame(values, lattice) for values in (grained.noise, grained.sharpness))
    return Evidence(np.zeros_like(noise) if once is None else once, noise, sharpness, seen, held)


def _once_shifted(picture: Picture, stored: Stored, lattice: Lattice, corners: Points) -> Floats | None:
    """The same for an earlier JPEG whose grid lay elsewhere."""
    offset = earlier_grid(stored.luma, lattice, stored.steps)
    if offset is None:
        return None
    shifted = lattice_of(stored.luma, corners, offset)
    if shifted is None:
        return None
    shifted = unclipped(shifted, stored, picture)
    return _once(shifted, requantised(shifted, np.ones(64, np.float32), rounding_after(stored.steps)))


def _once(lattice: Lattice, marks: Requantised) -> Floats | None:
    """The log likelihood, window by window, that it was quantised once; None where no earlier JPEG is certain."""
    if float(marks.ratio.sum()) < EXPLAINS:
        return None
    cells = max(2, round(WINDOW / lattice.pitch))
    ratio, count = (
        np.asarray(cv2.boxFilter(m, -1, (cells, cells), normalize=False, borderType=cv2.BORDER_CONSTANT))
        for m in (marks.ratio, marks.count)
    )
    once = (count >= LEAST_COUNT) & (ratio < ONCE * marks.mean * count)
    return _in_frame(np.where(once, -ratio, 0).astype(np.float32), lattice)


def _in_frame(values: Floats, lattice: Lattice) -> Floats:
    to_map = np.diag([1 / SHRINK, 1 / SHRINK, 1.0]) @ lattice.to_frame
    return np.asarray(cv2.warpPerspective(values, to_map, HEAT_SIZE, flags=cv2.INTER_NEAREST), np.float32)


@dataclass(frozen=True, slots=True)
class Traits:
    """What one field shows: the most ``once`` in it, and how far its noise and its sharpness (logarithms) lie off those
    of the other fields; 0 where that cannot be told.
    """

    once: float = 0.0
    noise: float = 0.0
    sharpness: float = 0.0


def traits_of(evidence: Evidence, cells: Mapping[FieldName, Flags]) -> dict[FieldName, Traits]:
    """The traits of each field; ``cells`` are the places of its map that each covers."""
    noise = {name: _mean(evidence.noise, inside & evidence.seen) for name, inside in cells.items()}
    sharpness = {name: _mean(evidence.sharpness, inside & evidence.print) for name, inside in cells.items()}
    return {
        name: Traits(
            once=float(evidence.once[inside].max()) if inside.any() else 0.0,
            noise=_apart(noise, name),
            sharpness=_apart(sharpness, name),
        )
        for name, inside in cells.items()
    }


def _mean(values: Floats, where: Flags) -> float:
    return float(values[where].mean()) if int(where.sum()) >= LEAST_PRINT else float("nan")


def _apart(values: Mapping[FieldName, float], name: FieldName) -> float:
    """How far the value of ``name`` lies from the middle one of the others; 0 with fewer than two others."""
    others = [value for other, value in values.items() if other != name and np.isfinite(value)]
    if len(others) < 2 or not np.isfinite(values[name]):
        return 0.0
    return float(values[name] - np.median(others))
