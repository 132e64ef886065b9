"""Rows of print with what was read on them: glyphs that know where on the card they stand.

Coordinates are of the card frame (856 x 540).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

import numpy as np

from idcard_core.card import Points
from idcard_core.fields.rows import Row, rows_in_reading_order
from idcard_core.locate.view import CardView
from idcard_core.text.alphabets import class_index
from idcard_core.text.characters import is_standard, normalize, simplify
from idcard_core.text.decode import Character, read_plain
from idcard_core.text.engine import LINE_HEIGHT, LineProbabilities, TextEngine
from idcard_core.tracing import span

MARKS = ("样本", "样张", "样件", "SPECIMEN")
"""Words that mark a card as a specimen. One that stands by itself belongs to no value; one set as the value around it,
as in the address 样本路1号, is part of it."""
MARK_GAP = 1.6
"""Row heights between the middles of a mark and of its neighbours, from which it stands by itself."""
LEAST_PITCH, MOST_PITCH = 0.5, 1.5
"""Row heights from which, and times the pitch of the rest up to which, a mark is set as the row is."""
LEAST_SUPPORT = 0.005
"""Probability below which a recogniser that answered with a traditional form has not seen the simplified one."""
LEAST_ALTERNATIVE = 0.05
"""Least probability of what stands there instead; it is among the first ``MOST_ALTERNATIVES``."""
MOST_ALTERNATIVES = 5
NARROWED = 0.7
"""Share of its width that a long line of digits is read at: they stand apart, and a narrower line takes less time. On
740 cards the same ones were read whole as at its full width."""
MOST_DOUBLED = 3
"""Characters in two rows at once; rows overlap by one."""
STRAY_GAP = 2.0
"""Row heights between the middles of two characters that do not belong to one value; in a value it is about one."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as read (``plain``) and as a card would print it (``text``), centred at (``x``, ``y``).

    ``first`` and ``last`` are the recogniser's steps it was seen over, inclusive.
    """

    text: str
    plain: str
    probability: float
    x: float
    y: float
    first: int
    last: int


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A row and what was read on it."""

    row: Row
    probabilities: LineProbabilities
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def confidence(self) -> float:
        """The mean probability of its characters; 0 when there are none."""
        return fmean(glyph.probability for glyph in self.glyphs) if self.glyphs else 0.0

    def quad_of(self, glyphs: Sequence[Glyph]) -> Points:
        """The part of the row's quad that the glyphs cover (4, 2); the whole row for all of them."""
        quad = self.row.quad
        pitch = self.pitch / 2
        span = max(1.0, self.row.right - self.row.left)
        start = np.clip((min(g.x for g in glyphs) - pitch - self.row.left) / span, 0, 1)
        end = np.clip((max(g.x for g in glyphs) + pitch - self.row.left) / span, 0, 1)
        top, bottom = quad[1] - quad[0], quad[2] - quad[3]
        corners = [quad[0] + start * top, quad[0] + end * top, quad[3] + end * bottom, quad[3] + start * bottom]
        return np.array(corners, np.float32)

    @property
    def pitch(self) -> float:
        """About the width of one character."""
        if len(self.glyphs) < 2:
            return self.row.height * 0.8
        gaps = np.diff([glyph.x for glyph in self.glyphs])
        return min(float(np.median(gaps)), self.row.height)


def read_rows(view: CardView, rows: Sequence[Row], engine: TextEngine) -> list[Line]:
    """Cut each row from the picture and read it; the answers are in the order of the rows."""
    if not rows:
        return []
    with span("cut"):
        strips = [view.cut(row.quad, LINE_HEIGHT, NARROWED if row.is_long_and_low else 1.0) for row in rows]
    with span("recognise"):
        found = engine.recognize(strips)
    with span("spell"):
        return [line_of(row, seen) for row, seen in zip(rows, found, strict=True)]


def line_of(row: Row, seen: LineProbabilities) -> Line:
    """The row with what was ``seen`` on it decoded plainly."""
    start, end = (row.quad[0] + row.quad[3]) / 2, (row.quad[1] + row.quad[2]) / 2
    glyphs = []
    for character in read_plain(seen):
        if character.text.isspace() or character.position > 1.02:
            continue
        x, y = start + (end - start) * character.position
        text, probability = _as_printed(character, seen)
        glyphs.append(
            Glyph(
                text=text,
                plain=character.text,
                probability=probability,
                x=float(x),
                y=float(y),
                first=character.first,
                last=character.last,
            )
        )
    return Line(row, seen, without_marks(glyphs, row.height))


def _as_printed(character: Character, seen: LineProbabilities) -> tuple[str, float]:
    """The standard form of what was read, and its probability.

    A recogniser that answers with a traditional form wavers between it and the simplified one that is printed. Where it
    gives the simplified one no chance at all, something else is printed that merely looks like the traditional one.
    """
    text = normalize(character.text)
    standard = simplify(text)
    if standard == text or len(standard) != 1:
        return standard, character.probability
    index = class_index(seen.alphabet)
    best = seen.probabilities[character.first : character.last + 1].max(axis=0)
    if standard in index and best[index[standard]] < LEAST_SUPPORT:
        for number in np.argsort(-best)[1:MOST_ALTERNATIVES].tolist():
            if is_standard(seen.alphabet[number]) and best[number] >= LEAST_ALTERNATIVE:
                return seen.alphabet[number], float(best[number])
    return standard, character.probability


def without_marks(glyphs: Sequence[Glyph], height: float) -> tuple[Glyph, ...]:
    """The glyphs of a row of ``height`` less those that spell a mark and are not set as the rest of it."""
    text = "".join(glyph.text for glyph in glyphs)
    spans = [found.span() for mark in MARKS for found in re.finditer(mark, text)]
    marked = {at for start, end in spans if not _is_set_alike(glyphs, start, end, height) for at in range(start, end)}
    return tuple(glyph for at, glyph in enumerate(glyphs) if at not in marked)


def _is_set_alike(glyphs: Sequence[Glyph], start: int, end: int, height: float) -> bool:
    """Whether the glyphs from ``start`` to ``end`` follow, or are followed by, others closely and at their pitch."""
    gaps = np.diff([glyph.x for glyph in glyphs])
    own, others = gaps[start : end - 1], np.delete(gaps, slice(max(0, start - 1), end))
    if not any(gap < MARK_GAP * height for gap in (*gaps[max(0, start - 1) : start], *gaps[end - 1 : end])):
        return False
    pitch = np.median(own)
    return bool(pitch > LEAST_PITCH * height and (not others.size or pitch < MOST_PITCH * np.median(others)))


def without_doubled(lines: Sequence[Line]) -> list[Line]:
    """The lines, each less what it ends with where another at its level, which begins there, begins with the same: a
    detector's rows may overlap, and a character in both was read twice."""
    return [replace(line, glyphs=line.glyphs[: len(line.glyphs) - _doubled(line, lines)]) for line in lines]


def _doubled(line: Line, lines: Sequence[Line]) -> int:
    """How many of the last glyphs of ``line`` another line begins with."""
    for other in lines:
        if line.row.is_level_with(other.row) and line.row.left < other.row.left < line.row.right < other.row.right:
            for count in range(min(MOST_DOUBLED, len(line.glyphs), len(other.glyphs)), 0, -1):
                ours, theirs = line.glyphs[-count:], other.glyphs[:count]
                same = all(one.text == two.text for one, two in zip(ours, theirs, strict=True))
                if same and abs(ours[0].x - theirs[0].x) < 0.6 * line.row.height:
                    return count
    return 0


def without_strays(glyphs: Sequence[Glyph], height: float) -> Sequence[Glyph]:
    """The longest stretch without a wide gap: a mark that stands beside a value is no part of it."""
    stretches: list[list[Glyph]] = []
    for glyph in glyphs:
        if stretches and glyph.x - stretches[-1][-1].x < STRAY_GAP * height:
            stretches[-1].append(glyph)
        else:
            stretches.append([glyph])
    return max(stretches, key=len, default=[])


def in_reading_order(lines: Sequence[Line]) -> list[Line]:
    """Top to bottom; stretches of one row from left to right."""
    by_row = {id(line.row): line for line in lines}
    return [by_row[id(row)] for row in rows_in_reading_order([line.row for line in lines])]


def bounding_quad(quads: Iterable[Points]) -> Points:
    """The smallest upright rectangle of the card frame around all the quads (4, 2)."""
    points = np.concatenate(list(quads))
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def steps_of(glyphs: Sequence[Glyph]) -> slice:
    """The steps of a line that the glyphs were seen over, with one more on either side."""
    return slice(max(0, glyphs[0].first - 1), glyphs[-1].last + 2)
