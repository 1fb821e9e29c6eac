"""`python -m data ask QUERY name=value …`: what a page would show, through the same door."""

import argparse
import csv
import json
import sys
from datetime import date
from decimal import Decimal
from typing import Any

from data.access.rights import COMMAND, PUBLIC
from data.disclosure.bands import Band
from data.disclosure.published import Cell, Gap, Published
from data.foundation.errors import DashboardError
from data.foundation.languages import counted
from data.publish import ask
from data.questions import catalogue
from data.questions.filters import NAMES, Filters

# Whoever runs a command can read the files of the store anyway.
READERS = {"public": PUBLIC, "internal": COMMAND}
INTERNAL = "INTERN, NICHT ZUR VERÖFFENTLICHUNG: genaue Zahlen"


class BadChoiceError(DashboardError):
    """An argument that is no filter."""

    exit_code = 2

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is no choice. Write name=value with a name of {', '.join(NAMES)}.")


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("ask", help="answer one question as a page would; without one, list all")
    parser.add_argument("query", nargs="?", help="for example caseload/by_period")
    parser.add_argument("choices", nargs="*", metavar="name=value", help=f"filters: {', '.join(NAMES)}")
    parser.add_argument("--audience", choices=list(READERS), default="public")
    written = parser.add_mutually_exclusive_group()
    written.add_argument("--format", choices=["table", "csv", "json"], default="table")
    written.add_argument("--json", action="store_const", const="json", dest="format", help="as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the answer, or the list of questions."""
    if args.query is None:
        _list(args.format)
        return 0
    answer = ask(args.query, _filters(args.choices), READERS[args.audience])
    if answer.edition.internal and args.format != "json":
        print(INTERNAL)  # it goes where the figures go: into the file, the mail, the paper
    {"table": _table, "csv": _csv, "json": _json}[args.format](answer)
    return 0


def _list(written: str) -> None:
    every = {name: catalogue.query(name) for name in catalogue.names()}
    if written == "json":
        shown = [
            {"query": name, "title": question.title, "params": question.params}
            for name, question in every.items()
        ]
        print(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    for name, question in every.items():
        print(f"{name:32} {question.title}")
        print(f"{'':32} params: {', '.join(question.params) or 'none'}")


def _filters(choices: list[str]) -> Filters:
    chosen: dict[str, str] = {}
    for text in choices:
        name, equals, value = text.partition("=")
        if not equals or name not in NAMES:
            raise BadChoiceError(text)
        chosen[name] = value
    return Filters(**chosen)


def _text(cell: Cell) -> str:
    if isinstance(cell, Gap):
        return cell.value
    if isinstance(cell, Band):
        return f"{cell.low:g} to {cell.high:g}"
    if isinstance(cell, float):
        return f"{cell:.6g}"
    return "" if cell is None else str(cell)


def _table(answer: Published) -> None:
    rows = [answer.names, *(tuple(_text(cell) for cell in row) for row in answer.rows)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(answer.names))]
    for row in rows:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())
    print(f"{counted(len(answer), 'row')}, version {answer.edition.version}", file=sys.stderr)


def _csv(answer: Published) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(answer.names)
    writer.writerows([_text(cell) for cell in row] for row in answer.rows)


def _json(answer: Published) -> None:
    edition = answer.edition
    print(
        json.dumps(
            {
                **({"notice": INTERNAL} if edition.internal else {}),
                "query": answer.query,
                "version": edition.version,
                "as_of": str(edition.as_of),
                "synthetic": edition.synthetic,
                "measures": answer.measures,
                "rows": [{name: _plain(cell) for name, cell in row.items()} for row in answer],
            },
            ensure_ascii=False,
            indent=2,
        )
    )


def _plain(cell: Cell) -> Any:
    if isinstance(cell, Gap):
        return cell.name.lower()
    if isinstance(cell, Band):
        return {"from": cell.low, "to": cell.high}
    if isinstance(cell, Decimal):
        return float(cell)
    return str(cell) if isinstance(cell, date) else cell
