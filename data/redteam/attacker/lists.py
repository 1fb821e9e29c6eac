"""The list of tables as the public can read it: the headers of queries/marts, which are in the repository."""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "queries" / "marts"
# Sets of counts that divide another count without rest, as everybody can read in the definitions.
DIVISIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "goals": {"agreed": ("attained", "missed", "undecided")},
    "cases": {"opened": ("planned_from_start", "not_planned_from_start")},
}


@dataclass(frozen=True)
class Listed:
    """A table: key columns, counts with the column of people, flows, wholes, the total row, moving counts."""

    name: str
    key: tuple[str, ...]
    counts: dict[str, str]
    flows: frozenset[str]
    wholes: dict[str, tuple[str | None, str, bool]]
    sums: dict[str, tuple[str, str]]
    total: tuple[str, str] | None
    moving: frozenset[str]
    sparse: bool

    @property
    def added(self) -> frozenset[str]:
        """Counts that are added up from two released ones, and the people behind them: no new evidence."""
        return frozenset([*self.sums, *(self.counts[name] for name in self.sums)])

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
    counts = {each.split(" of ")[0]: each.split(" of ")[-1] for each in words["counts"]}
    wholes = {}
    for line in ("parts", "within"):
        for text in words.get(line, []):
            part, _, whole = text.partition(" of ")
            other, _, name = whole.rpartition(".")
            wholes[part] = (other or None, name, line == "parts")
    total = head["total"].split(" = ") if "total" in head else None
    return Listed(
        name=path.stem,
        key=tuple(words["key"]),
        counts=counts,
        flows=frozenset(counts if head.get("flows") == "all" else words.get("flows", [])),
        wholes=wholes,
        sums={
            name: (left, right)
            for name, left, right in re.findall(r"(\w+) = (\w+) \+ (\w+)", head.get("sums", ""))
        },
        total=(total[0], total[1]) if total else None,
        moving=frozenset(counts if head.get("moving") == "all" else words.get("moving", [])),
        sparse="rows" in head,
    )
