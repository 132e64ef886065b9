"""The three values of the national emblem side, from its lines of print. Coordinates are of the card frame (856 x
540)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from idcard_core.card import FieldName
from idcard_core.fields import values
from idcard_core.fields.lines import Glyph, Line, bounding_quad, without_strays
from idcard_core.fields.placed import Expected, Placed, SideReading
from idcard_core.fields.roles import OTHER, Role, assign, label_hits
from idcard_core.fields.values import EMPTY, Value

ISSUER_LABEL, VALIDITY_LABEL = "签发机关", "有效期限"
ISSUER_ROLES = ("issuer_above", "issuer", "issuer_more")
"""A long issuer takes two lines; its label stands beside either."""
LABEL_COLUMN_END = 345.0
"""Where the labels usually end and the values begin."""

NO_DIGITS = (("0", -1.5), ("2", -1.5))
"""Against a row of dates being a second line of the issuer."""
ROLES = (
    Role("country", "中华人民共和国", 120, frozenset({"top"})),
    Role("title", "居民身份证", 210, frozenset({"top", "country"})),
    Role(
        "issuer",
        ISSUER_LABEL,
        395,
        frozenset({"top", "country", "title", "issuer_above"}),
        (("公安", 1.5), ("局", 1.0)),
    ),
    Role(
        "issuer_above",
        "",
        360,
        frozenset({"top", "country", "title"}),
        (("市", 0.5), ("县", 0.5), ("自治", 0.5), *NO_DIGITS),
        base=0.2,
    ),
    Role("issuer_more", "", None, frozenset({"issuer", "issuer_more"}), (("局", 1.0), *NO_DIGITS), base=0.2),
    Role(
        "validity",
        VALIDITY_LABEL,
        462,
        frozenset({"top", "country", "title", "issuer_above", "issuer", "issuer_more"}),
        (("20", 0.7), (".", 1.0), ("-", 0.7), ("长期", 1.5)),
    ),
)


EXPECTED = (
    Expected("issuer", (FieldName.GOV,), 170, 830, 395),
    Expected("validity", (FieldName.BEGINDATE, FieldName.ENDDATE), 170, 830, 462),
)


def read_back(lines: Sequence[Line]) -> SideReading:
    """Assign and decode the values of an emblem side."""
    lines = [line for line in lines if line.glyphs]
    roles, score = assign(lines, ROLES)
    by_role: dict[str, list[Line]] = {}
    for line, role in zip(lines, roles, strict=True):
        if role != OTHER:
            by_role.setdefault(role, []).append(line)
    begin, end = _validity(by_role.get("validity", []))
    return SideReading(
        {
            FieldName.GOV: _issuer([line for role in ISSUER_ROLES for line in by_role.get(role, [])]),
            FieldName.BEGINDATE: begin,
            FieldName.ENDDATE: end,
        },
        by_role,
        score,
    )


def _after_label(line: Line, label: str, column_end: float) -> tuple[Glyph, ...]:
    """The glyphs after the label, which may have been misread or read apart."""
    if label_hits(line.text, label) == len(label):
        return line.glyphs[line.text.index(label[-1]) + 1 :]
    if label_hits(line.text, label) >= len(label) - 1:
        return line.glyphs[len(label) :]
    return tuple(glyph for glyph in line.glyphs if glyph.x > column_end)


def _issuer(lines: Sequence[Line]) -> Placed:
    labelled = [line for line in lines if label_hits(line.text, ISSUER_LABEL) >= len(ISSUER_LABEL) - 1]
    column_end = min([LABEL_COLUMN_END, *map(_label_end, labelled)])
    parts = [(line, without_strays(_after_label(line, ISSUER_LABEL, column_end), line.row.height)) for line in lines]
    parts = [(line, glyphs) for line, glyphs in parts if glyphs]
    if not parts:
        return Placed(EMPTY)
    return Placed(values.of_issuer(parts), bounding_quad(line.quad_of(glyphs) for line, glyphs in parts), tuple(parts))


def _label_end(line: Line) -> float:
    """Where the label of ``line`` ends and the values begin."""
    label, value = line.glyphs[: len(ISSUER_LABEL)], line.glyphs[len(ISSUER_LABEL) :]
    return (label[-1].x + value[0].x) / 2 if value else line.row.right


def _validity(lines: Sequence[Line]) -> tuple[Placed, Placed]:
    """Begin and end, each with its own part of the row."""
    line = max(lines, key=lambda line: sum(glyph.text.isdigit() for glyph in line.glyphs), default=None)
    if line is None:
        return Placed(EMPTY), Placed(EMPTY)
    first_digit = next((at for at, glyph in enumerate(line.glyphs) if glyph.text.isdigit()), len(line.glyphs))
    glyphs = line.glyphs[first_digit:]
    begin, end = values.of_validity(line, glyphs)
    split = _end_of_begin(glyphs)
    return _placed(line, begin, glyphs[:split]), _placed(line, end, glyphs[split:])


def _placed(line: Line, value: Value, glyphs: Sequence[Glyph]) -> Placed:
    """A value with the part of the row that is its own; as sure as that part."""
    own = replace(value, confidence=values.confidence_of(glyphs))
    return Placed(own, line.quad_of(glyphs) if glyphs else None, ((line, glyphs),) if glyphs else ())


def _end_of_begin(glyphs: Sequence[Glyph]) -> int:
    """The index after the eighth digit: the begin date always has eight."""
    digits = 0
    for index, glyph in enumerate(glyphs):
        digits += glyph.text.isdigit()
        if digits == 8:
            return index + 1
    return len(glyphs)
