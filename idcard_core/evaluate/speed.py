"""How long a 12-megapixel photograph takes, and how well it is read, this project and its peers in alternation."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from idcard_core.evaluate.answers import Contestant
from idcard_core.evaluate.benchmark import WARM_UPS, in_turn, timed_read
from idcard_core.evaluate.metrics import Percentiles, percentiles
from idcard_core.evaluate.outcomes import PictureOutcome, judge_picture
from idcard_core.evaluate.samples import Sample
from idcard_core.evaluate.summary import CardSummary, summarise
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
    """Latencies by reader, this project's first, over ``pictures`` read ``rounds`` times each.

    ``accuracies`` are the readers', in the same order, on the same pictures.
    """

    pictures: int
    rounds: int
    latencies: tuple[tuple[str, Percentiles], ...]
    accuracies: tuple[CardSummary, ...]


def draw_photos(count: int, seed: int, folder: Path) -> list[Sample]:
    """Fresh specimens, photographed at 12 megapixels and written to ``folder``."""
    samples = []
    for number in range(count):
        condition = PHOTO_CONDITIONS[number % len(PHOTO_CONDITIONS)]
        photo = make_specimen(seed * 1_000_003 + number, condition, f"photo-{number:03d}.jpg", PHOTO_SIZE)
        (folder / photo.label.image).write_bytes(photo.jpeg)
        samples.append(Sample.of(photo.label, folder))
    return samples


def enlarge_photos(samples: Iterable[Sample], folder: Path) -> list[Sample]:
    """Each picture brought to 12 megapixels, whatever its shape, and written to ``folder`` as a JPEG."""
    enlarged = []
    for number, sample in enumerate(samples):
        picture = cv2.imdecode(np.fromfile(sample.path, np.uint8), cv2.IMREAD_COLOR)
        height, width = picture.shape[:2]
        scale = math.sqrt(math.prod(PHOTO_SIZE) / (height * width))
        photo = cv2.resize(picture, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_CUBIC)
        path = folder / f"photo-{number:03d}.jpg"
        cv2.imencode(".jpg", photo, (cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY))[1].tofile(path)
        enlarged.append(replace(sample, path=path))
    return enlarged


def measure(
    contestants: Sequence[Contestant],
    samples: Sequence[Sample],
    rounds: int = 3,
    track: Callable[[Sequence[Sample]], Iterable[Sample]] = iter,
) -> SpeedResult:
    """Time every reader on every picture ``rounds`` times; who begins changes from picture to picture."""
    for contestant in contestants:
        for sample in samples[:WARM_UPS]:
            timed_read(contestant, str(sample.path))
    outcomes: list[list[PictureOutcome]] = [[] for _ in contestants]
    pairs = list(zip(contestants, outcomes, strict=True))
    for number, sample in enumerate(track([*samples] * rounds)):
        for contestant, found in in_turn(pairs, number):
            answer, milliseconds = timed_read(contestant, str(sample.path))
            found.append(judge_picture(sample, answer, milliseconds))
    return SpeedResult(
        len(samples),
        rounds,
        tuple((contestant.name, percentiles([one.milliseconds for one in found])) for contestant, found in pairs),
        tuple(summarise(found[: len(samples)]) for found in outcomes),
    )
