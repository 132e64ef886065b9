"""Lays the installed weights out as PaddleOCR wants a model: a folder with ``inference.onnx`` and ``inference.yml``.

The folders live in the user's cache and are made once for each state of the weights; several processes may make them at
the same time. Where the cache cannot be written, they live in a temporary folder for as long as the process runs.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from idcard_core.text import weights

_LAYOUT = 1
"""Counted up whenever the files written here change, so that folders of an older version are not taken."""


class ModelFolder(NamedTuple):
    """A model as PaddleOCR takes it: the name it goes by, and its folder."""

    name: str
    path: Path


def installed_detector() -> ModelFolder:
    """The installed detector's folder, made if need be. Raises NotReady when the weights are missing."""
    return ModelFolder(weights.DETECTION_NAME, _laid_out(weights.DETECTION_NAME, weights.detection_weights()))


def installed_recogniser() -> ModelFolder:
    """The installed recogniser's folder, made if need be. Raises NotReady when the weights are missing."""
    return ModelFolder(weights.RECOGNITION_NAME, _laid_out(weights.RECOGNITION_NAME, weights.recognition_weights()))


def cache_root() -> Path:
    """This project's folder in the user's cache: ``$XDG_CACHE_HOME/idcard``, else ``~/.cache/idcard``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "idcard"


def _laid_out(name: str, onnx: Path) -> Path:
    try:
        return _make_folder(cache_root() / "models", name, onnx)
    except (OSError, RuntimeError):  # not writable, full, or (RuntimeError, from Path.home) no home at all
        return _make_folder(temporary_root(), name, onnx)


@lru_cache(maxsize=1)
def temporary_root() -> Path:
    """A folder that is there for as long as the process runs."""
    root = tempfile.mkdtemp(prefix="idcard-models-")
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    return Path(root)


def _make_folder(root: Path, name: str, onnx: Path) -> Path:
    """The folder for these weights under ``root``; written beside its place and renamed, so it is whole or absent."""
    folder = root / f"{name}-{_identity(onnx)}"
    if _is_whole(folder):
        return folder
    root.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=root))
    try:
        _link_or_copy(onnx, draft / "inference.onnx")
        # JSON is YAML as well, as long as characters beyond U+FFFF are not written as pairs of escapes.
        text = json.dumps(_DESCRIPTIONS[name](), ensure_ascii=False, indent=1)
        (draft / "inference.yml").write_text(text, encoding="utf-8")
        draft.chmod(0o755)
        try:
            draft.rename(folder)
        except OSError:
            if not _is_whole(folder):  # else another process was first, with the same files
                raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def _identity(onnx: Path) -> str:
    state = onnx.stat()
    key = f"{_LAYOUT} {onnx} {state.st_size} {state.st_mtime_ns}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def _is_whole(folder: Path) -> bool:
    return (folder / "inference.onnx").is_file() and (folder / "inference.yml").is_file()


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        target.symlink_to(source)
    except OSError:
        shutil.copyfile(source, target)


def _detector_description() -> dict[str, object]:
    """The values of PaddleOCR's own configs/det/PP-OCRv6/PP-OCRv6_small_det.yml."""
    return {
        "Global": {"model_name": weights.DETECTION_NAME},
        "PreProcess": {
            "transform_ops": [
                {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
                {"DetResizeForTest": {"resize_long": 960}},
                {
                    "NormalizeImage": {
                        "mean": [0.485, 0.456, 0.406],
                        "std": [0.229, 0.224, 0.225],
                        "scale": 1 / 255,
                        "order": "hwc",
                    }
                },
                {"ToCHWImage": None},
            ]
        },
        "PostProcess": {
            "name": "DBPostProcess",
            "thresh": 0.3,
            "box_thresh": 0.6,
            "max_candidates": 1000,
            "unclip_ratio": 1.5,
        },
    }


def _recogniser_description() -> dict[str, object]:
    """The values of PaddleOCR's own configs/rec/PP-OCRv6/PP-OCRv6_small_rec.yml, and the characters."""
    return {
        "Global": {"model_name": weights.RECOGNITION_NAME},
        "PreProcess": {
            "transform_ops": [
                {"DecodeImage": {"channel_first": False, "img_mode": "BGR"}},
                {"RecResizeImg": {"image_shape": [3, 48, 320]}},
            ]
        },
        # The decoder adds the blank in front and the space behind by itself.
        "PostProcess": {"name": "CTCLabelDecode", "character_dict": list(weights.alphabet()[1:-1])},
    }


_DESCRIPTIONS = {
    weights.DETECTION_NAME: _detector_description,
    weights.RECOGNITION_NAME: _recogniser_description,
}
