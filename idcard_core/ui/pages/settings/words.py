"""Settings in words: which there are, and what a value is to a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from idcard_core.settings import Settings, data_folder
from idcard_core.store.database import FILE
from idcard_core.store.store import PICTURES_FOLDER
from idcard_core.ui.pages.settings.origin import Path_
from idcard_core.ui.strings import Texts

GROUPS: Mapping[str, tuple[Path_, ...]] = {
    "engine": (
        ("engine", "name"),
        ("engine", "threads"),
        ("engine", "device"),
        ("engine", "detection_model"),
        ("engine", "recognition_model"),
    ),
    "store": (
        ("store", "keep_readings"),
        ("store", "retention_days"),
        ("store_key",),
        ("database_url",),
        ("store", "pictures_folder"),
    ),
    "limits": tuple(
        ("limits", name)
        for name in (
            "base64_bytes",
            "file_bytes",
            "document_pages",
            "shortest_side_px",
            "longest_side_px",
            "url_redirects",
            "url_seconds",
            "url_private_addresses",
        )
    ),
    "serve": tuple(
        ("serve", name)
        for name in (
            "workers",
            "queue",
            "body_bytes",
            "recognition_seconds",
            "keys",
            "hosts",
            "cors_origins",
        )
    ),
}
"""By the heading they stand under."""


def key_of(path: Path_) -> str:
    """A setting's name in the settings file: ``engine.name``."""
    return ".".join(path)


def said(settings: Settings, path: Path_, value: object, texts: Texts) -> str:
    """A value as a person reads it; never a key or a password."""
    special: Mapping[Path_, Callable[[], str]] = {
        ("engine", "device"): lambda: str(value).upper(),
        ("store_key",): lambda: texts(f"settings.encrypted.{'no' if value is None else 'yes'}"),
        ("database_url",): lambda: database_of(settings.database_url, texts),
        ("store", "pictures_folder"): lambda: str(value or data_folder() / PICTURES_FOLDER),
        ("store", "retention_days"): lambda: (
            texts("settings.forever") if value is None else texts("settings.days", count=value)
        ),
    }
    return special[path]() if path in special else _plain(path[-1], value, texts)


def database_of(url: str | None, texts: Texts) -> str:
    """Which database, and where: no user, no password, no options."""
    if url is None:
        return f"SQLite · {data_folder() / FILE}"
    try:
        parts = make_url(url)
    except ArgumentError:
        return texts("settings.database.malformed")
    if parts.get_backend_name() == "sqlite":
        return f"SQLite · {parts.database or texts('settings.database.memory')}"
    port = "" if parts.port is None else f":{parts.port}"
    kind = {"postgresql": "PostgreSQL"}.get(parts.get_backend_name(), parts.get_backend_name())
    return f"{kind} · {parts.host or 'localhost'}{port}/{parts.database or ''}"


def bytes_said(count: int) -> str:
    """For people: ``20 MB``, ``1.4 GB``."""
    amount, unit = float(count), "B"
    for larger in ("KB", "MB", "GB", "TB"):
        if amount < 1024:
            break
        amount, unit = amount / 1024, larger
    return f"{amount:.0f} {unit}" if amount >= 10 or amount == int(amount) else f"{amount:.1f} {unit}"


def _plain(name: str, value: object, texts: Texts) -> str:
    if isinstance(value, bool):
        return texts("settings.on" if value else "settings.off")
    if value is None or value == ():
        return texts("settings.unset")
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, int | float):
        return _number(name, value, texts)
    return str(value)


def _number(name: str, value: int | float, texts: Texts) -> str:
    if name in ("threads", "workers") and not value:
        return texts("settings.by_cores")
    if name.endswith("_bytes"):
        return bytes_said(int(value))
    if name.endswith("_seconds"):
        return texts("settings.seconds", count=f"{value:g}")
    return texts("settings.pixels", count=value) if name.endswith("_px") else f"{value:g}"
