"""Files that leave are drawn from a real answer, and no spreadsheet runs anything in them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from data.disclosure.published import Gap, Ratio, Role
from data.foundation.parameters import Parameters
from data.publish import Audience, ask
from data.questions.filters import Filters
from pages.figures import downloads
from pages.text.words import of
from tests.support.charted import published


def lines(lang: str) -> list[str]:
    published = ask("funds/recipients", Filters(level="kreis", period="2024"), Audience.PUBLIC)
    columns = ("area_code", "approved_eur", "drawdown")
    content = downloads.table(published, heading="Wer wie viel erhält", words=of(lang), columns=columns)
    return content.decode("utf-8-sig").split("\r\n")


@pytest.mark.usefixtures("figures")
def test_a_german_file_is_written_as_a_german_excel_reads_it():
    head, first = [line for line in lines("de") if not line.lstrip('"').startswith("#")][:2]
    assert head.startswith("Gebiet;")
    assert head.count("in €") == head.count("in %") == 1
    area, approved, drawdown = first.split(";")
    assert area.endswith(")")
    assert "." not in approved
    assert 0 <= float(drawdown.replace(",", ".")) <= 100


@pytest.mark.usefixtures("figures")
def test_an_english_file_is_written_as_an_english_excel_reads_it():
    assert any(line.startswith("Area,") for line in lines("en"))


@pytest.mark.usefixtures("figures")
def test_a_file_says_what_it_is_before_its_first_number():
    notes = [line for line in lines("de") if line.lstrip('"').startswith("#")]
    text = "\n".join(notes)
    for said in ("Wer wie viel erhält", "DEMONSTRATIONSDATEN", "Stand", "Fassung", "dl-de/by-2-0", "•"):
        assert said in text


@pytest.mark.parametrize("name", ["=1+1", "+49 711", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1"])
def test_a_name_that_looks_like_a_formula_is_only_text(name: str):
    assert downloads.safe(name).startswith("'")


def test_a_file_says_how_far_its_unrounded_rates_bear():
    """12 of 15 are 80 in the file; on the page they are half or more."""
    drawn = published("area_code | plan_rate: rate\n08421000 | 0.8")
    rated = replace(drawn, rows=(("08421000", Ratio(12, 15, 1, 1, Parameters())),))
    text = downloads.table(rated, heading="Pläne", words=of("de")).decode("utf-8-sig")
    assert "# Anteile stehen hier ungerundet" in text.replace('"', "")
    assert "Ulm (08421000);80\r\n" in text
    exact = downloads.table(drawn, heading="Pläne", words=of("de")).decode("utf-8-sig")
    assert "ungerundet" not in exact


def test_names_that_are_no_formula_stay_as_they_are():
    assert downloads.safe("Alb-Donau-Kreis") == "Alb-Donau-Kreis"


@pytest.mark.parametrize(
    ("cell", "name", "role", "written"),
    [
        (-5, "remainder_eur", Role.AMOUNT, "-5"),
        (Decimal("3270297.20"), "approved_eur", Role.AMOUNT, "3270297,2"),
        (0.123456, "plan_rate", Role.RATE, "12,35"),
        (0, "active_cases", Role.COUNT, "0"),
        (Gap.WITHHELD, "active_cases", Role.COUNT, "•"),
        ("08421000", "area_code", Role.DIMENSION, "Ulm (08421000)"),
    ],
)
def test_numbers_stay_numbers_and_gaps_keep_their_symbol(cell, name: str, role: Role, written: str):
    assert downloads._cell(cell, name, role, of("de"), ",") == written


def test_a_band_has_two_columns_more_from_and_to():
    drawn = published("area_code | plan_rate: rate\n08421000 | 0.5-0.75\n08425039 | 0.8\n08425071 | •")
    text = downloads.table(drawn, heading="Pläne", words=of("de")).decode("utf-8-sig")
    head, *rows = [line for line in text.split("\r\n") if line and not line.lstrip('"').startswith("#")]
    assert [part.split(", ")[-1] for part in head.split(";")[2:]] == ["von", "bis unter"]
    assert rows == ["Ulm (08421000);½ bis ¾;50;75", "Erbach (08425039);80;;", "Laichingen (08425071);•;;"]


def test_without_bands_there_are_no_such_columns():
    drawn = published("area_code | plan_rate: rate\n08421000 | 0.8")
    text = downloads.table(drawn, heading="Pläne", words=of("de")).decode("utf-8-sig")
    assert "bis unter" not in text
