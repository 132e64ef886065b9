"""Writes a trained network as one self-contained ONNX file."""

from __future__ import annotations

import copy
import warnings
from pathlib import Path

from .net import nn, torch

OPSET = 18


def export(network: nn.Module, shape: tuple[int, ...], path: Path) -> None:
    """Write ``network`` for inputs of ``shape`` (1, 3, h, w); any earlier file at ``path`` is replaced at once."""
    still = copy.deepcopy(network).eval().to(memory_format=torch.contiguous_format)
    part = path.with_suffix(".part")
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            still,
            (torch.zeros(shape),),
            str(part),
            input_names=["pixels"],
            output_names=["answer"],
            opset_version=OPSET,
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    _strip(part)
    part.replace(path)


def _strip(path: Path) -> None:
    """Leave out where in the program each node came from."""
    import onnx

    model = onnx.load(str(path))
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    for value in (*model.graph.value_info, *model.graph.input, *model.graph.output):
        del value.metadata_props[:]
    onnx.save(model, str(path))
