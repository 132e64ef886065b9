"""Looks again where a value should stand and none was found: a detector overlooks short values (男, a name of two
characters).

The place follows from the card's own rows: what was found tells how far this card's print is off the usual places.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from idcard_core.fields.lines import Line
from idcard_core.fields.placed import Expected, SideReading
from idcard_core.fields.rows import Row


def rows_to_read_again(reading: SideReading, expected: Sequence[Expected]) -> list[Row]:
    """A row for each expected one of which a field is empty; none when too little was found to tell where."""
    found = [(place, reading.lines[place.role][0]) for place in expected if reading.lines.get(place.role)]
    if not found:
        return []
    shift = float(np.median([line.row.middle - place.y for place, line in found]))
    slope = float(np.median([line.row.slope for _, line in found]))
    return [
        _row(place, next((line for other, line in found if other is place), None), shift, slope)
        for place in expected
        if any(not reading.fields[name].value.text for name in place.fields)
    ]


def without(lines: Sequence[Line], rows: Sequence[Row]) -> list[Line]:
    """The lines that do not lie in one of ``rows``."""
    return [line for line in lines if not any(_covers(row, line.row) for row in rows)]


def _row(place: Expected, line: Line | None, shift: float, slope: float) -> Row:
    """The whole width of the place, at the height of what was found of the row, or else where the others say it is."""
    middle_x = (place.left + place.right) / 2
    if line is None:
        y, height = place.y + shift, place.height
    else:
        y = line.row.middle + (middle_x - (line.row.left + line.row.right) / 2) * slope
        height = max(line.row.height, place.height)
    left, right = y + (place.left - middle_x) * slope, y + (place.right - middle_x) * slope
    top, bottom = -height / 2, height / 2
    quad = [
        (place.left, left + top),
        (place.right, right + top),
        (place.right, right + bottom),
        (place.left, left + bottom),
    ]
    return Row(np.array(quad, np.float32))


def _covers(row: Row, other: Row) -> bool:
    return row.is_level_with(other) and other.right > row.left and other.left < row.right
