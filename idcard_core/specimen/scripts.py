"""The second script of a bilingual card: words where a font has them, else strokes that only look like writing."""

from __future__ import annotations

from enum import Enum

import numpy as np
from PIL import ImageDraw

from idcard_core.specimen.fonts import FontFace, Style, choose_face, covers, faces
from idcard_core.specimen.lettering import Lettering, LineKind, PrintedLine, Sheet


class Script(str, Enum):
    """Scripts that stand beside the Chinese text on cards of autonomous regions."""

    ZHUANG = "zhuang"
    UYGHUR = "uyghur"
    TIBETAN = "tibetan"
    MONGOLIAN = "mongolian"
    YI = "yi"


_ZHUANG = {
    "姓名": "Singqmingz",
    "性别": "Singqbied",
    "民族": "Minzcuz",
    "出生": "Seng",
    "住址": "Dieg youq",
    "公民身份号码": "Gunghminz Sinhfwn Haumaj",
    "签发机关": "Gihgvanh Fatcienj",
    "有效期限": "Geizhanh Mizyauq",
    "中华人民共和国": "Cunghvaz Yinzminz Gunghozgoz",
    "居民身份证": "Gihminz Sinhfwncwng",
}
_ZHUANG_SYLLABLES = (
    "gvangj",
    "sih",
    "nanz",
    "ningz",
    "laj",
    "mbanj",
    "dah",
    "cwngq",
    "roen",
    "hauh",
    "vangz",
    "liuj",
    "bya",
)
_UYGHUR = {
    "姓名": "ئىسمى",
    "性别": "جىنسى",
    "民族": "مىللىتى",
    "出生": "تۇغۇلغان",
    "住址": "ئادرېسى",
    "公民身份号码": "كىملىك نومۇرى",
    "签发机关": "تارقاتقان ئورگان",
    "有效期限": "كۈچكە ئىگە مۇددىتى",
}


def choose_script(rng: np.random.Generator) -> Script:
    """One of the scripts, evenly."""
    return tuple(Script)[int(rng.integers(len(Script)))]


def set_second_script(
    sheet: Sheet, script: Script, chinese: str, at: tuple[float, float], em: float, rng: np.random.Generator
) -> None:
    """Draw what stands for ``chinese`` in ``script`` with its left edge and vertical middle ``at`` (units)."""
    colour = (60, 70, 90)
    if script is Script.ZHUANG:
        text = _ZHUANG.get(chinese) or _syllables(rng, len(chinese))
        face = choose_face(rng, (Style.LATIN, Style.SANS))
        sheet.set_line(text, at, Lettering(face, em, colour), LineKind.SECOND_SCRIPT)
        return
    arabic = _arabic() if script is Script.UYGHUR else None
    if arabic is not None:
        words = list(_UYGHUR.values())
        text = _UYGHUR.get(chinese) or " ".join(words[int(i)] for i in rng.integers(len(words), size=2))
        sheet.set_line(text[::-1], at, Lettering(arabic, em, colour), LineKind.SECOND_SCRIPT)
        return
    _strokes(sheet, script, len(chinese), at, em, rng)


def _syllables(rng: np.random.Generator, count: int) -> str:
    chosen = [_ZHUANG_SYLLABLES[int(i)] for i in rng.integers(len(_ZHUANG_SYLLABLES), size=max(1, min(count, 5)))]
    return " ".join(chosen).capitalize()


def _arabic() -> FontFace | None:
    return next((face for face in faces() if covers(face, "ئىسمۇ")), None)


def _strokes(
    sheet: Sheet, script: Script, count: int, at: tuple[float, float], em: float, rng: np.random.Generator
) -> None:
    """Strokes hung from a line (Tibetan), strung on one (Mongolian) or standing apart (Yi)."""
    scale = sheet.scale
    draw = ImageDraw.Draw(sheet.picture)
    width = max(1, round(em * scale * 0.09))
    left, top = at[0], at[1] - em / 2
    glyphs = min(count, 12)
    for number in range(glyphs):
        x = left + number * em * 0.8
        for _ in range(int(rng.integers(2, 5))):
            points = np.array([x, top]) + rng.uniform((0, 0.1), (0.62, 1.0), (3, 2)) * em
            draw.line([(float(px * scale), float(py * scale)) for px, py in points], fill=(60, 70, 90), width=width)
        if script is not Script.YI:
            y = (top + (0.1 if script is Script.TIBETAN else 0.55) * em) * scale
            draw.line([(x * scale, y), ((x + 0.7 * em) * scale, y)], fill=(60, 70, 90), width=width)
    right, bottom = left + glyphs * em * 0.8, top + em
    quad = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    sheet.lines.append(PrintedLine("", LineKind.SECOND_SCRIPT, None, quad))
