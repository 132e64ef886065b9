"""The reader of single ideographs, with its real network."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from idcard_core.specimen.fonts import Style, faces, has_glyph, load
from idcard_core.text.characters import further_characters, standard_characters
from idcard_core.text.glyphs import CROP, CROP_EMS, GlyphReader, glyph_index, known_glyphs

LOOK_ALIKE = "未末己已巳土士昊吴琀玲珅坤冼洗渼汉赟赞浉狮昱旻"


@pytest.fixture(scope="module")
def reader():
    return GlyphReader()


def _crop(character, face, ink=30, paper=215):
    font = load(face, round(CROP / CROP_EMS))
    picture = Image.new("L", (CROP, CROP), paper)
    ImageDraw.Draw(picture).text((CROP / 2, CROP / 2), character, ink, font, anchor="mm")
    return np.asarray(picture)


def test_every_standard_character_has_its_place():
    assert set(known_glyphs()) == standard_characters() | further_characters() | {"〇"}
    assert [glyph_index()[character] for character in known_glyphs()[:50]] == list(range(50))


@pytest.mark.parametrize("style", [Style.SANS, Style.SERIF, Style.SCRIPT])
def test_look_alikes_are_told_apart(reader, style):
    face = next(face for face in faces() if face.style is style)
    drawn = [character for character in LOOK_ALIKE if has_glyph(face, character)]
    seen = reader.read([_crop(character, face) for character in drawn])
    told = [known_glyphs()[at] for at in seen.argmax(axis=1)]
    wrong = [(one, other) for one, other in zip(drawn, told, strict=True) if one != other]
    assert len(wrong) <= 1, wrong


def test_probabilities_sum_to_one(reader):
    (seen,) = reader.read([np.full((CROP, CROP), 128, np.uint8)])
    assert np.exp(seen).sum() == pytest.approx(1, abs=1e-3)


def test_nothing_to_read(reader):
    assert reader.read([]).shape == (0, len(known_glyphs()))
