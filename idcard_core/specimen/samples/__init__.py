"""The samples that come installed: pictures over all conditions, and their labels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from idcard_core.specimen.labels import LABELS_FILE, PictureLabel, read_labels

SAMPLES_DIR = Path(__file__).parent
"""The folder of the shipped pictures."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One shipped picture: where its file is, and what is on it."""

    path: Path
    label: PictureLabel


def shipped_samples() -> list[Sample]:
    """Every shipped picture with its label, in the order of the label file. Raises LabelsError."""
    return [Sample(SAMPLES_DIR / label.image, label) for label in read_labels(SAMPLES_DIR / LABELS_FILE)]
