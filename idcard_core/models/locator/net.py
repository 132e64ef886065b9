"""The two networks of the card locator, in PyTorch.

``CardFinder`` looks at the whole picture and answers, for each cell of 8 x 8 pixels, whether a card's centre lies there
and where its four corners are. ``CornerRefiner`` looks at one card, roughly rectified, and answers where exactly its
corners are, which way it is turned, which side it shows, and whether it is a card at all.
"""

from __future__ import annotations

try:
    import torch
    from torch import Tensor, nn
    from torch.nn import functional
except ImportError as missing:  # pragma: no cover - depends on the installation
    raise SystemExit("Training (reading does not) needs: pip install torch onnx onnxscript") from missing

from idcard_core.locate.network import CROP_SIZE

__all__ = ["CardFinder", "CornerRefiner", "Tensor", "functional", "nn", "torch"]

OFFSET_UNIT_PX = 32.0
"""What one unit of the finder's last layer is worth."""
HEAT_STRIDE = 4
"""Pixels of the crop that one cell of the refiner's corner maps covers."""


def _conv(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class _Residual(nn.Module):
    """Two 3 x 3 convolutions beside a straight way."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = _conv(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(x + self.second(self.first(x)))


class _Wide(nn.Module):
    """A 5 x 5 convolution a channel, then a mixing of channels, beside a straight way: far sight for few weights."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.way = nn.Sequential(
            nn.Conv2d(channels, channels, 5, 1, 2, groups=channels, bias=False),
            nn.BatchNorm2d(channels),
            nn.Conv2d(channels, channels, 1, bias=False),
            nn.BatchNorm2d(channels),
            nn.ReLU(inplace=True),
        )

    def forward(self, x: Tensor) -> Tensor:
        return x + self.way(x)


class _Trunk(nn.Module):
    """BGR bytes as floats 0..255 to features at strides 4, 8, 16, 32; the finer ones told what the coarser saw."""

    def __init__(self) -> None:
        super().__init__()
        self.down4 = nn.Sequential(
            nn.Conv2d(3, 24, 6, 4, 1, bias=False), nn.BatchNorm2d(24), nn.ReLU(inplace=True), _conv(24, 24)
        )
        self.down8 = nn.Sequential(_conv(24, 48, 2), _Residual(48))
        self.down16 = nn.Sequential(_conv(48, 64, 2), _Residual(64))
        self.down32 = nn.Sequential(_conv(64, 104, 2), _Wide(104), _Wide(104), _Wide(104))
        self.side16 = nn.Conv2d(104, 64, 1)
        self.merge16 = _conv(64, 64)
        self.side8 = nn.Conv2d(64, 48, 1)
        self.merge8 = _conv(48, 48)

    def forward(self, pixels: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        at4 = self.down4(pixels / 127.5 - 1.0)
        at8 = self.down8(at4)
        at16 = self.down16(at8)
        at32 = self.down32(at16)
        at16 = self.merge16(at16 + functional.interpolate(self.side16(at32), scale_factor=2.0))
        at8 = self.merge8(at8 + functional.interpolate(self.side8(at16), scale_factor=2.0))
        return at4, at8, at32


class CardFinder(nn.Module):
    """(n, 3, h, w) pixels to (n, 10, h/8, w/8): centre logit, eight numbers in pixels that tell the quad, inside logit.

    The numbers are what ``locate.network.quad_code`` makes of the corners, seen from the middle of the cell. The last
    channel, whether the cell lies on a card, only helps the training along.
    """

    def __init__(self) -> None:
        super().__init__()
        self.trunk = _Trunk()
        self.mix = _conv(48, 48)
        self.head = nn.Conv2d(48, 10, 1)
        assert self.head.bias is not None
        nn.init.constant_(self.head.bias[0], -4.0)

    def forward(self, pixels: Tensor) -> Tensor:
        answer = self.head(self.mix(self.trunk(pixels)[1]))
        return torch.cat([answer[:, :1], answer[:, 1:9] * OFFSET_UNIT_PX, answer[:, 9:]], dim=1)


class CornerRefiner(nn.Module):
    """(n, 3, 160, 224) pixels to (n, 14): eight corner coordinates in crop pixels, four turn logits, front, card logit.

    The corners are clockwise from the crop's top left, however the card is turned; turn ``k`` says that the card's
    own top left is the ``k``-th of them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.trunk = _Trunk()
        self.side4 = nn.Conv2d(48, 24, 1)
        self.merge4 = _conv(24, 24)
        self.heat = nn.Conv2d(24, 4, 1)
        self.judge = nn.Sequential(nn.Linear(4 * 104, 40), nn.ReLU(inplace=True), nn.Linear(40, 6))
        width, height = CROP_SIZE
        x = (torch.arange(width // HEAT_STRIDE) + 0.5) * HEAT_STRIDE
        y = (torch.arange(height // HEAT_STRIDE) + 0.5) * HEAT_STRIDE
        rows, columns = torch.meshgrid(y, x, indexing="ij")
        self.places: Tensor
        self.register_buffer("places", torch.stack([columns.reshape(-1), rows.reshape(-1)], dim=1), persistent=False)

    def maps(self, pixels: Tensor) -> tuple[Tensor, Tensor]:
        """Corner maps (n, 4, cells), as logits, and the six judgements."""
        at4, at8, at32 = self.trunk(pixels)
        merged = at4 + functional.interpolate(self.side4(at8), scale_factor=2.0)
        heat = self.heat(self.merge4(merged)).flatten(2)
        # four quarters of the crop, so that what stands where is not averaged away
        top, bottom = at32[:, :, :3], at32[:, :, 2:]
        quarters = [part.mean(dim=(2, 3)) for half in (top, bottom) for part in (half[:, :, :, :4], half[:, :, :, 3:])]
        return heat, self.judge(torch.cat(quarters, dim=1))

    def forward(self, pixels: Tensor) -> Tensor:
        heat, judgement = self.maps(pixels)
        corners = torch.matmul(torch.softmax(heat, dim=2), self.places)
        return torch.cat([corners.flatten(1), judgement], dim=1)
