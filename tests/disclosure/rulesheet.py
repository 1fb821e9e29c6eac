"""A declared table and its drawn, deviated rows through the rules of a release."""

import numpy as np

from data.disclosure import cells as cells_of
from data.disclosure import rules, table_list
from data.disclosure.cells import NONE, UNKNOWN, Cells, Rows, Tree
from data.disclosure.table_list import Table
from data.foundation import areas, periods
from tests.support import drawn

LIMIT = 10


def declared(*header: str, name: str = "cases") -> Table:
    """The table that these header lines declare."""
    return table_list.declared_table(name, "\n".join(f"-- {line}" for line in (*header, "audience: public")))


def cells(table: Table, drawing: str, *others: str) -> Cells:
    """The cells of a drawing of deviated counts, in the order of the key. `?` is not delivered.

    Drawn codes say by their length what they are, and lie in the longest code that they begin with; with
    associations among them, which do not, they are those of the register. Areas and periods of the `others`
    are there too.
    """
    rows = sorted(drawn.rows(drawing), key=lambda row: [str(row[key]) for key in table.key])
    every = [*rows, *(row for other in others if other for row in drawn.rows(other))]
    keys = {name: cells_of.key([row[name] for row in rows]) for name in table.key}
    y = [[UNKNOWN if row[name] == "?" else int(row[name]) for name in table.perturbed] for row in rows]
    return Cells(table, keys, np.array(y), areas=_areas(every), periods=_periods(every))


def released(table: Table, drawing: str, *, cases: str = "") -> list[dict[str, object]]:
    """What readers get of a drawing of deviated counts, in the order of the key. `?` is not delivered.

    `cases` draws the released table `cases` that the counts may be a part of.
    """
    of = cells(table, drawing, cases)
    counts = rules.counts(of, rules.released(of, LIMIT, wholes(of, cases)))
    return [
        {name: key.names[key.codes[row]] for name, key in of.keys.items()}
        | {name: None if values[row] == UNKNOWN else int(values[row]) for name, values in counts.items()}
        for row in np.flatnonzero(rules.written(table, counts))
    ]


def wholes(of: Cells, cases: str) -> dict[str, Rows]:
    """What the counts of `cases` are released as that those of another table are parts of."""
    if not cases:
        return {}
    parts = [part for parts in of.table.parts.values() for part in parts if part.table]
    names = list(dict.fromkeys(part.whole for part in parts))
    table = declared("key: area_code, period", f"counts: {', '.join(names)}")
    whole = cells(table, cases)
    rows = of.rows_in(whole)
    return {
        f"{part.table}.{part.whole}": np.where(rows == NONE, 0, whole.y[rows, whole.column(part.whole)])
        for part in parts
    }


def shown(table: Table, drawing: str, **more: str) -> dict[str, object]:
    """Every count by its cell, as `08111 2026: active_cases`."""
    return {
        f"{' '.join(str(row[key]) for key in table.key)}: {count}": row[count]
        for row in released(table, drawing, **more)
        for count in table.counts
    }


def _areas(rows: list[dict[str, str]]) -> Tree:
    levels = {2: "land", 3: "regierungsbezirk", 5: "kreis", 8: "gemeinde"}
    codes = {row["area_code"] for row in rows if "area_code" in row} | {areas.LAND}
    if any(len(code) == 9 for code in codes):
        return Tree(
            levels={code: area.level for code, area in areas.register().items()},
            above={code: {up.level: up.code for up in areas.ancestors(code)} for code in areas.register()},
            parents={code: area.parent for code, area in areas.register().items() if area.parent},
        )
    codes |= {code[:length] for code in codes for length in levels if length < len(code)}
    inside = {
        code: sorted((up for up in codes if code.startswith(up) and up != code), key=len, reverse=True)
        for code in codes
    }
    return Tree(
        levels={code: levels[len(code)] for code in codes},
        above={code: {levels[len(up)]: up for up in every} for code, every in inside.items()},
        parents={code: every[0] for code, every in inside.items() if every},
    )


def _periods(rows: list[dict[str, str]]) -> Tree:
    written = {row["period"] for row in rows if "period" in row}
    found = {code: period for code in written if (period := periods.read(code))}
    longer = {
        code: [up for grain in periods.GRAINS if (up := period.within(grain)) and str(up) in found]
        for code, period in found.items()
    }
    return Tree(
        levels={code: period.grain for code, period in found.items()},
        above={
            code: {up.grain: str(up) for up in every if str(up) != code} for code, every in longer.items()
        },
        parents={code: str(period.parent) for code, period in found.items() if period.parent},
    )
