"""A sentence or two that stand for a chart where it cannot be seen."""

from data.disclosure.bands import Band
from data.disclosure.published import Gap, Published, Role, is_number
from data.foundation import periods
from pages.charts import series
from pages.charts.series import Names
from pages.text.words import Words


def text(published: Published, *, words: Words, y: Names, x: str | None = None) -> str:
    """What a chart shows: from where to where, lowest and highest shown value, how many are missing.

    Only shown values are compared, so the sentence tells nothing about a withheld one.
    """
    columns = series.named(y)
    what = ", ".join(dict.fromkeys(_name(published, words, column) for column in columns))
    parts = [_opening(published, words, what, x)]
    for column in columns:
        parts += _extremes(published, words, column, naming=len(columns) > 1)
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
    return " ".join(parts)


def _name(published: Published, words: Words, column: str) -> str:
    alone = column == "value" and len(published.measures) == 1
    return words.label(published.measures[0] if alone else column)


def _opening(published: Published, words: Words, what: str, x: str | None) -> str:
    places = series.positions(published, x) if x else []
    if x is None or len(places) < 2 or not all(map(periods.read, places)):
        return words.t("chart.alt.one", what=what)
    first, last = (words.place_or_category(place, x) for place in (places[0], places[-1]))
    return words.t("chart.alt.range", what=what, first=first, last=last)


def _extremes(published: Published, words: Words, column: str, *, naming: bool) -> list[str]:
    dimensions = [held.name for held in published.columns if held.role is Role.DIMENSION]
    shown = [
        (number, ", ".join(words.cell(row[name], name, Role.DIMENSION) for name in dimensions))
        for row in published
        if (number := series.as_number(row[column])) is not None
    ]
    if not shown:
        return []
    unit = series.unit(published, words, column)
    (lowest, lowest_at), (highest, highest_at) = min(shown), max(shown)
    text = words.t(
        "chart.alt.single" if lowest == highest else "chart.alt.extremes",
        lowest=words.write(lowest, unit),
        lowest_at=lowest_at,
        highest=words.write(highest, unit),
        highest_at=highest_at,
    )
    return [f"{_name(published, words, column)}: {text}" if naming else text]
