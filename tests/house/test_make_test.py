"""Where `make test` lets the tests write: in memory if there is room, and nothing of it is left."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MEMORY = Path("/dev/shm")


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """Programs in place of those that test and lint, which only write where they are told to."""
    folder = tmp_path / "tools"
    folder.mkdir()
    program(folder / "linted", "exit 0")
    program(folder / "chromium", "exit 0")
    program(folder / "pytest", f'echo "$TMPDIR" > {tmp_path}/said; touch "$TMPDIR/left"')
    return folder


def program(path: Path, does: str) -> None:
    path.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    path.chmod(0o755)


def made(tools: Path, room: int) -> tuple[int, Path]:
    """How `make test` ended where there is this much room in memory, in kB; and where its tests wrote."""
    program(tools / "df", f"echo '{MEMORY} 0 0 {room} 0% {MEMORY}'")
    program(tools / "awk", f'[ $# -gt 1 ] && echo 8000000 || exec {shutil.which("awk")} "$@"')  # what is left
    done = subprocess.run(
        ["make", "-o", ".venv/test", "test", f"BIN={tools}", f"MAKE={tools / 'linted'}"],
        cwd=ROOT,
        env=os.environ | {"PATH": f"{tools}:{os.environ['PATH']}", "TMPDIR": str(tools.parent)},
        capture_output=True,
    )
    return done.returncode, Path((tools.parent / "said").read_text(encoding="utf-8").strip())


@pytest.mark.skipif(not MEMORY.is_dir(), reason="there is no memory that looks like a disk")
def test_what_tests_write_is_in_memory_and_gone_afterwards(tools):
    code, folder = made(tools, 3_000_000)
    assert code == 0
    assert folder.parent == MEMORY
    assert not folder.exists()


@pytest.mark.parametrize("lacking", ["room", "programs"])
def test_where_there_is_no_room_or_no_program_runs_it_is_on_the_disk_and_gone_too(tools, tmp_path, lacking):
    program(tools / "pytest", f'echo "$TMPDIR" > {tmp_path}/said; touch "$TMPDIR/left"; exit 1')
    if lacking == "programs":
        program(tools / "chmod", "exit 0")
    code, folder = made(tools, 65_536 if lacking == "room" else 3_000_000)
    assert code == 2
    assert folder.parent == tmp_path
    assert not folder.exists()
