"""Whether it is written over a card that it agrees with its original: such a stamp is set on copies alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ATTESTED = re.compile("与原件|原件(核对|校对|比对)?(一致|相符|无误)|核对(无误|一致|相符)")
"""As offices attest a copy: 与原件核对一致, 复印件与原件相符. What a copy may be used for (仅供…使用, 复印无效)
tells nothing: people write that over pictures of their cards, too."""
ATTESTED_ODDS = 4.0
"""What it tells, as log odds: less than networks that are all sure of a card."""


def odds_of_words(marks: Sequence[str]) -> NDArray[np.float32]:
    """Log odds (3,) that a card, a print or a screen is seen, by what is written or stamped over the card alone."""
    return np.array([0, ATTESTED_ODDS if any(ATTESTED.search(mark) for mark in marks) else 0, 0], np.float32)
