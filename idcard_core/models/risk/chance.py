"""Random numbers for so many pictures at a time, in PyTorch, on whatever device holds the pictures."""

from __future__ import annotations

import math

from idcard_core.models.locator.net import Tensor, torch


class Chance:
    """Draws with a generator of its own, on ``device``: (count,), and so many ``axes`` of length 1 more."""

    def __init__(self, device: torch.device, seed: int, axes: int = 0) -> None:
        self._device = device
        self._generator = torch.Generator(device).manual_seed(seed)
        self._more = (1,) * axes

    def uniform(self, count: int, low: float, high: float) -> Tensor:
        """Numbers between ``low`` and ``high``."""
        drawn = torch.rand(count, *self._more, generator=self._generator, device=self._device)
        return drawn * (high - low) + low

    def spread(self, count: int, low: float, high: float) -> Tensor:
        """The same, their logarithms drawn evenly."""
        return self.uniform(count, math.log(low), math.log(high)).exp()

    def some(self, count: int, share: float) -> Tensor:
        """1 for a ``share`` of them, else 0."""
        return (self.uniform(count, 0, 1) < share).float()

    def normal(self, *shape: int) -> Tensor:
        """(``shape``) numbers of the standard normal distribution."""
        return torch.randn(*shape, generator=self._generator, device=self._device)

    def below(self, end: int) -> int:
        """One of 0 to ``end`` - 1."""
        return int(torch.randint(end, (1,), generator=self._generator, device=self._device))
