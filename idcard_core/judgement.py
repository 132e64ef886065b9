"""What is judged of a picture, as plain values: quality, what stands in the way of a field, risks."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from idcard_core.printed import FieldName

HEAT_SIZE = (214, 135)
"""Width and height of a map of a card: the card frame at a quarter."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How good the picture of a card is; each score from 0, useless, to 1, as good as can be."""

    sharpness: float = 1.0
    """Falls with the blur of its print."""
    exposure: float = 1.0
    """Falls where the card is dark, and where it is so bright that print is lost."""
    glare: float = 1.0
    """Falls with the share of the card that lies in glare."""
    completeness: float = 1.0
    """Share of the card that is inside the picture, times the share of its fields that nothing hides."""


@dataclass(frozen=True, slots=True)
class Obstruction:
    """What stands in the way of reading one field."""

    glare: float = 0.0
    """Share of its place that lies in glare."""
    cut: bool = False
    """The border of the picture goes through its place."""
    covered: bool = False
    """A stamp, a watermark or a thing hides it."""

    @property
    def hides(self) -> bool:
        """Whether the field is not to be seen as a whole."""
        return self.cut or self.covered or self.glare >= 0.25


CLEAR = Obstruction()
"""Nothing stands in the way."""


@dataclass(frozen=True, slots=True)
class Risks:
    """Five probabilities that sum to 1, and the evidence they come from, each a number of its own kind by its name."""

    genuine: float
    copy: float
    temporary: float
    screen: float
    edited: float
    evidence: Mapping[str, float] = dataclasses.field(default_factory=dict)


RISKS = ("genuine", "copy", "temporary", "screen", "edited")
"""The five, as ``Risks`` and ``detail`` name them."""


@dataclass(frozen=True, slots=True, eq=False)
class Tampering:
    """Where a card's picture seems edited: 0 to 1 each, like probabilities.

    ``heat`` (135, 214) is the card frame at a quarter; ``by_field`` has the fields that were given; ``score`` is that
    of anything on the card. What looks untouched may have been edited without a trace: only high values mean something.
    """

    heat: NDArray[np.float32] = dataclasses.field(default_factory=lambda: np.zeros(HEAT_SIZE[::-1], np.float32))
    by_field: Mapping[FieldName, float] = dataclasses.field(default_factory=dict)
    score: float = 0.0
