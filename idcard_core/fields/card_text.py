"""What was read on one card, and how sure each value of it is.

Coordinates are of the card frame (856 x 540).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from idcard_core.card import FieldName, Side
from idcard_core.fields import front
from idcard_core.fields.confidence import Evidence, confidence, evidence_of
from idcard_core.fields.lines import Line
from idcard_core.fields.marks.choice import is_covered
from idcard_core.fields.placed import Placed, SideReading
from idcard_core.locate.view import CardView
from idcard_core.text.characters import is_han

DATES = frozenset({FieldName.BEGINDATE, FieldName.ENDDATE})
"""The two dates of one row."""
TEMPORARY, ID_CARD = "临时", "身份证"
"""What the title of a temporary card says."""
SURE_SCORE = 9.0
"""Evidence (log odds) with which a reading is surely of a card that stands upright."""
LEAST_SCORE = 3.5
"""Evidence below which a reading is not taken for one of a card at all."""
LIKELY_TEXT, LEAST_HAN = 0.6, 3
"""Confidence and number of ideographs of a line that may be part of a value, though it got no role."""
MOST_SURE_HALF_SEEN = 0.4
"""The highest confidence of a value with something over it that it could not be read through, and of a lone date."""


@dataclass(frozen=True, slots=True, eq=False)
class CardText:
    """What was read on a card, taken to be ``side``."""

    view: CardView
    side: Side
    reading: SideReading
    lines: tuple[Line, ...]
    marks: tuple[str, ...] = ()
    """What is written or stamped over the card."""

    @property
    def fields(self) -> Mapping[FieldName, Placed]:
        """The values of its side."""
        return self.reading.fields

    @property
    def score(self) -> float:
        """The evidence that it is this side, upright (log odds)."""
        return self.reading.score

    @property
    def is_sure(self) -> bool:
        """Whether it is surely a card that stands upright."""
        return self.score >= SURE_SCORE

    @property
    def is_whole(self) -> bool:
        """Whether every field was read that it has."""
        return self.values_read == len(self.fields) or self.is_title_side

    @property
    def is_named_temporary(self) -> bool:
        """Whether the title of a temporary card is on it."""
        return any(TEMPORARY in line.text and ID_CARD in line.text for line in self.lines)

    @property
    def is_title_side(self) -> bool:
        """Whether it is the side of a temporary card that has its title and no values."""
        return self.side is Side.BACK and self.values_read == 0 and self.is_named_temporary

    @property
    def values_read(self) -> int:
        """How many of its fields something was read of."""
        return sum(bool(placed.value.text) for placed in self.fields.values())

    @property
    def is_card(self) -> bool:
        """Whether enough was read to call it an identity card."""
        return self.score >= LEAST_SCORE

    def evidence(self, name: FieldName) -> Evidence:
        """What speaks for and against the value of a field."""
        return evidence_of(name, self.fields, self.view.pixels_across, marked=bool(self.marks))

    def confidence(self, name: FieldName) -> float:
        """How sure the value of a field is; 0 of none."""
        if not self.fields[name].value.text:
            return 0.0
        sure = confidence(name, self.evidence(name))
        half_seen = name in self.covered or name in overlooked_fields(self) or self._is_lone_date(name)
        return min(sure, MOST_SURE_HALF_SEEN) if half_seen else sure

    def _is_lone_date(self, name: FieldName) -> bool:
        """Whether it is the only date that was read: nobody knows whether it is the first or the last then."""
        return name in DATES and any(not self.fields[date].value.text for date in DATES & self.fields.keys())

    @property
    def covered(self) -> frozenset[FieldName]:
        """The fields that could not be read for what lies over them."""
        if not self.marks:
            return frozenset()
        return frozenset(
            name for name, placed in self.fields.items() if is_covered(placed.value) or self._is_lone_date(name)
        )


def overlooked_fields(text: CardText) -> frozenset[FieldName]:
    """The fields that a line without a role may be part of: it was read as text, and stands among theirs."""
    if text.side is not Side.FRONT or text.marks:
        return frozenset()
    used = {id(line) for found in text.reading.lines.values() for line in found}
    found: set[FieldName] = set()
    for line in text.lines:
        if id(line) in used or not front.may_be_of_a_field(line) or line.confidence < LIKELY_TEXT:
            continue
        if sum(map(is_han, line.text)) >= LEAST_HAN:
            found.update(front.fields_beside(line, text.reading))
    return frozenset(found)
