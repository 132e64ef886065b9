"""The default text engine: PP-OCRv6 small under OpenVINO, straight from the installed ONNX files."""

from __future__ import annotations

import os
import queue
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.text import weights
from idcard_core.text.boxes import boxes_from_map
from idcard_core.text.engine import LINE_HEIGHT, LineProbabilities, TextBox

if TYPE_CHECKING:
    import openvino

Tensor = np.ndarray[Any, Any]

DETECTION_STRIDE = 32
"""The detector takes sides that are multiples of this."""
DETECTION_MEAN, DETECTION_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of pixels scaled to 0..1, in the channels' order of the picture (NormalizeImage of PP-OCRv6_small_det)."""
STEP_PX = 8
"""Pixels of a 48-pixel line that one step of the recogniser covers."""
WIDTH_STEP_PX = 32
"""Line pictures are padded to a multiple of this, so that few shapes have to be prepared by OpenVINO."""
NARROWEST_PX = 64


def available_cores() -> int:
    """Cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class CompiledNetwork:
    """A network compiled once, with a pool of inference requests that threads take turns on.

    One request runs on one stream; ``streams`` of them run side by side, each on its share of the threads.
    """

    def __init__(self, model: openvino.Model, threads: int, streams: int = 1) -> None:
        import openvino

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


def read_with_preprocessing(
    path: Path, mean: Sequence[float], std: Sequence[float], shape: Sequence[int]
) -> openvino.Model:
    """Read an ONNX network and let it take BGR bytes ``shape`` (n, h, w, 3), -1 for any, normalised inside the network.

    ``mean`` and ``std`` are of pixels scaled to 0..1.
    """
    import openvino
    from openvino.preprocess import PrePostProcessor

    model = openvino.Core().read_model(str(path))
    processor = PrePostProcessor(model)
    processor.input().tensor().set_element_type(openvino.Type.u8).set_layout(openvino.Layout("NHWC")).set_shape(
        openvino.PartialShape(list(shape))
    )
    steps = processor.input().preprocess().convert_element_type(openvino.Type.f32)
    steps.mean([255 * value for value in mean]).scale([255 * value for value in std])
    processor.input().model().set_layout(openvino.Layout("NCHW"))
    return processor.build()


class OpenVinoEngine:
    """Detects and recognises with the installed weights. Thread-safe; the networks load at the first use."""

    name = "openvino"

    def __init__(self, threads: int = 0) -> None:
        self._threads = threads or available_cores()
        self._loading = Lock()

    @cached_property
    def _detector(self) -> CompiledNetwork:
        model = read_with_preprocessing(weights.detection_weights(), DETECTION_MEAN, DETECTION_STD, (1, -1, -1, 3))
        return CompiledNetwork(model, self._threads)

    @cached_property
    def _recognizer(self) -> CompiledNetwork:
        model = read_with_preprocessing(weights.recognition_weights(), (0.5,) * 3, (0.5,) * 3, (1, LINE_HEIGHT, -1, 3))
        return CompiledNetwork(model, self._threads, streams=self._threads)

    def load(self) -> None:
        """Load both networks now instead of at the first use."""
        with self._loading:
            _ = self._detector, self._recognizer

    def detect(self, picture: Image) -> list[TextBox]:
        """See ``TextEngine.detect``. The sides are rounded to multiples of 32."""
        self.load()
        height, width = picture.shape[:2]
        size = tuple(
            max(DETECTION_STRIDE, round(side / DETECTION_STRIDE) * DETECTION_STRIDE) for side in (width, height)
        )
        resized = picture if size == (width, height) else cv2.resize(picture, size)
        probability = self._detector.run(np.ascontiguousarray(resized)[None])[0, 0]
        return boxes_from_map(probability, (width / size[0], height / size[1]))

    def recognize(self, lines: Sequence[Image]) -> list[LineProbabilities]:
        """See ``TextEngine.recognize``."""
        self.load()
        scaled = [_to_line_height(line) for line in lines]
        answers = self._recognizer.run_each([_padded(line)[None] for line in scaled])
        alphabet = weights.alphabet()
        return [
            LineProbabilities(answer[0], alphabet, line.shape[1] / STEP_PX)
            for answer, line in zip(answers, scaled, strict=True)
        ]


def _to_line_height(line: Image) -> Image:
    height, width = line.shape[:2]
    if height == LINE_HEIGHT:
        return line
    new_width = max(1, round(width * LINE_HEIGHT / height))
    way = cv2.INTER_AREA if height > LINE_HEIGHT else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(line, (new_width, LINE_HEIGHT), interpolation=way), np.uint8)


def _padded(line: Image) -> Image:
    """Padded on the right with mid-grey, which the network sees as zeros, as in its training."""
    width = max(NARROWEST_PX, -(-line.shape[1] // WIDTH_STEP_PX) * WIDTH_STEP_PX)
    padded = np.full((LINE_HEIGHT, width, 3), 127, np.uint8)
    padded[:, : line.shape[1]] = line
    return padded
