"""The public way to a figure: the command line, with a store that holds nothing but the release.

One process answers all the questions of a run, for its start takes longer than all its answers.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.foundation import land

ROOT = Path(__file__).parents[3]
PAGES = ROOT / "queries" / "pages"
ASKING = """
import contextlib, io, json, sys
from data.__main__ import main
for question in sys.stdin:
    arguments = json.loads(question)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main(arguments)
        except SystemExit as left:
            code = left.code
        except Exception as error:
            code = repr(error)
    print(json.dumps([code, out.getvalue(), err.getvalue()]), flush=True)
"""


@dataclass(frozen=True)
class Answer:
    """Exit code (or the exception), what was printed, and what was complained of."""

    code: int | str
    out: str
    err: str


Public = Callable[[Sequence[Sequence[str]]], list[Answer]]


def question(name: str) -> tuple[str, dict[str, str]]:
    """The statement of a question as it lies in the repository, and what its header says."""
    sql = land.filled((PAGES / f"{name}.sql").read_text(encoding="utf-8"))
    comment = "\n".join(line for line in sql.splitlines() if line.startswith("--"))
    head = dict(re.findall(r"^-- (\w+):\s+((?:.|\n--\s{5,})*)$", comment, re.M))
    return sql, {key: re.sub(r"\n--\s+", " ", text).strip() for key, text in head.items()}


def questions(audience: str) -> list[str]:
    """The names of all questions of these readers."""
    every = sorted(str(path.relative_to(PAGES).with_suffix("")) for path in PAGES.rglob("*.sql"))
    return [name for name in every if question(name)[1].get("audience", "public") == audience]


@contextmanager
def opened(release: Path) -> Iterator[Public]:
    """Whoever answers as `python -m data ask …` does: to each of these arguments, one after the other."""
    with tempfile.TemporaryDirectory(prefix="red-team-") as folder:
        _publish(release, Path(folder))
        with subprocess.Popen(  # noqa: S603 - this program, with arguments that are written above
            [sys.executable, "-c", ASKING],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={
                "DASHBOARD_STORE": folder,
                "DASHBOARD_LAND": str(land.folder()),
                "PATH": "/usr/bin:/bin",
                "LC_ALL": "C.UTF-8",
            },
            encoding="utf-8",
        ) as process:
            written = iter(process.stdout or ())

            def asked(questions: Sequence[Sequence[str]]) -> list[Answer]:
                return [_answer(process, written, question) for question in questions]

            yield asked


def _answer(process: "subprocess.Popen[str]", written: Iterator[str], question: Sequence[str]) -> Answer:
    print(json.dumps(["ask", *question]), file=process.stdin, flush=True)
    line = next(written, "")
    if not line:
        raise subprocess.CalledProcessError(process.wait(), ["ask", *question])
    return Answer(*json.loads(line))


def _publish(release: Path, store: Path) -> None:
    """Make a store of the release alone, which has served for long."""
    with duckdb.connect(str(release), read_only=True) as connection:
        ((name,),) = connection.execute("select release from marts.edition").fetchall()
    (store / "releases" / name).mkdir(parents=True)
    (store / "releases" / name / "release.duckdb").symlink_to(release.resolve())
    long_ago = "2000-01-01T00:00:00+00:00"
    entry = {"name": name, "created_at": long_ago, "serves_from": long_ago}
    (store / "releases" / "published.json").write_text(json.dumps([entry]), encoding="utf-8")
