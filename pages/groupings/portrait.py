"""The parts of a grouping's pages, in the order of the screen."""

from dataclasses import replace

import streamlit as st

from data.disclosure import sums
from data.disclosure.published import Cell, Published
from data.questions import measures
from pages.figures import show, tables, tiles
from pages.figures.sentences import Change
from pages.figures.tiles import KeyFigure
from pages.maps import choropleth
from pages.named import every, grouping, municipality, shown, together
from pages.named.together import MONEY, OF_INSTITUTIONS, Together
from pages.reading import filters
from pages.reading.groups import Group
from pages.text.claims import Sentence
from pages.text.words import Words, plain

TILES = ("active_cases", "plan_rate", "attainment_in_12", "independent_exits", "filled_vzae")
BUTTONS = 60  # so many places have a button each; of more, the box is the shorter way
UNTOLD = ("same", "unsure")  # changes of which no size is told


def kind(group: Group, words: Words) -> str:
    """Of which kind a grouping is, and how many are in it."""
    return words.t("groupings.kind", grouping=group.grouping, count=words.number(len(group.places)))


def several(group: Group, words: Words) -> None:
    """Who is whole in it and in another of its kind."""
    if group.several:
        names = together.listed(group.several, words)
        way = "one" if len(group.several) == 1 else "many"
        values = {"names": names, "grouping": group.grouping, "name": group.name}
        st.info(plain(words.t(f"groupings.several.{way}", **values)))


def message(found: Together, words: Words) -> None:
    """What `people_now` says."""
    told, deviates = people_now(found, words)
    show.message(*told)
    if deviates:
        st.caption(deviates)


def people_now(found: Together, words: Words) -> tuple[list[str], str]:
    """How many people there are together, of how many places, and what may be said of the year before; and
    by how much the sum may be off.
    """
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
    farthest = together.farthest(now, name, cell)
    most = {"most": words.number(farthest), "known": words.number(known)}
    deviates = words.t("groupings.deviates", **most) if farthest else ""
    return [*told, *([_compared(found, name, words)] if known else [])], deviates


def key_figures(found: Together, words: Words) -> None:
    """Money, posts, people, plans, attainment, exits: each with how many places are in it."""
    label = words.t("overview.money", year=str(found.money_year))
    drawn = {name: _tile(found, name, words.label(name), name, words) for name in TILES}
    drawn["money"] = _tile(found, MONEY, label, "funds_by_stage", words)
    tiles.draw(tiles.one(tile, key=f"grouping_{name}") for name, tile in drawn.items())


def measured(found: Together, words: Words) -> None:
    """Every measure of a place: the sum now, of how many places, and against the year before."""
    rows = [_line(found, name, words) for name in grouping.offered(found, municipality.MEASURES)]
    heads = [
        words.t(f"groupings.measured.{each}") for each in ("measure", "value", "places", "change", "before")
    ]
    for each in every.of("grouping_measured", shown.wanted(found.chosen)):
        with show.framed(each):
            # Its rows are of several measures: to sort by their values would tell nothing.
            fixed = range(len(heads))
            tables.grid(heads, rows, key="grouping_measured", alt=each.heading, right=(1,), fixed=fixed)


def over_time(found: Together, words: Words) -> None:
    """People over time."""
    shown.draw("grouping_active", shown.wanted(found.chosen))


def funds(found: Together, words: Words) -> None:
    """What the municipalities received themselves, year by year."""
    shown.draw("grouping_funds", shown.wanted(found.chosen))


def of_kreise(found: Together, words: Words) -> None:
    """The money of the whole Kreise in which the places lie, where it stands there."""
    if found.by_kreis:
        shown.draw("grouping_kreise", shown.wanted(found.chosen), search=False)


def members(found: Together, words: Words) -> None:
    """Each municipality with what it shows."""
    shown.draw("grouping_members", shown.wanted(found.chosen))


def on_map(found: Together, words: Words) -> None:
    """Where the municipalities lie."""
    of = shown.wanted(found.chosen)
    measure = filters.choose(
        "measure", grouping.MAPPED, grouping.MAPPED[0], label=words.label, known=choropleth.register()
    )
    shown.draw("grouping_map", replace(of, column=measure), on_pick=filters.select_area)


def members_funds(found: Together, words: Words) -> None:
    """Each municipality with what it received itself."""
    if found.years:
        shown.draw("grouping_members_funds", shown.wanted(found.chosen))


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
