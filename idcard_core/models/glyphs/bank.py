"""Every standard character in every installed Chinese face, drawn once."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from idcard_core.text.glyphs import known_glyphs

SIDE = 48
"""Pixels a side of a drawn character's box."""
EM = 40
"""Pixels of the em within it."""
FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Serif CJK SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "AR PL UMing CN",
    "AR PL UKai CN",
    "LXGW WenKai",
)
"""Families that are drawn, in all their weights; the extreme ones (``EXTREMES``) are no print of a card."""
EXTREMES = frozenset({"Thin", "ExtraLight", "Black"})


@dataclass(frozen=True, slots=True, eq=False)
class GlyphBank:
    """``images`` (faces, characters, SIDE, SIDE): ink is 255; ``has`` (faces, characters): whether the face has it."""

    images: NDArray[np.uint8]
    has: NDArray[np.bool_]
    characters: str


def draw_bank(kept: Path) -> GlyphBank:
    """The bank, taken from the file ``kept`` if there, else left in it."""
    characters = known_glyphs()
    if not kept.is_file():
        drawn = [_draw(*face, characters) for face in installed_faces()]
        np.savez(kept, images=np.stack([d[0] for d in drawn]), has=np.stack([d[1] for d in drawn]))
    arrays = np.load(kept)
    return GlyphBank(arrays["images"], arrays["has"], characters)


def installed_faces() -> list[tuple[str, int]]:
    """File and index of each face of ``FAMILIES`` that fontconfig knows, in a fixed order."""
    answer = subprocess.run(
        ["fc-list", "--format", "%{family[0]}|%{style[0]}|%{file}|%{index}\n"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows = sorted(row.split("|") for row in answer.stdout.splitlines())
    return [(row[2], int(row[3]) & 0xFFFF) for row in rows if row[0] in FAMILIES and row[1] not in EXTREMES]


def _draw(file: str, index: int, characters: str) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    font = ImageFont.truetype(file, EM, index=index, layout_engine=ImageFont.Layout.BASIC)
    missing = bytes(font.getmask("\U0010fffd"))
    ascent, descent = font.getmetrics()
    images = np.zeros((len(characters), SIDE, SIDE), np.uint8)
    has = np.zeros(len(characters), bool)
    for number, character in enumerate(characters):
        mask = font.getmask(character)
        has[number] = mask.getbbox() is not None and bytes(mask) != missing
        box = Image.new("L", (SIDE, SIDE))
        # The ideographic em box stands in the middle of the line from ascent to descent, near enough.
        ImageDraw.Draw(box).text(((SIDE - EM) / 2, SIDE / 2 - (ascent + descent) / 2), character, 255, font)
        images[number] = np.asarray(box)
    return images, has
