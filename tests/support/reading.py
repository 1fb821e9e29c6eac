"""A reader in a process of its own: asks the two questions of one page until a file says stop.

    python -m tests.reading STOP_FILE PAGES_FILE

The store comes from DASHBOARD_STORE. PAGES_FILE has a byte per page that was read. Prints every fault, then
how often it asked.
"""

import sys
import time
from pathlib import Path

from data import publish
from data.access.rights import COMMAND
from data.publish import ask
from data.questions.filters import Filters
from data.releases import preview


def main(stop: Path, pages: Path) -> None:
    """Ask until the file is there."""
    answers = 0
    while not stop.exists():
        try:
            edition = publish.edition(COMMAND).version
            filters = Filters(area_code="08421000", period="2018-Q1", edition=edition)
            plans = ask("goals/plans", filters, COMMAND)
            cases = ask("caseload/by_period", filters, COMMAND)
            if plans.edition != cases.edition or plans.cell("active_cases") != cases.cell("active_cases"):
                print("a page mixed two versions")
            preview._answer.cache_clear()
            answers += 1
        except Exception as error:
            print(repr(error))
        with pages.open("ab") as read:
            read.write(b".")
        time.sleep(0.02)  # for the build that it reads beside
    print(answers)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
