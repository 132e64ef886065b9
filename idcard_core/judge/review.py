"""Which fields of a card a person should look at again, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from idcard_core.card import FIELDS, Doubt, Field, FieldName, Finding, Reason, Side

LEAST_CONFIDENCE = 0.96
"""Fields less sure than this are doubted. On 482 cards by another renderer, 5 of them misread, that told all 5 and 7.5
% of the right ones; 0.95 told 4 and 4.4 %, 0.97 told 5 and 13 %."""
UNLAWFUL = frozenset(
    {
        *("number_shape", "number_province", "number_birth", "checksum", "birth_unreal", "nation_unknown"),
        *("begin_unreal", "end_unreal", "begin_not_before_end", "issuer_unusual"),
    }
)
"""Codes of findings that a value breaks a rule of its own kind."""
DISAGREES = frozenset({"birth_disagrees", "sex_disagrees"})
"""Codes of findings that two values contradict each other."""


def doubts_of(
    side: Side, fields: Sequence[Field], findings: Sequence[Finding], covered: Collection[FieldName] = ()
) -> tuple[Doubt, ...]:
    """The doubts about a card's fields, in the order the fields are printed; a field may be doubted twice.

    ``covered`` are the fields with a mark over them that they could not be read through.
    """
    found = [*_of_fields(side, fields, covered), *_of_findings(findings)]
    order = {name: number for number, name in enumerate(FieldName)}
    return tuple(sorted(dict.fromkeys(found), key=lambda doubt: order[doubt.field]))


def _of_fields(side: Side, fields: Sequence[Field], covered: Collection[FieldName]) -> Iterator[Doubt]:
    by_name = {field.name: field for field in fields}
    for name in dict.fromkeys((*FIELDS[side], *by_name)):
        field = by_name.get(name)
        if name in covered:
            yield Doubt(name, Reason.COVERED)
        elif field is None or not field.text:
            yield Doubt(name, Reason.NOT_READ)
        elif field.confidence < LEAST_CONFIDENCE:
            yield Doubt(name, Reason.LOW_CONFIDENCE)


def _of_findings(findings: Sequence[Finding]) -> Iterator[Doubt]:
    for finding in findings:
        if finding.field is not None and finding.code in UNLAWFUL:
            yield Doubt(finding.field, Reason.UNLAWFUL)
        elif finding.field is not None and finding.code in DISAGREES:
            yield Doubt(finding.field, Reason.DISAGREES)
