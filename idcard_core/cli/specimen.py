"""``idcard specimen``: fictional cards, photographed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def specimen(
    out: Annotated[Path, typer.Option(help="Folder for the pictures and their labels.jsonl.", file_okay=False)],
    count: Annotated[int, typer.Option(min=1, help="How many pictures.")] = 100,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same pictures.")] = 0,
) -> None:
    """Make pictures of fictional cards, with labels."""
    from idcard_core.specimen.make import make_specimens

    make_specimens(out, count, seed)
