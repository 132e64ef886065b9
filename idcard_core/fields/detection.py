"""Where text stands on a card."""

from __future__ import annotations

import numpy as np

from idcard_core.card import CARD_FRAME
from idcard_core.locate.view import CardView, cut_quad
from idcard_core.text.engine import TextBox, TextEngine

DETECTION_SIZE = (640, 416)
"""Width and height a rectified card is looked at to find its rows: characters are still about 20 pixels high."""


def find_boxes(view: CardView, engine: TextEngine) -> list[TextBox]:
    """Text boxes on the card, in the card frame."""
    small = cut_quad(view.source, view.quad, DETECTION_SIZE)
    scale = np.array(CARD_FRAME, np.float32) / np.array(DETECTION_SIZE, np.float32)
    return [TextBox(np.asarray(box.quad * scale, np.float32), box.score) for box in engine.detect(small)]
