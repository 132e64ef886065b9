"""What people write across copies of their cards, and what seals say."""

from __future__ import annotations

import numpy as np

_PLACES = ("北京", "上海", "滨海", "江城", "华东", "星河", "云岭", "长宁", "青禾", "瑞丰")
_TRADES = ("科技", "商贸", "物业管理", "人力资源", "房产经纪", "网络", "教育咨询", "医药", "建筑工程", "文化传媒")
_FORMS = ("有限公司", "股份有限公司", "有限责任公司", "分公司")
_AFFAIRS = (
    "开户",
    "租房",
    "入学报名",
    "公积金提取",
    "社保转移",
    "车辆过户",
    "贷款",
    "入职",
    "实名认证",
    "签证",
    "宽带安装",
    "房屋登记",
    "工商注册",
    "居住证",
    "考试报名",
)
_LIMITS = (
    "仅限办理{affair}使用",
    "仅供{affair}使用 他用无效",
    "仅限{affair}使用，再次复印无效",
    "此件仅用于办理{affair}业务",
    "仅供{company}使用",
    "仅供{company}办理{affair}使用",
    "{affair}专用，他用无效",
    "只限于办理{affair}业务用途",
    "复印无效",
    "再次复印无效",
    "{affair}专用",
    "{company}",
    "仅供{company}存档 {day}",
    "仅限{affair}使用 {day}",
    "与原件核对无误 {day}",
    "{day} 仅办{affair}用",
)
_BOXED = (
    "与原件核对一致",
    "复印件与原件相符",
    "核验专用",
    "仅供{affair}使用",
    "此复印件仅用于{affair}",
    "再次复印无效",
)
_KINDS_OF_SEAL = ("合同专用章", "业务专用章", "财务专用章", "核验专用章", "人事专用章", "")


def company(rng: np.random.Generator) -> str:
    """A company that does not exist."""
    return _one(rng, _PLACES) + _one(rng, _PLACES)[0] + _one(rng, _TRADES) + _one(rng, _FORMS)


def limit(rng: np.random.Generator) -> str:
    """A sentence that limits what a copy may be used for."""
    return _filled(rng, _one(rng, _LIMITS))


def boxed(rng: np.random.Generator) -> str:
    """What stands in a rubber stamp with a frame."""
    return _filled(rng, _one(rng, _BOXED))


def kind_of_seal(rng: np.random.Generator) -> str:
    """What stands level in a round seal; often nothing."""
    return _one(rng, _KINDS_OF_SEAL)


def day(rng: np.random.Generator) -> str:
    """A date, as stamps and people write it."""
    form = _one(rng, ("{}年{}月{}日", "{}.{}.{}", "{}-{:02d}-{:02d}", "{}/{}/{}"))
    return form.format(rng.integers(2012, 2026), rng.integers(1, 13), rng.integers(1, 29))


def _filled(rng: np.random.Generator, pattern: str) -> str:
    return pattern.format(affair=_one(rng, _AFFAIRS), company=company(rng), day=day(rng))


def _one(rng: np.random.Generator, of: tuple[str, ...]) -> str:
    return of[int(rng.integers(len(of)))]
