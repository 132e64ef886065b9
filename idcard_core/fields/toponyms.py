"""A prior over place names for addresses and issuers: of the characters a recogniser wavers between, the one of a name.

Rare characters of names (浉河, 埇桥, 甪直) are read as common ones of nearly the same shape, with the true one next
among the candidates. ``rescore`` first looks for the divisions and the town that the text begins with
(``DivisionTree``), then weighs each candidate's probability against how well it goes with its neighbours in the names
of divisions, towns and villages, and takes the best path (Viterbi). ``toponyms_data`` writes both tables.

Measured with PP-OCRv6 small on drawn lines in five typefaces (one town and village in twenty left out of the tables
and used here, beside counties, issuers, and roads and estates that no list has), wrong lines before and after:
sharp 5 -> 2 of 256, blurred 13 -> 2 of 537, at 14 to 25 px of height 129 -> 59 of 806. In all, 114 of 192 wrong
characters were put right (139 had the right one among the candidates), and 4 of 21 386 right ones made wrong, all at
14 to 25 px. The constants were chosen on 2909 other lines, 40 % of them at 10 to 17 px: 847 of 1987 put right (1205
had the right one among the candidates), 15 of 37 705 made wrong, 13 of those at 10 to 17 px.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from idcard_core.fields.toponyms_tree import Candidates, DivisionTree
from idcard_core.text.characters import is_common, is_han, normalize, simplify
from idcard_core.text.engine import BLANK, LineProbabilities

SURE = 0.95
"""What was read with at least this probability stays. Of the wrong characters measured, one in 28 was this sure."""
SURE_OF_DIVISION = 0.998
"""Likewise where the text is nearly the name of a division, but of none there is or was (颖泉区 for 颍泉区)."""
SURE_OF_UNLISTED = 0.5
"""Likewise for a character that no list of names has: the prior cannot speak for it, but it may well be misread."""
SURE_OF_RARE = 0.5
"""Likewise for a change of a rare character into a common one."""
PRIOR_WEIGHT = 0.6
"""Of the prior's log probability beside the recogniser's. Without the tree, 0.5 puts right about 700 and makes wrong
13, 0.6 does 759 and 16; 0.85 doubles the harm for a twentieth more of good."""
CHANGE_COST = 1.0
"""The margin: a change has to be e times better than the plain reading. At 0.5 the harm grows by a half for 2 % more of
good, at 2.0 a tenth of the good is lost."""
RARITY = 0.6
"""Power of a character's own frequency that the prior is divided by. A recogniser that sees a rare character at all
has held it against the common ones already; at 0 the prior would do so again (no more good, a quarter more harm)."""
DISCOUNT = 0.75
"""Taken off each count for the pairs that were not seen: the usual value (Ney, Essen and Kneser, 1994)."""
UNSEEN = 100.0
"""Added to each character's count (of 10 million), so that one of which the lists have next to nothing keeps a chance:
1 instead makes a fifth more right ones wrong."""
MOST_CANDIDATES = 8
LEAST_PROBABILITY = 0.003
"""Of a candidate; what is less likely than this was never the printed character and brought back by the prior."""
COUNT_SCALE = 18.0
"""As in ``toponyms_data``."""

_Floats = NDArray[np.float64]
_Entries = NDArray[np.int64]


class Seen(Protocol):
    """A character as read, with the recogniser's steps it was seen over, inclusive: ``Glyph`` or ``Character``."""

    @property
    def first(self) -> int: ...

    @property
    def last(self) -> int: ...


def candidates(line: LineProbabilities, seen: Seen) -> list[tuple[str, float]]:
    """The likeliest characters over the steps of ``seen`` in standard form, the plainly read one first.

    Forms of one character (漢, 汉) are one candidate with the sum of their probabilities, each at its best step.
    """
    best = line.probabilities[seen.first : seen.last + 1].max(axis=0)
    best[BLANK] = 0.0
    classes = np.flatnonzero(best >= LEAST_PROBABILITY)
    likely = classes[np.argsort(-best[classes], kind="stable")][: 2 * MOST_CANDIDATES]
    merged: dict[str, float] = {}
    for number in likely.tolist():
        text = _standard(line.alphabet[number])
        merged[text] = min(1.0, merged.get(text, 0.0) + float(best[number]))
    plain, *others = merged.items()
    return [plain, *sorted(others, key=lambda pair: -pair[1])][:MOST_CANDIDATES]


def rescore(positions: Sequence[Candidates]) -> list[str]:
    """The text of each position: as plainly read, or the candidate that the names of places speak for.

    Only an ideograph is ever changed, only into another ideograph, and only where its probability is below ``SURE``
    (in the name of a division, ``SURE_OF_DIVISION``).
    """
    if not any(_is_open(options, SURE_OF_DIVISION) for options in positions):
        return [options[0][0] for options in positions]
    table = _table()
    paths = _Paths(table)
    settled = _tree().settle(positions, SURE)
    for options in settled:
        listed = options[0][0] in table.entries
        paths.extend(_choices(options) if _is_open(options, SURE if listed else SURE_OF_UNLISTED) else options[:1])
    texts = paths.best()
    return [
        text if _is_earned(text, options) and _is_known_at(at, texts) else options[0][0]
        for at, (text, options) in enumerate(zip(texts, settled, strict=True))
    ]


def _is_earned(text: str, options: Candidates) -> bool:
    """Whether the plain reading may be changed into ``text``; a rare one into a common one only if it was a guess.

    A recogniser that answers with a rare character has held it against the common ones of its shape already.
    """
    plain, probability = options[0]
    return probability < SURE_OF_RARE or is_common(plain) or not is_common(text)


def _is_known_at(at: int, texts: Sequence[str]) -> bool:
    """Whether the character at ``at`` has a neighbour it has in some name too; being common alone is no reason."""
    return any(0 <= left < len(texts) - 1 and known_bigram(texts[left], texts[left + 1]) for left in (at - 1, at))


def strangers_in(text: str) -> list[int]:
    """Where an address differs in one character from the name of a division that may stand there."""
    return _tree().strangers(text)


def known_bigram(one: str, other: str) -> bool:
    """Whether two characters were seen next to each other in the name of a place."""
    table = _table()
    return bool(table.counts_of(table.entries_of([one]), table.entries_of([other]))[0, 0] > 0)


def _is_open(options: Candidates, sure: float) -> bool:
    text, probability = options[0]
    return probability < sure and _is_ideograph(text) and len(options) > 1


def _choices(options: Candidates) -> Candidates:
    """The plain reading and the candidates it may be changed into."""
    return [options[0], *(option for option in options[1:] if _is_ideograph(option[0]))]


def _is_ideograph(text: str) -> bool:
    return len(text) == 1 and is_han(text)


@lru_cache(maxsize=4096)
def _standard(text: str) -> str:
    return simplify(normalize(text))


@dataclass(frozen=True, slots=True, eq=False)
class _PairTable:
    """Weighted counts of pairs, with what the discounted, interpolated probability of one needs (Ney et al., 1994).

    Entry 0 is everything that is no ideograph, and the ends of a text; the last one, all unknown ideographs.
    """

    entries: Mapping[str, int]
    keys: _Entries
    counts: _Floats
    total: _Floats
    """Per entry, the sum of counts of pairs it begins."""
    left_over: _Floats
    """Per entry, the probability that discounting keeps for pairs not seen."""
    share: _Floats
    """Per entry, its probability alone."""

    def entries_of(self, texts: Sequence[str]) -> _Entries:
        unknown = len(self.total) - 1
        return np.array([self.entries.get(text, unknown) if _is_ideograph(text) else 0 for text in texts])

    def counts_of(self, ones: _Entries, others: _Entries) -> _Floats:
        """How often each of ``others`` was seen after each of ``ones`` (ones, others)."""
        wanted = ones[:, None] * len(self.total) + others
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, self.counts[at], 0.0)

    def prior(self, ones: _Entries, others: _Entries) -> _Floats:
        """Log probability of each of ``others`` after each of ``ones``, less what it owes to being common."""
        seen = np.maximum(self.counts_of(ones, others) - DISCOUNT, 0.0) / self.total[ones, None]
        smoothed = seen + self.left_over[ones, None] * self.share[others]
        return np.asarray(np.log(smoothed) - RARITY * np.log(self.share[others]), np.float64)


class _Paths:
    """The best path to each choice of the last position (Viterbi)."""

    def __init__(self, table: _PairTable) -> None:
        self._table = table
        self._texts: list[list[str]] = []
        self._ways: list[NDArray[np.intp]] = []
        self._entries = table.entries_of([""])
        self._scores: _Floats = np.zeros(1)

    def extend(self, choices: Candidates) -> None:
        """Go on by a position; the first choice is free of ``CHANGE_COST``."""
        texts = [text for text, _ in choices]
        own = np.log([max(probability, LEAST_PROBABILITY) for _, probability in choices])
        own[1:] -= CHANGE_COST
        self._step(self._table.entries_of(texts), own)
        self._texts.append(texts)

    def best(self) -> list[str]:
        """The texts along the best path, ended."""
        self._step(self._table.entries_of([""]), np.zeros(1))
        chosen, found = 0, []
        for way, texts in zip(self._ways[:0:-1], self._texts[::-1], strict=True):
            chosen = int(way[chosen])
            found.append(texts[chosen])
        return found[::-1]

    def _step(self, entries: _Entries, own: _Floats) -> None:
        joined = self._scores[:, None] + np.zeros(len(entries))
        if joined.size > 1:
            joined += PRIOR_WEIGHT * self._table.prior(self._entries, entries)
        self._ways.append(joined.argmax(axis=0))
        self._scores, self._entries = joined.max(axis=0) + own, entries


@lru_cache(maxsize=1)
def _table() -> _PairTable:
    with _stored() as stored:
        return _unpacked(stored)


@lru_cache(maxsize=1)
def _tree() -> DivisionTree:
    with _stored() as stored:
        return DivisionTree.parse(stored["divisions"].tobytes().decode())


@contextmanager
def _stored() -> Iterator[Mapping[str, NDArray[Any]]]:
    with (files("idcard_core.fields") / "data" / "toponyms.npz").open("rb") as file, np.load(file) as stored:
        yield stored


def _unpacked(stored: Mapping[str, NDArray[Any]]) -> _PairTable:
    """The table from the arrays that ``toponyms_data.write`` describes."""
    characters, followers = stored["characters"], stored["followers"].astype(np.int64)
    counts = np.exp(stored["counts"] / COUNT_SCALE)
    first = np.repeat(np.arange(len(characters)), followers)
    sums = np.concatenate(([0], np.cumsum(stored["steps"], dtype=np.int64)))
    second = sums[1:] - sums[(np.cumsum(followers) - followers)[first]]
    total = np.bincount(first, counts, len(characters) + 1)
    share = np.bincount(second, counts, len(characters) + 1) + UNSEEN
    taken = np.bincount(first, np.minimum(counts, DISCOUNT), len(characters) + 1)
    return _PairTable(
        entries={chr(code): number for number, code in enumerate(characters.tolist())},
        keys=first * (len(characters) + 1) + second,
        counts=counts,
        total=np.maximum(total, 1.0),
        left_over=np.where(total > 0, taken / np.maximum(total, 1.0), 1.0),
        share=share / share.sum(),
    )
