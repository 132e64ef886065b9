"""Makes the text engine that the settings name."""

from __future__ import annotations

from idcard_core.settings import EngineSettings
from idcard_core.text.engine import TextEngine


def make_engine(settings: EngineSettings) -> TextEngine:
    """The engine; cheap, its networks load at the first use."""
    if settings.name == "paddleocr":
        from idcard_core.text.paddle import PaddleOcrEngine

        return PaddleOcrEngine(settings)
    from idcard_core.text.openvino import OpenVinoEngine

    return OpenVinoEngine(settings.threads, settings.device)
