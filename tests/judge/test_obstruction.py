"""What stands in the way of fields: glare, the border of the picture."""

import numpy as np
import pytest

from idcard_core import IdCardReader
from idcard_core.card import CARD_FRAME, FieldName
from idcard_core.intake import open_picture
from idcard_core.judge.obstruction import (
    corners_inside,
    hidden,
    inside_share,
    obstructions,
    share_of,
    small_spots,
    white_spots,
    without_white_cards,
)
from idcard_core.judge.quality import blur_of, light_of, score_of
from idcard_core.judgement import Obstruction
from idcard_core.locate.view import FRAME_QUAD, SMALL_SIZE, CardView
from idcard_core.specimen import Condition, make_specimen

WIDTH, HEIGHT = SMALL_SIZE


def _card(level=180):
    return np.full((HEIGHT, WIDTH, 3), level, np.uint8)


def test_a_white_spot_is_glare_and_white_print_is_none():
    card = _card()
    card[100:140, 200:280] = 255
    card[300:303, 100:500] = 255
    glare = white_spots(card)
    assert glare[120, 240] == 1
    assert glare[301, 300] == 0
    assert share_of(glare, (200 * 856 / WIDTH, 100 * 540 / HEIGHT, 280 * 856 / WIDTH, 140 * 540 / HEIGHT)) > 0.95


def test_a_card_that_is_white_all_over_has_no_glare():
    assert not without_white_cards(white_spots(_card(255))).any()


@pytest.mark.parametrize(
    ("moved", "inside", "corners"),
    [((0, 0), 1.0, 4), ((-CARD_FRAME[0] / 2, 0), 0.5, 2), ((-CARD_FRAME[0] / 2, -CARD_FRAME[1] / 2), 0.25, 1)],
    ids=["whole", "half", "a quarter"],
)
def test_how_much_of_a_card_is_inside_the_picture(moved, inside, corners):
    view = CardView(np.zeros((CARD_FRAME[1], CARD_FRAME[0], 3), np.uint8), FRAME_QUAD + np.array(moved, np.float32))
    assert inside_share(view) == pytest.approx(inside, abs=0.04)
    assert corners_inside(view) == corners


def test_hidden_fields_are_those_that_cannot_be_seen_as_a_whole():
    found = {
        FieldName.NAME: Obstruction(glare=0.1),
        FieldName.SEX: Obstruction(glare=0.6),
        FieldName.NATION: Obstruction(cut=True),
        FieldName.ADDRESS: Obstruction(covered=True),
    }
    assert set(hidden(found)) == {FieldName.SEX, FieldName.NATION, FieldName.ADDRESS}


def test_glare_is_told_of_the_field_it_lies_on():
    reader, told, asked = IdCardReader(), 0, 0
    for seed in range(8200, 8206):
        specimen = make_specimen(seed, Condition.GLARE_ON_FIELD, "", (1600, 1200))
        (text,), _ = reader.read_texts(open_picture(specimen.jpeg, reader.settings.limits))
        found = obstructions(text, white_spots(text.view.small), {})
        asked += 1
        told += max(obstruction.glare for obstruction in found.values()) > 0.05
    assert told >= asked - 1


def _blurred(condition):
    specimens = [make_specimen(seed, condition, "", (1600, 1200)) for seed in range(8300, 8304)]
    reader = IdCardReader()
    found = []
    for specimen in specimens:
        picture = open_picture(specimen.jpeg, reader.settings.limits)
        quad = specimen.label.cards[0].corners * np.float32(picture.scale)
        found.append(blur_of(CardView(picture.pixels, quad).small))
    return found


def test_blur_is_told_in_ems():
    assert max(_blurred(Condition.PLAIN)) < 0.15
    assert min(_blurred(Condition.TOO_BLURRED)) > 0.3


def test_scores_fall_with_what_is_wrong():
    good = score_of(light_of(_card()), 0.0, 0.0, 1.0)
    assert good.sharpness == good.glare == good.completeness == 1.0
    assert score_of(light_of(_card(20)), 0.0, 0.0, 1.0).exposure < 0.2
    bad = score_of(light_of(_card()), 0.15, 0.4, 0.5)
    assert (bad.sharpness, bad.glare, bad.completeness) == (pytest.approx(0.5), pytest.approx(0.6), 0.5)


def test_much_white_is_paper_in_full_light_and_a_little_is_glare():
    spot, bright = _card(), _card()
    spot[300:330, 400:440] = 255
    bright[:200, :300] = 255
    assert small_spots(white_spots(spot))[315, 420] == 1
    assert not small_spots(white_spots(bright)).any()
