"""What the guard could not look into, because it could not be read, is kept nowhere."""

import json
import tomllib
import zipfile

import openpyxl
import pytest

from data.deliveries.format import findings
from data.deliveries.guard import refusal
from data.deliveries.handin import uploads
from tests.support import books

PLANTED = "Quastenflosser, Xaver, DE89370400440532013000"
CASE = "fall_id;ags;aufnahme_am\r\nF-0001;08111000;05.01.2024\r\n"
GOOD = "fall_id\nF1"


def file(office, content, name="faelle.csv"):
    """A sound delivery with one file of this content."""
    folder = office.draws(ziele="fall_id", faelle=GOOD)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def alone(office, content, name="export.csv"):
    path = office.folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def archive(office, name, content):
    path = office.folder / "abgabe.zip"
    with zipfile.ZipFile(path, "w") as members:
        members.writestr("faelle.csv", CASE)
        members.writestr(name, content)
    return path


def sheet(office, rows, title="faelle"):
    """A workbook whose member of text is stored as it is, so that a search finds it."""
    path = books.xlsx(office.folder / "abgabe.xlsx", ziele="fall_id\nF1")
    book = openpyxl.load_workbook(path)
    added = book.create_sheet(title)
    for row in rows:
        added.append(row)
    book.save(path)
    return stored(path)


def stored(path):
    with zipfile.ZipFile(path) as packed:
        members = {each: packed.read(each) for each in packed.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as plain:
        for name, content in members.items():
            plain.writestr(name, content)
    return path


def damaged(office):
    path = sheet(office, [["fall_id"], [PLANTED]])
    return stored(books.with_member(path, "xl/worksheets/sheet2.xml", lambda xml: xml[:300]))


def formula(office):
    path = sheet(office, [["fall_id", "ags", "aufnahme_am"], ["F-0001", "08111000", "x"]])
    written = f'<c r="C2"><f>"{PLANTED}"</f></c>'.encode()

    def put(xml):
        start = xml.index(b'<c r="C2"')
        return xml[:start] + written + xml[xml.index(b"</c>", start) + 4 :]

    return stored(books.with_member(path, "xl/worksheets/sheet3.xml", put))


def declaring(office):
    drawing = f"fall_id\n{PLANTED}"
    return stored(books.ods(office.folder / "abgabe.ods", doctype="<!DOCTYPE x>", faelle=drawing))


def files_of_no_table(office):
    folder = office.folder / "nur Listen"
    folder.mkdir()
    for name in ("Liste.csv", "Notiz.txt"):
        (folder / name).write_text(PLANTED, encoding="utf-8")
    return folder


def sheets_of_no_table(office):
    book = openpyxl.Workbook()
    for title in ("Notizen", "Liste"):
        book.create_sheet(title).append(["Bemerkung", PLANTED])
    book.save(office.folder / "liste.xlsx")
    return stored(office.folder / "liste.xlsx")


WAYS = {
    "row-length": lambda office: file(office, f"{CASE}F-0002;08111000;05.01.2024;{PLANTED}\r\n"),
    "broken-quotes": lambda office: file(office, f'{CASE}"F-0002;{PLANTED}'),
    "no-text": lambda office: file(office, f"{CASE}\0{PLANTED}".encode("cp1252")),
    "no-header": lambda office: file(office, f"1;2\r\n{PLANTED};3\r\n"),
    "header-below": lambda office: file(office, f"{PLANTED}\r\n" * 30 + CASE),
    "header-too-long": lambda office: file(office, f"{PLANTED}{'x' * 300_000}"),
    "no-table": lambda office: alone(office, f"fall_id;datum\nF-0001;{PLANTED}\n"),
    "table-twice": lambda office: file(office, f"fall_id;x\r\nF-0001;{PLANTED}\r\n", "Fälle.csv"),
    "too-many-columns": lambda office: file(office, f"fall_id{';x' * 600}\r\n{PLANTED}\r\n"),
    "cell-too-long": lambda office: file(office, f"{CASE}F-0002;{PLANTED * 300};05.01.2024\r\n"),
    "nested-archive": lambda office: file(office, f"PK\x03\x04 {PLANTED}", "faelle.zip"),
    "old-workbook": lambda office: file(office, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + PLANTED.encode()),
    "path-outside": lambda office: archive(office, "../ziele.csv", PLANTED),
    "broken-workbook": damaged,
    "xml-entities": declaring,
    "formula-without-value": formula,
    "broken-archive": lambda office: alone(office, f"PK\x03\x04 {PLANTED}", "abgabe.zip"),
    "nothing-read": files_of_no_table,
    "unknown-file": files_of_no_table,
    "unknown-sheet": sheets_of_no_table,
}
WITH_TESTS_OF_THEIR_OWN = {
    "changed-meanwhile", "encrypted", "memory-needed", "put-aside", "read-error", "reader-ended", "too-large",
    "unreadable",
}  # fmt: skip
READ = {  # faults after which every cell was seen, or there is none
    "no-file", "dangling-link", "special-file", "folder-for-file", "empty-folder", "empty-file",
    "empty-workbook", "link", "lieferung-missing", "one-row",
    "sender-given", "date-given", "given-otherwise", "column-twice", "column-missing",
    "kind-demonstration", "kind-real", "kind-undecided",
}  # fmt: skip


def traces(*folders):
    """The files below these folders that hold a piece of what was planted."""
    pieces = [piece.encode() for piece in ("Quastenflosser", "DE89370400440532013000")]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return [file for file in files if any(piece in file.read_bytes() for piece in pieces)]


@pytest.mark.parametrize("rule", WAYS)
def test_of_a_delivery_that_can_not_be_read_to_its_end_nothing_is_kept(office, temporary, rule):
    path = WAYS[rule](office)
    assert traces(office.folder)  # else the search below would find nothing either way

    examined = uploads.examine(path, office.settings, connection=office.connection)

    assert rule in examined.counts
    assert (examined.token, examined.acceptable, examined.hidden_from_guard) == (None, False, True)
    assert uploads.all_waiting(office.settings) == ()
    assert traces(office.settings.store, temporary) == []
    assert [each for each in office.settings.store.rglob("*") if each.is_dir() and any(each.iterdir())] == []


@pytest.mark.parametrize("rule", WAYS)
def test_by_command_neither(office, temporary, rule):
    imported = office.hands_in(WAYS[rule](office))

    assert (imported.accepted, rule in imported.counts) == (False, True)
    assert traces(office.settings.store, temporary) == []


def test_rows_that_were_seen_can_still_be_shown_and_those_that_were_not_can_not(office):
    path = file(office, f"{CASE}F-0002;08111000;gestern\r\nF-0003;08111000;x;{PLANTED}\r\n")

    examined = uploads.examine(path, office.settings, connection=office.connection)

    assert set(examined.counts) >= {"row-length", "date"}
    (rows,) = examined.faulty
    assert rows.cells == ((3, ("F-0002", "08111000", "gestern")),)
    assert PLANTED not in repr(examined)


def test_what_an_older_program_kept_unread_is_swept_at_the_next_hand_in(office):
    waits = uploads.examine(file(office, CASE.replace("05.01", "35.01")), office.settings)
    file_ = office.settings.store / "waiting" / waits.token / "examined.json"
    written = json.loads(file_.read_text(encoding="utf-8"))
    written["examined"]["groups"][0]["rule"] = "row-length"
    file_.write_text(json.dumps(written), encoding="utf-8")

    with uploads.upload_folder(office.settings):
        uploads.examine(file(office, CASE), office.settings)

    assert waits.token not in {each.token for each in uploads.all_waiting(office.settings)}


def test_a_column_that_is_there_twice_is_seen_by_the_guard(office):
    path = file(office, f"fall_id;ags;aufnahme_am;fall_id\r\nF-0001;08111000;05.01.2024;{PLANTED}\r\n")

    examined = uploads.examine(path, office.settings, connection=office.connection)

    assert (examined.token, examined.counts["column-twice"], examined.counts["guard-iban"]) == (None, 1, 1)


def test_of_every_fault_of_a_file_it_is_known_whether_all_of_it_was_seen():
    files = [findings.RULES / f"{name}.toml" for name in ("files", "headers")]
    rules = [rule for file in files for rule in tomllib.loads(file.read_text("utf-8")).items()]
    faults = {rule for rule, said in rules if said["severity"] == "fault"}

    assert faults == refusal.HIDES_FROM_GUARD | READ
    assert set(WAYS) - {"unknown-file", "unknown-sheet"} | WITH_TESTS_OF_THEIR_OWN == refusal.HIDES_FROM_GUARD
