"""Parts the black ink of a card's print from what was put over it: light writing, coloured stamps.

How much light a spot takes away is told against the brightest of its surroundings, so shadows do not count. Print takes
away all colours, and most of each; a watermark takes away less, and a stamp's ink leaves the colour it has. So what a
spot takes away *of the colour it takes least of* is high where there is print, under a stamp too, and low elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME, Image, Points
from idcard_core.locate.view import FRAME_QUAD, CardView, cut_quad

FINENESS = 1.5
"""Pixels for a unit of the card frame; a character is then about 50 pixels high, as the recogniser likes it."""
SURROUNDINGS = 15
"""Pixels, at half scale: wider than any stroke, so that paper is seen on one side of it at least."""
NUMBER_ZONE = (0.78, 0.93, 0.35, 0.90)
VALUE_ZONE = (0.10, 0.70, 0.14, 0.60)
"""Top, bottom, left, right, as shares of the card: print on every card. In the one a number or a period of validity, in
the other the values of a front or the title of a back."""
THINNEST = 0.5
"""The values' ink is taken to be at least this share of the number's."""
DARKEST_SHARE = 98.0
"""Per cent of that zone's spots that are lighter than the print's ink is taken to be."""
LIGHTEST_PRINT, FULL_PRINT = 0.55, 0.9
"""Shares of the print's ink: up to the one, a spot is taken for paper; from the other on it is black.

On 48 specimens with marks, whole cards: 42 with (0.45, 0.85), 46 with (0.55, 0.9), 36 with (0.65, 1.0)."""
PAPER, BLACK = 235, 20


@dataclass(frozen=True, eq=False)
class Inks:
    """A card's ink: how much light is taken away everywhere, uint8 pictures of the card at ``FINENESS``."""

    least: Image
    """Of the colour that is taken away least."""
    most: Image
    """Of the colour that is taken away most."""

    @classmethod
    def of(cls, view: CardView) -> Inks:
        """The inks on the card."""
        width, height = (round(side * FINENESS) for side in CARD_FRAME)
        flat = cut_quad(view.source, view.quad, (width, height))
        return cls(*light_taken(flat, SURROUNDINGS))

    @cached_property
    def of_print(self) -> float:
        """How much light the print takes away, 0 to 255; the thin print of the values less than the number's."""
        number, values = (self._darkest(zone) for zone in (NUMBER_ZONE, VALUE_ZONE))
        return max(1.0, min(number, max(values, THINNEST * number)))

    def _darkest(self, zone: tuple[float, float, float, float]) -> float:
        """What the darkest spots of a zone of the card take away."""
        height, width = self.least.shape
        top, bottom, left, right = zone
        part = self.least[int(top * height) : int(bottom * height), int(left * width) : int(right * width)]
        return float(np.percentile(part, DARKEST_SHARE))

    def print_alone(self) -> CardView:
        """The card as it would look with nothing on it but its black print."""
        return _view(self.least, self.of_print * LIGHTEST_PRINT, self.of_print * FULL_PRINT)

    def marks_alone(self) -> CardView:
        """The card without its black print: what was put over it, and its coloured labels."""
        is_print = (self.least > self.of_print * LIGHTEST_PRINT).astype(np.uint8)
        kept = (1 - cv2.dilate(is_print, np.ones((5, 5), np.uint8))).astype(np.float32)
        near = (SURROUNDINGS, SURROUNDINGS)
        around = cv2.blur(self.most * kept, near) / np.maximum(cv2.blur(kept, near), 0.05)
        rest = np.where(kept > 0, self.most, around).clip(0, 255).astype(np.uint8)
        return _view(rest, 0.0, max(40.0, float(np.percentile(rest, DARKEST_SHARE))))


def light_taken(flat: Image, surroundings: int) -> tuple[Image, Image]:
    """How much light each spot of ``flat`` takes away against the brightest of its ``surroundings`` (pixels, at half
    scale): of the colour it takes least of, and of the one it takes most of; both (height, width), 0 to 255."""
    height, width = flat.shape[:2]
    near = np.ones((surroundings, surroundings), np.uint8)
    brightest = cv2.dilate(flat[::2, ::2], near)
    # What is as smooth as this loses nothing at a quarter of the scale, where it is smoothed further in no time.
    quarter = cv2.resize(brightest, (max(1, width // 4), max(1, height // 4)), interpolation=cv2.INTER_AREA)
    bright = cv2.GaussianBlur(quarter, (0, 0), surroundings / 4)
    left = cv2.divide(flat, cv2.resize(bright, (width, height)), scale=255)
    blue, green, red = cv2.split(left)
    least = 255 - cv2.max(cv2.max(blue, green), red)
    most = 255 - cv2.min(cv2.min(blue, green), red)
    return np.asarray(least, np.uint8), np.asarray(most, np.uint8)


def _view(ink: Image, nothing: float, full: float) -> CardView:
    """A card of its own, grey on white: paper where there is at most ``nothing`` of the ink, black from ``full`` on."""
    depth = np.clip((np.arange(256) - nothing) / max(1.0, full - nothing), 0, 1)
    grey = np.asarray(cv2.LUT(ink, (PAPER - (PAPER - BLACK) * depth).astype(np.uint8)), np.uint8)
    corners: Points = FRAME_QUAD * np.float32(FINENESS)
    return CardView(np.asarray(cv2.merge([grey, grey, grey]), np.uint8), corners)
