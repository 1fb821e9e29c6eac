"""What the README promises is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_make_targets_it_names_exist():
    named = set(re.findall(r"(?:^ {4}|`)make ([a-z-]+)", README, re.M))
    defined = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert {"run", "test"} <= named <= defined


@pytest.mark.parametrize("command", sorted(set(re.findall(r"python -m data (\w+)", README))))
def test_the_commands_it_names_exist(command):
    done = subprocess.run(
        [sys.executable, "-m", "data", command, "--help"], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_files_it_links_to_exist():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="without git nobody knows what belongs to it")
def test_no_host_of_a_package_registry_is_written_anywhere():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    wrong = re.compile(r"pypi[.]org|pythonhosted[.]|registry[.]npmjs")
    for name in tracked.splitlines():
        path = ROOT / name
        if (
            path.suffix in (".py", ".md", ".toml", ".txt", ".in", ".sql", ".json", ".css", "")
            and path.exists()
        ):
            assert not wrong.search(path.read_text(encoding="utf-8")), name
