"""The demonstration as a first start fills a store, and beside the store the exact counts of its release.

    python -m tests.support.demonstration FOLDER CASES

Nobody attacks it here: the red team does, with all attacks, which has the exact counts for it.
"""

import shutil
import sys
from pathlib import Path
from typing import Any

from data.commands import demo
from data.foundation.settings import Settings
from data.foundation.steps import silent
from tests.support import fixed

SEED = 2018


def truth(store: Path) -> Path:
    """Where the exact counts are."""
    return store.with_name(f"{store.name}-truth.duckdb")


def main(folder: Path, cases: int) -> None:
    """Fill the store in this folder."""

    def keep(release: Path, exact: Path) -> dict[str, Any]:
        shutil.copyfile(exact, truth(folder))
        return {"passed": True, "attacks": []}

    settings = Settings(store=folder, address="localhost", port=0)
    fixed.keys(settings.keys)
    if not demo.fill(settings, cases, SEED, silent, keep):
        sys.exit("the store was filled already")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
