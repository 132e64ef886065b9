"""Still lifes on a table: every thing is a layer with height, colour, gloss and glow, seen from above.

A stage is one raster of the table: tables, papers, cards with their thickness and rounded rims, screens, fingers and
sleeves are laid on it in turn, each on the height of what lies beneath. One shading pass of several lamps gives soft
shadows that reach as far as things are high, rims that catch light, relief of paper, and gloss that mirrors a room.
Only then is the stage put in perspective, heights displacing what the camera sees. Prints carry their own raster of
threshold tiles, laid down at the printer's resolution; panels are sampled by each camera pixel over their lattice of
subpixels, so moire comes of sampling alone. What is printed or shown is itself such a still life, or a flat scan.
"""

from __future__ import annotations

import numpy as np

from idcard_core.specimen.presented import Presented, Taken
from idcard_core.specimen.tabletop.displays import screen
from idcard_core.specimen.tabletop.lens import deliver
from idcard_core.specimen.tabletop.prints import copy
from idcard_core.specimen.tabletop.scenes import genuine

__all__ = ["take"]


def take(rng: np.random.Generator, presented: Presented, number: int) -> Taken:
    """A picture of what is ``presented``, by the camera, printer and screen of ``number``."""
    if presented is Presented.GENUINE:
        still = genuine(rng, number)
    elif presented is Presented.COPY:
        still = copy(rng, number)
    else:
        still = screen(rng, number)
    jpeg, quad = deliver(rng, number, still.picture, still.quad)
    return Taken(jpeg, quad, presented, still.way)
