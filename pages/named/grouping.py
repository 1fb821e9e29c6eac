"""The figures of a grouping: sums of what its municipalities show, and these themselves."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from data.disclosure import sums
from data.disclosure.published import Published, is_number
from pages.charts import bars, trend
from pages.figures import sentences
from pages.figures.described import Described
from pages.figures.finest import Finest
from pages.figures.wanted import Wanted
from pages.maps import choropleth
from pages.named import municipality, together
from pages.named.recipe import Choice, Recipe
from pages.named.together import MONEY, OF_INSTITUTIONS, PLANNED, Together
from pages.text.words import Words

MEMBERS = ("active_cases", "per_1000", "plan_rate", "attainment_in_12", "independent_exits")
MAPPED = ("per_1000", "plan_rate", "attainment_in_12", "active_cases")
STAGES = ("planned_eur", "approved_eur", "paid_eur", "used_eur")


def offered(found: Together, names: tuple[str, ...]) -> list[str]:
    """Without posts where they stand with the Kreise."""
    return [name for name in names if not (found.by_kreis and name in OF_INSTITUTIONS)]


def _described(
    found: Together, key: str, heading: str, published: Published, note: str | None = None
) -> Described:
    at = Finest(published, found.chosen)
    return Described(key, heading, at, published, note=note, place=found.group.label)


def _measured(wanted: Wanted) -> Iterator[Described]:
    """Every measure of a place, of each municipality: the page shows the sums of these."""
    found, words = together.of(wanted), wanted.words
    names = offered(found, municipality.MEASURES)
    heading = words.t("groupings.measured.heading", period=words.period(str(found.chosen.period)))
    notes = (words.t("groupings.measured.note"), words.t("groupings.held") if found.by_kreis else "")
    published = found.now.only("area_code", *names).by_inhabitants_of(found.now)
    yield _described(found, "grouping_measured", heading, published, " ".join(filter(None, notes)))


def _active(wanted: Wanted) -> Iterator[Described]:
    """People over time, over the same places wherever there are enough."""
    found, words = together.of(wanted), wanted.words
    name = "active_cases"
    published, steady = together.course(found.over_time, name, by="period")
    known = [int(str(cell)) for cell in published.column(sums.places_of(name)) if cell]
    note = words.t("groupings.course.none")
    if known:
        note = words.t(
            f"groupings.course.{'steady' if steady else 'changing'}",
            share=together.share(words, min(known), found.every),
            most=together.share(words, max(known), found.every),
        )
    # What comes from other places is no change.
    heading = (
        _since(published, found, words)
        if steady
        else words.t("groupings.active.changing", group=found.group.name)
    )
    yield replace(
        _described(found, "grouping_active", heading, published, note),
        draw=partial(trend.lines, published, words=words, y=name),
    )


def _funds(wanted: Wanted) -> Iterator[Described]:
    """What the municipalities received themselves, year by year."""
    found, words = together.of(wanted), wanted.words
    published = sums.over(found.received, *STAGES, by="budget_year", at=found.years)
    last = next((row for row in reversed(list(published)) if is_number(row[MONEY])), None)
    title, notes = words.t("groupings.funds.none", name=found.group.name), [words.t("groupings.funds.note")]
    if last:
        planned = sums.over(found.funds, PLANNED, by="budget_year", at=(last["budget_year"],))
        notes.append(
            words.t(
                "groupings.funds.planned",
                year=str(last["budget_year"]),
                value=words.cell(planned.column(PLANNED)[0], PLANNED, planned.role(PLANNED)),
                share=together.share(words, together.known(planned, PLANNED), found.every),
            )
        )
        title = words.t(
            "groupings.funds.said",
            name=found.group.name,
            year=str(last["budget_year"]),
            value=words.cell(last[MONEY], MONEY, published.role(MONEY)),
            share=together.share(words, int(str(last[sums.places_of(MONEY)])), found.every),
        )
    yield replace(
        _described(found, "grouping_funds", title, published, " ".join(notes)),
        draw=partial(bars.stages, published, words=words, x="budget_year", y=STAGES),
    )


def _kreise(wanted: Wanted) -> Iterator[Described]:
    """Since 2025 the money stands with the Kreise: that of the whole Kreise in which the places lie."""
    found, words = together.of(wanted), wanted.words
    year = found.money_year
    published = _rows(wanted.ask("funds/kreise"), together.kreise(found.group)).where(budget_year=year)
    heading = words.t("groupings.kreise.heading", year=str(year))
    yield _described(found, "grouping_kreise", heading, published, words.t("groupings.kreise.note"))


def _members(wanted: Wanted) -> Iterator[Described]:
    """Each municipality with what it shows: what the sums are added up from."""
    found, words = together.of(wanted), wanted.words
    names = [*MEMBERS, *([] if found.by_kreis else ["filled_vzae"])]
    heading = words.t("groupings.members.heading", period=words.period(str(found.chosen.period)))
    published = found.now.only("area_code", *names)
    yield _described(found, "grouping_members", heading, published, words.t("groupings.members.note"))


def measure(_: Wanted) -> Choice:
    """What the map can show."""
    return Choice(MAPPED, MAPPED[0])


def _map(wanted: Wanted) -> Iterator[Described]:
    """Where the municipalities lie, by one of their values; all others are blank."""
    found, words, name = together.of(wanted), wanted.words, wanted.column
    now = found.now.only("area_code", name)
    published = now.by_inhabitants_of(found.now) if name == "per_1000" else now
    named = {"name": found.group.name, "measure": words.label(name)}
    heading = words.t("groupings.map.heading", period=words.period(str(found.chosen.period)), **named)
    drawn = partial(
        choropleth.of_members,
        published,
        members=frozenset(found.group.places),
        words=words,
        value=name,
        outside=words.t("groupings.map.outside", name=found.group.name),
    )
    made = _described(found, "grouping_map", heading, published, words.t("groupings.map.note"))
    yield replace(made, mapped=drawn, column=name)


def _members_funds(wanted: Wanted) -> Iterator[Described]:
    """Each municipality with what it received itself in the newest year of which there is money."""
    found, words = together.of(wanted), wanted.words
    year = found.money_year
    if found.years:
        newest = int(str(found.years[-1]))
        year = min(newest, year or newest)
    heading = words.t("groupings.members.funds", year=str(year))
    published = found.funds.where(budget_year=year).only("area_code", *STAGES)
    yield _described(found, "grouping_members_funds", heading, published)


def _since(published: Published, found: Together, words: Words) -> str:
    """From the first sum to the last, over the same places."""
    name, group = "active_cases", found.group.name
    shown = [row for row in published if is_number(row[name])]
    first, last = shown[0], shown[-1]
    if together.change(published, name, last[name], first[name], words=words).way != "unsure":
        return sentences.since(published, name, words=words, key="groupings.active", group=group)
    return words.t(
        "groupings.active.unsure",
        group=group,
        first=words.cell(first[name], name, published.role(name)),
        value=words.cell(last[name], name, published.role(name)),
        from_time=words.period(str(first["period"])),
        to_time=words.period(str(last["period"])),
    )


def _rows(published: Published, codes: list[str]) -> Published:
    at = published.names.index("area_code")
    return replace(published, rows=tuple(row for row in published.rows if row[at] in codes))


FIGURES = {
    "grouping_measured": Recipe(_measured, grouped=True),
    "grouping_active": Recipe(_active, grouped=True),
    "grouping_funds": Recipe(_funds, grouped=True),
    "grouping_kreise": Recipe(_kreise, grouped=True),
    "grouping_map": Recipe(_map, {"measure": measure}, grouped=True),
    "grouping_members": Recipe(_members, grouped=True),
    "grouping_members_funds": Recipe(_members_funds, grouped=True),
}
