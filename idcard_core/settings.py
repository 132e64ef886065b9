"""One frozen settings object: built-in defaults, then a TOML file, then the environment (``IDCARD_*``)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, SecretStr
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


Device: TypeAlias = Literal["cpu", "gpu"]


class EngineSettings(BaseModel):
    """Which text engine reads, and with what."""

    model_config = ConfigDict(frozen=True)

    name: Literal["openvino", "paddleocr"] = "openvino"
    threads: int = 0
    """Threads a network may use; 0 means one for each core this process may run on."""
    device: Device = "cpu"
    """``gpu``: the text networks run on one, where the engine's runtime knows one; else on the processors."""
    detection_model: str | None = None
    """``paddleocr`` only: a model name PaddleOCR knows, or a model folder. None: the weights that come installed."""
    recognition_model: str | None = None
    """As ``detection_model``, for the recogniser."""


class ServeSettings(BaseModel):
    """The HTTP API: how much it takes on, and from whom."""

    model_config = ConfigDict(frozen=True)

    workers: int = 0
    """Processes that read pictures; 0 means one for each core this process may run on."""
    queue: int = 8
    """Requests that may wait for a worker; any more are refused at once. On two cores they wait about a second."""
    downloads: int = 8
    """Pictures fetched from URLs at once."""
    receiving: int = 64
    """Requests whose bodies are received at once; any more are refused."""
    body_bytes: int = 8 * 2**20
    """Largest body of a request; each picture in it has a limit of its own, ``limits.base64_bytes``."""
    entries: int = 16
    """Most pictures in one request of the old form."""
    receive_seconds: float = 60.0
    """For a whole body."""
    stall_seconds: float = 10.0
    """For the headers of a request, and between two pieces of its body."""
    recognition_seconds: float = 15.0
    """For one picture in a worker, which is then stopped and replaced."""
    worker_memory_bytes: int = 2 * 2**30
    """Most that a picture may take in a worker, beside the networks."""
    stop_seconds: float = 30.0
    """For finishing what is being read when the server is told to end."""
    hosts: tuple[str, ...] = ()
    """Host names under which the API may be called, beside ``localhost``, this machine's own name and any address."""
    cors_origins: tuple[str, ...] = ()
    """Web pages, by origin, whose scripts may call the API: ``https://example.com``."""
    keys: bool = False
    """Whether a call needs a key: ``Authorization: APPCODE <key>``."""


class StoreSettings(BaseModel):
    """What is remembered of readings and reviews, where, and for how long."""

    model_config = ConfigDict(frozen=True)

    keep_readings: bool = False
    """Whether readings are kept beyond their session; what is sent to review or labelled is always kept."""
    retention_days: int | None = Field(default=None, ge=1)
    """After which a purge removes readings, and review items that nobody touched since; None: never. Labelled sets and
    runs stay until somebody deletes them."""
    pictures_folder: Path | None = None
    """For the pictures of review items and labelled sets, shared by a team that shares a database; None: ``pictures``
    in the data folder."""


def data_folder() -> Path:
    """Where this program keeps what it remembers: ``$IDCARD_DATA``, else ``idcard`` under the user's data folder."""
    if named := os.environ.get("IDCARD_DATA"):
        return Path(named)
    base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "idcard"


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
    serve: ServeSettings = Field(default_factory=ServeSettings)
    store: StoreSettings = Field(default_factory=StoreSettings)
    store_key: SecretStr | None = None
    """What pictures and values are encrypted with, 32 random bytes in base64; None: they are kept in clear."""
    database_url: str | None = None
    """Where everything is kept, as SQLAlchemy writes it; None: an SQLite file in the data folder."""

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

    def with_threads(self, threads: int) -> Settings:
        """These settings with so many ``threads`` for the networks, unless they say themselves how many."""
        engine = self.engine.model_copy(update={"threads": self.engine.threads or threads})
        return self.model_copy(update={"engine": engine})
