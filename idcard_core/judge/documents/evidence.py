"""Which document the lines read on a picture are of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from idcard_core.fields.rules.number import parse, province_known
from idcard_core.judge.documents import numbers
from idcard_core.judge.documents.business import business_card_score
from idcard_core.judge.documents.kinds import DocumentKind
from idcard_core.judge.documents.profiles import (
    BANK_BACK,
    BANK_LATIN,
    BANK_NAMES,
    BANK_WORDS,
    IDENTITY_CARD,
    PROFILES,
    TILL_WORDS,
    Profile,
)
from idcard_core.judge.documents.residence import permit_kind
from idcard_core.judge.documents.wording import STATE, Wording, digit_runs, find, find_title, has_word, may_be_among
from idcard_core.text.characters import is_han

# Weights are log odds by judgement: a title alone is not enough, a title and one of the document's own labels is.
TITLE = 4.0
SLIP = 0.7
"""Taken off for each character of a title that is not as printed."""
SHORT, SHORT_TITLE = 0.5, 4
"""Taken off for a title of fewer characters than the second: 居住证 may be a word on a button."""
WORD = 1.0
OWN_WORD = 2.0
"""For a label that no other document has, where the title is missing."""
MOST_WORDS = 5.0
NUMBER = 3.0
LIKE_NUMBER = 2.0
"""For a bank card's number whose check digit is not right."""
BANK_NAME, LONGEST_BANK = 1.5, 10
LEAST_OF_BACK = 2
"""Words of a bank card's back that tell as much as a bank's name."""
ZONE = 5.0
FEW_LINES = 1.0
"""For a title with little else: the cover of a booklet."""
LEAST = 4.9
"""Evidence that is enough."""
MARGIN = 1.5
"""By how much it must outweigh that of an identity card."""
COVER_LINES = 6
SENTENCE = 17
"""Ideographs of a line that is part of running text: no value on a card but an address is as long."""
OF_A_PAGE = 0.5
"""Taken off for each such line beyond the first few."""
OF_A_LIST = 2.0
"""Taken off for each further document that has its title there: they are being listed."""
BESIDE_ONE_ANOTHER = {DocumentKind.VEHICLE_LICENCE, DocumentKind.DRIVING_LICENCE}
"""Documents that are photographed beside one another."""


@dataclass(frozen=True, slots=True)
class _Page:
    """Everything read, and what was found in it that all kinds are judged by."""

    wordings: tuple[Wording, ...]
    letters: frozenset[str]
    """All characters in them."""
    titles: dict[DocumentKind, float]
    """The best title of each kind, as evidence."""
    own_title: float
    """The identity card's."""
    against: float
    """Evidence that it is a page of text, a list or a receipt."""
    is_till: bool
    """Whether it has a receipt's words."""

    def has(self, word: str) -> bool:
        """Whether a label stands in one of the lines."""
        return may_be_among(word, self.letters) and any(has_word(word, wording) for wording in self.wordings)

    @property
    def is_cover(self) -> bool:
        """Whether there are only a few words, none of them in a sentence."""
        lines = [wording for wording in self.wordings if len(wording.han) + len(wording.latin) >= 2]
        return len(lines) <= COVER_LINES and not any("。" in line.text or len(line.han) > SENTENCE for line in lines)


def kind_of(lines: Sequence[str]) -> DocumentKind | None:
    """The document that ``lines``, read anywhere on a picture, are of; None for anything else.

    An identity card of the second generation, an ordinary page of text and a receipt give None, and so does what is
    not told surely enough.
    """
    scores = evidence(lines)
    if not scores:
        return None
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] >= LEAST else None


def evidence(lines: Sequence[str]) -> dict[DocumentKind, float]:
    """The evidence for each kind that anything speaks for and that outweighs an identity card."""
    page = _page(lines)
    scores = {kind: _score(kind, PROFILES[kind], page) for kind in page.titles}
    zone = numbers.zone_of(lines)
    if zone is numbers.Zone.PASSPORT:
        scores[DocumentKind.PASSPORT] = (
            ZONE + _words(PROFILES[DocumentKind.PASSPORT], page) + page.titles.get(DocumentKind.PASSPORT, 0.0)
        )
    elif zone is numbers.Zone.CARD and (travel := [kind for kind in scores if kind in _WITH_ZONE]):
        for kind in travel:
            scores[kind] += WORD
    bank = _bank_card(page)
    if not page.titles or max(page.titles.values()) <= 0:
        scores[DocumentKind.BANK_CARD] = bank
    scores[DocumentKind.BUSINESS_CARD] = business_card_score(page.wordings) - page.against
    for kind, amount in _numbers(page):
        scores[kind] = scores.get(kind, 0.0) + amount
    rival = _identity_card(page) + MARGIN
    return {kind: score for kind, score in scores.items() if score > max(0.0, rival)}


_WITH_ZONE = (
    DocumentKind.HONG_KONG_MACAO_PERMIT,
    DocumentKind.TAIWAN_PERMIT,
    DocumentKind.HOME_RETURN_PERMIT,
    DocumentKind.TAIWAN_COMPATRIOT_PERMIT,
    DocumentKind.FOREIGN_RESIDENT_CARD,
)


def _page(lines: Sequence[str]) -> _Page:
    read = (Wording.of(line) for line in lines)
    wordings = tuple(wording for wording in read if len(wording.han) + len(wording.latin) > 1)  # no keys of a keyboard
    letters = frozenset("".join(wording.han + wording.latin for wording in wordings))
    possible = [(kind, title) for kind, title in _TITLES if may_be_among(title, letters)]
    titles: dict[DocumentKind, float] = {}
    own = 0.0
    state = SHORT if any(find(STATE, wording.han) is not None for wording in wordings) else 0.0
    for wording in wordings:
        for kind, weight in _titles_in(wording, possible, state):
            if kind is None:
                own = max(own, weight)
            else:
                titles[kind] = max(titles.get(kind, 0.0), weight)
    long = sum(len(wording.han) >= SENTENCE or "。" in wording.text for wording in wordings)
    till = sum(any(word in wording.han for word in TILL_WORDS) for wording in wordings)
    listed = [kind for kind in titles if titles[kind] >= TITLE - SHORT and kind not in BESIDE_ONE_ANOTHER]
    against = OF_A_PAGE * max(0, long - 3) + max(0, till - 1) + OF_A_LIST * max(0, len(listed) - 1)
    return _Page(wordings, letters, titles, own, against, is_till=till > 1)


_Title = tuple[DocumentKind | None, str]
"""None stands for the identity card."""
_TITLES: tuple[_Title, ...] = (
    *((None, title) for title in IDENTITY_CARD.titles),
    *((kind, title) for kind, profile in PROFILES.items() for title in profile.titles),
)


def _titles_in(wording: Wording, possible: Sequence[_Title], state: float) -> list[tuple[DocumentKind | None, float]]:
    """The kinds whose title, of those that are ``possible``, a line is nearest to, and its weight.

    ``state`` is what the state's name, somewhere on the page, adds to a short title. A line may be several titles side
    by side, if it is nothing else.
    """
    found = _each_title(wording, possible)
    if not found:
        parts = [_each_title(Wording.of(part), possible) for part in wording.text.split()]
        found = [one for part in parts for one in part] if all(parts) else []
    if not found:
        return []
    fewest = min(found)[:2]
    weight = TITLE - SLIP * fewest[0] - (SHORT - state if -fewest[1] < SHORT_TITLE else 0.0)
    return [(kind, weight) for slips, length, kind in found if (slips, length) == fewest]


def _each_title(wording: Wording, possible: Sequence[_Title]) -> list[tuple[int, int, DocumentKind | None]]:
    """For each title that a line is: slips, its length below zero, and whose it is."""
    found = [(find_title(title, wording), -len(title), kind) for kind, title in possible]
    return [(slips, length, kind) for slips, length, kind in found if slips is not None]


def _words(profile: Profile, page: _Page) -> float:
    """How many of the labels stand there, each at most once."""
    hits = sum(map(page.has, profile.words))
    issuer = any(wording.han.endswith(profile.issuers) and len(wording.han) < SENTENCE for wording in page.wordings)
    return min(MOST_WORDS, WORD * (hits + issuer))


def _score(kind: DocumentKind, profile: Profile, page: _Page) -> float:
    cover = FEW_LINES if page.is_cover else 0.0
    return page.titles[kind] + _words(profile, page) + cover - page.against


def _numbers(page: _Page) -> Iterable[tuple[DocumentKind, float]]:
    """What numbers of a form of their own speak for."""
    runs = {run for wording in page.wordings for run in digit_runs(wording.text)}
    for run in runs:
        if (permit := permit_kind(run[-18:])) is not None:
            yield permit, 2 * NUMBER
    texts = [wording.text.replace(" ", "") for wording in page.wordings]
    if any(
        numbers.is_foreign_resident_number(run)
        for text in texts
        for run in re.findall(r"[A-Z]{3}[0-9]{12}(?![0-9])|9[0-9]{16}[0-9X]", text)
    ):
        yield DocumentKind.FOREIGN_RESIDENT_CARD, NUMBER
    if any(numbers.PLATE.search(text) for text in texts):
        yield DocumentKind.VEHICLE_LICENCE, WORD
    if any(numbers.VIN.search(text) for text in texts):
        yield DocumentKind.VEHICLE_LICENCE, WORD
    for kind, profile in PROFILES.items():
        own = sum(map(page.has, profile.own))
        if own >= 2 and kind not in page.titles:  # a second sheet, or a title that could not be read
            yield kind, OWN_WORD * own + min(2.0, _words(profile, page) - own) - page.against


def _bank_card(page: _Page) -> float:
    """A number with Luhn's check digit on a line of its own, the bank's name, the network's; or what a back says."""
    if page.is_till:
        return 0.0
    number = max((_bank_number(wording) for wording in page.wordings), default=0.0)
    words = sum(map(page.has, BANK_WORDS))
    names = [bank for bank in (*BANK_NAMES, *BANK_LATIN) if may_be_among(bank, page.letters)]
    name = any(_is_bank_name(wording, names) for wording in page.wordings)
    backs = sum(map(page.has, BANK_BACK))
    named = name or backs >= LEAST_OF_BACK
    if not number and not (named and max(words, backs) >= 2 and len(page.wordings) <= 14):
        return 0.0
    score = number + (BANK_NAME if named else 0.0) + max(min(3.0, WORD * words), min(4.0, WORD * backs))
    return score + (FEW_LINES if len(page.wordings) <= 10 else 0.0) - page.against


def _is_bank_name(wording: Wording, names: Sequence[str]) -> bool:
    """Whether a line is a bank's name, one of ``names`` or another, and next to nothing else."""
    if wording.han.endswith("银行") and len(wording.han) <= LONGEST_BANK:
        return True
    for bank in names:
        found = find(bank, wording.han if is_han(bank[0]) else wording.latin)
        if found is not None and (not is_han(bank[0]) or len(wording.han) - (found.end - found.start) <= 4):
            return True
    return False


def _bank_number(wording: Wording) -> float:
    """What a line speaks for that is a bank card's number and nothing else."""
    if len(wording.han) > 2:
        return 0.0
    if any(numbers.is_bank_number(run) for run in digit_runs(wording.text)):
        return NUMBER
    return LIKE_NUMBER if numbers.is_like_bank_number(wording.text) else 0.0


def _identity_card(page: _Page) -> float:
    """What speaks for the identity card: its title; else its labels and its number, which others have as well."""
    words = 0.0
    for word in IDENTITY_CARD.words:
        if page.has(word):
            words += {"公民身份号码": 1.5, "民族": 1.0, "签发机关": 0.5, "有效期限": 0.5}.get(word, 0.3)
    runs = {run[-18:] for wording in page.wordings for run in digit_runs(wording.text)}
    number = any(parse(run) and province_known(run) and not numbers.is_permit_number(run) for run in runs)
    other = max(page.titles.values(), default=0.0)
    if number:
        words += 1.5
    return page.own_title + min(words, 3.0) if page.own_title > other else min(words, 3.0)
