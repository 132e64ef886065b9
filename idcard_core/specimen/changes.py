"""What each condition changes about an everyday shot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.shot import Arrangement, Ground, Light, Pose, Sensor, ShadowKind, Shot

A4_AT_200_DPI = (1654, 2339)
_BUSY = (
    Ground.TEXT_PAGE,
    Ground.TEXT_PAGE,
    Ground.KEYBOARD,
    Ground.KEYBOARD,
    Ground.CLUTTER,
    Ground.CLUTTER,
    Ground.WOOD,
)


def colour_balance(rng: np.random.Generator, spread: float) -> tuple[float, float, float]:
    """Gains of blue, green and red, each off neutral by about ``spread``."""
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
    light = replace(shot.light, exposure=float(rng.uniform(0.2, 0.42)))
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
    light = Light(exposure=1.0, gradient=0.01, balance=colour_balance(rng, 0.01))
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
    light = replace(shot.light, balance=colour_balance(rng, 0.015))
    return replace(shot, ground=Ground.PAPER, light=light, flat=True)


def _screen(shot: Shot, rng: np.random.Generator) -> Shot:
    return replace(shot, ground=Ground.PLAIN, pose=replace(shot.pose, card_px=max(900.0, shot.pose.card_px)))


def _too_dark(shot: Shot, rng: np.random.Generator) -> Shot:
    light = replace(shot.light, exposure=float(rng.uniform(0.02, 0.05)))
    return replace(shot, light=light, sensor=replace(shot.sensor, read_noise=5.0, shot_noise=6.0))


CHANGES: dict[Condition, Callable[[Shot, np.random.Generator], Shot]] = {
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
"""The conditions that differ from an everyday shot by more than their person or card."""
