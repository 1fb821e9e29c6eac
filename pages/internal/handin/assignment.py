"""One proposed table: what each column is read from at a glance, and a box for each to change it."""

from collections.abc import Sequence

import streamlit as st

from data.deliveries.format import schema
from data.deliveries.format.profile import NUMBER
from data.deliveries.format.schema import Field
from data.deliveries.profiles.proposal import ProposedColumn, ProposedTable
from pages.figures import tables
from pages.internal.handin import writing
from pages.reading import language
from pages.text.words import Words, plain

MOST_SHOWN = 12  # values of a column and how they are read
BESIDE = 2  # boxes in a row


def draw(token: str, proposed: ProposedTable) -> ProposedTable:
    """Show one table of the upload `token`, and give it back as it was assigned."""
    words = language.words()
    file = f"{proposed.file}#{proposed.sheet}" if proposed.sheet else proposed.file
    label = words.t("handin.mapping.table", table=proposed.to, file=file)
    st.markdown(f"**{plain(label)}**")
    overview = st.empty()
    assigned = proposed
    with st.expander(words.t("handin.mapping.change", table=proposed.to), key=f"mapping_{proposed.to}"):
        made = {each.to for each in proposed.columns if each.key or each.constant}
        fields = [field for field in schema.tables()[proposed.to].fields if field.name not in made]
        for row in range(0, len(fields), BESIDE):
            for field, place in zip(fields[row : row + BESIDE], st.columns(BESIDE), strict=False):
                with place:
                    assigned = _column(token, assigned, field, words)
    for column in assigned.columns:
        if column.question:
            assigned = _dates(token, assigned, column, words)
    headings = [words.t(f"handin.mapping.{name}") for name in ("to", "from", "values", "share")]
    with overview.container(key=f"assigned_{proposed.to}"):
        tables.grid(headings, _rows(assigned, proposed, words), alt=label, right=[3])
        if assigned.unknown:
            names = ", ".join(plain(_heading(name)) for name in assigned.unknown)
            st.caption(words.t("handin.mapping.unknown", names=names))
        for heading, found in assigned.leave_out.items():
            listed = plain(", ".join(found))
            st.caption(words.t("handin.mapping.left_out", column=plain(heading), words=listed))
        if assigned.ignored:
            names = ", ".join(plain(name) for name in assigned.ignored)
            st.caption(words.t("handin.mapping.empty", names=names))
        if assigned.lacking:
            st.caption(words.t("handin.mapping.not_split", names=", ".join(assigned.lacking)))
    return assigned


def _rows(table: ProposedTable, proposed: ProposedTable, words: Words) -> list[list[str]]:
    by_itself = {(each.to, each.headings) for each in proposed.columns}
    columns = {each.to: each for each in table.columns}
    return [
        _row(columns.get(field.name), field.name, table, by_itself, words)
        for field in schema.tables()[table.to].fields
        if field.name in columns or field.required
    ]


def _row(
    column: ProposedColumn | None,
    name: str,
    table: ProposedTable,
    by_itself: set[tuple[str, tuple[str, ...]]],
    words: Words,
) -> list[str]:
    if column is None:
        return [name, words.t("handin.mapping.missing"), "", ""]
    if column.constant is not None:
        return [name, words.t("handin.mapping.constant", value=column.constant), "", ""]
    if column.key:
        return [name, words.t("handin.mapping.made", names=_named(column.key)), "", ""]
    proposed = (name, column.headings) in by_itself
    share = words.percent(column.confidence, 0) if proposed else words.t("handin.mapping.chosen")
    return [name, _named(column.headings), _read_as(column, table, words), share]


def _read_as(column: ProposedColumn, table: ProposedTable, words: Words) -> str:
    """The office's values, and what becomes of those that the format calls otherwise."""
    renamed = column.evidence.values if column.evidence else {}
    if renamed:
        pairs = [f"{theirs} → {ours or '–'}" for theirs, ours in list(renamed.items())[:MOST_SHOWN]]
        return ", ".join([*pairs, "…"] if len(renamed) > MOST_SHOWN else pairs)
    shown = " + ".join(_examples(heading, table) for heading in column.headings if _examples(heading, table))
    in_years = column.evidence is not None and column.evidence.years
    return words.t("handin.mapping.in_years", values=shown) if in_years else shown


def _column(token: str, table: ProposedTable, field: Field, words: Words) -> ProposedTable:
    to = field.name
    now = next((each for each in table.columns if each.to == to), None)
    if now and len(now.headings) > 1:
        st.caption(words.t("handin.mapping.joined", to=to, names=plain(_named(now.headings))))
        return table
    heading = now.headings[0] if now and now.headings else None
    # A goal that stands in the sheet of its case has the case's column as well.
    headings = list(dict.fromkeys([*table.examples, *([heading] if heading else [])]))
    chosen = st.selectbox(
        words.t("handin.mapping.column", to=to, required=" *" if field.required else ""),
        headings,
        index=headings.index(heading) if heading in headings else None,
        format_func=lambda name: " – ".join(
            part for part in (_heading(name), _examples(name, table)) if part
        ),
        placeholder=words.t("handin.mapping.none"),
        # Another upload has other columns; what was chosen for the last one says nothing about them.
        key=f"mapping_{token}_{table.to}_{to}",
    )
    return table if chosen == heading else table.assigned(to, chosen)


def _dates(token: str, table: ProposedTable, column: ProposedColumn, words: Words) -> ProposedTable:
    """Ask how the days are written where the file does not decide it."""
    date = st.selectbox(
        words.t("handin.mapping.date", to=column.to),
        column.question,
        index=None,
        format_func=lambda pattern: writing.dates(pattern, words),
        key=f"mapping_date_{token}_{table.to}_{column.to}",
        placeholder=words.t("handin.mapping.choose"),
    )
    return table.assigned(column.to, column.headings[0], date) if date else table


def _examples(heading: str, table: ProposedTable) -> str:
    return ", ".join(value[:20] for value in table.examples.get(heading, ()) if value)


def _heading(heading: str) -> str:
    """As the person knows it: `Ziel {n}` stands for Ziel 1, Ziel 2 and so on."""
    return heading.replace(NUMBER, "1, 2, …")


def _named(headings: Sequence[str]) -> str:
    return " + ".join(_heading(each) for each in headings)
