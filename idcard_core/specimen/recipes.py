"""Draws the shot, the person and the surface for a condition; every number comes from the generator."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from .conditions import Condition
from .people import PersonWish
from .shot import Arrangement, Ground, Light, Pose, Sensor, ShadowKind, Shot

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
A4_AT_200_DPI = (1654, 2339)
_CALM = (Ground.PLAIN, Ground.WOOD, Ground.CLOTH, Ground.MARBLE, Ground.NOISE, Ground.LINES, Ground.TILES)
_BUSY = (
    Ground.TEXT_PAGE,
    Ground.TEXT_PAGE,
    Ground.KEYBOARD,
    Ground.KEYBOARD,
    Ground.CLUTTER,
    Ground.CLUTTER,
    Ground.WOOD,
)

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
    if condition in _CHANGES:
        shot = _CHANGES[condition](shot, rng)
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
        balance=_balance(rng, 0.04),
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


def _balance(rng: np.random.Generator, spread: float) -> tuple[float, float, float]:
    blue, green, red = (float(np.exp(rng.normal(0, spread))) for _ in range(3))
    return blue, green, red


def _off_diagonal(rng: np.random.Generator) -> float:
    """Any angle at least 10 degrees away from where two quarter turns meet."""
    return 90.0 * int(rng.integers(4)) + float(rng.uniform(-35, 35))


def _tilt(shot: Shot, rng: np.random.Generator) -> Shot:
    pose = replace(shot.pose, tilt=float(rng.uniform(18, 40)), distance=float(rng.uniform(2.0, 5)))
    return replace(shot, pose=replace(pose, card_px=max(pose.card_px, 800.0)))


def _rotated(shot: Shot, rng: np.random.Generator) -> Shot:
    return replace(shot, pose=replace(shot.pose, angle=_off_diagonal(rng)))


def _any_angle(shot: Shot, rng: np.random.Generator) -> Shot:
    return replace(shot, pose=replace(shot.pose, angle=float(rng.uniform(0, 360))))


def _upside_down(shot: Shot, rng: np.random.Generator) -> Shot:
    return replace(shot, pose=replace(shot.pose, angle=180 + float(rng.uniform(-8, 8))))


def _sideways(shot: Shot, rng: np.random.Generator) -> Shot:
    turn = 90.0 if rng.random() < 0.5 else 270.0
    return replace(shot, pose=replace(shot.pose, angle=turn + float(rng.uniform(-8, 8))))


def _dim(shot: Shot, rng: np.random.Generator) -> Shot:
    light = replace(shot.light, exposure=float(rng.uniform(0.16, 0.4)))
    sensor = replace(shot.sensor, read_noise=float(rng.uniform(1.5, 4)), shot_noise=float(rng.uniform(3, 7)))
    return replace(shot, light=light, sensor=sensor)


def _bright(shot: Shot, rng: np.random.Generator) -> Shot:
    light = replace(shot.light, exposure=float(rng.uniform(1.15, 1.4)), veil=float(rng.uniform(0.08, 0.3)))
    return replace(shot, light=light)


def _colour_cast(shot: Shot, rng: np.random.Generator) -> Shot:
    warm = float(rng.uniform(0.12, 0.35)) * (1 if rng.random() < 0.7 else -1)
    return replace(shot, light=replace(shot.light, balance=(1 - warm, 1.0, 1 + warm / 2)))


def _glare(shot: Shot, rng: np.random.Generator) -> Shot:
    return replace(shot, light=replace(shot.light, glare=float(rng.uniform(0.5, 1.0))))


def _glare_on_field(shot: Shot, rng: np.random.Generator) -> Shot:
    light = replace(shot.light, glare=1.0, glare_on_field=True, exposure=1.0)
    return replace(shot, light=light)


def _shadow(shot: Shot, rng: np.random.Generator) -> Shot:
    kind = ShadowKind.HARD if rng.random() < 0.6 else ShadowKind.SOFT
    return replace(shot, light=replace(shot.light, shadow=kind, shadow_depth=float(rng.uniform(0.3, 0.62))))


def _blur(shot: Shot, rng: np.random.Generator) -> Shot:
    return replace(shot, sensor=replace(shot.sensor, blur=float(rng.uniform(0.05, 0.095)), sharpen=0.0))


def _too_blurred(shot: Shot, rng: np.random.Generator) -> Shot:
    return replace(shot, sensor=replace(shot.sensor, blur=float(rng.uniform(0.35, 0.6)), sharpen=0.0))


def _motion(shot: Shot, rng: np.random.Generator) -> Shot:
    moved = float(rng.uniform(0.12, 0.28))
    return replace(
        shot, sensor=replace(shot.sensor, motion=moved, motion_angle=float(rng.uniform(0, 180)), sharpen=0.0)
    )


def _noise(shot: Shot, rng: np.random.Generator) -> Shot:
    noisy = replace(
        shot.sensor,
        read_noise=float(rng.uniform(4, 8)),
        shot_noise=float(rng.uniform(7, 15)),
        grain=float(rng.uniform(0.3, 1.3)),
        sharpen=0.0,
    )
    return replace(shot, sensor=noisy)


def _low_jpeg(shot: Shot, rng: np.random.Generator) -> Shot:
    card_px = max(760.0, shot.pose.card_px)
    quality = int(rng.integers(18, 42))
    return replace(shot, pose=replace(shot.pose, card_px=card_px), sensor=replace(shot.sensor, quality=quality))


def _small(shot: Shot, rng: np.random.Generator) -> Shot:
    sizes = ((1280, 960), (1080, 810), (1000, 750), (960, 1280), (1920, 1080))
    fixed = max(shot.size) < 700
    size = shot.size if fixed else sizes[int(rng.integers(len(sizes)))]
    card_px = max(size) * float(rng.uniform(0.25, 0.4)) if fixed else float(rng.uniform(350, 480))
    pose = replace(shot.pose, card_px=card_px, tilt=shot.pose.tilt / 2)
    sensor = replace(shot.sensor, blur=0.0, read_noise=0.8, shot_noise=1.2, quality=int(rng.integers(88, 97)))
    return replace(shot, size=size, pose=pose, sensor=sensor)


def _busy(shot: Shot, rng: np.random.Generator) -> Shot:
    return replace(shot, ground=_BUSY[int(rng.integers(len(_BUSY)))])


def _same_colour(shot: Shot, rng: np.random.Generator) -> Shot:
    return replace(shot, ground=Ground.CARD_COLOURED)


def _both_sides(shot: Shot, rng: np.random.Generator) -> Shot:
    width, height = shot.size
    card_px = max(min(620.0, 0.5 * max(shot.size)), min(width, height) * float(rng.uniform(0.5, 0.75)))
    return replace(shot, pose=replace(shot.pose, card_px=card_px))


def _touching(shot: Shot, rng: np.random.Generator) -> Shot:
    return replace(_both_sides(shot, rng), arrangement=Arrangement.TOUCHING)


def _a4_scan(shot: Shot, rng: np.random.Generator) -> Shot:
    width_px = 85.6 / 25.4 * 200
    pose = Pose(
        angle=float(rng.normal(0, 1)) + (180.0 if rng.random() < 0.15 else 0.0),
        card_px=width_px,
        distance=50.0,
        place=(float(rng.uniform(0.3, 0.7)), float(rng.uniform(0.1, 0.9))),
    )
    light = Light(exposure=1.0, gradient=0.01, balance=_balance(rng, 0.01))
    sensor = Sensor(read_noise=0.6, shot_noise=0.8, sharpen=0.3, quality=int(rng.integers(80, 96)))
    return Shot(A4_AT_200_DPI, Ground.PAPER, pose, light, sensor, Arrangement.A4, flat=True)


def _no_margin(shot: Shot, rng: np.random.Generator) -> Shot:
    width = int(rng.integers(700, 2200))
    size = (width, round(width * 54.0 / 85.6))
    pose = Pose(angle=float(rng.normal(0, 0.3)), fill=True, distance=50.0)
    if rng.random() < 0.25:
        pose = replace(pose, angle=pose.angle + 180)
    ground = Ground.PAPER if rng.random() < 0.6 else Ground.PLAIN
    return replace(shot, size=size, pose=pose, ground=ground)


def _cut_edge(shot: Shot, rng: np.random.Generator) -> Shot:
    pose = replace(
        shot.pose, cut=float(rng.uniform(0.3, 0.85)), angle=shot.pose.angle / 3 if abs(shot.pose.angle) < 30 else 0
    )
    place = (0.0 if rng.random() < 0.5 else 1.0, float(rng.uniform(0.2, 0.8)))
    return replace(shot, pose=replace(pose, place=place, tilt=pose.tilt / 3))


def _finger(shot: Shot, rng: np.random.Generator) -> Shot:
    return replace(shot, finger=True)


def _grey_copy(shot: Shot, rng: np.random.Generator) -> Shot:
    light = replace(shot.light, balance=_balance(rng, 0.015))
    return replace(shot, ground=Ground.PAPER, light=light, flat=True)


def _screen(shot: Shot, rng: np.random.Generator) -> Shot:
    return replace(shot, ground=Ground.PLAIN, pose=replace(shot.pose, card_px=max(900.0, shot.pose.card_px)))


def _too_dark(shot: Shot, rng: np.random.Generator) -> Shot:
    light = replace(shot.light, exposure=float(rng.uniform(0.02, 0.05)))
    return replace(shot, light=light, sensor=replace(shot.sensor, read_noise=5.0, shot_noise=6.0))


_CHANGES = {
    Condition.TILT: _tilt,
    Condition.ROTATED: _rotated,
    Condition.ANY_ANGLE: _any_angle,
    Condition.UPSIDE_DOWN: _upside_down,
    Condition.SIDEWAYS: _sideways,
    Condition.DIM: _dim,
    Condition.BRIGHT: _bright,
    Condition.COLOUR_CAST: _colour_cast,
    Condition.GLARE: _glare,
    Condition.SHADOW: _shadow,
    Condition.BLUR: _blur,
    Condition.MOTION: _motion,
    Condition.NOISE: _noise,
    Condition.LOW_JPEG: _low_jpeg,
    Condition.SMALL: _small,
    Condition.BUSY_BACKGROUND: _busy,
    Condition.SAME_COLOUR: _same_colour,
    Condition.BOTH_SIDES: _both_sides,
    Condition.TOUCHING: _touching,
    Condition.A4_SCAN: _a4_scan,
    Condition.NO_MARGIN: _no_margin,
    Condition.CUT_EDGE: _cut_edge,
    Condition.OCCLUDED_CORNER: _finger,
    Condition.GREY_COPY: _grey_copy,
    Condition.SCREEN: _screen,
    Condition.TOO_BLURRED: _too_blurred,
    Condition.TOO_DARK: _too_dark,
    Condition.GLARE_ON_FIELD: _glare_on_field,
}
