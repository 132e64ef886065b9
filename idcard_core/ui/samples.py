"""The shipped samples as the dashboard needs them: thumbnails for the gallery, labels by a picture's SHA-256."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
import streamlit as st

from idcard_core.specimen import CardLabel, Sample, shipped_samples

THUMBNAIL_PX = 220
"""Longest side; shown at half of it, sharp on dense screens too."""


@st.cache_resource(show_spinner=False)
def samples() -> Mapping[str, Sample]:
    """The shipped samples by file name."""
    return {sample.path.name: sample for sample in shipped_samples()}


def labels_of(sha256: str) -> Sequence[CardLabel]:
    """The labels of the cards on the picture with this hash; none for a picture without labels."""
    return _labels().get(sha256, ())


@st.cache_resource(show_spinner=False)
def _conditions() -> Mapping[str, str]:
    labels = [sample.label for sample in samples().values()]
    return {label.sha256: label.condition for label in labels if label.sha256 is not None}


def condition_of(sha256: str) -> str:
    """The condition of the picture with this hash; empty for a picture without labels."""
    return _conditions().get(sha256, "")


@st.cache_resource(show_spinner=False)
def _labels() -> Mapping[str, Sequence[CardLabel]]:
    labels = [sample.label for sample in samples().values()]
    return {label.sha256: label.cards for label in labels if label.sha256 is not None}


@st.cache_resource(show_spinner=False, max_entries=200)
def thumbnail(path: Path) -> str:
    """A small picture of the sample at ``path``, as a data URI."""
    data = np.frombuffer(path.read_bytes(), np.uint8)
    small = cv2.imdecode(data, cv2.IMREAD_REDUCED_COLOR_4)
    scale = min(1.0, THUMBNAIL_PX / max(small.shape[:2]))
    small = cv2.resize(small, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    _, encoded = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 78])
    return f"data:image/jpeg;base64,{b64encode(bytes(encoded)).decode()}"
