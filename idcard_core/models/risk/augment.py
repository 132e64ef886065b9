"""The same picture by other cameras, in other light, sent another way: what its views show stays the same.

All is drawn anew for every picture of a batch and done to all its views alike, in PyTorch, on whatever device holds
them. Noise, its reduction, sharpening and JPEG are what a camera and a messenger do to any picture, so that none of
them can tell a print from a card.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from idcard_core.models.locator.net import Tensor, functional, torch

from .chance import Chance

GREY_SHARE = 0.12
"""A grey picture of a card is no copy, and one of a copy is."""
NOISE_BANK = 1 << 26
"""Numbers of which all noise is cut, each time from somewhere else: drawing it anew would take most of the time.

Twice as many as the pieces of a large batch have, were all of them noisy."""
DIM_SHARE, NOISY_SHARE, SMOOTH_SHARE, SHARP_SHARE, JPEG_SHARE = 0.12, 0.45, 0.25, 0.25, 0.4
_LUMA = np.array(
    [[16, 11, 10, 16, 24, 40, 51, 61], [12, 12, 14, 19, 26, 58, 60, 55], [14, 13, 16, 24, 40, 57, 69, 56],
     [14, 17, 22, 29, 51, 87, 80, 62], [18, 22, 37, 56, 68, 109, 103, 77], [24, 35, 55, 64, 81, 104, 113, 92],
     [49, 64, 78, 87, 103, 121, 120, 101], [72, 92, 95, 98, 112, 100, 103, 99]], np.float32)  # fmt: skip
"""Quantisation of brightness at quality 50: ITU-T T.81, table K.1."""
_CHROMA = np.minimum(99, np.add.outer(np.arange(8), np.arange(8)) * 14 + 17).astype(np.float32)
"""Near table K.2, which is 99 but for its first corner."""
_TO_YCC = ((0.114, 0.587, 0.299), (0.5, -0.3313, -0.1687), (-0.0813, -0.4187, 0.5))
"""Of blue, green and red: ITU-T T.871."""


@dataclass(frozen=True, slots=True)
class Views:
    """Of n pictures, float, 0 to 255, on one device: ``context`` (n, 3, h, w), ``edges`` (n, 8, 3, s, s), ``pieces``
    (n, 6, 3, s, s), and ``classes`` (n,)."""

    context: Tensor
    edges: Tensor
    pieces: Tensor
    classes: Tensor


class Augment:
    """Draws with a generator of its own, on ``device``."""

    def __init__(self, device: torch.device, seed: int) -> None:
        self._device = device
        self._chance = Chance(device, seed)
        rows = np.arange(8)
        waves = np.cos((2 * rows[None] + 1) * rows[:, None] * math.pi / 16) / 2
        waves[0] /= math.sqrt(2)
        self._waves = torch.tensor(waves, dtype=torch.float32, device=device)
        self._tables = torch.tensor(np.stack([_LUMA, _CHROMA, _CHROMA]), device=device)
        self._to_ycc = torch.tensor(_TO_YCC, device=device)
        self._bank = self._chance.normal(NOISE_BANK)

    def __call__(self, kept: Views, sizes: tuple[tuple[int, int], int, int]) -> Views:
        """Parts of ``kept`` views of ``sizes``: (width, height) of the context, sides of edges and of pieces."""
        around, edge, piece = sizes
        count = len(kept.classes)
        context = self._shifted(kept.context, around[::-1])
        edges = self._shifted(kept.edges.flatten(0, 1), (edge, edge))
        pieces = self._turned(self._shrunk(kept.pieces.flatten(0, 1), piece, count))
        self._mirror(context, edges)
        views = [context, edges, pieces]
        views = self._relit(views, count)
        views = self._sensed(views, count)
        views = [view.clamp(0, 255).round() for view in self._sent(views, count)]
        edges, pieces = (view.reshape(count, -1, *view.shape[1:]) for view in views[1:])
        return Views(views[0], edges, pieces, kept.classes)

    def _noise(self, *shape: int) -> Tensor:
        size = math.prod(shape)
        start = self._chance.below(NOISE_BANK - size)
        return self._bank[start : start + size].view(shape)

    def _cut(self, views: Tensor, size: tuple[int, int], scale: Tensor) -> Tensor:
        """Parts of ``size`` (height, width) at random places of ``views``, 1 / ``scale`` (n,) as large as cut.

        At a scale of 1 pixels stay as they are.
        """
        count, _, height, width = views.shape
        room = [whole - scale * (part - 1) - 1 for whole, part in ((height, size[0]), (width, size[1]))]
        starts = [self._chance.uniform(count, 0, 1) * (left + 1) for left in room]
        starts = [
            torch.where(scale == 1, start.floor(), start).minimum(left.clamp(min=0))
            for start, left in zip(starts, room, strict=True)
        ]
        rows, columns = (
            start[:, None] + scale[:, None] * torch.arange(part, device=self._device)
            for start, part in zip(starts, size, strict=True)
        )
        across = (columns * (2 / (width - 1)) - 1)[:, None, :].expand(-1, size[0], -1)
        down = (rows * (2 / (height - 1)) - 1)[:, :, None].expand(-1, -1, size[1])
        grid = torch.stack([across, down], -1)
        return functional.grid_sample(views, grid, mode="bilinear", padding_mode="border", align_corners=True)

    def _shifted(self, views: Tensor, size: tuple[int, int]) -> Tensor:
        return self._cut(views, size, torch.ones(len(views), device=self._device))

    def _shrunk(self, views: Tensor, side: int, count: int) -> Tensor:
        """Pieces; those of three in ten pictures made smaller, as messengers do."""
        most = views.shape[-1] / side
        scale = 1 + self._chance.some(count, 0.3) * self._chance.uniform(count, 0, most - 1)
        return self._cut(views, (side, side), scale.repeat_interleave(len(views) // count))

    def _turned(self, pieces: Tensor) -> Tensor:
        """By quarter turns, and mirrored: whole batches at once, as the batch is mixed anyway."""
        quarter = self._chance.below(4)
        pieces = torch.rot90(pieces, quarter, (2, 3))
        return pieces.flip(3) if float(self._chance.uniform(1, 0, 1)) < 0.5 else pieces

    def _mirror(self, context: Tensor, edges: Tensor) -> None:
        """Half of the scenes, left to right: light, paper and plastic are as likely so.

        A corner of a mirrored card, turned as ``views.edges_of`` turns it, is the corner with rows for columns.
        """
        count = len(context)
        some = self._chance.some(count, 0.5).bool()
        each = edges.reshape(count, -1, *edges.shape[1:])
        corners, sides = each[:, :4], each[:, 4:]
        corners[some], sides[some] = corners[some].mT, sides[some].flip(-1)
        context[some] = context[some].flip(-1)

    def _relit(self, views: list[Tensor], count: int) -> list[Tensor]:
        """In other light and colours; some in grey, some dim."""
        spread = torch.where(self._chance.some(count, 0.3) > 0, 0.25, 0.1)
        gains = torch.exp(self._chance.normal(count, 3) * 0.06 + (self._chance.normal(count) * spread)[:, None])
        dim = self._chance.some(count, DIM_SHARE)
        gains = gains * torch.exp(-dim * self._chance.uniform(count, 0.4, 1.6))[:, None]
        power = torch.exp(self._chance.normal(count) * 0.15)
        colour = self._chance.uniform(count, 0.6, 1.35) * (1 - self._chance.some(count, GREY_SHARE))
        lit = []
        for view in views:
            each = len(view) // count
            bright = (view / 255 * _spread(gains, each)).clamp(0, 1) ** _spread(power, each)
            grey = (bright * self._to_ycc[0][:, None, None]).sum(1, keepdim=True)
            lit.append((grey + (bright - grey) * _spread(colour, each)) * 255)
        return lit

    def _sensed(self, views: list[Tensor], count: int) -> list[Tensor]:
        """With noise of the sensor, blotches of its colours, noise reduction and sharpening."""
        noisy = self._chance.some(count, NOISY_SHARE)
        grain = self._chance.spread(count, 0.4, 14)
        blotches = self._chance.some(count, 0.6) * self._chance.spread(count, 0.4, 9)
        coloured = self._chance.uniform(count, 0, 1)
        smooth = self._chance.some(count, SMOOTH_SHARE) * self._chance.uniform(count, 0.2, 0.9)
        sharp = self._chance.some(count, SHARP_SHARE) * self._chance.uniform(count, 0.2, 1.5)
        worked = ((smooth > 0) | (sharp > 0)).float()
        seen = []
        for view, share in zip(views, (0.35, 0.6, 1.0), strict=True):  # the first two were made smaller: less noise
            each = len(view) // count
            some = noisy.repeat_interleave(each).nonzero()[:, 0]
            kinds = (coloured, share * grain, share * blotches)
            view[some] = self._noisy(view[some], *(_spread(kind, each)[some] for kind in kinds))
            some = worked.repeat_interleave(each).nonzero()[:, 0]
            part = view[some]
            soft = functional.avg_pool2d(part, 3, 1, 1, count_include_pad=False)
            part = part + _spread(smooth, each)[some] * (soft - part)
            view[some] = part + _spread(sharp, each)[some] * (part - soft)
            seen.append(view)
        return seen

    def _noisy(self, view: Tensor, coloured: Tensor, grain: Tensor, blotches: Tensor) -> Tensor:
        """With ``grain`` of each pixel, by its share ``coloured`` its channels' own, and ``blotches`` of colour."""
        count, _, height, width = view.shape
        own, alike = self._noise(count, 3, height, width), self._noise(count, 1, height, width)
        coarse = self._noise(count, 3, height // 3, width // 3)
        coarse = coarse - coarse.mean(1, keepdim=True)
        coarse = functional.interpolate(coarse, (height, width), mode="bilinear", align_corners=False)
        return (view + grain * (coloured * own + (1 - coloured**2).sqrt() * alike) + blotches * coarse).clamp(0, 255)

    def _sent(self, views: list[Tensor], count: int) -> list[Tensor]:
        """Through JPEG of some quality, colours at half the size."""
        chosen = self._chance.some(count, JPEG_SHARE)
        quality = self._chance.uniform(count, 40, 95)
        scale = torch.where(quality < 50, 50 / quality, 2 - quality / 50)
        for view in views:
            each = len(view) // count
            some = chosen.repeat_interleave(each).nonzero()[:, 0]
            view[some] = self._jpeg(view[some].clamp(0, 255), scale.repeat_interleave(each)[some])
        return views

    def _jpeg(self, views: Tensor, scale: Tensor) -> Tensor:
        """``views`` (n, 3, h, w) coded and decoded; ``scale`` (n,) of the quantisation."""
        count, _, height, width = views.shape
        planes = torch.einsum("nchw,yc->nyhw", views, self._to_ycc)
        colours = functional.interpolate(functional.avg_pool2d(planes[:, 1:], 2), (height, width), mode="nearest")
        planes = torch.cat([planes[:, :1] - 128, colours], 1)
        blocks = planes.reshape(count, 3, height // 8, 8, width // 8, 8)
        waves = torch.einsum("ui,ncyixj,vj->ncyuxv", self._waves, blocks, self._waves)
        steps = (self._tables[None] * scale[:, None, None, None]).clamp(min=1)[:, :, None, :, None, :]
        waves = (waves / steps).round() * steps
        blocks = torch.einsum("ui,ncyuxv,vj->ncyixj", self._waves, waves, self._waves)
        planes = blocks.reshape(count, 3, height, width)
        light, blue, red = planes[:, 0] + 128, planes[:, 1], planes[:, 2]
        return torch.stack([light + 1.772 * blue, light - 0.3441 * blue - 0.7141 * red, light + 1.402 * red], 1)


def _spread(each: Tensor, views: int) -> Tensor:
    """(n,) or (n, 3) for pictures -> (n * views, 1 or 3, 1, 1) for their views."""
    whole = each[:, None] if each.ndim == 1 else each
    return whole.repeat_interleave(views, 0)[:, :, None, None]
