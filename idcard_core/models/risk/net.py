"""The risk networks, in PyTorch: of the card and its surroundings, of the places on its rim, of small pieces of it.

Each answers with three logits for a picture (``CLASSES``), and all are added: a product of experts, none of which can
outvote the others, as each is bounded (``MOST``). Two look at the same, a plain one and a PP-LCNet that began from
public weights, and count half each.
"""

from __future__ import annotations

from idcard_core.judge.risk.views import BLUR, FAINTEST
from idcard_core.models import lcnet
from idcard_core.models.locator.net import Tensor, functional, nn, torch

__all__ = ["ContextNet", "EdgeNet", "GrainNet", "LearnedNet", "PieceNet", "nn", "rest_of", "torch"]

CLASSES = 3
MOST = 5.0
"""Bound of a logit: what a network never saw the like of makes it no surer than that."""


def _conv(inputs: int, outputs: int, stride: int = 1, side: int = 3) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, side, stride, side // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class _Head(nn.Module):
    """Features (n * places, c, h, w) -> bounded logits (n, 3).

    Mean and largest of each channel over a view; then the mean and the largest of those over the views of a picture,
    as a grid may show in one piece only.
    """

    def __init__(self, channels: int, places: int) -> None:
        super().__init__()
        self.places = places
        pooled = 2 * channels * (1 if places == 1 else 2)
        self.layers = nn.Sequential(nn.Dropout(0.2), nn.Linear(pooled, 64), nn.ReLU(), nn.Linear(64, CLASSES))

    def forward(self, x: Tensor) -> Tensor:
        seen = torch.cat([x.mean((2, 3)), x.amax((2, 3))], 1)
        if self.places > 1:
            each = seen.reshape(-1, self.places, seen.shape[1])
            seen = torch.cat([each.mean(1), each.amax(1)], 1)
        answer: Tensor = MOST * torch.tanh(self.layers(seen) / MOST)
        return answer


class ContextNet(nn.Module):
    """(n, 3, 224, 320) bytes -> logits (n, 3)."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            _conv(3, 32, 4, 7), _conv(32, 64, 2), _conv(64, 64), _conv(64, 96, 2), _conv(96, 96), _conv(96, 160, 2)
        )
        self.head = _Head(160, 1)

    def forward(self, pixels: Tensor) -> Tensor:
        answer: Tensor = self.head(self.layers(pixels / 128 - 1))
        return answer


class LearnedNet(nn.Module):
    """(n * places, 3, h, w) bytes -> logits (n, 3), by one that knows photographs."""

    def __init__(self, places: int = 1) -> None:
        super().__init__()
        self.trunk = lcnet.LCNet()
        self.head = _Head(lcnet.CHANNELS, places)

    def forward(self, pixels: Tensor) -> Tensor:
        answer: Tensor = self.head(self.trunk(pixels))
        return answer


class EdgeNet(nn.Module):
    """(n * places, 3, 96, 96) bytes -> logits (n, 3)."""

    def __init__(self, places: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            _conv(3, 24, 2, 5), _conv(24, 48, 2), _conv(48, 64, 2), _conv(64, 96), _conv(96, 128, 2)
        )
        self.head = _Head(128, places)

    def forward(self, pixels: Tensor) -> Tensor:
        answer: Tensor = self.head(self.layers(pixels / 128 - 1))
        return answer


def rest_of(pixels: Tensor) -> Tensor:
    """What a small blur leaves over of ``pixels`` (n, 3, h, w), as ``judge.risk.views.rest_of`` computes it."""
    blurred = functional.avg_pool2d(pixels, BLUR, 1, BLUR // 2, count_include_pad=False)
    return (pixels - blurred) / FAINTEST


class GrainNet(nn.Module):
    """(n * places, 3, 128, 128) bytes, and their ``rest_of`` -> logits (n, 3), by one that knows photographs."""

    def __init__(self, places: int) -> None:
        super().__init__()
        self.fine = nn.Sequential(nn.Conv2d(3, lcnet.STEM, 5, 2, 2, bias=False), nn.BatchNorm2d(lcnet.STEM))
        self.trunk = lcnet.LCNet()
        self.head = _Head(lcnet.CHANNELS, places)

    def forward(self, pixels: Tensor, rest: Tensor) -> Tensor:
        answer: Tensor = self.head(self.trunk(pixels, self.fine(rest)))
        return answer


class PieceNet(nn.Module):
    """(n * places, 3, 128, 128) bytes, and their ``rest_of`` -> logits (n, 3)."""

    def __init__(self, places: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            _conv(6, 32, 2), _conv(32, 48, 2), _conv(48, 64), _conv(64, 96, 2), _conv(96, 96), _conv(96, 128, 2)
        )
        self.head = _Head(128, places)

    def forward(self, pixels: Tensor, rest: Tensor) -> Tensor:
        answer: Tensor = self.head(self.layers(torch.cat([pixels / 128 - 1, rest], 1)))
        return answer
