"""Where each setting's value comes from, and how to write another one: as a line of TOML, or for the environment.

Nothing is written from the page: whoever can open it is not thereby allowed to change what the machine does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic_settings import EnvSettingsSource, TomlConfigSettingsSource

from idcard_core.settings import Settings, settings_file

Path_ = tuple[str, ...]
"""A setting's place: ``("engine", "name")``."""
EXAMPLES: Mapping[Path_, object] = {
    ("engine", "detection_model"): "PP-OCRv5_mobile_det",
    ("engine", "recognition_model"): "PP-OCRv5_mobile_rec",
    ("store", "retention_days"): 90,
    ("store", "pictures_folder"): "/srv/idcard/pictures",
    ("database_url",): "postgresql+psycopg://idcard@db.example/idcard",
    ("serve", "hosts"): ["ocr.example.com"],
    ("serve", "cors_origins"): ["https://example.com"],
}
"""What is written where the value itself says nothing."""
SECRET: Path_ = ("store_key",)


class Origin(str, Enum):
    """Who has set a value."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True)
class Sources:
    """What file and environment say, nested as in the settings."""

    file: Mapping[str, Any]
    environment: Mapping[str, Any]

    def origin(self, path: Path_) -> Origin:
        """The environment goes before the file."""
        if _has(self.environment, path):
            return Origin.ENVIRONMENT
        return Origin.FILE if _has(self.file, path) else Origin.DEFAULT


def read_sources() -> Sources:
    """As they are now; a file that cannot be understood counts as none."""
    try:
        file = TomlConfigSettingsSource(Settings, settings_file())()
    except (OSError, ValueError):
        file = {}
    return Sources(file, EnvSettingsSource(Settings)())


def changed_since(running: Settings) -> bool | None:
    """Whether a start now would give other settings than the ``running`` ones; None where it would fail."""
    try:
        return Settings() != running
    except (OSError, ValueError):  # pydantic's errors and those of TOML are ValueErrors
        return None


def value_of(settings: Settings, path: Path_) -> object:
    """The value at ``path``."""
    value: object = settings
    for name in path:
        value = getattr(value, name)
    return value


def toml_line(path: Path_, value: object) -> str:
    """What to write into the settings file, with the heading it belongs under."""
    *section, name = path
    head = [f"[{'.'.join(section)}]"] if section else []
    return "\n".join([*head, f"{name} = {_toml(_example(path, value))}"])


def environment_line(path: Path_, value: object) -> str:
    """What to set in the environment."""
    written = _example(path, value)
    text = written if isinstance(written, str) else json.dumps(written)
    return f"{environment_name(path)}={text}"


def environment_name(path: Path_) -> str:
    return f"IDCARD_{'__'.join(path).upper()}"


def _example(path: Path_, value: object) -> object:
    may_hold_password = path == ("database_url",)
    if path in EXAMPLES and (value is None or value == () or may_hold_password):
        return EXAMPLES[path]
    if isinstance(value, Path):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _toml(value: object) -> str:
    """Numbers, switches, texts and lists of texts are written alike in JSON and TOML."""
    return json.dumps(value, ensure_ascii=False)


def _has(nested: Mapping[str, Any], path: Sequence[str]) -> bool:
    found: Any = nested
    for name in path:
        if not isinstance(found, Mapping) or name not in found:
            return False
        found = found[name]
    return True
