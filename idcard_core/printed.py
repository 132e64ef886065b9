"""What is printed on a card: its two sides, and the fields on each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Side(str, Enum):
    """The side of a card; the values are those of the wire contract."""

    FRONT = "front"
    """Portrait side, 人像面."""
    BACK = "back"
    """National emblem side, 国徽面."""


class FieldName(str, Enum):
    """A value printed on a card; the enum's values are the keys of ``msg`` in the wire contract."""

    NAME = "name"
    SEX = "sex"
    NATION = "nation"
    BIRTHDAY = "birthday"
    ADDRESS = "address"
    IDCARDNO = "idcardno"
    GOV = "gov"
    BEGINDATE = "begindate"
    ENDDATE = "enddate"

    @property
    def label(self) -> str:
        """The Chinese label, as printed on the card or, for the two dates, as the contract names them."""
        return _LABELS[self]


_LABELS = {
    FieldName.NAME: "姓名",
    FieldName.SEX: "性别",
    FieldName.NATION: "民族",
    FieldName.BIRTHDAY: "出生",
    FieldName.ADDRESS: "住址",
    FieldName.IDCARDNO: "公民身份号码",
    FieldName.GOV: "签发机关",
    FieldName.BEGINDATE: "签发日期",
    FieldName.ENDDATE: "失效日期",
}

FIELDS: Mapping[Side, tuple[FieldName, ...]] = {
    Side.FRONT: (
        FieldName.NAME,
        FieldName.SEX,
        FieldName.NATION,
        FieldName.BIRTHDAY,
        FieldName.ADDRESS,
        FieldName.IDCARDNO,
    ),
    Side.BACK: (FieldName.GOV, FieldName.BEGINDATE, FieldName.ENDDATE),
}
"""The fields of each side, in the order they are printed."""
