"""The count of framed pictures: every picture is counted once, by what it is."""

from idcard_core.models.risk.frame import SCREENSHOT, found_by
from idcard_core.models.risk.sources import Source
from idcard_core.specimen.presented import Presented


def test_pictures_are_counted_by_what_they_are() -> None:
    there, found = found_by(Source.RENDERED, 48, 99)
    assert there.total() == 48
    assert there[Presented.GENUINE.value] == 24
    assert there[SCREENSHOT] > 0
    assert there[Presented.SCREEN.value] + there[SCREENSHOT] == 12
    assert found[SCREENSHOT] > 0
    assert found.total() == found[SCREENSHOT]
