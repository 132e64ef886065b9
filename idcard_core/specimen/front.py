"""Sets the portrait side of a card."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from PIL import Image as Pillow

from idcard_core.card import FIELDS, FieldName, Image, Points, Side
from idcard_core.specimen.flat import FlatCard, finish, paste_figure, set_mark
from idcard_core.specimen.fonts import face_for
from idcard_core.specimen.layout import FrontPlan, Look, plan_front
from idcard_core.specimen.lettering import Lettering, LineKind, Sheet, union
from idcard_core.specimen.people import Person
from idcard_core.specimen.scripts import Script, set_second_script

LINE_CHARACTERS = 11
"""Wide characters on one line of the address."""
_NAME_ROOM = 378.0
"""Units from the name's left edge to the portrait."""


def draw_front(person: Person, rng: np.random.Generator, picture: Image, look: Look, script: Script | None) -> FlatCard:
    """The portrait side of ``person``'s card on the ground ``picture``, which is drawn on."""
    plan = plan_front(rng, script is not None)
    portrait = paste_figure(rng, picture, plan.portrait)
    sheet = Sheet(Pillow.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)))
    quads = set_front(sheet, person, plan, look, rng)
    if script is not None:
        _second_lines(sheet, script, plan, person, rng, float(quads[FieldName.NAME][:, 1].min()))
    left, top, width, height = plan.portrait
    places = [(left + width - 66, top + height + 20), (left + 100, 36.0), (100.0, 512.0)]
    set_mark(sheet, look, places, rng)
    return finish(Side.FRONT, sheet, (person, FIELDS[Side.FRONT]), quads, portrait, script)


def set_front(
    sheet: Sheet, person: Person, plan: FrontPlan, look: Look, rng: np.random.Generator
) -> dict[FieldName, Points]:
    """Labels and values of the six front fields; gives the quad of each."""
    _front_labels(sheet, plan, look)
    value = Lettering(look.value_face, look.value_em, look.ink, 0.02, look.stroke)
    dates = replace(value, face=look.digit_face)
    return {
        FieldName.NAME: _set_name(sheet, person.name, plan, look, rng),
        FieldName.SEX: sheet.set_line(person.sex, (plan.value_x, plan.sex_y), value, of=FieldName.SEX),
        FieldName.NATION: _set_nation(sheet, person.nation, plan, value),
        FieldName.BIRTHDAY: _set_birth(sheet, person.birthday, plan, dates, look),
        FieldName.ADDRESS: _set_address(sheet, person.address, plan, look, rng),
        FieldName.IDCARDNO: _set_number(sheet, person.idcardno, plan, look),
    }


def _front_labels(sheet: Sheet, plan: FrontPlan, look: Look) -> None:
    label = Lettering(look.label_face, look.label_em, look.label_ink, 0.04, look.stroke / 2)
    for text, x, y in (
        ("姓名", plan.label_x, plan.name_y),
        ("性别", plan.label_x, plan.sex_y),
        ("民族", plan.nation_label_x, plan.sex_y),
        ("出生", plan.label_x, plan.birth_y),
        ("住址", plan.label_x, plan.address_y),
        ("公民身份号码", *plan.number_label),
    ):
        sheet.set_line(text, (x, y), label, LineKind.LABEL)


def _set_name(sheet: Sheet, name: str, plan: FrontPlan, look: Look, rng: np.random.Generator) -> Points:
    em, face = look.name_em, face_for(name, look.value_face)
    lettering = Lettering(face, em, look.ink, float(rng.uniform(0.0, 0.18)), look.stroke)
    at = (plan.value_x, plan.name_y)
    if sheet.width_of(name, lettering) <= _NAME_ROOM:
        return sheet.set_line(name, at, lettering, of=FieldName.NAME)
    if rng.random() < 0.5:
        lettering = Lettering(face, em * 0.84, look.ink, 0.0, look.stroke)
        if sheet.width_of(name, lettering) <= _NAME_ROOM:
            return sheet.set_line(name, at, lettering, of=FieldName.NAME)
    lettering = Lettering(face, min(em, 30.0), look.ink, 0.0, look.stroke)
    cut = min(len(name) - 1, 10)
    upper = sheet.set_line(name[:cut], (at[0], at[1] - 19), lettering, of=FieldName.NAME)
    return union([upper, sheet.set_line(name[cut:], (at[0], at[1] + 19), lettering, of=FieldName.NAME)])


def _set_nation(sheet: Sheet, nation: str, plan: FrontPlan, value: Lettering) -> Points:
    return sheet.set_line(nation, (plan.nation_x, plan.sex_y), value, of=FieldName.NATION)


def _set_birth(sheet: Sheet, birthday: str, plan: FrontPlan, value: Lettering, look: Look) -> Points:
    """Year, month and day without leading zeros, each before its label."""
    label = Lettering(look.label_face, look.label_em, look.label_ink)
    y = plan.birth_y
    value = replace(value, em=value.em * min(1.0, 84 / sheet.width_of("2000", value)))
    quads = []
    parts = (birthday[:4], plan.value_x, "年"), (birthday[4:6], plan.month_x, "月"), (birthday[6:], plan.day_x, "日")
    for text, x, word in parts:
        digits = str(int(text))
        width = sheet.width_of(digits, value)
        room = 78.0 if word == "年" else 44.0
        quads.append(sheet.set_line(digits, (x + max(0.0, (room - width) / 2), y), value, of=FieldName.BIRTHDAY))
        quads.append(sheet.set_line(word, (x + max(room, width) + 8, y), label, LineKind.LABEL))
    return union(quads)


def break_address(address: str, halves: bool) -> list[str]:
    """The lines an address is printed on: eleven characters each, digits and letters counted half if ``halves``."""
    lines, room = [""], float(LINE_CHARACTERS)
    for character in address:
        width = 0.56 if halves and ord(character) < 0x2E80 else 1.0
        if room < width - 1e-6:
            lines.append("")
            room = float(LINE_CHARACTERS)
        lines[-1] += character
        room -= width
    return lines


def _set_address(sheet: Sheet, address: str, plan: FrontPlan, look: Look, rng: np.random.Generator) -> Points:
    em = min(look.value_em, plan.character_pitch)
    face = face_for(address, look.value_face)
    value = Lettering(face, em, look.ink, 0.02, look.stroke, plan.character_pitch)
    quads = []
    lines = break_address(address, bool(rng.random() < 0.7))
    room = plan.number[1] - 42 - plan.address_y  # a fourth line must not touch the number
    pitch = min(plan.address_pitch, room / max(1, len(lines) - 1))
    for number, line in enumerate(lines):
        at = (plan.value_x, plan.address_y + number * pitch)
        quads.append(sheet.set_line(line, at, value, of=FieldName.ADDRESS))
    return union(quads)


def _set_number(sheet: Sheet, number: str, plan: FrontPlan, look: Look) -> Points:
    """Eighteen characters spread over about 49 mm, whatever the face."""
    plain = Lettering(look.number_face, look.number_em, look.ink, 0.0, look.stroke)
    natural = sheet.width_of(number, plain)
    span = 445.0 + 450.0 * look.number_spacing
    em = look.number_em * min(1.0, span / natural)
    spacing = max(0.0, (span - natural) / (len(number) - 1) / em)
    lettering = Lettering(look.number_face, em, look.ink, spacing, look.stroke)
    return sheet.set_line(number, plan.number, lettering, of=FieldName.IDCARDNO)


def _second_lines(
    sheet: Sheet, script: Script, plan: FrontPlan, person: Person, rng: np.random.Generator, name_top: float
) -> None:
    """The second script, small, above each Chinese line; the name, which may take two, begins at ``name_top``."""
    lift, em = 29.0, 19.0
    above_name = name_top - em / 2 - 1
    set_second_script(sheet, script, "姓名", (plan.label_x, min(plan.name_y - lift, above_name)), em, rng)
    for text, y in (("性别", plan.sex_y), ("出生", plan.birth_y), ("住址", plan.address_y)):
        set_second_script(sheet, script, text, (plan.label_x, y - lift), em, rng)
    set_second_script(sheet, script, "民族", (plan.nation_label_x, plan.sex_y - lift), em, rng)
    set_second_script(sheet, script, "公民身份号码", (plan.number_label[0], plan.number_label[1] - lift), em, rng)
    set_second_script(sheet, script, person.name, (plan.value_x, min(plan.name_y - lift - 4, above_name)), em, rng)
    set_second_script(sheet, script, person.address[:9], (plan.value_x, plan.address_y - lift - 2), em, rng)
