"""From per-step probabilities to characters: connectionist temporal classification (CTC) decoding.

Graves et al., *Connectionist Temporal Classification* (ICML 2006): a text's probability is the sum over all step
sequences that become the text when repeats are merged and blanks dropped. ``read_plain`` follows the best step
sequence; ``best_of`` weighs whole candidate texts by the exact sum (the forward algorithm); ``search`` is a prefix
beam search over a small alphabet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from idcard_core.text.alphabets import class_index
from idcard_core.text.engine import BLANK, LineProbabilities

LEAST_BLANK = 0.7
"""Where the blank is less likely than this, something is there."""
APART = 2
"""Steps between a character and another one: the narrowest, a hyphen or a 1, cover about two."""
SMALLEST = 1e-7
"""A floor for probabilities, so that logarithms stay finite."""


@dataclass(frozen=True, slots=True)
class Character:
    """A character read on a line: the steps it was seen over (``first`` to ``last``, inclusive) and its probability."""

    text: str
    probability: float
    first: int
    last: int
    position: float
    """Where along the line its middle lies: 0 at the left edge, 1 at the right."""


def read_plain(line: LineProbabilities) -> list[Character]:
    """The characters along the best path, each with its highest probability over its steps.

    Where the blank only just outweighs the characters, apart from any other, one stands that the recogniser hardly
    knows or saw faintly (垴, a hyphen): it is read as well, with the low probability it has.
    """
    probabilities = line.probabilities
    best = np.zeros(len(probabilities), np.intp)
    for step in np.flatnonzero(probabilities[:, BLANK] <= 0.5).tolist():
        best[step] = probabilities[step].argmax()
    for step in _half_seen(probabilities, best, line.alphabet):
        best[step] = 1 + int(probabilities[step, 1:].argmax())
    score = probabilities[np.arange(len(best)), best]
    characters: list[Character] = []
    start = 0
    for step in range(1, len(best) + 1):
        if step < len(best) and best[step] == best[start]:
            continue
        if best[start] != BLANK:
            characters.append(
                Character(
                    text=line.alphabet[int(best[start])],
                    probability=float(score[start:step].max()),
                    first=start,
                    last=step - 1,
                    position=(start + step) / 2 / line.steps_per_line,
                )
            )
        start = step
    return characters


def _half_seen(probabilities: NDArray[np.float32], best: NDArray[np.intp], alphabet: Sequence[str]) -> list[int]:
    """Steps, at least ``APART`` from any character, at which the blank is less likely than ``LEAST_BLANK``."""
    steps = np.flatnonzero((best == BLANK) & (probabilities[:, BLANK] < LEAST_BLANK))
    taken = np.flatnonzero(best != BLANK)
    found: list[int] = []
    for step in sorted(steps.tolist(), key=lambda step: float(probabilities[step, BLANK])):
        others = np.concatenate([taken, np.array(found, taken.dtype)])
        near = len(others) > 0 and int(np.abs(others - step).min()) < APART
        if not near and not alphabet[1 + int(probabilities[step, 1:].argmax())].isspace():
            found.append(step)
    return found


def forward_score(log_probabilities: NDArray[np.float32], classes: Sequence[int]) -> float:
    """Log probability that the steps (steps, classes) spell exactly ``classes``: CTC's forward algorithm."""
    extended = np.full(2 * len(classes) + 1, BLANK)
    extended[1::2] = classes
    # A character may follow the one before it without a blank between them, unless they are the same.
    skip = np.zeros(len(extended), bool)
    skip[3::2] = extended[3::2] != extended[1:-2:2]
    columns = log_probabilities[:, extended]
    alpha = np.full(len(extended), -np.inf)
    alpha[: min(2, len(extended))] = columns[0, :2]
    for step in columns[1:]:
        one = np.concatenate(([-np.inf], alpha[:-1]))
        two = np.where(skip, np.concatenate(([-np.inf, -np.inf], alpha[:-2]))[: len(alpha)], -np.inf)
        alpha = np.logaddexp(np.logaddexp(alpha, one), two) + step
    return float(np.logaddexp.reduce(alpha[-2:]))


def best_of(line: LineProbabilities, candidates: Iterable[str], steps: slice = slice(None)) -> list[tuple[str, float]]:
    """The candidates with their log probabilities over ``steps``, likeliest first; those with unknown characters left
    out."""
    index = class_index(line.alphabet)
    seen = line.probabilities[steps]
    texts = [text for text in candidates if text and len(text) <= len(seen) and all(c in index for c in text)]
    column = {c: number for number, c in enumerate(sorted(set("".join(texts))), 1)}
    log_probabilities = np.log(np.maximum(seen[:, [BLANK, *(index[c] for c in column)]], SMALLEST))
    scored = [(text, forward_score(log_probabilities, [column[c] for c in text])) for text in texts]
    return sorted(scored, key=lambda pair: -pair[1])


def search(
    line: LineProbabilities,
    letters: Sequence[str],
    steps: slice = slice(None),
    beam: int = 24,
    lawful_prefix: Callable[[str], bool] = lambda prefix: True,
) -> list[tuple[str, float]]:
    """Texts over ``letters`` (ASCII) with their log probabilities, likeliest first: prefix beam search.

    Hannun et al., *First-Pass Large Vocabulary Continuous Speech Recognition using Bi-Directional Recurrent DNNs*
    (2014), algorithm 1. A prefix for which ``lawful_prefix`` is false is dropped.
    """
    index = class_index(line.alphabet)
    # A letter's full-width form is the same ink.
    forms = [[index[form] for form in (letter, chr(ord(letter) + 0xFEE0)) if form in index] for letter in letters]
    sums = [line.probabilities[steps, form].sum(axis=1) for form in forms]
    probabilities = np.maximum(np.stack([line.probabilities[steps, BLANK], *sums], axis=1), SMALLEST)
    beams: dict[str, tuple[float, float]] = {"": (0.0, -np.inf)}
    for row in probabilities:
        blank, *scores = np.log(row).tolist()
        grown: dict[str, tuple[float, float]] = {}
        for prefix, (ends_blank, ends_letter) in beams.items():
            either = _add(ends_blank, ends_letter)
            _grow(grown, prefix, either + blank, -np.inf)
            for letter, score in zip(letters, scores, strict=True):
                if prefix.endswith(letter):
                    _grow(grown, prefix, -np.inf, ends_letter + score)
                    base = ends_blank
                else:
                    base = either
                if base > -np.inf and lawful_prefix(prefix + letter):
                    _grow(grown, prefix + letter, -np.inf, base + score)
        kept = sorted(grown.items(), key=lambda item: -_add(*item[1]))[:beam]
        beams = dict(kept)
    return sorted(((text, _add(*ends)) for text, ends in beams.items()), key=lambda pair: -pair[1])


def _add(one: float, other: float) -> float:
    return float(np.logaddexp(one, other))


def _grow(grown: dict[str, tuple[float, float]], prefix: str, blank: float, letter: float) -> None:
    old = grown.get(prefix, (-np.inf, -np.inf))
    grown[prefix] = (_add(old[0], blank), _add(old[1], letter))
