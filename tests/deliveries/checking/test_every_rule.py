"""Each rule about files, headers and rows that are none is reached by files that break it."""

import errno
import os
import tomllib
import zipfile
from pathlib import Path

import openpyxl
import pytest

from data.deliveries.format import findings
from data.deliveries.store import incoming
from tests.support import bilingual, books

CASE = "fall_id;ags;aufnahme_am\r\nF-0001;08111000;05.01.2024\r\n"
GOOD = "fall_id\nF1"
NOT_READ = "PK\x03\x04 no archive"


def written(office, content, name="faelle.csv"):
    """A sound delivery, with one file of this content."""
    folder = office.draws(ziele="fall_id", faelle=GOOD)
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def packed(office, name, content=CASE, flag=0):
    path = office.folder / "abgabe.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, content)
    if flag:
        path.write_bytes(path.read_bytes().replace(b"\x14\x00\x00\x00", b"\x14\x00\x01\x00"))
    return path


def linked(office):
    folder = office.draws(faelle=GOOD)
    (folder / "ziele.csv").symlink_to("/etc/hostname")
    return folder


def nowhere(office):
    (office.folder / "faelle.csv").symlink_to(office.folder / "verschoben.csv")
    return office.folder / "faelle.csv"


def piped(office):
    folder = office.draws(faelle=GOOD)
    os.mkfifo(folder / "ziele.csv")
    return folder


def folder_for_file(office):
    folder = office.draws(faelle=GOOD)
    (folder / "ziele.csv").mkdir()
    return folder


def empty(office):
    (office.folder / "leer").mkdir()
    return office.folder / "leer"


def empty_book(office):
    openpyxl.Workbook().save(office.folder / "leer.xlsx")
    return office.folder / "leer.xlsx"


def two_rows(office):
    folder = office.draws(faelle=GOOD)
    head = (folder / "lieferung.csv").read_text(encoding="utf-8")
    (folder / "lieferung.csv").write_text(head + head.splitlines()[1] + "\n", encoding="utf-8")
    return folder


def alone(office, content=CASE, name="faelle.csv"):
    path = office.folder / name
    path.write_text(content, encoding="utf-8")
    return path


def book(office, name="faelle", **how):
    return books.xlsx(office.folder / "abgabe.xlsx", **{name: GOOD}, **how)


def empty_sheet(office):
    path = book(office)
    opened = openpyxl.load_workbook(path)
    opened.create_sheet("ziele")
    opened.save(path)
    return path


def hidden(office):
    shown = b'name="faelle" sheetId="2" state="visible"'
    return books.with_member(
        book(office), "xl/workbook.xml", lambda xml: xml.replace(shown, shown.replace(b"visible", b"hidden"))
    )


def hidden_rows(office):
    path = book(office)
    opened = openpyxl.load_workbook(path)
    opened["faelle"].row_dimensions[2].hidden = True
    opened.save(path)
    return path


def extra_sheet(office):
    path = books.xlsx(office.folder / "abgabe.xlsx")
    opened = openpyxl.load_workbook(path)
    opened.create_sheet("Notizen").append(["nur für uns"])
    opened.save(path)
    return path


def formula(office):
    formula = b'<c r="A2"><f>"F"&amp;1</f><v></v></c>'

    def put(xml):
        start = xml.index(b'<c r="A2"')
        return xml[:start] + formula + xml[xml.index(b"</c>", start) + 4 :]

    return books.with_member(book(office), "xl/worksheets/sheet2.xml", put)


def declaring(office):
    return books.ods(office.folder / "abgabe.ods", doctype="<!DOCTYPE x>", faelle=GOOD)


REACHED = {
    "no-file": lambda office: office.folder / "nichts",
    "empty-folder": empty,
    "dangling-link": nowhere,
    "special-file": piped,
    "folder-for-file": folder_for_file,
    "empty-file": lambda office: written(office, ""),
    "empty-workbook": empty_book,
    "link": linked,
    "path-outside": lambda office: packed(office, "../faelle.csv"),
    "encrypted": lambda office: packed(office, "faelle.csv", flag=1),
    "broken-archive": lambda office: alone(office, NOT_READ, "abgabe.zip"),
    "nested-archive": lambda office: written(office, NOT_READ),
    "too-large": lambda office: packed(office, "faelle.csv", b"0" * 1100),
    "old-workbook": lambda office: written(office, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "broken-workbook": lambda office: books.with_member(
        book(office), "xl/worksheets/sheet2.xml", lambda xml: xml[:300]
    ),
    "no-text": lambda office: written(office, b"\x89PNG\0\0"),
    "lieferung-missing": alone,
    "one-row": two_rows,
    "sender-given": (alone, "Amt A!", "30.09.2026"),
    "date-given": (alone, "amt-a", "gestern"),
    "given-otherwise": (lambda office: office.draws(faelle=GOOD), "amt-b", ""),
    "xml-entities": declaring,
    "no-header": lambda office: written(office, "a;b\n1;2\n"),
    "lines-above": lambda office: written(office, f"Fälle des Amtes;;\r\n{CASE}"),
    "header-goes-on": lambda office: written(office, CASE.replace("\n", "\nText;Ziffern;Datum\n", 1)),
    "lines-below": lambda office: written(office, f"{CASE}Summe;;1\r\n"),
    "header-below": lambda office: written(office, "Titel\r\n" * 30 + CASE),
    "header-too-long": lambda office: written(office, "x" * 300_000),
    "no-table": lambda office: alone(office, "fall_id;datum\nF-0001;05.01.2024\n", "export.csv"),
    "too-many-columns": lambda office: written(office, "fall_id" + ";x" * 10_000),
    "cell-too-long": lambda office: written(office, CASE.replace("08111000", "0" * 10_001)),
    "table-twice": lambda office: written(office, CASE, "Fälle.csv"),
    "column-twice": lambda office: written(office, CASE.replace("ags", "fall_id")),
    "column-missing": lambda office: written(office, CASE.replace("ags", "x")),
    "unknown-column": lambda office: written(
        office, CASE.replace("ags", "ags;x").replace("111000", "111000;")
    ),
    "column-without-name": lambda office: written(
        office, CASE.replace("_am", "_am;").replace("05.01.2024", "05.01.2024;x")
    ),
    "column-read-as": lambda office: written(office, CASE.replace("_am", " am (Datum)")),
    "column-like": lambda office: written(
        office, CASE.replace("_am", "_am;beendet").replace("05.01.2024", "05.01.2024;")
    ),
    "table-read-as": lambda office: written(office, "fall_id;datum;merkmal;wert", "verlauf (1).csv"),
    "table-like": lambda office: written(office, "buchung_id;stufe;ags\r\n", "neu.csv"),
    "sheet-empty": empty_sheet,
    "header-only": lambda office: written(office, CASE),
    "unknown-file": lambda office: written(office, "nur für uns", "liesmich.txt"),
    "unknown-sheet": extra_sheet,
    "nothing-read": extra_sheet,
    "row-length": lambda office: written(office, CASE + "F-0002\r\n"),
    "broken-quotes": lambda office: written(office, CASE + '"F-0002'),
    "formula-without-value": formula,
    "hidden-sheet": hidden,
    "hidden-rows": hidden_rows,
    "other-kind": lambda office: alone(office, CASE, "faelle.xlsx"),
}
WITH_TESTS_OF_THEIR_OWN = {
    "unreadable", "changed-meanwhile", "memory-needed", "put-aside", "read-error", "reader-ended",
    "kind-demonstration", "kind-real", "kind-undecided",
}  # fmt: skip


@pytest.mark.parametrize("rule", REACHED)
def test_each_rule_about_files_and_headers_is_reached(office, rule, monkeypatch):
    if rule == "too-large":
        object.__setattr__(office.settings, "limits", type(office.settings.limits)(total_mb=0))
    made = REACHED[rule]
    make, sender, day = made if isinstance(made, tuple) else (made, "", "")
    if rule == "other-kind":
        sender, day = "amt-a", "30.09.2026"

    imported = office.hands_in(make(office), sender=sender, day=day)

    assert rule in imported.counts
    assert not [each for each in imported.findings if bilingual.mixed(each)]
    assert imported.accepted == all(each.severity != "fault" for each in imported.findings)


def test_every_rule_about_files_and_headers_is_in_the_table_above():
    files = [
        tomllib.loads((findings.RULES / name).read_text("utf-8")) for name in ("files.toml", "headers.toml")
    ]

    assert {rule for file in files for rule in file} == set(REACHED) | WITH_TESTS_OF_THEIR_OWN


@pytest.mark.parametrize(
    ("error", "rule"),
    # Made anew each time: an error keeps what was on the way to it, and so a connection to the very end.
    [(PermissionError, "unreadable"), (lambda: OSError(errno.EIO, "Input/output error"), "read-error")],
)
def test_a_file_that_can_not_be_read_is_a_finding_about_it_and_not_about_the_store(
    office, monkeypatch, error, rule
):
    real, (folder, path) = Path.open, (office.draws(faelle=GOOD), alone(office))

    def failing(self, *how, **more):
        if self in (path, folder / "faelle.csv"):
            raise error()
        return real(self, *how, **more)

    monkeypatch.setattr(Path, "open", failing)  # root may read everything

    for each, given in ((path, {"sender": "amt-a", "day": "30.09.2026"}), (folder, {})):
        found = office.hands_in(each, **given)
        assert [(group.rule, group.file) for group in found.groups] == [(rule, "faelle.csv")]


def test_a_folder_in_a_delivery_that_may_not_be_looked_into_is_not_passed_over(office, monkeypatch):
    folder, real = office.draws(faelle=GOOD), Path.iterdir
    (folder / "weitere").mkdir()

    def denied(self):
        if self == folder / "weitere":
            raise PermissionError
        return real(self)

    monkeypatch.setattr(Path, "iterdir", denied)

    found = office.hands_in(folder)

    assert (found.accepted, [(each.rule, each.file) for each in found.groups]) == (
        False,
        [("unreadable", "weitere")],
    )


def test_a_file_that_grows_while_it_is_read_is_not_taken_over(office, monkeypatch):
    path = alone(office, CASE * 10)
    monkeypatch.setattr(incoming, "CHUNK", 100)
    state = incoming.state
    seen = []

    def growing(source):
        seen.append(source)
        if len(seen) == 2:
            path.write_text(CASE, encoding="utf-8")
        return state(source)

    monkeypatch.setattr(incoming, "state", growing)

    assert office.hands_in(path, sender="amt-a", day="30.09.2026").counts == {"changed-meanwhile": 1}
