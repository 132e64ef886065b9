"""Readers that answer from a script, and three labelled pictures for them."""

from __future__ import annotations

from pathlib import Path

from idcard_core.card import Doubt, FieldName, Reason, Side
from idcard_core.evaluate.answers import Answer, CardAnswer
from idcard_core.evaluate.samples import CardTruth, Sample

FRONT = {FieldName.NAME: "张三丰", FieldName.SEX: "男"}
BACK = {FieldName.GOV: "某某市公安局", FieldName.ENDDATE: "长期"}


class Scripted:
    """Answers by file name; a missing name is a failure. Keeps the order it was asked in."""

    def __init__(self, name: str, answers: dict[str, Answer], asked: list[str]) -> None:
        self.name = name
        self._answers = answers
        self._asked = asked

    def read(self, path: str) -> Answer:
        self._asked.append(self.name)
        return self._answers[Path(path).name]


SAMPLES = [
    Sample(Path("plain.jpg"), "plain", (CardTruth(Side.FRONT, FRONT),), direction=0, seed=11),
    Sample(Path("turned.jpg"), "turned", (CardTruth(Side.BACK, BACK),), direction=2),
    Sample(Path("both.jpg"), "plain", (CardTruth(Side.FRONT, FRONT), CardTruth(Side.BACK, BACK)), direction=0),
]
DARK = Sample(Path("dark.jpg"), "too_dark", (CardTruth(Side.FRONT, FRONT),), readable=False)
RIGHT = {
    "plain.jpg": Answer((CardAnswer(Side.FRONT, FRONT),), 0),
    "turned.jpg": Answer((CardAnswer(Side.BACK, BACK),), 2),
    "both.jpg": Answer((CardAnswer(Side.BACK, BACK), CardAnswer(Side.FRONT, FRONT)), 0),
}
HALF_RIGHT = {
    "plain.jpg": Answer((CardAnswer(Side.FRONT, {**FRONT, FieldName.NAME: "张三"}),)),
    "both.jpg": Answer((CardAnswer(Side.BACK, BACK),)),
}
SURE = {FieldName.NAME: 0.97, FieldName.SEX: 1.0}
DOUBTING = {
    "plain.jpg": Answer(
        (CardAnswer(Side.FRONT, FRONT, SURE, (Doubt(FieldName.SEX, Reason.DISAGREES),)),),
        0,
    ),
    "turned.jpg": Answer((), -1),
    "both.jpg": Answer(
        (
            CardAnswer(Side.BACK, BACK, {FieldName.GOV: 0.4, FieldName.ENDDATE: 0.9}, ()),
            CardAnswer(
                Side.FRONT,
                {**FRONT, FieldName.NAME: "张王丰"},
                SURE,
                (Doubt(FieldName.NAME, Reason.LOW_CONFIDENCE), Doubt(FieldName.SEX, Reason.LOW_CONFIDENCE)),
            ),
        ),
        0,
    ),
    "dark.jpg": Answer((CardAnswer(Side.FRONT, {}, {}, (Doubt(FieldName.NAME, Reason.NOT_READ),)),)),
}
"""One card right and doubted, one right, one wrong and doubted, one not found, and one that nobody can read."""
