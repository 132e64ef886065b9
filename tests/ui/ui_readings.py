"""Small builders of readings, exhibits and history rows for the dashboard's tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import cv2
import numpy as np

from idcard_core.card import (
    FIELDS,
    Card,
    Field,
    FieldName,
    ImageStatus,
    NumberType,
    PictureInfo,
    Portrait,
    Reading,
    ReadOptions,
    Side,
)
from idcard_core.ui.history import HistoryRow
from idcard_core.ui.shelf import CardPictures, Exhibit, Original

TEXTS = {
    FieldName.NAME: "张样本",
    FieldName.SEX: "女",
    FieldName.NATION: "汉",
    FieldName.BIRTHDAY: "19491231",
    FieldName.ADDRESS: "北京市东城区样本路1号院2号楼3单元401室",
    FieldName.IDCARDNO: "11010119491231002X",
    FieldName.GOV: "北京市公安局东城分局",
    FieldName.BEGINDATE: "20100101",
    FieldName.ENDDATE: "长期",
}
ALL = ReadOptions(direction=True, risk=True, photo=True)


def quad(left: float, top: float, width: float, height: float) -> np.ndarray:
    """An upright quad."""
    right, bottom = left + width, top + height
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def make_card(side: Side = Side.FRONT, confidence: float = 0.99, **changes: Any) -> Card:
    """One side of a card with every field read."""
    fields = tuple(
        Field(name, TEXTS[name], confidence, quad(100, 100 + 50 * row, 300, 40), TEXTS[name])
        for row, name in enumerate(FIELDS[side])
    )
    front = side is Side.FRONT
    card = Card(
        side=side,
        quad=quad(50, 50, 856, 540),
        quarter_turns=0,
        angle_degrees=1.5,
        fields=fields,
        valid=front,
        number_type=NumberType.AGREES if front else NumberType.EMPTY,
        portrait=Portrait(np.full((320, 260, 3), 120, np.uint8), quad(600, 100, 260, 320)) if front else None,
        rectified=np.full((540, 856, 3), 200, np.uint8),
    )
    return replace(card, **changes)


def make_reading(*cards: Card, options: ReadOptions = ALL, **changes: Any) -> Reading:
    """A reading of a picture of 1200 x 800 pixels."""
    info = PictureInfo(1200, 800, "jpeg", 123_456, "0" * 64)
    timings = {"locate": 30.0, "read": 90.0, "total": 120.0}
    reading = Reading(info, options, cards, ImageStatus.NORMAL, timings_ms=timings)
    return replace(reading, **changes)


def make_exhibit(row_id: int = 1, source: bytes = b"", reading: Reading | None = None, **changes: Any) -> Exhibit:
    """A recognition as the page shows it, with a small grey preview."""
    preview = cv2.imencode(".jpg", np.full((80, 120, 3), 90, np.uint8))[1].tobytes()
    shown = make_reading(make_card()) if reading is None else reading
    pictures = tuple(CardPictures() for _ in shown.cards)
    expected: tuple[dict[FieldName, str], ...] = tuple({} for _ in shown.cards)
    exhibit = Exhibit(row_id, Original("card.jpg", source), shown, preview, pictures, "{}", "{}", expected)
    return replace(exhibit, **changes)


def make_row(row_id: int = 1, milliseconds: float = 100.0, **changes: Any) -> HistoryRow:
    """A row of the session's history."""
    time = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
    return replace(HistoryRow(row_id, time, "card.jpg", "openvino", milliseconds), **changes)
