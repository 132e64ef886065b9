"""Runs a command with everything beyond this machine refused and recorded, in Python and, where allowed, below it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
CHECKOUT = FOLDER.parents[1]


@dataclass(frozen=True)
class Guarded:
    """How a guarded command ended, and what it tried to reach."""

    returncode: int
    stdout: str
    stderr: str
    attempts: tuple[str, ...]


@lru_cache
def namespace_refusal() -> str | None:
    """Why this machine does not let the guard see packets, or None where it does."""
    probe = [sys.executable, "-c", "import namespace; namespace.enter(); namespace.open_sniffer().close()"]
    done = subprocess.run(probe, cwd=FOLDER, capture_output=True, text=True, timeout=60, check=False)
    return None if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


def run_guarded(
    command: Sequence[str], folder: Path, *, settings: Mapping[str, str] | None = None, timeout: float = 240
) -> Guarded:
    """Run ``command`` with ``folder`` as working directory, an empty home, and ``settings`` in its environment."""
    log, home = folder / "attempts.jsonl", folder / "home"
    log.touch()
    home.mkdir(exist_ok=True)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "IDCARD_"))},
        "HOME": str(home),
        "PYTHONPATH": os.pathsep.join([str(FOLDER), str(CHECKOUT)]),
        "OFFLINE_GUARD_LOG": str(log),
        **(settings or {}),
    }
    within = [] if namespace_refusal() else [sys.executable, str(FOLDER / "namespace.py"), str(log)]
    done = subprocess.run(
        [*within, *command], cwd=folder, env=environment, capture_output=True, text=True, timeout=timeout, check=False
    )
    attempts = tuple(_told(json.loads(line)) for line in log.read_text().splitlines())
    return Guarded(done.returncode, done.stdout, done.stderr, attempts)


def _told(attempt: Mapping[str, Any]) -> str:
    return " ".join([f"{attempt['layer']}: {attempt['target']}", *attempt.get("frames", [])])
