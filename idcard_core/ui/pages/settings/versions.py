"""What runs here: versions of this program, of what it stands on, and of its networks."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from idcard_core import models
from idcard_core.release import own_version

_PACKAGES = ("openvino", "paddleocr", "paddlepaddle", "numpy", "opencv-python-headless", "streamlit", "sqlalchemy")
_HASH_CHARACTERS = 12


def versions() -> dict[str, str]:
    """By name, those that are installed."""
    found = {"idcard-core": own_version(), "Python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


@cache
def networks() -> dict[str, str]:
    """Each network that comes with the program, by the beginning of its file's SHA-256: its version."""
    files = sorted(Path(models.__file__).parent.glob("*.onnx"))
    return {file.stem: hashlib.sha256(file.read_bytes()).hexdigest()[:_HASH_CHARACTERS] for file in files}
