"""A part of the picture read again, as the value of one field: where a reviewer has drawn a box."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from idcard_core.card import FieldName, Image, Points
from idcard_core.fields import values
from idcard_core.fields.lines import Line, line_of
from idcard_core.fields.rows import Row
from idcard_core.fields.rules.dates import parse_validity
from idcard_core.fields.values import Part, Value
from idcard_core.locate.view import cut_quad
from idcard_core.text.boxes import reading_quad
from idcard_core.text.engine import LINE_HEIGHT, TextEngine

LONGEST_PX, SHORTEST_PX = 1280, 8
"""Sides of what is looked at."""
SAME_ROW = 0.5
"""Of a line's height: boxes whose middles are nearer than this stand in one row."""
_SEVERAL_ROWS = frozenset({FieldName.NAME, FieldName.ADDRESS, FieldName.GOV})


def read_again(pixels: Image, quad: Points, name: FieldName, engine: TextEngine) -> str:
    """What stands inside ``quad`` (4, 2; clockwise from the text's own top left), read as field ``name``.

    Empty where nothing of that kind can be read.
    """
    across = float(np.hypot(*(quad[1] - quad[0])))
    down = float(np.hypot(*(quad[3] - quad[0])))
    if min(across, down) < SHORTEST_PX:
        return ""
    scale = min(1.0, LONGEST_PX / max(across, down))
    cut = cut_quad(pixels, quad, (round(across * scale), round(down * scale)))
    quads = _rows(cut, engine)
    strips = [cut_quad(cut, row, _strip_size(row)) for row in quads]
    lines = [line_of(Row(row), seen) for row, seen in zip(quads, engine.recognize(strips), strict=True)]
    return _value(name, [line for line in lines if line.glyphs])


def _rows(cut: Image, engine: TextEngine) -> list[Points]:
    """The lines of text in reading order; all of it where none is found, as of a single character."""
    height, width = cut.shape[:2]
    whole = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    found = [_level(box.quad) for box in engine.detect(cut)]
    if len(found) <= 1 and height < 0.6 * width:
        return [whole]  # drawn around one line: a detector would cut its ends short
    rows = sorted(found, key=lambda quad: float(quad[:, 1].mean()))
    ordered: list[list[Points]] = []
    for quad in rows:
        middle, tall = float(quad[:, 1].mean()), float(np.ptp(quad[:, 1]))
        if ordered and middle - float(ordered[-1][0][:, 1].mean()) < SAME_ROW * tall:
            ordered[-1].append(quad)
        else:
            ordered.append([quad])
    return [quad for row in ordered for quad in sorted(row, key=lambda quad: float(quad[:, 0].min()))] or [whole]


def _level(quad: Points) -> Points:
    """A box of a text that runs to the right, even where it is a single high character."""
    quad = reading_quad(quad)
    steep = abs(quad[1, 1] - quad[0, 1]) > abs(quad[1, 0] - quad[0, 0])
    return np.ascontiguousarray(np.roll(quad, 1, axis=0)) if steep else quad


def _strip_size(row: Points) -> tuple[int, int]:
    across, down = (float(np.hypot(*(row[to] - row[0]))) for to in (1, 3))
    return max(1, round(across / max(1.0, down) * LINE_HEIGHT)), LINE_HEIGHT


def _value(name: FieldName, lines: Sequence[Line]) -> str:
    if not lines:
        return ""
    parts: list[Part] = [(line, line.glyphs) for line in lines]
    longest = max(lines, key=lambda line: len(line.glyphs))
    if name in _SEVERAL_ROWS:
        decode = {
            FieldName.NAME: values.of_name,
            FieldName.ADDRESS: values.of_address,
            FieldName.GOV: values.of_issuer,
        }[name]
        return decode(parts).text.removeprefix(name.label)
    if name is FieldName.BIRTHDAY:
        return values.of_birthday(parts).text
    if name in (FieldName.BEGINDATE, FieldName.ENDDATE):
        return _date(name, longest.text)
    single: dict[FieldName, Value] = {
        FieldName.IDCARDNO: values.of_number(longest, longest.glyphs),
        FieldName.SEX: values.of_sex(longest, longest.glyphs),
        FieldName.NATION: values.of_nation(longest, longest.glyphs),
    }
    return single[name].text


def _date(name: FieldName, text: str) -> str:
    """One of the two dates, or the only one that is there."""
    period = parse_validity(text)
    one, other = (period.begin, period.end) if name is FieldName.BEGINDATE else (period.end, period.begin)
    return one or other
