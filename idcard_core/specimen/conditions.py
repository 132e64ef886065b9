"""The closed set of conditions a specimen is photographed under."""

from __future__ import annotations

from enum import Enum


class Condition(str, Enum):
    """What makes a picture harder than a plain one."""

    PLAIN = "plain"
    TILT = "tilt"
    ROTATED = "rotated"
    ANY_ANGLE = "any_angle"
    UPSIDE_DOWN = "upside_down"
    SIDEWAYS = "sideways"
    DIM = "dim"
    BRIGHT = "bright"
    COLOUR_CAST = "colour_cast"
    GLARE = "glare"
    SHADOW = "shadow"
    BLUR = "blur"
    MOTION = "motion"
    NOISE = "noise"
    LOW_JPEG = "low_jpeg"
    SMALL = "small"
    BUSY_BACKGROUND = "busy_background"
    SAME_COLOUR = "same_colour"
    BOTH_SIDES = "both_sides"
    TOUCHING = "touching"
    A4_SCAN = "a4_scan"
    NO_MARGIN = "no_margin"
    CUT_EDGE = "cut_edge"
    OCCLUDED_CORNER = "occluded_corner"
    MINORITY = "minority"
    RARE_NAME = "rare_name"
    LONG_ADDRESS = "long_address"
    BILINGUAL = "bilingual"
    LONG_TERM = "long_term"
    GREY_COPY = "grey_copy"
    SCREEN = "screen"
    WATERMARK = "watermark"
    TEMPORARY = "temporary"
    TOO_BLURRED = "too_blurred"
    TOO_DARK = "too_dark"
    GLARE_ON_FIELD = "glare_on_field"
    STAMP = "stamp"
    COVERED = "covered"

    @property
    def readable(self) -> bool:
        """Whether every field is meant to be readable by a person looking at the picture."""
        return self not in _UNREADABLE

    @property
    def cards(self) -> int:
        """How many cards lie on the picture."""
        return 2 if self in (Condition.BOTH_SIDES, Condition.TOUCHING, Condition.A4_SCAN) else 1


_UNREADABLE = (Condition.TOO_BLURRED, Condition.TOO_DARK, Condition.GLARE_ON_FIELD, Condition.COVERED)
