"""The report of an import as a file: JSON for programs, XLSX for the people who repair the rows."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from data import durable
from data.deliveries.imported import Imported
from data.deliveries.noreport import NoReportError, ReportNotWrittenError
from data.deliveries.report import as_json

KINDS = (".json", ".xlsx")


def possible(path: Path) -> None:
    """Raises `NoReportError` before any work is done for a report that can't be written."""
    if path.suffix.lower() not in KINDS or not path.absolute().parent.is_dir():
        raise NoReportError(path)


def write(path: Path, results: Sequence[Imported]) -> None:
    """Write the report of one or several results; what lay there before stays until it is whole."""
    shown = [as_json(each) for each in results]
    text = json.dumps(shown[0] if len(shown) == 1 else shown, ensure_ascii=False, indent=2)
    if path.suffix.lower() == ".json":
        in_one_step(path, lambda beside: beside.write_text(f"{text}\n", encoding="utf-8"))
    else:
        from data.deliveries import repairbook

        in_one_step(path, repairbook.workbook(results).save)


def in_one_step(path: Path, make: Callable[[Path], object]) -> None:
    """Make a file beside its place and move it there. Raises `ReportNotWrittenError`."""
    try:
        with durable.replacing(path) as beside:
            make(beside)
    except OSError as error:
        raise ReportNotWrittenError(path, error.strerror) from error
