"""The public way to a figure: the command line, with a store that holds nothing but the release."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[3]
ASKING = """
import contextlib, io, json, sys
from data.__main__ import main
for arguments in json.load(sys.stdin):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as left:
            code = left.code
        except Exception as error:
            code = repr(error)
    print(json.dumps([code, out.getvalue(), err.getvalue()]))
"""


@dataclass(frozen=True)
class Answer:
    """Exit code (or the exception), what was printed, and what was complained of."""

    code: int | str
    out: str
    err: str


def asked(release: Path, questions: Sequence[Sequence[str]]) -> list[Answer]:
    """The answers of `python -m data ask …` to each of these arguments, in one process."""
    with tempfile.TemporaryDirectory(prefix="red-team-") as folder:
        store = Path(folder)
        with duckdb.connect(str(release), read_only=True) as connection:
            ((name,),) = connection.execute("select release from marts.edition").fetchall()
        (store / "releases" / name).mkdir(parents=True)
        (store / "releases" / name / "release.duckdb").symlink_to(release.resolve())
        long_ago = "2000-01-01T00:00:00+00:00"
        entry = {"name": name, "created_at": long_ago, "serves_from": long_ago}
        (store / "releases" / "published.json").write_text(json.dumps([entry]), encoding="utf-8")
        done = subprocess.run(  # noqa: S603 - this program, with arguments that are written above
            [sys.executable, "-c", ASKING],
            input=json.dumps([["ask", *question] for question in questions]),
            cwd=ROOT,
            env={"DASHBOARD_STORE": str(store), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            check=True,
            capture_output=True,
            text=True,
        )
    return [Answer(*json.loads(line)) for line in done.stdout.splitlines()]
