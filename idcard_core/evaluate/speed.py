"""How long a 12-megapixel photograph takes, this project and its peers in alternation."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from idcard_core.evaluate.answers import Contestant
from idcard_core.evaluate.benchmark import WARM_UPS, in_turn, timed_read
from idcard_core.evaluate.metrics import Percentiles, percentiles
from idcard_core.evaluate.samples import Sample
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.make import make_specimen

PHOTO_SIZE = (4000, 3000)
"""A phone's usual picture, px."""
JPEG_QUALITY = 90
PHOTO_CONDITIONS = (
    Condition.PLAIN,
    Condition.TILT,
    Condition.ROTATED,
    Condition.DIM,
    Condition.SHADOW,
    Condition.BUSY_BACKGROUND,
)
"""What people's pictures usually are; each is photographed in turn."""


@dataclass(frozen=True, slots=True)
class SpeedResult:
    """Latencies by reader, this project's first, over ``pictures`` read ``rounds`` times each."""

    pictures: int
    rounds: int
    latencies: tuple[tuple[str, Percentiles], ...]


def draw_photos(count: int, seed: int, folder: Path) -> list[str]:
    """Fresh specimens, photographed at 12 megapixels and written to ``folder``."""
    paths = []
    for number in range(count):
        path = folder / f"photo-{number:03d}.jpg"
        condition = PHOTO_CONDITIONS[number % len(PHOTO_CONDITIONS)]
        path.write_bytes(make_specimen(seed * 1_000_003 + number, condition, path.name, PHOTO_SIZE).jpeg)
        paths.append(str(path))
    return paths


def enlarge_photos(samples: Iterable[Sample], folder: Path) -> list[str]:
    """Each picture brought to 12 megapixels, whatever its shape, and written to ``folder`` as a JPEG."""
    paths = []
    for number, sample in enumerate(samples):
        picture = cv2.imdecode(np.fromfile(sample.path, np.uint8), cv2.IMREAD_COLOR)
        height, width = picture.shape[:2]
        scale = math.sqrt(math.prod(PHOTO_SIZE) / (height * width))
        photo = cv2.resize(picture, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_CUBIC)
        path = folder / f"photo-{number:03d}.jpg"
        cv2.imencode(".jpg", photo, (cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY))[1].tofile(path)
        paths.append(str(path))
    return paths


def measure(
    contestants: Sequence[Contestant],
    paths: Sequence[str],
    rounds: int = 3,
    track: Callable[[Sequence[str]], Iterable[str]] = iter,
) -> SpeedResult:
    """Time every reader on every picture ``rounds`` times; who begins changes from picture to picture."""
    for contestant in contestants:
        for path in paths[:WARM_UPS]:
            timed_read(contestant, path)
    latencies: list[list[float]] = [[] for _ in contestants]
    pairs = list(zip(contestants, latencies, strict=True))
    for number, path in enumerate(track([*paths] * rounds)):
        for contestant, milliseconds in in_turn(pairs, number):
            milliseconds.append(timed_read(contestant, path)[1])
    named = tuple((contestant.name, percentiles(milliseconds)) for contestant, milliseconds in pairs)
    return SpeedResult(len(paths), rounds, named)
