"""Square seals: their characters stand in columns, read from the right, found as short lines below each other."""

from __future__ import annotations

from collections.abc import Sequence

from idcard_core.fields.lines import Glyph
from idcard_core.text.characters import is_han

WIDEST = 4
"""Columns of a seal."""
ALIGNED = 0.5
"""Ems that the characters of a column may stand beside each other."""
APART = 1.7
"""Ems from a row to the next, at most."""

Stretch = Sequence[Glyph]


def read_columns(stretches: Sequence[Stretch], em: float) -> list[list[Glyph]]:
    """The glyphs of each block of characters in columns, in the order they are read; ``em``: about a character."""
    rows = sorted((list(s) for s in stretches if _is_row(s)), key=lambda row: row[0].y)
    blocks: list[list[list[Glyph]]] = []
    for row in rows:
        block = next((block for block in blocks if _goes_on(block[-1], row, em)), None)
        if block is None:
            blocks.append([row])
        else:
            block.append(row)
    return [[row[at] for at in reversed(range(len(b[0]))) for row in b] for b in blocks if len(b) > 1]


def _is_row(stretch: Stretch) -> bool:
    return 1 < len(stretch) <= WIDEST and all(is_han(glyph.text) for glyph in stretch)


def _goes_on(row: Stretch, below: Stretch, em: float) -> bool:
    if len(row) != len(below):
        return False
    down = below[0].y - row[0].y
    beside = max(abs(upper.x - lower.x) for upper, lower in zip(row, below, strict=True))
    return 0.5 * em < down < APART * em and beside < ALIGNED * em
