"""Many cases with ten goals each as stored Parquet, without a hand-in: what a release is made from."""

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from data.deliveries.format import schema
from data.deliveries.store.deliveries import Stored
from data.foundation.sql import literal

GOALS = 10  # of each case
DAY = date(2026, 9, 30)
ROWS = {
    "faelle": """
        select 'F-' || i as fall_id,
            gemeinden[1 + (hash(i) % len(gemeinden))::int] as ags,
            date '2018-01-01' + (hash(i, 1) % 3100)::int as aufnahme_am,
            case when hash(i, 2) % 2 = 0 then aufnahme_am + (hash(i, 3) % 900)::int end as beendet_am,
            ['0-5', '6-14', '15-17', '18-26', '27-44', '45-64', '65+'][1 + (hash(i, 4) % 7)::int]
                as altersgruppe,
            ['männlich', 'weiblich'][1 + (hash(i, 5) % 2)::int] as geschlecht,
            ['SY', 'AF', 'IQ', 'UA', 'TR', 'ER', 'GM', 'SO'][1 + (hash(i, 6) % 8)::int] as herkunftsland,
            case when hash(i, 7) % 4 < 3 then aufnahme_am + (hash(i, 8) % 60)::int end as integrationsplan_am
        from range({cases}) as cases(i)
    """,
    "ziele": """
        select 'Z-' || i as ziel_id, 'F-' || (i // 10) as fall_id,
            ['Sprache', 'Arbeitsmarkt', 'Wohnung', 'Gesundheit'][1 + (hash(i, 9) % 4)::int] as zielbereich,
            ['In Umsetzung', 'Ziel erreicht', 'Ziel verfehlt'][1 + (hash(i, 10) % 3)::int] as zielstatus,
            date '2018-02-01' + (hash(i, 11) % 3000)::int as vereinbart_am,
            case
                when zielstatus <> 'In Umsetzung'
                    then least(vereinbart_am + (hash(i, 12) % 700)::int, date '2026-09-30')
            end as abgeschlossen_am
        from range({goals}) as goals(i)
    """,
}


def stored(folder: Path, cases: int, areas: Path) -> dict[str, list[Stored]]:
    """The tables `faelle` and `ziele` of one sender; a case with its goals is spread evenly over the Land."""
    with duckdb.connect() as connection:
        connection.execute(
            "set variable gemeinden = (select list(area_code order by area_code) "
            f"from read_csv({literal(str(areas))}, all_varchar = true) where level = 'gemeinde')"
        )
        for name, sql in ROWS.items():
            columns = ", ".join(f"{each.name} {each.sql_type}" for each in schema.tables()[name].fields)
            made = sql.format(cases=cases, goals=cases * GOALS).replace(
                "gemeinden", "getvariable('gemeinden')"
            )
            connection.execute(f"create table {name} ({columns})")
            connection.execute(f"insert into {name} by name {made}")
            connection.execute(f"copy {name} to {literal(str(folder / f'{name}.parquet'))}")
    one = Stored(
        sha256="", sender="amt-a", sender_name="Amt A", sender_kind="Landkreis", reporting_date=DAY,
        software="", synthetic=True, accepted_at=datetime.now(UTC), state="accepted", complete=True, rows={},
        present={}, tables={name: folder / f"{name}.parquet" for name in ROWS}, recognised={}, folder=folder,
    )  # fmt: skip
    return {name: [one] if name in ROWS else [] for name in schema.tables()}
