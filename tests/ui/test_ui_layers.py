"""What is laid over a card: edit traces and glare."""

from __future__ import annotations

import cv2
import numpy as np

from idcard_core.ui.layers import glare_layer, heat_layer


def pixels(png: bytes | None) -> np.ndarray:
    """BGRA."""
    assert png is not None
    return cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED).astype(int)


def test_where_nothing_is_suspected_there_is_no_layer() -> None:
    assert heat_layer(np.zeros((14, 22), np.float32)) is None
    assert heat_layer(np.zeros((0, 0), np.float32)) is None


def test_where_something_is_it_is_warm_and_the_rest_clear() -> None:
    heat = np.zeros((14, 22), np.float32)
    heat[:, :11] = 1
    blue, _, red, alpha = np.moveaxis(pixels(heat_layer(heat)), 2, 0)
    assert (red[:, :11] - blue[:, :11]).min() > 60
    assert alpha[:, :11].min() > 100
    assert alpha[:, 11:].max() == 0


def test_glare_is_where_a_spot_is_burnt_out() -> None:
    card = np.full((540, 856, 3), 120, np.uint8)
    assert glare_layer(card) is None
    cv2.circle(card, (200, 270), 60, (255, 255, 255), -1)
    alpha = pixels(glare_layer(card))[:, :, 3]
    height, width = alpha.shape
    assert alpha[height // 2, round(width * 200 / 856)] > 100
    assert alpha[height // 2, round(width * 600 / 856)] == 0
