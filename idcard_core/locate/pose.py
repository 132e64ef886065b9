"""Which way a card lies in the picture."""

from __future__ import annotations

import numpy as np

from idcard_core.card import Points


def quarter_turns_and_angle(quad: Points) -> tuple[int, float]:
    """How often the picture is turned 90 degrees counter-clockwise (0 to 3), and what remains (degrees, clockwise positive).

    ``quad`` is clockwise from the card's own top left. Its upper and lower edge together tell the direction of print.
    """
    along = (quad[1] - quad[0]) + (quad[2] - quad[3])
    clockwise = float(np.degrees(np.arctan2(along[1], along[0])))
    turns = round(-clockwise / 90)
    return turns % 4, clockwise + 90 * turns
