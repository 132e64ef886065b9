"""What a photograph is taken with: pose, light, sensor and surroundings, as plain values.

A ``Shot`` holds no randomness of its own; ``recipes`` draws one for a condition, ``photograph`` takes it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Ground(str, Enum):
    """What the card lies on."""

    PLAIN = "plain"
    WOOD = "wood"
    CLOTH = "cloth"
    MARBLE = "marble"
    NOISE = "noise"
    LINES = "lines"
    TILES = "tiles"
    TEXT_PAGE = "text_page"
    KEYBOARD = "keyboard"
    CLUTTER = "clutter"
    CARD_COLOURED = "card_coloured"
    PAPER = "paper"


class ShadowKind(str, Enum):
    """The edge of a shadow cast over the picture."""

    NONE = "none"
    SOFT = "soft"
    HARD = "hard"


class Arrangement(str, Enum):
    """How two cards lie to each other."""

    STACKED = "stacked"
    BESIDE = "beside"
    TOUCHING = "touching"
    A4 = "a4"


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the camera sees the cards.

    ``angle`` turns the card clockwise in the picture, ``tilt`` leans it about an axis at ``azimuth`` (all degrees);
    ``distance`` is the camera's, in card widths; ``card_px`` the longest edge of a card in the picture; ``place``
    where in the free room the cards lie, 0 to 1 each way; ``cut`` how far (0 to 1) an edge of the picture may go into
    the card before it reaches a field.
    """

    angle: float = 0.0
    tilt: float = 0.0
    azimuth: float = 0.0
    distance: float = 4.0
    card_px: float = 1000.0
    place: tuple[float, float] = (0.5, 0.5)
    cut: float = 0.0
    fill: bool = False
    """The picture is the card, with no margin."""


@dataclass(frozen=True, slots=True)
class Light:
    """Exposure and colour of the light; gains multiply, 1 is neutral."""

    exposure: float = 1.0
    gradient: float = 0.1
    """Change from one side of the picture to the other, as a share."""
    gradient_azimuth: float = 0.0
    balance: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """Gains of blue, green, red."""
    shadow: ShadowKind = ShadowKind.NONE
    shadow_depth: float = 0.35
    glare: float = 0.0
    """Brightness added at the middle of a glare spot, 0 to 1."""
    glare_on_field: bool = False
    veil: float = 0.0
    """Share of white mixed over everything."""


@dataclass(frozen=True, slots=True)
class Sensor:
    """What lens and camera do. Blurs are sigmas as a share of a character's em in the picture."""

    blur: float = 0.0
    motion: float = 0.0
    """Length of the motion, as a share of the em."""
    motion_angle: float = 0.0
    read_noise: float = 1.0
    """Standard deviation in grey levels, everywhere."""
    shot_noise: float = 1.5
    """Standard deviation in grey levels at full white; grows with the root of the light."""
    grain: float = 0.6
    """Sigma of the noise's own softness, in pixels."""
    sharpen: float = 0.0
    quality: int = 92
    """JPEG quality."""


@dataclass(frozen=True, slots=True)
class Shot:
    """Everything about one photograph except the cards; ``size`` is (width, height) in pixels."""

    size: tuple[int, int]
    ground: Ground = Ground.PLAIN
    pose: Pose = field(default_factory=Pose)
    light: Light = field(default_factory=Light)
    sensor: Sensor = field(default_factory=Sensor)
    arrangement: Arrangement = Arrangement.STACKED
    finger: bool = False
    """A fingertip lies over a corner of the first card."""
    flat: bool = False
    """The cards are part of the paper, and cast no shadow."""
