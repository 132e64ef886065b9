"""Painted pictures: where the card comes to lie. What all simulators have in common is in ``test_simulators``."""

from __future__ import annotations

import numpy as np

from idcard_core.specimen.painted.stage import draw_view
from idcard_core.specimen.plane import CARD_QUAD, at


def test_the_first_corner_is_the_cards_own_top_left() -> None:
    views = [draw_view(np.random.default_rng(seed), CARD_QUAD, 600, False) for seed in range(40)]
    for view in views:
        assert np.allclose(at(CARD_QUAD[:1], view.matrix), view.quad[:1], atol=0.05)
    turned = sum(float(view.quad[0, 0]) > float(view.quad[1, 0]) for view in views)
    assert 0 < turned < 20
