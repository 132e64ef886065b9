"""Small builders: lines of print as if a recogniser had read them."""

from __future__ import annotations

import numpy as np

from idcard_core.fields.lines import Glyph, Line
from idcard_core.fields.rows import Row
from idcard_core.text.characters import normalize, simplify
from idcard_core.text.engine import LineProbabilities

STEPS = 3
"""Steps a character of a made line."""


def make_line(text: str, left: float, middle: float, pitch: float = 33.0, height: float = 42.0) -> Line:
    """A line that was read as ``text`` with certainty; spaces in it stand for empty places."""
    alphabet = ("", *dict.fromkeys("0123456789X男女" + text.replace(" ", "")))
    probabilities = np.full((STEPS * len(text), len(alphabet)), 1e-6, np.float32)
    glyphs = []
    for at, character in enumerate(text):
        steps = slice(STEPS * at, STEPS * at + STEPS)
        probabilities[steps, 0] = 1.0
        if character == " ":
            continue
        probabilities[STEPS * at + 1] = 1e-6
        probabilities[STEPS * at + 1, alphabet.index(character)] = 0.99
        x = left + (at + 0.5) * pitch
        step = STEPS * at + 1
        glyphs.append(Glyph(simplify(normalize(character)), character, 0.99, x, middle, step, step))
    right, top, bottom = left + pitch * len(text), middle - height / 2, middle + height / 2
    row = Row(np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32))
    return Line(row, LineProbabilities(probabilities, alphabet, len(probabilities)), tuple(glyphs))
