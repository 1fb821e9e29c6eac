"""A sentence or two that stand for a chart where it cannot be seen."""

from data.disclosure.bands import Band
from data.disclosure.published import Gap, Published, Role, is_number
from data.foundation import periods
from pages.charts import series
from pages.charts.series import Names
from pages.text import claims
from pages.text.claims import Claim, Row, Sentence
from pages.text.words import Words

OTHER_ROW = "year_before"  # names the row to compare with, and not where this one stands


def text(published: Published, *, words: Words, y: Names, x: str | None = None) -> Sentence:
    """What a chart shows: from where to where, lowest and highest shown value, how many are missing.

    Only shown values are compared, so the sentence tells nothing about a withheld one; and where the lowest
    and the highest are is said only if it is certain.
    """
    columns = series.named(y)
    what = ", ".join(dict.fromkeys(_name(published, words, column) for column in columns))
    parts: list[str] = [_opening(published, words, what, x)]
    claimed: list[Claim] = []
    for column in columns:
        told = _extremes(published, words, column, naming=len(columns) > 1)
        if told:
            parts.append(told)
            claimed += told.claims
    banded = sum(isinstance(cell, Band) for column in columns for cell in published.column(column))
    if banded:
        text_key = "band.one_alt" if banded == 1 else "band.alt"
        parts.append(words.t(text_key, number=words.number(banded)))
    elif not any(is_number(cell) for column in columns for cell in published.column(column)):
        parts.append(words.t("chart.alt.nothing"))
    cells = [cell for column in columns for cell in published.column(column)]
    withheld = sum(cell is Gap.WITHHELD for cell in cells)
    unknown = sum(cell is Gap.UNKNOWN or cell is None for cell in cells)
    for count, key in ((withheld, "withheld"), (unknown, "unknown")):
        if count:
            text_key = f"chart.alt.one_{key}" if count == 1 else f"chart.alt.{key}"
            parts.append(words.t(text_key, number=words.number(count)))
    return Sentence(" ".join(parts), *claimed)


def _name(published: Published, words: Words, column: str) -> str:
    alone = column == "value" and len(published.measures) == 1
    return words.label(published.measures[0] if alone else column)


def _opening(published: Published, words: Words, what: str, x: str | None) -> str:
    places = series.positions(published, x) if x else []
    if x is None or len(places) < 2 or not all(map(periods.read, places)):
        return words.t("chart.alt.one", what=what)
    first, last = (words.place_or_category(place, x) for place in (places[0], places[-1]))
    return words.t("chart.alt.range", what=what, first=first, last=last)


def _extremes(published: Published, words: Words, column: str, *, naming: bool) -> Sentence | None:
    shown = [row for row in published if is_number(row[column])]
    if not shown:
        return None
    unit = series.unit(published, words, column)
    by_size = sorted(shown, key=lambda row: float(row[column]))  # type: ignore[arg-type]
    lowest, highest = (words.write(by_size[at][column], unit) for at in (0, -1))  # type: ignore[arg-type]
    claimed: list[Claim] = []
    if by_size[0][column] == by_size[-1][column]:
        where = _where(published, words, by_size[-1])
        parts = [words.t("chart.alt.single", highest=highest, highest_at=where)]
    else:
        parts = [words.t("chart.alt.extremes", lowest=lowest, highest=highest)]
        for key, least in (("least", True), ("most", False)):
            found = claims.ahead(published, column, shown, least=least)
            if found.surely and found.others:
                where = "; ".join(_where(published, words, row) for row in found.rows)
                parts.append(words.t(f"chart.alt.{key}", where=where))
                claimed.append(claims.of_ahead(published, column, found, least=least))
    text = " ".join(parts)
    return Sentence(f"{_name(published, words, column)}: {text}" if naming else text, *claimed)


def _where(published: Published, words: Words, row: Row) -> str:
    dimensions = [
        held.name for held in published.columns if held.role is Role.DIMENSION and held.name != OTHER_ROW
    ]
    # Some say something in a few rows alone, as which Kreise are missing.
    told = (words.cell(row[name], name, Role.DIMENSION) for name in dimensions if row[name] not in (None, ""))
    return ", ".join(told)
