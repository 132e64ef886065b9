"""The last layers of the detector, written in a form that takes less time.

They are two transposed convolutions of 2 x 2 with stride 2, a ReLU between them: each pixel gives four, and each of
those four again, all from that pixel alone. So they are two convolutions of 1 x 1, with four and with sixteen times the
channels, whose answers are laid out side by side in the end (``DepthToSpace``). The sums are the same; nothing has to
be laid out at the larger scales in between.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from idcard_core.networks import load_openvino

_STRIDE = 2
_ONES, _NONE = [1, 1], [0, 0]


def with_quick_head(model: Any) -> Any:
    """``model`` with its last two transposed convolutions, the last of them to a single channel, replaced.

    A model that does not end so is given back as it is.
    """
    load_openvino()
    import openvino.opset13 as operations

    for last in model.get_ordered_ops():
        if not _is_simple(last) or _weights(last).shape[1] != 1:
            continue
        relu = _before(last)
        if relu.get_type_name() != "Relu" or (bias := _before(relu)).get_type_name() != "Add":
            continue
        if not _is_simple(first := _before(bias)):
            continue
        wide, all_sixteen = _kernels(_weights(first), _weights(last))
        added = np.tile(bias.input_value(1).get_node().data.ravel(), _STRIDE**2).reshape(1, -1, 1, 1)
        small = operations.convolution(first.input_value(0), operations.constant(wide), _ONES, _NONE, _NONE, _ONES)
        small = operations.relu(operations.add(small, operations.constant(added)))
        small = operations.convolution(small, operations.constant(all_sixteen), _ONES, _NONE, _NONE, _ONES)
        last.output(0).replace(operations.depth_to_space(small, "depth_first", _STRIDE**2).output(0))
    model.validate_nodes_and_infer_types()
    return model


def _kernels(first: NDArray[np.float32], last: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Of the two convolutions of 1 x 1, from the weights (in, out, 2, 2) of the transposed ones."""
    channels_in, channels = first.shape[:2]
    wide = np.ascontiguousarray(first.transpose(2, 3, 1, 0).reshape(-1, channels_in, 1, 1))
    sixteen = np.zeros((_STRIDE**4, len(wide), 1, 1), np.float32)
    for down, right, lower, righter in product(range(_STRIDE), repeat=4):
        place = (_STRIDE * down + lower) * _STRIDE**2 + _STRIDE * right + righter
        part = (down * _STRIDE + right) * channels
        sixteen[place, part : part + channels, 0, 0] = last[:, 0, lower, righter]
    return wide, sixteen


def _before(layer: Any) -> Any:
    """What gives ``layer`` its input."""
    node = layer.input_value(0).get_node()
    while node.get_type_name() == "Identity":
        node = node.input_value(0).get_node()
    return node


def _weights(layer: Any) -> NDArray[np.float32]:
    return np.asarray(layer.input_value(1).get_node().data, np.float32)


def _is_simple(layer: Any) -> bool:
    """Whether ``layer`` is a transposed convolution of 2 x 2 with stride 2, nothing around it and constant weights."""
    if layer.get_type_name() != "ConvolutionBackpropData":
        return False
    source, attributes = layer.input_value(1).get_node(), layer.get_attributes()
    padding = [*attributes["pads_begin"], *attributes["pads_end"], *attributes["output_padding"]]
    return (
        source.get_type_name() == "Constant"
        and list(source.get_output_shape(0))[2:] == [_STRIDE, _STRIDE]
        and list(attributes["strides"]) == [_STRIDE, _STRIDE]
        and not any(padding)
    )
