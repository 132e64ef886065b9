"""Small things to keep, for the store's tests; every person is made up."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import numpy as np

from idcard_core.card import Doubt, FieldName, ImageStatus, Reason, RiskType, Side
from idcard_core.evaluate.outcomes import CardOutcome, FieldOutcome
from idcard_core.specimen.labels import CardLabel, PictureLabel
from idcard_core.store.pictures import NewPicture
from idcard_core.store.readings.rows import Occasion, ReadingRow
from idcard_core.store.review.actions import Action, Entry
from idcard_core.store.review.items import NewItem
from idcard_core.store.runs.results import NewRun, PictureResult
from idcard_core.store.samples import NewSample
from idcard_core.store.store import Store

NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
NUMBER = "110105194912310021"
NAME, OTHER_NAME, ADDRESS = "欧阳样本", "司徒范例", "北京市朝阳区样本路一百零八号"
SHA = "ab" * 32


def later(**how_much: float) -> datetime:
    return NOW + timedelta(**how_much)


def a_picture(seed: int = 1, size: int = 3000) -> NewPicture:
    """Bytes like those of no other seed."""
    return NewPicture(np.random.default_rng(seed).bytes(size), "JPEG", 640, 400)


def an_occasion(time: datetime = NOW, source: str = "card.jpg", log_id: int = 7, engine: str = "openvino") -> Occasion:
    return Occasion(time, "session", source, engine, log_id)


def a_reading(occasion: Occasion | None = None, **changes: object) -> ReadingRow:
    row = ReadingRow(
        occasion=occasion or an_occasion(),
        milliseconds=120.5,
        sha256=SHA,
        sides=(Side.FRONT,),
        status=ImageStatus.NORMAL,
        risk=RiskType.COPY,
        direction=1,
        stages={"locate": 40.25, "text": 80.25},
        confidence=0.75,
        doubted=(FieldName.NAME,),
        number=NUMBER,
        marks={FieldName.NAME: True, FieldName.IDCARDNO: False},
    )
    return replace(row, **changes)  # type: ignore[arg-type]


def a_label(name: str = NAME, condition: str = "plain") -> PictureLabel:
    quad = np.array([[1, 2], [30, 2], [30, 20], [1, 20]], np.float32)
    fields = {FieldName.NAME: name, FieldName.ADDRESS: ADDRESS, FieldName.IDCARDNO: NUMBER}
    card = CardLabel(
        Side.FRONT, fields, quad, 0, {FieldName.NAME: quad}, marks=("复印件",), covered=(FieldName.ADDRESS,)
    )
    return PictureLabel("card.jpg", condition, (card,), status=ImageStatus.NORMAL, risk=RiskType.COPY, direction=0)


def a_sample(sha256: str = SHA, label: PictureLabel | None = None, **changes: object) -> NewSample:
    sample = NewSample(
        label=label or a_label(), sha256=sha256, author="标注员", time=NOW, slices=("phone", "dim light")
    )
    return replace(sample, **changes)  # type: ignore[arg-type]


def an_item(store: Store, seed: int = 1, **changes: object) -> int:
    """Keep a picture and put it into the queue."""
    picture = store.pictures.keep(a_picture(seed), NOW)
    answer = json.dumps({"msg": {"name": NAME, "idcardno": NUMBER}}, ensure_ascii=False)
    new = NewItem(
        sha256=picture,
        time=NOW,
        reasons=("low_confidence",),
        answer=answer,
        confidence=0.5,
        status=ImageStatus.NORMAL,
        risk=RiskType.NORMAL,
        direction=0,
        condition="plain",
    )
    return store.review.add(replace(new, **changes))  # type: ignore[arg-type]


def an_entry(item: int, action: Action, reviewer: str = "甲", seen: int = 0, time: datetime = NOW) -> Entry:
    return Entry(item, action, reviewer, time, seen)


def a_run(set_id: int, **changes: object) -> NewRun:
    run = NewRun(set_id=set_id, engine="openvino", settings="{}", author="甲", planned=2, started=NOW)
    return replace(run, **changes)  # type: ignore[arg-type]


def a_card(read: str = NAME, confidence: float | None = 0.9) -> CardOutcome:
    fields = (
        FieldOutcome(FieldName.NAME, NAME, read, confidence),
        FieldOutcome(FieldName.IDCARDNO, NUMBER, NUMBER, None),
    )
    return CardOutcome(Side.FRONT, fields, doubts=(Doubt(FieldName.NAME, Reason.LOW_CONFIDENCE),))


def a_result(sha256: str = SHA, *cards: CardOutcome, **changes: object) -> PictureResult:
    result = PictureResult(
        sha256=sha256,
        condition="plain",
        slices=("phone",),
        cards=cards or (a_card(),),
        milliseconds=100.0,
        stages={"text": 60.0},
        status=ImageStatus.BLURRED,
        status_label=ImageStatus.NORMAL,
        risk_label=RiskType.COPY,
        direction=0,
        direction_label=0,
    )
    return replace(result, **changes)  # type: ignore[arg-type]
