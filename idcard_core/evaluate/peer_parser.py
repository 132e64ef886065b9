"""Fields out of lines of text the plain way: reading order, printed labels and regular expressions.

This is what a user writes around a general reading program, done with care but without knowing the card's geometry.
It is only for comparison; this project's own reader does not use it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from idcard_core.card import FieldName, Points, Side
from idcard_core.evaluate.answers import Answer, CardAnswer


@dataclass(frozen=True, slots=True, eq=False)
class PrintedLine:
    """A line as a reading program gives it: its text and the corners around it (n, 2)."""

    text: str
    corners: Points

    @property
    def left(self) -> float:
        return float(self.corners[:, 0].min())

    @property
    def top(self) -> float:
        return float(self.corners[:, 1].min())

    @property
    def bottom(self) -> float:
        return float(self.corners[:, 1].max())


_NOT_ON_A_REAL_CARD = ("样本", "SPECIMEN")
"""What marks a fictional card as one; no user's parser has to know it."""

_NAME = re.compile(r"姓名[:：]?(.+?)(?=性别|民族|出生|住址|公民身份|$)")
_SEX = re.compile(r"性别[:：]?([男女])")
_NATION = re.compile(r"民族[:：]?(.+?)(?=出生|住址|公民身份|\d|$)")
_BIRTHDAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ADDRESS = re.compile(r"住址[:：]?(.+?)(?=公民身份|身份号码|\d{17}[\dXx]|$)", re.DOTALL)
_NUMBER = re.compile(r"(?<!\d)(\d{17}[\dXx])(?!\d)")
_ISSUER = re.compile(r"签发机关[:：]?(.+?)(?=有效期限|$)", re.MULTILINE)
_VALIDITY = re.compile(r"(\d{4})\.?(\d{2})\.?(\d{2})[-—–~至]+(?:(\d{4})\.?(\d{2})\.?(\d{2})|(长期))")


def parse_lines(lines: Sequence[PrintedLine]) -> Answer:
    """The fields of a front and a back, each where any of its fields was found; no direction."""
    printed = [line for line in lines if line.text.strip() not in _NOT_ON_A_REAL_CARD]
    rows = [re.sub(r"\s", "", row) for row in _rows(_straightened(printed))]
    cards = (CardAnswer(Side.FRONT, _front(rows)), CardAnswer(Side.BACK, _back(rows)))
    return Answer(tuple(card for card in cards if any(card.texts.values())))


def _straightened(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines turned by the median slope of their upper edges, so that a tilted card's rows are level."""
    edges = np.array([line.corners[1] - line.corners[0] for line in lines]).reshape(-1, 2)
    level = edges[np.abs(edges[:, 1]) < np.abs(edges[:, 0])]
    if not len(level):
        return list(lines)
    angle = float(np.median(np.arctan2(level[:, 1], level[:, 0])))
    cos, sin = np.cos(angle), np.sin(angle)
    turn = np.array([[cos, -sin], [sin, cos]], np.float32)
    return [PrintedLine(line.text, line.corners @ turn) for line in lines]


def _rows(lines: Sequence[PrintedLine]) -> list[str]:
    """Lines whose middles are within half a line's height of each other make a row, read from left to right."""
    rows: list[list[PrintedLine]] = []
    for line in sorted(lines, key=lambda line: line.top + line.bottom):
        last = rows[-1][-1] if rows else None
        apart = (line.top + line.bottom - last.top - last.bottom) / 2 if last else 0.0
        if last and apart < (line.bottom - line.top) / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return ["".join(line.text for line in sorted(row, key=lambda line: line.left)) for row in rows]


def _front(rows: Sequence[str]) -> dict[FieldName, str]:
    text = "\n".join(rows)
    birthday = _BIRTHDAY.search(text)
    return {
        FieldName.NAME: _first_of_rows(_NAME, rows),
        FieldName.SEX: _first(_SEX, text),
        FieldName.NATION: _first_of_rows(_NATION, rows),
        FieldName.BIRTHDAY: "{}{:0>2}{:0>2}".format(*birthday.groups()) if birthday else "",
        FieldName.ADDRESS: _first(_ADDRESS, text).replace("\n", ""),
        FieldName.IDCARDNO: _first(_NUMBER, text).upper(),
    }


def _back(rows: Sequence[str]) -> dict[FieldName, str]:
    text = "\n".join(rows)
    validity = _VALIDITY.search(text)
    begin, end = "", ""
    if validity:
        begin = "".join(validity.group(1, 2, 3))
        end = validity.group(7) or "".join(validity.group(4, 5, 6))
    return {FieldName.GOV: _first(_ISSUER, text), FieldName.BEGINDATE: begin, FieldName.ENDDATE: end}


def _first(pattern: re.Pattern[str], text: str) -> str:
    return match[1] if (match := pattern.search(text)) else ""


def _first_of_rows(pattern: re.Pattern[str], rows: Sequence[str]) -> str:
    return next((match[1] for row in rows if (match := pattern.search(row))), "")
