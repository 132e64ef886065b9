"""Lines of the emblem side into values."""

import pytest
from card_lines import make_line

from idcard_core.card import FieldName as F
from idcard_core.fields.back import read_back
from idcard_core.fields.front import read_front

TITLES = (make_line("中华人民共和国", 300, 120, 70, 80), make_line("居民身份证", 300, 210, 90, 100))
ISSUER = make_line("签发机关 杭州市公安局余杭分局", 190, 395, 32)
VALIDITY = make_line("有效期限 2010.05.12-2030.05.12", 190, 462, 22)


def _texts(*lines):
    fields = read_back(lines).fields
    return tuple(fields[name].value.text for name in (F.GOV, F.BEGINDATE, F.ENDDATE))


@pytest.mark.parametrize(
    ("lines", "texts"),
    [
        pytest.param((ISSUER, VALIDITY), ("杭州市公安局余杭分局", "20100512", "20300512"), id="plain"),
        pytest.param(
            (ISSUER, make_line("有效期限 2010.05.12-长期", 190, 462, 24)),
            ("杭州市公安局余杭分局", "20100512", "长期"),
            id="long term",
        ),
        pytest.param(
            (
                make_line("签发机关 莫力达瓦达斡尔族", 190, 375, 32),
                make_line("自治旗公安局", 350, 410, 32),
                VALIDITY,
            ),
            ("莫力达瓦达斡尔族自治旗公安局", "20100512", "20300512"),
            id="an issuer on two lines",
        ),
        pytest.param(
            (make_line("签发机关 楚雄州公安局", 165, 375, 32), make_line("武定分局", 321, 418, 32), VALIDITY),
            ("楚雄州公安局武定分局", "20100512", "20300512"),
            id="a second line that begins further left than usual",
        ),
        pytest.param(
            (make_line("签发机关 XX市公安局", 190, 395, 32), VALIDITY),
            ("XX市公安局", "20100512", "20300512"),
            id="characters left out",
        ),
        pytest.param(
            (make_line("签发机关 X杭州市公安局", 190, 395, 32), VALIDITY),
            ("杭州市公安局", "20100512", "20300512"),
            id="a stray letter",
        ),
        pytest.param(
            (make_line("样本", 60, 395), ISSUER, VALIDITY),
            ("杭州市公安局余杭分局", "20100512", "20300512"),
            id="a mark beside",
        ),
        pytest.param(
            (make_line("签發機關 杭州市公安局", 190, 395, 32), VALIDITY),
            ("杭州市公安局", "20100512", "20300512"),
            id="traditional forms",
        ),
    ],
)
def test_layouts(lines, texts):
    assert _texts(*TITLES, *lines) == texts


def test_the_side_is_told_by_what_is_read():
    lines = (*TITLES, ISSUER, VALIDITY)
    assert read_back(lines).score > read_front(lines).score + 5


def test_begin_and_end_stand_side_by_side():
    fields = read_back((*TITLES, ISSUER, VALIDITY)).fields
    begin, end = fields[F.BEGINDATE].quad, fields[F.ENDDATE].quad
    assert begin[:, 0].max() <= end[:, 0].min() + 12
