"""The reading programs a user would pick instead, each with the plain parser of ``peer_parser``.

Both run on the same weights as this project, with the same number of threads, and decode the picture themselves.
"""

from __future__ import annotations

import importlib
from functools import cached_property
from importlib.metadata import version
from typing import Any

import numpy as np

from idcard_core.evaluate.answers import Answer
from idcard_core.evaluate.peer_parser import PrintedLine, parse_lines
from idcard_core.networks import available_cores
from idcard_core.text.model_folders import installed_detector, installed_recogniser
from idcard_core.text.paddle import quiet_paddleocr, stay_offline

PADDLE_LIMIT_PX = 960
"""PaddleOCR's detector looks at a picture scaled to this longest side, as its models' own description has it."""


class PaddleOcrPeer:
    """PaddleOCR's own pipeline on the installed weights, over ONNX Runtime."""

    def __init__(self, threads: int = 0) -> None:
        self.name = f"PaddleOCR {version('paddleocr')}"
        self._threads = threads or available_cores()

    @cached_property
    def _pipeline(self) -> Any:
        detector, recogniser = installed_detector(), installed_recogniser()
        return quiet_paddleocr().PaddleOCR(
            engine="onnxruntime",
            engine_config={"intra_op_num_threads": self._threads},
            text_detection_model_name=detector.name,
            text_detection_model_dir=str(detector.path),
            text_recognition_model_name=recogniser.name,
            text_recognition_model_dir=str(recogniser.path),
            text_det_limit_side_len=PADDLE_LIMIT_PX,
            text_det_limit_type="max",
            use_doc_orientation_classify=False,
            use_doc_unwarping=False,
            use_textline_orientation=False,
        )

    def read(self, path: str) -> Answer:
        (page,) = self._pipeline.predict(path)
        return parse_lines(_printed(page["rec_texts"], page["rec_polys"]))


class RapidOcrPeer:
    """RapidOCR with its defaults, line direction classifier included."""

    def __init__(self, threads: int = 0) -> None:
        self.name = f"RapidOCR {version('rapidocr')}"
        self._threads = threads or available_cores()

    @cached_property
    def _reader(self) -> Any:
        stay_offline()
        params = {"EngineConfig.onnxruntime.intra_op_num_threads": self._threads, "Global.log_level": "error"}
        return importlib.import_module("rapidocr").RapidOCR(params=params)

    def read(self, path: str) -> Answer:
        page = self._reader(path)
        if page.txts is None:
            return Answer()
        return parse_lines(_printed(page.txts, page.boxes))


def _printed(texts: Any, polygons: Any) -> list[PrintedLine]:
    return [
        PrintedLine(str(text), np.asarray(polygon, np.float32).reshape(-1, 2))
        for text, polygon in zip(texts, polygons, strict=True)
    ]
