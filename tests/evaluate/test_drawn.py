"""Specimens for a run are those that `make_specimens` makes, and few are on the disk at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from idcard_core.evaluate import drawn
from idcard_core.evaluate.drawn import READABLE, DrawnSamples
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.make import make_specimens


def test_they_are_the_same_whatever_the_batch_and_gone_when_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn, "READABLE", [Condition.NO_MARGIN, Condition.SMALL])
    monkeypatch.setattr(drawn, "BATCH", 2)
    labels = make_specimens(tmp_path, 5, 9, drawn.READABLE)
    steps: list[int] = []
    samples, most = [], 0
    for sample, label in zip(DrawnSamples(5, 9, steps.append), labels, strict=True):
        assert sample.path.read_bytes() == (tmp_path / label.image).read_bytes()
        assert (sample.path.name, sample.condition, sample.seed) == (label.image, label.condition, label.seed)
        samples.append(sample)
        most = max(most, len(list(sample.path.parent.iterdir())))
    assert most == 2
    assert steps == [1, 2, 3, 4, 5]
    assert not any(sample.path.parent.exists() for sample in samples)


def test_a_run_that_is_given_up_leaves_nothing() -> None:
    coming = iter(DrawnSamples(1, 3))
    path = next(coming).path
    coming.close()  # type: ignore[attr-defined]
    assert not path.parent.exists()


def test_only_readable_conditions_are_drawn() -> None:
    assert {condition for condition in Condition if condition.readable} == set(READABLE)
