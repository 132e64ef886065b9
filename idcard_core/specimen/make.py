"""Makes labelled specimens: ``make_specimen`` one, ``make_specimens`` a folder of them."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from idcard_core.card import Side
from idcard_core.specimen.conditions import Condition
from idcard_core.specimen.draw import draw_card
from idcard_core.specimen.flat import FlatCard
from idcard_core.specimen.labels import LABELS_FILE, CardLabel, PictureLabel, write_labels
from idcard_core.specimen.people import make_person
from idcard_core.specimen.photograph import Photograph, photograph
from idcard_core.specimen.recipes import WISHES, make_shot
from idcard_core.specimen.scripts import choose_script
from idcard_core.specimen.sensor import to_jpeg
from idcard_core.specimen.shot import Shot
from idcard_core.specimen.surfaces import covered, grey_copy, on_screen, stamped, watermarked
from idcard_core.specimen.temporary import draw_temporary, temporary_person

_DRAWN_WIDTHS = (856, 1284, 1712)
"""Widths in pixels at which flat cards are drawn: the least that is not smaller than the card in the picture."""
_BACK_SHARE = 0.36
_SEED_BITS = 2**64 - 1
_SURFACES = {
    Condition.GREY_COPY: grey_copy,
    Condition.SCREEN: on_screen,
    Condition.WATERMARK: watermarked,
    Condition.STAMP: stamped,
    Condition.COVERED: covered,
}


@dataclass(frozen=True, slots=True, eq=False)
class Specimen:
    """One labelled picture in memory; ``label.image`` is the file name it is meant to have."""

    jpeg: bytes
    label: PictureLabel


def make_specimen(seed: int, condition: Condition, name: str, size: tuple[int, int] | None = None) -> Specimen:
    """The specimen of ``seed`` under ``condition``; the same arguments give the same bytes on the same machine.

    ``size`` (width, height) fixes the picture's size. Raises FontsMissingError without a Chinese font.
    """
    rng = np.random.default_rng([seed & _SEED_BITS, zlib.crc32(condition.value.encode())])
    shot = make_shot(condition, rng, size)
    cards = draw_cards(rng, condition, shot)
    photo = photograph(cards, shot, rng)
    jpeg = to_jpeg(photo.image, shot.sensor.quality)
    return Specimen(jpeg, _label(photo, jpeg, (seed, condition, name)))


def draw_cards(rng: np.random.Generator, condition: Condition, shot: Shot) -> list[FlatCard]:
    """The flat cards that ``condition`` asks for, drawn no larger than ``shot`` needs them."""
    person = make_person(rng, WISHES.get(condition))
    back = condition is Condition.LONG_TERM or rng.random() < _BACK_SHARE
    if condition in (Condition.MINORITY, Condition.RARE_NAME, Condition.LONG_ADDRESS):
        back = False
    sides = [Side.BACK if back else Side.FRONT]
    if condition.cards == 2:
        sides = [Side.FRONT, Side.BACK] if rng.random() < 0.7 else [Side.BACK, Side.FRONT]
    script = choose_script(rng) if condition is Condition.BILINGUAL else None
    wanted = max(shot.size) if shot.pose.fill else shot.pose.card_px
    width = next((w for w in _DRAWN_WIDTHS if w >= wanted), _DRAWN_WIDTHS[-1])
    if condition is Condition.TEMPORARY:
        return [draw_temporary(temporary_person(person), rng, width)]
    cards = [draw_card(side, person, rng, width, script) for side in sides]
    surface = _SURFACES.get(condition)
    return cards if surface is None else [surface(rng, card) for card in cards]


def _label(photo: Photograph, jpeg: bytes, identity: tuple[int, Condition, str]) -> PictureLabel:
    seed, condition, name = identity
    cards = tuple(
        CardLabel(
            side=card.side,
            corners=card.corners,
            quarter_turns=card.quarter_turns,
            fields=card.fields,
            quads=card.quads,
            portrait=card.portrait,
            marks=card.marks,
            covered=card.covered,
        )
        for card in photo.cards
    )
    return PictureLabel(
        image=name,
        sha256=hashlib.sha256(jpeg).hexdigest(),
        condition=condition.value,
        readable=condition.readable,
        seed=seed,
        direction=cards[0].quarter_turns,
        cards=cards,
    )


def make_numbered(number: int, seed: int, conditions: Sequence[Condition]) -> Specimen:
    """Picture ``number`` of those that ``make_specimens`` makes of ``seed``, whatever others are made."""
    condition = conditions[number % len(conditions)]
    return make_specimen(seed * 1_000_003 + number, condition, f"{number:05d}_{condition.value}.jpg")


def make_specimens(
    out_dir: Path,
    count: int,
    seed: int,
    conditions: Sequence[Condition] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[PictureLabel]:
    """Write ``count`` pictures and their ``labels.jsonl`` into ``out_dir``, going round the conditions evenly.

    ``progress`` is called with (done, count) after each picture. Raises FontsMissingError and OSError.
    """
    chosen = tuple(conditions or Condition)
    out_dir.mkdir(parents=True, exist_ok=True)
    labels = []
    for number in range(count):
        specimen = make_numbered(number, seed, chosen)
        (out_dir / specimen.label.image).write_bytes(specimen.jpeg)
        labels.append(specimen.label)
        if progress is not None:
            progress(number + 1, count)
    write_labels(out_dir / LABELS_FILE, labels)
    return labels
