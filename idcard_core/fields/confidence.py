"""How sure a value is: from what speaks for and against it to the share of such values that are right.

A recogniser's own probability is no such share: it does not know that a gap hides a character, or that the number's
check character agrees. ``Evidence`` gathers what is known of a value; a logistic regression, fitted on this project's
specimens (``idcard_core/models/confidence.md``), turns it into a probability (Platt, *Probabilistic Outputs for Support
Vector Machines*, 1999).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import exp, log
from operator import attrgetter
from pathlib import Path

from idcard_core.card import CARD_FRAME, FieldName
from idcard_core.fields.closer import em_of
from idcard_core.fields.marks.signs import lacks_first_line
from idcard_core.fields.placed import Placed
from idcard_core.fields.rules import number as numbers
from idcard_core.fields.rules.dates import LONG_TERM, to_date
from idcard_core.fields.rules.issuer import is_plausible_issuer
from idcard_core.fields.rules.nations import is_printed_nation
from idcard_core.fields.rules.validity import term
from idcard_core.fields.toponyms import strangers_in
from idcard_core.fields.values import Part
from idcard_core.text.characters import is_common, is_han

WEIGHTS = Path(__file__).parent.parent / "models" / "confidence.json"
USUAL_GAP = 1.3
"""Ems between the middles of two ideographs that may stand beside each other."""
COMFORTABLE_EM = 26.0
"""Pixels of the picture to a character; fewer make reading harder."""
CERTAIN = 1e-5
"""Least doubt that counts: no reading is surer than this."""
MOST_SURE = 0.999
"""The highest confidence told: the specimens it is fitted on are too few to tell more."""

TEXTS = frozenset({FieldName.NAME, FieldName.ADDRESS, FieldName.GOV})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of one value. All but ``sums`` and ``worst`` are 0 when nothing speaks against it."""

    sums: float
    """Logarithm of the probability that any of its characters is wrong, were they told apart by chance."""
    worst: float
    """The same of its least sure character alone."""
    gap: float
    """Ems by which its widest gap is wider than usual: a character may be missing; 1 when a line is."""
    changed: float
    """1 when a rule changed what was read."""
    marked: float
    """1 when something is written or stamped over the card."""
    small: float
    """Logarithm of how much smaller its characters are than comfortable."""
    rare: float
    """How many of its characters are rare, up to 2."""
    unlawful: float
    """1 when it breaks a rule of its own kind or contradicts the number."""


def evidence_of(name: FieldName, fields: Mapping[FieldName, Placed], pixels_across: float, marked: bool) -> Evidence:
    """The evidence on one of a card's ``fields``; ``pixels_across``: of the card's longer side, in the picture."""
    placed = fields[name]
    probabilities = [min(glyph.probability, 1.0) for _, glyphs in placed.parts for glyph in glyphs] or [0.0]
    all_right = exp(sum(log(max(probability, CERTAIN)) for probability in probabilities))
    em = em_of(placed.parts) if placed.parts else 40.0
    text = placed.value.text
    return Evidence(
        sums=log(max(1 - all_right, CERTAIN)),
        worst=log(max(1 - min(probabilities), CERTAIN)),
        gap=1.0
        if name is FieldName.ADDRESS and lacks_first_line(fields)
        else min(1.0, max(0.0, widest_gap(placed.parts) / em - USUAL_GAP)),
        changed=float(placed.value.rule is not None and placed.value.text != placed.value.raw),
        marked=float(marked),
        small=max(0.0, log(COMFORTABLE_EM / max(1.0, em * pixels_across / CARD_FRAME[0]))),
        rare=min(2.0, sum(is_han(char) and not is_common(char) for char in text)),
        unlawful=float(not _is_lawful(name, fields)),
    )


_numbers_of = attrgetter(*Evidence.__slots__)
"""All numbers of an ``Evidence``, in their order."""


def widest_gap(parts: Sequence[Part]) -> float:
    """The widest distance (card frame) between the middles of two ideographs that follow each other on a line."""
    gaps = (
        later.x - earlier.x
        for _, glyphs in parts
        for earlier, later in pairwise(glyphs)
        if is_han(earlier.text) and is_han(later.text)
    )
    return max(gaps, default=0.0)


def _is_lawful(name: FieldName, fields: Mapping[FieldName, Placed]) -> bool:
    texts = {field: placed.value.text for field, placed in fields.items()}
    text = texts[name]
    number = numbers.parse(texts.get(FieldName.IDCARDNO, ""))
    if name is FieldName.IDCARDNO:
        return numbers.is_valid(text)
    if name is FieldName.SEX:
        return text in ("男", "女") and (number is None or not numbers.sex_disagrees(number, text))
    if name is FieldName.NATION:
        return is_printed_nation(text)
    if name is FieldName.BIRTHDAY:
        return to_date(text) is not None and (number is None or not numbers.birth_disagrees(number, text))
    if name is FieldName.GOV:
        return is_plausible_issuer(text)
    if name in (FieldName.BEGINDATE, FieldName.ENDDATE):
        begin, end = texts.get(FieldName.BEGINDATE, ""), texts.get(FieldName.ENDDATE, "")
        real = to_date(begin) is not None and (to_date(end) is not None or end == LONG_TERM)
        return real and (term(begin, end) is not None or FieldName.IDCARDNO in texts)
    if name is FieldName.ADDRESS and strangers_in(texts[name]):
        return False
    return bool(text)


@dataclass(frozen=True, slots=True)
class Weights:
    """A fitted regression: log odds of a value being right = ``intercept`` + ``weights`` times its evidence."""

    intercept: float
    weights: tuple[float, ...]


def group_of(name: FieldName) -> str:
    """Which weights a field has: free text is another thing than digits and words from a list."""
    return "text" if name in TEXTS else "listed"


def confidence(name: FieldName, evidence: Evidence) -> float:
    """The share of values of this kind and evidence that are right: 0 to ``MOST_SURE``."""
    fitted = _fitted()[group_of(name)]
    odds = fitted.intercept + sum(w * value for w, value in zip(fitted.weights, _numbers_of(evidence), strict=True))
    return min(MOST_SURE, 1 / (1 + exp(-max(-30.0, min(30.0, odds)))))


@lru_cache(maxsize=1)
def _fitted() -> Mapping[str, Weights]:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {group: Weights(float(w["intercept"]), tuple(map(float, w["weights"]))) for group, w in stored.items()}
