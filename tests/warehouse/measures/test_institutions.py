"""Posts, funds and context: exact to the cent and the hundredth post."""

from decimal import Decimal

import pytest

from tests.support.figures import Figures


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    return (
        Figures(tmp_path_factory.mktemp("institutions"))
        .hand_in(
            reporting_date="31.12.2018",
            faelle="fall_id | ags | aufnahme_am\nF1 | 08111000 | 05.01.2018",
            stellen="""
                stelle_id | monat      | ags      | kreis | vzae_bewilligt | vzae_besetzt
                S1        | 01.01.2018 | 08421000 |       | 1,00           | 0,50
                S1        | 01.03.2018 | 08421000 |       | 1,00           | 1,00
                S2        | 01.03.2018 |          | 08425 | 0,75           | 0,00
            """,
            mittel="""
                ags      | kreis | haushaltsjahr | stufe           | betrag_eur   | bemessungszahl | gebucht_am
                08111000 |       | 2018          | Planungsrahmen  | 3.270.296,64 | 4108           | 08.01.2018
                08111000 |       | 2018          | bewilligt       | 3.270.296,64 |                | 08.01.2018
                08111000 |       | 2018          | ausgezahlt      | 3.000.000,10 |                | 08.02.2018
                08111000 |       | 2018          | verwendet       | 2.999.999,99 |                | 08.12.2018
                08425002 |       | 2018          | bewilligt       | 100,10       |                | 08.01.2018
                08425002 |       | 2018          | bewilligt       | -0,05        |                | 09.01.2018
                         | 08425 | 2018          | bewilligt       | 50,00        |                | 08.01.2018
            """,
            kontext="""
                ags | kreis | stichtag   | personen_anschlussunterbringung | einwohner | einwohner_basis
                    | 08425 | 31.12.2017 | 700                             | 1000      | Zensus 2011
            """,
        )
        .build()
    )


def test_money_is_exact_to_the_cent_and_corrections_count(figures):
    place = figures.row("funds", area_code="08425002", budget_year=2018, programme="alle")
    assert place["approved_eur"] == Decimal("100.05")


def test_a_kreis_has_its_own_money_and_that_of_its_municipalities(figures):
    kreis = figures.row("funds", area_code="08425", budget_year=2018, programme="PIK Integrationsmanagement")
    assert kreis["approved_eur"] == Decimal("150.05")


def test_the_remainder_is_what_was_paid_and_not_used(figures):
    stuttgart = figures.row("funds", area_code="08111000", budget_year=2018, programme="alle")
    assert stuttgart["remainder_eur"] == Decimal("0.11")


def test_a_stadtkreis_and_its_one_municipality_are_the_same_place(figures):
    for area_code in ("08111", "08111000"):
        row = figures.row("funds", area_code=area_code, budget_year=2018, programme="alle")
        assert row["approved_eur"] == Decimal("3270296.64")
    for area_code in ("08421", "08421000"):
        assert figures.row("posts", area_code=area_code, period="2018-03")["filled_vzae"] == 1


def test_recipients_are_ranked_within_their_level_by_what_they_got_themselves(figures):
    ranks = {
        row["area_code"]: (row["rank"], row["ranked"])
        for row in figures.rows("recipients", budget_year=2018, programme="alle")
    }
    assert ranks == {"08111000": (1, 2), "08425002": (2, 2), "08425": (1, 1)}


def test_posts_stand_in_the_last_month_of_the_period_and_are_averaged_over_it(figures):
    quarter = figures.row("posts", area_code="08421000", period="2018-Q1")
    assert (quarter["approved_vzae"], quarter["filled_vzae"]) == (1, 1)
    assert quarter["filled_vzae_mean"] == Decimal("0.50")  # 0.5 + 0 + 1.0 over three months


def test_a_post_of_a_kreis_counts_for_the_kreis_and_not_for_its_municipalities(figures):
    assert figures.row("posts", area_code="08425", period="2018-03")["approved_vzae"] == Decimal("0.75")
    assert figures.row("posts", area_code="08425002", period="2018-03")["approved_vzae"] == 0
    # Two of nine Kreise, less than half of the inhabitants, are no figure of the Regierungsbezirk.
    assert figures.row("posts", area_code="084", period="2018-03")["approved_vzae"] is None


def test_a_month_for_which_nobody_reported_posts_is_unknown(figures):
    assert figures.row("posts", area_code="08421000", period="2018-04")["approved_vzae"] is None
    assert figures.row("posts", area_code="08111000", period="2018-03")["approved_vzae"] is None


def test_context_is_the_newest_before_the_end_of_the_period(figures):
    quarter = {"area_code": "08425", "period": "2018-Q1"}
    assert figures.row("context", **quarter)["persons_housed"] == 700
    assert figures.row("inhabitants", **quarter)["inhabitants"] == 1000


def test_published_amounts_carry_their_source(figures):
    stuttgart = figures.row("published_funds", area_code="08111000", budget_years="2018")
    assert stuttgart["amount_eur"] == 3270297
    assert "08.01.2018" in stuttgart["source"]
