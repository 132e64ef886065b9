"""Trains on from an exported network: gives a network in PyTorch the weights of an ONNX file.

An export has each normalisation folded into the layer before it. To train on, every normalisation gets back the mean
and the variance that its layer answers with on a batch as they are now, and the scale and shift that undo them, so that
the network answers as the exported one does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

from idcard_core.models.locator.net import Tensor, nn, torch

Weights = Mapping[str, NDArray[np.float32]]
_NORMALISATIONS = (nn.BatchNorm1d, nn.BatchNorm2d)


def exported_weights(path: Path) -> dict[str, NDArray[np.float32]]:
    """The arrays of an export by name: ``LAYER.weight``, ``LAYER.bias``, or ``LAYER.weight_bias`` of a folded one."""
    model = onnx.load(str(path))
    return {item.name: numpy_helper.to_array(item).astype(np.float32) for item in model.graph.initializer}


def load_weights(net: nn.Module, weights: Weights, *batch: Tensor) -> None:
    """Give ``net`` the ``weights`` of an export of it; ``batch`` is what the normalisations are measured on, one tensor
    for each of its inputs.

    A layer that the export lacks, or has in another shape, raises KeyError or RuntimeError.
    """
    normalised = dict(_normalised(net))
    with torch.no_grad():
        for name, layer in net.named_modules():
            if not isinstance(layer, (nn.Conv2d, nn.Linear)):
                continue
            layer.weight.copy_(torch.from_numpy(weights[f"{name}.weight"]))
            shift = weights.get(f"{name}.weight_bias", weights.get(f"{name}.bias"))
            if (norm := normalised.get(name)) is not None:
                norm.bias.copy_(torch.from_numpy(shift))
                if layer.bias is not None:
                    layer.bias.zero_()
            elif shift is not None:
                layer.bias.copy_(torch.from_numpy(shift))
        layers = dict(net.named_modules())
        net.eval()
        for name, norm in normalised.items():
            _restore(net, layers[name], norm, batch)
        net.train()


def _normalised(net: nn.Module) -> Iterator[tuple[str, nn.Module]]:
    """The name of each layer that a normalisation comes right after, and that one, in the order they run."""
    before = ""
    for name, module in net.named_modules():
        if isinstance(module, _NORMALISATIONS):
            yield before, module
        before = name


def _restore(net: nn.Module, layer: nn.Module, norm: nn.Module, batch: Sequence[Tensor]) -> None:
    """Measure what ``layer`` answers, and scale and shift by as much as the measured normalisation takes away."""
    answers: list[Tensor] = []
    hook = layer.register_forward_hook(lambda _, __, answer: answers.append(answer))
    net(*batch)
    hook.remove()
    axes = [axis for axis in range(answers[0].dim()) if axis != 1]
    mean, variance = answers[0].mean(axes), answers[0].var(axes, unbiased=False)
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(variance)
    norm.weight.copy_((variance + norm.eps).sqrt())
    norm.bias.add_(mean)
