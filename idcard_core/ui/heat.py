"""The tamper map laid over the rectified card."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image

COLDEST = 0.05
"""Scores below leave the card as it is."""


def heat_map(rectified: Image, heat: NDArray[np.float32]) -> Image:
    """The card in grey, yellow to red where ``heat`` (any size, 0 to 1) is above ``COLDEST``."""
    height, width = rectified.shape[:2]
    grey = cv2.cvtColor(rectified, cv2.COLOR_BGR2GRAY)
    card = cv2.merge([grey, grey, grey]).astype(np.float32)
    large = cv2.resize(heat, (width, height), interpolation=cv2.INTER_LINEAR).clip(0, 1)
    warm = cv2.applyColorMap(((1 - large) * 255).astype(np.uint8), cv2.COLORMAP_AUTUMN).astype(np.float32)
    share = (np.where(large > COLDEST, 0.25 + 0.5 * large, 0.0))[:, :, None].astype(np.float32)
    return np.asarray(card + (warm - card) * share, np.float32).clip(0, 255).astype(np.uint8)
