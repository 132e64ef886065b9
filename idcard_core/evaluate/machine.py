"""What a benchmark ran on, in one line, since its latencies mean nothing without it."""

from __future__ import annotations

import platform
from importlib.metadata import version
from pathlib import Path

from idcard_core.networks import available_cores

_PACKAGES = ("openvino", "onnxruntime", "paddleocr", "rapidocr")


def describe_machine() -> str:
    """Cores in use, processor, system, Python and the versions of the engines' packages; no name of the machine."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    cores = available_cores()
    return (
        f"{cores} core{'s' if cores != 1 else ''} of {_processor()}, {platform.system()}, "
        f"Python {platform.python_version()}, {packages}"
    )


def _processor() -> str:
    """The processor's own name where the system tells it, else its architecture."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next((name for name in names if name), platform.processor() or platform.machine())
