"""Light and blur at the edge of what can be seen, for training the locator."""

import numpy as np
import pytest

from idcard_core.models.locator.extremes import against_light, exposure, smeared

SEEDS = range(12)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_held_against_the_light_is_darker_than_it(seed):
    rng = np.random.default_rng(seed)
    things = np.zeros((160, 224, 3), np.uint8)
    things[40:120, 60:160] = rng.integers(1, 255, (80, 100, 3))
    ground = np.full_like(things, 180)
    picture = against_light(rng, things, ground)
    assert (picture.shape, picture.dtype) == (things.shape, np.uint8)
    inside, outside = things.max(axis=2) > 0, things.max(axis=2) == 0
    assert picture[inside].mean() < 0.7 * picture[outside].mean()


@pytest.mark.parametrize("seed", SEEDS)
def test_exposures_leave_too_little_or_too_much_light(seed):
    given = exposure(np.random.default_rng(seed), (120, 90))
    assert given.factor.shape == (90, 120)
    assert given.factor.min() >= 0
    assert given.factor.min() <= 0.25 or given.factor.max() >= 1.2


@pytest.mark.parametrize("seed", SEEDS)
def test_smears_move_light_about_and_take_none_away(seed):
    picture = np.full((160, 224, 3), 40, np.float32)
    picture[60:100, 80:150] = 200
    blurred = smeared(np.random.default_rng(seed), picture)
    assert blurred.mean() == pytest.approx(picture.mean(), rel=0.25)  # zooming pushes some beyond the edges
    steepest = [np.abs(np.diff(seen[..., 0], axis=axis)).max() for seen in (picture, blurred) for axis in (0, 1)]
    assert max(steepest[2:]) < max(steepest[:2])
