"""The names that may stand after 民族 on a card."""

from __future__ import annotations

NATIONS = (
    # GB/T 3304-1991, in the order of its numeric codes 01 to 56; printed on the card without 族.
    *("汉", "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白"),
    *("土家", "哈尼", "哈萨克", "傣", "黎", "傈僳", "佤", "畲", "高山", "拉祜", "水", "东乡", "纳西", "景颇"),
    *("柯尔克孜", "土", "达斡尔", "仫佬", "羌", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米"),
    *("塔吉克", "怒", "乌孜别克", "俄罗斯", "鄂温克", "德昂", "保安", "裕固", "京", "塔塔尔", "独龙"),
    *("鄂伦春", "赫哲", "门巴", "珞巴", "基诺"),
)
"""The 56 names of GB/T 3304, without 族."""

UNRECOGNISED = ("穿青人", "革家人")
"""Groups without a code in GB/T 3304 whose name a card may carry, as it stands, with 人.

The Ministry of Public Security allowed these two for Guizhou in its reply of 28 August 2003, which amended the
notice (86) 公(治)字14号 on filling in the 民族 item. Other such names (僜人, 夏尔巴人) may occur on cards; they
are left out until a rule for them is known, so they are reported as unusual, never changed."""

_PRINTED = frozenset(NATIONS) | frozenset(UNRECOGNISED)


def is_printed_nation(name: str) -> bool:
    """Whether ``name`` may be printed after 民族: one of the 56, or an allowed name of an unrecognised group."""
    return name in _PRINTED
