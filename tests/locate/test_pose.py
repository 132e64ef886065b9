"""Turn, angle and plausibility of a quad."""

import numpy as np
import pytest

from idcard_core.locate.pose import is_plausible, quarter_turns_and_angle

CARD = np.array([[-428, -270], [428, -270], [428, 270], [-428, 270]], np.float32)


def _turned(degrees_clockwise):
    angle = np.radians(degrees_clockwise)
    matrix = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return (CARD @ matrix.T + 1000).astype(np.float32)


@pytest.mark.parametrize(
    ("clockwise", "turns", "angle"),
    [
        pytest.param(0, 0, 0, id="upright"),
        pytest.param(12, 0, 12, id="a little clockwise"),
        pytest.param(-90, 1, 0, id="the picture is turned 90 degrees counter-clockwise"),
        pytest.param(-80, 1, 10, id="nearly so"),
        pytest.param(180, 2, 0, id="upside down"),
        pytest.param(90, 3, 0, id="270 degrees counter-clockwise"),
        pytest.param(100, 3, 10, id="a little more clockwise"),
        pytest.param(-40, 0, -40, id="still nearest to upright"),
    ],
)
def test_turns_are_counter_clockwise_and_the_rest_is_clockwise(clockwise, turns, angle):
    found_turns, found_angle = quarter_turns_and_angle(_turned(clockwise))
    assert found_turns == turns
    assert found_angle == pytest.approx(angle, abs=0.01)


@pytest.mark.parametrize(
    ("quad", "plausible"),
    [
        pytest.param(_turned(20), True, id="a card"),
        pytest.param(_turned(20)[::-1], False, id="seen from behind"),
        pytest.param(_turned(20)[[0, 2, 1, 3]], False, id="crossing edges"),
        pytest.param(_turned(0) * 40, False, id="far beyond the picture"),
        pytest.param((_turned(0) - 1000) * 0.02 + 1000, False, id="tiny"),
        pytest.param(np.full((4, 2), np.nan, np.float32), False, id="not a number"),
    ],
)
def test_what_can_be_a_card_in_a_picture(quad, plausible):
    assert is_plausible(np.asarray(quad, np.float32), (2000, 2000)) is plausible
