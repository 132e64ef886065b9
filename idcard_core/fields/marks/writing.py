"""Reads what was written or stamped over a card: 仅限办理…使用, 复印无效, the name on a company's seal.

The card is looked at without its black print (see ``ink``), level and turned along the mark. Coordinates are of the
card frame (856 x 540).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from statistics import fmean, median

import cv2
import numpy as np

from idcard_core.card import CARD_FRAME, Points
from idcard_core.fields.closer import EM_OF_ROW
from idcard_core.fields.detection import find_boxes
from idcard_core.fields.lines import Glyph, Line, read_rows
from idcard_core.fields.marks.columns import read_columns
from idcard_core.fields.marks.ink import FINENESS
from idcard_core.fields.marks.seals import ring_strips
from idcard_core.fields.marks.signs import is_slanted
from idcard_core.fields.marks.words import SIGNS, WORDS
from idcard_core.fields.rows import Row, rows_of
from idcard_core.locate.view import FRAME_QUAD, CardView, apply
from idcard_core.text.characters import is_han
from idcard_core.text.decode import read_plain
from idcard_core.text.engine import TextBox, TextEngine

Text = tuple[str, float]
"""What was read, and the mean probability of its characters."""
NEAR = 20.0
"""Half a character: one that is read again so near, without the print, is the print's shadow."""
PRINTED = re.compile("姓名|性别|民族|出生|住址|公?民?身份号码?|签发机关|有效期限|中华人民共和国|居民身份证|样本")
"""What stands on a card without its black print and is no mark."""
ENDS = " .,;:!?，。、；：！？·-_/|"
"""Signs that are no part of a text where it begins or ends."""
APART = 1.8
"""Times the usual distance of two characters of a line: so far apart stand two tiles of one watermark."""
SURE, LEAST_HAN, LEAST_OF_SIGNS = 0.75, 4, 2
"""Mean confidence and number of Chinese characters from which a line is told: any, and one with a mark's words."""
ROOM = 1.12
"""A card turned by any angle is looked at in a frame so much larger: a long line reaches into its corners."""
ALIKE = 0.6
"""Two texts of which the shorter has so great a part in common with the other are one, repeated."""


def read_marks(marks: CardView, printed: Sequence[Line], engine: TextEngine) -> tuple[str, ...]:
    """The texts of the marks on ``marks``, a card without its black print; a text that is repeated is told once.

    ``printed`` are the lines of that print: where it was taken out, its shapes may still be seen.
    """
    boxes = find_boxes(marks, engine)
    level = [box for box in boxes if not is_slanted(box.quad, 0.0)]
    found = [text for text in _texts(marks, rows_of(level), (printed, engine)) if SIGNS.search(text[0])]
    slanted = [box for box in boxes if is_slanted(box.quad, 0.0)]
    if slanted:
        turned = _turned(marks, _angle(slanted))
        found += _texts(turned, rows_of(find_boxes(turned, engine)), (printed, engine))
    return _told(found + _on_rings(marks, engine))


def words_in(lines: Sequence[Line]) -> tuple[str, ...]:
    """The texts of ``lines`` that say by their words that they are marks: ones in black, or on a patch."""
    return _told([_text(line.glyphs) for line in lines if WORDS.search(line.text)])


def _texts(view: CardView, rows: Sequence[Row], known: tuple[Sequence[Line], TextEngine]) -> list[Text]:
    """What the rows of ``view`` say, less what is printed at the same place."""
    printed, engine = known
    there = [glyph for line in printed for glyph in line.glyphs]
    stretches: list[list[Glyph]] = []
    for line in read_rows(view, rows, engine):
        if not line.glyphs:
            continue
        places = view.in_source(np.array([(glyph.x, glyph.y) for glyph in line.glyphs], np.float32)) / FINENESS
        own = [
            glyph
            for glyph, (x, y) in zip(line.glyphs, places, strict=True)
            if not any(glyph.text == other.text and max(abs(x - other.x), abs(y - other.y)) < NEAR for other in there)
        ]
        stretches += _stretches(own)
    em = EM_OF_ROW * median(row.height for row in rows) if rows else 0.0
    return [_text(stretch) for stretch in (*stretches, *read_columns(stretches, em))]


def _stretches(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The glyphs of a line, parted where there is a wide gap."""
    gaps = [later.x - earlier.x for earlier, later in pairwise(glyphs)]
    wide = APART * median(gaps) if gaps else 0.0
    parted: list[list[Glyph]] = []
    for glyph, gap in zip(glyphs, [np.inf, *gaps], strict=False):
        if gap > wide:
            parted.append([])
        parted[-1].append(glyph)
    return parted


def _text(glyphs: Sequence[Glyph]) -> Text:
    text = PRINTED.sub("", "".join(glyph.text for glyph in glyphs)).strip(ENDS)
    return text, fmean(glyph.probability for glyph in glyphs)


def _on_rings(marks: CardView, engine: TextEngine) -> list[Text]:
    """What stands along the rings of round seals."""
    found: list[Text] = []
    for seen in engine.recognize(ring_strips(marks.source)):
        characters = [character for character in read_plain(seen) if not character.text.isspace()]
        text = "".join(character.text for character in characters)
        if SIGNS.search(text):
            found.append((text, float(np.mean([character.probability for character in characters]))))
    return found


def _angle(boxes: Sequence[TextBox]) -> float:
    """The direction most of the boxes share, radians, clockwise; longer ones tell it better."""
    along = np.array([box.quad[1] - box.quad[0] for box in boxes])
    angles, lengths = np.arctan2(along[:, 1], along[:, 0]), np.hypot(*along.T)
    order = np.argsort(angles)
    reached = np.cumsum(lengths[order])
    return float(angles[order][np.searchsorted(reached, reached[-1] / 2)])


def _turned(view: CardView, angle: float) -> CardView:
    """The card in a frame turned by ``angle`` (radians, clockwise) about its middle."""
    middle = (CARD_FRAME[0] / 2, CARD_FRAME[1] / 2)
    turn = np.eye(3)
    turn[:2] = cv2.getRotationMatrix2D(middle, -np.degrees(angle), ROOM)
    corners: Points = apply(turn, FRAME_QUAD)
    return CardView(view.source, view.in_source(corners))


def _told(texts: Iterable[Text]) -> tuple[str, ...]:
    """Each text once: of those alike the one that was read most often, then most surely."""
    sure = [(text, p) for text, p in texts if p >= SURE and sum(map(is_han, text)) >= _least(text)]
    counts = Counter(text for text, _ in sure)
    told: list[str] = []
    for text, _ in sorted(sure, key=lambda item: (-counts[item[0]], -item[1] * len(item[0]))):
        if not any(_alike(text, other) for other in told):
            told.append(text)
    return tuple(told)


def _least(text: str) -> int:
    return LEAST_OF_SIGNS if WORDS.search(text) else LEAST_HAN


def _alike(one: str, other: str) -> bool:
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) >= ALIKE * min(len(one), len(other))
