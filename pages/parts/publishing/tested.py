"""Whether it may be published: the rules, the attacks, the cells of closed periods, how useful it is."""

import streamlit as st

from data.releases.preview import Preview
from pages.parts import grid, language
from pages.parts.notes import plain
from pages.parts.words import Words

# What stands for how much a release shows: people counselled, in the three grains that pages use most.
USEFUL = (("kreis", "month"), ("gemeinde", "year"), ("gemeinde", "quarter"))
LISTED = 25


def protection(told: Preview) -> None:
    """Verification and red team, in words."""
    t = language.words().t
    st.subheader(t("publishing.tested.heading"), anchor=False)
    if told.draft.broken:
        st.error(t("publishing.tested.broken", rules="  \n".join(plain(each) for each in told.draft.broken)))
    else:
        st.markdown(t("publishing.tested.sound"))
    attacked = told.draft.red_team
    key = "not_attacked" if not attacked else "withstood" if attacked["passed"] else "named"
    (st.error if key == "named" else st.markdown)(t(f"publishing.tested.{key}"))


def useful(told: Preview) -> None:
    """Share of cells shown and of people covered."""
    words = language.words()
    st.subheader(words.t("publishing.useful.heading"), anchor=False)
    entries = {
        (each["level"], each["grain"]): each
        for each in told.draft.useful.get("cases", ())
        if each["count"] == "active_cases"
    }
    rows = []
    for level, grain in USEFUL:
        found = entries.get((level, grain), {})
        shown = words.percent(found["shown"] / found["cells"], 0) if found.get("cells") else "."
        covered = words.percent(found["covered"], 0) if found.get("covered") is not None else "."
        rows.append([words.t(f"publishing.useful.{level}_{grain}"), shown, covered])
    headings = [words.t(f"publishing.useful.{name}") for name in ("what", "shown", "covered")]
    grid.draw(headings, rows, alt=words.t("publishing.useful.heading"), right=[1, 2])
    st.caption(words.t("publishing.useful.note"))


def revised(told: Preview) -> None:
    """The cells of closed periods that change."""
    words = language.words()
    total = sum(told.draft.revised.values())
    if not total:
        return
    heading = words.t("publishing.revised.heading", count=words.number(total))
    with st.expander(plain(heading), key="publishing_revised"):
        st.markdown(words.t("publishing.revised.help"))
        headings = [
            words.t(f"publishing.column.{name}") for name in ("place", "period", "what", "before", "after")
        ]
        cells = told.draft.revisions[:LISTED]
        grid.draw(headings, [_cell(each, words) for each in cells], alt=heading, right=[3, 4])
        if total > len(cells):
            st.caption(
                words.t("publishing.revised.more", shown=words.number(len(cells)), count=words.number(total))
            )


def _cell(cell: dict[str, object], words: Words) -> list[str]:
    about = [str(cell[name]) for name in ("goal_area", "breakdown", "category") if cell.get(name)]
    what = " · ".join([_label(str(cell["count"]), words), *(words.category(each) for each in about)])
    place = str(cell.get("area_code") or "")
    return [
        words.area(place) if place else "–",
        words.period(str(cell.get("period", ""))),
        what,
        *(words.number(int(str(cell[name]))) if cell[name] else "•" for name in ("before", "after")),
    ]


def _label(name: str, words: Words) -> str:
    try:
        return words.label(name)
    except KeyError:
        return name
