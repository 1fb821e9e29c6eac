"""Funnels: limits of chance round the share of the Land, and what may be said of a place."""

from dataclasses import replace

import pytest

from data.disclosure.published import Published, Ratio
from data.foundation.parameters import Parameters
from pages.charts import funnel
from pages.charts.funnel import Funnel
from pages.text import words
from tests.support.charted import EDITION, published

DE = words.of("de")
TEXTS = {"shown": "Quote", "period": "2026"}
EXACT = replace(EDITION, internal=True, parameters=None)


def _places(drawing: str, edition=EXACT) -> Published:
    return replace(published(drawing), edition=edition)


PLACES = _places("""
    area_code | plans_known: count | plan_rate: rate
    08        | 60000              | 0.5
    08111     | 1000               | 0.5
    08115     | 400                | 0.56
    08116     | 400                | 0.7
    08117     | 400                | 0.3
    08118     | 60                 | 0.25-0.5
    08119     | 70                 | •
    08121     | .                  | .
""")


def _about(own: str) -> Funnel:
    return Funnel(PLACES, "plan_rate", "plans_known", own)


def _said(own: str) -> str:
    return funnel.verdict(_about(own), words=DE, key="overview.compared", **TEXTS)


@pytest.mark.parametrize("base", [10, 37, 400, 3000])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.83])
def test_limits_of_exact_figures_are_those_of_the_binomial_distribution(base, share):
    from scipy.stats import binom  # takes most of a second, which every process would spend to find the test

    for tail in (funnel.WARNING, funnel.ALARM):
        low, high = funnel.limits(share, base, None, tail)
        assert low * base == pytest.approx(binom.ppf(tail, base, share))
        assert high * base == pytest.approx(binom.ppf(1 - tail, base, share))
        assert binom.cdf(round(low * base) - 1, base, share) <= tail
        assert binom.sf(round(high * base), base, share) <= tail + 1e-12


@pytest.mark.parametrize("base", [20, 80, 400])
def test_deviations_widen_the_limits_and_less_the_more_people_there_are(base):
    plain, wide = (funnel.limits(0.6, base, given, funnel.ALARM) for given in (None, Parameters()))
    assert wide[0] <= plain[0]
    assert wide[1] >= plain[1]
    assert wide[1] - wide[0] > plain[1] - plain[0]
    more = funnel.limits(0.6, 10 * base, Parameters(), funnel.ALARM)
    assert more[1] - more[0] < wide[1] - wide[0]


def test_a_place_within_the_limits_is_called_inconspicuous_and_no_more():
    assert _said("08111") == "Quote, 2026: Stuttgart (Stadtkreis) ist nicht auffällig – im Rahmen des Zufalls"


def test_between_the_limits_and_beyond_them_a_sentence_says_so_and_names_no_reason():
    assert "innerhalb derer von 99,8\u00a0%" in _said("08115")
    assert "liegt über der Grenze von 99,8\u00a0%" in _said("08116")
    assert "liegt unter der Grenze von 99,8\u00a0%" in _said("08117")
    assert "woran es liegt, sagt die Zahl nicht" in _said("08116")


@pytest.mark.parametrize("own", ["08118", "08119", "08121", "08125"])
def test_of_a_place_without_a_number_nothing_is_said(own):
    assert "keine Zahl veröffentlicht" in _said(own)


def test_of_the_land_it_is_said_how_many_lie_within():
    assert "2 von 4 Kreisen liegen innerhalb" in _said("08")


def test_what_is_withheld_is_counted_and_not_drawn():
    drawn = funnel.plot(PLACES, words=DE, share="plan_rate", base="plans_known", own="08115")
    points = [x for trace in drawn.data if trace.mode == "markers" for x in trace.x]
    assert sorted(points) == [400, 400, 400, 1000]
    bands = [trace for trace in drawn.data if trace.meta == "band"]
    assert [(tuple(trace.x), tuple(trace.y)) for trace in bands] == [((60, 60), (0.25, 0.5))]
    assert funnel.counted(_about("08115"), words=DE, key="overview.compared.counted").startswith(
        "4 von 7 gezeigt, dazu 1 als Spanne"
    )


def test_the_own_place_is_marked_and_the_land_is_the_line_in_the_middle():
    drawn = funnel.plot(PLACES, words=DE, share="plan_rate", base="plans_known", own="08115")
    (own,) = [trace for trace in drawn.data if trace.mode == "markers" and trace.marker.symbol == "diamond"]
    assert (tuple(own.x), tuple(own.y)) == ((400,), (0.56,))
    (land,) = [trace for trace in drawn.data if trace.name == "Baden-Württemberg"]
    assert set(land.y) == {0.5}
    assert max(axis for trace in drawn.data for axis in trace.x) == 1000, (
        "the Land is no point among its places"
    )


def test_a_funnel_is_the_same_each_time():
    given = {"words": DE, "share": "plan_rate", "base": "plans_known", "own": "08115"}
    first = funnel.plot(PLACES, **given).to_json()
    assert first == funnel.plot(replace(PLACES), **given).to_json()


def test_a_comparison_is_about_the_place_its_kreis_or_the_land():
    told = [funnel.told_by(code) for code in ("08317057", "08317", "084255007", "083", "08")]
    assert told == ["08317057", "08317", "08425", "08", "08"]


def test_a_published_share_near_a_limit_needs_more_than_an_exact_one():
    """With 400 people 58 % lie beyond 99.8 % of exact figures, and within what deviations may add."""
    low, high = funnel.limits(0.5, 400, None, funnel.ALARM)
    assert Ratio(232, 400) > high
    assert Ratio(232, 400) <= funnel.limits(0.5, 400, Parameters(), funnel.ALARM)[1]
    assert low < 0.5
