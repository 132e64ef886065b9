"""One frozen settings object: built-in defaults, then a TOML file, then the environment (``IDCARD_*``)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)


class Limits(BaseModel):
    """Bounds on untrusted pictures. The defaults are those of the wire contract."""

    model_config = ConfigDict(frozen=True)

    base64_bytes: int = 4 * 2**20
    """Longest base64 string (as sent, after url-decoding), bytes."""
    file_bytes: int = 20 * 2**20
    """Largest encoded picture from a file or a URL, bytes."""
    document_pages: int = 50
    """Most pages of a PDF or TIFF; one that has more is not read at all."""
    shortest_side_px: int = 15
    longest_side_px: int = 4096
    url_redirects: int = 3
    url_seconds: float = 10.0
    """For the whole download: look-up, connection, redirects and body together."""
    url_private_addresses: bool = False
    """Allow URLs that lead to loopback, private or link-local addresses. For operators on a closed network only."""

    def for_local_files(self) -> Limits:
        """The same limits for a person's own files, which may come from a camera of more than 4096 px a side."""
        return self.model_copy(update={"longest_side_px": 16384, "file_bytes": 64 * 2**20})


class EngineSettings(BaseModel):
    """Which text engine reads, and with what."""

    model_config = ConfigDict(frozen=True)

    name: Literal["openvino", "paddleocr"] = "openvino"
    threads: int = 0
    """Threads a network may use; 0 means one for each core this process may run on."""
    detection_model: str | None = None
    """``paddleocr`` only: a model name PaddleOCR knows, or a model folder. None: the weights that come installed."""
    recognition_model: str | None = None
    """As ``detection_model``, for the recogniser."""


def settings_file() -> Path:
    """The settings file: ``$IDCARD_CONFIG``, else ``idcard.toml`` under the user's configuration folder."""
    if named := os.environ.get("IDCARD_CONFIG"):
        return Path(named)
    base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "idcard" / "idcard.toml"


class Settings(BaseSettings):
    """All settings. Environment names nest with two underscores, for example ``IDCARD_ENGINE__NAME=paddleocr``."""

    model_config = SettingsConfigDict(env_prefix="IDCARD_", env_nested_delimiter="__", frozen=True, extra="ignore")

    engine: EngineSettings = Field(default_factory=EngineSettings)
    limits: Limits = Field(default_factory=Limits)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order of precedence: arguments, environment, file, defaults."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, settings_file())
