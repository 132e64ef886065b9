"""Whether print shows through a camera's noise, by Rose's criterion: a spot is seen for sure where it is at least five
times as much darker than what is around it as the noise of as many pixels deviates (A. Rose, JOSA 38, 1948).
"""

from __future__ import annotations

import numpy as np

from idcard_core.card import CARD_FRAME, Points
from idcard_core.specimen.recapture.camera import Camera, noise_of
from idcard_core.specimen.recapture.grid import Plane

STROKE_UNITS = 3.0
"""Width of the thinnest strokes of the fields, in the card frame: 0.3 mm."""
INK = 0.8
"""How much darker than the card they are."""
LEAST_SEEN = 5.0


def is_drowned(linear: Plane, quad: Points, camera: Camera, gain: float) -> bool:
    """Whether strokes on the card ``quad`` of a picture are lost in noise, before any of it is reduced.

    ``linear`` is the light (h, w, 3), 1 is white; ``camera`` amplifies it ``gain`` times.
    """
    left, top = (max(0, int(value)) for value in quad.min(axis=0))
    right, bottom = (int(np.ceil(value)) for value in quad.max(axis=0))
    paper = np.percentile(linear[top:bottom, left:right, 1], 80)
    across = float(np.hypot(*(quad[1] - quad[0])))
    pixels = STROKE_UNITS * across / CARD_FRAME[0]
    noise = noise_of(camera, np.asarray(paper, np.float32), gain)
    return bool(INK * paper * pixels < LEAST_SEEN * noise)  # of pixels x pixels, noise deviates 1 / pixels as much
