"""Sets a line of text on a card and tells where it stands.

Positions are in card-frame units (``CARD_FRAME``, ten a millimetre); ``Sheet`` knows how many pixels one unit is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from PIL import Image, ImageDraw

from idcard_core.card import CARD_FRAME, FieldName, Points
from idcard_core.specimen.fonts import FontFace, face_for, load

Colour = tuple[int, int, int]
"""Red, green, blue."""


class LineKind(str, Enum):
    """What a printed line is."""

    VALUE = "value"
    LABEL = "label"
    TITLE = "title"
    SECOND_SCRIPT = "second_script"
    MARK = "mark"


@dataclass(frozen=True, slots=True, eq=False)
class PrintedLine:
    """One line as printed: its text, what it is, and its quad in frame units."""

    text: str
    kind: LineKind
    field: FieldName | None
    quad: Points


@dataclass(frozen=True, slots=True)
class Lettering:
    """How a line is set: face, em in frame units, colour, extra advance as a share of the em, extra stroke in units.

    ``pitch`` fixes the advance of wide characters (in units) instead of the face's own.
    """

    face: FontFace
    em: float
    colour: Colour
    spacing: float = 0.0
    stroke: float = 0.0
    pitch: float | None = None


@dataclass(slots=True)
class Sheet:
    """A card being drawn: an RGB picture, and the lines set so far."""

    picture: Image.Image
    lines: list[PrintedLine] = field(default_factory=list)

    @property
    def scale(self) -> float:
        """Pixels a frame unit."""
        return self.picture.width / CARD_FRAME[0]

    def set_line(
        self,
        text: str,
        at: tuple[float, float],
        lettering: Lettering,
        kind: LineKind = LineKind.VALUE,
        of: FieldName | None = None,
    ) -> Points:
        """Draw ``text`` with its left edge and vertical middle ``at`` (units); returns its quad in units."""
        scale = self.scale
        face = face_for(text, lettering.face)
        font = load(face, round(lettering.em * scale))
        draw = ImageDraw.Draw(self.picture)
        # one baseline for all lines of a face: the middle of a Chinese character stands 0.38 em above it
        x, baseline = at[0] * scale, (at[1] + 0.38 * lettering.em) * scale
        stroke = lettering.stroke * scale
        boxes = []
        for character in text:
            place = (x, baseline)
            draw.text(place, character, fill=lettering.colour, font=font, anchor="ls")
            if stroke >= 0.25:
                draw.text((x + min(stroke, 2.0), baseline), character, fill=lettering.colour, font=font, anchor="ls")
            if not character.isspace():
                boxes.append(draw.textbbox(place, character, font=font, anchor="ls"))
            x += self._advance(character, font.getlength(character), lettering)
        quad = _quad_around(np.array(boxes, np.float32) / scale)
        self.lines.append(PrintedLine(text, kind, of, quad))
        return quad

    def _advance(self, character: str, natural: float, lettering: Lettering) -> float:
        wide = ord(character) >= 0x2E80
        if wide and lettering.pitch is not None:
            return lettering.pitch * self.scale
        return natural + lettering.spacing * lettering.em * self.scale

    def width_of(self, text: str, lettering: Lettering) -> float:
        """Advance width of ``text`` in units."""
        font = load(face_for(text, lettering.face), round(lettering.em * self.scale))
        return sum(self._advance(c, font.getlength(c), lettering) for c in text) / self.scale


def _quad_around(boxes: Points) -> Points:
    """Corners clockwise from the top left around boxes (n, 4) of left, top, right, bottom."""
    left, top = boxes[:, :2].min(axis=0)
    right, bottom = boxes[:, 2:].max(axis=0)
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def union(quads: list[Points]) -> Points:
    """The axis-parallel quad around several."""
    points = np.concatenate(quads)
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
