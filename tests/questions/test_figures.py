"""The list of figures: what is wrong in it is said, and no name that was ever there is lost."""

import pytest

from data.questions import figures
from data.questions.figures import BrokenFiguresError, UnknownFigureError

# Addresses, files and quotations have these names for ever: a new one is added here, none is taken away.
NAMES = """
overview_map overview_compared overview_news caseload_active caseload_flows caseload_long caseload_per_post
caseload_posts caseload_needed caseload_served caseload_posts_needed caseload_two_days caseload_age_group
caseload_origin caseload_sex caseload_residence_status caseload_household caseload_housing caseload_school
caseload_vocation caseload_recognition caseload_benefits caseload_skill counselling_consultations
counselling_per_case counselling_places counselling_topic counselling_kind counselling_place
counselling_channel counselling_referrals counselling_service counselling_independent counselling_reason
counselling_reentries funds_stages funds_arrived funds_drawdown funds_per_post funds_own_share
funds_recipients funds_kreise funds_change funds_published goals_cohort goals_outcome goals_rates
goals_plan_rate goals_plan_from_start goals_plan_current goals_overdue goals_time goals_time_by_area
goals_outcomes goals_sprachniveau goals_beschaeftigung goals_unterbringung municipality_compared
municipality_peers municipality_active municipality_funds municipality_age_group
municipality_residence_status methods_inhabitants methods_senders methods_missing methods_by_sender
grouping_measured grouping_active grouping_funds grouping_kreise grouping_members grouping_members_funds
grouping_map municipality_side municipality_side_table
"""
WHOLE = """
[page_one]
title_de = "Eins"
title_en = "One"
question = "caseload/by_period"
chart = "trend.lines"
since = "0.4.0"
"""


def test_no_figure_loses_its_name():
    assert list(figures.register()) == NAMES.split()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WHOLE.replace("by_period", "by_day"), r"\[page_one\] asks 'caseload/by_day', which is no question"),
        (WHOLE.replace('"One"', '" "'), r"\[page_one\] has no title_en, or an empty one"),
        (WHOLE.replace('since = "0.4.0"', ""), r"\[page_one\] has no since"),
        (WHOLE.replace("0.4.0", "2026"), r"since is '2026'. Write a version"),
        (WHOLE.replace("trend.lines", "a line"), r"chart is 'a line'"),
        (WHOLE.replace("page_one", "Page-1"), r"\[Page-1\]: a name is made of a-z"),
        (WHOLE + WHOLE, r"It is no TOML: .*twice"),
        (WHOLE + WHOLE.replace("page_one", "page_two"), r"\[page_two\] has the title_de of \[page_one\]"),
        (WHOLE + 'note = "x"', r"\[page_one\] has note, which means nothing"),
        ('title_de = "Eins"', "title_de stands under no heading"),
    ],
)
def test_a_fault_of_the_list_is_said_with_the_figure_that_has_it(text: str, said: str):
    with pytest.raises(BrokenFiguresError, match=said):
        figures.read(text)


def test_all_faults_are_said_at_once():
    with pytest.raises(BrokenFiguresError) as told:
        figures.read("[page_one]\n[page_two]")
    assert str(told.value).count("has no question") == 2


def test_who_asks_for_a_name_that_is_none_is_told_so():
    assert figures.named("caseload_active").title["de"] == "Betreute Personen über die Zeit"
    with pytest.raises(UnknownFigureError, match="no figure 'caseload'"):
        figures.named("caseload")
