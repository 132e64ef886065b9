"""Small scenes in quick succession, for training a network that finds cards.

Flat cards are drawn once at a low resolution and photographed many times; a scene of 320 pixels takes a few
milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from idcard_core.card import Side
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.draw import draw_card
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.people import PersonWish, make_person
from idcard_core.specimen.photograph import Photograph, photograph
from idcard_core.specimen.recipes import make_shot
from idcard_core.specimen.scripts import choose_script
from idcard_core.specimen.shot import Arrangement

_SCENES = tuple(c for c in Condition if c.readable and c is not Condition.A4_SCAN)


def make_flats(rng: np.random.Generator, count: int, width: int = 428) -> list[FlatCard]:
    """``count`` flat cards of either side, ``width`` pixels wide, of people and looks of every kind."""
    flats = []
    for _ in range(count):
        person = make_person(rng, PersonWish(minority_name=bool(rng.random() < 0.15)))
        script = choose_script(rng) if rng.random() < 0.1 else None
        side = Side.FRONT if rng.random() < 0.55 else Side.BACK
        flats.append(draw_card(side, person, rng, width, script))
    return flats


def make_scene(
    rng: np.random.Generator, flats: Sequence[FlatCard], size: tuple[int, int] = (320, 320), empty: float = 0.03
) -> Photograph:
    """A small picture of one or two of ``flats`` under a readable condition, or (share ``empty``) of none.

    Corners may lie outside the picture where an edge cuts the card.
    """
    condition = _SCENES[int(rng.integers(len(_SCENES)))]
    shot = make_shot(condition, rng, size)
    if rng.random() < 0.6:  # any turn is as likely as upright to a network that must tell them apart
        free = rng.random() < 0.5
        turn = float(rng.uniform(0, 360)) if free else 90.0 * int(rng.integers(4))
        shot = replace(shot, pose=replace(shot.pose, angle=shot.pose.angle + turn))
    count = 0 if rng.random() < empty else condition.cards
    if count == 2 and shot.arrangement is Arrangement.A4:
        shot = replace(shot, arrangement=Arrangement.STACKED)
    chosen = [flats[int(i)] for i in rng.integers(len(flats), size=count)]
    return photograph(chosen, shot, rng)
