import ast
import json
import re
import string
import tomllib
from datetime import date
from pathlib import Path

import pytest

from data.disclosure.published import Gap, Role
from pages.text import words

ROOT = Path(__file__).parents[3]
DE, EN = words.of("de"), words.of("en")
SPACE = "\u00a0"


def _texts(lang):
    """Every text by its full key."""

    def walk(prefix, found):
        for key, value in found.items():
            if isinstance(value, dict):
                yield from walk((*prefix, key), value)
            else:
                yield (*prefix, key), value

    files = (ROOT / "pages" / "text" / lang).glob("*.toml")
    return dict(walk((), {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in files}))


def test_both_languages_have_the_same_texts():
    assert _texts("de").keys() == _texts("en").keys()


def test_a_text_has_the_same_places_for_values_in_both_languages():
    def places(text):
        return {name for _, name, _, _ in string.Formatter().parse(str(text)) if name is not None}

    german, english = _texts("de"), _texts("en")
    # How a place is named within a sentence is a matter of the language's own grammar.
    same = {key for key in german.keys() & english.keys() if key[:2] != ("place", "within")}
    # So is whether place and time begin a sentence or stand within it.
    one = {"at": "place", "During": "during", "End": "end"}

    def named(text):
        return {one.get(name, name) for name in places(text)}

    differ = [key for key in same if named(german[key]) != named(english[key])]
    assert differ == []


def test_every_error_that_has_a_text_is_an_error_of_the_program():
    classes = {
        node.name
        for room in ("data", "pages")
        for file in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    told = {key[-1] for key in _texts("de") if key[-2] == "error"} - {"other"}
    assert "StoreError" in told
    assert sorted(told - classes) == []


def test_a_missing_text_is_named():
    with pytest.raises(KeyError, match=r"no text 'chart\.nowhere'.*de"):
        DE.t("chart.nowhere")


def test_a_key_of_a_whole_table_is_no_text():
    with pytest.raises(KeyError, match=r"chart\.alt"):
        DE.t("chart.alt")


def test_a_language_that_nobody_wrote_is_refused():
    with pytest.raises(KeyError, match="fr"):
        words.of("fr")


def test_values_are_put_into_a_text():
    assert DE.t("chart.from_to", lower="100", upper="250") == "100 bis unter 250"
    assert EN.t("chart.from_to", lower="100", upper="250") == "100 to below 250"


def test_numbers_are_written_in_the_way_of_the_language():
    assert (DE.number(1234.5, 1), EN.number(1234.5, 1)) == ("1.234,5", "1,234.5")
    assert (DE.percent(0.123), EN.percent(0.123)) == (f"12,3{SPACE}%", "12.3%")
    assert (DE.eur(3270297), EN.eur(3270297)) == (f"3.270.297{SPACE}€", "€3,270,297")
    assert (DE.eur(796.08, decimals=2), EN.eur(796.08, decimals=2)) == (f"796,08{SPACE}€", "€796.08")
    assert (DE.vzae(51.1), EN.vzae(0.25)) == (f"51,1{SPACE}VZÄ", f"0.25{SPACE}FTE")


def test_a_negative_number_has_a_true_minus_and_a_zero_has_none():
    assert DE.number(-3) == "−3"
    assert DE.number(-0.2) == "0"


def test_a_change_says_its_direction():
    assert DE.change(0.12) == f"+12{SPACE}%"
    assert EN.change(-0.57) == "−57%"
    assert DE.change(-0.0001) == f"±0{SPACE}%"
    assert DE.points(-0.034) == "−3,4 Prozentpunkte"


def test_dates_and_periods_are_written_out():
    assert (DE.date(date(2026, 9, 3)), EN.date(date(2026, 9, 3))) == ("03.09.2026", "3 September 2026")
    assert (DE.period("2026-Q3"), EN.period("2026-Q3")) == ("3. Quartal 2026", "Q3 2026")
    assert (DE.period("2026-03"), EN.period("2026-03")) == ("März 2026", "March 2026")
    assert DE.period("2026") == DE.period(2026) == "2026"
    assert DE.period_short("2026-Q3") == "Q3 2026"


@pytest.mark.parametrize(
    ("cell", "name", "role", "text"),
    [
        (Gap.WITHHELD, "active_cases", Role.COUNT, "•"),
        (Gap.UNKNOWN, "active_cases", Role.COUNT, "."),
        (None, "active_cases", Role.COUNT, "."),
        (1234, "active_cases", Role.COUNT, "1.234"),
        (0, "planned_eur", Role.AMOUNT, "–"),
        (0.0, "plan_rate", Role.RATE, f"0,0{SPACE}%"),
        (0.4567, "plan_rate", Role.RATE, f"45,7{SPACE}%"),
        (78.26, "caseload", Role.RATE, "78,3"),
        (64000.0, "eur_per_post", Role.RATE, f"64.000{SPACE}€"),
        (51.1, "approved_vzae", Role.AMOUNT, f"51,1{SPACE}VZÄ"),
        (51.1, "filled_vzae_mean", Role.AMOUNT, f"51,1{SPACE}VZÄ"),
        (2018, "budget_year", Role.DIMENSION, "2018"),
        ("2026-Q3", "period", Role.DIMENSION, "3. Quartal 2026"),
        ("08115002", "area_code", Role.DIMENSION, "Altdorf (Kreis Böblingen)"),
        ("SY", "category", Role.DIMENSION, "Syrien"),
        (date(2026, 9, 30), "reporting_date", Role.DIMENSION, "30.09.2026"),
        (True, "synthetic", Role.DIMENSION, "ja"),
    ],
)
def test_a_cell_of_a_table_is_written_by_what_its_column_is(cell, name, role, text):
    assert DE.cell(cell, name, role) == text


def test_a_measure_names_its_column_and_any_other_column_has_a_text():
    assert (DE.label("caseload"), EN.label("caseload")) == ("Personen je VZÄ", "People per full-time post")
    assert DE.label("area_code") == "Gebiet"
    with pytest.raises(KeyError, match=r"column\.no_such_column"):
        DE.label("no_such_column")


def test_two_areas_of_one_name_have_different_labels():
    assert DE.area("08212") != DE.area("08215")


def test_an_official_value_stays_german_in_german_and_is_translated_in_english():
    assert DE.category("Wohnung") == "Wohnung"
    assert EN.category("Wohnung") == "Housing"
    assert EN.category("Ohne Angabe") == "Not stated"
    assert EN.category("gesamt") == "Total"


def test_it_is_italy_among_the_countries_and_a_skill_among_the_skills():
    assert (DE.category("IT", "country"), EN.category("SY")) == ("Italien", "Syria")
    assert EN.category("IT", "skill") == "IT"


def test_a_value_that_only_one_office_knows_stays_as_it_is():
    assert EN.category("Projekt „Ankommen“") == "Projekt „Ankommen“"


def test_every_value_of_the_export_format_is_translated():
    package = json.loads(
        (ROOT / "data" / "deliveries" / "format" / "datapackage.json").read_text(encoding="utf-8")
    )
    fields = [field for table in package["resources"] for field in table["schema"]["fields"]]
    values = {value for field in fields for value in field.get("constraints", {}).get("enum", [])}
    known = words.of("en").table("category")
    assert values, "the package lists no values any more: look where they went"
    assert sorted(str(value) for value in values if value not in known and value not in ("1", "1.1")) == []


def test_no_line_of_a_text_ends_between_a_number_and_its_unit():
    for lang in ("de", "en"):
        assert not re.search(r"[0-9] [%€]", str(words.texts(words.of(lang).folder)))
    assert "100\u00a0%" in words.of("de").t("caseload.people.skill.note")
