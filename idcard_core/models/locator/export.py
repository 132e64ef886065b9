"""Writes a trained network as one self-contained ONNX file."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from .net import nn, torch

OPSET = 18
LARGE = 256
"""Numbers in an array from which on 16 bits are kept of each: the others are biases, and take no room."""


def export(network: nn.Module, shapes: Mapping[str, tuple[int, ...]], path: Path, *, halved: bool = False) -> None:
    """Write ``network`` for inputs of ``shapes`` (n, channels, h, w), by their names and in their order; any earlier
    file at ``path`` is replaced at once.

    ``halved`` keeps weights in 16 bits; the network computes with as many as it would otherwise.
    """
    still = copy.deepcopy(network).eval().to(memory_format=torch.contiguous_format)
    part = path.with_suffix(".part")
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            still,
            tuple(torch.zeros(shape) for shape in shapes.values()),
            str(part),
            input_names=list(shapes),
            output_names=["answer"],
            opset_version=OPSET,
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    _strip(part, halved)
    part.replace(path)


def _strip(path: Path, halved: bool) -> None:
    """Leave out where in the program each node came from, and half of the bits of weights where they are ``halved``."""
    import onnx

    model = onnx.load(str(path))
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    for value in (*model.graph.value_info, *model.graph.input, *model.graph.output):
        del value.metadata_props[:]
    if halved:
        _halve(model)
    onnx.save(model, str(path))


def _halve(model: Any) -> None:
    """Keep the large arrays of an ONNX ``model`` as float16, each widened by a node before it is used."""
    from onnx import TensorProto, helper, numpy_helper

    widened = {}
    for item in model.graph.initializer:
        array = numpy_helper.to_array(item)
        if array.dtype == np.float32 and array.size >= LARGE:
            item.CopyFrom(numpy_helper.from_array(array.astype(np.float16), item.name))
            widened[item.name] = f"{item.name}.wide"
    for node in model.graph.node:
        for number, name in enumerate(node.input):
            node.input[number] = widened.get(name, name)
    casts = [helper.make_node("Cast", [name], [wide], to=TensorProto.FLOAT) for name, wide in widened.items()]
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
