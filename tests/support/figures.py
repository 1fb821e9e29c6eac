"""Drawn rows through the real import and the real build, and what comes out at the other end."""

from pathlib import Path
from typing import Any

import duckdb

from data.deliveries.format.sender import SYNTHETIC
from data.deliveries.handin.work import HandIn, import_delivery
from data.deliveries.store import kind
from data.foundation.settings import Settings
from data.releases import make
from data.releases.draft import Attacks
from data.releases.manifest import Manifest
from data.warehouse import build, versions
from tests.support import drawn, fixed

# Marts without a row for what nobody has delivered.
KNOWN_ALONE = {"goals", "posts", "outcomes", "reentries", "deadlines"}


class Figures:
    """A built store. `row` reads a mart exactly; what readers get is asked with `data.publish.ask`."""

    def __init__(self, folder: Path, responsible: Path | None = None) -> None:
        self.settings = Settings(store=folder / "store", address="localhost", port=0, responsible=responsible)
        self._folder = folder
        self._senders = 0

    def hand_in(self, **drawing: str) -> "Figures":
        """Import one drawn delivery; a fault in the drawing fails the test with its findings.

        It counts as demonstration data unless it is drawn with another `software`.
        """
        self._senders += 1
        drawing.setdefault("software", SYNTHETIC)
        if kind.of(self.settings) is None and drawing["software"] == SYNTHETIC:
            kind.decide(self.settings, kind.Kind.DEMONSTRATION)
        path = drawn.delivery(self._folder / f"delivery-{self._senders}", **drawing)
        imported = import_delivery(path, self.settings, HandIn(confirm="drawn like this in a test"))
        assert imported.accepted, imported
        return self

    def hand_in_table(self, name: str, drawing: str, *, sender: str, reporting_date: str) -> "Figures":
        """Import one drawn table by itself, as of this date."""
        self._senders += 1
        folder = drawn.delivery(self._folder / f"table-{self._senders}", sender=sender, **{name: drawing})
        given = HandIn(sender, reporting_date, confirm="drawn like this in a test")
        path = folder / f"{name}.csv"
        if kind.is_demonstration(self.settings):
            path.write_text(f"{SYNTHETIC}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
        imported = import_delivery(path, self.settings, given)
        assert imported.accepted, imported
        return self

    def build(self) -> "Figures":
        """Build the warehouse from everything handed in."""
        build.warehouse(self.settings)
        return self

    def release(self, *, new_keys: bool = False, attacks: Attacks | None = None, **terms: Any) -> Manifest:
        """Publish everything handed in, as `python -m data release` does.

        A first release has fixed keys, so that its figures are the same at each run, unless it is to make
        `new_keys` by itself.
        """
        if not new_keys and self.settings.store.is_dir() and make.last(self.settings.store) is None:
            fixed.keys(self.settings.keys)
        return make.make(self.settings, lambda step: None, make.Terms(**terms), attacks=attacks)

    def rows(self, mart: str, **where: object) -> list[dict[str, object]]:
        """The rows of a mart with these values. A mart has no order, so they are put into one here."""
        pointer = versions.current(self.settings.store)
        path = versions.warehouse(self.settings.store, pointer.version)
        with duckdb.connect(str(path), read_only=True) as connection:
            conditions = " and ".join(f"{name} = ${name}" for name in where) or "true"
            answer = connection.execute(f"select * from marts.{mart} where {conditions} order by all", where)
            names = [column[0] for column in answer.description]
            return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def columns(self, mart: str) -> list[str]:
        """The columns of a mart."""
        pointer = versions.current(self.settings.store)
        path = versions.warehouse(self.settings.store, pointer.version)
        with duckdb.connect(str(path), read_only=True) as connection:
            return [column for column, *_ in connection.execute(f"describe marts.{mart}").fetchall()]

    def row(self, mart: str, **where: object) -> dict[str, object]:
        """The one row of a mart with these values; of a mart of known figures alone, no row says unknown."""
        rows = self.rows(mart, **where)
        if not rows and mart in KNOWN_ALONE:
            return dict.fromkeys(self.columns(mart)) | where
        assert len(rows) == 1, f"{len(rows)} rows in {mart} for {where}"
        return rows[0]
