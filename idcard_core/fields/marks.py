"""Signs that something was written or stamped over a card: 仅限办理…使用, 复印无效, a company's seal.

Coordinates are of the card frame (856 x 540).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from idcard_core.card import FieldName, Points
from idcard_core.fields.lines import Line
from idcard_core.fields.placed import Placed, SideReading
from idcard_core.fields.roles import label_hits
from idcard_core.fields.rules.issuer import is_plausible_issuer
from idcard_core.fields.rules.nations import is_printed_nation
from idcard_core.text.characters import is_han
from idcard_core.text.engine import TextBox

NUMBER_LABEL = "公民身份号码"
WORDS = re.compile("仅限|仅供|仅用|只限|供.{0,6}使用|使用$|无效|复印|他用|专用|原件|核验|核对|业务|用途|办理|存档")
"""Words of marks that stand in no field of a card."""
SIGNS = re.compile(WORDS.pattern + "|公司|责任|有限|合同")
"""Words that are a reason to look closer; an address may have them (公司宿舍)."""
SLANT = 0.1
"""Slope against the common one of the card's print from which a line of text is none of it."""
LONG = 2.2
"""Times as long as high: a shorter box does not tell its slope."""
UNSURE = 0.75
"""A value less sure than this may have something over it."""
LONGEST_PLAIN_NAME = 4
SURE, LEAST_HAN = 0.7, 2
"""Confidence and number of Chinese characters from which a line is surely text."""


def shows_marks(boxes: Sequence[TextBox], lines: Sequence[Line], reading: SideReading) -> bool:
    """Whether a card whose ``lines`` read like this should be looked at for marks."""
    if any(SIGNS.search(line.text) for line in lines):
        return True
    if any(_is_odd(name, placed) for name, placed in reading.fields.items()):
        return True
    used = {id(line) for part in reading.lines.values() for line in part}
    if any(_is_foreign(line) for line in lines if id(line) not in used):
        return True
    return any(is_slanted(box.quad, 0.0) for box in boxes)


def _is_foreign(line: Line) -> bool:
    """Whether a line without a role was surely read; the number's label has none either, and a lost one may be odd."""
    is_label = label_hits(line.text, NUMBER_LABEL) >= 3
    return not is_label and line.confidence >= SURE and sum(is_han(char) for char in line.text) >= LEAST_HAN


def _is_odd(name: FieldName, placed: Placed) -> bool:
    """Whether a value is not as such values are: unsure, of the wrong kind, or with more than belongs to it."""
    text = placed.value.text
    if not text or placed.value.confidence < UNSURE:
        return True
    if name is FieldName.NATION:
        return not is_printed_nation(text)
    if name is FieldName.NAME:
        return len(text) > LONGEST_PLAIN_NAME and "·" not in text
    return name is FieldName.GOV and not is_plausible_issuer(text)


def is_slanted(quad: Points, slope: float) -> bool:
    """Whether a line of text in ``quad`` leans against print of ``slope`` (dy/dx); a box too short tells nothing."""
    along, across = quad[1] - quad[0], quad[3] - quad[0]
    length, height = float(np.hypot(*along)), float(np.hypot(*across))
    turn = np.arctan2(along[1], along[0]) - np.arctan(slope)
    return length > LONG * height and abs(float(np.tan(turn))) > SLANT
