"""The score of the risk networks: fresh pictures by devices that none has learnt from, and what they are called."""

from __future__ import annotations

import pytest

from idcard_core.card import RiskType
from idcard_core.judge.risk.network import RiskNetworks
from idcard_core.models.risk.score import Outcome, outcomes
from idcard_core.models.risk.sources import Source
from idcard_core.specimen.presented import Presented

NOT_MET = pytest.mark.xfail(strict=True, reason="10 of 12 cards are: no network has learnt from wallets by `rendered`")


@pytest.mark.parametrize(
    "source",
    [pytest.param(source, id=source.value, marks=[NOT_MET] if source is Source.RENDERED else []) for source in Source],
)
def test_most_pictures_by_each_simulators_unseen_devices_are_called_what_they_show(source: Source) -> None:
    found = list(outcomes(RiskNetworks(), source, 24, seed=90))
    assert [outcome.presented for outcome in found].count(Presented.GENUINE) == 12
    assert sum(outcome.right for outcome in found) >= 18
    genuine = [outcome for outcome in found if outcome.presented is Presented.GENUINE]
    assert sum(outcome.right for outcome in genuine) >= 11


def test_what_is_unknown_is_not_right() -> None:
    assert not Outcome(Presented.COPY, "grey_page", RiskType.UNKNOWN).right
    assert Outcome(Presented.GENUINE, "photo", RiskType.NORMAL).right
