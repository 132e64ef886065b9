"""Streamlit's settings that a stranger's first start depends on."""

import sys
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CONFIG = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        pytest.param("server", "address", "127.0.0.1", id="this machine only"),
        pytest.param("server", "showEmailPrompt", False, id="no question that keeps the server from starting"),
        pytest.param("browser", "gatherUsageStats", False, id="no usage statistics"),
    ],
)
def test_settings(section, name, value):
    assert CONFIG[section][name] == value
