from __future__ import annotations

import pytest

from idcard_core.fields.rules.issuer import is_plausible_issuer


@pytest.mark.parametrize(
    "issuer",
    [
        "沛县公安局",
        "杭州市公安局西湖分局",
        "上海市公安局浦东分局",
        "深圳市公安局公交分局",
        "北京市公安局朝阳分局",
        "呼和浩特市公安局回民区公安分局",
        "海南省公安厅",
        "大庆市公安局红岗分局",
        "新疆生产建设兵团第八师石河子市公安局",
        "双鸭山市公安局红兴隆垦区公安局",
        "积石山保安族东乡族撒拉族自治县公安局",
        "中国铁路公安处",
    ],
)
def test_plausible(issuer: str) -> None:
    assert is_plausible_issuer(issuer)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("公安局", id="nowhere's"),
        pytest.param("杭州市公安", id="end lost"),
        pytest.param("杭州市公安局西湖分", id="end of the second part lost"),
        pytest.param("杭州市税务局西湖分局", id="another office"),
        pytest.param("杭州市公安局2010", id="digits within"),
        pytest.param("杭州市 公安局", id="a space within"),
        pytest.param("浙江省杭州市西湖区" * 5 + "公安局", id="longer than two lines"),
    ],
)
def test_implausible(text: str) -> None:
    assert not is_plausible_issuer(text)
