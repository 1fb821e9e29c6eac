"""The figures of Beratung."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from data.foundation import areas
from pages.figures import course, finest
from pages.figures.breakdowns import Kinds
from pages.figures.course import Course
from pages.figures.described import Described
from pages.figures.wanted import Wanted
from pages.named.recipe import Recipe, kinds_of

ABOUT = ("topic", "kind", "place", "channel")
CONSULTATIONS = Kinds("counselling/consultation_kinds", "consultations", "counselling")
SERVICES = Kinds("counselling/referral_services", "referred", "counselling")
REASONS = Kinds("counselling/exits", "closed", "counselling", levels=finest.PERSONAL)
PER_CASE = ("consultations", "counselled")


def _course(wanted: Wanted, *, query: str, of: Course, now: bool = True) -> Iterator[Described]:
    levels = wanted.search(query, of.column, time="period" if now else None)
    return course.described(levels, of, words=wanted.words)


def _places(wanted: Wanted) -> Iterator[Described]:
    words, chosen = wanted.words, replace(wanted.chosen, level=areas.KREIS)
    at = wanted.only("counselling/places", chosen)
    heading = words.t("counselling.places.message", during=words.during(str(chosen.period)))
    yield Described("counselling_places", heading, at, at.published)


def _reentries(wanted: Wanted) -> Iterator[Described]:
    of = Course(
        "reentries", "counselling.reentries", "counselling_reentries", beside=None, note=True, newest=True
    )
    return _course(wanted.by_quarter(), query="counselling/reentries", of=of, now=False)


def _courses() -> dict[str, Recipe]:
    every = {
        "counselling/consultations": (
            Course("consultations", "counselling.consultations", "counselling_consultations", note=True),
            Course("consultations_per_case", "counselling.per_case", "counselling_per_case", beside=PER_CASE),
        ),
        "counselling/referrals": (
            Course("referrals", "counselling.referrals", "counselling_referrals", beside=None),
        ),
        "counselling/leaving": (
            Course(
                "independent_exits",
                "counselling.independent",
                "counselling_independent",
                beside=None,
                note=True,
            ),
        ),
    }
    return {
        of.key: Recipe(partial(_course, query=query, of=of))
        for query, listed in every.items()
        for of in listed
    }


FIGURES = {
    **_courses(),
    "counselling_places": Recipe(_places),
    **kinds_of("counselling", ABOUT, CONSULTATIONS, top=10),
    **kinds_of("counselling", ("service",), SERVICES, top=9),
    **kinds_of("counselling", ("reason",), REASONS, top=8),
    "counselling_reentries": Recipe(_reentries),
}
