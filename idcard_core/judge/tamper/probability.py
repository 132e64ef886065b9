"""From evidence to something like a probability; the numbers are fitted on specimens (see ``score``)."""

from __future__ import annotations

import numpy as np

from idcard_core.judge.tamper.blocks import Floats
from idcard_core.judge.tamper.evidence import Traits

HALF = 35.0
"""Log likelihood of missing the earlier JPEG that counts as even odds; the most on 1 000 untouched specimens was 39."""
SLOPE = 3.0
"""How fast the odds grow with it: log odds for each factor of e."""


def probability(once: Floats) -> Floats:
    """The chance, place by place, that the picture was edited there; 0 where nothing speaks for it."""
    odds = (np.maximum(once, 1e-3) / np.float32(HALF)) ** np.float32(SLOPE)
    return np.asarray(odds / (1 + odds), np.float32)


def probability_of_field(traits: Traits) -> float:
    """The chance that a field was edited."""
    return float(probability(np.array([traits.once], np.float32))[0])
