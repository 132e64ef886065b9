"""Networks under OpenVINO: read from ONNX, taking pictures as bytes, compiled once, shared between threads."""

from __future__ import annotations

import os
import queue
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

from idcard_core.tracing import span

Tensor = np.ndarray[Any, Any]
REQUESTS_A_STREAM = 2
CPU = "CPU"
NETWORK = "network"
"""The span in which a network runs, from the first input to the last answer."""


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


def available_devices() -> list[str]:
    """Names of the devices that OpenVINO finds on this machine: ``CPU``, and ``GPU`` or ``GPU.0`` and so on."""
    return list(load_openvino().Core().available_devices)


def available_cores() -> int:
    """Cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class CompiledNetwork:
    """A network compiled once, with a pool of inference requests that threads take turns on.

    Requests run on ``streams`` side by side, each on its share of the threads. There are more of them than streams, so
    that a stream goes on with the next one while the answer of the last is taken.
    """

    def __init__(self, model: Any, threads: int, streams: int = 1, device: str = CPU) -> None:
        openvino = load_openvino()
        properties = {"NUM_STREAMS": streams, "PERFORMANCE_HINT": "LATENCY" if streams == 1 else "THROUGHPUT"}
        if device == CPU:
            properties["INFERENCE_NUM_THREADS"] = threads
            # Pinned, the threads of several processes would all stand on the first cores.
            properties["ENABLE_CPU_PINNING"] = False
        self._compiled = openvino.Core().compile_model(model, device, properties)
        self._requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
        for _ in range(REQUESTS_A_STREAM * streams):
            self._requests.put(self._compiled.create_infer_request())

    def run(self, batch: Tensor) -> Tensor:
        """Infer one batch; the answer is the caller's own copy of the first output."""
        return self.run_each([batch])[0]

    def run_each(self, batches: Sequence[Tensor], take: Callable[[Tensor], Tensor] = np.array) -> list[Tensor]:
        """Infer batches of any shapes, as many at a time as there are requests free.

        ``take`` copies what is wanted of each answer, which is overwritten afterwards.
        """
        answers: list[Tensor] = []
        with span(NETWORK), self._some_requests(len(batches)) as requests:
            running: deque[Any] = deque()
            try:
                for number, batch in enumerate(batches):
                    request = requests[number] if number < len(requests) else _answered(running, take, answers)
                    request.start_async({0: batch})
                    running.append(request)
                while running:
                    _answered(running, take, answers)
            finally:
                for request in running:
                    request.wait()
        return answers

    @contextmanager
    def begun(self, *inputs: Tensor) -> Iterator[Callable[[], Tensor]]:
        """Infer one batch, of all ``inputs`` of the network, while the caller does something else; what is given waits
        for the answer, the caller's own.

        Never waits for a request, so that several may be begun by one thread.
        """
        with self._own_request() as request:
            request.start_async(dict(enumerate(inputs)))

            def answer() -> Tensor:
                request.wait()
                return np.array(request.get_output_tensor(0).data)

            try:
                yield answer
            finally:
                request.wait()

    @contextmanager
    def _own_request(self) -> Iterator[Any]:
        """A free request, or a new one, which is kept for the next time."""
        try:
            request = self._requests.get_nowait()
        except queue.Empty:
            request = self._compiled.create_infer_request()
        try:
            yield request
        finally:
            self._requests.put(request)

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


def _answered(running: deque[Any], take: Callable[[Tensor], Tensor], answers: list[Tensor]) -> Any:
    """The request that was started first, its answer taken."""
    request = running.popleft()
    with span("answer"):
        request.wait()
        answers.append(take(request.get_output_tensor(0).data))
    return request


def read_with_preprocessing(
    path: Path, mean: Sequence[float], std: Sequence[float], shape: Sequence[int], *others: Sequence[int]
) -> Any:
    """Read an ONNX network and let it take BGR bytes ``shape`` (n, h, w, 3), -1 for any, normalised inside the network.

    ``mean`` and ``std`` are of pixels scaled to 0..1. Further inputs take numbers, as they are, of the shapes
    ``others`` (n, h, w, channels).
    """
    openvino = load_openvino()
    model = openvino.Core().read_model(str(path))
    processor = openvino.preprocess.PrePostProcessor(model)
    for number, each in enumerate((shape, *others)):
        taken = processor.input(number)
        kind = openvino.Type.f32 if number else openvino.Type.u8
        partial = openvino.PartialShape(list(each))
        taken.tensor().set_element_type(kind).set_layout(openvino.Layout("NHWC")).set_shape(partial)
        taken.model().set_layout(openvino.Layout("NCHW"))
    steps = processor.input(0).preprocess().convert_element_type(openvino.Type.f32)
    steps.mean([255 * value for value in mean]).scale([255 * value for value in std])
    return processor.build()
