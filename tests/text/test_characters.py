from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idcard_core.fields.rules.nations import NATIONS
from idcard_core.fields.rules.regions import division_names
from idcard_core.text import characters_data
from idcard_core.text.characters import (
    NAME_DOT,
    fold_width,
    is_common,
    is_han,
    is_standard,
    normalize,
    normalize_name,
    simplify,
    standard_characters,
)

han = st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=30)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        pytest.param("漢黃別後裏髮鍾號樓區產", "汉黄别后里发钟号楼区产", id="traditional"),
        pytest.param("県戸単沢辺広徳黒毎歩歳浄", "县户单泽边广德黑每步岁净", id="Japanese"),
        pytest.param("淸靑敎尙鎭眞愼旣溫", "清青教尚镇真慎既温", id="Korean"),
        pytest.param("戶內吳呂說稅脫悅兌卽値", "户内吴吕说税脱悦兑即值", id="other shapes of one character"),
        pytest.param("峯羣牀窓栁珎琹煑", "峰群床窗柳珍琴煮", id="variants"),
        pytest.param("陝西瀋陽臺灣贛閩滬", "陕西沈阳台湾赣闽沪", id="places"),
        pytest.param("巿仼丼杮囗", "市任井柿口", id="rare characters of the same shape"),
        pytest.param("陜西", "陕西", id="陜 for 陝"),
        pytest.param("昇甦堃喆淼犇昇乾著瞭龢", "昇甦堃喆淼犇昇乾著瞭龢", id="standard, although older forms"),
        pytest.param("珮凃囍畑", "珮凃囍畑", id="no standard counterpart, or names in their own right"),
        pytest.param("ABC123·-()", "ABC123·-()", id="not ideographs"),
        pytest.param("", "", id="empty"),
    ],
)
def test_simplify(read: str, printed: str) -> None:
    assert simplify(read) == printed


@given(han)
def test_simplify_is_idempotent_and_keeps_the_length(text: str) -> None:
    once = simplify(text)
    assert simplify(once) == once
    assert len(once) == len(text)


@given(han)
def test_only_characters_outside_the_standard_change_and_they_become_standard(text: str) -> None:
    for before, after in zip(text, simplify(text), strict=True):
        assert before == after or (not is_standard(before) and is_standard(after))


def test_standard_characters_are_the_8105_and_none_of_them_changes() -> None:
    standard = standard_characters()
    assert len(standard) == 8105
    text = "".join(sorted(standard))
    assert simplify(text) == normalize(text) == text
    assert all(map(is_han, standard))


def test_nations_and_divisions_are_written_in_standard_characters() -> None:
    text = "".join((*NATIONS, *division_names()))
    assert simplify(text) == text


@pytest.mark.parametrize("char", [*"昇甦堃喆淼仫隰埇瀍浉蒗旻珅琀昊"])
def test_rare_characters_of_names_and_places_are_standard(char: str) -> None:
    assert is_standard(char)


@pytest.mark.parametrize("char", [*"漢峯珮県Aー"])
def test_others_are_not(char: str) -> None:
    assert not is_standard(char)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ＡＢ１２（３）－４＃", "AB12(3)-4#", id="full width"),
        pytest.param("杭 州　市\t西\u00a0湖", "杭州市西湖", id="every kind of space"),
        pytest.param("⼀⼈⺟⻋⻔", "一人母车门", id="radicals"),
        pytest.param("\uf90a\uf963\ufa0e", "金北\ufa0e", id="compatibility ideographs"),
        pytest.param("ロ二ハエタカト", "口二八工夕力卜", id="katakana that look like ideographs"),
        pytest.param("①²号", "①²号", id="no digits made"),
    ],
)
def test_normalize(text: str, expected: str) -> None:
    assert normalize(text) == expected


@given(st.text(max_size=30))
def test_normalize_is_idempotent(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)
    assert normalize_name(normalize_name(text)) == normalize_name(text)


@pytest.mark.parametrize("dot", [*"·•・･‧∙⋅●.．。'-"])
def test_every_dot_of_a_name_becomes_one(dot: str) -> None:
    assert normalize_name(f"样本{dot}虚构") == f"样本{NAME_DOT}虚构"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("样 本 · 虚构", "样本·虚构", id="spaces around the dot"),
        pytest.param("·样本·", "样本", id="dots at the ends"),
        pytest.param("样本··虚构", "样本·虚构", id="a dot read twice"),
        pytest.param("甲·乙·丙", "甲·乙·丙", id="three parts"),
        pytest.param("A.B", "A.B", id="a full stop between letters"),
    ],
)
def test_names(text: str, expected: str) -> None:
    assert normalize_name(text) == expected


def test_width() -> None:
    assert fold_width("１２Ｘ　（～）") == "12X (~)"
    assert fold_width("漢①ｱ") == "漢①ｱ"


def test_pairs_by_hand_lead_from_outside_the_standard_into_it() -> None:
    groups = characters_data._FURTHER_VARIANTS
    assert all(is_standard(group[0]) for group in groups)
    assert not [form for group in groups for form in group[1:] if is_standard(form)]
    forms = [form for group in groups for form in group[1:]]
    assert len(forms) == len(set(forms))


def test_variants_prefer_pairs_by_hand_and_leave_standard_characters() -> None:
    found = characters_data.variants("漢昇陜糸珮", {"汉", "昇", "陕", "丝"}, [{"漢": "汉", "糸": "丝"}.get])
    assert found == {"漢": "汉", "陜": "陕"}


@pytest.mark.parametrize(("char", "common"), [("元", True), ("无", True), ("罾", False), ("浉", False), ("A", False)])
def test_common_characters_are_those_of_level_one(char: str, common: bool) -> None:
    assert is_common(char) is common
