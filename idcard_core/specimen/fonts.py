"""The system's fonts for drawing cards: which there are, and which characters each of them has.

Fonts are found with fontconfig's ``fc-list``, else under the usual folders of Debian. Nothing is downloaded.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import ImageFont

FONT_PACKAGES = (
    "fonts-noto-cjk",
    "fonts-wqy-zenhei",
    "fonts-wqy-microhei",
    "fonts-lxgw-wenkai",
    "fonts-arphic-uming",
    "fonts-arphic-ukai",
    "fonts-ocr-b",
)
"""Debian packages that give the fonts known here; any one of the first six is enough."""


class FontsMissingError(RuntimeError):
    """No usable Chinese font is installed; says which Debian packages give one."""

    def __init__(self) -> None:
        super().__init__(
            "no Chinese font found to draw specimens with; install one or more of these Debian packages: "
            + " ".join(FONT_PACKAGES)
        )


class Style(str, Enum):
    """What a font is used for."""

    SANS = "sans"
    SERIF = "serif"
    SCRIPT = "script"
    NUMBER = "number"
    LATIN = "latin"


@dataclass(frozen=True, slots=True)
class FontFace:
    """One face of one font file."""

    path: str
    index: int
    style: Style
    weight: float
    """How often it is drawn, against the others of its kind."""


@dataclass(frozen=True, slots=True)
class _Known:
    family: str
    variant: str
    """fontconfig's style name."""
    style: Style
    weight: float
    file: str
    """Where Debian puts it, below /usr/share/fonts."""
    index: int = 0


# A real card is set in a sans (hei) face; serifs and brush scripts are here so that nothing fits one face.
_KNOWN = (
    _Known("Noto Sans CJK SC", "Regular", Style.SANS, 3.0, "opentype/noto/NotoSansCJK-Regular.ttc", 2),
    _Known("Noto Sans CJK SC", "Bold", Style.SANS, 1.0, "opentype/noto/NotoSansCJK-Bold.ttc", 2),
    _Known("WenQuanYi Zen Hei", "Regular", Style.SANS, 2.5, "truetype/wqy/wqy-zenhei.ttc", 0),
    _Known("WenQuanYi Micro Hei", "Regular", Style.SANS, 2.5, "truetype/wqy/wqy-microhei.ttc", 0),
    _Known("Noto Serif CJK SC", "Regular", Style.SERIF, 0.5, "opentype/noto/NotoSerifCJK-Regular.ttc", 2),
    _Known("Noto Serif CJK SC", "Bold", Style.SERIF, 0.4, "opentype/noto/NotoSerifCJK-Bold.ttc", 2),
    _Known("AR PL UMing CN", "Light", Style.SERIF, 0.3, "truetype/arphic/uming.ttc", 0),
    _Known("AR PL UKai CN", "Book", Style.SCRIPT, 0.3, "truetype/arphic/ukai.ttc", 0),
    _Known("LXGW WenKai", "Regular", Style.SCRIPT, 0.6, "truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"),
    _Known("LXGW WenKai", "Bold", Style.SCRIPT, 0.4, "truetype/lxgw-wenkai/LXGWWenKai-Bold.ttf"),
    _Known("OCR B", "Regular", Style.NUMBER, 4.0, "opentype/ocr-b/OCRB.otf"),
    _Known("DejaVu Sans Mono", "Book", Style.NUMBER, 1.0, "truetype/dejavu/DejaVuSansMono.ttf"),
    _Known("DejaVu Sans Mono", "Bold", Style.NUMBER, 0.4, "truetype/dejavu/DejaVuSansMono-Bold.ttf"),
    _Known("Liberation Mono", "Regular", Style.NUMBER, 0.8, "truetype/liberation/LiberationMono-Regular.ttf"),
    _Known("LXGW WenKai Mono", "Regular", Style.NUMBER, 0.4, "truetype/lxgw-wenkai/LXGWWenKaiMono-Regular.ttf"),
    _Known("Noto Sans Mono CJK SC", "Regular", Style.NUMBER, 0.6, "opentype/noto/NotoSansCJK-Regular.ttc", 7),
    _Known("DejaVu Sans", "Book", Style.LATIN, 1.0, "truetype/dejavu/DejaVuSans.ttf"),
)
_DEBIAN_FONTS = Path("/usr/share/fonts")
_CJK = (Style.SANS, Style.SERIF, Style.SCRIPT)


def _listed() -> dict[tuple[str, str], tuple[str, int]]:
    """(family, style) -> (file, face index) of every installed font; empty without fontconfig."""
    try:
        answer = subprocess.run(
            ["fc-list", "--format", "%{family[0]}|%{style[0]}|%{file}|%{index}\n"],
            capture_output=True,
            text=True,
            timeout=20,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return {}
    rows = (line.split("|") for line in answer.stdout.splitlines() if line.count("|") == 3)
    # the upper half of the index names an instance of a variable font
    return {(row[0], row[1]): (row[2], int(row[3]) & 0xFFFF) for row in rows}


@lru_cache(maxsize=1)
def faces() -> tuple[FontFace, ...]:
    """Every known face that is installed, in a fixed order.

    Raises FontsMissingError when none of them has Chinese characters.
    """
    listed = _listed()
    found = []
    for known in _KNOWN:
        fallback = _DEBIAN_FONTS / known.file
        path, index = listed.get((known.family, known.variant), (str(fallback), known.index))
        if Path(path).is_file():
            found.append(FontFace(path, index, known.style, known.weight))
    if not any(face.style in _CJK for face in found):
        raise FontsMissingError
    return tuple(found)


@lru_cache(maxsize=256)
def load(face: FontFace, size: int) -> ImageFont.FreeTypeFont:
    """The face at ``size`` pixels an em."""
    return ImageFont.truetype(face.path, max(size, 4), index=face.index, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=32768)
def has_glyph(face: FontFace, character: str) -> bool:
    """Whether ``face`` draws ``character`` with a glyph of its own, not with its box for missing ones."""
    font = load(face, 24)
    mask = font.getmask(character)
    missing = font.getmask("\U0010fffd")
    if mask.getbbox() is None:
        return character.isspace()
    return mask.size != missing.size or bytes(mask) != bytes(missing)


def covers(face: FontFace, text: str) -> bool:
    """Whether ``face`` has every character of ``text``."""
    return all(has_glyph(face, character) for character in text)


def choose_face(rng: np.random.Generator, styles: tuple[Style, ...]) -> FontFace:
    """An installed face of one of ``styles``, by weight; a Chinese one where there is none of them."""
    able = [face for face in faces() if face.style in styles] or [f for f in faces() if f.style in _CJK]
    weights = np.array([face.weight for face in able])
    return able[int(rng.choice(len(able), p=weights / weights.sum()))]


def face_for(text: str, wanted: FontFace) -> FontFace:
    """``wanted`` if it has all of ``text``, else the first installed face that has; ``wanted`` if none does."""
    if covers(wanted, text):
        return wanted
    return next((face for face in faces() if covers(face, text)), wanted)
