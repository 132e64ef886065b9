"""Review items made of the shipped samples and their labels, with mistakes: nothing has to be read for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from PIL import Image
from sqlalchemy import insert

from idcard_core.card import FieldName, ImageStatus, Reason, RiskType, Side
from idcard_core.settings import Settings, StoreSettings
from idcard_core.specimen import CardLabel, Sample, shipped_samples
from idcard_core.store.pictures import NewPicture
from idcard_core.store.readings.record import to_columns
from idcard_core.store.readings.rows import Occasion, ReadingRow
from idcard_core.store.review.items import NewItem
from idcard_core.store.review.record import item_columns
from idcard_core.store.store import PICTURES_FOLDER, Store, open_store
from idcard_core.store.tables import PICTURES, READINGS, REVIEW_ANSWERS, REVIEW_ITEMS

NOW = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)
SURE, UNSURE = 0.995, 0.4


@dataclass(frozen=True)
class Mistake:
    """An item with one field misread: what it says in truth, and what was read."""

    item: int
    place: tuple[int, FieldName]
    truth: str
    read: str


def store_in(folder: Path) -> Store:
    """The store of a dashboard that is started with this data folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return open_store(
        Settings(
            database_url=f"sqlite:///{folder / 'idcard.db'}",
            store=StoreSettings(pictures_folder=folder / PICTURES_FOLDER),
        )
    )


def fronts() -> list[Sample]:
    """Samples with a single, legible front."""
    return [
        sample
        for sample in shipped_samples()
        if [card.side for card in sample.label.cards] == [Side.FRONT] and sample.label.readable
    ]


def put(store: Store, sample: Sample, misread: Mapping[FieldName, str], priority: float | None = None) -> int:
    """Put a sample into the queue as if ``misread`` had been read of it, and everything else right."""
    content = sample.path.read_bytes()
    with Image.open(sample.path) as picture:
        size = picture.size
    sha256 = store.pictures.keep(NewPicture(content, "JPEG", *size), NOW)
    return store.review.add(
        NewItem(
            sha256=sha256,
            time=NOW,
            reasons=(Reason.LOW_CONFIDENCE.value,),
            answer=answer_of(sample, size, misread),
            confidence=UNSURE,
            status=ImageStatus.NORMAL,
            risk=RiskType.NORMAL,
            direction=sample.label.direction,
            condition=sample.label.condition,
            priority=priority,
        )
    )


def put_mistakes(store: Store, count: int, name: FieldName = FieldName.NAME) -> list[Mistake]:
    """So many items, the worst first, with a field misread in each."""
    found = []
    for number, sample in enumerate(fronts()[:count]):
        truth = sample.label.cards[0].fields[name]
        read = truth[:-1] + ("某" if truth[-1] != "某" else "甲")
        item = put(store, sample, {name: read}, priority=1 - number / 1000)
        found.append(Mistake(item, (0, name), truth, read))
    assert len(found) == count
    return found


def answer_of(sample: Sample, size: tuple[int, int], misread: Mapping[FieldName, str]) -> str:
    """An answer with ``detail`` as the wire contract has it."""
    cards = [_card(label, misread) for label in sample.label.cards]
    picture = {"width": size[0], "height": size[1], "format": "JPEG", "page": None}
    return json.dumps({"msg": {}, "detail": {"picture": picture, "cards": cards}}, ensure_ascii=False)


def _card(label: CardLabel, misread: Mapping[FieldName, str]) -> dict[str, Any]:
    fields = {
        name.value: {
            "text": misread.get(name, text),
            "confidence": UNSURE if name in misread else SURE,
            "polygon": label.quads[name].tolist() if name in label.quads else None,
        }
        for name, text in label.fields.items()
    }
    doubts = [{"field": name.value, "reason": Reason.LOW_CONFIDENCE.value} for name in misread if name in label.fields]
    assert label.corners is not None
    return {"side": label.side.value, "corners": label.corners.tolist(), "doubts": doubts, "fields": fields}


def put_many(store: Store, readings: int, items: int) -> None:
    """Fill the store, quickly: pictures are rows without files."""
    label = fronts()[0]
    answer = answer_of(label, (640, 480), {FieldName.NAME: "某"}).encode()
    sealing = store.readings._sealing
    with store.engine.begin() as connection:
        if readings:
            connection.execute(insert(READINGS), [to_columns(_reading(at), sealing) for at in range(readings)])
        shas = [f"{number:064x}" for number in range(items)]
        picture = {"size_bytes": 1, "format": "JPEG", "width": 640, "height": 480, "kept": NOW}
        connection.execute(insert(PICTURES), [{"sha256": sha, **picture} for sha in shas])
        connection.execute(insert(REVIEW_ITEMS), [item_columns(_item(sha, at)) for at, sha in enumerate(shas)])
        new = REVIEW_ITEMS.select().with_only_columns(REVIEW_ITEMS.c.id).where(REVIEW_ITEMS.c.sha256.in_(shas))
        rows = [
            {"item_id": id, "answer": sealing.seal(answer, "review answer")} for id in connection.execute(new).scalars()
        ]
        connection.execute(insert(REVIEW_ANSWERS), rows)


def _item(sha256: str, number: int) -> NewItem:
    return NewItem(
        sha256=sha256,
        time=NOW,
        reasons=(list(Reason)[number % 5].value,),
        answer="",
        confidence=number % 100 / 100,
        status=list(ImageStatus)[number % 8],
        condition=f"condition {number % 30}",
    )


def _reading(number: int) -> ReadingRow:
    occasion = Occasion(NOW + timedelta(seconds=number), "session", f"card-{number}.jpg", "openvino", number)
    return ReadingRow(occasion=occasion, milliseconds=100.0, sha256=f"{number:064x}", status=ImageStatus.NORMAL)
