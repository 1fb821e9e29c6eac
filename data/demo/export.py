"""The tables of one sender, as the export format has them."""

import numpy as np
import pyarrow as pa

from data.deliveries.format.sender import SYNTHETIC
from data.demo import (
    arrow_columns,
    consultations,
    context,
    development,
    funds,
    goals,
    persons,
    posts,
    reentries,
    senders,
    spells,
)
from data.demo.cases import Counselled, end_reasons, faelle
from data.demo.development import verlauf
from data.demo.land import Land
from data.demo.senders import Sender

# What the office delivers that has only the required columns and a few more.
FEW_COLUMNS = {
    "faelle": "fall_id ags aufnahme_am beendet_am beendigungsgrund altersgruppe geschlecht herkunftsland"
    " integrationsplan_am",
    "ziele": "ziel_id fall_id zielbereich zielstatus vereinbart_am abgeschlossen_am",
    "stellen": "stelle_id monat ags kreis vzae_bewilligt vzae_besetzt",
}


def tables_of(sender: Sender, land: Land, seed: int) -> dict[str, pa.Table]:
    """Every table that the sender delivers, by name, before it is written."""
    rng = np.random.default_rng(np.random.SeedSequence([seed, int(sender.code)]))
    kreis, until = sender.kreis, sender.reporting_day
    spans = spells.drawn(rng, land, kreis, until)
    people = persons.drawn(rng, spans)
    course = development.drawn(rng, spans, people)
    written = spells.plans_drawn(rng, spans)
    agreed = goals.drawn(rng, spans, people, written, course.working())
    ended = end_reasons(rng, spans, course)
    case_ids = arrow_columns.pseudonyms(rng, len(spans.opened))
    counselled = Counselled(case_ids, spans, people, course, written)
    cases = senders.with_gaps(rng, faelle(rng, land, sender, counselled, ended), sender.style.missing)
    if sender.with_earlier_cases:
        cases = reentries.added(_own_draws(seed, sender, "fruehere_fall_id"), cases, counselled)
    tables = {
        "lieferung": _lieferung(sender),
        "faelle": cases,
        "ziele": agreed.table(rng, case_ids),
        "stellen": posts.drawn(rng, land, kreis, until).table(rng, land, kreis),
        "mittel": funds.drawn(rng, land, kreis, until).table(rng, land, kreis),
        "kontext": context.drawn(rng, land, kreis, until).table(land, kreis),
    }
    if sender.sparse:
        return {name: _few(name, table) for name, table in tables.items()}
    tables["verlauf"] = verlauf(rng, case_ids, people, course)
    if sender.with_consultations:
        tables["beratungen"] = consultations.drawn(rng, spans, agreed).table(rng, case_ids)
    return tables


def _own_draws(seed: int, sender: Sender, column: str) -> np.random.Generator:
    """The draws of a column that came later: those of all others stay what they were without it."""
    return np.random.default_rng(np.random.SeedSequence([seed, int(sender.code), *column.encode()]))


def _few(name: str, table: pa.Table) -> pa.Table:
    return table.select(FEW_COLUMNS[name].split()) if name in FEW_COLUMNS else table


def _lieferung(sender: Sender) -> pa.Table:
    return pa.table(
        {
            "absender_id": [sender.sender_id],
            "absender_name": [sender.name],
            "absender_art": [sender.kind],
            "stichtag": pa.array([sender.reporting_date], pa.date32()),
            "format_version": ["1.1" if sender.with_earlier_cases else "1"],
            "software": [SYNTHETIC],
        }
    )
