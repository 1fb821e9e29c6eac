"""One proposed table: what each column is read from at a glance, and a box for each to change it."""

import re
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from data.deliveries.format import schema
from data.deliveries.format.names import heading_key
from data.deliveries.format.profile import NUMBER
from data.deliveries.format.schema import Field
from data.deliveries.profiles.proposal import CASE, ProposedColumn, ProposedTable, several_times
from pages.figures import tables
from pages.internal.handin import writing
from pages.reading import language
from pages.text.words import Words, plain

MOST_SHOWN, PLACES_SHOWN = 12, 4  # values of a column and how they are read; everybody knows the places
BESIDE = 2  # boxes in a row
NOTE = re.compile(r"\s*[(;].*")  # behind the title of a column


def draw(token: str, proposed: ProposedTable) -> ProposedTable:
    """Show one table of the upload `token`, and give it back as it was assigned."""
    words = language.words()
    file = f"{proposed.file}#{proposed.sheet}" if proposed.sheet else proposed.file
    label = words.t("handin.mapping.table", table=proposed.to, file=file)
    st.markdown(f"**{plain(label)}**")
    if proposed.repeat:
        st.markdown(_split(proposed, words))
    overview = st.empty()
    assigned = proposed
    with st.expander(words.t("handin.mapping.change", table=proposed.to), key=f"mapping_{proposed.to}"):
        fields = [field for field in schema.tables()[proposed.to].fields if not _is_made(proposed, field)]
        for row in range(0, len(fields), BESIDE):
            for field, place in zip(fields[row : row + BESIDE], st.columns(BESIDE), strict=False):
                with place:
                    assigned = _column(token, assigned, field, words)
    for column in assigned.columns:
        if column.question:
            assigned = _dates(token, assigned, column, words)
    assigned = _without_unneeded(token, assigned, words)
    headings = [words.t(f"handin.mapping.{name}") for name in ("to", "from", "values", "share")]
    with overview.container(key=f"assigned_{proposed.to}"):
        tables.grid(
            headings, _rows(assigned, proposed, words), key=f"assigned_{proposed.to}", alt=label, right=[3]
        )
        if assigned.unknown:
            names = ", ".join(plain(_heading(name, assigned)) for name in assigned.unknown)
            st.caption(words.t("handin.mapping.unknown", names=names))
            for name, times in several_times(assigned.unknown).items():
                st.caption(words.t("handin.mapping.several", name=plain(name), times=times))
        if assigned.unneeded:
            names = ", ".join(plain(_heading(name, assigned)) for name in assigned.unneeded)
            st.caption(words.t("handin.mapping.not_needed", names=names))
        if assigned.ignored:
            names = ", ".join(plain(name) for name in assigned.ignored)
            st.caption(words.t("handin.mapping.empty", names=names))
        if assigned.lacking:
            st.caption(words.t("handin.mapping.not_split", names=", ".join(assigned.lacking)))
    return _without_totals(token, assigned, words)


def _without_unneeded(token: str, table: ProposedTable, words: Words) -> ProposedTable:
    """Ask which of the columns that nothing is read from are not needed; they are not asked about again."""
    if not table.unknown:
        return table
    key = f"mapping_unneeded_{token}_{table.to}"
    # A column that was assigned meanwhile is none of them any more.
    st.session_state[key] = [each for each in st.session_state.get(key, ()) if each in table.unknown]
    chosen = st.multiselect(
        words.t("handin.mapping.unneeded"),
        table.unknown,
        format_func=lambda name: " – ".join(
            part for part in (_heading(name, table), _examples(name, table)) if part
        ),
        placeholder=words.t("handin.mapping.choose"),
        key=key,
        help=words.t("handin.mapping.unneeded_help"),
    )
    return table.without(chosen)


def _without_totals(token: str, table: ProposedTable, words: Words) -> ProposedTable:
    """Ask whether the rows of totals are none of the table; said once, though goals are split from it too."""
    if not (table.leave_out or table.sums) or table.repeat:
        return table
    begins = [
        words.t("handin.mapping.begins", column=plain(heading), words=plain(", ".join(found)))
        for heading, found in table.leave_out.items()
    ]
    listed = "; ".join([*begins, *([words.t("handin.mapping.sums")] if table.sums else [])])
    # Another upload has other rows.
    agreed = st.checkbox(
        words.t("handin.mapping.left_out", rows=words.number(table.left_out), listed=listed),
        value=True,
        key=f"mapping_left_out_{token}_{table.to}",
        help=words.t("handin.mapping.left_out_help"),
    )
    return table if agreed else replace(table, leave_out={}, sums=False)


def _rows(table: ProposedTable, proposed: ProposedTable, words: Words) -> list[list[str]]:
    by_itself = {(each.to, each.headings) for each in proposed.columns}
    columns = {each.to: each for each in table.columns}
    return [
        [called(field, words), *_row(columns.get(field.name), field.name, table, by_itself, words)]
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
        return [words.t("handin.mapping.missing"), "", ""]
    if column.constant is not None:
        return [words.t("handin.mapping.constant", value=column.constant), "", ""]
    if column.key:
        parts = " + ".join(
            words.t("handin.mapping.number") if each == NUMBER else each for each in column.key
        )
        return [words.t("handin.mapping.made", names=parts), "", ""]
    proposed = (name, column.headings) in by_itself
    share = words.percent(column.confidence, 0) if proposed else _chosen(column, words)
    return [_named(column.headings, table), _read_as(column, table, words), share]


def called(field: Field, words: Words) -> str:
    """What the column is about, and its name where that does not say it."""
    title = NOTE.sub("", words.pick(field.titles))
    said = heading_key(title) == field.name or field.name.startswith(heading_key(title))
    return field.name if said else words.t("handin.mapping.called", title=title, name=field.name)


def _chosen(column: ProposedColumn, words: Words) -> str:
    """By a person, who is told if the column has values that can't be read so."""
    fits = column.evidence.fits if column.evidence else None
    if fits is None or fits == 1:
        return words.t("handin.mapping.chosen")
    return words.t("handin.mapping.chosen_fits", share=words.percent(fits, 0))


def _read_as(column: ProposedColumn, table: ProposedTable, words: Words) -> str:
    """The office's values, and what becomes of those that the format calls otherwise."""
    renamed = column.evidence.values if column.evidence else {}
    if renamed:
        places = "x-register" in schema.tables()[table.to].field(column.to).rules
        most = PLACES_SHOWN if places else MOST_SHOWN
        pairs = [f"{theirs} → {ours or '–'}" for theirs, ours in list(renamed.items())[:most]]
        return ", ".join([*pairs, "…"] if len(renamed) > most else pairs)
    shown = " + ".join(_examples(heading, table) for heading in column.headings if _examples(heading, table))
    in_years = column.evidence is not None and column.evidence.years
    return words.t("handin.mapping.in_years", values=shown) if in_years else shown


def _column(token: str, table: ProposedTable, field: Field, words: Words) -> ProposedTable:
    to = field.name
    now = table.column(to)
    if now and len(now.headings) > 1:
        st.caption(words.t("handin.mapping.joined", to=to, names=plain(_named(now.headings, table))))
        return table
    heading = now.headings[0] if now and now.headings else None
    headings = list(table.examples)
    chosen = st.selectbox(
        words.t("handin.mapping.column", to=called(field, words), required=" *" if field.required else ""),
        headings,
        index=headings.index(heading) if heading in headings else None,
        format_func=lambda name: " – ".join(
            part for part in (_heading(name, table), _examples(name, table)) if part
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
    return table.dated(column.to, date) if date else table


def _examples(heading: str, table: ProposedTable) -> str:
    return ", ".join(value[:20] for value in table.examples.get(heading, ()) if value)


def _is_made(table: ProposedTable, field: Field) -> bool:
    """Whether there is nothing to choose: a constant, a made-up key, or the key of the cases, which is chosen
    in their table.
    """
    column = table.column(field.name)
    return column is not None and (
        bool(column.key)
        or column.constant is not None
        or (table.repeat is not None and not set(column.headings) & table.examples.keys())
    )


def _heading(heading: str, table: ProposedTable) -> str:
    """As the person knows it: `Ziel {n}` stands for Ziel 1, Ziel 2 and so on."""
    return heading.replace(NUMBER, _numbers(table))


def _numbers(table: ProposedTable) -> str:
    return f"1–{table.repeat}" if table.repeat and table.repeat > 1 else "1"


def _split(table: ProposedTable, words: Words) -> str:
    """Which columns become rows, and by what these know their case."""
    case = table.column(CASE)
    return words.t(
        "handin.mapping.split",
        names=plain(", ".join(_heading(each, table) for each in table.examples)),
        table=table.to,
        case=plain(_named(case.headings, table)) if case else "",
    )


def _named(headings: Sequence[str], table: ProposedTable) -> str:
    return " + ".join(_heading(each, table) for each in headings)
