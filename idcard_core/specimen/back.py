"""Sets the emblem side of a card."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from PIL import Image as Pillow

from idcard_core.card import CARD_FRAME, FIELDS, FieldName, Image, Points, Side
from idcard_core.specimen import artwork
from idcard_core.specimen.flat import FlatCard, finish, set_mark
from idcard_core.specimen.fonts import face_for
from idcard_core.specimen.layout import BackPlan, Look, plan_back
from idcard_core.specimen.lettering import Lettering, LineKind, Sheet, union
from idcard_core.specimen.people import LONG_TERM, Person
from idcard_core.specimen.scripts import Script, set_second_script

_LINE_CHARACTERS = 11
"""Wide characters on the first line of a long issuer."""


def draw_back(person: Person, rng: np.random.Generator, picture: Image, look: Look, script: Script | None) -> FlatCard:
    """The emblem side of ``person``'s card on the ground ``picture``, which is drawn on."""
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


def _set_titles(sheet: Sheet, plan: BackPlan, look: Look, rng: np.random.Generator) -> None:
    one = Lettering(look.label_face, plan.title_one_em, look.ink, float(rng.uniform(0.0, 0.25)), look.stroke)
    two = Lettering(look.label_face, plan.title_two_em, look.ink, float(rng.uniform(0.15, 0.5)), look.stroke)
    sheet.set_line("中华人民共和国", plan.title_one, one, LineKind.TITLE)
    sheet.set_line("居民身份证", plan.title_two, two, LineKind.TITLE)


def _set_issuer(sheet: Sheet, gov: str, plan: BackPlan, value: Lettering, rng: np.random.Generator) -> Points:
    """One line, or two when it is longer than the card leaves room for."""
    room = CARD_FRAME[0] - plan.value_x - 30
    at = (plan.value_x, plan.gov_y)
    value = replace(value, face=face_for(gov, value.face))
    if sheet.width_of(gov, value) <= room and not (len(gov) > 12 and rng.random() < 0.5):
        return sheet.set_line(gov, at, value, of=FieldName.GOV)
    cut = min(len(gov) - 2, _LINE_CHARACTERS)
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
