"""The last layer of the detector, written in a form that takes less time.

A transposed convolution of 2 x 2 with stride 2 gives each pixel of its input four of its output, each from that pixel
alone. So it is a convolution of 1 x 1 with four times the channels, whose answers are then laid out side by side
(``DepthToSpace``). The sums are the same; OpenVINO computes the second form of a layer of one channel much faster.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from idcard_core.networks import load_openvino

_STRIDE = 2


def with_quick_head(model: Any) -> Any:
    """``model`` with its transposed convolutions of that kind to a single channel replaced."""
    load_openvino()
    import openvino.opset13 as operations

    for layer in model.get_ordered_ops():
        if layer.get_type_name() != "ConvolutionBackpropData" or not _is_simple(layer):
            continue
        weights = layer.input_value(1).get_node().data  # (channels in, 1, 2, 2)
        kernels = np.ascontiguousarray(weights.transpose(1, 2, 3, 0).reshape(_STRIDE**2, -1, 1, 1))
        quarter = operations.convolution(
            layer.input_value(0), operations.constant(kernels), [1, 1], [0, 0], [0, 0], [1, 1]
        )
        layer.output(0).replace(operations.depth_to_space(quarter, "depth_first", _STRIDE).output(0))
    model.validate_nodes_and_infer_types()
    return model


def _is_simple(layer: Any) -> bool:
    source, attributes = layer.input_value(1).get_node(), layer.get_attributes()
    padding = [*attributes["pads_begin"], *attributes["pads_end"], *attributes["output_padding"]]
    return (
        source.get_type_name() == "Constant"
        and list(source.get_output_shape(0))[1:] == [1, _STRIDE, _STRIDE]
        and list(attributes["strides"]) == [_STRIDE, _STRIDE]
        and not any(padding)
    )
