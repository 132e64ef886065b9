"""What keeps a file or a row from being imported: where it stands and why, without a value of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Why(str, Enum):
    """Every reason; the values are stable words."""

    # of a whole source
    NO_FOLDER = "no_folder"
    BROKEN_ARCHIVE = "broken_archive"
    ENCRYPTED = "encrypted"
    BOMB = "bomb"
    """The archive unpacks to more than any set of pictures has."""
    TOO_MANY_FILES = "too_many_files"
    NO_LABELS = "no_labels"
    # of a file
    UNSAFE_NAME = "unsafe_name"
    NESTED = "nested"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    ENCODING = "encoding"
    NO_IMAGE_COLUMN = "no_image_column"
    # of a row
    NOT_JSON = "not_json"
    MISSING = "missing"
    WRONG_VALUE = "wrong_value"
    DAMAGED_NUMBER = "damaged_number"
    """A spreadsheet has made a number of 18 digits a rounded one."""
    TOO_MANY_CELLS = "too_many_cells"
    NO_FIELDS = "no_fields"
    TWICE = "twice"
    # of a row's picture
    NOT_THERE = "not_there"
    AMBIGUOUS = "ambiguous"
    NO_PICTURE = "no_picture"
    PICTURE_SIZE = "picture_size"
    PAGE = "page"
    OTHER_PICTURE = "other_picture"
    """Its SHA-256 is not the one that its label names."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that was left out; ``line`` counts from 1, ``detail`` names a column, a key or a picture's file."""

    file: str
    line: int | None
    why: Why
    detail: str = ""


class ImportTrouble(Exception):
    """What one step found; whoever knows file and line makes a `Trouble` of it."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(why.value)
        self.why = why
        self.detail = detail

    def at(self, file: str, line: int | None = None) -> Trouble:
        return Trouble(file, line, self.why, self.detail)
