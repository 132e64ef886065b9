"""A store with labelled sets and runs over them whose mistakes are known, made from the shipped samples."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np

from idcard_core.card import ImageStatus, RiskType
from idcard_core.evaluate.outcomes import CardOutcome, FieldOutcome
from idcard_core.specimen.labels import PictureLabel
from idcard_core.specimen.samples import shipped_samples
from idcard_core.store.pictures import NewPicture
from idcard_core.store.runs.results import NewRun, PictureResult, RunState
from idcard_core.store.samples import NewSample, Sample
from idcard_core.store.store import Store

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))
from store_builders import a_reading, an_occasion

NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
SLIP = ("李", "季")
"""What the first seeded run reads wrong wherever it stands in a name."""


def seed_set(store: Store, name: str, count: int) -> int:
    """``count`` samples round the shipped ones, each with a picture of its own hash; the set's number."""
    shipped = shipped_samples()
    set_id = store.samples.make_set(name, "标注员", NOW)
    samples = []
    for number in range(count):
        source = shipped[number % len(shipped)]
        # a decoder stops at a JPEG's end; what stands behind it makes another file of it
        content = source.path.read_bytes() + (f"{number:08d}".encode() if number >= len(shipped) else b"")
        sha256 = store.pictures.keep(NewPicture(content, "JPEG", 1000, 800), NOW)
        label = replace(
            source.label,
            image=f"batch/{number:05d}.jpg",
            sha256=sha256,
            status=ImageStatus.NORMAL if source.label.readable else ImageStatus.BLURRED,
            risk=RiskType.COPY if source.label.condition == "grey_copy" else RiskType.NORMAL,
        )
        slices = ("手机",) if number % 2 else ("扫描",)
        samples.append(
            NewSample(
                label=label,
                sha256=sha256,
                author="标注员",
                time=NOW + timedelta(seconds=number),
                slices=slices,
                has_picture=True,
            )
        )
    store.samples.add(set_id, samples)
    return set_id


def seed_run(store: Store, set_id: int, engine: str, wrong_share: float, started: datetime = NOW) -> int:
    """A finished run that gets a share of the names wrong, the same ones for the same share."""
    samples = store.samples.page(set_id)
    run = store.runs.begin(
        NewRun(set_id=set_id, engine=engine, settings="{}", author="甲", planned=len(samples), started=started)
    )
    rng = np.random.default_rng(7)
    for sample in samples:
        store.runs.add(run, seeded_result(sample, wrong_share, rng))
    store.runs.end(run, RunState.FINISHED, started + timedelta(minutes=5))
    return run


def seeded_result(sample: Sample, wrong_share: float, rng: np.random.Generator) -> PictureResult:
    """What a run might have read."""
    label: PictureLabel = sample.label
    is_wrong = bool(rng.random() < wrong_share)
    cards = tuple(
        CardOutcome(
            card.side,
            tuple(_read(name.value, text, is_wrong, rng, name) for name, text in card.fields.items()),
            doubts=(),
        )
        for card in label.cards
    )
    milliseconds = float(rng.lognormal(5.2, 0.4))
    return PictureResult(
        sha256=sample.sha256,
        page=sample.page,
        condition=label.condition,
        slices=sample.slices,
        readable=label.readable,
        cards=cards,
        milliseconds=milliseconds,
        stages={
            "decode": milliseconds * 0.2,
            "locate": milliseconds * 0.2,
            "read": milliseconds * 0.5,
            "judge": milliseconds * 0.1,
        },
        status=ImageStatus.NORMAL,
        status_label=label.status,
        risk=RiskType.COPY if label.condition in ("grey_copy", "screen") else RiskType.NORMAL,
        risk_label=label.risk,
        direction=label.direction,
        direction_label=label.direction,
    )


def _read(name: str, text: str, is_wrong: bool, rng: np.random.Generator, field: object) -> FieldOutcome:
    confidence = float(1 - rng.random() ** 3 * 0.02)
    if is_wrong and name in ("name", "address", "gov"):
        place = int(rng.integers(len(text)))
        wrong = SLIP[1] if text[place] == SLIP[0] else "口日目曰"[int(rng.integers(4))]
        return FieldOutcome(field, text, text[:place] + wrong + text[place + 1 :], confidence * 0.7)  # type: ignore[arg-type]
    return FieldOutcome(field, text, text, confidence)  # type: ignore[arg-type]


def seed_readings(store: Store, count: int, engines: Sequence[str] = ("openvino", "paddleocr")) -> None:
    """Kept readings, to fill the database."""
    for number in range(count):
        occasion = an_occasion(NOW + timedelta(seconds=number), f"{number}.jpg", number, engines[number % len(engines)])
        store.readings.keep(a_reading(occasion, sha256=f"{number:064x}"))
