"""The tamper map over the card."""

import numpy as np

from idcard_core.ui.heat import heat_map

CARD = np.full((54, 86, 3), (200, 150, 100), np.uint8)


def test_where_nothing_is_suspected_the_card_is_grey() -> None:
    shown = heat_map(CARD, np.zeros((14, 22), np.float32))
    assert shown.shape == CARD.shape
    assert (shown == shown[:, :, :1]).all()


def test_where_something_is_it_is_warm() -> None:
    heat = np.zeros((14, 22), np.float32)
    heat[:, :11] = 1
    shown = heat_map(CARD, heat).astype(int)
    red, blue = shown[:, :, 2], shown[:, :, 0]
    assert (red[:, :35] - blue[:, :35]).min() > 60
    assert (red[:, 60:] == blue[:, 60:]).all()
