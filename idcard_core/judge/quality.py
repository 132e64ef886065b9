"""How good the picture of a card is, by numbers: light, blur, glare."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import CARD_FRAME, Image
from idcard_core.judgement import Quality
from idcard_core.locate.view import SMALL_SIZE

FINE, COARSE = 1.5, 4.0
"""Deviations, in pixels of a card 640 wide, of the two Gaussians an edge is looked at through."""
EDGES = 0.02
"""The strongest edges that blur is told from, as a share of the card."""
LEAST_EDGE = 1.0
"""Grey levels a pixel: weaker ones are noise."""
EM = 33.0 / CARD_FRAME[0] * SMALL_SIZE[0]
"""A character of a value, in pixels of a card 640 wide."""
CLIPPED = 250
"""A spot with all colours from here on has lost what was printed there."""
DARKEST_PRINT, BRIGHTEST = 0.02, 0.95
"""Shares of the card's spots that are darker than its print, and than its paper, are taken to be."""

NIGHT, DUSK = 0.24, 0.4
"""Brightness of the brightest hundredth of a picture below which there is too little light: in any case, and if noise
shows that the camera had to amplify."""
GRAINY = 1.4
"""Grey levels of noise, at half the picture's size, that show it."""
_NOISE_MASK = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)

BLURRED_AWAY = 0.3
"""Blur, in ems, at which no character can be read."""
DARKEST, BRIGHT_ENOUGH = 0.05, 0.4
"""Brightness of paper with nothing left to see, and with nothing lost."""


@dataclass(frozen=True, slots=True)
class Light:
    """Of one card."""

    paper: float
    """Brightness of its paper, 0 to 1."""
    contrast: float
    """By how much its darkest print is darker than the paper, 0 to 1."""
    clipped: float
    """Share of it that is white without any print left."""


def light_of(small: Image) -> Light:
    """The light on a rectified card (BGR, any size)."""
    counts = _counts(small)
    dark, bright = (int(np.searchsorted(counts, share * counts[-1])) for share in (DARKEST_PRINT, BRIGHTEST))
    return Light(bright / 255, (bright - dark) / 255, float(cv2.mean(clipped(small))[0]))


def _counts(picture: Image) -> NDArray[np.int64]:
    """How many pixels of ``picture`` are as dark as each of the 256 grey levels or darker."""
    levels = cv2.calcHist([cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)], [0], None, [256], [0, 256])
    return np.cumsum(levels.ravel().astype(np.int64))


def is_in_the_dark(picture: Image) -> bool:
    """Whether ``picture`` (BGR) shows a scene with too little light: nothing in it is bright, and noise is over it.

    In good light something is nearly white, be the ground ever so dark; a picture of dark wood alone has no noise.
    """
    counts = _counts(picture[::4, ::4])
    brightest = int(np.searchsorted(counts, 0.99 * counts[-1])) / 255
    return brightest < NIGHT or (brightest < DUSK and _noise_of(picture) > GRAINY)


def _noise_of(picture: Image) -> float:
    """Deviation of the noise of ``picture`` at half its size, grey levels.

    By a mask that sees neither steps nor ramps (Immerkaer, *Fast noise variance estimation*, 1996), and the median of
    what it gives, so that print and edges do not count.
    """
    half = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    grey = np.asarray(cv2.cvtColor(half, cv2.COLOR_BGR2GRAY), np.float32)
    return float(np.median(np.abs(cv2.filter2D(grey, -1, _NOISE_MASK)))) / (6 * 0.6745)


def clipped(picture: Image) -> Image:
    """1 where all colours of ``picture`` are as bright as they can be, else 0; (height, width) uint8."""
    white = np.asarray(cv2.inRange(picture, np.full(3, CLIPPED), np.full(3, 255)), np.uint8)
    return np.asarray(white & 1, np.uint8)


def blur_of(small: Image) -> float:
    """The blur of a card rectified to ``SMALL_SIZE``, as a Gaussian's deviation in ems; 0 is sharp.

    An edge of blur b has, seen through a Gaussian of deviation s, a gradient that falls with sqrt(s^2 + b^2); the
    ratio of two gradients tells b (Zhuo and Sim, *Defocus map estimation from a single image*, 2011). The strongest
    edges are print, and the median of theirs is taken.
    """
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.float32)
    inner = slice(12, -12), slice(12, -12)
    fine, coarse = (_gradient(grey, deviation)[inner] for deviation in (FINE, COARSE))
    least = max(LEAST_EDGE, float(np.quantile(coarse, 1 - EDGES)))
    strong = coarse >= least
    if int(strong.sum()) < 50:
        return 1.0
    ratio = float(np.clip(np.median(fine[strong] / coarse[strong]), 1.001, COARSE / FINE - 1e-3))
    return float(np.sqrt((COARSE**2 - ratio**2 * FINE**2) / (ratio**2 - 1))) / EM


def _gradient(grey: NDArray[np.float32], deviation: float) -> NDArray[np.float32]:
    soft = cv2.GaussianBlur(grey, (0, 0), deviation)
    return np.asarray(
        cv2.magnitude(cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)) / 8, np.float32
    )


def score_of(light: Light, blur: float, glare: float, completeness: float) -> Quality:
    """Scores from 0 to 1; ``blur`` in ems, ``glare`` and ``completeness`` as shares of the card."""
    bright = float(np.clip((light.paper - DARKEST) / (BRIGHT_ENOUGH - DARKEST), 0, 1))
    lost = float(np.clip(2 * (light.clipped - 0.5), 0, 1)) if light.contrast < 0.3 else 0.0
    return Quality(
        sharpness=float(np.clip(1 - blur / BLURRED_AWAY, 0, 1)),
        exposure=bright * (1 - lost),
        glare=float(np.clip(1 - glare, 0, 1)),
        completeness=float(np.clip(completeness, 0, 1)),
    )
