"""What is held before the camera, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Points

Float = NDArray[np.float32]
"""Single-precision values, of whatever shape the docstring at hand says."""


class Presented(str, Enum):
    """What a picture shows: the card itself, a print of it, or a screen that shows it."""

    GENUINE = "genuine"
    COPY = "copy"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """One picture: the JPEG file, the card's corners in its pixels and how it came about.

    ``quad`` is float32 (4, 2), clockwise from the card's own top left; ``way`` is a short name such as ``phone_oled``.
    """

    jpeg: bytes
    quad: Points
    presented: Presented
    way: str
