"""A language is a folder of texts: those of the program are whole, a further one needs no line of code."""

import re
import shutil
import tomllib
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data.deliveries.format import findings, schema
from data.deliveries.profiles import problems
from data.foundation import languages
from data.questions import measures
from pages.charts import theme
from pages.internal.handin import writing
from pages.text import words
from tests.support import written
from tests.support.opened import opened, said

SHIPPED = sorted({file.parent.name for file in words.TEXT.glob("*/*.toml")})
NAMES = {lang: words.texts(words.TEXT / lang)["language"]["name"] for lang in SHIPPED}
THIN, SPACE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.fixture
def french(tmp_path, monkeypatch):
    """An installation that has French texts: here the English ones, with two of their own."""
    folder = tmp_path / "texts" / "fr"
    shutil.copytree(words.TEXT / "en", folder)
    own = {"name": "Français", "locale": "fr_FR", "date": "d MMMM yyyy", "chart_date": "%d/%m/%Y"}
    lines = [f'{key} = "{text}"' for key, text in {**own, "day_letter": "J", "year_letter": "A"}.items()]
    (folder / "language.toml").write_text("\n".join(lines), encoding="utf-8")
    frame = (folder / "frame.toml").read_text(encoding="utf-8")
    (folder / "frame.toml").write_text(f'heading = "Accompagnement"\n{frame}', encoding="utf-8")
    monkeypatch.setenv("DASHBOARD_TEXTS", str(folder.parent))
    return words.of("fr")


def switched_to(page: AppTest) -> set[str]:
    """The languages that its switch offers."""
    offered = [tag.text for tag in written.tags(page, "a") if "lang" in tag.given]
    return {text.removeprefix("translate") for text in offered}


def keys(lang: str) -> set[tuple[str, ...]]:
    """Every text of a language of the program by its full key."""

    def walk(prefix, table):
        for key, text in table.items():
            yield from walk((*prefix, key), text) if isinstance(text, dict) else [(*prefix, key)]

    return set(walk((), words.texts(words.TEXT / lang)))


@pytest.mark.parametrize("lang", SHIPPED)
def test_every_language_of_the_program_has_every_text_that_german_has(lang):
    assert keys(lang) == keys("de")


@pytest.mark.parametrize("lang", SHIPPED)
def test_every_rule_problem_phrase_measure_and_column_speaks_every_language(lang):
    rules = {name: (rule.message, rule.remedy) for name, rule in findings.rules().items()}
    rules |= {name: (rule.kind,) for name, rule in findings.rules().items() if rule.kind}
    tables = tomllib.loads(problems.FILE.read_text(encoding="utf-8"))
    rules |= {
        f"problem {name}": tuple(languages.texts(table, what) for what in ("message", "remedy"))
        for name, table in tables.items()
    }
    phrases = tomllib.loads(findings.PHRASES.read_text(encoding="utf-8"))
    rules |= {f"phrase {name}": (by_language,) for name, by_language in phrases.items()}
    rules |= {
        f"measure {name}": tuple(text for text in measure.texts.values() if text)
        for name, measure in measures.register().items()
    }
    rules |= {
        f"title of {table.name}.{field.name}": (field.titles,)
        for table in schema.tables().values()
        for field in table.fields
    }
    assert [name for name, texts in rules.items() if any(lang not in text for text in texts)] == []


def test_german_comes_first_and_is_what_a_reader_sees_who_has_chosen_nothing():
    assert next(iter(words.spoken())) == languages.DEFAULT == "de"


@pytest.mark.usefixtures("french")
def test_the_switch_offers_each_other_language_by_its_own_name():
    def shown():
        from pages.reading import head

        head.draw("", "", named=True)

    page = AppTest.from_function(shown).run()
    assert switched_to(page) == {name for lang, name in NAMES.items() if lang != languages.DEFAULT} | {
        "Français"
    }
    ways = [tag.given for tag in written.tags(page, "a")]
    assert [given["data-set"] for given in ways] == [f"lang={given['lang']}" for given in ways]


@pytest.mark.usefixtures("figures", "french")
def test_a_page_is_drawn_in_a_language_that_is_only_a_folder():
    page = opened(lang="fr")
    assert not page.exception
    assert not page.warning
    assert written.tags(page, "h1")[0].text == "Accompagnement"
    assert switched_to(page) == set(NAMES.values())
    assert re.search(rf"\d{THIN}\d{{3}}", said(page))


def test_numbers_dates_months_files_and_charts_are_written_as_the_locale_has_them(french):
    assert french.number(1234567.5, 1) == f"1{THIN}234{THIN}567,5"
    assert french.percent(0.123) == f"12,3{SPACE}%"
    assert french.percent(-0.123) == f"−12,3{SPACE}%"
    assert french.eur(3270297) == f"3{THIN}270{THIN}297{SPACE}€"
    assert french.date(date(2026, 9, 3)) == "3 septembre 2026"
    assert french.period("2026-03") == "mars 2026"
    assert french.category("SY", "country") == "Syrie"
    assert theme.separators(french) == f",{THIN}"
    assert theme.config(french)["locales"]["fr"]["format"]["months"][1] == "février"
    assert writing.dates("TT.MM.JJJJ", french) == "JJ.MM.AAAA"


def test_what_the_data_does_not_say_in_a_language_is_said_in_german(french):
    finding = findings.finding(
        "range", findings.Place("x.csv"), column="a", value="1", wording={"limit": "2"}
    )
    assert french.pick(finding.message) == finding.message["de"]
    assert french.pick(finding.message | {"fr": "Non."}) == "Non."
    assert french.label("caseload") == words.of("de").label("caseload")


def test_a_text_that_a_further_language_lacks_is_german_and_breaks_no_page(french):
    (french.folder / "number.toml").write_text('yes = "oui"', encoding="utf-8")
    words.texts.cache_clear()
    assert (french.t("number.yes"), french.t("number.no")) == ("oui", "nein")
    assert french.table("number")["vzae"] == "VZÄ"


def test_a_number_in_a_finding_is_written_as_each_language_has_it():
    assert languages.filled("{n}", "de", {"n": 1234567}) == "1.234.567"
    assert languages.filled("{n}", "en", {"n": 1234567}) == "1,234,567"
    assert languages.filled("{n}", "fr", {"n": 1234567}) == f"1{THIN}234{THIN}567"


def test_without_the_setting_there_are_the_languages_of_the_program_and_no_other():
    assert list(words.spoken()) == SHIPPED
    with pytest.raises(KeyError, match="fr"):
        words.of("fr")


def test_a_folder_without_a_way_of_writing_is_no_language(tmp_path, monkeypatch):
    (tmp_path / "fr").mkdir()
    monkeypatch.setenv("DASHBOARD_TEXTS", str(tmp_path))
    assert "fr" not in words.spoken()


@pytest.mark.usefixtures("french")
def test_the_frame_of_an_empty_store_speaks_a_further_language_too(tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "store"))
    page = opened(lang="fr")
    assert (written.tags(page, "h1")[0].text, list(page.exception)) == ("Accompagnement", [])
    assert switched_to(page) == set(NAMES.values())
