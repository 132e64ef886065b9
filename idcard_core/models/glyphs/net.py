"""The network that tells one character, in PyTorch."""

from __future__ import annotations

try:
    import torch
    from torch import Tensor, nn
    from torch.nn import functional
except ImportError as missing:  # pragma: no cover - depends on the installation
    raise SystemExit("Training (reading does not) needs: pip install torch onnx onnxscript") from missing

__all__ = ["GlyphNet", "Tensor", "functional", "nn", "torch"]

WIDTHS = (32, 64, 128, 256)
EMBEDDING = 160


class GlyphNet(nn.Module):
    """(n, 1, 48, 48), normalised -> logits (n, classes). 2.4 M weights, 26 M multiplications a character."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        one, two, three, four = WIDTHS
        self.features = nn.Sequential(
            _convolution(1, one, 2), _convolution(one, two, 2), _Residual(two),
            _convolution(two, three, 2), _Residual(three), _convolution(three, four, 2),
            nn.Flatten(), nn.Linear(four * 9, EMBEDDING), nn.BatchNorm1d(EMBEDDING),
        )  # fmt: skip
        self.head = nn.Linear(EMBEDDING, classes)

    def forward(self, crops: Tensor) -> Tensor:
        answer: Tensor = self.head(self.features(crops))
        return answer


class _Residual(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = _convolution(width, width, 1)
        self.second = nn.Sequential(nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width))

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(x + self.second(self.first(x)))


def _convolution(inside: int, outside: int, stride: int) -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(inside, outside, 3, stride, 1, bias=False), nn.BatchNorm2d(outside), nn.ReLU(inplace=True)
    )
