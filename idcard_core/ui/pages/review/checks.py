"""What the rules say of a card's values, typed or read: a note for each field, and marks for the number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from idcard_core.card import FieldName, Finding, Severity, Side
from idcard_core.fields.rules.findings import back_findings, front_findings, pair_findings
from idcard_core.judge.review import DISAGREES, UNLAWFUL
from idcard_core.store.review.project import Place
from idcard_core.ui.findings import sentence
from idcard_core.ui.look import Tone
from idcard_core.ui.pages.review.answer import ReadCard
from idcard_core.ui.strings import Texts

_SAID_BY_MARKS = frozenset({"region", "age"})
"""Findings that the number's marks tell already."""


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about a field, or a short mark."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Checks:
    """What is said of the fields, and the marks below each card's number."""

    notes: Mapping[Place, tuple[Note, ...]]
    marks: Mapping[int, tuple[Note, ...]]


def check(cards: Sequence[ReadCard], values: Mapping[Place, str], texts: Texts) -> Checks:
    """The rules applied to ``values``."""
    of_card = [{read.name: values.get((at, read.name), "") for read in card.fields} for at, card in enumerate(cards)]
    found: dict[int, list[Finding]] = {}
    marks: dict[int, tuple[Note, ...]] = {}
    for at, card in enumerate(cards):
        if card.side is Side.FRONT:
            found[at] = list(front_findings(of_card[at]))
            marks[at] = _marks(of_card[at], found[at], texts)
        else:
            found[at] = list(back_findings(of_card[at]))
    if sorted(card.side.value for card in cards) == sorted(side.value for side in Side):
        front_at, back_at = (next(at for at, card in enumerate(cards) if card.side is side) for side in Side)
        found[back_at] += pair_findings(of_card[front_at], of_card[back_at])
    return Checks(_notes(found, texts), marks)


def _notes(found: Mapping[int, Sequence[Finding]], texts: Texts) -> dict[Place, tuple[Note, ...]]:
    """Warnings before the rest."""
    notes: dict[Place, list[Note]] = {}
    for at, findings in found.items():
        for finding in sorted(findings, key=lambda finding: finding.severity is not Severity.WARNING):
            if finding.field is not None and finding.code not in _SAID_BY_MARKS:
                notes.setdefault((at, finding.field), []).append(Note(sentence(finding, texts), _tone(finding)))
    return {place: tuple(said) for place, said in notes.items()}


def _tone(finding: Finding) -> Tone:
    if finding.code in UNLAWFUL | DISAGREES:
        return Tone.BAD
    return Tone.FAIR if finding.severity is Severity.WARNING else Tone.QUIET


def _marks(values: Mapping[FieldName, str], findings: Sequence[Finding], texts: Texts) -> tuple[Note, ...]:
    """Length, check character, birth date, sex and region of a number; grey where there is nothing to hold against."""
    number = values.get(FieldName.IDCARDNO, "")
    by_code = {finding.code: finding for finding in findings}
    length = texts("review.mark.length", count=len(number))
    if not number or "number_shape" in by_code:
        shape = Note(length, Tone.BAD if number else Tone.QUIET)
        return (
            shape,
            *(Note(texts(f"review.mark.{name}"), Tone.QUIET) for name in ("check", "birth", "sex", "region")),
        )

    def mark(name: str, wrong: Sequence[str], known: bool = True) -> Note:
        tone = Tone.QUIET if not known else Tone.BAD if any(code in by_code for code in wrong) else Tone.GOOD
        return Note(texts(f"review.mark.{name}"), tone)

    birthday, sex = values.get(FieldName.BIRTHDAY, ""), values.get(FieldName.SEX, "")
    return (
        Note(length, Tone.GOOD),
        mark("check", ["checksum"]),
        mark("birth", ["number_birth", "birth_disagrees", "birth_unreal", "age_implausible"], bool(birthday)),
        mark("sex", ["sex_disagrees"], bool(sex)),
        _region(by_code, texts),
    )


def _region(by_code: Mapping[str, Finding], texts: Texts) -> Note:
    if "region" in by_code:
        return Note(by_code["region"].values["name"], Tone.GOOD)
    known = "number_province" in by_code or "region_unknown" in by_code or "region_not_in_force" in by_code
    return Note(texts("review.mark.region"), Tone.FAIR if known else Tone.QUIET)
