"""Every word the dashboard shows, in Chinese and in English, in a module for each page and one for what they share."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from itertools import chain
from types import ModuleType

from idcard_core.ui.strings import (
    api,
    evaluation,
    history,
    kept,
    picture_view,
    review,
    rows,
    settings,
    shell,
    try_it,
    words,
)


class Language(str, Enum):
    """A language of the dashboard; the value is its code in addresses."""

    ZH = "zh"
    EN = "en"

    @property
    def own_name(self) -> str:
        """What speakers call it."""
        return {"zh": "中文", "en": "English"}[self.value]


MODULES: tuple[ModuleType, ...] = (
    shell,
    words,
    picture_view,
    kept,
    rows,
    history,
    settings,
    try_it,
    review,
    evaluation,
    api,
)
"""Each with a table ``ZH`` and a table ``EN`` of the same keys; no key is in two modules."""

TABLES: Mapping[Language, Mapping[str, str]] = {
    language: dict(chain.from_iterable(getattr(module, language.name).items() for module in MODULES))
    for language in Language
}


class Texts:
    """The words of one language: ``texts("result.took", ms="182 ms")``."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._table = TABLES[language]

    def __call__(self, key: str, **values: object) -> str:
        """The text called ``key`` with ``values`` filled in; an unknown key is a KeyError."""
        return self._table[key].format(**values)

    def template(self, key: str) -> str:
        """The text called ``key`` with its placeholders still in it."""
        return self._table[key]

    def __contains__(self, key: str) -> bool:
        return key in self._table
