"""Files that leave: CSV that opens by double-click, with everything needed to cite it."""

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal
from functools import partial

import streamlit as st

from data.disclosure.bands import Band
from data.disclosure.published import Cell, Gap, Published, Ratio, Role, is_number
from data.foundation import areas
from data.questions import measures
from pages.figures import tables
from pages.figures.finest import Finest
from pages.reading import filters
from pages.text import whole
from pages.text.words import Words

# A spreadsheet runs a cell that begins with one of these as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# In the official language whatever that of the page: an office must recognise such a file by its name.
INTERNAL = "-nicht-zur-veroeffentlichung"


def button(
    published: Published,
    *,
    heading: str,
    words: Words,
    key: str,
    note: str | None = None,
    at: Finest | None = None,
) -> None:
    """A button that hands out the numbers of a figure. The file is made when it is clicked."""
    now = at.chosen if at else filters.chosen()
    context = words.t(
        "show.file.context",
        area=words.area(now.area_code),
        period=words.period(now.period or ""),
        compare=words.area(now.compare) if now.compare else "–",
    )
    notes = [context, *([at.lead] if at and at.lead else []), *([note] if note else [])]
    st.download_button(
        words.t("show.download"),
        data=partial(table, published, heading=heading, words=words, notes=notes),
        file_name=f"{name(published, key, at)}.csv",
        mime="text/csv",
        key=f"{key}_download",
        icon=":material/download:",
        on_click="ignore",
    )


def name(published: Published, key: str, at: Finest | None = None) -> str:
    """The name of a file, without its ending: figure, area, period, version; exact figures say so."""
    now = at.chosen if at else filters.chosen()
    figure = re.sub("[^a-z0-9]+", "-", key.lower())
    edition = published.edition
    return f"{figure}-{now.area_code}-{now.period}-{edition.version}{INTERNAL if edition.internal else ''}"


def source(published: Published) -> str:
    """The key of the text that says where the figures come from."""
    if published.origin:
        return "show.published_source"
    return "show.source.exact" if published.edition.internal else "show.source.release"


def table(
    published: Published,
    *,
    heading: str,
    words: Words,
    columns: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> bytes:
    """The CSV as an Excel of the language reads it: with ; and , in German, with , and . in English.

    Lines that begin with # say what it is. Rates are percentages, as they stand on the screen.
    """
    names = tables.columns_of(published, columns)
    decimal, _ = words.separators
    separator = ";" if decimal == "," else ","
    text = io.StringIO(newline="")
    lines = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    for note in _notes(published, heading, words, notes):
        lines.writerow([f"# {note}"])
    spread = {name for name in names if any(isinstance(cell, Band) for cell in published.column(name))}
    headings = [_headings(published, name, words, name in spread) for name in names]
    lines.writerow([safe(heading) for of_name in headings for heading in of_name])
    for row in published:
        cells = [
            [tables.cell(row, name, published.role(name), words)]
            if name == whole.MISSING
            else _cells(row[name], name, published.role(name), words, name in spread)
            for name in names
        ]
        lines.writerow([cell for of_name in cells for cell in of_name])
    return text.getvalue().encode("utf-8-sig")


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def _notes(published: Published, heading: str, words: Words, own: Sequence[str]) -> list[str]:
    edition = published.edition
    notes = [words.t("show.file.internal"), heading] if edition.internal else [heading]
    if edition.synthetic:
        notes.append(words.t("show.file.synthetic"))
    notes.extend(own)
    as_of = words.date(edition.as_of or edition.built_at.date())
    notes.append(words.t(source(published), as_of=as_of, version=edition.version))
    for measure in (measures.register()[name] for name in published.measures):
        notes.append(f"{measure.text('name', words.lang)}: {measure.text('definition', words.lang)}")
    symbols = "show.file.symbols_exact" if edition.internal else "show.file.symbols"
    notes.append(words.t(symbols, withheld=Gap.WITHHELD.value, unknown=Gap.UNKNOWN.value))
    if not edition.internal:
        notes.append(words.t("show.file.deviates"))
        if any(isinstance(cell, Ratio) and cell.deviates for row in published.rows for cell in row):
            notes.append(words.t("show.file.precision"))
    notes.append(words.t("show.file.licence"))
    return notes


def _heading(published: Published, name: str, words: Words) -> str:
    label = words.label(name)
    unit = words.unit(name, published.role(name))
    return words.t(f"show.file.{unit}", name=label) if unit in ("percent", "eur") else label


def _headings(published: Published, name: str, words: Words, spread: bool) -> list[str]:
    """One heading, or with those of the two columns for the ends of bands."""
    heading = _heading(published, name, words)
    return [heading, *(words.t(f"band.{end}", name=heading) for end in ("from", "to") if spread)]


def _cells(cell: Cell, name: str, role: Role, words: Words, spread: bool) -> list[str]:
    """A cell, and where its column has bands, from where to where it lies: two numbers, or nothing."""
    decimal, _ = words.separators
    ends = [cell.low, cell.high] if isinstance(cell, Band) else []
    written = [_cell(end, name, role, words, decimal) for end in ends] or ["", ""]
    return [_cell(cell, name, role, words, decimal), *(written if spread else [])]


def _cell(cell: Cell, name: str, role: Role, words: Words, decimal: str) -> str:
    if role is Role.DIMENSION or not is_number(cell):
        code = f" ({cell})" if isinstance(cell, str) and cell in areas.register() else ""
        return safe(words.cell(cell, name, role) + code)
    percent = words.unit(name, role) == "percent"
    number = Decimal(str(cell)) * 100 if percent else Decimal(str(cell))
    exact = words.unit(name, role) in ("percent", "eur", "vzae", "per_post")
    return _number(number, 2 if exact else 4, decimal)


def _number(number: Decimal, places: int, decimal: str) -> str:
    text = f"{round(number, places):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", decimal)
