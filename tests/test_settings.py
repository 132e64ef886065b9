"""Settings: built-in defaults, then the file, then the environment, then arguments; and nothing changes afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from idcard_core.settings import Limits, Settings, settings_file


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty configuration folder, and no setting in the environment."""
    monkeypatch.delenv("IDCARD_CONFIG", raising=False)
    monkeypatch.delenv("IDCARD_ENGINE__NAME", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "idcard").mkdir()
    return tmp_path / "idcard" / "idcard.toml"


def test_defaults_are_those_of_the_contract() -> None:
    limits = Settings().limits
    assert limits == Limits()
    assert limits.base64_bytes == 4 * 1024 * 1024
    assert limits.file_bytes == 20 * 1024 * 1024
    assert (limits.shortest_side_px, limits.longest_side_px) == (15, 4096)
    assert (limits.url_redirects, limits.url_seconds, limits.url_private_addresses) == (3, 10.0, False)
    assert Settings().engine.name == "openvino"


def test_the_file_goes_before_the_defaults(config: Path) -> None:
    config.write_text('[engine]\nname = "paddleocr"\n[limits]\nlongest_side_px = 2000\n', encoding="utf-8")
    settings = Settings()
    assert settings.engine.name == "paddleocr"
    assert settings.limits.longest_side_px == 2000
    assert settings.limits.shortest_side_px == 15  # what the file does not name keeps its default


def test_the_environment_goes_before_the_file(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text("[limits]\nlongest_side_px = 2000\nurl_redirects = 1\n", encoding="utf-8")
    monkeypatch.setenv("IDCARD_LIMITS__LONGEST_SIDE_PX", "3000")
    monkeypatch.setenv("IDCARD_LIMITS__URL_PRIVATE_ADDRESSES", "true")
    limits = Settings().limits
    assert (limits.longest_side_px, limits.url_redirects, limits.url_private_addresses) == (3000, 1, True)


def test_arguments_go_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IDCARD_LIMITS__LONGEST_SIDE_PX", "3000")
    assert Settings(limits=Limits(longest_side_px=100)).limits.longest_side_px == 100


def test_where_the_file_is(config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings_file() == config
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert settings_file() == tmp_path / "home" / ".config" / "idcard" / "idcard.toml"
    named = tmp_path / "named.toml"
    named.write_text("[engine]\nthreads = 3\n", encoding="utf-8")
    monkeypatch.setenv("IDCARD_CONFIG", str(named))
    assert settings_file() == named
    assert Settings().engine.threads == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [("IDCARD_ENGINE__NAME", "tesseract"), ("IDCARD_LIMITS__FILE_BYTES", "many"), ("IDCARD_ENGINE__THREADS", "x")],
)
def test_senseless_values_are_refused(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.parametrize(
    ("part", "name"), [(None, "limits"), (None, "engine"), ("limits", "file_bytes"), ("engine", "name")]
)
def test_settings_are_frozen(part: str | None, name: str) -> None:
    settings = Settings()
    frozen = getattr(settings, part) if part else settings
    with pytest.raises(ValidationError):
        setattr(frozen, name, getattr(frozen, name))


def test_local_files_may_be_larger() -> None:
    limits = Limits(url_redirects=1)
    local = limits.for_local_files()
    assert local.longest_side_px > limits.longest_side_px
    assert local.file_bytes > limits.file_bytes
    assert local.url_redirects == 1
    assert limits == Limits(url_redirects=1)
