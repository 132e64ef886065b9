"""Networks under OpenVINO: read from ONNX, taking pictures as bytes, compiled once, shared between threads."""

from __future__ import annotations

import os
import queue
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

Tensor = np.ndarray[Any, Any]


def load_openvino() -> Any:
    """Import OpenVINO without ``openvino.tools``, whose import reports itself to a web analytics service."""
    hidden = "openvino.tools" not in sys.modules
    if hidden:
        sys.modules["openvino.tools"] = None  # type: ignore[assignment]
    try:
        import openvino
        import openvino.preprocess
    finally:
        if hidden:
            del sys.modules["openvino.tools"]
    return openvino


def available_cores() -> int:
    """Cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class CompiledNetwork:
    """A network compiled once, with a pool of inference requests that threads take turns on.

    One request runs on one stream; ``streams`` of them run side by side, each on its share of the threads.
    """

    def __init__(self, model: Any, threads: int, streams: int = 1) -> None:
        openvino = load_openvino()
        properties = {
            "INFERENCE_NUM_THREADS": threads,
            "NUM_STREAMS": streams,
            "PERFORMANCE_HINT": "LATENCY" if streams == 1 else "THROUGHPUT",
        }
        compiled = openvino.Core().compile_model(model, "CPU", properties)
        self._requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
        for _ in range(streams):
            self._requests.put(compiled.create_infer_request())

    def run(self, batch: Tensor) -> Tensor:
        """Infer one batch; the answer is the caller's own copy of the first output."""
        return self.run_each([batch])[0]

    def run_each(self, batches: Sequence[Tensor]) -> list[Tensor]:
        """Infer batches of any shapes, as many at a time as there are requests free."""
        answers: list[Tensor] = []
        with self._some_requests(len(batches)) as requests:
            for start in range(0, len(batches), len(requests)):
                pairs = list(zip(requests, batches[start : start + len(requests)], strict=False))
                for request, batch in pairs:
                    request.start_async({0: batch})
                for request, _ in pairs:
                    request.wait()
                    answers.append(np.array(request.get_output_tensor(0).data))
        return answers

    @contextmanager
    def _some_requests(self, most: int) -> Iterator[list[Any]]:
        """At least one request of one's own for a while, waiting for it, and up to ``most`` where more are free."""
        taken = [self._requests.get()]
        try:
            with suppress(queue.Empty):
                while len(taken) < most:
                    taken.append(self._requests.get_nowait())
            yield taken
        finally:
            for request in taken:
                self._requests.put(request)


def read_with_preprocessing(path: Path, mean: Sequence[float], std: Sequence[float], shape: Sequence[int]) -> Any:
    """Read an ONNX network and let it take BGR bytes ``shape`` (n, h, w, 3), -1 for any, normalised inside the network.

    ``mean`` and ``std`` are of pixels scaled to 0..1.
    """
    openvino = load_openvino()
    model = openvino.Core().read_model(str(path))
    processor = openvino.preprocess.PrePostProcessor(model)
    processor.input().tensor().set_element_type(openvino.Type.u8).set_layout(openvino.Layout("NHWC")).set_shape(
        openvino.PartialShape(list(shape))
    )
    steps = processor.input().preprocess().convert_element_type(openvino.Type.f32)
    steps.mean([255 * value for value in mean]).scale([255 * value for value in std])
    processor.input().model().set_layout(openvino.Layout("NCHW"))
    return processor.build()
