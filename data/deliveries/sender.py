"""Who hands in, as of when: from the table `lieferung`, or given beside a single table."""

import re
from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from data.deliveries import store
from data.deliveries.findings import Group
from data.deliveries.load import Loaded
from data.deliveries.schema import tables
from data.deliveries.wording import Place, group
from data.settings import Settings


@dataclass(frozen=True)
class Sender:
    """The head of a delivery. `complete`: with `lieferung`, so the sender's whole stock."""

    sender: str
    name: str
    kind: str
    reporting_date: date
    software: str
    complete: bool


def of_delivery(connection: duckdb.DuckDBPyConnection, loaded: Loaded) -> Sender | None:
    """The head as `lieferung` states it, or None where its one row is missing or can't be read."""
    row = connection.execute(
        "select absender_id, absender_name, absender_art::varchar, stichtag, coalesce(software, '') "
        f"from {loaded.typed} where stichtag is not null and absender_id is not null limit 1"
    ).fetchone()
    return Sender(row[0], row[1] or row[0], row[2] or "", row[3], row[4], complete=True) if row else None


def one_row(loaded: Loaded) -> list[Group]:
    """`lieferung` has exactly one row."""
    if loaded.rows == 1:
        return []
    return [group("one-row", loaded.part.place, wording={"other": str(loaded.rows)})]


def given(
    settings: Settings, sender: str | None, reporting_date: str | date | None, place: Place
) -> tuple[Sender | None, list[Group]]:
    """The head of a single table, as given on the command line or in the form; its name as last handed in."""
    if not sender or not reporting_date:
        return None, [group("lieferung-missing", place)]
    pattern = tables()["lieferung"].field("absender_id").rules["pattern"]
    if not re.fullmatch(pattern, sender):
        return None, [group("sender-given", place, value=sender, wording={"limit": pattern})]
    day = as_date(reporting_date)
    if day is None or day > date.today():
        return None, [group("date-given", place, value=str(reporting_date))]
    before = [stored for stored in store.all_deliveries(settings) if stored.sender == sender]
    name, kind = (before[-1].sender_name, before[-1].sender_kind) if before else (sender, "")
    return Sender(sender, name, kind, day, before[-1].software if before else "", complete=False), []


def contradicts(
    stated: Sender, sender: str | None, reporting_date: str | date | None, place: Place
) -> list[Group]:
    """A delivery with `lieferung` may be given a sender and date beside it, but no others than its own."""
    day = as_date(reporting_date) if reporting_date else None
    if sender in (None, stated.sender) and (not reporting_date or day == stated.reporting_date):
        return []
    wording = {"other": f"{stated.sender}, {stated.reporting_date:%d.%m.%Y}"}
    return [
        group(
            "given-otherwise", place, value=f"{sender or ''} {reporting_date or ''}".strip(), wording=wording
        )
    ]


def as_date(written: str | date) -> date | None:
    """TT.MM.JJJJ or JJJJ-MM-TT as a date."""
    if isinstance(written, date):
        return written
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(written.strip(), pattern).date()
        except ValueError:
            continue
    return None
