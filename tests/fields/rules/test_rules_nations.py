from __future__ import annotations

import pytest

from idcard_core.fields.rules.nations import NATIONS, UNRECOGNISED, is_printed_nation
from idcard_core.text.characters import is_standard


def test_there_are_56_nations_each_once() -> None:
    assert len(NATIONS) == len(set(NATIONS)) == 56


@pytest.mark.parametrize("name", NATIONS)
def test_a_nation_is_standard_characters_without_zu(name: str) -> None:
    assert all(is_standard(char) for char in name)
    assert not name.endswith("族")
    assert is_printed_nation(name)


@pytest.mark.parametrize("name", UNRECOGNISED)
def test_an_unrecognised_group_may_be_printed_but_is_no_nation(name: str) -> None:
    assert is_printed_nation(name)
    assert name not in NATIONS


@pytest.mark.parametrize("name", ["", "汉族", "漢", "穿青", "日本"])
def test_other_words_are_neither(name: str) -> None:
    assert not is_printed_nation(name)
