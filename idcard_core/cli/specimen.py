"""``idcard specimen``: fictional cards, photographed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from idcard_core.cli.console import complain


def specimen(
    out: Annotated[Path, typer.Option(help="Folder for the pictures and their labels.jsonl.", file_okay=False)],
    count: Annotated[int, typer.Option(min=1, help="How many pictures.")] = 100,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same pictures.")] = 0,
) -> None:
    """Make pictures of fictional cards, with labels."""
    from idcard_core.cli.progress import progress_bar
    from idcard_core.specimen.fonts import FontsMissingError
    from idcard_core.specimen.make import make_specimens

    try:
        with progress_bar(count) as advance:
            make_specimens(out, count, seed, progress=lambda _done, _count: advance())
    except FontsMissingError as error:
        complain(str(error))
        raise typer.Exit(1) from error
    except OSError as error:
        complain(f"{error.filename or out}: {error.strerror or error}")
        raise typer.Exit(1) from error
    complain(f"{count} pictures and their labels are in {out}")
