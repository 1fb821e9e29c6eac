"""The measures: one definition each, from `measures.toml`."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True)
class Measure:
    """One measure. `texts` holds name, definition, why, numerator, denominator with suffix _de and _en."""

    id: str
    unit: str
    direction: str
    source: str
    texts: dict[str, str]

    def text(self, what: str, lang: str) -> str:
        """One text in one language, e.g. `text("name", "de")`; empty if the measure has none."""
        return self.texts.get(f"{what}_{lang}", "")


@lru_cache(maxsize=1)
def register() -> dict[str, Measure]:
    """Every measure by its id, in the order of the file."""
    tables = tomllib.loads((Path(__file__).parent / "measures.toml").read_text(encoding="utf-8"))
    return {
        name: Measure(
            id=name,
            unit=table["unit"],
            direction=table["direction"],
            source=table["source"],
            texts={key: value for key, value in table.items() if key[-3:] in ("_de", "_en")},
        )
        for name, table in tables.items()
    }
