"""A row of a label file that is a flat record: a picture's file, and what is printed on one of its cards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeVar

from idcard_core.card import FIELDS, FieldName, ImageStatus, RiskType, Side
from idcard_core.evaluate.importing.trouble import ImportTrouble, Why
from idcard_core.evaluate.importing.values import value_of
from idcard_core.specimen.labels import CardLabel, PictureLabel

NO_CONDITION = "unsorted"
"""The condition of a picture whose label names none."""
HEADS: Mapping[str, tuple[str, ...]] = {
    "image": ("image", "file", "filename", "picture", "path", "图片", "文件", "文件名", "图像"),
    "page": ("page", "页", "页码"),
    "condition": ("condition", "条件", "场景"),
    "slices": ("slices", "slice", "tags", "切片", "标签"),
    "side": ("side", "面", "正反面"),
    "readable": ("readable", "可读"),
    "status": ("status", "image_status", "图片状态"),
    "risk": ("risk", "risk_type", "风险", "风险类型"),
    "direction": ("direction", "方向"),
    "name": ("name", "姓名"),
    "sex": ("sex", "gender", "性别"),
    "nation": ("nation", "民族"),
    "birthday": ("birthday", "出生", "出生日期"),
    "address": ("address", "住址", "地址"),
    "idcardno": ("idcardno", "number", "公民身份号码", "身份证号", "身份证号码"),
    "gov": ("gov", "issuer", "签发机关"),
    "begindate": ("begindate", "签发日期", "有效期起"),
    "enddate": ("enddate", "失效日期", "有效期止"),
}
"""What a column, or a key of PPOCRLabel, may be called, without regard to case and blanks."""
_KEYS = {name: key for key, names in HEADS.items() for name in names}
_SIDES = {
    **dict.fromkeys(("front", "face", "正面", "人像面"), Side.FRONT),
    **dict.fromkeys(("back", "emblem", "反面", "背面", "国徽面"), Side.BACK),
}
_TRUTHS = {
    **dict.fromkeys(("", "true", "1", "yes", "是"), True),
    **dict.fromkeys(("false", "0", "no", "否"), False),
}
_E = TypeVar("_E", bound=Enum)


@dataclass(frozen=True, slots=True, eq=False)
class LabelRow:
    """What a label file says of one picture: ``file`` and ``line`` are where; the label's image is as it is written."""

    file: str
    line: int
    label: PictureLabel
    page: int | None = None
    slices: tuple[str, ...] = ()

    def with_cards_of(self, other: LabelRow) -> LabelRow:
        """This row's picture with the other row's cards as well."""
        return replace(self, label=replace(self.label, cards=(*self.label.cards, *other.label.cards)))


def key_of(head: str) -> str | None:
    """Which of `HEADS` a column's head means."""
    return _KEYS.get(re.sub(r"\s", "", head).lower())


def flat_row(file: str, line: int, cells: Mapping[str, str]) -> LabelRow:
    """From the cells of a record by `HEADS`. Raises ImportTrouble for what is missing or wrong."""
    image = cells.get("image", "").strip()
    if not image:
        raise ImportTrouble(Why.MISSING, "image")
    label = PictureLabel(
        image=image,
        condition=one_line(cells.get("condition", "")) or NO_CONDITION,
        cards=_cards(cells),
        readable=_truth(cells.get("readable", "")),
        direction=_whole("direction", cells, range(-1, 4)),
        status=_of(ImageStatus, "status", cells),
        risk=_of(RiskType, "risk", cells),
    )
    return LabelRow(file, line, label, _whole("page", cells, range(1, 100_000)), slices_of(cells.get("slices", "")))


def slices_of(written: str) -> tuple[str, ...]:
    """Words between semicolons, in their order, each once."""
    words = (one_line(word) for word in re.split(r"[;；|]", written))
    return tuple(dict.fromkeys(word for word in words if word))


def one_line(written: str) -> str:
    return " ".join(written.split())[:200]


def _cards(cells: Mapping[str, str]) -> tuple[CardLabel, ...]:
    """The card of the side that is named; without one, a card for each side that has a value."""
    fields = {name: text for name in FieldName if (text := value_of(name, cells.get(name.value, "")))}
    written = cells.get("side", "").strip().lower()
    if written:
        if written not in _SIDES:
            raise ImportTrouble(Why.WRONG_VALUE, "side")
        cards = [CardLabel(_SIDES[written], fields)]
    else:
        of_side = {side: {name: fields[name] for name in FIELDS[side] if name in fields} for side in Side}
        cards = [CardLabel(side, found) for side, found in of_side.items() if found]
    told = any(cells.get(key, "").strip() for key in ("status", "risk"))
    if not fields and not told:  # a picture of something else has a status and no field
        raise ImportTrouble(Why.NO_FIELDS)
    return tuple(card for card in cards if card.fields)


def _truth(written: str) -> bool:
    word = written.strip().lower()
    if word not in _TRUTHS:
        raise ImportTrouble(Why.WRONG_VALUE, "readable")
    return _TRUTHS[word]


def _whole(key: str, cells: Mapping[str, str], allowed: range) -> int | None:
    written = cells.get(key, "").strip()
    if not written:
        return None
    if not re.fullmatch(r"-?[0-9]{1,6}", written) or int(written) not in allowed:
        raise ImportTrouble(Why.WRONG_VALUE, key)
    return int(written)


def _of(kind: type[_E], key: str, cells: Mapping[str, str]) -> _E | None:
    written = cells.get(key, "").strip().lower()
    if not written:
        return None
    try:
        return kind(written)
    except ValueError:
        raise ImportTrouble(Why.WRONG_VALUE, key) from None
