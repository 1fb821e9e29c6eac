"""Consultations, leaving, posts, places, coverage: asked as a page asks, of rows to be counted by eye."""

from decimal import Decimal
from pathlib import Path

import pytest

from data.access.rights import COMMAND
from data.disclosure.published import Gap
from data.foundation.parameters import Parameters
from data.publish import ask
from data.questions.filters import Filters
from tests.support import whole
from tests.support.figures import Figures

ULM = "08421000"
KREIS = "08425"
QUARTER = {"period": "2018-Q4"}


def rows(place: str, first: int, many: int, *, housed: int = 0) -> str:
    """Cases of one place since January, the first of them in follow-up accommodation, the others unknown."""
    housing = ["Anschlussunterbringung"] * housed + [""] * (many - housed)
    return "\n".join(f"F{first + at} | {place} | 05.01.2018 | {housing[at]}" for at in range(many))


def still_there(cases: str) -> str:
    """Rows of cases that have not ended, where others have."""
    return "\n".join(f"{row} | |" for row in cases.splitlines())


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ulm has 20 people (16 of known housing), Ehingen 10, Langenau 9; Dornstadt a post and nobody.

    Four more left Ulm in February, three of them independent. Of 30 consultations there 12 led to a referral.
    """
    header = "fall_id | ags | aufnahme_am | unterbringung"
    left = "\n".join(
        f"F{1020 + at} | {ULM} | 05.01.2018 | | 05.02.2018 | {reason}"
        for at, reason in enumerate(["finanziell unabhängig"] * 3 + ["Wegzug"])
    )
    figures = Figures(tmp_path_factory.mktemp("asked"))
    figures.hand_in(
        sender="stadt-ulm",
        reporting_date="31.12.2018",
        faelle="\n".join(
            (f"{header} | beendet_am | beendigungsgrund", still_there(rows(ULM, 1000, 20, housed=16)), left)
        ),
        kontext=f"ags | stichtag | personen_anschlussunterbringung\n{ULM} | 31.12.2017 | 64",
        beratungen="\n".join(
            (
                "beratung_id | fall_id | datum | thema | verweis_an",
                *(
                    f"B{1000 + n} | F{1000 + n % 20} | 05.11.2018 | Alltag | {'Behörde' if n < 12 else ''}"
                    for n in range(30)
                ),
            )
        ),
    )
    figures.hand_in(
        sender="lra-alb",
        reporting_date="31.03.2019",
        faelle="\n".join((header, rows("08425033", 1000, 10), rows("08425072", 1100, 9))),
        stellen="stelle_id | monat | ags | vzae_bewilligt | vzae_besetzt\n"
        "S1 | 01.12.2018 | 08425031 | 0,50 | 0,00\nS2 | 01.12.2018 | 08425033 | 1,00 | 0,50",
        kontext=f"kreis | stichtag | personen_anschlussunterbringung\n{KREIS} | 31.12.2017 | 64",
        mittel="ags | haushaltsjahr | stufe | betrag_eur | gebucht_am\n"
        "08425033 | 2018 | bewilligt | 50,00 | 08.01.2018\n"
        "08425072 | 2018 | bewilligt | 50,00 | 08.01.2018\n"
        "08425031 | 2018 | bewilligt | 40,00 | 08.01.2018\n"
        "08425031 | 2018 | Eigenanteil | 12,50 | 08.12.2018\n"
        "08425033 | 2018 | zurückgefordert | 7,00 | 08.12.2018",
    )
    return figures.build().settings.store


@pytest.fixture(autouse=True)
def inside(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(store))


def asked(query: str, area_code: str = ULM, **more: str):
    return ask(query, Filters(area_code=area_code, **{**QUARTER, **more}), COMMAND)


def test_a_municipality_is_served_by_an_approved_post_or_a_number_that_would_be_shown():
    served = asked("caseload/served", KREIS)
    # Ehingen has ten people, Dornstadt half a post, Langenau nine people: as if it were nobody.
    assert (served.cell("areas_served", **QUARTER), served.cell("areas_known", **QUARTER)) == (2, 55)
    assert Parameters().limit == 10  # the number that the question has


def test_posts_needed_are_people_by_eighty_beside_those_there_are():
    needed = asked("caseload/posts_needed", level="kreis").where(area_code=KREIS)
    assert [needed.column(name) for name in ("active_cases", "approved_vzae", "filled_vzae")] == [
        (19,),
        (1.5,),
        (0.5,),
    ]
    assert needed.cell("needed_vzae") == 19 / 80
    assert needed.cell("short_vzae") == 19 / 80 - 1.5
    # A figure that nobody delivered is unknown, and so is what is missing of it; nothing is said to be more.
    assert asked("caseload/posts_needed", level="kreis").cell("short_vzae", area_code="08421") is Gap.UNKNOWN


def test_places_that_lack_most_posts_come_first():
    short = asked("caseload/posts_needed", level="gemeinde").column("short_vzae")
    known = [each for each in short if each is not Gap.UNKNOWN]
    assert known == sorted(known, reverse=True)
    assert known[0] == 9 / 80 - 0  # Langenau: nine people, no post of its own


def test_those_who_were_granted_as_much_share_a_rank():
    ranked = asked("funds/recipients", period="2018", level="gemeinde", programme="alle")
    told = [(row["area_code"], row["rank"], row["tied"]) for row in ranked]
    assert told == [("08425033", 1, 1), ("08425072", 1, 1), ("08425031", 3, 0)]


def test_own_contributions_are_told_by_place_and_with_the_kreis_and_are_unknown_where_none_is_booked():
    at = {"budget_year": 2018}
    kreis = asked("funds/by_year", KREIS, programme="alle").where(area_code=KREIS)
    assert (kreis.cell("own_share_eur", **at), kreis.cell("recovered_eur", **at)) == (Decimal("12.5"), 7)
    ranked = asked("funds/recipients", period="2018", level="gemeinde", programme="alle")
    assert ranked.column("own_share_eur") == (Gap.UNKNOWN, Gap.UNKNOWN, Decimal("12.5"))
    assert ranked.column("recovered_eur") == (7, Gap.UNKNOWN, Gap.UNKNOWN)


def test_every_kreis_has_each_stage_of_each_budget_year():
    told = asked("funds/kreise", KREIS, programme="alle")
    assert [(row["area_code"], row["budget_year"]) for row in told] == [(KREIS, 2018)]
    assert told.column("approved_eur") == (140,)
    assert told.column("own_share_eur") == (Decimal("12.5"),)
    assert told.column("paid_eur") == (Gap.UNKNOWN,)


def test_consultations_are_told_per_person_and_by_topic():
    over_time = asked("counselling/consultations")
    assert over_time.cell("consultations_per_case", **QUARTER) == 30 / 20
    topics = asked("counselling/consultation_kinds").where(breakdown="topic")
    assert (topics.column("category"), topics.column("consultations")) == (("Alltag",), (30,))


def test_referrals_are_told_as_a_share_and_by_service():
    assert asked("counselling/referrals").cell("referrals", **QUARTER) == 12 / 30
    services = asked("counselling/referral_services")
    assert (services.column("category"), services.column("referred")) == (("Behörde",), (12,))


def test_the_share_that_left_independent_stands_beside_the_reasons():
    left = asked("counselling/leaving", period="2018-Q1")
    assert left.cell("independent_exits", area_code=ULM, period="2018-Q1") == 3 / 4
    reasons = asked("counselling/exits", period="2018-Q1")
    assert dict(zip(reasons.column("category"), reasons.column("closed"), strict=True)) == {
        "finanziell unabhängig": 3,
        "Wegzug": 1,
    }


def test_the_comparison_stands_beside_the_place_and_is_unknown_where_nothing_is_delivered():
    """The Kreis hands in no consultations: that is not zero, not withheld, and no missing row."""
    both = asked("counselling/consultation_kinds", compare=KREIS).where(breakdown="topic")
    assert both.column("area_code") == (ULM, KREIS)
    assert both.column("consultations") == (30, Gap.UNKNOWN)
    for query, column in (("consultations", "consultations"), ("referrals", "referrals")):
        beside = asked(f"counselling/{query}", compare=KREIS)
        assert beside.cell(column, area_code=KREIS, **QUARTER) is Gap.UNKNOWN
        assert len(beside.where(area_code=KREIS)) == len(beside.where(area_code=ULM))


def test_the_list_of_places_has_those_that_deliver():
    listed = asked("counselling/places", level="kreis")
    assert listed.column("area_code") == ("08421",)  # the Stadtkreis of Ulm
    assert (listed.cell("consultations"), listed.cell("referrals")) == (30, 12 / 30)
    # In spring Ulm has not delivered yet.
    assert not asked("counselling/places", level="kreis", period="2019-Q1")


def test_coverage_counts_those_who_live_there_and_is_unknown_where_housing_is_missing_for_more_than_a_fifth():
    profile = asked("municipality/profile")
    # 16 of 20 are known, which is just enough: 16 of 64 people there are reached, not 20.
    assert profile.cell("coverage", area_code=ULM, **QUARTER) == 16 / 64
    assert profile.cell("coverage", area_code="08", **QUARTER) is Gap.UNKNOWN  # 16 of 39
    # In spring nobody had observed where they live: that is no share of zero.
    spring = asked("municipality/profile", period="2018-Q1")
    assert spring.cell("active_cases", area_code=ULM, period="2018-Q1") == 20
    assert spring.cell("coverage", area_code=ULM, period="2018-Q1") is Gap.UNKNOWN


def test_referrals_are_no_share_of_consultations_of_more_kreise(tmp_path, monkeypatch):
    """The Alb-Donau-Kreis delivers consultations without saying whereto; all others of Tübingen say it."""
    header = "fall_id | ags | aufnahme_am"
    others = "\n".join(whole.lines(whole.of("084", without=("08421", "08425"))))
    figures = Figures(tmp_path)
    figures.hand_in(
        sender="amt-a",
        reporting_date="31.12.2018",
        faelle=f"{header}\n{rows_of(ULM, 20)}\n{others}",
        beratungen="\n".join(
            (
                "beratung_id | fall_id | datum | verweis_an",
                *(
                    f"B{1000 + n} | F{1000 + n} | 05.11.2018 | {'Behörde' if n < 12 else ''}"
                    for n in range(20)
                ),
            )
        ),
    )
    figures.hand_in(
        sender="amt-b",
        reporting_date="31.12.2018",
        faelle=f"{header}\n{rows_of('08425033', 20)}",
        beratungen="\n".join(
            ("beratung_id | fall_id | datum", *(f"B{n} | F{1000 + n} | 05.11.2018" for n in range(20)))
        ),
    )
    monkeypatch.setenv("DASHBOARD_STORE", str(figures.build().settings.store))
    assert asked("counselling/referrals").cell("referrals", **QUARTER) == 12 / 20
    region = asked("counselling/referrals", "084")
    assert region.cell("consultations", **QUARTER) == 40
    assert region.cell("without", **QUARTER) == KREIS
    assert region.cell("referred", **QUARTER) is Gap.UNKNOWN  # 12 of 20, not 12 of 40
    assert asked("counselling/referral_services", "084").column("all_referrals") == (12,)


def rows_of(place: str, many: int) -> str:
    return "\n".join(f"F{1000 + at} | {place} | 05.01.2018" for at in range(many))
