"""Opens the output that a name stands for: lines or a table, on this machine or in a store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from idcard_core.batch.manifest import Row
from idcard_core.batch.output import Output, create_output, resume_output
from idcard_core.batch.places import is_remote
from idcard_core.batch.remote_output import create_remote, parts_folder, resume_remote
from idcard_core.batch.table_output import FORMS, create_table, resume_table, work_path


def open_output(out: str, rows: Iterator[Row], *, resume: bool = False, overwrite: bool = False) -> Output:
    """The output ``out``, begun or, with ``resume``, gone on with: ``rows`` is then advanced past those it has.

    Raises:
        OutputError: it cannot be used as asked.
        OSError: it cannot be read or written.
    """
    form = FORMS.get(os.path.splitext(out)[1].lower())
    if is_remote(out):
        return resume_remote(out, form, rows) if resume else create_remote(out, form, overwrite=overwrite)
    path = Path(out)
    if form is None:
        return resume_output(path, rows) if resume else create_output(path, overwrite=overwrite)
    return resume_table(path, form, rows) if resume else create_table(path, form, overwrite=overwrite)


def answers_so_far(out: str) -> str:
    """Where the answers are while an output is not finished."""
    if is_remote(out):
        return parts_folder(out)
    return out if os.path.splitext(out)[1].lower() not in FORMS else str(work_path(Path(out)))
