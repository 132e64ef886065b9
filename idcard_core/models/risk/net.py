"""The risk networks, in PyTorch: of the card and its surroundings, of a place on its rim, of a small piece of it.

Each answers with three logits (``CLASSES``); those of the places and of the pieces are averaged, and all added: a
product of experts.
"""

from __future__ import annotations

from idcard_core.models.locator.net import Tensor, nn, torch

__all__ = ["ContextNet", "EdgeNet", "PieceNet", "nn", "torch"]

CLASSES = 3


def _conv(inputs: int, outputs: int, stride: int = 1, side: int = 3) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, side, stride, side // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class _Pool(nn.Module):
    """Mean and largest of each channel."""

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([x.mean((2, 3)), x.amax((2, 3))], 1)


class ContextNet(nn.Module):
    """(n, 3, 224, 320) bytes -> logits (n, 3)."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            _conv(3, 32, 4, 7), _conv(32, 48, 2), _conv(48, 64), _conv(64, 96, 2), _conv(96, 128, 2)
        )
        self.head = nn.Sequential(_Pool(), nn.Dropout(0.2), nn.Linear(256, CLASSES))

    def forward(self, pixels: Tensor) -> Tensor:
        answer: Tensor = self.head(self.layers(pixels / 128 - 1))
        return answer


class EdgeNet(nn.Module):
    """(n, 3, 96, 96) bytes -> logits (n, 3)."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(_conv(3, 24, 2, 5), _conv(24, 48, 2), _conv(48, 64, 2), _conv(64, 96))
        self.head = nn.Sequential(_Pool(), nn.Dropout(0.2), nn.Linear(192, CLASSES))

    def forward(self, pixels: Tensor) -> Tensor:
        answer: Tensor = self.head(self.layers(pixels / 128 - 1))
        return answer


class PieceNet(nn.Module):
    """(n, 3, 96, 96) bytes -> logits (n, 3).

    Beside the piece it sees what a small blur leaves over, enlarged.
    """

    def __init__(self) -> None:
        super().__init__()
        self.blur = nn.AvgPool2d(5, 1, 2, count_include_pad=False)
        self.layers = nn.Sequential(_conv(6, 32, 2), _conv(32, 48, 2), _conv(48, 64, 2), _conv(64, 96))
        self.head = nn.Sequential(_Pool(), nn.Dropout(0.2), nn.Linear(192, CLASSES))

    def forward(self, pixels: Tensor) -> Tensor:
        rest = (pixels - self.blur(pixels)) / 16
        answer: Tensor = self.head(self.layers(torch.cat([pixels / 128 - 1, rest], 1)))
        return answer
