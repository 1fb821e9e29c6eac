"""Up to five places, areas and groupings alike, in one chart and one table; and how they surely differ."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from data.disclosure import bounds, sums
from data.disclosure.published import Cell, Gap, Published, is_number
from data.foundation import areas
from data.questions import events
from pages.charts import signs, trend
from pages.charts.signs import Marks, Reference
from pages.figures import sentences
from pages.figures.described import Described
from pages.figures.finest import Finest
from pages.figures.wanted import Wanted
from pages.named import together
from pages.named.recipe import Choice, Recipe
from pages.named.together import OF_INSTITUTIONS, Together
from pages.reading import groups
from pages.text.words import Words

MONEY = ("approved_eur", "use_rate")
OVER_TIME = (
    "active_cases",
    "caseload",
    "filled_vzae",
    "fill_rate",
    "plan_rate",
    "attainment_in_12",
    "independent_exits",
)
MEASURES = (*OVER_TIME, *MONEY)
# Of these a whole has more than its part, which is no news; shares and relations of the two may be compared.
AMOUNTS = ("active_cases", "filled_vzae", "approved_eur")
# What happened that bears on a measure, by the name that `events` has for it.
BEARS = {
    "active_cases": "people",
    "caseload": "posts",
    "filled_vzae": "posts",
    "fill_rate": "posts",
    "approved_eur": "money",
    "use_rate": "money",
}


def difference(now: Published, name: str, own: str, words: Words) -> str:
    """Which places show surely more or less of column `name` than `own`, and of which nobody can say.

    Empty where there is nothing to compare.
    """
    mine = now.cell(name, area_code=own)
    shown = [row for row in now if is_number(row[name]) and row["area_code"] != own]
    if not is_number(mine) or not shown:
        return ""
    ways: dict[str, list[str]] = {"more": [], "less": [], "unsure": []}
    for row in shown:
        way = bounds.told_apart(now, name, row[name], mine)
        label = words.place_or_category(str(row["area_code"]), "area_code")
        ways["more" if way > 0 else "less" if way < 0 else "unsure"].append(label)
    place = words.place_or_category(own, "area_code")
    told = [
        words.t(f"municipality.side.{way}", place=place, others=words.listed(labels))
        for way, labels in ways.items()
        if labels
    ]
    return " ".join(told)


def measure(_: Wanted) -> Choice:
    """What is compared in the chart."""
    return Choice(MEASURES, MEASURES[0])


def told(wanted: Wanted) -> str:
    """How the places surely differ from the chosen one, of the measure that is compared."""
    answer, time, now = _compared(wanted)
    own = _name(wanted, _codes(wanted)[0])
    return difference(
        comparable(answer.where(**{time: now}), wanted.column, own), wanted.column, own, wanted.words
    )


def comparable(now: Published, name: str, own: str) -> Published:
    """The rows to compare with the chosen place: of an amount none that holds it, or lies in it."""
    if name not in AMOUNTS:
        return now
    return replace(
        now, rows=tuple(row for row, at in zip(now.rows, now, strict=True) if not _is_part(at, own))
    )


def _is_part(row: Mapping[str, Cell], own: str) -> bool:
    code = str(row["area_code"])
    if not {code, own} <= areas.register().keys():
        return False
    return any(
        above.code == other for one, other in ((code, own), (own, code)) for above in areas.ancestors(one)
    )


def _compared(wanted: Wanted) -> tuple[Published, str, Cell]:
    """The answer over time, the column of its time, and the time that is told."""
    if wanted.column in MONEY:
        return _money(wanted), "budget_year", wanted.of_full_year().chosen.budget_year
    return _people(wanted), "period", wanted.chosen.period


def _chart(wanted: Wanted) -> Iterator[Described]:
    words, name = wanted.words, wanted.column
    answer, time, now = _compared(wanted)
    without = ("without",) if "without" in answer.names else ()
    answer = answer.only("area_code", time, *without, name)
    yearly = name in MONEY
    marks = Marks(
        Reference(80, words.t("caseload.per_post.reference")) if name == "caseload" else None,
        events.of(BEARS[name]) if name in BEARS else (),
        (signs.running(answer.edition.day, words),) if yearly else (),
    )
    compared = comparable(answer.where(**{time: now}), name, _name(wanted, _codes(wanted)[0]))
    heading = sentences.largest(
        compared,
        name,
        words=words,
        key="municipality.side.first" if len(compared) > 1 else "municipality.side.lone",
        label="area_code",
        what=words.label(name),
        at=words.t("municipality.side.year", year=str(now)) if yearly else words.at_end(str(now)),
    )
    notes = [words.t("municipality.side.note")]
    if any(code not in areas.register() for code in answer.column("area_code")):
        notes.append(words.t("municipality.side.unsteady"))
    drawn = partial(trend.lines, answer, words=words, x=time, y=name, by="area_code", beside=marks)
    at = Finest(answer, wanted.chosen)
    note = " ".join(notes)
    yield Described(
        "municipality_side", heading, at, answer, drawn, note=note, column=name, places=_labels(wanted)
    )


def _table(wanted: Wanted) -> Iterator[Described]:
    words, now = wanted.words, _people(wanted, at=wanted.chosen.period)
    year = str(wanted.of_full_year().chosen.budget_year)
    notes = [words.t("municipality.side.table_note", year=year)]
    for label, found in _groups(wanted):
        known = together.known(sums.over(found.now, "active_cases", by="period"), "active_cases")
        shared = together.share(words, known, found.every)
        notes.append(words.t("municipality.side.group", name=label, share=shared))
    heading = words.t("municipality.side.table", at=words.at_end(str(wanted.chosen.period)), year=year)
    answer = now.only("area_code", *MEASURES)
    at = Finest(answer, wanted.chosen)
    note = " ".join(notes)
    yield Described("municipality_side_table", heading, at, answer, note=note, places=_labels(wanted))


def _people(wanted: Wanted, at: str | None = None) -> Published:
    """All measures of each place over time; with `at` only those of that period, with the year's money."""
    year = str(wanted.of_full_year().chosen.budget_year)
    places = _places(wanted, "municipality/side_by_side", since=year)
    places = places.where(period=at) if at else places
    others: dict[str, list[Published]] = {}
    for label, found in _groups(wanted):
        names = [name for name in OVER_TIME if not (found.by_kreis and name in OF_INSTITUTIONS)]
        members = found.over_time
        others[label] = [_over_time(members.where(period=at) if at else members, names, wanted.chosen.period)]
        if at and found.years and int(year) <= int(str(found.years[-1])):
            others[label].append(sums.over(found.received, *MONEY, by="budget_year", at=(int(year),)))
    return _in_order(wanted, sums.below(places, others))


def _money(wanted: Wanted) -> Published:
    places = _places(wanted, "funds/side_by_side")
    others = {
        label: [sums.over(found.received, *MONEY, by="budget_year", at=found.years)]
        for label, found in _groups(wanted)
        if found.years
    }
    return _in_order(wanted, sums.below(places, others))


def _over_time(members: Published, names: Sequence[str], now: str | None) -> Published:
    """Each measure over the same places; where too few show it all the time, only what they show now."""
    courses = [together.course(members, name, by="period") for name in names]
    found = [each for each, _ in courses]
    rows = [
        (
            period,
            *(
                each.cell(name, period=period) if steady or period == now else Gap.UNKNOWN
                for name, (each, steady) in zip(names, courses, strict=True)
            ),
        )
        for period in dict.fromkeys(members.column("period"))
    ]
    own = [each.columns[each.names.index(name)] for name, each in zip(names, found, strict=True)]
    return replace(found[0], columns=(found[0].columns[0], *own), rows=tuple(rows))


def _codes(wanted: Wanted) -> tuple[str, ...]:
    """The chosen place and those to compare with; without any, what it lies in."""
    chosen = wanted.chosen
    above = (code for code in sentences.above(chosen.area_code) if code != chosen.area_code)
    others = chosen.compared or above
    return tuple(dict.fromkeys((chosen.grouping or chosen.area_code, *others)))


def _known(wanted: Wanted) -> Mapping[str, groups.Group]:
    return groups.of(wanted.chosen.edition, wanted.audience)


def _places(wanted: Wanted, query: str, since: str | None = None) -> Published:
    """The answer for the areas among the places; no row where there is none."""
    known = [code for code in _codes(wanted) if code in areas.register()]
    first, *more = known or [areas.LAND]
    asked = replace(
        wanted.chosen, grouping=None, area_code=first, compare=",".join(more) or None, since=since
    )
    answer = wanted.ask(query, asked)
    return answer if known else replace(answer, rows=())


def _groups(wanted: Wanted) -> list[tuple[str, Together]]:
    known = _known(wanted)
    return [
        (
            known[code].label,
            together.of(wanted.of(replace(wanted.chosen, grouping=code, area_code=areas.LAND, compare=None))),
        )
        for code in _codes(wanted)
        if code in known
    ]


def _in_order(wanted: Wanted, published: Published) -> Published:
    """The rows in the order in which a reader chose the places."""
    return published.in_order("area_code", [_name(wanted, code) for code in _codes(wanted)])


def _labels(wanted: Wanted) -> tuple[str, ...]:
    """What every place is called."""
    return tuple(wanted.words.place_or_category(_name(wanted, code), "area_code") for code in _codes(wanted))


def _name(wanted: Wanted, code: str) -> str:
    """What stands for a place in an answer: the code of an area, the label of a grouping."""
    group = _known(wanted).get(code)
    return group.label if group else code


FIGURES = {
    "municipality_side": Recipe(_chart, {"figure": measure}, several=True),
    "municipality_side_table": Recipe(_table, several=True),
}
