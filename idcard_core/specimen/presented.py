"""What is held before a simulated camera, and what a simulator gives: shared by all that take pictures of it.

Devices (cameras, printers, screens) have numbers, and a number is the same device for good, so that whole devices can
be kept out of training.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from idcard_core.card import Points
from idcard_core.specimen.camera import quarter_turns

UNSEEN_DEVICES = range(120, 160)
"""Devices of each kind that nothing is learnt from: what is measured is measured on them."""
FITTED_DEVICES = range(160, 320)
"""Those that a few numbers are fitted on, as how much a spectrum tells (``models.risk.lattice``)."""
TRAINING_DEVICES = range(320, 10_320)
"""Those that networks learn from; up to SUW (``models/risk/history.md``) they learnt from the first 120."""


class Presented(str, Enum):
    """What was before the camera: the card itself, a print of it, or a screen that showed it."""

    GENUINE = "genuine"
    COPY = "copy"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True, eq=False)
class Taken:
    """A picture (JPEG), the quad of the card on it (pixels, from the card's own top left), and what it truly shows."""

    jpeg: bytes
    quad: Points
    presented: Presented
    way: str
    """Which of the ways of its kind: ``scan``, ``screenshot``, ``grey_photo``, ``phone_oled`` and so on."""
    glare: bool = False
    """Glare is known to lie somewhere on the card, on a field or beside them."""
    drowned: bool = False
    """Its print is known to be lost in the camera's noise."""

    @property
    def direction(self) -> int:
        """Quarter turns of the picture, counter-clockwise, against the upright card."""
        return quarter_turns(self.quad)
