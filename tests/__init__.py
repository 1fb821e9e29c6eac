"""All tests. Each process that runs a part of them begins to import at another place than the others.

A fresh clone is compiled by whoever imports it first, libraries too. Processes that begin together and import
the same in the same order compile all of it once each; from different places, each compiles its share.
"""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

# The libraries with most lines, among what tests import anyway.
LARGE = (
    "pandas",
    "scipy.optimize",
    "streamlit",
    "plotly.graph_objects",
    "playwright.sync_api",
    "sqlglot",
    "faker",
    "hypothesis.strategies",
    "rdflib",
    "openpyxl",
    "pydantic",
    "frictionless",
)


def turned(names: Sequence[str]) -> list[str]:
    """The names from another one on in each process of pytest; in the order that they have if it is alone."""
    process = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    at = len(names) * int(process) // int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    return [*names[at:], *names[:at]]


if "_pytest" in sys.modules:
    gc.disable()  # until all is collected, see `tests.conftest`: what is imported stays

# Not in what a test starts, which inherits the number of its process.
if "PYTEST_XDIST_WORKER" in os.environ and "_pytest" in sys.modules:
    for library in turned(LARGE):
        import_module(library)
