"""Kept readings held against labels that came, or were corrected, after them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from idcard_core.card import FIELDS, FieldName, Side
from idcard_core.evaluate.answers import CardAnswer
from idcard_core.evaluate.outcomes import judge_cards
from idcard_core.evaluate.samples import CardTruth
from idcard_core.specimen.labels import PictureLabel
from idcard_core.store.errors import Damaged
from idcard_core.store.readings.table import ReadingTable
from idcard_core.store.sample_table import SampleTable


class Accuracy:
    """Marks readings by the labels of their pictures."""

    def __init__(self, readings: ReadingTable, samples: SampleTable) -> None:
        self._readings = readings
        self._samples = samples

    def refresh(self, sha256: str, page: int | None = None) -> int:
        """Mark the readings of one picture by its newest label, or by none; how many were marked.

        A reading whose answer was not kept stays as it is.
        """
        labels = self._samples.of_picture(sha256, page)
        marks: dict[int, Mapping[FieldName, bool]] = {}
        for row in self._readings.of_picture(sha256, page):
            answer = self._readings.answer(row.id)
            if answer is not None:
                marks[row.id] = marks_of(answer, labels[0].label) if labels else {}
        self._readings.mark(marks)
        return len(marks)


def marks_of(answer: str, label: PictureLabel) -> dict[FieldName, bool]:
    """Which labelled fields an answer has right, on all cards; a field that nobody can read counts nowhere.

    ``answer`` is the wire contract's as JSON. With its ``detail`` every labelled card is judged, without only the sides
    that it answers for. Raises Damaged for what is no answer.
    """
    try:
        said = json.loads(answer)
        cards = _detailed(said["detail"]) if "detail" in said else _plain(said["msg"])
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Damaged("reading answer") from None
    truths = [
        CardTruth(card.side, {name: text for name, text in card.fields.items() if name not in card.covered})
        for card in label.cards
    ]
    marks: dict[FieldName, bool] = {}
    for outcome in judge_cards(truths, cards):
        if outcome.found or "detail" in said:
            for field in outcome.fields:
                marks[field.name] = marks.get(field.name, True) and field.is_right
    return {name: marks[name] for name in FieldName if name in marks}


def _detailed(detail: Mapping[str, Any]) -> list[CardAnswer]:
    return [
        CardAnswer(Side(card["side"]), {FieldName(name): str(read["text"]) for name, read in card["fields"].items()})
        for card in detail["cards"]
    ]


def _plain(msg: Mapping[str, Any]) -> list[CardAnswer]:
    sides = [side for side in Side if all(name.value in msg for name in FIELDS[side])]
    return [CardAnswer(side, {name: str(msg[name.value]) for name in FIELDS[side]}) for side in sides]
