"""The two columns of a portrait side: labels, and right of them the values, which all begin at one place.

Coordinates are of the card frame (856 x 540).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from idcard_core.fields.lines import Glyph, Line
from idcard_core.fields.rows import Row, widened
from idcard_core.text.characters import is_han

LABEL_COLUMN_END = 125.0
"""Where the column of labels usually ends and the values begin."""
VALUES_LEFT = 95.0
"""No value begins left of it, the widest margin of a row included."""
BEFORE_COLUMN, IN_COLUMN = 0.6, 0.45
"""Row heights: what stands so far left of the column in which all values begin is none of a value, where something
stands no farther from that column than the second."""
FOREIGN_LETTERS = 3
"""Letters before the first Chinese character from which they are a label of another script."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the column of labels ends, and where the first characters of values stand; None when too few tell."""

    labels_end: float
    values: float | None

    @classmethod
    def of(cls, by_role: Mapping[str, Sequence[Line]], labels: Iterable[tuple[str, str]]) -> Columns:
        """Told by the rows whose label was read whole, and by an address's further lines; ``labels``: (role, label)."""
        ends, firsts = [], []
        for role, label in labels:
            for line in by_role.get(role, [])[:1]:
                if label and line.text.startswith(label) and len(line.glyphs) > len(label):
                    last, first = line.glyphs[len(label) - 1], line.glyphs[len(label)]
                    ends.append((last.x + first.x) / 2)
                    if is_han(first.text):  # a year's digits stand anywhere in their room
                        firsts.append(first.x)
        firsts += [line.glyphs[0].x for line in by_role.get("address_more", ()) if is_han(line.glyphs[0].text)]
        return cls(median(ends) if ends else LABEL_COLUMN_END, median(firsts) if len(firsts) > 1 else None)

    def begun(self, glyphs: tuple[Glyph, ...], height: float) -> tuple[Glyph, ...]:
        """``glyphs`` of a row without what stands left of the column of values: ink that runs over the label."""
        if self.values is None:
            return glyphs
        inside = [glyph.x > self.values - BEFORE_COLUMN * height for glyph in glyphs]
        first = inside.index(True) if any(inside) else 0
        return glyphs[first:] if first and abs(glyphs[first].x - self.values) < IN_COLUMN * height else glyphs


def value_glyphs(line: Line, label: str, column_end: float) -> tuple[Glyph, ...]:
    """The glyphs of a row that come after its label."""
    if label and line.text.startswith(label):
        return line.glyphs[len(label) :]
    return tuple(glyph for glyph in line.glyphs if glyph.x > column_end)


def without_second_script(line: Line) -> Line:
    """``line`` without a label of another script that stands before Chinese values: in a row of its own it is left out,
    but the first of a name's two lines stands at its level."""
    first = next((at for at, glyph in enumerate(line.glyphs) if is_han(glyph.text)), len(line.glyphs))
    letters = sum(glyph.text.isalpha() for glyph in line.glyphs[:first])
    rest = line.glyphs[first:]
    if letters < FOREIGN_LETTERS or len(rest) < 2 or rest[0].x < VALUES_LEFT:
        return line
    begin = rest[0].x - 0.6 * line.row.height
    return replace(line, row=Row(widened(line.row.quad, line.row.left - begin, 0.0)), glyphs=rest)
