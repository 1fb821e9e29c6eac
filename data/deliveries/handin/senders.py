"""Who hands in, as of when: from the table `lieferung`, or given beside a single table."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import duckdb

from data.deliveries.checking.load import Loaded
from data.deliveries.format.findings import Group, Place, group
from data.deliveries.format.parts import Part
from data.deliveries.format.schema import tables
from data.deliveries.format.sender import SYNTHETIC, Given, Sender, as_date
from data.deliveries.personal.digits import PROGRAMME
from data.deliveries.store import deliveries, kind
from data.foundation.settings import Settings


def of_delivery(
    connection: duckdb.DuckDBPyConnection, loaded: Loaded, synthetic: bool = False
) -> Sender | None:
    """The head as `lieferung` states it, or None where its one row is missing or can't be read.

    A reporting date from before the programme is none: rules that compare with it would repeat it. A constant
    of a profile does not make its files demonstration data, which are `synthetic` if they say so themselves.
    """
    row = connection.execute(
        "select absender_id, absender_name, absender_art::varchar, stichtag, coalesce(software, '') "
        f"from {loaded.typed} where stichtag >= date '{PROGRAMME}' and absender_id is not null limit 1"
    ).fetchone()
    if row is None:
        return None
    head = Sender(row[0], row[1] or row[0], row[2] or "", row[3], row[4], complete=True)
    by_profile = loaded.part.recognised.profile is not None and "software" not in loaded.part.origins
    return replace(head, software="") if by_profile and head.synthetic and not synthetic else head


def one_row(loaded: Loaded) -> list[Group]:
    """A delivery is of one sender and one reporting date, so `lieferung` has exactly one row."""
    if not loaded.table.rules.get("x-one-row") or loaded.rows == 1:
        return []
    return [group("one-row", loaded.part.place, wording={"other": str(loaded.rows)})]


def are_synthetic(parts: Sequence[Part]) -> bool:
    """Whether every file that was read says above its table, in a cell of its own, that it is demonstration
    data. Only a file can say so: what is given beside it or kept for its sender holds for the next one, too.
    """
    return bool(parts) and all(
        any(line < part.header_line and SYNTHETIC in map(str.strip, cells) for line, cells in part.outside)
        for part in parts
    )


def given(
    settings: Settings, given: Given, place: Place, synthetic: bool = False
) -> tuple[Sender | None, list[Group]]:
    """The head of a single table, as given on the command line or in the form; its name as last handed in.

    `synthetic`: its files say so. That its sender handed in demonstration data before says nothing of it.
    """
    if not given.sender or not given.reporting_date:
        return None, [group("lieferung-missing", place)]
    pattern = tables()["lieferung"].field("absender_id").rules["pattern"]
    if not re.fullmatch(pattern, given.sender):
        return None, [group("sender-given", place, value=given.sender, wording={"limit": pattern})]
    day = as_date(given.reporting_date)
    if day is None or day > date.today():
        return None, [group("date-given", place, value=str(given.reporting_date))]
    before = [stored for stored in deliveries.all_deliveries(settings) if stored.sender == given.sender]
    name, kind = (before[-1].sender_name, before[-1].sender_kind) if before else (given.sender, "")
    known = before[-1].software if before and not before[-1].synthetic else ""
    software = SYNTHETIC if synthetic else known
    return Sender(given.sender, name, kind, day, software, complete=False), []


def of_other_kind(settings: Settings, head: Sender, place: Place) -> list[Group]:
    """A made-up delivery in a store for real ones, or the other way round."""
    rule = kind.contradicted(settings, head.synthetic)
    return [group(rule, place)] if rule else []


def is_of_other_kind(groups: Iterable[Group]) -> bool:
    """Whether a delivery was told that it is in the wrong store: nothing of it may stay there."""
    return any(each.rule.startswith("kind-") for each in groups)


def contradictions(stated: Sender, given: Given, place: Place) -> list[Group]:
    """Sender and date given beside a delivery that states its own must be the same."""
    day = as_date(given.reporting_date) if given.reporting_date else None
    if given.sender in (None, stated.sender) and (not given.reporting_date or day == stated.reporting_date):
        return []
    wording = {"other": f"{stated.sender}, {stated.reporting_date:%d.%m.%Y}"}
    value = f"{given.sender or ''} {given.reporting_date or ''}".strip()
    return [group("given-otherwise", place, value=value, wording=wording)]
