"""The chart and the table that stand in every page that ours are compared with."""

import plotly.graph_objects as go

from data.access.rights import PUBLIC
from data.foundation import areas
from data.publish import ask
from data.questions.filters import Filters
from pages.charts import trend
from pages.text import words

GERMAN = words.of("de")
COLUMN = "active_cases"
KREISE = tuple(area.code for area in areas.register().values() if area.level == areas.KREIS)


def chart(area_code: str) -> go.Figure:
    """The people counselled over time."""
    return trend.lines(_answer(area_code), words=GERMAN, y=COLUMN, by="area_code")


def table(area_code: str) -> list[dict[str, str]]:
    """The same as a table: the period and the number, as text."""
    answer = _answer(area_code)
    return [
        {name: GERMAN.cell(row[name], name, answer.role(name)) for name in answer.names} for row in answer
    ]


def _answer(area_code: str):  # type: ignore[no-untyped-def]
    asked = ask("caseload/by_period", Filters(area_code), PUBLIC)
    return asked.where(area_code=area_code).only("area_code", "period", COLUMN)
