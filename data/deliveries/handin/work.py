"""Hand a delivery in: receive, read, check, store. It is taken over as a whole or not at all."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb

from data.deliveries.checking.check import check, faulty_rows, loaded_part
from data.deliveries.checking.workbench import Loaded, clear, on_workbench
from data.deliveries.format.findings import Group, Place, group, has_fault
from data.deliveries.format.names import readable
from data.deliveries.format.parts import Part
from data.deliveries.format.profile import Profile
from data.deliveries.format.schema import tables
from data.deliveries.format.sender import SYNTHETIC, Given, Sender, as_date
from data.deliveries.guard.leftout import Before, leave_out, still_left_out
from data.deliveries.guard.look import look, unmapped
from data.deliveries.guard.refusal import hides_from_guard, is_unsaid, refused_by_guard, without_values
from data.deliveries.handin import acceptance, official
from data.deliveries.handin.acceptance import with_profile
from data.deliveries.handin.beside_others import against
from data.deliveries.handin.results import Checked, Imported, is_nothing
from data.deliveries.official.recognise import is_official
from data.deliveries.personal.digits import PROGRAMME
from data.deliveries.profiles import mapping, saved
from data.deliveries.reading import titles
from data.deliveries.reading.read import Received, read
from data.deliveries.reading.titles import FORMAT
from data.deliveries.store import deliveries, profile_files
from data.deliveries.store.incoming import PROFILE, Incoming, address_with_profile, incoming, receive
from data.deliveries.store.unusable import clearly
from data.foundation.settings import Settings
from data.foundation.steps import Progress, Step


@dataclass(frozen=True)
class HandIn(Given):
    """What is said beside the files of one hand-in, and how it is to be taken over.

    `confirm` is the reason why its warnings are right; without one a delivery with warnings is not taken
    over. `with_rows` also gives the rows that findings are about. `only_new`: files that were taken back are
    not accepted anew. `handed_in_ns` orders deliveries of one sender and date; it is now, if not given.
    """

    confirm: str | None = None
    with_rows: bool = False
    only_new: bool = False
    handed_in_ns: int | None = None


def import_delivery(
    path: Path,
    settings: Settings,
    handin: HandIn = HandIn(),
    progress: Progress | None = None,
    *,
    connection: duckdb.DuckDBPyConnection | None = None,
) -> Imported:
    """Take over the delivery at `path` (folder, ZIP, workbook, CSV), or say why not.

    `progress` is told the stage (receive, read, check, store) and what it is about. `connection` is a
    `workbench()` to use again. Whatever is wrong with the files is a finding. Raises `StoreError`,
    `UnforeseenError`, `ChangedMeanwhileError`. The official list of municipalities is of no sender: it goes
    a way of its own.
    """
    if is_official(path):
        terms = official.Terms(handin, handin.confirm, handin.only_new, handin.handed_in_ns)
        with clearly(settings.store, path), incoming(settings.store) as new:
            return official.import_list(path, settings, terms, new)
    with (
        clearly(settings.store, path),
        incoming(settings.store) as new,
        on_workbench(connection, path, settings.limits) as bench,
    ):
        work = Work(path, settings, handin, progress, bench, new)
        checked = work.checked(handin.with_rows, handin.only_new)
        acceptance.note(settings, checked, handin)
        reason = (handin.confirm or "").strip() or None
        waits = not checked.refused and not checked.already_stored and checked.has_warnings and not reason
        if not (checked.refused or checked.already_stored or waits):
            work.tell("store", work.name)
            order = handin.handed_in_ns or time.time_ns()
            parcel = acceptance.pack(bench, settings, new, checked, work.loaded, order)
            parcel = with_profile(parcel, handin.profile.text if handin.profile else None)
            confirmed = reason if checked.has_warnings else None
            acceptance.take_over(settings, new.copy, parcel, handin.by, confirmed)
        accepted = not (checked.refused or checked.taken_back or waits)
        return Imported(**vars(checked), accepted=accepted, needs_confirmation=waits)


@dataclass
class Work:
    """One delivery on its way: received, read and checked, nothing of it in the store yet."""

    path: Path
    settings: Settings
    given: Given
    progress: Progress | None
    connection: duckdb.DuckDBPyConnection
    new: Incoming
    before: Before | None = None
    head: Sender | None = None
    profile: Profile | None = None
    groups: list[Group] = field(default_factory=list)
    loaded: list[Loaded] = field(default_factory=list)
    as_read: list[Part] = field(default_factory=list)
    received: str = ""

    def checked(self, with_rows: bool = False, only_new: bool = False) -> Checked:
        """Receive, read and check; with the faulty rows where they are wanted."""
        self.tell("receive", self.name)
        sha256, files, said = receive(self.path, self.new, self.settings.limits)
        self.groups += said
        if self.before and (said := still_left_out(self.before, self.new.original)):
            sha256, self.groups = self.before.sha256 or sha256, self.groups + said
        if told := titles.of_files(self.path, self.new.original, said, Place(self.name)):
            self.groups, files = told, []
        if files and is_official(self.path):  # on the page
            self.groups, files = [*self.groups, group("list-by-command", Place(self.name))], []
        self.received = sha256
        self.profile = self._profile()
        # Another profile makes other rows of the same files.
        mapped = address_with_profile(sha256, self.profile.text) if self.profile and sha256 else sha256
        # A saved profile stays out of files that are in the format already: they may be known without it.
        for known in dict.fromkeys([mapped] if self.given.profile else [mapped, sha256]):
            if before := acceptance.known(self.settings, known):
                self.groups += acceptance.contradictions(before, self.given, Place(self.name))
                return self._result(known, before, already_stored=True)
            if only_new and (before := acceptance.known(self.settings, known, "taken_back")):
                return self._result(known, before, already_stored=True, taken_back=True)
        clear(self.connection, self.new.scratch)
        if files:
            self._load(files)
        if (self.new.copy / PROFILE).exists():
            sha256 = mapped
        alone = self.head if self.head and not self.head.complete else None
        stored = acceptance.parents(self.settings, alone) if alone else {}
        self.loaded, recognised, said = check(self.connection, self.loaded, stored, self.groups)
        counted = sum(each.rows_stored for each in self.loaded)
        self.tell("guard", f"{self.name}: {counted:,}")
        rest = unmapped(self.as_read, [each.part for each in self.loaded])
        self.groups += [*said, *look(self.connection, self.loaded, rest, said)]
        self.groups = without_values(self.groups)
        refused = refused_by_guard(self.groups)
        hidden = not self.as_read or hides_from_guard(self.groups)
        if any(part.table == "lieferung" and is_unsaid(part, self.groups) for part in self.as_read):
            self.head = None
        if self.head and self.loaded:  # of what could not be read nobody knows what it says of itself
            self.groups += acceptance.of_other_kind(self.settings, self.head, Place(self.name))
        if self.head and not has_fault(self.groups):
            self.groups += against(self.connection, self.settings, self.head, self.loaded, Place(self.name))
        shown = with_rows and not refused
        rows = faulty_rows(self.connection, self.loaded, self.groups) if shown else ()
        if not (refused or hidden):
            original = self.new.original
            self.groups += leave_out(self.connection, original, self.name, self.as_read, self.groups)
        return self._result(
            sha256, self.head, recognised=tuple(recognised), faulty=rows, hidden_from_guard=hidden
        )

    @property
    def name(self) -> str:
        """What was handed in, as its sender calls it."""
        return self.before.name if self.before else readable(self.path.name)

    def tell(self, stage: str, about: str, file: str = "") -> None:
        """Say how far it is, and which file is being read."""
        if self.progress:
            self.progress(Step(stage, about, file=file))

    def _result(self, sha256: str, head: Sender | None, **found: object) -> Checked:
        rows = {each.table.name: each.rows_stored for each in self.loaded}
        whole = {"recognised": (), "groups": tuple(self.groups), "received": self.received, **found}
        return Checked(path=str(self.path), sha256=sha256, head=head, rows=rows, **whole)  # type: ignore[arg-type]

    def _profile(self) -> Profile | None:
        """The one given beside the files, else the one saved for the sender. Raises `WrongProfileError`."""
        profile_files.finish(self.settings)
        sender = self.given.sender
        if self.given.profile or sender not in [file.stem for file in profile_files.every(self.settings)]:
            return self.given.profile
        return saved.saved_for(self.settings, sender)

    def _load(self, files: list[Path]) -> None:
        self.tell("read", self.name)
        how = mapping.naming(self.profile) if self.profile else FORMAT
        received = Received(
            self.new.original, files, self.new.scratch, lambda name: self.tell("read", self.name, name)
        )
        parts, said = read(self.connection, received, how, self.settings.limits)
        self.groups += said
        self.as_read = parts
        synthetic = _are_synthetic(parts)
        if self.profile:
            parts, said = mapping.apply(self.connection, parts, self.profile, self.given, self.new.copy)
            self.groups += said
        if is_nothing(parts, self.groups):
            self.groups.append(group("nothing-read", Place(self.name)))
        complete = any(part.table == "lieferung" for part in parts)
        stated = self.given.sender and self.given.reporting_date
        if not complete and (stated or not has_fault(self.groups)):
            self.head, said = _given_head(self.settings, self.given, Place(self.name), synthetic)
            self.groups += said
        for part in parts:  # lieferung comes first and says the reporting date
            self.tell("check", f"{self.name}: {part.table}", part.place.file)
            loaded, said = loaded_part(self.connection, part, self.head.reporting_date if self.head else None)
            self.loaded.append(loaded)
            self.tell("check", f"{self.name}: {part.table}, {loaded.rows_stored:,}", part.place.file)
            self.groups += said
            if part.table == "lieferung":
                self.head = _head_of(self.connection, loaded, synthetic)
                self.groups += _one_row(loaded)
                if self.head:
                    self.groups += acceptance.contradictions(self.head, self.given, part.place)


def _head_of(connection: duckdb.DuckDBPyConnection, loaded: Loaded, synthetic: bool) -> Sender | None:
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


def _one_row(loaded: Loaded) -> list[Group]:
    """A delivery is of one sender and one reporting date, so `lieferung` has exactly one row."""
    if not loaded.table.rules.get("x-one-row") or loaded.rows == 1:
        return []
    return [group("one-row", loaded.part.place, wording={"other": str(loaded.rows)})]


def _are_synthetic(parts: Sequence[Part]) -> bool:
    """Whether every file that was read says above its table, in a cell of its own, that it is demonstration
    data. Only a file can say so: what is given beside it or kept for its sender holds for the next one, too.
    """
    return bool(parts) and all(
        any(line < part.header_line and SYNTHETIC in map(str.strip, cells) for line, cells in part.outside)
        for part in parts
    )


def _given_head(
    settings: Settings, given: Given, place: Place, synthetic: bool
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
