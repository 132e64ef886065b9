"""Where each item of a card stands and how it looks: the real proportions, with jitter from the seed.

All positions are in card-frame units (856 x 540, ten a millimetre): left edge and vertical middle of a line.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from idcard_core.specimen.fonts import FontFace, Style, choose_face
from idcard_core.specimen.lettering import Colour

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Look:
    """Faces, ems (units), colours and stroke of one card's print."""

    value_face: FontFace
    label_face: FontFace
    number_face: FontFace
    digit_face: FontFace
    """For the dates."""
    ink: Colour
    label_ink: Colour
    label_em: float
    value_em: float
    name_em: float
    number_em: float
    number_spacing: float
    stroke: float


@dataclass(frozen=True, slots=True)
class FrontPlan:
    """Places of the portrait side."""

    label_x: float
    value_x: float
    name_y: float
    sex_y: float
    birth_y: float
    address_y: float
    address_pitch: float
    """Between address lines."""
    character_pitch: float
    """Between the characters of an address line; eleven to a line."""
    nation_label_x: float
    nation_x: float
    month_x: float
    day_x: float
    number_label: Point
    number: Point
    portrait: tuple[float, float, float, float]
    """Left, top, width, height: 26 x 32 mm."""


@dataclass(frozen=True, slots=True)
class BackPlan:
    """Places of the emblem side."""

    emblem: tuple[float, float, float]
    """Centre and radius."""
    title_one: Point
    title_two: Point
    title_one_em: float
    title_two_em: float
    label_x: float
    value_x: float
    gov_y: float
    term_y: float


def choose_look(rng: np.random.Generator) -> Look:
    """Faces mostly of the sans kind, one for the values and often the same for the labels."""
    kinds = (Style.SANS, Style.SERIF, Style.SCRIPT)
    value_face = choose_face(rng, kinds)
    label_face = value_face if rng.random() < 0.6 else choose_face(rng, kinds)
    number_face = choose_face(rng, (Style.NUMBER,)) if rng.random() < 0.85 else value_face
    digit_face = choose_face(rng, (*kinds, Style.NUMBER)) if rng.random() < 0.3 else value_face
    dark = int(rng.integers(8, 62))
    ink = tuple(int(np.clip(dark + rng.integers(-6, 7), 0, 80)) for _ in range(3))
    tint = _LABEL_INKS[int(rng.integers(len(_LABEL_INKS)))]
    label_ink = tuple(int(np.clip(c + rng.integers(-22, 23), 0, 190)) for c in tint)
    value_em = float(rng.uniform(30.5, 34.5))
    return Look(
        value_face=value_face,
        label_face=label_face,
        number_face=number_face,
        digit_face=digit_face,
        ink=(ink[0], ink[1], ink[2]),
        label_ink=(label_ink[0], label_ink[1], label_ink[2]),
        label_em=float(rng.uniform(25.5, 31.0)),
        value_em=value_em,
        name_em=value_em * float(rng.uniform(1.0, 1.16)),
        number_em=float(rng.uniform(36.0, 43.0)),
        number_spacing=float(rng.uniform(0.0, 0.1)),
        stroke=float(rng.choice([0.0, 0.0, 0.6, 1.0])),
    )


_LABEL_INKS: tuple[Colour, ...] = (
    (40, 110, 170),
    (60, 130, 190),
    (30, 90, 140),
    (70, 100, 150),
    (50, 120, 130),
    (90, 110, 150),
)


def _near(rng: np.random.Generator, value: float, spread: float = 7.0) -> float:
    """``value`` shifted by up to about ``spread`` units (0.7 mm)."""
    return value + float(np.clip(rng.normal(0, spread / 2), -1.4 * spread, 1.4 * spread))


def plan_front(rng: np.random.Generator, bilingual: bool = False) -> FrontPlan:
    """Places of the portrait side; a bilingual card has its rows lower, to leave room for the second line."""
    x, y = _near(rng, 0.0, 6), _near(rng, 0.0, 6)
    rows = (97.0, 167.0, 236.0, 312.0) if bilingual else (86.0, 152.0, 217.0, 285.0)
    left = 46.0 + x
    value_x = left + _near(rng, 104.0, 6)
    nation_label = value_x + _near(rng, 92.0, 6)
    number_y = _near(rng, 466.0, 9) + y
    pitch = float(rng.uniform(42.0, 48.0)) if not bilingual else float(rng.uniform(38.0, 43.0))
    return FrontPlan(
        label_x=left,
        value_x=value_x,
        name_y=_near(rng, rows[0]) + y,
        sex_y=_near(rng, rows[1]) + y,
        birth_y=_near(rng, rows[2]) + y,
        address_y=_near(rng, rows[3]) + y,
        address_pitch=pitch,
        character_pitch=float(rng.uniform(32.0, 34.6)),
        nation_label_x=nation_label,
        nation_x=nation_label + _near(rng, 78.0, 5),
        month_x=value_x + _near(rng, 128.0, 4),
        day_x=value_x + _near(rng, 214.0, 4),
        number_label=(left + _near(rng, 0.0, 2), number_y),
        number=(_near(rng, 290.0, 9) + x, number_y + _near(rng, 0.0, 2)),
        portrait=(_near(rng, 549.0, 5) + x / 2, _near(rng, 72.0, 8) + y, 260.0, 320.0),
    )


def plan_back(rng: np.random.Generator) -> BackPlan:
    """Places of the emblem side."""
    x, y = _near(rng, 0.0, 8), _near(rng, 0.0, 7)
    label_x = 190.0 + x + _near(rng, 0.0, 8)
    return BackPlan(
        emblem=(128.0 + x + _near(rng, 0, 8), 128.0 + y + _near(rng, 0, 8), float(rng.uniform(66, 84))),
        title_one=(_near(rng, 292.0, 14) + x, _near(rng, 98.0, 8) + y),
        title_two=(_near(rng, 262.0, 10) + x, _near(rng, 182.0, 8) + y),
        title_one_em=float(rng.uniform(44, 54)),
        title_two_em=float(rng.uniform(62, 76)),
        label_x=label_x,
        value_x=label_x + _near(rng, 170.0, 10),
        gov_y=_near(rng, 391.0, 8) + y,
        term_y=_near(rng, 462.0, 8) + y,
    )
