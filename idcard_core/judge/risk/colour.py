"""Whether a card has colours of its own. A print in black or grey has none: only the tint of the light it lies in.

Where the picture itself is grey, colours tell nothing; but a copier, and a scanner set to text, make the pale ground of
a card as white as the page it is on, which a camera does in too much light only, and then to what is white alone.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image
from idcard_core.judge.risk.views import MARGIN

CELLS = (54, 34)
"""Cells that a card is seen in, across and down: each is the mean of so many pixels that noise hardly counts."""
RIM = 2
"""Cells at each edge that may show what is around the card."""
GAMMA = 2.2
LIT = (0.02, (245 / 255) ** GAMMA)
"""Linear light, of 1, at which the colour of a cell can be told: no channel clipped, none lost in the dark."""
LEAST_LIT = 0.25
"""Least share of the cells that must be lit."""
ROUNDS, OUTLYING = 4, 2.5
"""The tint is fitted so often, each time to cells no further off than that many times the middle distance."""
MOST_COLOURFUL = 97
"""Percentile of the cells that tells: an emblem or a face covers little of a card."""
COLOURLESS = 0.5
"""Mean distance, of 255, of a pixel's largest channel from its smallest, below which the picture itself is grey."""
GREY, COLOURED = 0.05, 0.11
"""Of 3 120 simulated pictures, three in ten prints (half of all are in colour) have less colour than 0.032, one card in
50 less than 0.077 and one in 20 less than 0.118."""
MOST_ODDS = 4.0
"""What the absence of colour tells at most, as log odds: some cards are faded."""
WHITE = 247
"""Of 255, from which a cell of a grey picture is white."""
CARD_WHITE, PAGE_WHITE = (0.45, 0.6), (0.5, 0.75)
"""Shares of a card's cells, and of those around it, from which it begins to be bleached, and from which it is: about a
third of a card is covered by print. Of 52 grey pictures of cards and of screens by four simulators none is by more
than 0.06."""
ALL_WHITE = 0.97
"""Share from which there is no print on the card."""
BLEACHED_ODDS = 3.0
"""What it tells, as log odds, where the picture is grey."""


def own_colour(context: Image) -> float | None:
    """How far the most colourful cells of the card in the middle of ``context`` (``views.context_of``) are from the
    tint of the light, which may change evenly across the card: a distance of natural logarithms of red and of blue to
    green. None for a grey picture, and where too little is lit to tell.
    """
    grey = cv2.resize(context, (40, 28), interpolation=cv2.INTER_AREA).astype(np.float32)
    if float((grey.max(axis=2) - grey.min(axis=2)).mean()) < COLOURLESS:
        return None
    light = ((_card_of(context) / np.float32(255)) ** np.float32(GAMMA)).reshape(-1, 3)
    lit = (light.min(axis=1) > LIT[0]) & (light.max(axis=1) < LIT[1])
    if lit.mean() < LEAST_LIT:
        return None
    logarithms = np.log(light + np.float32(0.01))
    colours = np.stack([logarithms[:, 2] - logarithms[:, 1], logarithms[:, 0] - logarithms[:, 1]], axis=1)
    distances = _distances_from_tint(colours, lit)
    return float(np.percentile(distances[lit], MOST_COLOURFUL))


def _card_of(context: Image) -> NDArray[np.float32]:
    height, width = context.shape[:2]
    left, top = (round(size * MARGIN / (1 + 2 * MARGIN)) for size in (width, height))
    card = context[top : height - top, left : width - left]
    return cv2.resize(card, CELLS, interpolation=cv2.INTER_AREA).astype(np.float32)[RIM:-RIM, RIM:-RIM]


def _distances_from_tint(colours: NDArray[np.float32], lit: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Of ``colours`` (n, 2) of all cells, from a plane through most of those that are lit."""
    across, down = (np.linspace(-1, 1, cells - 2 * RIM, dtype=np.float32) for cells in CELLS)
    x, y = np.meshgrid(across, down)
    places = np.stack([np.ones(x.size, np.float32), x.ravel(), y.ravel()], axis=1)
    near = lit
    for _ in range(ROUNDS):
        one = places[near]
        tint = np.linalg.solve(one.T @ one + 1e-3 * np.eye(3, dtype=np.float32), one.T @ colours[near])
        distances = np.asarray(np.hypot(*(colours - places @ tint).T), np.float32)
        near = lit & (distances <= OUTLYING * float(np.median(distances[near])) + 1e-4)
    return distances


def odds_of_colour(context: Image) -> NDArray[np.float32]:
    """Log odds (3,) that a card, a print or a screen is seen, by its colours alone: for a print where it has none."""
    colour = own_colour(context)
    if colour is None:
        return np.array([0, BLEACHED_ODDS * bleached(context), 0], np.float32)
    share = float(np.clip((COLOURED - colour) / (COLOURED - GREY), 0, 1))
    return np.array([0, MOST_ODDS * share, 0], np.float32)


def bleached(context: Image) -> float:
    """How much (0 to 1) the card in the middle of ``context`` looks as a copier leaves it: without any colour, its
    ground as white as the page around. 0 where it has colours."""
    card = _card_of(context)
    if float((card.max(axis=2) - card.min(axis=2)).mean()) >= COLOURLESS:
        return 0.0
    around = cv2.resize(context, (40, 28), interpolation=cv2.INTER_AREA).min(axis=2)
    page = np.ones(around.shape, bool)
    page[6:22, 9:31] = False  # the card and a cell more
    on_card, beside = float((card.min(axis=2) >= WHITE).mean()), float((around[page] >= WHITE).mean())
    if on_card > ALL_WHITE:
        return 0.0
    looks = [(on_card, CARD_WHITE), (beside, PAGE_WHITE)]
    return float(np.prod([np.clip((share - least) / (most - least), 0, 1) for share, (least, most) in looks]))
