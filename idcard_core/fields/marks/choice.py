"""Which of two readings of a value to take: the one of the card as it is, or the one of its black print alone."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise, zip_longest

from idcard_core.card import FieldName
from idcard_core.fields.marks.signs import WIDEST_PITCH
from idcard_core.fields.marks.words import WORDS
from idcard_core.fields.placed import Placed
from idcard_core.fields.rules.dates import LONG_TERM, to_date
from idcard_core.fields.rules.issuer import is_plausible_issuer
from idcard_core.fields.rules.nations import is_printed_nation
from idcard_core.fields.rules.number import is_valid, parse
from idcard_core.fields.values import Value

ADDED = 2
"""Characters that one reading has more than the other, from which it does not matter which they are."""
THIN = frozenset("-一1·,.")
"""Characters of one stroke: a single one of these inside a value may well be print that the print alone has lost."""
EVIDENT_MARGIN, VAGUE_MARGIN = 0.05, 0.3
"""The print alone must be this much surer (probability of the least sure character): where there surely is a mark, and
where it is only suspected."""
GUESSED = frozenset({"nation_table", "two_sexes"})
"""Rules that take the likeliest of a list, whatever was read."""

LEAST_THROUGH = 0.6
"""Probability of its least sure character below which a value was not read through a mark but guessed."""


def choose(
    whole: Mapping[FieldName, Placed], alone: Mapping[FieldName, Placed], evident: bool
) -> dict[FieldName, Placed]:
    """The better of both readings of each field of ``whole``; ``evident``: there surely is a mark on the card."""
    in_number: dict[FieldName, str] = {}
    chosen: dict[FieldName, Placed] = {}
    for name in sorted(whole, key=lambda name: name is not FieldName.IDCARDNO):
        chosen[name] = _better(name, (whole[name], alone.get(name, whole[name])), in_number.get(name), evident)
        if name is FieldName.IDCARDNO and (parts := parse(chosen[name].value.text)) is not None:
            in_number = {FieldName.BIRTHDAY: parts.birthday, FieldName.SEX: parts.sex}
    return {name: chosen[name] for name in whole}


def _better(name: FieldName, readings: tuple[Placed, Placed], in_number: str | None, evident: bool) -> Placed:
    """``in_number`` is what the id number says the value is: it decides where one of the two agrees with it."""
    whole, alone = readings
    one, other = whole.value, alone.value
    if one.text == other.text:
        return whole if one.confidence >= other.confidence else alone
    if in_number in (one.text, other.text):
        return whole if one.text == in_number else alone
    if (lawful := is_lawful(name, other)) != is_lawful(name, one):
        return alone if lawful else whole
    if (one.rule in GUESSED) != (other.rule in GUESSED):
        return alone if one.rule in GUESSED else whole
    if (lost := _lacks_a_line(alone)) != _lacks_a_line(whole):
        return whole if lost else alone
    if evident and other.confidence >= LEAST_THROUGH and _is_freed(one.text, other.text):
        return alone
    # With ink taken away nothing is added: what the print alone has more of, a mark had hidden.
    if len(other.text) - len(one.text) >= ADDED and _is_part(one.text, other.text):
        return alone
    if len(alone.parts) > len(whole.parts) and _is_part(one.text, other.text):
        return alone
    margin = EVIDENT_MARGIN if evident else VAGUE_MARGIN
    return alone if other.confidence > one.confidence + margin else whole


def _is_freed(whole: str, alone: str) -> bool:
    """Whether ``alone`` is ``whole`` without what a mark added, or with what it hid."""
    if abs(len(whole) - len(alone)) >= ADDED:
        return True
    if len(alone) > len(whole):
        return _is_part(whole, alone)
    is_less = len(whole) > len(alone) and _is_part(alone, whole)
    return is_less and (whole.endswith(alone) or _added(alone, whole) not in THIN)


def _added(text: str, longer: str) -> str:
    """The first character that ``longer`` has and ``text`` has not at its place."""
    return next((more for more, less in zip_longest(longer, text) if more != less), "")


def _lacks_a_line(placed: Placed) -> bool:
    """Whether there is room for a line between two that a value was read from."""
    levels = [line.row.middle for line, _ in placed.parts]
    return any(lower - upper > WIDEST_PITCH for upper, lower in pairwise(levels))


def _is_part(text: str, of: str) -> bool:
    """Whether the characters of ``text`` all stand in ``of``, in their order."""
    rest = iter(of)
    return all(char in rest for char in text)


def is_lawful(name: FieldName, value: Value) -> bool:
    """Whether ``value`` is as a value of its kind is: nothing of a mark in it, a real date, a known nation."""
    text = value.text
    if not text or WORDS.search(text):
        return False
    if name is FieldName.NATION:
        return is_printed_nation(text)
    if name is FieldName.IDCARDNO:
        return is_valid(text)
    if name is FieldName.GOV:
        return is_plausible_issuer(text)
    if name in (FieldName.BIRTHDAY, FieldName.BEGINDATE, FieldName.ENDDATE):
        return to_date(text) is not None or text == LONG_TERM
    return True


def is_covered(value: Value) -> bool:
    """Whether a value of a card with marks on it is not to be relied on: lost, a mark's own words, or a guess."""
    return not value.text or WORDS.search(value.text) is not None or value.confidence < LEAST_THROUGH
