"""Every file of every page: it loads by the usual call, and every number is the one that `ask` gives."""

import hashlib
import io
import json
import zipfile
from collections import Counter
from datetime import datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pandas as pd
import pytest

from data.access.rights import PUBLIC
from data.disclosure.bands import Band
from data.disclosure.published import Gap, Published, is_number
from data.foundation import areas
from data.publish import ask
from data.questions.filters import Filters
from pages.text import precision
from tests.support import effort
from tests.support.opened import PAGES
from tests.support.taken import files_of

READ: dict[str, dict[str, str]] = {"de": {"sep": ";", "decimal": ","}, "en": {}}
STATES = {
    "de": ("gezeigt", "zurückgehalten", "unbekannt", "Spanne"),
    "en": ("shown", "withheld", "unknown", "band"),
}
MARK = {"de": "DEMONSTRATIONSDATEN", "en": "DEMONSTRATION DATA"}
ADDRESSES = [
    ("de", {"area_code": "08", "period": "2026-Q2"}),
    ("de", {"area_code": "08425071", "compare": "08425", "period": "2018"}),
    ("en", {"area_code": "08425", "period": "2026-06", "compare": "08421"}),
    ("en", {"area_code": "08111000", "period": "2024"}),
]
Field = dict[str, Any]


def asked_again(package: dict[str, Any]) -> Published:
    """The answer that a package says it holds."""
    question = package["x-question"]
    return ask(question["name"], Filters(**question["filters"]), PUBLIC).where(**question["only"])


def rounded(cell: object, unit: str) -> object:
    """A cell as a file has to have it: shares in percent, money and shares with two decimals, other rates of
    deviated counts as they are written.
    """
    if not is_number(cell):  # type: ignore[arg-type]
        return None
    number = Decimal(str(precision.rounded(cell, unit) if isinstance(cell, float) else cell))
    return round(
        number * 100 if unit == "percent" else number,
        2 if unit in ("percent", "eur", "vzae", "per_post") else 4,
    )


def expected(cell: object, field: Field, lang: str) -> object:
    """What stands in a column of a file for a cell of the answer."""
    part, unit = field["x-part"], field.get("x-unit", "")
    if part == "state":
        shown, withheld, unknown, band = STATES[lang]
        if isinstance(cell, Band):
            return band
        return withheld if cell is Gap.WITHHELD else shown if is_number(cell) else unknown  # type: ignore[arg-type]
    if part in ("from", "to"):
        end = "low" if part == "from" else "high"
        return rounded(float(getattr(cell, end)), unit) if isinstance(cell, Band) else None
    if part == "key":
        return cell
    return rounded(cell, unit)


def found(value: object, field: Field) -> object:
    """A value of the file, comparable with what is expected."""
    if field["x-part"] in ("state", "key"):
        return value
    return None if pd.isna(value) else rounded(Decimal(str(value)), "")


def compare(frame: pd.DataFrame, package: dict[str, Any], lang: str) -> int:
    """Every number, state and key of a file is that of the answer. How many cells were looked at."""
    answer = asked_again(package)
    fields = [
        field
        for field in package["resources"][0]["schema"]["fields"]
        if field.get("x-column") in answer.names
        and (field["x-part"] in ("state", "from", "to", "key") or field.get("x-unit"))
    ]
    wanted = Counter(
        tuple(expected(row[field["x-column"]], field, lang) for field in fields) for row in answer
    )
    stands = Counter(
        tuple(found(row[field["name"]], field) for field in fields) for row in frame.to_dict("records")
    )
    assert stands == wanted
    return len(frame) * len(fields)


@pytest.mark.usefixtures("figures")
# Every page of two of the places in turn, in both languages; of all four where there is time.
@pytest.mark.long
@pytest.mark.parametrize(
    ("page", "address"),
    [
        pytest.param(page, address, id=f"{page}-{address[0]}-{address[1]['area_code']}")
        for at, page in enumerate(PAGES)
        for nth, address in enumerate(ADDRESSES)
        if effort.LONG or nth % 2 == at % 2
    ],
)
def test_every_file_of_a_page_says_what_ask_says(page, address):
    lang, chosen = address
    offered = files_of(page, lang=lang, **chosen)
    names = [name.removesuffix(".csv") for name in offered if name.endswith(".csv")]
    # A PDF is of a place and not of a figure.
    assert len(names) == sum(not name.endswith(".pdf") for name in offered) / 3
    cells = 0
    for name in names:
        files = {ending: offered[f"{name}.{ending}"] for ending in ("csv", "xlsx", "zip")}
        with zipfile.ZipFile(io.BytesIO(files["zip"])) as archive:
            assert archive.namelist() == [f"{name}.csv", f"{name}.md", "datapackage.json"]
            assert archive.read(f"{name}.csv") == files["csv"]
            package = json.loads(archive.read("datapackage.json"))
            said = archive.read(f"{name}.md").decode()
        loads_plainly(files["csv"], package, lang)
        resource = package["resources"][0]
        typed = as_declared(files["csv"], resource)
        cells += compare(typed, package, lang)
        assert resource["bytes"] == len(files["csv"])
        assert resource["hash"] == f"sha256:{hashlib.sha256(files['csv']).hexdigest()}"
        for column in typed.columns:
            assert f"- {column.replace('_', chr(92) + '_')} (" in said
        demonstration = package["x-demonstration-data"]
        assert name.endswith("-demonstrationsdaten") is demonstration
        assert set(typed.iloc[:, -1].dropna()) == ({MARK[lang]} if demonstration else set())
        same_table(typed, files["xlsx"], resource["schema"]["fields"])
    assert cells > 8 * len(names)


def loads_plainly(content: bytes, package: dict[str, Any], lang: str) -> None:
    """By the one call that docs/files.md names: no column is a text that should be a number."""
    assert content.startswith(b"\xef\xbb\xbf")
    frame = pd.read_csv(io.BytesIO(content), **READ[lang])  # type: ignore[call-overload]
    fields = package["resources"][0]["schema"]["fields"]
    assert list(frame.columns) == [field["name"] for field in fields]
    for field in fields:
        if field["type"] in ("integer", "number"):
            assert frame[field["name"]].dtype.kind in "iuf", field["name"]
        if field["x-part"] == "state":
            assert set(frame[field["name"]]) <= set(field["constraints"]["enum"]) == set(STATES[lang])
        if field["x-part"] in ("start", "end"):
            pd.to_datetime(frame[field["name"]], format="%Y-%m-%d")


def as_declared(content: bytes, resource: dict[str, Any]) -> pd.DataFrame:
    """The file as somebody reads it who knows nothing but its `datapackage.json`."""
    dialect, fields = resource["dialect"], resource["schema"]["fields"]
    decimals = {field["decimalChar"] for field in fields if field["type"] == "number"}
    frame = pd.read_csv(
        io.BytesIO(content),
        sep=dialect["delimiter"],
        quotechar=dialect["quoteChar"],
        doublequote=dialect["doubleQuote"],
        lineterminator=None,
        encoding=resource["encoding"],
        header=0 if dialect["header"] else None,
        dtype={field["name"]: "str" for field in fields},
        na_values=resource["schema"]["missingValues"],
        keep_default_na=False,
    )
    assert len(decimals) <= 1
    for field in fields:
        texts = frame[field["name"]].dropna()
        pattern = {
            "integer": r"-?\d+",
            "number": rf"-?\d+({''.join(decimals) or '.'}\d+)?",
            "date": r"\d{4}-\d\d-\d\d",
        }
        if field["type"] in pattern:
            escaped = pattern[field["type"]].replace("(.", r"(\.")
            assert texts.str.fullmatch(escaped).all(), field["name"]
        if field["type"] == "number":
            frame[field["name"]] = frame[field["name"]].str.replace(field["decimalChar"], ".")
        if field["x-part"] == "key":
            assert set(texts) <= set(areas.register())
    return frame


def same_table(frame: pd.DataFrame, workbook: bytes, fields: list[Field]) -> None:
    """A workbook has the table of the CSV, with real numbers and real days, and no formula."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    sheet = book.worksheets[0]
    head, *rows = sheet.iter_rows()
    assert [cell.value for cell in head] == list(frame.columns)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert len(rows) == len(frame)
    for at, field in enumerate(fields):
        for cell, text in zip((row[at] for row in rows), frame[field["name"]], strict=True):
            if pd.isna(text):
                assert cell.value is None
            elif field["type"] == "date":
                assert isinstance(cell.value, datetime)
                assert f"{cell.value:%Y-%m-%d}" == text
            elif field["type"] in ("integer", "number"):
                assert cell.data_type == "n"
                assert Decimal(str(cell.value)) == Decimal(text)
            else:
                assert (cell.data_type, cell.value) == ("s", text)
    assert len(book.worksheets) == 2
    assert book.worksheets[1]["A1"].value
