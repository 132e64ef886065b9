"""Reads a rectified card: print to lines, lines to the fields of whichever side they speak for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from idcard_core.card import Side
from idcard_core.fields import back, front
from idcard_core.fields.card_text import LEAST_SCORE, CardText
from idcard_core.fields.closer import look_closer
from idcard_core.fields.detection import find_boxes
from idcard_core.fields.lines import Line, in_reading_order, read_rows, without_doubled
from idcard_core.fields.marks.choice import choose
from idcard_core.fields.marks.foreign import ForeignInk
from idcard_core.fields.marks.ink import Inks
from idcard_core.fields.marks.read_through import from_labels, read_print
from idcard_core.fields.marks.signs import shows_marks
from idcard_core.fields.marks.writing import read_marks, words_in
from idcard_core.fields.placed import Expected, SideReading
from idcard_core.fields.rows import Row, rows_of
from idcard_core.fields.second_look import rows_to_read_again, without
from idcard_core.locate.view import CardView
from idcard_core.text.characters import is_han
from idcard_core.text.engine import TextEngine
from idcard_core.text.glyphs import GlyphReader
from idcard_core.tracing import span

SIDES = (Side.FRONT, Side.BACK)
SURE_OF_A_LINE = 0.9
"""Confidence from which something read where no text was detected is taken for text."""


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads: lines, and single characters."""

    lines: TextEngine
    glyphs: GlyphReader


def read_card(view: CardView, readers: Readers, thorough: bool = False) -> CardText:
    """Read a card that may turn out to stand upside down; the answer's view stands upright.

    ``thorough``: marks are looked for on every card, not only where what was read shows a sign of them.
    """
    first = _read(view, readers, thorough)
    if first.is_sure:
        return first
    other = _read(view.turned(), readers, thorough)
    return max(first, other, key=lambda text: text.score)


def _read(view: CardView, readers: Readers, thorough: bool) -> CardText:
    boxes, ink = find_boxes(view, readers.lines), ForeignInk(view.small)
    text = _read_whole(view, rows_of(boxes), lambda rows: ink.without(read_rows(view, rows, readers.lines)), SIDES)
    if not text.is_card:
        return text
    text = _looked_at_closely(text, view, readers.glyphs)  # first: rare characters are doubtful, and no marks
    marked = ink.found or shows_marks(boxes, text.lines, text.reading)
    if not (marked or thorough):
        return text
    with span("marks"):
        return _with_marks(text, readers, ink, marked)


def _is_text(line: Line) -> bool:
    """Whether something was surely read; a pattern of lines looks like a letter now and then."""
    return line.confidence >= SURE_OF_A_LINE and any(is_han(char) or char.isdigit() for char in line.text)


def _looked_at_closely(text: CardText, view: CardView, glyphs: GlyphReader) -> CardText:
    """``text`` with its doubtful characters read again, each alone, as ``view`` shows them."""
    with span("look closer"):
        return replace(text, reading=replace(text.reading, fields=look_closer(view, text.fields, glyphs)))


def _read_whole(
    view: CardView, rows: Sequence[Row], read: Callable[[Sequence[Row]], list[Line]], sides: Sequence[Side]
) -> CardText:
    """What ``read`` finds on the rows, and at the places where a value was missed; the card is one of ``sides``."""
    lines = without_doubled(read(rows))
    side, reading, expected = _likelier_side(lines, sides)
    if reading.score >= LEAST_SCORE:
        again = rows_to_read_again(reading, expected)
        below = read(front.rows_that_may_go_on(reading) if side is Side.FRONT else [])
        found = [*read(again), *(line for line in below if _is_text(line))]
        if found:
            lines = in_reading_order([*without(lines, again), *found])
            side, reading, _ = _likelier_side(lines, [side])
    return CardText(view, side, reading, tuple(lines))


def _with_marks(text: CardText, readers: Readers, ink: ForeignInk, marked: bool) -> CardText:
    """The card with what is written over it, and with the better reading of each field where anything is.

    ``ink`` has told characters that are none of the print; ``marked``: what was read shows a sign of marks.
    """
    inks, evident = Inks.of(text.view), ink.found
    if not marked and not (marks := read_marks(inks.marks_alone(), text.lines, readers.lines)):
        return text
    alone = inks.print_alone()
    rows = from_labels(rows_of(find_boxes(alone, readers.lines)), text.lines)
    sides = [text.side] if text.is_sure else SIDES
    other = _read_whole(
        text.view, rows, lambda rows: ink.without(read_print(alone, text.view, rows, readers.lines)), sides
    )
    if marked:
        marks = read_marks(inks.marks_alone(), other.lines, readers.lines) or words_in(text.lines)
    if other.side is not text.side:
        return replace(max(text, other, key=lambda either: either.score), marks=marks)
    other = _looked_at_closely(other, alone, readers.glyphs)
    better = choose(text.fields, other.fields, evident or bool(marks))
    reading = replace(text.reading, fields=better, score=max(text.score, other.score))
    return replace(text, reading=reading, marks=marks)


def _likelier_side(lines: Sequence[Line], sides: Sequence[Side]) -> tuple[Side, SideReading, Sequence[Expected]]:
    """The one of ``sides`` that more speaks for, what it reads like, and where its rows are expected."""
    read = {Side.FRONT: (front.read_front, front.EXPECTED), Side.BACK: (back.read_back, back.EXPECTED)}
    with span("fields"):
        readings = [(side, read[side][0](lines), read[side][1]) for side in sides]
    return max(readings, key=lambda found: found[1].score)
