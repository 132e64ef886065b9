"""The default text engine: PP-OCRv6 small under OpenVINO, straight from the installed ONNX files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

import cv2
import numpy as np

from idcard_core.card import Image
from idcard_core.networks import CompiledNetwork, Tensor, available_cores, available_devices, read_with_preprocessing
from idcard_core.settings import Device
from idcard_core.text import weights
from idcard_core.text.blanks import fitted_rule
from idcard_core.text.boxes import boxes_from_map
from idcard_core.text.detector_head import with_quick_head
from idcard_core.text.devices import openvino_device
from idcard_core.text.engine import LINE_HEIGHT, LineProbabilities, TextBox
from idcard_core.text.recogniser_head import Head, card_classes, in_parts

DETECTION_STRIDE = 32
"""The detector takes sides that are multiples of this."""
DETECTION_MEAN, DETECTION_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of pixels scaled to 0..1, in the channels' order of the picture (NormalizeImage of PP-OCRv6_small_det)."""
STEP_PX = 8
"""Pixels of a 48-pixel line that one step of the recogniser covers."""
WIDTH_STEP_PX = 32
"""Line pictures are padded to a multiple of this, so that few shapes have to be prepared by OpenVINO."""
NARROWEST_PX = 64


class OpenVinoEngine:
    """Detects and recognises with the installed weights. Thread-safe; the networks load at the first use."""

    name = "openvino"

    def __init__(self, threads: int = 0, device: Device = "cpu") -> None:
        self._threads = threads or available_cores()
        self._wanted = device
        self._loading = Lock()

    @cached_property
    def _device(self) -> str:
        return openvino_device(self._wanted, available_devices() if self._wanted == "gpu" else ())

    @cached_property
    def _detector(self) -> CompiledNetwork:
        model = read_with_preprocessing(weights.detection_weights(), DETECTION_MEAN, DETECTION_STD, (1, -1, -1, 3))
        model = with_quick_head(model)
        return CompiledNetwork(model, self._threads, device=self._device)

    @cached_property
    def _recogniser(self) -> _Recogniser:
        alphabet = weights.alphabet()
        classes = card_classes(alphabet)
        parts = in_parts(read_recogniser(), classes)
        trunk = CompiledNetwork(parts.trunk, self._threads, streams=self._threads, device=self._device)
        head = Head(CompiledNetwork(parts.head, self._threads, device=self._device), len(classes), fitted_rule())
        return _Recogniser(trunk, head, tuple(alphabet[number] for number in classes))

    def load(self) -> None:
        """Load the networks now instead of at the first use."""
        with self._loading:
            _ = self._detector, self._recogniser

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
        # Short lines last: the streams end at about the same time then.
        order = sorted(range(len(scaled)), key=lambda at: -scaled[at].shape[1])
        by_width = self._recogniser.trunk.run_each([_padded(scaled[at])[None] for at in order], _features)
        features = [one for _, one in sorted(zip(order, by_width, strict=True), key=lambda pair: pair[0])]
        return [
            LineProbabilities(answer, self._recogniser.alphabet, line.shape[1] / STEP_PX)
            for answer, line in zip(self._recogniser.head.read(features), scaled, strict=True)
        ]


@dataclass(frozen=True, slots=True, eq=False)
class _Recogniser:
    trunk: CompiledNetwork
    head: Head
    alphabet: Sequence[str]


def read_recogniser() -> Any:
    """The installed recogniser, not compiled; takes pictures of lines (1, 48, any, 3) as BGR bytes."""
    return read_with_preprocessing(weights.recognition_weights(), (0.5,) * 3, (0.5,) * 3, (1, LINE_HEIGHT, -1, 3))


def line_picture(line: Image) -> Image:
    """The picture (48, width, 3) that the recogniser is given of a ``line``."""
    return _padded(_to_line_height(line))


def _features(answer: Tensor) -> Tensor:
    """Those of the one line of a batch, copied."""
    return np.array(answer[0])


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
