"""Fallzahlen: how many people are counselled, by how many, for how long, and who they are."""

from dataclasses import replace

import streamlit as st

from data.foundation import areas
from data.publish import ask
from data.questions import events
from data.questions.filters import Filters
from pages.charts import bars, trend
from pages.charts.signs import Marks, Reference
from pages.figures import breakdowns, course, finest, show
from pages.figures.course import Course
from pages.menu import COUNSELLING
from pages.reading import filters, language, notes, reader, tabs

PERSONS = ("age_group", "origin", "sex", "residence_status", "household", "housing")
BACKGROUND = ("school", "vocation", "recognition", "benefits")
SKILLS = breakdowns.Kinds(
    "caseload/competences",
    "persons",
    "caseload.people",
    category="skill",
    share="competences",
    note=True,
    levels=finest.PERSONAL,
)
NEEDED = ("needed_vzae", "approved_vzae", "filled_vzae")
FILLED = ("approved_vzae", "filled_vzae", "needed_vzae")
LONG = ("over_36", "over_36_share", "over_48", "over_48_share")

words = language.words()
of_people, of_posts = Marks(events=events.of("people")), Marks(events=events.of("posts"))


def people() -> None:
    """How many are counselled, how many began and ended, and who has been for long."""
    chosen = filters.chosen()
    active, opened, long = (
        finest.answer("caseload/by_period", chosen, column)
        for column in ("active_cases", "opened", "over_36_share")
    )
    with show.pairs():
        course.figure(active, Course("active_cases", "caseload.active", "caseload_active"), beside=of_people)
        course.figure(
            opened,
            Course("opened", "caseload.opened", "caseload_flows", beside=("opened", "closed")),
            chart=lambda answer, at: bars.pair(
                answer, words=words, y=("opened", "closed"), by=at.series, beside=of_people
            ),
        )
        course.figure(
            long,
            Course("over_36_share", "caseload.long", "caseload_long", beside=LONG, measures=("long_cases",)),
            chart=lambda answer, at: trend.lines(
                answer, words=words, y=("over_36_share", "over_48_share"), by=at.series
            ),
        )
    st.page_link(f"{COUNSELLING}.py", label=words.t("caseload.counselling"))
    finest.explained(active, opened, long)


def posts() -> None:
    """People for each post, posts filled, posts needed by the formula of 2018, and municipalities served."""
    chosen = filters.chosen()
    per_post, filled, needed = (
        finest.answer("caseload/by_period", chosen, column)
        for column in ("caseload", "fill_rate", "needed_vzae")
    )
    with show.pairs():
        course.figure(
            per_post,
            Course(
                "caseload",
                "caseload.per_post",
                "caseload_per_post",
                beside=("active_cases", "filled_vzae"),
                note=True,
            ),
            beside=Marks(Reference(80, words.t("caseload.per_post.reference")), events.of("posts")),
        )
        course.figure(
            filled,
            Course("fill_rate", "caseload.posts", "caseload_posts", beside=FILLED),
            chart=lambda answer, at: bars.pair(
                answer, words=words, y=("approved_vzae", "filled_vzae"), by=at.series, beside=of_posts
            ),
        )
        course.figure(
            needed,
            Course(
                "needed_vzae",
                "caseload.needed",
                "caseload_needed",
                beside=("active_cases", *NEEDED),
                alone=True,
                note=True,
            ),
            chart=lambda answer, at: bars.pair(answer, words=words, y=NEEDED, by=at.series, beside=of_posts),
        )
        _served(chosen)
    places = ask("caseload/posts_needed", filters.mapped(areas.KREIS), reader.audience())
    show.table(
        places,
        heading=words.t("caseload.needed.places", end=words.at_end(str(chosen.period))),
        key="caseload_posts_needed",
    )
    notes.funds_with_kreis(chosen)
    finest.explained(per_post, filled, needed)


def _served(chosen: Filters) -> None:
    # One municipality is served or not: how many are, is told of its Kreis.
    where = replace(
        filters.by_quarter(), area_code=areas.above(chosen.area_code, areas.KREIS) or chosen.area_code
    )
    served = ask("caseload/served", where, reader.audience())
    any_there = any(served.where(**where.now).column("areas_served"))
    texts = "caseload.served" if any_there else "caseload.unserved"
    course.figure(
        [finest.Finest(served, where)],
        Course("served_areas", texts, "caseload_served", beside=None, alone=True, note=True),
    )


def two_days() -> None:
    """Posts on two days that the reader chooses, place by place, those first where most stand open."""
    chosen = filters.by_quarter()
    left, right = st.columns(2)
    with left:
        since = filters.choose_since(chosen)
    with right:
        level = filters.choose("level", (areas.GEMEINDE, areas.KREIS), chosen.recipient_level)
    within = areas.above(chosen.area_code, areas.KREIS) or chosen.area_code
    asked = replace(chosen, area_code=within, level=level, since=since)
    show.table(
        ask("caseload/posts_on_two_days", asked, reader.audience()),
        heading=words.t(
            f"caseload.two_days.{level}",
            at=words.at_end(str(chosen.period)),
            since=words.at_end(since),
            area=words.area(within),
        ),
        key="caseload_two_days",
        note=words.t("caseload.two_days.note"),
    )


def persons() -> None:
    """Age, sex, origin, status, household and housing of the people counselled."""
    found = breakdowns.ask(filters.chosen(), PERSONS)
    with show.pairs():
        breakdowns.figures(found, key="caseload", top=8)
    finest.explained(*found.values())


def background() -> None:
    """Schooling, vocational degree, its recognition, benefits and competences."""
    chosen = filters.chosen()
    found, skills = breakdowns.ask(chosen, BACKGROUND), breakdowns.ask(chosen, ("skill",), SKILLS)
    with show.pairs():
        breakdowns.figures(found, key="caseload", top=8)
        breakdowns.figures(skills, key="caseload", top=7, kinds=SKILLS)
    finest.explained(*found.values(), *skills.values())


tabs.show(
    "caseload",
    {
        "personen": people,
        "stellen": posts,
        "stellen-vergleich": two_days,
        "alter-herkunft": persons,
        "bildung-leistungen": background,
    },
)
