"""The parts of a grouping's pages, in the order of the screen."""

from dataclasses import replace

import streamlit as st

from data.disclosure import sums
from data.disclosure.published import Cell, Published, is_number
from data.publish import ask
from data.questions import measures
from pages.charts import bars, trend
from pages.figures import place, sentences, show, tables, tiles
from pages.figures.sentences import Change
from pages.figures.tiles import KeyFigure
from pages.groupings import together
from pages.groupings.together import MONEY, OF_INSTITUTIONS, PLANNED, Together
from pages.reading import filters, reader
from pages.reading.groups import Group
from pages.text.claims import Sentence
from pages.text.words import Words, plain

TILES = ("active_cases", "plan_rate", "attainment_in_12", "independent_exits", "filled_vzae")
MEMBERS = ("active_cases", "per_1000", "plan_rate", "attainment_in_12", "independent_exits")
STAGES = ("planned_eur", "approved_eur", "paid_eur", "used_eur")
BUTTONS = 60  # so many places have a button each; of more, the box is the shorter way
UNTOLD = ("same", "unsure")  # changes of which no size is told


def heading(group: Group, words: Words) -> None:
    """Which grouping it is, that it has no figures of its own, and who is whole in it and in another."""
    st.header(plain(group.name), anchor=False)
    count = words.number(len(group.places))
    st.caption(plain(words.t("groupings.kind", grouping=group.grouping, count=count)))
    if group.several:
        names = together.listed(group.several, words)
        way = "one" if len(group.several) == 1 else "many"
        values = {"names": names, "grouping": group.grouping, "name": group.name}
        st.info(plain(words.t(f"groupings.several.{way}", **values)))


def message(found: Together, words: Words) -> None:
    """How many people there are together, of how many places, and what may be said of the year before."""
    name, period = "active_cases", found.chosen.period
    now = sums.over(found.profile, name, by="period", at=(period,))
    cell, known = now.cell(name), together.known(now, name)
    values = {
        "name": found.group.name,
        "period": words.period(str(period)),
        "share": together.share(words, known, found.every),
        "value": words.cell(cell, name, now.role(name)),
    }
    told = [words.t(f"groupings.people.{'said' if known else 'none'}", **values)]
    show.message(*told, *([_compared(found, name, words)] if known else []))
    if farthest := together.farthest(now, name, cell):
        st.caption(words.t("groupings.deviates", most=words.number(farthest), known=words.number(known)))


def key_figures(found: Together, words: Words) -> None:
    """Money, posts, people, plans, attainment, exits: each with how many places are in it."""
    with tiles.grid():
        for name in TILES:
            tiles.draw(_tile(found, name, words.label(name), name, words), key=f"grouping_{name}")
        label = words.t("overview.money", year=str(found.money_year))
        tiles.draw(_tile(found, MONEY, label, "funds_by_stage", words), key="grouping_money")


def measured(found: Together, words: Words) -> None:
    """Every measure of a place: the sum now, of how many places, and against the year before."""
    now = found.now
    names = _offered(found, place.MEASURES)
    rows = [_line(found, name, words) for name in names]
    title = words.t("groupings.measured.heading", period=words.period(str(found.chosen.period)))
    notes = [words.t("groupings.measured.note")]
    with show.framed(
        now.only("area_code", *names).by_inhabitants_of(now),
        heading=title,
        key="grouping_measured",
        note=" ".join(filter(None, [*notes, _held(found, words)])),
    ):
        heads = [
            words.t(f"groupings.measured.{each}")
            for each in ("measure", "value", "places", "change", "before")
        ]
        # Its rows are of several measures: to sort by their values would tell nothing.
        every = range(len(heads))
        tables.grid(heads, rows, key="grouping_measured", alt=title, right=(1,), fixed=every)


def over_time(found: Together, words: Words) -> None:
    """People over time, over the same places wherever there are enough."""
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
    show.figure(
        trend.lines(published, words=words, y=name),
        published=published,
        # What comes from other places is no change.
        heading=_since(published, name, words) if steady else words.t("groupings.active.changing"),
        key="grouping_active",
        note=note,
    )


def funds(found: Together, words: Words) -> None:
    """What the municipalities received themselves, year by year."""
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
    show.figure(
        bars.stages(published, words=words, x="budget_year", y=STAGES),
        published=published,
        heading=title,
        key="grouping_funds",
        note=" ".join(notes),
    )


def of_kreise(found: Together, words: Words) -> None:
    """Since 2025 the money stands with the Kreise: that of the whole Kreise in which the places lie."""
    year = found.money_year
    if not found.by_kreis:
        return
    every = ask("funds/kreise", found.chosen, reader.audience())
    published = _rows(every, together.kreise(found.group)).where(budget_year=year)
    show.table(
        published,
        heading=words.t("groupings.kreise.heading", year=str(year)),
        key="grouping_kreise",
        note=words.t("groupings.kreise.note"),
        search=False,
    )


def members(found: Together, words: Words) -> None:
    """Each municipality with what it shows: what the sums are added up from."""
    names = [*MEMBERS, *([] if found.by_kreis else ["filled_vzae"])]
    show.table(
        found.now.only("area_code", *names),
        heading=words.t("groupings.members.heading", period=words.period(str(found.chosen.period))),
        key="grouping_members",
        note=words.t("groupings.members.note"),
    )


def members_funds(found: Together, words: Words) -> None:
    """Each municipality with what it received itself in the newest year of which there is money."""
    if not found.years:
        return
    year = min(int(str(found.years[-1])), found.money_year or int(str(found.years[-1])))
    show.table(
        found.funds.where(budget_year=year).only("area_code", *STAGES),
        heading=words.t("groupings.members.funds", year=str(year)),
        key="grouping_members_funds",
    )


def ways(group: Group, kreise: list[str], words: Words) -> None:
    """Buttons that choose one of the Kreise, or one of the municipalities where these are not too many."""
    places = sorted(group.places, key=words.area) if len(group.places) <= BUTTONS else []
    for key, codes in (("kreise", kreise), ("places", places)):
        if not codes:
            continue
        st.markdown(words.t(f"groupings.ways.{key}"))
        with st.container(key=f"grouping_ways_{key}", horizontal=True):
            for code in codes:
                st.button(
                    plain(words.area(code)), key=f"way_{code}", on_click=filters.select_area, args=(code,)
                )
    if not places:
        st.markdown(words.t("groupings.ways.box"))


def _since(published: Published, name: str, words: Words) -> str:
    """From the first sum to the last, over the same places."""
    shown = [row for row in published if is_number(row[name])]
    first, last = shown[0], shown[-1]
    if together.change(published, name, last[name], first[name], words=words).way != "unsure":
        return sentences.since(published, name, words=words, key="groupings.active")
    return words.t(
        "groupings.active.unsure",
        first=words.cell(first[name], name, published.role(name)),
        value=words.cell(last[name], name, published.role(name)),
        from_time=words.period(str(first["period"])),
        to_time=words.period(str(last["period"])),
    )


def _offered(found: Together, names: tuple[str, ...]) -> list[str]:
    """Without posts where they stand with the Kreise."""
    return [name for name in names if not (found.by_kreis and name in OF_INSTITUTIONS)]


def _line(found: Together, name: str, words: Words) -> list[str]:
    now, change, both = _figure(found, name, words)
    role, beside = now.role(name), "–"
    if change.way != "only":
        after, before = both.column(name)
        beside = words.t(
            "groupings.measured.beside",
            before=words.cell(before, name, role),
            now=words.cell(after, name, role),
            share=together.share(words, together.known(both, name), found.every, "both"),
        )
    alone = words.t(f"groupings.measured.{change.way if change.way in UNTOLD else 'only'}")
    return [
        words.label(name),
        words.cell(now.column(name)[0], name, role),
        together.share(words, together.known(now, name), found.every),
        change.signed or alone,
        beside,
    ]


def _tile(found: Together, name: str, label: str, measure: str, words: Words) -> KeyFigure:
    definition = measures.register().get(measure)
    if found.by_kreis and name in (MONEY, *OF_INSTITUTIONS):
        held, value = words.t("groupings.tile.held"), words.t("groupings.tile.held_value")
        return KeyFigure(label, value, None, held, "only", "", "", (), "", definition, None)
    now, change, both = _figure(found, name, words)
    shares = [together.share(words, together.known(now, name), found.every)]
    if change.way != "only":
        same = together.share(words, together.known(both, name), found.every, "both")
        shares.append(words.t("groupings.tile.compared", share=same))
    alone = "only" if together.known(now, name) else "none"
    return KeyFigure(
        label=label,
        value=words.cell(now.column(name)[0], name, now.role(name)),
        change=Sentence(change.signed) if change.signed else None,
        instead=words.t(f"groupings.tile.{change.way if change.way in UNTOLD else alone}"),
        way=change.way,
        lead="",
        share="; ".join(shares),
        numbers=(),
        course="",
        definition=definition,
        band=None,
    )


def _figure(found: Together, name: str, words: Words) -> tuple[Published, Change, Published]:
    """The sum now, what may be said of the year before, and both sums over the places that show both."""
    if name == MONEY:
        return _of(found.funds, name, "budget_year", found.money_year, words)
    return _of(found.profile, name, "period", found.chosen.period, words)


def _of(
    members: Published, name: str, by: str, at: Cell, words: Words
) -> tuple[Published, Change, Published]:
    now = sums.over(members, name, by=by, at=(at,))
    return now, *together.year_before(members, name, words=words, by=by, now=at)


def _compared(found: Together, name: str, words: Words) -> str:
    _, change, both = _figure(found, name, words)
    share = together.share(words, together.known(both, name), found.every, "both")
    cells = [words.cell(cell, name, both.role(name)) for cell in both.column(name)]
    values = dict(zip(("now", "before"), cells, strict=False))
    return words.t(f"groupings.change.{change.way}", change=change.size, share=share, **values)


def _held(found: Together, words: Words) -> str:
    return words.t("groupings.held") if found.by_kreis else ""


def _rows(published: Published, codes: list[str]) -> Published:
    at = published.names.index("area_code")
    return replace(published, rows=tuple(row for row in published.rows if row[at] in codes))
