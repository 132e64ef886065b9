"""Draws the shot, the person and the surface for a condition; every number comes from the generator."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from idcard_core.specimen.changes import CHANGES, colour_balance
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.people import PersonWish
from idcard_core.specimen.shot import Arrangement, Ground, Light, Pose, Sensor, Shot

PHONE_SIZES = (
    (4032, 3024),
    (4000, 3000),
    (3264, 2448),
    (2592, 1944),
    (1920, 1080),
    (1600, 1200),
    (1280, 960),
    (1080, 810),
)
"""Pictures as phones give them, in pixels, lying."""
_SIZE_WEIGHTS = (0.08, 0.06, 0.08, 0.1, 0.2, 0.2, 0.18, 0.1)
_CALM = (Ground.PLAIN, Ground.WOOD, Ground.CLOTH, Ground.MARBLE, Ground.NOISE, Ground.LINES, Ground.TILES)

WISHES: dict[Condition, PersonWish] = {
    Condition.MINORITY: PersonWish(minority_name=True),
    Condition.BILINGUAL: PersonWish(minority_name=True, address_length=(8, 30)),
    Condition.RARE_NAME: PersonWish(rare_name=True),
    Condition.LONG_ADDRESS: PersonWish(address_length=(30, 42)),
    Condition.LONG_TERM: PersonWish(long_term=True),
    Condition.TEMPORARY: PersonWish(address_length=(8, 30)),
}
"""What a condition asks of its person."""


def make_shot(condition: Condition, rng: np.random.Generator, size: tuple[int, int] | None = None) -> Shot:
    """A shot for ``condition``; ``size`` (width, height) fixes the picture's, else a phone's is drawn."""
    shot = _everyday(condition, rng, size or _phone_size(rng))
    if condition in CHANGES:
        shot = CHANGES[condition](shot, rng)
    if size is not None and shot.size != size:
        shot = replace(shot, size=size)
    return shot


def _phone_size(rng: np.random.Generator) -> tuple[int, int]:
    size = PHONE_SIZES[int(rng.choice(len(PHONE_SIZES), p=_SIZE_WEIGHTS))]
    return (size[1], size[0]) if rng.random() < 0.3 else size


def _everyday(condition: Condition, rng: np.random.Generator, size: tuple[int, int]) -> Shot:
    """A careful photograph by hand: a little of everything, not much of anything."""
    angle = float(rng.normal(0, 4))
    if rng.random() < 0.15:
        angle += 90.0 * int(rng.integers(1, 4))
    share = rng.uniform(0.5, 0.92) if condition.cards == 1 else rng.uniform(0.5, 0.85)
    card_px = max(min(560.0, 0.45 * max(size)), float(share) * min(size[0], 1.58 * size[1]))
    pose = Pose(
        angle=angle,
        tilt=float(abs(rng.normal(0, 6))),
        azimuth=float(rng.uniform(0, 360)),
        distance=float(rng.uniform(2.2, 7)),
        card_px=card_px,
        place=(float(rng.uniform(0.1, 0.9)), float(rng.uniform(0.1, 0.9))),
    )
    light = Light(
        exposure=float(rng.uniform(0.82, 1.06)),
        gradient=float(rng.uniform(0, 0.22)),
        gradient_azimuth=float(rng.uniform(0, 360)),
        balance=colour_balance(rng, 0.04),
    )
    sensor = Sensor(
        blur=float(rng.uniform(0, 0.022)),
        read_noise=float(rng.uniform(0.3, 2.0)),
        shot_noise=float(rng.uniform(0.5, 3.0)),
        grain=float(rng.uniform(0.0, 1.0)),
        sharpen=float(rng.choice([0, 0, 0.3, 0.6])),
        quality=int(rng.integers(78, 96)),
    )
    arrangement = Arrangement.STACKED if size[1] > 0.8 * size[0] or rng.random() < 0.3 else Arrangement.BESIDE
    ground = _CALM[int(rng.integers(len(_CALM)))]
    return Shot(size, ground, pose, light, sensor, arrangement)
