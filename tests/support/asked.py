"""A command in a process of its own, as a shell runs it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def command(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """What it printed and how it ended; the store comes from DASHBOARD_STORE."""
    return subprocess.run(
        [sys.executable, "-m", "data", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
