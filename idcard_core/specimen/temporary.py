"""Temporary cards: all nine items on the portrait side, a pale green ground, a grey portrait, three months' term."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from PIL import Image as Pillow

from idcard_core.card import CARD_FRAME, FieldName, Image, Side
from idcard_core.specimen import artwork
from idcard_core.specimen.back import set_term
from idcard_core.specimen.flat import FlatCard, finish, paste_figure, set_mark
from idcard_core.specimen.front import set_front
from idcard_core.specimen.layout import FrontPlan, choose_look, plan_front
from idcard_core.specimen.lettering import Lettering, LineKind, Sheet
from idcard_core.specimen.people import Person

_MONTHS = 3
"""Validity of a temporary card."""


def temporary_person(person: Person) -> Person:
    """``person`` with a validity of three months."""
    year, month, day = int(person.begindate[:4]), int(person.begindate[4:6]), int(person.begindate[6:])
    year, month = year + (month + _MONTHS - 1) // 12, (month + _MONTHS - 1) % 12 + 1
    return replace(person, enddate=f"{year:04d}{month:02d}{min(day, 28):02d}")


def draw_temporary(person: Person, rng: np.random.Generator, width: int = 1712) -> FlatCard:
    """The portrait side of a temporary card, ``width`` pixels wide, with all nine fields.

    Raises FontsMissingError where no Chinese font is installed.
    """
    size = (width, round(width * CARD_FRAME[1] / CARD_FRAME[0]))
    look = choose_look(rng)
    look = replace(look, value_em=min(look.value_em, 31.0), name_em=min(look.name_em, 33.0))
    plan = _plan(rng)
    picture = _pale_green(artwork.ground(rng, size, Side.FRONT), rng)
    portrait = paste_figure(rng, picture, plan.portrait, grey=True)
    sheet = Sheet(Pillow.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)))
    quads = set_front(sheet, person, plan, look, rng)
    label = Lettering(look.label_face, look.label_em * 0.95, look.label_ink, 0.04, look.stroke / 2)
    value = Lettering(look.value_face, 28.0, look.ink, 0.02, look.stroke)
    rows = plan.number[1] + float(rng.uniform(44, 50)), plan.number[1] + float(rng.uniform(90, 98))
    for text, y in zip(("签发机关", "有效期限"), rows, strict=True):
        sheet.set_line(text, (plan.label_x, y), label, LineKind.LABEL)
    x = plan.label_x + 158
    quads[FieldName.GOV] = sheet.set_line(person.gov, (x, rows[0]), value, of=FieldName.GOV)
    quads.update(set_term(sheet, person, (x, rows[1]), value))
    left, top, wide, _ = plan.portrait
    set_mark(sheet, look, [(left + wide / 3, top - 20), (700.0, 508.0)], rng)
    return finish(Side.FRONT, sheet, (person, tuple(FieldName)), quads, portrait)


def _plan(rng: np.random.Generator) -> FrontPlan:
    """The rows of a card, closer together."""
    plan = plan_front(rng)
    top = float(rng.uniform(58, 68))
    number_y = top + float(rng.uniform(316, 326))
    left, _, wide, tall = plan.portrait
    return replace(
        plan,
        name_y=top,
        sex_y=top + 53,
        birth_y=top + 106,
        address_y=top + 160,
        address_pitch=min(plan.address_pitch, 38.0),
        number_label=(plan.number_label[0], number_y),
        number=(plan.number[0], number_y),
        portrait=(left, max(44.0, top - 14), wide, tall - 24),
    )


def _pale_green(ground: Image, rng: np.random.Generator) -> Image:
    tint = np.array([225, 246, 226]) + rng.normal(0, 5, 3)
    mixed = ground.astype(np.float32) * np.float32(0.45) + tint.astype(np.float32) * np.float32(0.55)
    return np.asarray(mixed.clip(0, 255), np.uint8)
