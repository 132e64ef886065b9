"""Tells the steps of a line that are blank beyond doubt from those where something may stand.

A linear rule over the recogniser's last features, fitted by ``idcard_core.models.blanks.fit`` to where its last layer
itself gives the blank nearly everything; see ``models/blanks.md``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RULE = Path(__file__).parent.parent / "models" / "blanks.json"


@dataclass(frozen=True, slots=True, eq=False)
class BlankRule:
    """A step may hold something where ``features @ weights`` is at least ``least``."""

    weights: NDArray[np.float32]
    least: float

    def may_hold(self, features: NDArray[np.float32]) -> NDArray[np.bool_]:
        """For each of ``features`` (n, 120), whether anything may stand there."""
        return np.asarray(features @ self.weights >= self.least)


@lru_cache(maxsize=1)
def fitted_rule() -> BlankRule:
    """The rule that comes with the package, for the installed recogniser."""
    stored = json.loads(RULE.read_text(encoding="utf-8"))
    return BlankRule(np.array(stored["weights"], np.float32), float(stored["least"]))
