"""Draws the two sides of a fictional card flat, with the truth of what stands where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as default

import cv2
import numpy as np
from PIL import Image as Pillow

from ..card import CARD_FRAME, FIELDS, FieldName, Image, Points, Side
from . import artwork
from .layout import BackPlan, FrontPlan, Look, choose_look, plan_back, plan_front
from .lettering import Lettering, LineKind, PrintedLine, Sheet, union
from .people import LONG_TERM, Person
from .scripts import Script, set_second_script

LINE_CHARACTERS = 11
"""Wide characters on one line of the address."""
_NAME_ROOM = 378.0
"""Units from the name's left edge to the portrait."""


@dataclass(frozen=True, slots=True, eq=False)
class FlatCard:
    """One side of a card, flat, and what is printed on it; all quads in card-frame units (856 x 540).

    ``image`` is BGR (height, width, 3), ``alpha`` (height, width) its outline: 255 inside, 0 beyond the round corners.
    """

    side: Side
    image: Image
    alpha: Image
    fields: Mapping[FieldName, str]
    quads: Mapping[FieldName, Points]
    lines: tuple[PrintedLine, ...]
    portrait: Points | None = None
    script: Script | None = default(default=None)


def draw_card(
    side: Side, person: Person, rng: np.random.Generator, width: int = 1712, script: Script | None = None
) -> FlatCard:
    """One side of ``person``'s card, ``width`` pixels wide; with a ``script``, a bilingual one.

    The same generator state gives the same card. Raises FontsMissingError where no Chinese font is installed.
    """
    size = (width, round(width * CARD_FRAME[1] / CARD_FRAME[0]))
    look = choose_look(rng)
    picture = artwork.ground(rng, size, side)
    if side is Side.FRONT:
        return _draw_front(person, rng, picture, look, script)
    return _draw_back(person, rng, picture, look, script)


def _draw_front(
    person: Person, rng: np.random.Generator, picture: Image, look: Look, script: Script | None
) -> FlatCard:
    plan = plan_front(rng, script is not None)
    portrait = paste_figure(rng, picture, plan.portrait)
    sheet = Sheet(Pillow.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)))
    quads = set_front(sheet, person, plan, look, rng)
    if script is not None:
        _second_lines(sheet, script, plan, person, rng)
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


def _draw_back(person: Person, rng: np.random.Generator, picture: Image, look: Look, script: Script | None) -> FlatCard:
    plan = plan_back(rng)
    artwork.emblem(rng, picture, plan.emblem[:2], plan.emblem[2])
    sheet = Sheet(Pillow.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)))
    _set_titles(sheet, plan, look, rng)
    label = Lettering(look.label_face, look.label_em, look.ink, 0.02, look.stroke)
    value = Lettering(look.value_face, look.value_em, look.ink, 0.02, look.stroke)
    for text, y in (("签发机关", plan.gov_y), ("有效期限", plan.term_y)):
        sheet.set_line(text, (plan.label_x, y), label, LineKind.LABEL)
        if script is not None:
            set_second_script(sheet, script, text, (plan.label_x - 4, y - 32), 20, rng)
    quads = {FieldName.GOV: _set_issuer(sheet, person.gov, plan, value, rng)}
    at = (plan.value_x, plan.term_y)
    quads.update(set_term(sheet, person, at, replace(value, face=look.digit_face)))
    set_mark(sheet, look, [(60.0, 300.0), (740.0, 320.0), (60.0, 505.0), (700.0, 40.0)], rng)
    return finish(Side.BACK, sheet, (person, FIELDS[Side.BACK]), quads, None, script)


def finish(
    side: Side,
    sheet: Sheet,
    owner: tuple[Person, tuple[FieldName, ...]],
    quads: Mapping[FieldName, Points],
    portrait: Points | None,
    script: Script | None = None,
) -> FlatCard:
    """The finished card; ``owner`` is the person and which of the fields are printed."""
    image = np.asarray(cv2.cvtColor(np.asarray(sheet.picture), cv2.COLOR_RGB2BGR), np.uint8)
    fields = {name: owner[0].fields[name] for name in owner[1]}
    alpha = artwork.outline((image.shape[1], image.shape[0]))
    return FlatCard(side, image, alpha, fields, quads, tuple(sheet.lines), portrait, script)


def paste_figure(
    rng: np.random.Generator, picture: Image, box: tuple[float, float, float, float], grey: bool = False
) -> Points:
    """Draw the figure into ``box`` (left, top, width, height in units) of ``picture``, in place; gives its quad."""
    scale = picture.shape[1] / CARD_FRAME[0]
    left, top, width, height = box
    x, y = round(left * scale), round(top * scale)
    figure = artwork.figure(rng, (round(width * scale), round(height * scale)))
    if grey:
        figure = np.asarray(cv2.merge([cv2.cvtColor(figure, cv2.COLOR_BGR2GRAY)] * 3), np.uint8)
    place = picture[y : y + figure.shape[0], x : x + figure.shape[1]]
    strength = float(rng.uniform(0.8, 1.0))
    cv2.addWeighted(figure, strength, place, 1 - strength, 0, dst=place)
    right, bottom = left + width, top + height
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


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
    em = look.name_em
    lettering = Lettering(look.value_face, em, look.ink, float(rng.uniform(0.0, 0.18)), look.stroke)
    at = (plan.value_x, plan.name_y)
    if sheet.width_of(name, lettering) <= _NAME_ROOM:
        return sheet.set_line(name, at, lettering, of=FieldName.NAME)
    if rng.random() < 0.5:
        lettering = Lettering(look.value_face, em * 0.84, look.ink, 0.0, look.stroke)
        if sheet.width_of(name, lettering) <= _NAME_ROOM:
            return sheet.set_line(name, at, lettering, of=FieldName.NAME)
    lettering = Lettering(look.value_face, min(em, 30.0), look.ink, 0.0, look.stroke)
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
    value = Lettering(look.value_face, em, look.ink, 0.02, look.stroke, plan.character_pitch)
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


def _second_lines(sheet: Sheet, script: Script, plan: FrontPlan, person: Person, rng: np.random.Generator) -> None:
    """The second script, small, above each Chinese line."""
    lift, em = 29.0, 19.0
    for text, y in (("姓名", plan.name_y), ("性别", plan.sex_y), ("出生", plan.birth_y), ("住址", plan.address_y)):
        set_second_script(sheet, script, text, (plan.label_x, y - lift), em, rng)
    set_second_script(sheet, script, "民族", (plan.nation_label_x, plan.sex_y - lift), em, rng)
    set_second_script(sheet, script, "公民身份号码", (plan.number_label[0], plan.number_label[1] - lift), em, rng)
    set_second_script(sheet, script, person.name, (plan.value_x, plan.name_y - lift - 4), em, rng)
    set_second_script(sheet, script, person.address[:9], (plan.value_x, plan.address_y - lift - 2), em, rng)


def _set_titles(sheet: Sheet, plan: BackPlan, look: Look, rng: np.random.Generator) -> None:
    one = Lettering(look.label_face, plan.title_one_em, look.ink, float(rng.uniform(0.0, 0.25)), look.stroke)
    two = Lettering(look.label_face, plan.title_two_em, look.ink, float(rng.uniform(0.15, 0.5)), look.stroke)
    sheet.set_line("中华人民共和国", plan.title_one, one, LineKind.TITLE)
    sheet.set_line("居民身份证", plan.title_two, two, LineKind.TITLE)


def _set_issuer(sheet: Sheet, gov: str, plan: BackPlan, value: Lettering, rng: np.random.Generator) -> Points:
    """One line, or two when it is longer than the card leaves room for."""
    room = CARD_FRAME[0] - plan.value_x - 30
    at = (plan.value_x, plan.gov_y)
    if sheet.width_of(gov, value) <= room and not (len(gov) > 12 and rng.random() < 0.5):
        return sheet.set_line(gov, at, value, of=FieldName.GOV)
    cut = min(len(gov) - 2, LINE_CHARACTERS)
    upper = sheet.set_line(gov[:cut], (at[0], at[1] - 40), value, of=FieldName.GOV)
    return union([upper, sheet.set_line(gov[cut:], at, value, of=FieldName.GOV)])


def set_term(sheet: Sheet, person: Person, at: tuple[float, float], value: Lettering) -> dict[FieldName, Points]:
    """``2010.05.12-2020.05.12`` or ``2010.05.12-长期``, each date with a quad of its own."""
    x, y = at
    begin = _dotted(person.begindate)
    end = person.enddate if person.enddate == LONG_TERM else _dotted(person.enddate)
    width = sheet.width_of(f"{begin}-{end}", value)
    value = replace(value, em=value.em * min(1.0, (CARD_FRAME[0] - x - 50) / width))
    quads = {FieldName.BEGINDATE: sheet.set_line(begin, (x, y), value, of=FieldName.BEGINDATE)}
    x += sheet.width_of(begin, value)
    sheet.set_line("-", (x, y), value, LineKind.VALUE)
    x += sheet.width_of("-", value)
    quads[FieldName.ENDDATE] = sheet.set_line(end, (x, y), value, of=FieldName.ENDDATE)
    return quads


def _dotted(day: str) -> str:
    return f"{day[:4]}.{day[4:6]}.{day[6:]}"


def set_mark(sheet: Sheet, look: Look, places: list[tuple[float, float]], rng: np.random.Generator) -> None:
    """The small word that tells a specimen, at one of ``places``, where no field stands."""
    at = places[int(rng.integers(len(places)))]
    em = float(rng.uniform(20, 26))
    colour = (170, 120, 120) if rng.random() < 0.5 else (130, 140, 160)
    sheet.set_line("样本", at, Lettering(look.label_face, em, colour, 0.1), LineKind.MARK)
