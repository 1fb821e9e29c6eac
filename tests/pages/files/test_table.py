"""Files that leave are drawn from a real answer, and no spreadsheet runs anything in them."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest

from data.access.rights import PUBLIC
from data.disclosure.published import Published, Ratio
from data.foundation.parameters import Parameters
from data.publish import ask
from data.questions.filters import Filters
from pages.files import comma, description, excel, package
from pages.files import table as tables
from pages.files.figure import Figure
from pages.text.words import of
from tests.support.charted import published

PLACES = Filters(area_code="08", period="2026-Q3")


def figure(drawn: Published, lang: str = "de", chosen: Filters = PLACES) -> Figure:
    return Figure(drawn, "Pläne", of(lang), "goals_plans", chosen)


def lines(drawn: Published, lang: str = "de") -> list[str]:
    return comma.written(figure(drawn, lang)).decode("utf-8-sig").split("\r\n")


def frame(drawn: Published) -> pd.DataFrame:
    """As whoever has a German file and pandas reads it."""
    return pd.read_csv(io.BytesIO(comma.written(figure(drawn))), sep=";", decimal=",")


def about(of_figure: Figure) -> str:
    return description.markdown(of_figure, tables.of(of_figure))


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize(("lang", "start"), [("de", "Gebietsschlüssel;Gebiet;"), ("en", "Area key,Area,")])
def test_a_file_is_written_as_an_excel_of_its_language_reads_it(lang: str, start: str):
    recipients = ask("funds/recipients", Filters(level="kreis", period="2024"), PUBLIC)
    file = comma.written(figure(recipients.only("area_code", "approved_eur", "drawdown"), lang))
    assert file.startswith(b"\xef\xbb\xbf" + start.encode())


def test_the_header_is_the_first_line_and_nothing_stands_behind_the_last():
    drawn = published("area_code | active_cases: count\n08421000 | 120\n08425071 | •")
    assert lines(drawn) == [
        "Gebietsschlüssel;Gebiet;Kreis;Betreute Personen;Betreute Personen, Status;Hinweis",
        "08421000;Ulm;Ulm (Stadtkreis);120;gezeigt;DEMONSTRATIONSDATEN",
        "08425071;Laichingen;Alb-Donau-Kreis;;zurückgehalten;DEMONSTRATIONSDATEN",
        "",
    ]


def test_what_may_be_a_number_is_one_and_says_its_state_in_one_word():
    drawn = published(
        "area_code | plan_rate: rate\n08421000 | 0.5-0.75\n08425039 | 0.8\n08425071 | •\n08 | ."
    )
    read = frame(drawn)
    assert read["Integrationsplan-Quote in %"].tolist()[1] == 80
    assert read["Integrationsplan-Quote in %"].isna().tolist() == [True, False, True, True]
    assert read["Integrationsplan-Quote in %, Status"].tolist() == [
        "Spanne", "gezeigt", "zurückgehalten", "unbekannt",
    ]  # fmt: skip
    assert read["Integrationsplan-Quote in %, von"].tolist()[0] == 50
    assert read["Integrationsplan-Quote in %, bis unter"].tolist()[0] == 75


def test_without_bands_there_are_no_such_columns():
    drawn = published("area_code | plan_rate: rate\n08421000 | 0.8")
    assert "bis unter" not in lines(drawn)[0]


def test_two_columns_of_one_name_are_told_apart_by_what_they_are():
    drawn = published("area_code | over_36: count | over_36_share: rate\n08421000 | 12 | 0.1")
    head = lines(drawn)[0].split(";")
    assert len(set(head)) == len(head)
    assert "über 36 Monate, Status" in head
    assert "über 36 Monate in %, Status" in head


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2026-06", "2026-06-01", "2026-06-30"),
        ("2026-Q4", "2026-10-01", "2026-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2018-2024", "2018-01-01", "2024-12-31"),
        ("2017-2018", "2017-01-01", "2018-12-31"),
    ],
)
def test_a_period_stands_as_it_can_be_sorted_with_its_first_and_its_last_day(code, first, last):
    time = "budget_years" if code == "2017-2018" else "period"
    drawn = published(f"{time} | active_cases: count\n{code} | 120")
    assert lines(drawn)[1].startswith(f"{code};{first};{last};120;")


@pytest.mark.usefixtures("figures")
def test_an_area_and_a_period_that_no_column_names_stand_in_every_row():
    chosen = Filters(area_code="08425", period="2026-Q2")
    people = ask("caseload/people", chosen, PUBLIC).where(breakdown="sex")
    read = frame(people.only("category", "active_cases", "share"))
    assert set(read["Gebiet"]) == {"Alb-Donau-Kreis"}
    assert set(read["Zeitraum"]) == {"2026-Q2"}
    funds = ask("funds/by_year", chosen, PUBLIC).where(budget_year=2024, area_code="08")
    read = frame(funds.only("approved_eur"))
    assert read["Gebiet"].tolist() == ["Baden-Württemberg"]
    assert read["Haushaltsjahr"].tolist() == [2024]


def test_a_row_says_of_how_many_kreise_it_is():
    drawn = published("area_code | without | active_cases: count\n08 | 08421,08425 | 120\n08421000 |  | 50")
    read = frame(drawn)
    assert read["Kreise mit Zahlen"].tolist()[0] == 42
    assert read["Kreise insgesamt"].tolist()[0] == 44
    assert read["Kreise insgesamt"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("de", "Einwohner am 31.12.2024, fortgeschrieben vom Zensus 2022, nach dem Gemeindeverzeichnis des"),
        (
            "en",
            "Inhabitants as of 31 December 2024, carried forward from the 2022 census, according",
        ),
    ],
)
def test_the_source_names_the_list_of_inhabitants_by_which_figures_are_told(lang: str, said: str):
    drawn = published("area_code | active_cases: count\n08421000 | 120")
    inhabitants = ("gemeindeverzeichnis", "Zensus 2022", date(2024, 12, 31), date(2024, 12, 31))
    by_them = figure(replace(drawn, inhabitants=(inhabitants,)), lang)

    assert [said in description.source(each.published, each.words) for each in (figure(drawn), by_them)] == [
        False,
        True,
    ]
    assert said in about(by_them).replace("\\", "")
    with zipfile.ZipFile(io.BytesIO(package.written(by_them))) as archive:
        assert said in archive.read("datapackage.json").decode("utf-8")


def test_a_file_without_its_description_still_says_what_it_is():
    drawn = published("area_code | active_cases: count\n08 | 120")
    assert figure(drawn).name == "goals-plans-08-2026-Q3-20261001-a-demonstrationsdaten"
    exact = replace(drawn, edition=replace(drawn.edition, internal=True, synthetic=False, shown_from=0))
    assert figure(exact).name.endswith("-a-nicht-zur-veroeffentlichung")
    assert set(frame(exact)["Hinweis"]) == {"INTERN, NICHT ZUR VERÖFFENTLICHUNG"}
    real = replace(drawn, edition=replace(drawn.edition, synthetic=False))
    assert figure(real).name.endswith("-20261001-a")
    assert frame(real)["Hinweis"].isna().all()


@pytest.mark.usefixtures("figures")
def test_everything_that_is_needed_to_cite_a_figure_stands_in_its_description():
    chosen = Filters(area_code="08425", compare="08", period="2026-Q2")
    answer = ask("goals/by_cohort", replace(chosen, goal_area="Sprache"), PUBLIC)
    said = about(Figure(answer, "Ziele [2026]", of("de"), "x", chosen, ("Eine Anmerkung.",)))
    for part in (
        "# Ziele \\[2026\\]",
        "DEMONSTRATIONSDATEN",
        "Gebiet: Alb-Donau-Kreis; Zeitraum: 2. Quartal 2026; Vergleich: Baden-Württemberg",
        "Zielbereich: Sprache",
        "Eine Anmerkung.",
        "Zielerreichung: ",
        "Nenner: ",
        "weichen zum Schutz",
        "Stand 30.09.2026",
        "dl-de/by-2-0",
        "So zitieren: ",
        "Zielerreichung in % (Zahl)",
    ):
        assert part in said


def test_a_file_says_how_far_its_unrounded_rates_bear():
    """12 of 15 are 80 in the file; on the page they are half or more."""
    drawn = published("area_code | plan_rate: rate\n08421000 | 0.8")
    rated = replace(drawn, rows=(("08421000", Ratio(12, 15, 1, 1, Parameters())),))
    assert "Anteile (in Prozent) stehen hier ungerundet" in about(figure(rated))
    assert ";80;gezeigt;" in lines(rated)[1]
    assert "ungerundet" not in about(figure(drawn))


def test_posts_needed_stand_in_files_as_they_are_written():
    """1,130 people are 14.125 posts by the formula, and five people more or less 0.06 of one."""
    drawn = published("area_code | needed_vzae: rate | filled_vzae: amount\n08421000 | 14.1 | 14.25")
    rated = replace(drawn, rows=(("08421000", Ratio(1130, 80, 1, 0, Parameters()), 14.25),))
    assert ";14,1;gezeigt;14,25;" in lines(rated)[1]
    row = openpyxl.load_workbook(io.BytesIO(excel.written(figure(rated))))["Zahlen"][2]
    assert [(cell.value, cell.number_format) for cell in row if isinstance(cell.value, float)] == [
        (14.1, "General"),
        (14.25, "#,##0.00"),
    ]


@pytest.mark.parametrize("name", ["=1+1", "+49 711", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1"])
def test_a_name_that_looks_like_a_formula_is_only_text(name: str):
    assert tables.safe(name).startswith("'")
    drawn = published("sender_name | cases: count\nx | 12")
    hostile = replace(drawn, rows=((name, 12),))
    ((read,),) = pd.read_csv(io.BytesIO(comma.written(figure(hostile))), sep=";", usecols=[0]).to_numpy()
    assert read.startswith("'")
    cell = openpyxl.load_workbook(io.BytesIO(excel.written(figure(hostile))))["Zahlen"]["A2"]
    assert (cell.data_type, cell.value[0]) == ("s", "'")


def test_a_workbook_and_an_archive_say_when_the_figures_were_made_and_not_when_they_were_taken():
    drawn = figure(published("area_code | active_cases: count\n08 | 120"))
    file = excel.written(drawn)
    properties = openpyxl.load_workbook(io.BytesIO(file)).properties
    made = drawn.published.edition.built_at
    assert properties.created == properties.modified == made
    for archive in (file, package.written(drawn)):
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            assert {entry.date_time for entry in opened.infolist()} == {made.timetuple()[:6]}


def test_names_that_are_no_formula_stay_as_they_are():
    assert tables.safe("Alb-Donau-Kreis") == "Alb-Donau-Kreis"


def test_a_name_with_a_line_end_or_a_sign_that_no_workbook_holds_stays_in_its_row():
    drawn = published("sender_name | cases: count\nx | 12")
    hostile = replace(drawn, rows=(('A;B\n"C"\x00\x0b', 12),))
    assert len(lines(hostile)) == 3
    assert frame(hostile)["Absender"].tolist() == ['A;B "C" ']
    assert excel.written(figure(hostile))


@pytest.mark.parametrize(
    ("cell", "column", "written"),
    [
        (-5, "remainder_eur: amount", "-5"),
        (Decimal("3270297.20"), "approved_eur: amount", "3270297,2"),
        (Decimal("-0.001"), "approved_eur: amount", "0"),
        (0.123456, "plan_rate: rate", "12,35"),
        (0, "active_cases: count", "0"),
    ],
)
def test_numbers_stay_numbers(cell, column: str, written: str):
    drawn = published(f"{column}\n1")
    assert lines(replace(drawn, rows=((cell,),)))[1].split(";")[0] == written
