"""The official list of municipalities handed in: taken over once a year, as a whole or not at all.

Of the file nothing is kept but keys and inhabitants, since nobody has looked through it for personal details.
"""

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from data.deliveries.format.findings import Group, Place, group, has_fault
from data.deliveries.format.names import readable
from data.deliveries.format.sender import SYNTHETIC, Given, Sender, as_date
from data.deliveries.handin import acceptance
from data.deliveries.handin.acceptance import Parcel
from data.deliveries.handin.results import Checked, Imported
from data.deliveries.official import auszug, gv100ad, listing
from data.deliveries.official.listing import CENSUS, Listed
from data.deliveries.official.recognise import is_list, is_notes
from data.deliveries.official.records import Read
from data.deliveries.reading import archive
from data.deliveries.store import deliveries, incoming
from data.deliveries.store.deliveries import LISTED, OFFICIAL, Stored
from data.deliveries.store.incoming import Incoming, receive
from data.foundation import durable
from data.foundation.settings import Settings

NAME = "Statistisches Bundesamt, Gemeindeverzeichnis"
NOTE = "Kept are keys and inhabitants. The file of the Federal Statistical Office itself is not kept.\n"
SCHEMA = pa.schema(
    [
        ("area_code", pa.string()),
        ("inhabitants", pa.int64()),
        ("census", pa.string()),
        ("counted_on", pa.date32()),
    ]
)


@dataclass(frozen=True)
class Terms:
    """How a list is to be taken over: `confirm` is the reason for its warnings, the rest as of a hand-in."""

    given: Given
    confirm: str | None = None
    only_new: bool = False
    handed_in_ns: int | None = None


@dataclass
class _List:
    """One list on its way."""

    path: Path
    settings: Settings
    terms: Terms
    new: Incoming
    sha256: str = ""
    head: Sender | None = None
    listed: Listed | None = None
    groups: list[Group] = field(default_factory=list)

    def checked(self) -> Checked:
        """Receive, read, check, and compare with the list of the same year."""
        self.sha256, files, said = receive(self.path, self.new, self.settings.limits)
        self.groups += said
        for state in ("accepted", "taken_back") if self.terms.only_new else ("accepted",):
            if files and (known := acceptance.known(self.settings, self.sha256, state)):
                self.head = known
                self.groups += self._otherwise(known)
                stored = not has_fault(self.groups)
                return self._result(already_stored=stored, taken_back=stored and state == "taken_back")
        if not files or has_fault(self.groups):
            return self._result()
        day = as_date(self.terms.given.reporting_date) if self.terms.given.reporting_date else None
        read = self._read(files)
        self.listed, said = listing.checked(read, day, self.terms.given.census)
        self.groups += said
        if not self.listed:
            return self._result()
        software = SYNTHETIC if self.listed.synthetic else ""
        self.head = Sender(
            OFFICIAL, NAME, self.listed.census, self.listed.counted_on, software, complete=True
        )  # the census is the kind of a list
        self.groups += acceptance.contradictions(self.head, self.terms.given, read.place)
        self.groups += acceptance.of_other_kind(self.settings, self.head, read.place)
        if before := _standing(self.settings, self.listed):
            return self._beside(before, read.place)
        return self._result()

    def parcel(self, checked: Checked) -> Parcel:
        """Lay what is kept into the folder that becomes the list's, and say all that the register will."""
        if self.listed is None or self.head is None:
            raise ValueError(self.path)
        shutil.rmtree(self.new.original)
        (self.new.copy / incoming.LEFT_OUT).write_text(NOTE, encoding="utf-8")
        columns = [
            list(self.listed.inhabitants),
            list(self.listed.inhabitants.values()),
            [self.listed.census] * len(self.listed.inhabitants),
            [self.listed.counted_on] * len(self.listed.inhabitants),
        ]
        table = pa.table(dict(zip(SCHEMA.names, columns, strict=True)), schema=SCHEMA)
        pq.write_table(table, self.new.copy / f"{LISTED}.parquet", compression="zstd")
        files = incoming.hashes_of_folder(self.new.copy)
        durable.sync(self.new.copy)
        return Parcel(
            path=checked.path,
            sha256=self.sha256,
            head=self.head,
            rows=checked.rows,
            present={LISTED: tuple(SCHEMA.names)},
            recognised={},
            groups=checked.groups,
            files=files,
            base=(),
            handed_in_ns=self.terms.handed_in_ns or time.time_ns(),
        )

    def _read(self, files: Sequence[Path]) -> Read:
        """The one file that is a list, out of a folder or an archive where it lies in one."""
        named = [(file.relative_to(self.new.original).as_posix(), file) for file in files]
        if len(named) == 1 and archive.kind(named[0][1]) == "ZIP":
            named, said = archive.unpack(named[0][1], named[0][0], self.new.scratch, self.settings.limits)
            if said:
                return Read(Place(readable(self.path.name)), said=tuple(said))
        is_it = {label: is_list(path) for label, path in named}
        notes = [path for label, path in named if is_notes(label)]
        self.groups += [group("list-beside", Place(label)) for label, _ in named if not is_it[label]]
        for label, path in named:
            if is_it[label] and archive.kind(path) == "XLSX":
                return auszug.read(path, label, self.settings.limits)
            if is_it[label]:
                listed = gv100ad.read(path, label)
                return gv100ad.dated(listed, notes[0]) if len(notes) == 1 else listed
        return Read(
            Place(readable(self.path.name)), said=(group("list-headings", Place(readable(self.path.name))),)
        )

    def _otherwise(self, known: Sender) -> list[Group]:
        """What is said beside a file that is in the store already, and is not what it stands there with."""
        place, given = Place(readable(self.path.name)), self.terms.given
        census = f"{CENSUS} {given.census}"
        wording = {"limit": known.kind, "other": self.sha256[:12]}
        of_it = [group("list-census-stored", place, value=census, wording=wording)]
        return [
            *acceptance.contradictions(known, given, place),
            *(of_it if given.census and census != known.kind else []),
        ]

    def _beside(self, before: Stored, place: Place) -> Checked:
        """With the list of the same year: the same numbers are nothing new, others have to be confirmed."""
        said = pq.read_table(before.tables[LISTED]).to_pylist()
        stored = {row["area_code"]: (row["inhabitants"], row["census"]) for row in said}
        listed = self.listed
        new = {code: (people, listed.census) for code, people in listed.inhabitants.items()} if listed else {}
        wording = {"date": f"{before.reporting_date:%d.%m.%Y}", "other": before.sha256[:12]}
        if stored == new and before.synthetic == (self.head is not None and self.head.synthetic):
            self.groups.append(group("list-same", place, wording=wording))
            return self._result(already_stored=not has_fault(self.groups))
        other = sorted(code for code in stored.keys() | new.keys() if stored.get(code) != new.get(code))
        first = f"{other[0]}: {_shown(stored.get(other[0]))} → {_shown(new.get(other[0]))}" if other else "–"
        wording |= {"limit": first}
        self.groups.append(group("list-other-numbers", place, wording={**wording, "count": len(other)}))
        return self._result()

    def _result(self, *, already_stored: bool = False, taken_back: bool = False) -> Checked:
        rows = {LISTED: len(self.listed.inhabitants)} if self.listed else {}
        return Checked(
            path=str(self.path),
            sha256=self.sha256,
            head=self.head,
            rows=rows,
            recognised=(),
            groups=tuple(self.groups),
            received=self.sha256,
            already_stored=already_stored,
            taken_back=taken_back,
        )


def import_list(path: Path, settings: Settings, terms: Terms, new: Incoming) -> Imported:
    """Take over the list at `path`, or say why not. Raises as `work.import_delivery`."""
    one = _List(path, settings, terms, new)
    checked = one.checked()
    acceptance.note(settings, checked, terms.given)
    reason = (terms.confirm or "").strip() or None
    waits = not checked.refused and not checked.already_stored and checked.has_warnings and not reason
    if not (checked.refused or checked.already_stored or waits):
        parcel = one.parcel(checked)
        confirmed = reason if checked.has_warnings else None
        acceptance.take_over(settings, new.copy, parcel, terms.given.by, confirmed)
    accepted = not (checked.refused or checked.taken_back or waits)
    return Imported(**vars(checked), accepted=accepted, needs_confirmation=waits)


def _standing(settings: Settings, listed: Listed) -> Stored | None:
    """The list that stands for the same year."""
    year = listed.counted_on.year
    every = (stored for stored in deliveries.official_lists(settings) if stored.state == "accepted")
    return next((stored for stored in every if stored.reporting_date.year == year), None)


def _shown(stored: tuple[int, str] | None) -> str:
    return f"{stored[0]} ({stored[1]})" if stored else "–"
