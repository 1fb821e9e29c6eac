"""What was found in an upload: grouped by rule, with counts, the rows in question, and a repair list."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from data.deliveries.format.findings import Group, of_several, together
from data.deliveries.handin import results
from data.deliveries.handin.waiting import Examined
from pages.figures import tables
from pages.internal.handin import writing
from pages.reading import language
from pages.text.words import Words, plain
from pages.work import actions

SEVERITIES = ("fault", "warning", "notice")
ROWS = 50
MOST_OPEN = 3
CHARACTERS = 100  # of what a label says was found
ICONS = {"fault": ":material/error:", "warning": ":material/warning:", "notice": ":material/info:"}


def draw_recognised(examined: Examined) -> None:
    """Which tables were recognised, and how each file is written."""
    words = language.words()
    t = words.t
    rows = [
        [one.table, one.place, writing.describe(one, words), words.number(one.rows)]
        for one in examined.recognised
    ]
    if rows:
        headings = [t(f"handin.recognised.{name}") for name in ("table", "file", "writing", "rows")]
        tables.grid(headings, rows, key="handin_recognised", alt=t("handin.recognised.heading"), right=[3])
        if absent := results.missing(examined):
            with st.expander(t("handin.recognised.absent"), key="handin_absent"):
                st.markdown(plain("; ".join(absent)))
    else:
        st.caption(t("handin.recognised.none"))


def draw_findings(examined: Examined) -> None:
    """Every rule that found something, worst first, with a filter and the repair list."""
    words = language.words()
    t = words.t
    if not examined.groups:
        st.success(t("handin.findings.none"))
        return
    totals = {name: sum(g.count for g in examined.groups if g.severity == name) for name in SEVERITIES}
    present = [name for name in SEVERITIES if totals[name]]
    chosen = st.pills(
        t("handin.findings.filter"),
        present,
        selection_mode="multi",
        default=present,
        format_func=lambda name: f"{t(f'handin.severity.{name}')} ({words.number(totals[name])})",
        # Another upload has other findings; what was chosen for the last one would hide them.
        key=f"handin_severities_{examined.token}",
    )
    st.download_button(
        t("handin.findings.download"),
        data=partial(actions.repair_list, examined),
        file_name=t("handin.findings.file"),
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key="handin_repair_list",
        icon=":material/download:",
        on_click="ignore",
    )
    # Where a proposal stands above, what is missing for the format says nothing that is to be done.
    opened = () if actions.is_other(examined) and examined.token else ("fault",)
    ordered = sorted(examined.groups, key=lambda group: (SEVERITIES.index(group.severity), -group.count))
    for number, same in enumerate(together(ordered)):
        if same[0].severity not in (chosen or ()):
            continue
        place = f"finding_{number}"
        # Of another upload this is another finding, which is not open because the one before was.
        key = f"{place}_{examined.token}_{examined.examined_at:%H%M%S%f}"
        label = _label(same, words)
        is_open = same[0].severity in opened and number < MOST_OPEN
        with (
            st.container(key=place),
            st.expander(plain(label), icon=ICONS[same[0].severity], expanded=is_open, key=key),
        ):
            if len(same) == 1:
                _group(same[0], label, key, words)
            else:
                _list(same, label, key, words)


def _label(same: Sequence[Group], words: Words) -> str:
    """Where, and what was found, or several rules about one column look alike while they are closed."""
    t, first = words.t, same[0]
    column = first.column if len(same) == 1 else None
    place = " · ".join(part for part in (first.file, first.sheet, column) if part)
    severity = t(f"handin.severity.{first.severity}")
    what = _what(first, words) if len(same) == 1 else words.pick(of_several(same)[0])
    label = t("handin.findings.group", severity=severity, place=place, what=what)
    return label + _how_often(first, words) if len(same) == 1 else label


def _list(same: Sequence[Group], label: str, key: str, words: Words) -> None:
    """What one rule says of several headings of a file."""
    t = words.t
    st.markdown(f"**{t('handin.findings.remedy')}** {plain(words.pick(of_several(same)[1]))}")
    rows = [
        [words.number(one.line) if one.line else "–", one.column or "–", words.pick(one.message)]
        for group in same
        for one in group.findings
    ]
    headings = [t(f"handin.findings.{name}") for name in ("line", "column", "message")]
    tables.grid(headings, rows, key=key, alt=label, right=[0])


def _group(group: Group, label: str, key: str, words: Words) -> None:
    t = words.t
    first = group.findings[0]
    st.markdown(plain(words.pick(first.message)))
    st.markdown(f"**{t('handin.findings.remedy')}** {plain(words.pick(first.remedy))}")
    if group.different > 1:
        st.markdown(_values(group, words))
    rows = [
        [words.number(one.line) if one.line else "–", one.value or "–", words.pick(one.message)]
        for one in group.findings[:ROWS]
    ]
    headings = [t(f"handin.findings.{name}") for name in ("line", "value", "message")]
    tables.grid(headings, rows, key=key, alt=label, right=[0])
    if group.count > ROWS:
        count = words.number(group.count)
        st.caption(t("handin.findings.more", shown=words.number(ROWS), count=count))


def _what(group: Group, words: Words) -> str:
    """The beginning of the sentence about its first row; without the value where others have other ones."""
    said = words.pick(group.findings[0].message)
    value = group.findings[0].value
    if value is not None and group.different > 1:
        said = said.replace(f"'{value}'", "…")
    said = said.rstrip(".")
    return said if len(said) <= CHARACTERS else f"{said[: CHARACTERS - 1]}…"


def _values(group: Group, words: Words) -> str:
    """The commonest values and their numbers, so that all of them can be corrected in one go."""
    counted = [f"{plain(value)} ({words.number(count)})" for value, count in group.values]
    said = f"**{words.t('handin.findings.values')}** {' · '.join(counted)}"
    if group.different > len(group.values):
        said += words.t("handin.findings.different", number=words.number(group.different))
    return said


def _how_often(group: Group, words: Words) -> str:
    """In how many rows; nothing where a finding is about a file as a whole."""
    count = words.number(group.count)
    if group.of_rows:
        return words.t("handin.findings.of_rows", count=count, rows=words.number(group.of_rows))
    return words.t("handin.findings.times", count=count) if group.count > 1 else ""
