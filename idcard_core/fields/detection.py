"""Where text stands on a card."""

from __future__ import annotations

import numpy as np

from idcard_core.card import CARD_FRAME
from idcard_core.locate.view import SMALL_SIZE, CardView
from idcard_core.text.engine import TextBox, TextEngine
from idcard_core.tracing import span


def find_boxes(view: CardView, engine: TextEngine) -> list[TextBox]:
    """Text boxes on the card, in the card frame."""
    scale = np.array(CARD_FRAME, np.float32) / np.array(SMALL_SIZE, np.float32)
    with span("rectify"):
        small = view.small
    with span("detect"):
        return [TextBox(np.asarray(box.quad * scale, np.float32), box.score) for box in engine.detect(small)]
