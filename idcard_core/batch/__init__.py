"""Many pictures in one go: a manifest of JSON lines in, the same lines with their answers out."""

from idcard_core.batch.manifest import Row, count_rows, read_rows
from idcard_core.batch.output import Output, OutputError, create_output, resume_output, stream_output
from idcard_core.batch.run import BatchReader, Tally, run_batch

__all__ = [
    "BatchReader",
    "Output",
    "OutputError",
    "Row",
    "Tally",
    "count_rows",
    "create_output",
    "read_rows",
    "resume_output",
    "run_batch",
    "stream_output",
]
