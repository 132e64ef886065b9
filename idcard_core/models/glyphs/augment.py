"""Pictures of single characters as a camera may see them on a card: composed a batch at a time, on tensors.

A crop shows the character with parts of its neighbours, off its place, leaning, thick or thin, small and blurred, on
patterned paper under uneven light, crossed by the strokes of a watermark, noisy and compressed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from idcard_core.text.glyphs import CROP, LEAST_CONTRAST

from .bank import EM, SIDE, GlyphBank
from .net import Tensor, functional, torch

CHUNKS = 8
"""Parts of a batch, each with a blur and a resolution of its own."""
Numbers = NDArray[np.int64]

_DCT = torch.tensor(
    [
        [math.sqrt((1 if k == 0 else 2) / 8) * math.cos(math.pi * (2 * n + 1) * k / 16) for n in range(8)]
        for k in range(8)
    ]
)
_LUMA = torch.tensor(
    [
        [16, 11, 10, 16, 24, 40, 51, 61], [12, 12, 14, 19, 26, 58, 60, 55], [14, 13, 16, 24, 40, 57, 69, 56],
        [14, 17, 22, 29, 51, 87, 80, 62], [18, 22, 37, 56, 68, 109, 103, 77], [24, 35, 55, 64, 81, 104, 113, 92],
        [49, 64, 78, 87, 103, 121, 120, 101], [72, 92, 95, 98, 112, 100, 103, 99],
    ]
) / 255  # fmt: skip
"""Quantisation of luminance in the example of ITU-T T.81 (JPEG), annex K, for pixels of 0 to 1."""


class Batches:
    """Batches without end: crops (n, 1, CROP, CROP) normalised as ``normalised`` does, and their classes (n,)."""

    def __init__(self, bank: GlyphBank, faces: list[int], size: int, seed: int) -> None:
        self._images = torch.from_numpy(bank.images)
        self._pairs = np.argwhere(bank.has[faces])
        self._pairs[:, 0] = np.array(faces)[self._pairs[:, 0]]
        self._size = size
        self._rng = np.random.default_rng(seed)
        self._random = torch.Generator().manual_seed(seed)

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        while True:
            yield self.draw()

    def draw(self) -> tuple[Tensor, Tensor]:
        """One batch."""
        picked = self._pairs[self._rng.integers(len(self._pairs), size=self._size)]
        ink = self._placed(picked)
        ink = self._thickened(ink)
        crops = self._on_paper(ink, picked)
        parts = [self._seen(part) for part in crops.chunk(CHUNKS)]
        return normalised(self._compressed(torch.cat(parts))), torch.from_numpy(picked[:, 1])

    def _uniform(self, low: float, high: float, *shape: int) -> Tensor:
        return low + (high - low) * torch.rand(shape or (self._size,), generator=self._random)

    def _normal(self, spread: float, *shape: int) -> Tensor:
        return spread * torch.randn(shape or (self._size,), generator=self._random)

    def _glyphs(self, faces: Numbers, characters: Numbers) -> Tensor:
        return self._images[torch.from_numpy(faces), torch.from_numpy(characters)].float() / 255

    def _placed(self, picked: Numbers) -> Tensor:
        """The characters with their neighbours, moved, leant and scaled into the crop: ink 0 to 1."""
        count = self._size
        others = [self._rng.integers(self._images.shape[1], size=count) for _ in range(2)]
        left, right = (self._glyphs(picked[:, 0], other) for other in others)
        left, right = (side * (self._uniform(0, 1) < 0.75).float()[:, None, None] for side in (left, right))
        gap = int(self._rng.integers(-9, 5))
        row = torch.zeros(count, SIDE, 3 * SIDE + 32)
        middle = SIDE + 16
        row[:, :, middle - SIDE - gap : middle - gap] = left
        row[:, :, middle + SIDE + gap : middle + 2 * SIDE + gap] = right
        row[:, :, middle : middle + SIDE] = torch.maximum(
            self._glyphs(picked[:, 0], picked[:, 1]), row[:, :, middle : middle + SIDE]
        )
        em = EM * self._uniform(1.12, 1.75)
        across = em * self._uniform(0.85, 1.18)
        lean, tilt = self._normal(0.06), self._normal(0.05)
        x, y = self._normal(0.075) * EM, self._normal(0.05) * EM
        width = row.shape[2]
        matrix = torch.stack(
            [
                torch.stack([across / width, lean * em / width, 2 * x / width], 1),
                torch.stack([tilt * across / SIDE, em / SIDE, 2 * y / SIDE], 1),
            ],
            1,
        )
        grid = functional.affine_grid(matrix, [count, 1, CROP, CROP], align_corners=False)
        grid = grid + functional.interpolate(
            self._normal(1.0, count, 2, 4, 4) * torch.tensor([2.5 / width, 2.5 / SIDE])[None, :, None, None],
            size=(CROP, CROP), mode="bicubic",
        ).permute(0, 2, 3, 1) * self._uniform(0, 1)[:, None, None, None] ** 2  # fmt: skip
        return functional.grid_sample(row[:, None], grid, align_corners=False).clamp(0, 1)

    def _thickened(self, ink: Tensor) -> Tensor:
        more = functional.max_pool2d(ink, 3, 1, 1)
        less = -functional.max_pool2d(-ink, 3, 1, 1)
        change = self._uniform(-0.45, 0.7)[:, None, None, None]
        return torch.where(change > 0, ink + (more - ink) * change, ink + (ink - less) * change)

    def _on_paper(self, ink: Tensor, picked: Numbers) -> Tensor:
        """Ink on patterned paper, now and then with a stroke of something else over it: brightness 0 to 1."""
        count = self._size
        light = functional.interpolate(self._uniform(0.0, 1.0, count, 1, 3, 3), size=(CROP, CROP), mode="bicubic")
        paper = self._uniform(0.35, 1.0)[:, None, None, None] * (
            1 - 0.35 * self._uniform(0, 1)[:, None, None, None] * light
        )
        paper = paper + self._waves() * self._uniform(0, 0.25)[:, None, None, None] ** 2
        strength = self._uniform(0.25, 1.0)[:, None, None, None]
        over = self._marks(picked)
        paper = paper * (1 - over)
        return paper * (1 - strength * ink)

    def _waves(self) -> Tensor:
        """Lines of a guilloche: (n, 1, CROP, CROP), -1 to 1."""
        axis = torch.arange(CROP) / CROP
        turn, pitch = self._uniform(0, math.pi)[:, None, None], self._uniform(2, 14)[:, None, None]
        along = torch.cos(turn) * axis[None, None, :] + torch.sin(turn) * axis[None, :, None]
        bend = self._uniform(0, 0.15)[:, None, None] * torch.sin(9 * axis)[None, None, :]
        return torch.sin(2 * math.pi * pitch * (along + bend) + self._uniform(0, 6.3)[:, None, None])[:, None]

    def _marks(self, picked: Numbers) -> Tensor:
        """Parts of large characters, turned, as a watermark has them: how much light they take."""
        count = self._size
        large = self._glyphs(picked[:, 0], self._rng.integers(self._images.shape[1], size=count))[:, None]
        turn, scale = self._uniform(-0.8, 0.8), self._uniform(0.25, 0.6)
        rows = [
            torch.stack([scale * torch.cos(turn), -scale * torch.sin(turn), self._uniform(-0.6, 0.6)], 1),
            torch.stack([scale * torch.sin(turn), scale * torch.cos(turn), self._uniform(-0.6, 0.6)], 1),
        ]
        grid = functional.affine_grid(torch.stack(rows, 1), [count, 1, CROP, CROP], align_corners=False)
        strength = self._uniform(0.05, 0.45) * (self._uniform(0, 1) < 0.15).float()
        return functional.grid_sample(large, grid, align_corners=False) * strength[:, None, None, None]

    def _seen(self, crops: Tensor) -> Tensor:
        """One part of a batch through one lens at one distance."""
        size = int(np.exp(self._rng.uniform(np.log(18), np.log(64))))
        spread = abs(self._rng.normal(0, 1.0)) * (1.0 if size > 30 else 0.6)
        crops = functional.conv2d(functional.pad(crops, (4, 4, 4, 4), "replicate"), self._kernel(spread))
        if size < CROP:
            crops = functional.interpolate(crops, size=(size, size), mode="area")
        crops = crops + self._normal(1.0, *crops.shape) * abs(self._rng.normal(0, 0.025)) * min(1.0, size / 32)
        if size < CROP:
            way = "bicubic" if self._rng.random() < 0.5 else "bilinear"
            crops = functional.interpolate(crops, size=(CROP, CROP), mode=way)
        if self._rng.random() < 0.25:
            soft = functional.avg_pool2d(crops, 3, 1, 1, count_include_pad=False)
            crops = crops + (crops - soft) * self._rng.uniform(0, 1.5)
        return crops

    def _kernel(self, spread: float) -> Tensor:
        axis = torch.arange(-4, 5).float()
        kernel = torch.exp(-(axis[:, None] ** 2 + axis[None, :] ** 2) / (2 * max(spread, 0.05) ** 2))
        if self._rng.random() < 0.3:
            turn, length = self._rng.uniform(0, math.pi), self._rng.uniform(0, 3.5)
            along = axis[None, :] * math.cos(turn) + axis[:, None] * math.sin(turn)
            off = -axis[None, :] * math.sin(turn) + axis[:, None] * math.cos(turn)
            smear = ((along.abs() <= length) & (off.abs() < 0.71)).float()
            kernel = functional.conv2d(smear[None, None], kernel[None, None], padding=4)[0, 0]
        return (kernel / kernel.sum())[None, None]

    def _compressed(self, crops: Tensor) -> Tensor:
        """The loss of a JPEG, the blocks anywhere on the character; a third of the crops."""
        count = self._size // 3
        x, y = self._rng.integers(0, 8, 2)
        rolled = torch.roll(crops[:count, 0], (int(y), int(x)), (1, 2)) - 0.5
        blocks = rolled.reshape(count, CROP // 8, 8, CROP // 8, 8).permute(0, 1, 3, 2, 4)
        table = _LUMA * self._uniform(0.1, 1.6, count, 1, 1)[:, :, :, None, None]
        coefficients = _DCT @ blocks @ _DCT.T
        blocks = _DCT.T @ (torch.round(coefficients / table) * table) @ _DCT
        rolled = blocks.permute(0, 1, 3, 2, 4).reshape(count, CROP, CROP) + 0.5
        done = torch.roll(rolled, (-int(y), -int(x)), (1, 2))[:, None]
        return torch.cat([done, crops[count:]])


def normalised(crops: Tensor) -> Tensor:
    """Each crop with mean 0 and deviation 1, as the reader gives them."""
    mean, deviation = crops.mean((1, 2, 3), keepdim=True), crops.std((1, 2, 3), keepdim=True)
    return (crops - mean) / (deviation + LEAST_CONTRAST)
