"""Many pictures in one go: rows in, the same rows with their answers out, whatever is killed meanwhile."""

from idcard_core.batch.csv_rows import InputError
from idcard_core.batch.inputs import Input, open_input, pipe_input
from idcard_core.batch.manifest import Row, count_rows, read_rows
from idcard_core.batch.output import Output, OutputError, create_output, resume_output, stream_output
from idcard_core.batch.outputs import answers_so_far, open_output
from idcard_core.batch.reader import BatchReader
from idcard_core.batch.run import Tally, run_batch

__all__ = [
    "BatchReader",
    "Input",
    "InputError",
    "Output",
    "OutputError",
    "Row",
    "Tally",
    "answers_so_far",
    "count_rows",
    "create_output",
    "open_input",
    "open_output",
    "pipe_input",
    "read_rows",
    "resume_output",
    "run_batch",
    "stream_output",
]
