"""Characters in another ink than the card's print: what a watermark or a stamp adds to a line.

All values of a card are printed in one black ink. How much light a character takes away, of the colour it takes least
of (see ``ink``), is much the same for all of them, and a fraction of it for a watermark or a coloured stamp.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from idcard_core.card import CARD_FRAME, Image
from idcard_core.fields.lines import Glyph, Line
from idcard_core.fields.marks.ink import light_taken
from idcard_core.fields.marks.read_through import COLOURED
from idcard_core.fields.marks.words import SIGNS
from idcard_core.text.characters import is_han

FAINT, FAINTEST = 0.5, 0.3
"""Shares of the print's ink: two characters side by side with less than the one are no print, nor is a line with
nothing else on it, nor a single character with less than the other. On 60 cards with marks and 70 without, print had
0.56 and more but for four characters that stood alone; marks had mostly 0.1 to 0.3."""
DARKEST_SHARE = 0.96
"""The ink of a character is that of its spot that is darker than this share of its surroundings."""
SURROUNDINGS = 15
"""Pixels of a card 640 wide: wider than any stroke."""
SURE = 0.85
"""Mean probability of characters that are there; what is read into a pattern of lines is less sure."""
LEAST_BESIDE, LEAST_ALONE = 2, 4
"""Foreign characters that make a mark: glued to print, and on a line of their own."""
_NUMBER = re.compile(r"[0-9]{14,}X?")
"""No mark has so long a number: a telephone's has 11 digits."""
HALF_HAN, HALF_DIGIT = 0.34, 0.22
"""Half the width of a character, in heights of its row; a little less than its share of the row."""


class ForeignInk:
    """Tells the characters of one card that are not of its print; ``flat`` is the card, rectified, small (BGR)."""

    def __init__(self, flat: Image) -> None:
        self._flat = flat
        self._taken: NDArray[np.uint8] | None = None
        self._usual: float | None = None
        self.found = False
        """Whether any of them was surely part of a mark."""

    def without(self, lines: Sequence[Line]) -> list[Line]:
        """The lines without foreign characters; the first lines asked about tell the print's ink."""
        depths = {id(glyph): self._depth(line, glyph) for line in lines for glyph in _values(line)}
        if self._usual is None:
            self._usual = float(np.median([*depths.values()])) if depths else 0.0
        return [self._without(line, depths) for line in lines]

    def _without(self, line: Line, depths: dict[int, float]) -> Line:
        usual = self._usual or 0.0
        shares = [depths.get(id(glyph), usual) / max(usual, 1.0) for glyph in line.glyphs]
        foreign = _foreign(shares)
        printed = [share for glyph, share in zip(line.glyphs, shares, strict=True) if id(glyph) in depths]
        if printed and max(printed) < FAINT:
            foreign = set(range(len(line.glyphs)))
        foreign -= _numbered(line)
        if not foreign:
            return line
        kept = tuple(glyph for at, glyph in enumerate(line.glyphs) if at not in foreign)
        self.found = self.found or self._is_mark([line.glyphs[at] for at in sorted(foreign)], bool(kept))
        return replace(line, glyphs=kept)

    @staticmethod
    def _is_mark(glyphs: Sequence[Glyph], beside_print: bool) -> bool:
        """Whether foreign characters are a mark; lines of the card's pattern are taken for characters, too."""
        if SIGNS.search("".join(glyph.text for glyph in glyphs)):
            return True
        sure = fmean(glyph.probability for glyph in glyphs) >= SURE
        return sure and len(glyphs) >= (LEAST_BESIDE if beside_print else LEAST_ALONE)

    def _depth(self, line: Line, glyph: Glyph) -> float:
        if self._taken is None:
            self._taken = light_taken(self._flat, SURROUNDINGS)[0]
        height, width = self._taken.shape
        across, down = width / CARD_FRAME[0], height / CARD_FRAME[1]
        half = line.row.height * (HALF_HAN if is_han(glyph.text) else HALF_DIGIT)
        level = line.row.height * HALF_HAN
        left, right = int((glyph.x - half) * across), int((glyph.x + half) * across) + 1
        top, bottom = int((glyph.y - level) * down), int((glyph.y + level) * down) + 1
        spot = self._taken[max(0, top) : bottom, max(0, left) : right].ravel()
        if spot.size == 0:
            return 0.0
        at = min(spot.size - 1, int(DARKEST_SHARE * spot.size))
        return float(np.partition(spot, at)[at])


def _values(line: Line) -> Iterator[Glyph]:
    """The ideographs, digits and hyphens of a line that are printed in black."""
    coloured = {at for label in COLOURED.finditer(line.text) for at in range(*label.span())}
    if len(line.text) != len(line.glyphs):
        return
    for at, glyph in enumerate(line.glyphs):
        if at not in coloured and (is_han(glyph.text) or glyph.text.isdigit() or glyph.text == "-"):
            yield glyph


def _numbered(line: Line) -> set[int]:
    """The characters of an id number, which has a face of its own, as thin or as pale as that may be."""
    if len(line.text) != len(line.glyphs):
        return set()
    return {at for number in _NUMBER.finditer(line.text) for at in range(*number.span())}


def _foreign(shares: Sequence[float]) -> set[int]:
    """Which characters of a line are faint: runs of at least two, and the faintest."""
    found: set[int] = {at for at, share in enumerate(shares) if share < FAINTEST}
    for faint, run in groupby(range(len(shares)), key=lambda at: shares[at] < FAINT):
        places = list(run)
        if faint and len(places) > 1:
            found.update(places)
    return found
