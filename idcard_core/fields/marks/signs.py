"""Signs that something was written or stamped over a card, told from what was read on it at first.

They cost next to nothing; a card that shows one is read again through the marks. On 150 pictures without marks the
signs of the layout (``_is_crowded``, slanting boxes) show on none. Coordinates are of the card frame (856 x 540).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from idcard_core.card import FieldName, Points
from idcard_core.fields.lines import Line
from idcard_core.fields.marks.words import SIGNS
from idcard_core.fields.placed import Placed, SideReading
from idcard_core.fields.roles import label_hits
from idcard_core.fields.rules.issuer import is_plausible_issuer
from idcard_core.fields.rules.nations import is_printed_nation
from idcard_core.text.characters import is_han
from idcard_core.text.engine import TextBox

NUMBER_LABEL = "公民身份号码"
OWN_WORDS = re.compile("中华人民共和国|居民身份证|签发|有效|公安|[0-9]{4}\\.")
"""What a card itself says outside its fields; a temporary one has the values of both sides on one."""
SEX_AND_NATION = re.compile("(性别)?[男女](民族.*)?|民族.*")
DATE = re.compile("(19|20)[0-9]{2}[-./年][0-9]{1,2}[-./月][0-9]")
"""A day, as stamps have it; addresses have none."""
SLANT, LONG_SLANT = 0.1, 0.035
"""Slopes against the other print from which a box is none of it: of short boxes, and of ones ``LONG`` times as long as
high."""
SHORT, LONG = 2.2, 4.0
"""Times as long as high. A box shorter than the one does not tell its slope."""
UNSURE = 0.75
"""A value with a character less sure than this may have something over it."""
LONGEST_PLAIN_NAME = 4
SURE, LEAST_HAN = 0.7, 2
"""Confidence and number of Chinese characters from which a line is surely text."""
WIDEST_PITCH = 60.0
"""Between the lines of one address; about 45 is usual, so a line is missing."""
FARTHEST_ADDRESS = 95.0
"""Between a birth date and the first line of an address; about 66 is usual, so a line is missing."""
TALLEST = 1.45
"""Times the height of the card's other rows: a row with more in it than print."""


def shows_marks(boxes: Sequence[TextBox], lines: Sequence[Line], reading: SideReading) -> bool:
    """Whether a card should be looked at for marks: ``boxes`` were found on it, and ``lines`` read, as ``reading``."""
    used = {id(line) for part in reading.lines.values() for line in part}
    return (
        any(SIGNS.search(line.text) for line in lines)
        or any(_is_odd(name, placed) for name, placed in reading.fields.items())
        or any(_is_foreign(line) for line in lines if id(line) not in used)
        or any(not SEX_AND_NATION.fullmatch(line.text) for line in reading.lines.get("sex_nation", ()))
        or _is_crowded(reading)
        or any(is_slanted(box.quad, _slope(boxes)) for box in boxes)
    )


def is_slanted(quad: Points, slope: float) -> bool:
    """Whether a line of text in ``quad`` leans against print of ``slope`` (dy/dx); a box too short tells nothing."""
    length, height = _size(quad)
    along = quad[1] - quad[0]
    turn = abs(float(np.tan(np.arctan2(along[1], along[0]) - np.arctan(slope))))
    return turn > LONG_SLANT if length > LONG * height else turn > SLANT and length > SHORT * height


def _is_foreign(line: Line) -> bool:
    """Whether a line without a role was surely read and is none of the card's own."""
    is_own = label_hits(line.text, NUMBER_LABEL) >= 3 or OWN_WORDS.search(line.text)
    return not is_own and line.confidence >= SURE and sum(is_han(char) for char in line.text) >= LEAST_HAN


def _is_odd(name: FieldName, placed: Placed) -> bool:
    """Whether a value is not as such values are: unsure, of the wrong kind, or with more than belongs to it."""
    text = placed.value.text
    if not text or placed.value.confidence < UNSURE:
        return True
    if name is FieldName.NATION:
        return not is_printed_nation(text)
    if name is FieldName.ADDRESS:
        return DATE.search(placed.value.raw) is not None
    if name is FieldName.NAME:
        return len(text) > LONGEST_PLAIN_NAME and "·" not in text
    return name is FieldName.GOV and not is_plausible_issuer(text)


def _is_crowded(reading: SideReading) -> bool:
    """Whether rows stand as print does not: a label without its value, a line missing, a row far too high."""
    by_role = {role: lines for role, lines in reading.lines.items() if role not in ("country", "title")}
    if any(lines[0].text == label for role, label in _LABELS.items() if (lines := by_role.get(role))):
        return True
    address = [line.row.middle for role in ("address", "address_more") for line in by_role.get(role, ())]
    if any(lower - upper > WIDEST_PITCH for upper, lower in pairwise(address)):
        return True
    if lacks_first_line(reading.fields):
        return True
    heights = [line.row.height for lines in by_role.values() for line in lines]
    return bool(heights) and max(heights) > TALLEST * float(np.median(heights))


def lacks_first_line(fields: Mapping[FieldName, Placed]) -> bool:
    """Whether there is room for a line between the birth date and the first line of the address that was read."""
    levels = [
        placed.parts[0][0].row.middle
        for name in (FieldName.BIRTHDAY, FieldName.ADDRESS)
        if (placed := fields.get(name)) is not None and placed.parts
    ]
    return len(levels) == 2 and levels[1] - levels[0] > FARTHEST_ADDRESS


_LABELS = {"name": "姓名", "birth": "出生", "address": "住址"}


def _slope(boxes: Sequence[TextBox]) -> float:
    """The slope (dy/dx) that most of the long boxes share."""
    slopes = [
        float(along[1] / along[0])
        for box in boxes
        for length, height in [_size(box.quad)]
        for along in [box.quad[1] - box.quad[0]]
        if length > LONG * height and along[0] > 0
    ]
    return float(np.median(slopes)) if slopes else 0.0


def _size(quad: Points) -> tuple[float, float]:
    """Length and height."""
    return float(np.hypot(*(quad[1] - quad[0]))), float(np.hypot(*(quad[3] - quad[0])))
