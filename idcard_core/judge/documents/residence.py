"""Residence permits for residents of Hong Kong, Macao and Taiwan, which are laid out as identity cards are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from idcard_core.card import FieldName
from idcard_core.judge.documents.kinds import DocumentKind
from idcard_core.judge.documents.numbers import is_permit_number
from idcard_core.judge.documents.profiles import IDENTITY_CARD, PROFILES
from idcard_core.judge.documents.wording import Wording, find_title, has_word

OWN_WORDS = ("通行证号码", "签发次数")
"""Labels on the side with the title that no identity card has."""


def is_residence_permit(values: Mapping[FieldName, str], lines: Sequence[str]) -> bool:
    """Whether what was read as an identity card is a residence permit (港澳居民居住证, 台湾居民居住证).

    ``values`` are what was read as the card's fields, ``lines`` the texts of its lines; either may be empty. Its
    number, its title or its own labels tell; it prints no nation, but a nation may be missing for other reasons.
    """
    if is_permit_number(values.get(FieldName.IDCARDNO, "")):
        return True
    wordings = [Wording.of(line) for line in lines]
    if any(find_title(title, wording) is not None for title in IDENTITY_CARD.titles for wording in wordings):
        return False
    titles = [title for kind, profile in PROFILES.items() if kind.is_residence_permit for title in profile.titles]
    if any(find_title(title, wording) is not None for title in titles for wording in wordings):
        return True
    return any(has_word(word, wording) for word in OWN_WORDS for wording in wordings)


def permit_kind(number: str) -> DocumentKind | None:
    """Which residence permit a number is of; None for any other number."""
    if not is_permit_number(number):
        return None
    if number.startswith("83"):
        return DocumentKind.TAIWAN_RESIDENCE_PERMIT
    return DocumentKind.HONG_KONG_MACAO_RESIDENCE_PERMIT
