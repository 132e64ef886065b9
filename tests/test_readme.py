"""The README's examples do what they say, on a shipped specimen."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from idcard_core.specimen import shipped_samples

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
CONSOLE = [line[2:] for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]


@pytest.fixture
def folder(tmp_path):
    """A folder with ``card.jpg`` and a manifest that names it."""
    shutil.copy(shipped_samples()[0].path, tmp_path / "card.jpg")
    row = {"image": "card.jpg", "id_card_side": "front", "note": "kept"}
    (tmp_path / "manifest.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return tmp_path


def _run(command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


def test_there_are_examples():
    assert len(PYTHON) == 2
    assert len(CONSOLE) == 4


@pytest.mark.parametrize("example", PYTHON, ids=["reader", "contract"])
def test_python_examples_run(example, folder):
    done = _run([sys.executable, "-c", example], folder)
    assert done.returncode == 0, done.stderr
    assert "normal" in done.stdout


@pytest.mark.parametrize("example", CONSOLE)
def test_command_line_examples_run(example, folder):
    program, *arguments = shlex.split(example)
    assert program == "idcard"
    done = _run([sys.executable, "-m", "idcard_core.cli", *arguments], folder)
    assert done.returncode == 0, done.stderr
    if "batch" in arguments:
        row = json.loads((folder / "answers.jsonl").read_text(encoding="utf-8"))
        assert row["note"] == "kept"
        assert row["response"]["image_status"] == "normal"
