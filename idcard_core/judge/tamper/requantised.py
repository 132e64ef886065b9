"""Marks of an earlier JPEG: where the rest of a card was quantised twice, new pixels were only quantised once.

A coefficient that was rounded to a multiple of ``earlier`` and then of ``last`` takes some values often and some never
(Lukas and Fridrich, 2003: the double-quantisation effect; Lin et al., 2009, mapped it block by block; the ratio below
is that of Bianchi and Piva, 2012). The earlier steps are estimated from the card itself, coefficient by coefficient, so
that no table of cameras is needed. It is the statistical form of Farid's JPEG ghosts (2009) and of error level
analysis (Krawetz, 2007), which save the picture again and look where that changes least.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from idcard_core.judge.tamper.blocks import Floats, Lattice
from idcard_core.judge.tamper.stored import Steps

LONGEST_STEP = 64
"""Earlier steps that are tried, 1 to this; longer ones leave too few values to tell."""
LEVELS = 64
"""Quantised values that are told apart: 0 to this less one; larger ones count as none."""
ROUNDING = 0.45
"""Standard deviation of a coefficient after decoding to whole pixels and changing colour space twice, grey levels."""
BLURRED = 2.2
"""Deviations of rounding that a value must lie above not to be taken for 0."""
DOUBT = 0.06
"""Share of values that need not agree with the earlier step, whatever it is."""
LEAST_SEEN = 40
"""Values, other than 0, that a coefficient must have on a card before its earlier step is sought."""
LEAST_GAIN = 24.0
"""Log likelihood by which an earlier step must explain a coefficient's values better than none does."""
LEAST_SHARE = 0.12
"""The same for one value, on the average."""
MOST_BELOW = 0.3
"""Share of values, other than 0, that may lie below the first multiple of the earlier step: those of new pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Requantised:
    """Maps (rows, columns) of sums over the coefficients of a block, all zero where no earlier JPEG shows.

    ``ratio`` is the log likelihood ratio, quantised twice to once; ``expected`` what it would be on the average, were
    it twice; ``count`` how many coefficients both are sums of.
    """

    ratio: Floats
    expected: Floats
    count: Floats


def requantised(lattice: Lattice, steps: Steps, rounding: float = ROUNDING) -> Requantised:
    """Compare the coefficients of ``lattice`` with those that an earlier JPEG would leave.

    ``steps`` (64,) are those of the last one; ones for pixels in which no JPEG is stored, as then only whole pixels
    were rounded to. ``rounding`` is the deviation, grey levels, of what happened between the two.
    """
    numbers = np.abs(np.rint(lattice.coefficients * (1 / steps))).astype(np.int32)
    np.minimum(numbers, LEVELS, out=numbers)  # the last level stands for all larger values
    places = numbers + (np.arange(64, dtype=np.int32) * (LEVELS + 1))
    used = lattice.usable.ravel()
    histogram = np.bincount(places[used].ravel(), minlength=64 * (LEVELS + 1)).reshape(64, LEVELS + 1)
    # by coefficient and value: the ratio, what it would be on the average, and 1 where both are known
    tables = np.zeros((3, 64, LEVELS + 1), np.float32)
    for number in range(1, 64):
        step = float(steps[number])
        first = 1 + int(BLURRED * rounding / step)  # smaller values may have been 0
        found = _earlier(histogram[number, first:LEVELS].astype(np.float32), (step, rounding), first)
        if found is not None:
            tables[0, number, first:LEVELS], tables[1, number, first:LEVELS] = found
            tables[2, number, first:LEVELS] = 1
    chosen = np.flatnonzero(tables[2].any(axis=1))
    if not len(chosen):
        nothing = np.zeros(lattice.shape, np.float32)
        return Requantised(nothing, nothing, nothing)
    picked = places[:, chosen]
    ratio, expected, count = (lattice.map(table.ravel()[picked].sum(axis=1)) for table in tables)
    return Requantised(ratio, expected, count)


def _earlier(seen: Floats, comb: tuple[float, float], first: int) -> tuple[Floats, float] | None:
    """The ratios of one coefficient's values for the earlier step that explains them best, and their mean if true.

    ``seen`` counts the values from ``first`` on; ``comb`` is the last step and the rounding. None where no earlier step
    explains them well.
    """
    total = float(seen.sum())
    if total < LEAST_SEEN:
        return None
    step, rounding = comb
    values = np.arange(first, LEVELS)
    table = ratios(step, rounding)[:, first:]
    # amplitudes fall off about geometrically; a table must not win for putting its weight where they are many
    falling = (1 - total / float(seen @ (values - first + 1))) ** (values - first) + 1e-9
    table = table - np.log(np.exp(table) @ (falling / falling.sum()))[:, None]
    gains = table @ seen
    best = int(gains.argmax())
    below = float(seen[values < (best + 0.5) / step - 0.5].sum())
    least_share = LEAST_SHARE * ROUNDING / rounding  # a softer comb explains less
    if gains[best] < max(LEAST_GAIN, least_share * total) or below > MOST_BELOW * total:
        return None
    weights = np.exp(table[best]) * falling
    return np.asarray(table[best], np.float32), float(weights @ table[best] / weights.sum())


@lru_cache(maxsize=512)
def ratios(last: float, rounding: float = ROUNDING) -> Floats:
    """Log likelihood ratios (LONGEST_STEP, LEVELS): row ``n`` for an earlier step of ``n + 1``, column the value.

    The multiples of the earlier step, softened by ``rounding``, that fall into each value's bin, against those that
    would if they lay evenly.
    """
    edges = np.maximum(np.arange(LEVELS + 1) - 0.5, -0.5)[None] * last
    step = np.arange(1, LONGEST_STEP + 1)[:, None]
    nearest = np.rint(edges / step)
    # multiples up to an edge: all those well below it, and of the three next to it what has spread that far
    below = nearest - 1.0
    for near in (-1, 0, 1):
        below = below + 1 / (1 + np.exp(-1.702 / rounding * (edges - (nearest + near) * step).clip(-20, 20)))
    density = np.diff(below, axis=1) * step / last
    return np.asarray(np.log(density * (1 - DOUBT) + DOUBT), np.float32)
