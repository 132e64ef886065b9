"""The judgement of a card as the reader gives it."""

import pytest

from idcard_core import IdCardReader
from idcard_core.intake import open_picture
from idcard_core.judge.judge import with_tampering
from idcard_core.specimen import Condition
from idcard_core.specimen.editing import EditStyle, make_edited


@pytest.mark.parametrize("marked", [False, True])
def test_an_edited_field_is_told_unless_a_mark_was_written_over_the_card(marked):
    specimen = make_edited(30, Condition.PLAIN, EditStyle.CLEANED, (1600, 1200))
    reader = IdCardReader()
    (card,) = reader.read(specimen.jpeg).cards
    judged = with_tampering(card, open_picture(specimen.jpeg, reader.settings.limits), marked)
    assert judged.tampering is not None
    assert judged.tampering.score > 0.5
    told = {finding.field for finding in judged.findings if finding.code == "field_edited"}
    assert (told & specimen.fields == specimen.fields) is not marked
    assert bool(told) is not marked
