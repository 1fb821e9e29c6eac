"""A figure says of how many Kreise it is; a change is stated only between the same ones. Without a store."""

from datetime import datetime

import pytest

from data.disclosure.published import Column, Edition, Published, Role
from pages.charts import trend
from pages.figures import sentences, tables
from pages.figures.table import entries
from pages.text import whole
from pages.text.words import of

LAND, TUTTLINGEN, ULM = "08", "08327", "08421"


def people(*rows):
    """(period, year before, people, missing Kreise) of the Land, exact figures."""
    edition = Edition("x", datetime(2026, 10, 1), None, 44, "2026-Q3", (), True, shown_from=0, internal=True)
    names = ("area_code", "period", "year_before", "without")
    columns = (*(Column(name, Role.DIMENSION) for name in names), Column("active_cases", Role.COUNT))
    filled = tuple((LAND, period, before, without, count) for period, before, count, without in rows)
    return Published("caseload/by_period", columns, filled, ("active_cases",), edition)


def said(answer, lang="de"):
    where = {"area_code": LAND, "period": "2026-Q3"}
    return sentences.against_year_before(
        answer, "active_cases", words=of(lang), key="caseload.active", **where
    )


LATE = people(("2025-Q3", "2024-Q3", 500, ""), ("2026-Q3", "2025-Q3", 400, TUTTLINGEN))
ALWAYS = people(("2025-Q3", "2024-Q3", 500, TUTTLINGEN), ("2026-Q3", "2025-Q3", 400, TUTTLINGEN))


def test_a_sentence_says_of_how_many_kreise_a_figure_is_and_states_no_change_against_others():
    assert "– 43 von 44 Kreisen, es fehlt: Tuttlingen (Landkreis)" in said(LATE)
    assert "– 43 of 44 Kreise, excluding Tuttlingen" in said(LATE, "en")
    assert "weniger" not in said(LATE)


def test_a_change_between_periods_of_the_same_kreise_is_stated_with_their_number():
    assert "weniger" in said(ALWAYS)
    assert "43 von 44 Kreisen" in said(ALWAYS)


def test_of_many_missing_kreise_the_number_is_said_and_no_name():
    row = {"area_code": LAND, "without": "08111,08115,08116,08117"}
    assert whole.told(of("de"), row) == "– 40 von 44 Kreisen"
    assert whole.told(of("de"), {"area_code": ULM, "without": ""}) == ""


def test_a_column_of_another_table_has_missing_kreise_of_its_own():
    row = {"area_code": LAND, "without": "", "without_plan_rate": f"{TUTTLINGEN},{ULM}"}
    assert whole.share(of("de"), row, "plan_rate") == "42 von 44 Kreisen"
    assert whole.share(of("de"), row, "active_cases") == ""


@pytest.mark.parametrize(("answer", "shaded"), [(LATE, 1), (ALWAYS, 0)])
def test_a_period_that_lacks_a_kreis_which_others_have_is_shaded_and_named(answer, shaded):
    chart = trend.lines(answer, words=of("de"), y="active_cases")
    assert len(chart.layout.shapes) == shaded
    assert ("vorläufig: Kreise fehlen" in [trace.name for trace in chart.data]) is bool(shaded)


def test_a_table_has_a_column_of_kreise_where_one_is_missing_and_none_elsewhere():
    assert "without" in tables.columns_of(LATE)
    first, last = ({**row} for row in LATE)
    assert entries.of_row(first, "without", Role.DIMENSION, of("de")).text == "alle"
    assert entries.of_row(last, "without", Role.DIMENSION, of("de")).text == "43 von 44 Kreisen"
    complete = people(("2026-Q3", "2025-Q3", 400, ""))
    assert "without" not in tables.columns_of(complete)


def test_what_is_told_by_kinds_says_of_how_many_kreise_it_is():
    """Two categories of the Land, of which Ulm is missing: said once, in the reader's language."""
    kinds = people(("weiblich", "", 40, ULM), ("männlich", "", 60, ULM))
    assert (
        whole.noted(of("de"), kinds, LAND) == "Enthalten sind 43 von 44 Kreisen, es fehlt: Ulm (Stadtkreis)."
    )
    assert whole.noted(of("en"), kinds, LAND) == "This covers 43 of 44 Kreise, excluding Ulm (Stadtkreis)."
    assert whole.noted(of("de"), people(("weiblich", "", 40, "")), LAND) == ""
