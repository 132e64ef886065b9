"""Clear sleeves over what is learnt from: cards are kept in them, and so are prints, and photographs of either.

A sleeve reaches beyond the card and ends in straight bright or dark lines, much as a screen's frame does. Each
simulator draws few, each in its own way, so that networks took those of others for screens. Here they are drawn over
kept views in PyTorch, on whatever device holds them, in the card's frame, so that all views show the same one.
"""

from __future__ import annotations

import math

import numpy as np

from idcard_core.card import CARD_FRAME, Points
from idcard_core.judge.risk.views import rim_squares
from idcard_core.models.locator.net import Tensor, torch
from idcard_core.specimen.presented import Presented

from .augment import Views
from .chance import Chance
from .kept import CLASSES, KEPT_MARGIN, KEPT_UNITS

SHARES = {Presented.GENUINE: 0.2, Presented.COPY: 0.1, Presented.SCREEN: 0.04}
"""Of what is presented in a sleeve; a screen may show the photograph of a card in one."""
REACH = (4.0, 110.0)
"""How far a sleeve ends beyond each side of the card, in card-frame units (0.1 mm)."""
_SOFT = 2.0
"""Units over which its edge comes and goes: about a pixel of the finer views."""


class Sleeves:
    """Draws with a generator of its own, on ``device``."""

    def __init__(self, device: torch.device, seed: int) -> None:
        self._chance = Chance(device, seed, axes=3)
        self._shares = torch.tensor([SHARES[kind] for kind in CLASSES], device=device)

    def __call__(self, kept: Views) -> Views:
        """``kept`` views, some of them (``SHARES``) through a sleeve; pieces, which hardly show it, as they are."""
        drawn = self._chance.uniform(len(kept.classes), 0, 1).flatten()
        some = (drawn < self._shares[kept.classes]).nonzero()[:, 0]
        if not len(some):
            return kept
        sleeve = _Sleeve(self._chance, len(some))
        context, edges = kept.context.clone(), kept.edges.clone()
        size = np.array(CARD_FRAME, np.float32)
        low, high = -KEPT_MARGIN, 1 + KEPT_MARGIN
        around = np.array([[low, low], [high, low], [high, high], [low, high]], np.float32) * size
        context[some] = sleeve.over(context[some], around)
        for number, square in enumerate(rim_squares(KEPT_UNITS)):
            edges[some, number] = sleeve.over(edges[some, number], square)
        return Views(context, edges, kept.pieces, kept.classes)


class _Sleeve:
    """The sleeves of ``count`` pictures."""

    def __init__(self, draw: Chance, count: int) -> None:
        near, far = REACH
        left, top, right, bottom = (draw.spread(count, near, far) for _ in range(4))
        width, height = CARD_FRAME
        self._middle = (width + right - left) / 2, (height + bottom - top) / 2
        self._half = (width + right + left) / 2, (height + bottom + top) / 2
        self._turn = draw.uniform(count, -0.02, 0.02) * draw.some(count, 0.5)
        self._radius = draw.uniform(count, 0, 45) * draw.some(count, 0.7)
        self._through = draw.uniform(count, 0.78, 1)
        self._haze = draw.spread(count, 0.5, 40) * torch.cat([draw.uniform(count, 0.85, 1) for _ in range(3)], 1)
        self._lines = [self._line(draw, count, first) for first in (True, False)]
        self._mouth = draw.uniform(count, 0, 6).floor()
        self._waves = [
            (draw.uniform(count, 0, math.pi), draw.spread(count, 0.004, 0.06), draw.uniform(count, 0, 6.28))
            for _ in range(3)
        ]
        self._gloss = draw.spread(count, 2, 90) * draw.some(count, 0.6)
        self._sharp, self._lack = draw.spread(count, 2, 12), draw.uniform(count, 0.6, 1.6)

    @staticmethod
    def _line(draw: Chance, count: int, first: bool) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """How far within the edge a line runs, half its width (units), its tone and how much of it is seen."""
        inside = draw.uniform(count, 0, 3) if first else draw.uniform(count, 6, 60)
        wide = draw.spread(count, 0.8, 8) if first else draw.spread(count, 1, 20)
        bright = draw.some(count, 0.75)
        tone = bright * draw.uniform(count, 190, 255) + (1 - bright) * draw.uniform(count, 20, 120)
        seen = draw.uniform(count, 0, 1) if first else draw.uniform(count, 0, 0.5) * draw.some(count, 0.4)
        return inside, wide, tone, seen

    def over(self, views: Tensor, square: Points) -> Tensor:
        """``views`` (n, 3, h, w) of the part ``square`` (4, 2) of the card's frame, through the sleeves."""
        x, y = _places(views, square)
        right, down = x - self._middle[0], y - self._middle[1]
        across, along = right + self._turn * down, down - self._turn * right
        outside_x = across.abs() - self._half[0] + self._radius
        outside_y = along.abs() - self._half[1] + self._radius
        beyond = torch.hypot(outside_x.clamp(min=0), outside_y.clamp(min=0))
        away = beyond + torch.maximum(outside_x, outside_y).clamp(max=0) - self._radius
        covered = torch.sigmoid(-2 * away / _SOFT)
        film = self._through * views + self._haze + self._gloss * self._sheen(x, y)
        seen = views + covered * (film - views)
        open_side = self._open(across / self._half[0], along / self._half[1])
        for inside, wide, tone, share in self._lines:
            line = torch.sigmoid(2 * (wide - (away + inside).abs()) / _SOFT) * share * (1 - open_side)
            seen = seen + line * (tone - seen)
        return seen.clamp(0, 255)

    def _open(self, across: Tensor, along: Tensor) -> Tensor:
        """1 along the side where the sleeve is open, if any is."""
        sides = (across > 0.985, across < -0.985, along > 0.975, along < -0.975)
        return torch.stack([(self._mouth == number) & side for number, side in enumerate(sides)]).any(0).float()

    def _sheen(self, x: Tensor, y: Tensor) -> Tensor:
        """Lights mirrored in a film that is not quite flat, 0 to 1."""
        waves = [
            torch.sin((x * torch.cos(turn) + y * torch.sin(turn)) * pace + start) for turn, pace, start in self._waves
        ]
        return torch.sigmoid(self._sharp * (torch.stack(waves).sum(0) / 2 - self._lack))


def _places(views: Tensor, square: Points) -> tuple[Tensor, Tensor]:
    """Where the pixels of ``views`` of the part ``square`` stand in the card's frame: x and y, (1, 1, h, w)."""
    height, width = views.shape[-2:]
    origin, right, down = (torch.from_numpy(square[at]).to(views.device) for at in (0, 1, 3))
    columns = ((torch.arange(width, device=views.device) + 0.5) / width)[None, :]
    rows = ((torch.arange(height, device=views.device) + 0.5) / height)[:, None]
    x, y = (origin[axis] + columns * (right - origin)[axis] + rows * (down - origin)[axis] for axis in (0, 1))
    return x[None, None], y[None, None]
