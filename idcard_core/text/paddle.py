"""The ``paddleocr`` engine: real PaddleOCR 3.7 objects over ONNX Runtime, without ``paddlepaddle``.

It is slower than the default engine and there for comparison, and for whoever wants another of PaddleOCR's models.
Nothing is ever downloaded: a model named in the settings must already be on this machine.
"""

from __future__ import annotations

import importlib
import logging
import math
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from idcard_core.card import Image
from idcard_core.errors import NotReady
from idcard_core.networks import available_cores
from idcard_core.settings import EngineSettings
from idcard_core.text import weights
from idcard_core.text.boxes import reading_quad
from idcard_core.text.devices import paddle_device
from idcard_core.text.engine import LINE_HEIGHT, LineProbabilities, TextBox
from idcard_core.text.model_folders import ModelFolder, installed_detector, installed_recogniser, temporary_root

_log = logging.getLogger(__name__)

_ENVIRONMENT = {
    "ORT_DISABLE_TELEMETRY": "1",  # ONNX Runtime's official builds report to Microsoft otherwise (its Privacy.md)
    "PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK": "True",  # no look at which model host answers
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "PADDLEOCR_DISABLE_AUTO_LOGGING_CONFIG": "1",
}
"""Keeps ONNX Runtime and PaddleOCR from reaching out; read when they are imported."""

_SMALLEST_SIDE = 32
"""The detector's stride, px: a picture below it is scaled up, any other is looked at in its own size."""

_T = TypeVar("_T")


class PaddleOcrEngine:
    """Reads with PaddleOCR; satisfies ``TextEngine``.

    PaddleOCR's objects are not safe under threads, so each of the two is loaded on first use and used under a lock.
    """

    name = "paddleocr"

    def __init__(self, settings: EngineSettings | None = None) -> None:
        self._settings = settings or EngineSettings(name="paddleocr")
        self._detector = _Guarded(self._load_detector)
        self._recogniser = _Guarded(self._load_recogniser)

    def detect(self, picture: Image) -> list[TextBox]:
        """Find the lines of text in ``picture`` (BGR). Raises NotReady when the model cannot be had."""
        with self._detector.held() as detector:
            (found,) = detector.predict(np.ascontiguousarray(picture))
        return [
            TextBox(reading_quad(np.asarray(polygon, np.float32)), float(score))
            for polygon, score in zip(found["dt_polys"], found["dt_scores"], strict=True)
        ]

    def recognize(self, lines: Sequence[Image]) -> list[LineProbabilities]:
        """Read line pictures (BGR, upright). Raises NotReady when the model cannot be had."""
        with self._recogniser.held() as recogniser:
            return [recogniser.probabilities(line) for line in lines]

    def _load_detector(self) -> Any:
        model = _resolve(self._settings.detection_model, installed_detector)
        return _create("TextDetection", model, self._settings, limit_side_len=_SMALLEST_SIDE, limit_type="min")

    def _load_recogniser(self) -> _Recogniser:
        model = _resolve(self._settings.recognition_model, installed_recogniser)
        return _Recogniser(_create("TextRecognition", model, self._settings))


class _Guarded(Generic[_T]):
    """Something that is made on first use and used by one thread at a time."""

    def __init__(self, make: Callable[[], _T]) -> None:
        self._make = make
        self._lock = Lock()
        self._made: _T | None = None

    @contextmanager
    def held(self) -> Iterator[_T]:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            yield self._made


class _Recogniser:
    """PaddleOCR's ``TextRecognition`` with an ear on its network, since its own answer is the decoded text only."""

    def __init__(self, recognition: Any) -> None:
        self._recognition = recognition
        predictor = recognition.paddlex_predictor
        self._network = _Recorder(predictor.runner)
        predictor.runner = self._network
        self._alphabet = (weights.BLANK, *predictor.post_op.character[1:])

    def probabilities(self, line: Image) -> LineProbabilities:
        """One line a call: in a batch PaddleOCR widens every line to the widest, which changes what it reads."""
        self._recognition.predict(np.ascontiguousarray(line))
        (batch,) = self._network.inputs
        (rows,) = self._network.outputs[0]
        padded_width = batch.shape[-1]
        height, width = line.shape[:2]
        line_width = min(padded_width, math.ceil(LINE_HEIGHT * width / height))
        stride = round(padded_width / len(rows))
        return LineProbabilities(rows, self._alphabet, line_width / stride)


class _Recorder:
    """Stands in a predictor's place for its ``runner`` and keeps what last went through it."""

    def __init__(self, runner: Callable[..., list[NDArray[np.float32]]]) -> None:
        self._runner = runner
        self.inputs: Sequence[NDArray[np.float32]] = ()
        self.outputs: Sequence[NDArray[np.float32]] = ()

    def __call__(self, x: Sequence[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        self.inputs, self.outputs = x, (answer := self._runner(x=x))
        return answer


def stay_offline() -> None:
    """Switch off what ONNX Runtime and PaddleOCR would send or fetch; to be called before either is imported."""
    os.environ.update(_ENVIRONMENT)


def quiet_paddleocr() -> Any:
    """The module ``paddleocr``, imported offline and without its chatter."""
    stay_offline()
    if not _can_write(Path.home() / ".paddlex"):
        os.environ.setdefault("PADDLE_PDX_CACHE_HOME", str(temporary_root() / "paddlex"))
    module = importlib.import_module("paddleocr")
    logging.getLogger("paddlex").setLevel(logging.ERROR)  # its import has set INFO
    return module


def _can_write(folder: Path) -> bool:
    """Whether PaddleX can keep its locks in ``folder``, as it does by default."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _create(kind: str, model: ModelFolder, settings: EngineSettings, **options: object) -> Any:
    paddleocr = quiet_paddleocr()
    providers = importlib.import_module("onnxruntime").get_available_providers()
    try:
        return getattr(paddleocr, kind)(
            model_name=model.name,
            model_dir=str(model.path),
            engine="onnxruntime",
            device=paddle_device(settings.device, providers),
            engine_config={"intra_op_num_threads": settings.threads or available_cores()},
            **options,
        )
    except (ValueError, RuntimeError, OSError, KeyError) as error:  # what PaddleX raises for a folder it rejects
        _log.error("PaddleOCR cannot load %s from %s: %s", model.name, model.path, error)
        raise NotReady from error


def _resolve(wanted: str | None, installed: Callable[[], ModelFolder]) -> ModelFolder:
    """The model folder for what the settings say: nothing, a folder, or one of PaddleOCR's names."""
    if wanted is None or wanted == installed().name:
        return installed()
    if (folder := Path(wanted)).is_dir():
        return ModelFolder(_name_of(folder), folder)
    quiet_paddleocr()
    cache = Path(importlib.import_module("paddlex.utils.cache").CACHE_DIR)
    folder = cache / "official_models" / f"{wanted}_onnx"
    if not folder.is_dir():
        _log.error("the model %s is not at %s; fetch it with PaddleOCR, or give its folder", wanted, folder)
        raise NotReady
    return ModelFolder(wanted, folder)


def _name_of(folder: Path) -> str:
    """The model's name from its ``inference.yml``, which is too long to be parsed for that (0.4 s)."""
    description = folder / "inference.yml"
    text = description.read_text(encoding="utf-8") if description.is_file() else ""
    if (match := re.search(r"""\bmodel_name["']?\s*:\s*["']?([\w.-]+)""", text)) is None:
        _log.error("%s is no PaddleOCR model folder: it names no model in inference.yml", folder)
        raise NotReady
    return match[1]
