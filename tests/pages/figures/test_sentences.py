"""Sentences over released values: nothing is said of a withheld one, and no sum or residual is claimed."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from data.disclosure.published import Published, Ratio
from data.foundation import areas
from data.foundation.parameters import Parameters
from pages.figures import sentences
from pages.text import setting
from pages.text.claims import Kind, Sentence
from pages.text.words import of
from tests.support.charted import published

LARGEST = "Ende September 2026 ist die größte Altersgruppe der Betreuten in Ulm"
SETTING = setting.told(of("de"), "08421000", "2026-Q3")
TEXT = Path(__file__).parents[3] / "pages" / "text"
OVER_TIME = """
    area_code | period  | year_before | active_cases: count
    08421000  | 2025-Q3 | 2024-Q3     | {before}
    08421000  | 2026-Q3 | 2025-Q3     | {now}
"""
GROUPS = """
    category | active_cases: count | share: rate
    18-26    | 40                  | 0.1
    27-44    | {other}             | {share}
"""
NOW = {"area_code": "08421000", "period": "2026-Q3"}


def exact(drawn: Published) -> Published:
    """The same figures as exact ones."""
    return replace(drawn, edition=replace(drawn.edition, internal=True, shown_from=0, parameters=None))


def told(lang: str, **cells: str) -> str:
    drawn = published(OVER_TIME.format(**cells), "active_cases")
    return sentences.against_year_before(drawn, "active_cases", words=of(lang), key="caseload.active", **NOW)


def test_a_change_of_two_shown_values_is_told():
    assert "50\N{NO-BREAK SPACE}% mehr" in told("de", before="40", now="60").replace(
        " %", "\N{NO-BREAK SPACE}%"
    )


def test_a_change_that_the_deviation_alone_may_have_made_is_told_as_none():
    """32 and 32 people were once told as 32 % more. Two counts may be ten apart, and then nothing changed."""
    assert "etwa so viele wie" in told("de", before="32", now="42")
    assert "about as many as" in told("en", before="30", now="18")
    assert "etwa so viele wie" in told("de", before="100", now="112")
    assert "13\N{NO-BREAK SPACE}% mehr" in told("de", before="100", now="113")


def test_exact_figures_tell_a_change_of_one():
    drawn = exact(published(OVER_TIME.format(before="4", now="5"), "active_cases"))
    said = sentences.against_year_before(drawn, "active_cases", words=of("de"), key="caseload.active", **NOW)
    assert "25\N{NO-BREAK SPACE}% mehr" in said


def test_a_change_is_as_precise_as_the_number_it_is_of():
    assert "rund 45\N{NO-BREAK SPACE}% mehr" in told("de", before="79", now="114")
    assert "44\N{NO-BREAK SPACE}% mehr" in told("de", before="80", now="115")
    assert "deutlich mehr" in told("de", before="19", now="40")
    assert "about 50% fewer" in told("en", before="40", now="19")


def test_a_single_person_is_one_person():
    """Exact figures of a small place; a release shows none so small."""
    assert "wird in Ulm 1 Person betreut" in told("de", before=".", now="1")
    assert "1 person was being counselled in Ulm" in told("en", before=".", now="1")
    assert "werden in Ulm 11 Personen betreut" in told("de", before=".", now="11")


@pytest.mark.parametrize(("before", "now"), [("•", "60"), ("40", "•"), ("•", "•"), (".", "60")])
def test_no_change_is_told_where_either_value_is_not_shown(before: str, now: str):
    german, english = told("de", before=before, now=now), told("en", before=before, now=now)
    assert not re.search(r"mehr|weniger|viele wie", german)
    assert not re.search(r"more|fewer|as many as", english)
    if now == "•":
        assert "60" not in german + english
        assert "40" not in german + english


def test_the_largest_group_is_the_largest_of_those_shown_if_one_is_withheld():
    """Nearly all may be of the group that is withheld."""

    said = largest("•", "•")
    assert said.startswith(f"{LARGEST} 18–26 Jahre")
    assert said.endswith("(unter den gezeigten Werten)")
    assert "gezeigten" not in largest("20", "0.05")


def test_the_place_that_is_ahead_stands_in_the_sentence_with_its_preposition():
    frames = published("""
        area_code | change_2025: rate
        08437     | -0.572
        08226     | -0.25
    """)
    told = sentences.least(frames, "change_2025", words=of("de"), key="funds.change", label="area_code")
    assert "im Landkreis Sigmaringen am stärksten: −57,2\xa0%" in told


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_course_names_its_place_and_what_stands_below_a_figure_has_no_marks(lang: str):
    """A note below a figure is shown as it is written."""
    words = of(lang)
    for key, name in (("municipality", "{place}"), ("groupings", "{group}")):
        for way in ("more", "less", "same"):
            assert name in words.table(key, "active")[way]
    assert "**" not in words.table("funds", "change")["explained"]


def largest(other: str, share: str) -> Sentence:
    drawn = published(GROUPS.format(other=other, share=share), "active_cases")
    return sentences.largest(
        drawn,
        "share",
        words=of("de"),
        key="caseload.people.age_group",
        label="category",
        decided_by="active_cases",
        **SETTING,
    )


def test_groups_that_cannot_be_told_apart_are_named_as_ties():
    """40 and 34 may be five off each; 40 and 29 are eleven apart."""
    assert largest("34", "0.08") == (
        "Ende September 2026 sind die größten Altersgruppen der Betreuten in Ulm 18–26 und 27–44 Jahre,"
        " etwa gleich groß"
    )
    assert largest("29", "0.07").startswith(f"{LARGEST} 18–26 Jahre: 10,0")


def test_a_chain_of_small_steps_has_no_largest_and_no_ties():
    """60 is surely more than 42, but neither is surely apart from 51; a fourth is far below."""
    chain = published("""
        category | active_cases: count
        0-5      | 51
        6-14     | 60
        18-26    | 42
        65+      | 12
    """)
    said = sentences.largest(
        chain, "active_cases", words=of("de"), key="caseload.people.age_group", label="category", **SETTING
    )
    assert said == (
        "Ende September 2026 sind mehrere Altersgruppen der Betreuten in Ulm ähnlich groß,"
        " keine ist sicher die größte"
    )
    assert said.claims == ()


def test_two_exact_equals_are_ties_without_about():
    drawn = exact(published(GROUPS.format(other="40", share="0.1"), "active_cases"))
    said = sentences.largest(
        drawn, "active_cases", words=of("de"), key="caseload.people.age_group", label="category", **SETTING
    )
    assert said == (
        "Ende September 2026 sind die größten Altersgruppen der Betreuten in Ulm 18–26 und 27–44 Jahre,"
        " gleich groß"
    )


def test_a_breakdown_without_words_of_its_own_for_ties_has_those_of_all():
    """A key that only says who is the largest, as a new breakdown may."""
    drawn = published(GROUPS.format(other="34", share="0.08"), "active_cases")
    said = sentences.largest(drawn, "active_cases", words=of("de"), key="funds.drawdown", label="category")
    assert said == "Betreute Personen: Vorn liegen 18–26 und 27–44, etwa gleichauf"


def test_the_most_frequent_move_is_named_only_where_it_surely_is():
    def moved(second: int) -> Sentence:
        drawn = published(f"""
            first_observed | latest_observed | persons: count
            A1             | B1              | 40
            kein           | A1              | {second}
            B1             | B1              | 90
        """)
        return sentences.move(
            drawn,
            "persons",
            words=of("de"),
            key="goals.development.sprachniveau",
            pair=("first_observed", "latest_observed"),
            more=SETTING,
        )

    assert moved(20) == (
        "Ende September 2026 führt in Ulm der häufigste Schritt der Sprache von „A1“ zu „B1“, bei 40 Personen"
    )
    assert moved(36).startswith(
        "Ende September 2026 führen in Ulm die häufigsten Schritte der Sprache"
        " von „A1“ zu „B1“ und „kein“ zu „A1“"
    )


def test_a_rank_is_told_as_far_as_the_deviations_leave_one():
    """Eleven apart and more are sure; among thirty of about the same size nobody has a rank."""

    def placed(code: str, drawn: Published) -> str:
        said = sentences.standing(
            drawn, "active_cases", words=of("de"), key="overview.standing", area_code=code
        )
        return str(said)

    header = "area_code | active_cases: count"
    few = published(f"{header}\n08111000 | 90\n08421000 | 60\n08115003 | 20\n08425002 | •")
    assert placed("08421000", few).startswith("Ulm hat Rang 2 unter 3 gezeigten Werten")
    assert placed("08425002", few) == ""
    codes = [code for code, area in areas.register().items() if area.level == areas.GEMEINDE][:30]
    alike = [f"{code} | {40 + at % 5}" for at, code in enumerate(codes)]
    crowd = published("\n".join([header, *alike, "08111000 | 45", "08421000 | 90"]))
    assert "im Mittelfeld" in placed(codes[0], crowd)
    assert "Rang 1 unter" in placed("08421000", crowd)
    assert "gleichauf mit 1 weiteren" in placed(
        "08111000", exact(published(f"{header}\n08111000 | 5\n08421000 | 5\n08115003 | 4"))
    )


def test_a_sentence_hands_out_what_it_claims():
    drawn = published(OVER_TIME.format(before="40", now="60"), "active_cases")
    said = sentences.against_year_before(drawn, "active_cases", words=of("de"), key="caseload.active", **NOW)
    (claim,) = said.claims
    assert (claim.kind, claim.direction) == (Kind.CHANGE, "more")
    now, before = claim.cells
    assert (now.column, now.value, dict(now.row)["period"]) == ("active_cases", 60, "2026-Q3")
    assert (before.value, dict(before.row)["period"]) == (40, "2025-Q3")


@pytest.mark.parametrize(
    ("lang", "some", "nobody"),
    [
        ("de", "nur aus 42 von 44 Kreisen geliefert", "sind in Baden-Württemberg Beratungen nicht geliefert"),
        (
            "en",
            "for only 42 of 44 Kreise",
            "In Q3 2026, no consultations were reported in Baden-Württemberg",
        ),
    ],
)
def test_what_too_few_deliver_is_not_called_undelivered_nor_withheld(lang: str, some: str, nobody: str):
    """Above the Kreise a figure may be unknown although some of them deliver."""
    drawn = published(
        """
        area_code | period  | year_before | without     | consultations: count
        08        | 2026-Q2 | 2025-Q2     | 08111,08425 | .
        08        | 2026-Q3 | 2025-Q3     |             | .
        """,
        "consultations",
    )
    for period, expected in (("2026-Q2", some), ("2026-Q3", nobody)):
        said = sentences.against_year_before(
            drawn,
            "consultations",
            words=of(lang),
            key="counselling.consultations",
            area_code="08",
            period=period,
        )
        assert expected in said
        assert not re.search("zurückgehalten|withheld", said)
        assert not said.claims


def test_kinds_that_some_kreise_deliver_are_not_called_undelivered():
    drawn = published(
        """
        topic   | without     | consultations: count | share: rate
        Sprache | 08111,08425 | .                    | .
        """,
        "consultations",
    )
    for lang, some in (("de", "nur aus 42 von 44 Kreisen geliefert"), ("en", "for only 42 of 44 Kreise")):
        asked = {"words": of(lang), "key": "counselling.topic", "label": "topic", **SETTING}
        said = sentences.largest(drawn, "share", decided_by="consultations", **asked)
        assert some in said
        assert said.claims == ()


@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_text_of_a_figure_claims_a_sum_or_a_residual_of_counted_people(lang: str):
    wrong = re.compile(
        r"(?i)\b(summe|insgesamt|zusammengenommen|übrigen|restlichen|altogether|in total|the remaining)\b"
    )
    for name in ("overview", "caseload", "counselling", "goals", "municipality", "chart", "show"):
        texts = tomllib.loads((TEXT / lang / f"{name}.toml").read_text(encoding="utf-8"))
        for text in every(texts):
            assert not wrong.search(text), text


def every(texts: object) -> list[str]:
    if isinstance(texts, dict):
        return [text for below in texts.values() for text in every(below)]
    return [str(texts)]


def test_rates_of_few_that_most_likely_differ_are_no_ties():
    """45 of 59 and 18 of 39: at their bounds both may be one share, but they are not called about equal."""
    drawn = published("goal_area | attainment: rate\nSprache | 0.76\nWohnung | 0.46", "attainment")
    rates = (Ratio(45, 59, 1, 1, Parameters()), Ratio(18, 39, 1, 1, Parameters()))
    rows = tuple((row[0], rate) for row, rate in zip(drawn.rows, rates, strict=True))
    said = sentences.largest(
        replace(drawn, rows=rows),
        "attainment",
        words=of("de"),
        key="goals.best",
        label="goal_area",
        **SETTING,
    )
    assert "Sprache" not in said
    assert said.claims == ()
