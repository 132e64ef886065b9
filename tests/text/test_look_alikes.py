from __future__ import annotations

import pytest

from idcard_core.text.look_alikes import LOOK_ALIKES, look_alikes


@pytest.mark.parametrize(
    "pair",
    [
        *("昊吴", "未末", "己已", "已巳", "土士", "日曰", "戊戌", "戌戍", "人入", "入八", "干千", "千于", "刺剌"),
        *("汆氽", "祇衹", "侯候", "晴睛", "旦且", "0O", "17", "1l", "祎袆", "壶壸"),
    ],
)
def test_a_known_pair_both_ways(pair: str) -> None:
    assert pair[1] in look_alikes(pair[0])
    assert pair[0] in look_alikes(pair[1])


@pytest.mark.parametrize("group", LOOK_ALIKES)
def test_a_group_has_two_or_more_characters_each_once(group: str) -> None:
    assert len(group) == len(set(group)) > 1


def test_a_character_is_not_its_own_look_alike_and_none_is_named_twice() -> None:
    for char in set("".join(LOOK_ALIKES)):
        others = look_alikes(char)
        assert char not in others
        assert len(others) == len(set(others))


def test_most_characters_have_none() -> None:
    assert look_alikes("鑫") == ()
