"""``idcard demo``: the dashboard."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from idcard_core.cli.console import complain

SCRIPT = Path(__file__).resolve().parents[2] / "streamlit_app.py"
"""The dashboard's script, at the top of the checkout."""


def demo(
    port: Annotated[int, typer.Option(help="Port to listen on, on this machine only.")] = 8501,
    browser: Annotated[bool, typer.Option(help="Open the dashboard in the browser.")] = True,
) -> None:
    """Start the dashboard in the browser."""
    if not SCRIPT.is_file():
        complain("the dashboard's script, streamlit_app.py, is not there: run this from a checkout of the project")
        raise typer.Exit(1)
    # Streamlit finds its settings, .streamlit/config.toml, in the working directory.
    os.chdir(SCRIPT.parent)
    settings = ["--server.address=127.0.0.1", f"--server.port={port}", f"--server.headless={str(not browser).lower()}"]
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", SCRIPT.name, *settings])
