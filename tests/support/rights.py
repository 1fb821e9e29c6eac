"""The table of `docs/security.md`: who may do what, as tests try it cell by cell."""

import re
from dataclasses import dataclass
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "security.md"
GRANTS = {
    "nobody": (),
    "reader": (("read", "08421"),),
    "sender": (("send", "amt-a"),),
    "publisher": (("publish", ""),),
    "administrator": (("administer", ""),),
    "auditor": (("audit", ""),),
    "press": (("press", ""),),
}


@dataclass(frozen=True)
class Cell:
    """Whether somebody with one right may do one thing: `yes`, `no`, or `own` for what they answer for."""

    what: str
    role: str
    may: str

    def allows(self, *, own: bool) -> bool:
        """Whether it is theirs to do: for what they answer for, or for what others do."""
        return self.may == "yes" or (self.may == "own" and own)


def cells(kind: str) -> list[Cell]:
    """Every cell of the rows of this kind."""
    found = []
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if line.startswith(f"| {kind} | "):
            _, what, *may = (each.strip() for each in line.strip("| ").split("|"))
            assert len(may) == len(GRANTS), line
            assert set(may) <= {"yes", "no", "own"}, line
            found += [Cell(what, role, cell) for role, cell in zip(GRANTS, may, strict=True)]
    return found


def commands() -> set[str]:
    """The commands that the document names."""
    text = DOCUMENT.read_text(encoding="utf-8").partition("| name | about |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([a-z, ]+) \|", text, re.M)
    return {name for row in rows for name in row.split(", ")}
