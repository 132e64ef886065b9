"""Reads a card's print through what was written or stamped over it.

Rows are found and read on the card's black print alone (see ``ink``). The labels are often printed in a colour and are
not there any more: they are read on the card as it is, and put beside the print step by step. Coordinates are of the
card frame (856 x 540).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from idcard_core.fields.lines import Glyph, Line, line_of, steps_of
from idcard_core.fields.rows import Row, widened
from idcard_core.locate.view import CardView
from idcard_core.text.engine import LINE_HEIGHT, LineProbabilities, TextEngine

COLOURED = re.compile("姓名|性别|民族|出生|住址|公民身份号码|签发机关|有效期限|(?<=[0-9])[年月日]")
"""What is printed in the labels' colour."""
SAME_LEVEL = 0.5
"""Row heights between the middles of a label and its row."""
MOST_SHARED = 0.7
"""A row that shares more of its length with a longer one is part of it."""
FARTHEST_LABEL = 260.0
"""A label ends at most so far left of its value."""


def from_labels(rows: Sequence[Row], first: Sequence[Line]) -> list[Row]:
    """The rows, each begun where its label stands on one of the ``first`` lines."""
    labels = [glyphs[0] for line in first for glyphs in _labels(line) if len(glyphs) > 1]
    begun = [_begun(row, labels) for row in rows]
    return [row for row in begun if not any(_is_within(row, other) for other in begun if other is not row)]


def _is_within(row: Row, other: Row) -> bool:
    """Whether most of a row is part of a longer one."""
    if abs(row.middle - other.middle) > SAME_LEVEL * min(row.height, other.height):
        return False
    shared = min(row.right, other.right) - max(row.left, other.left)
    length, longer = row.right - row.left, other.right - other.left
    return shared > MOST_SHARED * length and length < longer


def _begun(row: Row, labels: Sequence[Glyph]) -> Row:
    starts = [
        label.x - 0.6 * row.height
        for label in labels
        if row.left - FARTHEST_LABEL < label.x < row.left
        and abs(label.y - row.middle + row.slope * ((row.left + row.right) / 2 - label.x)) < SAME_LEVEL * row.height
    ]
    return Row(widened(row.quad, row.left - min(starts), 0.0)) if starts else row


def read_print(alone: CardView, card: CardView, rows: Sequence[Row], engine: TextEngine) -> list[Line]:
    """Read each row on the print ``alone``, its coloured labels on the ``card`` itself; in the order of the rows."""
    strips = [view.cut(row.quad, LINE_HEIGHT) for view in (alone, card) for row in rows]
    seen = engine.recognize(strips)
    both = zip(rows, seen[: len(rows)], seen[len(rows) :], strict=True)
    return [line_of(row, _with_labels(black, line_of(row, all_ink))) for row, black, all_ink in both]


def _with_labels(black: LineProbabilities, line: Line) -> LineProbabilities:
    """What was seen of the black print, with the steps over labels as they were seen on the ``line`` of all ink."""
    probabilities = black.probabilities.copy()
    for glyphs in _labels(line):
        steps = steps_of(glyphs)
        probabilities[steps] = line.probabilities.probabilities[steps]
    return LineProbabilities(np.asarray(probabilities, np.float32), black.alphabet, black.steps_per_line)


def _labels(line: Line) -> Iterator[Sequence[Glyph]]:
    for found in COLOURED.finditer(line.text):
        yield line.glyphs[found.start() : found.end()]
