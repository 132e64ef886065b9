"""What every text engine can do: find lines of text in a picture, and say what characters a line may hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image, Points

LINE_HEIGHT = 48
"""Height in pixels a line picture is scaled to before it is recognised (PP-OCRv6, RecResizeImg [3, 48, 320])."""
BLANK = 0
"""CTC's blank is class 0."""
SURE_BLANK = 0.999
"""From this probability on a step is blank; no reading that has another character there comes near the best one."""


@dataclass(frozen=True, slots=True, eq=False)
class TextBox:
    """A line of text found in a picture.

    ``quad`` (4, 2) float32 in pixels of the picture given, clockwise; the edge from corner 0 to corner 1 is a long
    edge and points to the right, or down when the line stands upright. Which way the text runs along it is not known
    to the detector.
    """

    quad: Points
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class LineProbabilities:
    """What the recogniser sees along one line, before any decoding.

    ``probabilities`` is float32 (steps, classes), each row summing to about 1; class 0 is CTC's blank and class ``i``
    stands for ``alphabet[i]`` (``alphabet[0]`` is the empty string). ``steps_per_line`` is how many of the steps lie
    over the line picture, so that step ``s`` is centred ``(s + 0.5) / steps_per_line`` of the way along it; later
    steps are padding.
    """

    probabilities: NDArray[np.float32]
    alphabet: Sequence[str]
    steps_per_line: float


def copied(probabilities: NDArray[np.float32], classes: int) -> NDArray[np.float32]:
    """A copy (steps, ``classes``), wider by zeros where more are asked for.

    Two steps in three are blank beyond doubt: of those, the blank's probability alone is copied, so that memory is
    touched for the others only.
    """
    copy = np.zeros((len(probabilities), classes), np.float32)
    copy[:, BLANK] = probabilities[:, BLANK]
    for step in np.flatnonzero(copy[:, BLANK] < SURE_BLANK).tolist():
        copy[step, : probabilities.shape[1]] = probabilities[step]
    return copy


class TextEngine(Protocol):
    """A text engine; safe to share between threads."""

    @property
    def name(self) -> str:
        """The engine's name, as in the settings."""

    def detect(self, picture: Image) -> list[TextBox]:
        """Find the lines of text in ``picture`` (BGR, any size; looked at in the size given)."""

    def recognize(self, lines: Sequence[Image]) -> list[LineProbabilities]:
        """Read line pictures (BGR, upright, one line of text each, any size); answers in the order given."""
