"""The score of the risk networks: fresh pictures by devices that none has learnt from, and what they are called."""

from __future__ import annotations

import pytest

from idcard_core.card import RiskType
from idcard_core.judge.risk.network import RiskNetworks
from idcard_core.models.risk.score import Outcome, outcomes
from idcard_core.models.risk.sources import Source
from idcard_core.specimen.presented import Presented


@pytest.fixture(scope="module", params=list(Source), ids=lambda source: source.value)
def found(request: pytest.FixtureRequest) -> list[Outcome]:
    return list(outcomes(RiskNetworks(), request.param, 24, seed=90))


def test_most_pictures_by_each_simulators_unseen_devices_are_called_what_they_show(found: list[Outcome]) -> None:
    assert sum(outcome.right for outcome in found) >= 18


def test_hardly_any_card_is_called_anything_else(found: list[Outcome]) -> None:
    genuine = [outcome for outcome in found if outcome.presented is Presented.GENUINE]
    assert len(genuine) == 12
    assert sum(outcome.right for outcome in genuine) >= 11


def test_what_is_unknown_is_not_right() -> None:
    assert not Outcome(Presented.COPY, "grey_page", RiskType.UNKNOWN).right
    assert Outcome(Presented.GENUINE, "photo", RiskType.NORMAL).right
