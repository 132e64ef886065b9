"""Finds printed words in lines that were read with slips."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from idcard_core.text.characters import fold_width, is_han, simplify

MOST_BESIDE = 2
"""Characters that may stand on either side of a title in its line: 样本, or a stroke of the emblem read as text."""
STATE = "中华人民共和国"
_ISSUERS = re.compile(r"[省市区县州旗学院校司局厅部委会队厂团心行店所]$")
"""How the name of a place or an office ends, which stands before a title: 广东省居住证, 某大学学生证."""
_USES = re.compile(r"[办仅限]|用于|使用|专用|复印|提交|携带|申请|查询")
"""What tells a document's name from its title: 仅限办理驾驶证使用 is written over an identity card's copy."""
_NUMBER_OF_IT = "号"
"""What makes a label of a title: 会员卡号 stands on receipts."""
_MARKS = re.compile("样本|样张|样件|SPECIMEN")


@dataclass(frozen=True, slots=True)
class Wording:
    """A line's ideographs, in their simplified form, and its Latin letters and digits, in capitals."""

    text: str
    """The line, half-width and simplified."""
    han: str
    latin: str

    @classmethod
    def of(cls, line: str) -> Wording:
        text = _MARKS.sub("", simplify(fold_width(line)).upper())
        return cls(text, "".join(filter(is_han, text)), re.sub(r"[^A-Z0-9]", "", text))


@dataclass(frozen=True, slots=True)
class Found:
    """Where in a line a phrase was found: from ``start`` to ``end``, with ``slips`` characters off."""

    slips: int
    start: int
    end: int


def slips_allowed(phrase: str) -> int:
    """Characters of ``phrase`` that may be missing, added or taken for others: one in five, none in a short word."""
    if is_han(phrase[0]):
        return 0 if len(phrase) < 4 else min(3, 1 + (len(phrase) - 4) // 4)
    return len(phrase) // 6


def find(phrase: str, line: str) -> Found | None:
    """The place in ``line`` that is nearest to ``phrase``, if it is near enough.

    Sellers' algorithm (The theory and computation of evolutionary distances, 1980): an edit distance whose first row
    is zero, so that a match may begin anywhere.
    """
    if not may_be_among(phrase, line):
        return None
    if (at := line.find(phrase)) >= 0:
        return Found(0, at, at + len(phrase))
    allowed = slips_allowed(phrase)
    if allowed == 0:
        return None
    above = [(0, column) for column in range(len(line) + 1)]
    for row, wanted in enumerate(phrase, 1):
        current = [(row, 0)]
        for column, read in enumerate(line, 1):
            current.append(
                min(
                    (above[column - 1][0] + (wanted != read), above[column - 1][1]),
                    (above[column][0] + 1, above[column][1]),
                    (current[-1][0] + 1, current[-1][1]),
                )
            )
        above = current
    end = min(range(len(above)), key=lambda column: above[column][0])
    slips, start = above[end]
    return Found(slips, start, end) if slips <= allowed else None


def may_be_among(phrase: str, letters: Iterable[str]) -> bool:
    """Whether ``letters`` have enough of the characters of ``phrase``: soon told, of a line or of a whole page."""
    wanted, allowed = _wanted(phrase)
    return len(wanted.intersection(letters)) >= len(wanted) - allowed


@lru_cache(maxsize=1024)
def _wanted(phrase: str) -> tuple[frozenset[str], int]:
    """The characters of a phrase that is looked for, and the slips allowed."""
    return frozenset(phrase), slips_allowed(phrase)


def find_title(title: str, wording: Wording) -> int | None:
    """With how many slips a line is ``title`` and next to nothing else; None if it is not.

    The state's name may stand before it, or the name of a place or an office where the title is a Chinese one.
    """
    line = wording.han if is_han(title[0]) else wording.latin
    found = find(title, line)
    if found is None:
        return None
    before, after = line[: found.start], line[found.end :]
    if not is_han(title[0]):
        most = max(4, len(title) // 2)
        return found.slips if len(before) <= most and len(after) <= most else None
    if len(after) > MOST_BESIDE or after.startswith(_NUMBER_OF_IT) or _USES.search(before) or _USES.search(after):
        return None
    if len(before) <= MOST_BESIDE or find(STATE, before) is not None:
        return found.slips
    return found.slips if _ISSUERS.search(before) and not before.startswith("住址") else None


def has_word(word: str, wording: Wording) -> bool:
    """Whether a label stands in a line: a short one at its beginning, a longer one anywhere, a slip allowed for."""
    if not is_han(word[0]):
        return find(word, wording.latin) is not None
    if len(word) < 4:
        return wording.han.startswith(word)
    return find(word, wording.han) is not None


def digit_runs(text: str) -> Iterator[str]:
    """Runs of digits in a line, with the blanks and hyphens between groups left out."""
    for run in re.findall(r"[0-9][0-9 \-]*[0-9X]", text):
        yield re.sub(r"[ \-]", "", run)
