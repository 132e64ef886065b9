"""Where the text networks run: on the processors, or on a GPU where the engine's runtime knows one.

A wish for a GPU is no condition: where there is none, pictures are read on the processors, and one line of the log says
so and why.
"""

from __future__ import annotations

import logging
from collections.abc import Collection

from idcard_core.settings import Device

CUDA = "CUDAExecutionProvider"

_log = logging.getLogger(__name__)


def openvino_device(wanted: Device, available: Collection[str]) -> str:
    """OpenVINO's name of the device, out of those ``available`` to it: ``CPU``, ``GPU`` or, of several, ``GPU.0``."""
    if wanted == "cpu":
        return "CPU"
    found = [name for name in sorted(available) if name.partition(".")[0] == "GPU"]
    if not found:
        _log.warning("no GPU that OpenVINO can use (it needs an Intel GPU and its driver): reading on the processors")
        return "CPU"
    return found[0]


def paddle_device(wanted: Device, providers: Collection[str]) -> str:
    """PaddleOCR's name of the device, by the execution ``providers`` that ONNX Runtime has."""
    if wanted == "cpu":
        return "cpu"
    if CUDA not in providers:
        _log.warning("no GPU that ONNX Runtime can use (it needs onnxruntime-gpu and CUDA): reading on the processors")
        return "cpu"
    return "gpu:0"
