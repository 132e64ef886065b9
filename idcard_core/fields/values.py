"""From the glyphs of a value to the value: reading under the value's own grammar, the plain reading kept beside it.

Each function answers a ``Value``. A lawful reading is preferred over an unlawful one of nearly the same probability,
never forced: see ``LAWFUL_MARGIN``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from idcard_core.fields.lines import Glyph, Line, steps_of
from idcard_core.fields.rules.dates import Validity, parse_birthday, parse_validity
from idcard_core.fields.rules.nations import NATIONS, UNRECOGNISED, is_printed_nation
from idcard_core.fields.rules.number import has_right_shape, is_valid
from idcard_core.fields.rules.validity import lawful_periods, term
from idcard_core.fields.toponyms import candidates, rescore
from idcard_core.text.characters import NAME_DOT, is_han, normalize, normalize_name
from idcard_core.text.decode import best_of, search

LAWFUL_MARGIN = 5.0
"""A lawful number is preferred while its log probability is at most this much below the best reading's (a factor of
150)."""
WEAK_NATION = -12.0
"""A nation less likely than this (log probability over its steps) is not taken from the table but left as read."""
WEAKEST = -40.0
"""Log probability that a period of validity counts with when its own reading cannot be scored at all."""
SURE_LETTERS = 0.9
"""Confidence from which letters are a name where no ideograph is; a pattern of lines is read as one less surely."""
NUMBER_LETTERS = tuple("0123456789X")
WIDE_GAP = 1.6
"""Times the usual distance of two characters: so far apart stand digits of two numbers."""
Part = tuple[Line, Sequence[Glyph]]
"""A piece of a value: the line it was read on, and its glyphs there."""

_WHOLE_DATE = re.compile(r"\d年\d+月\d+")
_ADDRESS_SIGNS = frozenset("-()#·、,/&")
_DIGIT_LIKE = re.compile(r"[0-9XxOoIl]")
_LEFT_OUT = re.compile(r"(?<![A-Za-z])[Xx]+(?![A-Za-z])")
"""What stands on specimens for characters left out (XX市公安局), in whichever case it was read."""
_ISSUER_PARTS = re.compile(r"X{2,}|[^X]")


@dataclass(frozen=True, slots=True)
class Value:
    """A value as reported, as plainly read, how sure the recogniser was, and the rule that changed it, if one did."""

    text: str
    raw: str
    confidence: float
    rule: str | None = None


EMPTY = Value("", "", 0.0)


def confidence_of(glyphs: Sequence[Glyph]) -> float:
    """The least sure character's probability: a value is right only when all its characters are."""
    return min((glyph.probability for glyph in glyphs), default=0.0)


def plain(glyphs: Sequence[Glyph]) -> str:
    """What was read, before any rule."""
    return "".join(glyph.plain for glyph in glyphs)


def of_text(glyphs: Sequence[Glyph]) -> Value:
    """A value of free text: simplified characters, half-width digits, no spaces."""
    raw = plain(glyphs)
    text = "".join(glyph.text for glyph in glyphs)
    return Value(normalize(text), raw, confidence_of(glyphs), "simplified" if normalize(raw) != text else None)


def of_name(parts: Sequence[Part]) -> Value:
    """A name: Han characters and the one dot; letters only where nothing else stands, as on specimens (Zhang San)."""
    value = of_text(_all(parts))
    text = "".join(char for char in normalize_name(value.text) if is_han(char) or char == NAME_DOT)
    if not text.strip(NAME_DOT) and value.confidence >= SURE_LETTERS:
        text = "".join(char for char in value.text if char.isascii() and char.isalpha())
    return Value(text.strip(NAME_DOT), value.raw, value.confidence, value.rule)


def of_address(parts: Sequence[Part]) -> Value:
    """An address: Han characters, digits, letters and the few signs that door numbers take."""
    value = _of_place(parts)
    text = "".join(
        char
        for char in _left_out(value.text)
        if is_han(char) or char in _ADDRESS_SIGNS or (char.isascii() and char.isalnum())
    )
    return Value(text.lstrip("-"), value.raw, value.confidence, value.rule)


def of_issuer(parts: Sequence[Part]) -> Value:
    """An issuing authority: Han characters, and XX where they are left out."""
    value = _of_place(parts)
    parts_read = _ISSUER_PARTS.findall(_left_out(value.text))
    return Value(
        "".join(part for part in parts_read if len(part) > 1 or is_han(part)), value.raw, value.confidence, value.rule
    )


def _left_out(text: str) -> str:
    """``text`` with a big X for each character left out."""
    return _LEFT_OUT.sub(lambda found: found[0].upper(), text)


def of_birthday(parts: Sequence[Part]) -> Value:
    """A birth date as ``YYYYMMDD``; a wide gap parts the digits where 年, 月 or 日 was lost."""
    glyphs = _all(parts)
    raw = plain(glyphs)
    text = raw if _WHOLE_DATE.search(raw) else _with_gaps(glyphs)
    return Value(parse_birthday(text), raw, confidence_of(glyphs))


def of_validity(line: Line, glyphs: Sequence[Glyph]) -> tuple[Value, Value]:
    """Begin and end of a period of validity; of two readings of nearly one probability, the one of a lawful length."""
    raw, sure = plain(glyphs), confidence_of(glyphs)
    read = parse_validity(raw)
    if not glyphs or term(read.begin, read.end) is not None:
        return Value(read.begin, raw, sure), Value(read.end, raw, sure)
    printed = {_as_printed(period): period for period in lawful_periods(read)}
    ranked = best_of(line.probabilities, [_as_printed(read), *printed], steps_of(glyphs))
    scores = dict(ranked)
    best = next((text for text, _ in ranked if text in printed), None)
    if best is None or scores[best] < scores.get(_as_printed(read), WEAKEST) - LAWFUL_MARGIN:
        return Value(read.begin, raw, sure), Value(read.end, raw, sure)
    period = printed[best]
    return tuple(  # type: ignore[return-value]
        Value(new, raw, sure, "term_rules" if new != old else None)
        for new, old in ((period.begin, read.begin), (period.end, read.end))
    )


def _as_printed(period: Validity) -> str:
    begin, end = (
        ".".join((day[:4], day[4:6], day[6:])) if day.isdigit() else day for day in (period.begin, period.end)
    )
    return f"{begin}-{end}"


def _of_place(parts: Sequence[Part]) -> Value:
    """Text with names of places in it: those decide between characters the recogniser wavers between."""
    value = of_text(_all(parts))
    seen = [candidates(line.probabilities, glyph) for line, glyphs in parts for glyph in glyphs]
    text = normalize("".join(rescore(seen)))
    return value if text == value.text else Value(text, value.raw, value.confidence, "place_names")


def _with_gaps(glyphs: Sequence[Glyph]) -> str:
    """The text with a space wherever two characters stand wider apart than usual."""
    gaps = [later.x - earlier.x for earlier, later in pairwise(glyphs)]
    wide = WIDE_GAP * median(gaps) if gaps else 0.0
    spaces = ["", *(" " if gap > wide else "" for gap in gaps)]
    return "".join(space + glyph.text for space, glyph in zip(spaces, glyphs, strict=True))


def _all(parts: Sequence[Part]) -> list[Glyph]:
    return [glyph for _, glyphs in parts for glyph in glyphs]


def of_number(line: Line, glyphs: Sequence[Glyph]) -> Value:
    """An id number among ``glyphs`` of ``line``."""
    run = _digit_run(glyphs)
    raw = plain(run)
    as_read = raw.upper()
    if not run or is_valid(as_read):
        return Value(as_read, raw, confidence_of(run))
    candidates = search(line.probabilities, NUMBER_LETTERS, steps_of(run), lawful_prefix=lambda p: len(p) <= 18)
    shaped = [(text, score) for text, score in candidates if has_right_shape(text)]
    if not shaped:
        return Value(as_read, raw, confidence_of(run) / 2)
    best, best_score = shaped[0]
    lawful = next(((text, score) for text, score in shaped if is_valid(text)), None)
    if lawful is not None and lawful[1] >= best_score - LAWFUL_MARGIN:
        return Value(lawful[0], raw, confidence_of(run), "number_rules" if lawful[0] != as_read else None)
    return Value(best, raw, confidence_of(run), "number_letters" if best != as_read else None)


def _digit_run(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """The longest stretch of glyphs that are digits or look like them."""
    runs = [list(run) for is_digit, run in groupby(glyphs, key=lambda g: bool(_DIGIT_LIKE.match(g.text))) if is_digit]
    return max(runs, key=len, default=[])


def of_sex(line: Line, glyphs: Sequence[Glyph]) -> Value:
    """男 or 女."""
    raw = plain(glyphs)
    if raw in ("男", "女"):
        return Value(raw, raw, confidence_of(glyphs))
    if not glyphs:
        return EMPTY
    text, score = best_of(line.probabilities, ("男", "女"), steps_of(glyphs))[0]
    return Value(text, raw, confidence_of(glyphs), "two_sexes") if score > WEAK_NATION else Value("", raw, 0.0)


def of_nation(line: Line, glyphs: Sequence[Glyph]) -> Value:
    """One of the nations of GB/T 3304, without 族."""
    value = of_text(glyphs)
    text = value.text.removesuffix("族") if len(value.text) > 1 else value.text
    if is_printed_nation(text) or not glyphs:
        return Value(text, value.raw, value.confidence, value.rule)
    ranked = best_of(line.probabilities, (*NATIONS, *UNRECOGNISED), steps_of(glyphs))
    if ranked and ranked[0][1] > WEAK_NATION:
        return Value(ranked[0][0], value.raw, value.confidence, "nation_table")
    return value
