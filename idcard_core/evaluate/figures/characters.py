"""Which characters are read as which others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from idcard_core.card import FieldName
from idcard_core.evaluate.outcomes import CardOutcome, FieldOutcome


@dataclass(frozen=True, slots=True)
class Slip:
    """``expected`` read as ``read``; one of them is empty for a character that was lost or put in."""

    expected: str
    read: str


@dataclass(frozen=True, slots=True)
class SlipCount:
    """How often a slip was made, and in which kinds of fields."""

    slip: Slip
    count: int
    fields: tuple[FieldName, ...]


def slips(expected: str, read: str) -> list[Slip]:
    """What turns ``expected`` into ``read`` in the fewest steps, from left to right."""
    return [step for step in aligned(expected, read) if step.expected != step.read] if expected != read else []


def aligned(expected: str, read: str) -> list[Slip]:
    """Both texts character beside character, those that agree included."""
    rows = [list(range(len(read) + 1))]
    for i, left in enumerate(expected, 1):
        row, above = [i], rows[-1]
        for j, right in enumerate(read, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (left != right)))
        rows.append(row)
    return _traced(expected, read, rows)


def slips_in(field: FieldOutcome) -> list[Slip]:
    """Those of a field; none of one that was not read at all, which says nothing of characters."""
    return slips(field.expected, field.read) if field.read else []


def count_slips(cards: Iterable[CardOutcome]) -> tuple[SlipCount, ...]:
    """All slips, the most frequent first."""
    counted: Counter[Slip] = Counter()
    fields: dict[Slip, set[FieldName]] = {}
    for card in cards:
        for field in card.fields:
            for slip in slips_in(field):
                counted[slip] += 1
                fields.setdefault(slip, set()).add(field.name)
    return tuple(
        SlipCount(slip, count, tuple(name for name in FieldName if name in fields[slip]))
        for slip, count in sorted(counted.items(), key=lambda item: (-item[1], item[0].expected, item[0].read))
    )


def _traced(expected: str, read: str, rows: list[list[int]]) -> list[Slip]:
    """Back along the cheapest way; a replacement before a loss, a loss before an insertion."""
    found: list[Slip] = []
    i, j = len(expected), len(read)
    while i or j:
        if i and j and rows[i][j] == rows[i - 1][j - 1] + (expected[i - 1] != read[j - 1]):
            i, j = i - 1, j - 1
            found.append(Slip(expected[i], read[j]))
        elif i and rows[i][j] == rows[i - 1][j] + 1:
            i -= 1
            found.append(Slip(expected[i], ""))
        else:
            j -= 1
            found.append(Slip("", read[j]))
    return found[::-1]
