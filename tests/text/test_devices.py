"""A GPU that is wished for and not there: pictures are read on the processors, and a line says so."""

from __future__ import annotations

import logging

import numpy as np
import onnxruntime
import pytest

from idcard_core.networks import available_devices
from idcard_core.settings import EngineSettings
from idcard_core.specimen.samples import shipped_samples
from idcard_core.specimen.sensor import from_jpeg
from idcard_core.text.devices import CUDA, openvino_device, paddle_device
from idcard_core.text.factory import make_engine

NO_INTEL_GPU = not any(name.startswith("GPU") for name in available_devices())


@pytest.mark.parametrize(
    ("wanted", "available", "device"),
    [
        ("cpu", ["CPU", "GPU"], "CPU"),
        ("gpu", ["CPU", "GPU"], "GPU"),
        ("gpu", ["GPU.1", "CPU", "GPU.0"], "GPU.0"),
        ("gpu", ["CPU", "NPU"], "CPU"),
    ],
)
def test_openvino_takes_the_first_gpu_there_is(wanted, available, device) -> None:
    assert openvino_device(wanted, available) == device


@pytest.mark.parametrize(
    ("wanted", "providers", "device"),
    [
        ("cpu", [CUDA, "CPUExecutionProvider"], "cpu"),
        ("gpu", [CUDA, "CPUExecutionProvider"], "gpu:0"),
        ("gpu", ["CPUExecutionProvider"], "cpu"),
    ],
)
def test_paddleocr_takes_a_gpu_that_onnx_runtime_knows(wanted, providers, device) -> None:
    assert paddle_device(wanted, providers) == device


@pytest.mark.skipif(not NO_INTEL_GPU, reason="this machine has a GPU that OpenVINO can use")
@pytest.mark.parametrize("name", ["openvino", "paddleocr"])
def test_without_a_gpu_the_processors_read_the_same(name, caplog) -> None:
    if CUDA in onnxruntime.get_available_providers():
        pytest.skip("this machine has a GPU that ONNX Runtime can use")
    picture = from_jpeg(shipped_samples()[0].path.read_bytes())[:480, :640]
    wished, plain = (make_engine(EngineSettings(name=name, device=device)) for device in ("gpu", "cpu"))
    with caplog.at_level(logging.WARNING, "idcard_core.text.devices"):
        found = wished.detect(picture)
    assert "reading on the processors" in caplog.text
    again = plain.detect(picture)
    assert len(found) == len(again) > 0
    for one, other in zip(found, again, strict=True):
        assert np.allclose(one.quad, other.quad)
