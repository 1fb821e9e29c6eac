"""The figures of Fallzahlen."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import plotly.graph_objects as go

from data.disclosure.published import Published, is_number
from data.foundation import areas, periods
from data.questions import events
from pages.charts import bars, trend
from pages.charts.signs import Marks, Reference
from pages.figures import breakdowns, course, finest
from pages.figures.breakdowns import Kinds
from pages.figures.course import Course
from pages.figures.described import Described
from pages.figures.finest import Finest
from pages.figures.wanted import Wanted
from pages.named.recipe import Choice, Recipe, kinds_of

PERSONS = ("age_group", "origin", "sex")
LIVING = ("residence_status", "household", "housing")
BACKGROUND = ("school", "vocation", "recognition", "benefits")
SKILLS = Kinds(
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
SHARES = ("over_36_share", "over_48_share")
PER_POST = ("active_cases", "filled_vzae")
of_people, of_posts = Marks(events=events.of("people")), Marks(events=events.of("posts"))


def _course(
    wanted: Wanted,
    *,
    of: Course,
    beside: Callable[[Wanted], Marks] | None = None,
    drawn: Callable[..., go.Figure] | None = None,
) -> Iterator[Described]:
    """One measure of persons and posts; `drawn` is handed the words and how areas are told apart."""
    chart = partial(_drawn, drawn, wanted) if drawn else None
    marks = beside(wanted) if beside else Marks()
    levels = wanted.search("caseload/by_period", of.column)
    if of.column == "needed_vzae":
        of = replace(of, texts=f"caseload.{_needed(wanted, levels[-1])}")
    yield from course.described(levels, of, words=wanted.words, beside=marks, chart=chart)


def _needed(wanted: Wanted, at: Finest) -> str:
    """Which texts tell the need beside what there is: a number that is not reported stands in no sentence."""
    if wanted.chosen.kreis_holds_funds:
        return "needed_with_kreis"  # posts that stand with the Kreis are not posts that a place lacks
    approved, filled = (
        all(is_number(row[name]) for row in at.published.where(**at.chosen.now))
        for name in ("approved_vzae", "filled_vzae")
    )
    if approved and filled:
        return "needed"
    return "needed_unfilled" if approved else "needed_unapproved" if filled else "needed_alone"


def _drawn(chart: Callable[..., go.Figure], wanted: Wanted, answer: Published, at: Finest) -> go.Figure:
    return chart(answer, words=wanted.words, by=at.series)


def _eighty(wanted: Wanted) -> Marks:
    return Marks(Reference(80, wanted.words.t("caseload.per_post.reference")), events.of("posts"))


def _served(wanted: Wanted) -> Iterator[Described]:
    # One municipality is served or not: how many are, is told of its Kreis.
    quarter = wanted.by_quarter()
    code = areas.above(wanted.chosen.area_code, areas.KREIS) or wanted.chosen.area_code
    at = quarter.only("caseload/served", replace(quarter.chosen, area_code=code))
    texts = f"caseload.{_how_many(at)}"
    of = Course("served_areas", texts, "caseload_served", beside=None, alone=True, note=True)
    return course.described([at], of, words=wanted.words)


def _how_many(at: Finest) -> str:
    """Which texts tell how many are served: none, one or several, of one or of several."""
    row = next(iter(at.published.where(**at.chosen.now)), None)
    served, known = (row[name] if row else None for name in ("areas_served", "areas_known"))
    texts = "served" if served else "unserved"
    if known == 1:
        return f"{texts}_alone"
    return "served_one" if served == 1 else texts


def _posts_needed(wanted: Wanted) -> Iterator[Described]:
    at = wanted.mapped(areas.KREIS).only("caseload/posts_needed")
    end = wanted.words.at_end(str(wanted.chosen.period))
    heading = wanted.words.t("caseload.needed.places", end=end)
    yield Described("caseload_posts_needed", heading, at, at.published)


def earlier(wanted: Wanted) -> Choice:
    """The ends of quarters or years before the period; without another choice that of a year before."""
    now = wanted.by_quarter().chosen
    own = periods.read(now.period or "")
    codes = map(str, wanted.ask("frame/periods", replace(now, grouping=None)).column("period"))
    every = tuple(
        str(each)
        for code in codes
        if own
        and (each := periods.read(code))
        and each.grain in ("quarter", "year")
        and each.last_day < own.last_day
        and each.grain == own.grain
    )
    before = now.cohort if now.cohort in every else next(iter(every), now.period or "")
    return Choice(every or (now.period or "",), str(before))


def received(wanted: Wanted) -> Choice:
    """Municipalities or Kreise: whoever has the posts of that period."""
    return Choice((areas.GEMEINDE, areas.KREIS), wanted.by_quarter().chosen.recipient_level)


def _two_days(wanted: Wanted) -> Iterator[Described]:
    words, quarter = wanted.words, wanted.by_quarter().chosen
    within = areas.above(quarter.area_code, areas.KREIS) or quarter.area_code
    asked = replace(quarter, area_code=within)
    at = wanted.only("caseload/posts_on_two_days", asked)
    heading = words.t(
        f"caseload.two_days.{asked.level}",
        at=words.at_end(str(asked.period)),
        since=words.at_end(str(asked.since)),
        area=words.area(within),
    )
    note = words.t("caseload.two_days.note")
    yield Described("caseload_two_days", heading, at, at.published, note=note)


def _courses() -> dict[str, Recipe]:
    def people(_: Wanted) -> Marks:
        return of_people

    given: dict[str, tuple[Course, dict[str, Any]]] = {
        "caseload_active": (
            Course("active_cases", "caseload.active", "caseload_active"),
            {"beside": people},
        ),
        "caseload_flows": (
            Course("opened", "caseload.opened", "caseload_flows", beside=("opened", "closed")),
            {"drawn": partial(bars.pair, y=("opened", "closed"), beside=of_people)},
        ),
        "caseload_long": (
            Course("over_36_share", "caseload.long", "caseload_long", beside=LONG, measures=("long_cases",)),
            {"drawn": partial(trend.lines, y=SHARES)},
        ),
        "caseload_per_post": (
            Course("caseload", "caseload.per_post", "caseload_per_post", beside=PER_POST, note=True),
            {"beside": _eighty},
        ),
        "caseload_posts": (
            Course("fill_rate", "caseload.posts", "caseload_posts", beside=FILLED),
            {"drawn": partial(bars.pair, y=("approved_vzae", "filled_vzae"), beside=of_posts)},
        ),
        "caseload_needed": (
            Course(
                "needed_vzae",
                "caseload.needed",
                "caseload_needed",
                beside=("active_cases", *NEEDED),
                alone=True,
                note=True,
            ),
            {"drawn": partial(bars.pair, y=NEEDED, beside=of_posts)},
        ),
    }
    return {name: Recipe(partial(_course, of=of, **further)) for name, (of, further) in given.items()}


FIGURES = {
    **_courses(),
    "caseload_served": Recipe(_served),
    "caseload_posts_needed": Recipe(_posts_needed),
    "caseload_two_days": Recipe(_two_days, {"since": earlier, "level": received}),
    **kinds_of("caseload", (*PERSONS, *LIVING, *BACKGROUND), breakdowns.PEOPLE, top=8),
    **kinds_of("caseload", ("skill",), SKILLS, top=7),
}
