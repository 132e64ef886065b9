"""Labels: round trip, errors, and the shipped samples."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from idcard_core.card import FieldName, Side
from idcard_core.specimen import (
    Condition,
    LabelsError,
    PictureLabel,
    make_specimen,
    make_specimens,
    read_labels,
    shipped_samples,
    write_labels,
)


def test_labels_come_back_as_they_were_written(tmp_path: Path):
    label = make_specimen(4, Condition.BOTH_SIDES, "a.jpg", (480, 360)).label
    write_labels(tmp_path / "labels.jsonl", [label])
    (again,) = read_labels(tmp_path / "labels.jsonl")
    assert again.to_dict() == label.to_dict()
    assert again.cards[0].fields == label.cards[0].fields
    assert np.abs(again.cards[1].corners - label.cards[1].corners).max() <= 0.06


def test_a_label_from_elsewhere_needs_only_what_is_printed(tmp_path: Path):
    line = {"image": "a.jpg", "condition": "in the rain", "cards": [{"side": "back", "fields": {"enddate": "长期"}}]}
    (tmp_path / "labels.jsonl").write_text(json.dumps(line), encoding="utf-8")
    (label,) = read_labels(tmp_path / "labels.jsonl")
    assert (label.condition, label.readable) == ("in the rain", True)
    assert (label.direction, label.sha256, label.seed) == (None, None, None)
    (card,) = label.cards
    assert (card.side, card.fields) == (Side.BACK, {FieldName.ENDDATE: "长期"})
    assert (card.corners, card.quarter_turns, card.quads, card.portrait) == (None, None, {}, None)
    assert PictureLabel.from_dict(label.to_dict()).to_dict() == label.to_dict()


def _broken(**changes: object) -> str:
    data = make_specimen(4, Condition.PLAIN, "a.jpg", (160, 120)).label.to_dict() | changes
    return json.dumps({key: value for key, value in data.items() if value != "gone"})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Expecting property name"),
        ("[]", "expected an object"),
        (_broken(image="gone"), "missing key 'image'"),
        (_broken(condition=7), "expected a string"),
        (_broken(cards=3), "cards must be a list"),
        (_broken(seed="1"), "expected a whole number"),
    ],
    ids=["no json", "no object", "missing key", "condition no word", "cards no list", "seed no number"],
)
def test_a_broken_line_is_named_with_its_reason(tmp_path: Path, line: str, reason: str):
    path = tmp_path / "labels.jsonl"
    path.write_text("\n" + line + "\n", encoding="utf-8")
    with pytest.raises(LabelsError, match="line 2") as caught:
        read_labels(path)
    assert reason in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(LabelsError, match="labels"):
        read_labels(tmp_path / "labels.jsonl")


def test_make_specimens_writes_pictures_and_labels(tmp_path: Path):
    steps: list[tuple[int, int]] = []
    conditions = (Condition.SMALL, Condition.NO_MARGIN)
    made = make_specimens(tmp_path / "out", 3, 7, conditions, lambda done, count: steps.append((done, count)))
    read = read_labels(tmp_path / "out" / "labels.jsonl")
    assert [label.condition for label in read] == [Condition.SMALL, Condition.NO_MARGIN, Condition.SMALL]
    assert steps == [(1, 3), (2, 3), (3, 3)]
    for label in made:
        data = (tmp_path / "out" / label.image).read_bytes()
        assert hashlib.sha256(data).hexdigest() == label.sha256


def test_shipped_samples_show_every_condition_and_stay_small():
    samples = shipped_samples()
    assert {sample.label.condition for sample in samples} == {condition.value for condition in Condition}
    assert sum(sample.path.stat().st_size for sample in samples) <= 8 * 1024 * 1024
    assert 35 <= len(samples) <= 45


def test_shipped_samples_are_the_labelled_files():
    largest = 0
    for sample in shipped_samples():
        data = sample.path.read_bytes()
        assert hashlib.sha256(data).hexdigest() == sample.label.sha256
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_8)
        largest = max(largest, picture.shape[0] * picture.shape[1] * 64)
        assert isinstance(sample.label, PictureLabel)
    assert largest >= 12_000_000
