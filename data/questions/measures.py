"""The measures: one definition each, from `measures.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data.foundation import languages
from data.foundation.languages import Texts

TEXTS = ("name", "definition", "why", "numerator", "denominator")


@dataclass(frozen=True)
class Measure:
    """One measure. `texts` holds name, definition, why, numerator, denominator, each by language."""

    id: str
    unit: str
    direction: str
    source: str
    texts: Mapping[str, Texts]

    def text(self, what: str, lang: str) -> str:
        """One text in one language, e.g. `text("name", "de")`; empty if the measure has none."""
        return languages.in_one(self.texts[what], lang) if self.texts[what] else ""


@lru_cache(maxsize=1)
def register() -> dict[str, Measure]:
    """Every measure by its id, in the order of the file."""
    tables = tomllib.loads((Path(__file__).parents[1] / "measures.toml").read_text(encoding="utf-8"))
    return {
        name: Measure(
            id=name,
            unit=table["unit"],
            direction=table["direction"],
            source=table["source"],
            texts={what: languages.texts(table, what) for what in TEXTS},
        )
        for name, table in tables.items()
    }
