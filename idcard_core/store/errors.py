"""Every error the store raises by itself; what a database or a disk says goes through as it is.

    StoreError
    ├── SealError              what is kept cannot be opened, or must not be written
    │   ├── KeyMalformed         the key is no key
    │   ├── KeyMissing           what is kept is sealed and no key is given
    │   ├── KeyWrong             it was sealed by another key
    │   ├── KeyUnexpected        a key is given and what is kept is in clear
    │   └── Damaged              the key is right and the value or picture is not what was kept
    ├── Conflict               somebody else has been there since
    ├── NothingToUndo
    ├── NotKept                there is no such thing in the store, or no longer
    └── StillInUse             deleted, but traces may be on the disk while others use the database

No message ever carries a value, a number, a file's name or a key.
"""

from __future__ import annotations

from datetime import datetime


class StoreError(Exception):
    """Base of all."""


class SealError(StoreError):
    """What is kept cannot be opened, or must not be written, with the key that is given."""


class KeyMalformed(SealError):
    def __init__(self) -> None:
        super().__init__("IDCARD_STORE_KEY is no key: it must be 32 random bytes in base64, 44 characters")


class KeyMissing(SealError):
    def __init__(self) -> None:
        super().__init__("what is kept is encrypted: IDCARD_STORE_KEY must be set to its key")


class KeyWrong(SealError):
    def __init__(self) -> None:
        super().__init__("IDCARD_STORE_KEY is not the key that what is kept was encrypted with")


class KeyUnexpected(SealError):
    def __init__(self) -> None:
        super().__init__(
            "IDCARD_STORE_KEY is set, but what is kept is not encrypted: unset it, or begin an empty store"
        )


class Damaged(SealError):
    """A value or a picture is not what was kept."""

    def __init__(self, what: str) -> None:
        super().__init__(f"damaged on the disk, or kept by another program: {what}")


class Conflict(StoreError):
    """Somebody else changed the thing after it was shown: ``seen`` is the version it was shown in.

    ``version``, ``by`` and ``time`` are those of the latest change.
    """

    def __init__(self, seen: int, version: int, by: str, time: datetime) -> None:
        super().__init__(f"changed by somebody else: made on version {seen}, and there is version {version}")
        self.seen = seen
        self.version = version
        self.by = by
        self.time = time


class NothingToUndo(StoreError):
    def __init__(self) -> None:
        super().__init__("there is nothing to undo")


class NotKept(StoreError):
    """``what`` is not in the store."""

    def __init__(self, what: str) -> None:
        super().__init__(f"not kept, or no longer: {what}")


class StillInUse(StoreError):
    def __init__(self) -> None:
        super().__init__("deleted, but others use the database: traces may stay on the disk until the next purge")
