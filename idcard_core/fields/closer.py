"""A second look at single characters: each ideograph in doubt is cut out alone, larger, and read by itself.

What the line's recogniser saw and what the reader of single characters sees are independent enough to be multiplied
(a product of experts; Hinton, *Training Products of Experts by Minimizing Contrastive Divergence*, 2002). The product
stands in the line's probabilities, so that the grammar of the field decides last, as ever. Coordinates are of the card
frame (856 x 540).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import FieldName, Points
from idcard_core.fields import values
from idcard_core.fields.lines import Glyph, Line
from idcard_core.fields.placed import Placed
from idcard_core.fields.toponyms import candidates, strangers_in
from idcard_core.fields.values import Part, Value
from idcard_core.locate.view import CardView, cut_quad
from idcard_core.text.alphabets import class_index, widened
from idcard_core.text.characters import is_han
from idcard_core.text.engine import BLANK, LineProbabilities, copied
from idcard_core.text.glyphs import CROP, CROP_EMS, GlyphReader, glyph_index, known_glyphs
from idcard_core.text.look_alikes import look_alikes

SURE = 0.97
"""A character of an address or an issuer is looked at again when it is less probable than this; of a name, always."""
LEAST_SEEN = 1e-4
"""Probability of a character that the recogniser did not think of."""
MOST_OWN = 3
"""So many of the characters that the second reader finds likeliest are weighed beside the recogniser's."""
SURELY_READ, LEAST_STANDARD = 0.9, -3.0
"""A form that is not standard stays when the recogniser is surer of it than the one (probability) and the second
reader less sure of the standard form than the other (log probability)."""
EM_OF_ROW = 0.8
"""Ems in a row's height, where its characters do not tell."""

DECODERS: Mapping[FieldName, Callable[[Sequence[Part]], Value]] = {
    FieldName.NAME: values.of_name,
    FieldName.ADDRESS: values.of_address,
    FieldName.GOV: values.of_issuer,
}
"""The fields of free text; the others are settled by their grammar."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A character to look at: which one of which part."""

    part: int
    glyph: int


def look_closer(view: CardView, fields: Mapping[FieldName, Placed], reader: GlyphReader) -> dict[FieldName, Placed]:
    """``fields`` with the doubtful characters of their texts read again."""
    return {
        name: _again(view, name, placed, reader) if name in DECODERS and placed.parts else placed
        for name, placed in fields.items()
    }


def _again(view: CardView, name: FieldName, placed: Placed, reader: GlyphReader) -> Placed:
    sure = 1.1 if name is FieldName.NAME else SURE
    numbered = [
        (_Place(part, at), glyph) for part, (_, glyphs) in enumerate(placed.parts) for at, glyph in enumerate(glyphs)
    ]
    strange = strangers_in("".join(glyph.text[:1] for _, glyph in numbered)) if name is FieldName.ADDRESS else []
    places = [
        place
        for number, (place, glyph) in enumerate(numbered)
        if (glyph.probability < sure or glyph.plain != glyph.text or number in strange)
        and len(glyph.text) == 1
        and is_han(glyph.text)
    ]
    if not places:
        return placed
    em = em_of(placed.parts)
    crops = [cut_glyph(view, placed.parts[place.part][1][place.glyph], em) for place in places]
    parts = [_Open(*part) for part in placed.parts]
    for place, seen in zip(places, reader.read(crops), strict=True):
        parts[place.part].weigh(place.glyph, seen)
    closed = tuple(part.closed() for part in parts)
    value = DECODERS[name](closed)
    rule = "second_look" if value.text != placed.value.text and value.rule is None else value.rule
    return replace(placed, value=replace(value, raw=placed.value.raw, rule=rule), parts=closed)


class _Open:
    """A part whose probabilities are being changed."""

    def __init__(self, line: Line, glyphs: Sequence[Glyph]) -> None:
        self._line = line
        self._glyphs = list(glyphs)
        self._alphabet = line.probabilities.alphabet
        self._probabilities: NDArray[np.float32] | None = None

    def weigh(self, at: int, seen: NDArray[np.float32]) -> None:
        """Weigh what the recogniser saw of glyph ``at`` with what was ``seen`` of it alone (log probabilities)."""
        glyph = self._glyphs[at]
        if is_other_form(glyph, seen):
            self._glyphs[at] = replace(glyph, text=glyph.plain)
            self._put(glyph, {glyph.plain: glyph.probability})
            return
        product = fused(candidates(self._line.probabilities, glyph), seen)
        self._put(glyph, product)
        text, probability = max(product.items(), key=lambda pair: pair[1])
        self._glyphs[at] = replace(glyph, text=text, probability=probability)

    def _put(self, glyph: Glyph, product: Mapping[str, float]) -> None:
        if self._probabilities is None:
            seen = self._line.probabilities
            self._alphabet = widened(seen.alphabet, known_glyphs())
            self._probabilities = copied(seen.probabilities, len(self._alphabet))
        index = class_index(self._alphabet)
        steps = self._probabilities[glyph.first : glyph.last + 1]
        steps[:, BLANK + 1 :] = 0.0
        for text, probability in product.items():
            if text in index:
                steps[:, index[text]] = probability

    def closed(self) -> Part:
        """The part as it is now."""
        if self._probabilities is None:
            return self._line, tuple(self._glyphs)
        steps = self._line.probabilities.steps_per_line
        line = replace(self._line, probabilities=LineProbabilities(self._probabilities, self._alphabet, steps))
        return line, tuple(self._glyphs)


def is_other_form(glyph: Glyph, seen: NDArray[np.float32]) -> bool:
    """Whether the traditional form that was read (濛) is what is printed, and not the standard one it stands for (蒙).

    The second reader knows standard forms only: where it does not see the one, the recogniser was right.
    """
    if glyph.plain == glyph.text or len(glyph.plain) != 1 or not is_han(glyph.plain) or glyph.text not in glyph_index():
        return False
    return glyph.probability > SURELY_READ and float(seen[glyph_index()[glyph.text]]) < LEAST_STANDARD


def fused(options: Sequence[tuple[str, float]], seen: NDArray[np.float32]) -> dict[str, float]:
    """Character -> probability, of the recogniser's ``options`` and the log probabilities of the second reader."""
    index, known = glyph_index(), known_glyphs()
    if options[0][0] not in index:
        return dict(options)
    own = [known[number] for number in np.argsort(-seen)[:MOST_OWN].tolist()]
    weighed = dict.fromkeys((*own, *look_alikes(options[0][0])), LEAST_SEEN) | dict(options)
    scores = {
        text: float(np.log(max(probability, LEAST_SEEN)) + seen[index[text]])
        for text, probability in weighed.items()
        if text in index
    }
    highest = max(scores.values())
    odds = {text: float(np.exp(score - highest)) for text, score in scores.items()}
    total = sum(odds.values())
    return {text: value / total for text, value in odds.items()}


def em_of(parts: Sequence[Part]) -> float:
    """The side of a character of the value: the usual distance of two ideographs, if that is a likely one."""
    heights = [line.row.height for line, _ in parts]
    gaps = [
        later.x - earlier.x
        for _, glyphs in parts
        for earlier, later in pairwise(glyphs)
        if is_han(earlier.text) and is_han(later.text)
    ]
    usual = EM_OF_ROW * median(heights)
    pitch = median(gaps) if gaps else usual
    return pitch if 0.6 * usual < pitch < 1.4 * usual else usual


def cut_glyph(view: CardView, glyph: Glyph, em: float) -> NDArray[np.uint8]:
    """A grey crop (CROP, CROP) with the glyph in its middle."""
    half = CROP_EMS * em / 2
    quad: Points = np.array(
        [
            [glyph.x - half, glyph.y - half],
            [glyph.x + half, glyph.y - half],
            [glyph.x + half, glyph.y + half],
            [glyph.x - half, glyph.y + half],
        ],
        np.float32,
    )
    crop = cut_quad(view.source, view.in_source(quad), (CROP, CROP))
    return np.asarray(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), np.uint8)
