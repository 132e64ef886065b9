"""The six fields of the portrait side, from its lines of print.

The rows are given their roles by the printed labels, by what stands in them and by where they stand (``roles``);
inside a row the value begins where the column of labels ends. Coordinates are of the card frame (856 x 540).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from idcard_core.card import FieldName
from idcard_core.fields import values
from idcard_core.fields.back import ISSUER_LABEL, VALIDITY_LABEL, read_back
from idcard_core.fields.columns import VALUES_LEFT, Columns, value_glyphs, without_second_script
from idcard_core.fields.lines import Glyph, Line, bounding_quad, without_strays
from idcard_core.fields.placed import Expected, Placed, SideReading
from idcard_core.fields.roles import OTHER, Role, assign, label_hits
from idcard_core.fields.rows import Row
from idcard_core.fields.values import EMPTY, Part, Value
from idcard_core.text.characters import NAME_DOT, is_han

NUMBER_LABEL = "公民身份号码"
NATION_LABEL_X = 290.0
"""Where the label 民族 is usually centred."""
PORTRAIT_LEFT = 530.0
"""Text of the fields above the number ends left of the portrait."""
FULL_LINE = 0.86
"""Part of the way to the portrait that a line of eleven characters reaches."""
FULL_COUNT = 11
"""Characters on a full line of an address."""
LINE_PITCH = 44.0
"""Usual distance of two address lines."""
DIGITS_OF_NUMBER = 11
"""A row with so many digits on end is the id number's: an address or a date has fewer."""
LONG_NAME = 8
"""Characters of a name, from which it may go on in a second line."""
SURE_MORE = 0.9
"""Mean probability of the characters of that line: lines of a second script are read less surely."""
WIDE_APART = 1.6
"""Times as far as the characters of other values those of a birth date may stand apart."""
_DIGITS = re.compile(r"[0-9X]+")

ADDRESS_WORDS = tuple((word, 0.4) for word in "省市县区州旗镇乡街路村号")
ROLES = (
    # A name of two lines has its label beside the middle of both.
    Role("name_above", "", 52, frozenset({"top"}), base=0.4, column=VALUES_LEFT, next_within=LINE_PITCH),
    Role("name", "姓名", 72, frozenset({"top", "name", "name_above"}), base=0.5),
    Role(
        "sex_nation",
        "性别",
        132,
        frozenset({"top", "name"}),
        (("民", 1.0), ("族", 1.0), ("男", 1.2), ("女", 1.2)),
        base=0.0,
    ),
    Role(
        "birth",
        "出生",
        194,
        frozenset({"top", "name", "sex_nation"}),
        (("年", 1.0), ("月", 1.0), ("日", 1.0), ("19", 0.5), ("20", 0.5)),
    ),
    Role("address", "住址", 260, frozenset({"top", "name", "sex_nation", "birth"}), ADDRESS_WORDS, base=0.3),
    Role("address_more", "", None, frozenset({"address", "address_more"}), base=0.8),
)


EXPECTED = (
    Expected("name", (FieldName.NAME,), 30, 500, 72),
    Expected("sex_nation", (FieldName.SEX, FieldName.NATION), 30, 500, 132),
    Expected("birth", (FieldName.BIRTHDAY,), 30, 500, 194),
    Expected("address", (FieldName.ADDRESS,), 30, 540, 260),
    Expected("number", (FieldName.IDCARDNO,), 250, 810, 463, 52),
)


def read_front(lines: Sequence[Line]) -> SideReading:
    """Assign and decode the fields of a portrait side."""
    lines = [without_second_script(line) for line in lines]
    number = _number_line(lines)
    items = _items_of_back(lines, number)
    above = [line for line in lines if line is not number and line not in items and _may_be_field(line, number)]
    roles, score = assign(above, ROLES)
    by_role: dict[str, list[Line]] = {}
    for line, role in zip(above, roles, strict=True):
        if role != OTHER:
            by_role.setdefault(role, []).append(line)
    column = Columns.of(by_role, ((role.name, role.label) for role in ROLES))
    if (more := _name_goes_on(lines, by_role)) is not None:
        by_role["name"] = [*by_role.get("name", []), more]
    fields = {
        FieldName.NAME: _text(
            [*by_role.get("name_above", []), *by_role.get("name", [])], "姓名", column, values.of_name
        ),
        **_sex_and_nation(by_role.get("sex_nation", []), column.labels_end),
        FieldName.BIRTHDAY: _birthday(by_role.get("birth", []), column.labels_end),
        FieldName.ADDRESS: _address(by_role, column),
        FieldName.IDCARDNO: _number(number),
    }
    if number is not None:
        if items:
            fields |= dict(read_back(items).fields)
        score += 6.0
    score += sum(label_hits(line.text, NUMBER_LABEL) for line in lines if line is not number and line not in above)
    if number is not None:
        by_role["number"] = [number]
    return SideReading(fields, by_role, score)


def may_be_of_a_field(line: Line) -> bool:
    """Whether a line stands left of the portrait and is not the number's label."""
    return bool(line.glyphs) and line.row.left < PORTRAIT_LEFT and label_hits(line.text, NUMBER_LABEL) < 3


def fields_beside(line: Line, reading: SideReading) -> tuple[FieldName, ...]:
    """The fields of the row above the number that is nearest to a line without a role; none when all are far away."""
    rows = [
        (abs(found.row.middle - line.row.middle), place.fields)
        for place in EXPECTED
        if place.role != "number"
        for role in (place.role, f"{place.role}_above", f"{place.role}_more")
        for found in reading.lines.get(role, [])
    ]
    away, fields = min(rows, key=lambda row: row[0], default=(LINE_PITCH, ()))
    return fields if away < 1.3 * LINE_PITCH else ()


def rows_that_may_go_on(reading: SideReading) -> list[Row]:
    """The places of one more line of a name and of an address, where the last one found is full.

    A line of a single character is easily overlooked.
    """
    return [*_row_below_name(reading), *_row_below_address(reading)]


def _row_below_name(reading: SideReading) -> list[Row]:
    """The place of a name's second line; empty where its first is no long one."""
    placed = reading.fields[FieldName.NAME]
    if len(placed.parts) != 1 or placed.quad is None or len(placed.parts[0][1]) < LONG_NAME:
        return []
    line, glyphs = placed.parts[0]
    left, right = glyphs[0].x - 0.8 * line.row.height, glyphs[0].x + 3.2 * line.row.height
    middle = glyphs[0].y + 0.9 * LINE_PITCH
    top, bottom = middle - line.row.height / 2, middle + line.row.height / 2
    return [Row(np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32))]


def _name_goes_on(lines: Sequence[Line], by_role: Mapping[str, Sequence[Line]]) -> Line | None:
    """The second line of a long name, which stands below the first's beginning and has no role yet."""
    first = [line for role in ("name_above", "name") for line in by_role.get(role, [])]
    values_of = [
        [glyph for glyph in line.glyphs if glyph.x > VALUES_LEFT and glyph.text not in "姓名"] for line in first
    ]
    longest = max(values_of, key=len, default=[])
    if len(longest) < LONG_NAME or sum(bool(glyphs) for glyphs in values_of) != 1:
        return None
    taken = {id(line) for found in by_role.values() for line in found}
    start = longest[0]
    for line in lines:
        is_new = id(line) not in taken and line.glyphs and line.confidence >= SURE_MORE
        if not is_new or not all(is_han(glyph.text) or glyph.text == NAME_DOT for glyph in line.glyphs):
            continue
        down = line.glyphs[0].y - start.y
        if 0.6 * LINE_PITCH < down < 1.2 * LINE_PITCH and abs(line.glyphs[0].x - start.x) < 0.7 * line.row.height:
            return line
    return None


def _row_below_address(reading: SideReading) -> list[Row]:
    """The place of one more address line; nothing else can stand between the address and the number."""
    lines = [line for role in ("address", "address_more") for line in reading.lines.get(role, [])]
    number = reading.lines.get("number", [])
    if not lines or not _is_full(lines[-1]):
        return []
    last = lines[-1].row
    pitch = last.middle - lines[-2].row.middle if len(lines) > 1 else LINE_PITCH
    if not 0.5 * LINE_PITCH < pitch < 1.6 * LINE_PITCH:
        pitch = LINE_PITCH
    if number and last.middle + 1.6 * pitch > number[0].row.middle:
        return []
    quad = last.quad + np.array([0, pitch], np.float32)
    along = (quad[1] - quad[0]) / max(1.0, last.right - last.left)
    placed = reading.fields[FieldName.ADDRESS].quad
    left = last.left if placed is None else float(placed[0, 0])
    begin = max(0.0, left - last.left - 0.3 * last.height)
    length = min(last.right - last.left, begin + 4.0 * last.height)
    corners = [quad[0] + begin * along, quad[0] + length * along, quad[3] + length * along, quad[3] + begin * along]
    return [Row(np.array(corners, np.float32))]


def _is_full(line: Line) -> bool:
    """Whether the text goes on below; lines are broken at a width, or after so many characters, or within a number."""
    value = [glyph for glyph in line.glyphs if glyph.x > VALUES_LEFT]
    if value and value[-1].text == "-":
        return True
    return line.row.right >= FULL_LINE * PORTRAIT_LEFT or len(value) >= FULL_COUNT


def _number_line(lines: Sequence[Line]) -> Line | None:
    """The line with the longest run of digits; the dates of a temporary card, below it, have dots between theirs."""
    longest = {id(line): max(map(len, _DIGITS.findall(line.text)), default=0) for line in lines}
    candidates = [line for line in lines if longest[id(line)] >= DIGITS_OF_NUMBER]
    return max(candidates, key=lambda line: longest[id(line)], default=None)


def _items_of_back(lines: Sequence[Line], number: Line | None) -> list[Line]:
    """The lines of issuer and validity, which a temporary card has below its number, or between address and number;
    none for any other card."""
    labelled = [
        line for line in lines if any(label_hits(line.text, label) >= 3 for label in (ISSUER_LABEL, VALIDITY_LABEL))
    ]
    if number is None or not labelled:
        return []
    top = min(line.row.middle - 0.3 * line.row.height for line in labelled)
    return [
        line
        for line in lines
        if line is not number and line.row.middle > top and not label_hits(line.text, NUMBER_LABEL) >= 3
    ]


def _may_be_field(line: Line, number: Line | None) -> bool:
    if number is not None and line.row.middle > number.row.middle - 0.7 * number.row.height:
        return False
    return may_be_of_a_field(line)


def _birthday(lines: Sequence[Line], column_end: float) -> Placed:
    """A birth date, whose digits stand far apart where 月 was not seen between them."""
    parts: list[Part] = [
        (line, without_strays(value_glyphs(line, "出生", column_end), WIDE_APART * line.row.height)) for line in lines
    ]
    return _joined(parts, values.of_birthday)


def _text(lines: Sequence[Line], label: str, column: Columns, decode: Callable[[Sequence[Part]], Value]) -> Placed:
    """Text over one or several rows, joined."""
    parts: list[Part] = []
    for line in lines:
        glyphs = column.begun(value_glyphs(line, label, column.labels_end), line.row.height)
        parts.append((line, without_strays(glyphs, line.row.height)))
    return _joined(parts, decode)


def _joined(parts: Sequence[Part], decode: Callable[[Sequence[Part]], Value]) -> Placed:
    parts = [(line, glyphs) for line, glyphs in parts if glyphs]
    if not parts:
        return Placed(EMPTY)
    return Placed(decode(parts), bounding_quad(line.quad_of(glyphs) for line, glyphs in parts), tuple(parts))


def _address(by_role: dict[str, list[Line]], column: Columns) -> Placed:
    return _text([*by_role.get("address", []), *by_role.get("address_more", [])], "住址", column, values.of_address)


def _sex_and_nation(lines: Sequence[Line], column_end: float) -> dict[FieldName, Placed]:
    """The row ``性别 男 民族 汉``, which may have been read in one piece or in several."""
    sex, nation = Placed(EMPTY), Placed(EMPTY)
    for line in lines:
        glyphs = line.glyphs
        start, end = _nation_label(glyphs)
        before = value_glyphs(line, "性别", column_end)
        before = tuple(glyph for glyph in before if glyph in glyphs[:start])
        if before and not sex.value.text:
            sex = Placed(values.of_sex(line, before[:1]), line.quad_of(before[:1]), ((line, before[:1]),))
        if glyphs[end:] and not nation.value.text:
            nation = Placed(values.of_nation(line, glyphs[end:]), line.quad_of(glyphs[end:]), ((line, glyphs[end:]),))
    return {FieldName.SEX: sex, FieldName.NATION: nation}


def _nation_label(glyphs: Sequence[Glyph]) -> tuple[int, int]:
    """Where in the row the label 民族 begins and ends (indices)."""
    text = "".join(glyph.text for glyph in glyphs)
    if (found := text.find("民族")) >= 0:
        return found, found + 2
    if (found := text.find("族")) >= 0 and found < len(text) - 1:
        return max(0, found - 1), found + 1
    if (found := text.find("民")) >= 0:
        return found, min(found + 2, len(text))
    split = next((n for n, glyph in enumerate(glyphs) if glyph.x > NATION_LABEL_X - 45), len(glyphs))
    # Where nothing comes after the label's place, the label was not seen, and what stands there is the nation.
    return split, next((n for n, glyph in enumerate(glyphs) if glyph.x > NATION_LABEL_X + 45), split)


def _number(line: Line | None) -> Placed:
    if line is None:
        return Placed(EMPTY)
    digits = [glyph for glyph in line.glyphs if glyph.text.isdigit() or glyph.text in "Xx"]
    return Placed(values.of_number(line, line.glyphs), line.quad_of(digits), ((line, digits),))
