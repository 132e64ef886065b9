"""The names of divisions and towns as a tree: after 宿州市 comes one of its counties, after 埇桥区 one of its towns.

Where an address or an issuer begins, its characters are held against these names. A pair of characters cannot tell 歙县
from 献县, nor 临颍 from 临颖; that it stands after 黄山市 can, and that there is no other of the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf, log

Candidates = Sequence[tuple[str, float]]
"""What one place may hold, with probabilities; the plainly read character comes first."""

NAME_MARGIN = 5.5
"""A name is taken while its log probability is at most this much below the plain reading's (a factor of 245). On the
lines that ``toponyms`` tells of, 3.0 puts right 43 characters fewer and 7.0 five more, but makes three more wrong."""
COUNTY = "341302"
"""The code of a county, which has no divisions of its own."""
NAME_LENGTHS = range(3, 12)
"""Of names that are long enough for one character to be odd in them (涧西区, not 歙县)."""
OFFICE = "公安局"
"""Between a city and its district in an issuer: 信阳市公安局浉河分局."""
BRANCH = "分局"


@dataclass(frozen=True, slots=True)
class DivisionTree:
    """Names by the code of GB/T 2260 without its zeros (34, 3413, 341302), and the names of the towns of a county."""

    codes: Mapping[str, frozenset[str]]
    """Name -> the codes of those that have or had it."""
    by_first: Mapping[str, Sequence[str]]
    """First character -> names."""
    towns: Mapping[str, str]
    """Code of a county -> names, with spaces between: few are ever wanted."""

    @classmethod
    def parse(cls, text: str) -> DivisionTree:
        """From lines of a code and its names; towns follow a ``+`` after the code of their county."""
        codes: dict[str, set[str]] = {}
        towns: dict[str, str] = {}
        for line in text.splitlines():
            code, _, names = line.partition(" ")
            if code.endswith("+"):
                towns[code[:-1]] = names
                continue
            for name in names.split(" "):
                codes.setdefault(name, set()).add(code)
        by_first: dict[str, list[str]] = {}
        for name in codes:
            by_first.setdefault(name[0], []).append(name)
        return cls({name: frozenset(found) for name, found in codes.items()}, by_first, towns)

    def settle(self, positions: Sequence[Candidates], sure: float) -> list[Candidates]:
        """The positions with the names that the text begins with made certain.

        A town is not put over what was read at least as surely as ``sure``: the lists have none of the former towns.
        """
        settled = list(positions)
        at, within = 0, frozenset([""])
        while at < len(settled) and within:
            rest = settled[at:]
            name = _best(self._divisions(within, rest), rest) or _best(self._towns(within), rest, sure)
            if name is None and _read(rest, len(OFFICE)) == OFFICE:
                at += len(OFFICE)
                rest = rest[len(OFFICE) :]
                name = _best((division[:-1] + BRANCH for division in self._divisions(within, rest)), rest)
            if name is None:
                break
            settled[at : at + len(name)] = [[(char, 1.0)] for char in name]
            at += len(name)
            below = tuple(within)
            within = frozenset(code for code in self.codes.get(name, ()) if code.startswith(below))
        return settled

    def strangers(self, text: str) -> list[int]:
        """Where ``text`` differs from the name of a division, right after the name of what that one belongs to.

        Nothing but one character of a name, and only where no name reads as ``text`` does: 洛阳市洞西区 for 涧西区.
        """
        at, within = 0, frozenset([""])
        while at < len(text):
            rest, below = text[at:], tuple(within)
            known = [name for name in self._beginning(rest) if self._is_below(name, below)]
            if not known:
                break
            name = max(known, key=len)
            at += len(name)
            within = frozenset(code for code in self.codes[name] if code.startswith(below))
        if not at or all(len(code) == len(COUNTY) for code in within):
            return []
        rest, below = text[at:], tuple(within)
        near = (name for name in self.codes if len(name) in NAME_LENGTHS and self._is_below(name, below))
        return sorted({at + odd for name in near if (odd := _odd_one(name, rest)) is not None})

    def _beginning(self, rest: str) -> list[str]:
        return [name for name in self.by_first.get(rest[0], ()) if rest.startswith(name)]

    def _is_below(self, name: str, below: tuple[str, ...]) -> bool:
        return any(code.startswith(below) for code in self.codes[name])

    def _divisions(self, within: frozenset[str], rest: Sequence[Candidates]) -> Iterator[str]:
        """Names below ``within`` that may be the next, by their first two characters."""
        if len(rest) < 2:
            return
        below, seconds = tuple(within), {text for text, _ in rest[1]}
        for first, _ in rest[0]:
            for name in self.by_first.get(first, ()):
                if name[1:2] in seconds and any(code.startswith(below) for code in self.codes[name]):
                    yield name

    def _towns(self, within: frozenset[str]) -> Iterator[str]:
        for code in within:
            yield from self.towns.get(code, "").split()


def _odd_one(name: str, text: str) -> int | None:
    """Where the beginning of ``text`` differs from ``name``, if it does in one place, and not in the last."""
    odd = [at for at, (one, other) in enumerate(zip(name, text, strict=False)) if one != other]
    return odd[0] if len(text) >= len(name) and len(odd) == 1 and odd[0] < len(name) - 1 else None


def _read(rest: Sequence[Candidates], length: int) -> str:
    return "".join(options[0][0] for options in rest[:length])


def _best(names: Iterable[str], rest: Sequence[Candidates], sure: float = 1.0) -> str | None:
    """The name that goes best with what was read, the longest of equals; None when none goes well enough."""
    scored = [(_gain(name, rest, sure), len(name), name) for name in names if len(name) <= len(rest)]
    gain, _, name = max(scored, default=(-inf, 0, ""))
    return name if gain >= -NAME_MARGIN else None


def _gain(name: str, rest: Sequence[Candidates], sure: float) -> float:
    """Log probability of ``name`` less that of the plain reading; minus infinity where that must not be changed."""
    gain = 0.0
    for char, options in zip(name, rest, strict=False):
        plain, plain_probability = options[0]
        if char == plain:
            continue
        probability = dict(options).get(char, 0.0)
        if probability <= 0 or plain_probability >= sure:
            return -inf
        gain += log(probability / plain_probability)
    return gain
