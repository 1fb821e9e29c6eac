"""The public way to a figure: the command line, with a store that holds nothing but the release, and the list
of tables as the public can read it, the headers of queries/marts, which are in the repository.

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

from data.foundation import areas, goal_areas, land

ROOT = Path(__file__).parents[3]
PAGES = ROOT / "queries" / "pages"
ASKING = """
import contextlib, io, json, sys
from data.commands import main
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
FOLDER = Path(__file__).parents[3] / "queries" / "marts"


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


@dataclass(frozen=True)
class Listed:
    """A table: key columns, levels of areas, counts, flows, wholes, the total row, moving counts.

    `falls` has the column along which a count is cumulative, `above` counts that lie in others of their row,
    `since` those that lay in another one so many months before.

    `tree` says what each value of the column of the total lies in; empty where all lie in the total.

    `people` has, by count, the column of the exact figures with the people behind it, where rows are counted;
    `bands` the base of each part whose share is told by a band where it is withheld itself.
    `wholes` has, by part, each whole as its table (None: this one), its name, and the kind of the part.
    """

    name: str
    key: tuple[str, ...]
    levels: tuple[str, ...]
    counts: tuple[str, ...]
    flows: frozenset[str]
    wholes: dict[str, tuple[tuple[str | None, str, str], ...]]
    total: tuple[str, str] | None
    tree: dict[str, str]
    moving: frozenset[str]
    sparse: bool
    people: dict[str, str]
    bands: dict[str, str]
    falls: dict[str, str]
    above: tuple[tuple[str, str], ...]
    since: tuple[tuple[str, str, int], ...]

    @property
    def label(self) -> tuple[str, ...]:
        """The key columns besides area and period: what is sensitive."""
        return tuple(each for each in self.key if each not in ("area_code", "period"))


def published_tables() -> dict[str, Listed]:
    """Every table with counts that the public gets."""
    made = (_read(path) for path in sorted(FOLDER.glob("*.sql")))
    return {each.name: each for each in made if each}


def _read(path: Path) -> Listed | None:
    comment = "\n".join(
        line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("--")
    )
    head = dict(re.findall(r"^-- (\w+):\s+((?:.|\n--\s{5,})*)$", comment, re.M))
    head = {name: re.sub(r"\n--\s+", " ", text).strip() for name, text in head.items()}
    if head.get("audience") != "public" or "counts" not in head:
        return None
    words = {name: [each.strip() for each in text.split(",") if each.strip()] for name, text in head.items()}
    counts = tuple(each.split(" of ")[0] for each in words["counts"])
    wholes: dict[str, tuple[tuple[str | None, str, str], ...]] = {}
    for kind in ("parts", "office", "within"):
        for text in words.get(kind, []):
            part, _, whole = text.split(" beside ")[0].partition(" of ")
            other, _, name = whole.rpartition(".")
            wholes[part] = (*wholes.get(part, ()), (other or None, name, kind))
    total = head["total"].split(" = ") if "total" in head else None
    return Listed(
        name=path.stem,
        key=tuple(words["key"]),
        levels=tuple(words.get("levels", areas.LEVELS)),
        counts=counts,
        flows=frozenset(counts if head.get("flows") == "all" else set(words.get("flows", [])) & set(counts)),
        wholes=wholes,
        total=(total[0], total[1]) if total else None,
        tree=goal_areas.parents() if "tree" in head else {},
        moving=frozenset(
            counts if head.get("moving") == "all" else set(words.get("moving", [])) & set(counts)
        ),
        sparse="rows" in head,
        bands={
            part: next(whole for other, whole, kind in wholes[part] if not other and kind != "within")
            for part in words.get("bands", [])
        },
        falls={count: by for count, _, by in (each.partition(" by ") for each in words.get("falls", []))},
        above=tuple(
            (whole, part) for whole, _, part in (each.partition(" over ") for each in words.get("above", []))
        ),
        since=tuple(
            (part, whole, int(months))
            for part, whole, months in (each.replace(" of ", " ").split() for each in words.get("since", []))
        ),
        people={count: of for each in words["counts"] for count, _, of in [each.partition(" of ")] if of},
    )
