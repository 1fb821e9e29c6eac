"""What nothing has read is not kept: files and sheets of no table, columns of Art. 9 GDPR."""

import zipfile

import openpyxl
import pytest

from data.deliveries.handin import uploads
from data.deliveries.store import deliveries
from data.upkeep.integrity import damages_and_leftovers

SECRET = "evangelisch-freikirchlich"


def originals(office):
    (stored,) = deliveries.current(office.settings)
    folder = next(iter(stored.tables.values())).parent / "original"
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def with_special_column(office):
    return office.draws(faelle=f"fall_id | Religionszugehörigkeit\nF-0001 | {SECRET}")


def assert_kept_without(office, imported, names):
    assert imported.accepted, imported.findings
    assert imported.counts["not-kept"] == 1
    kept = originals(office)
    assert set(kept) == names
    assert not any(SECRET.encode() in content for content in kept.values())
    assert damages_and_leftovers(office.settings).damages == ()
    assert office.hands_in(office.folder / imported.path.rsplit("/", 1)[-1]).already_stored


def test_a_column_of_art_9_is_dropped_unread_with_a_notice(office):
    imported = office.hands_in(with_special_column(office))

    assert_kept_without(office, imported, {"lieferung.csv", "faelle.csv"})
    assert [each.column for each in imported.findings if each.rule == "special-column"] == [
        "Religionszugehörigkeit"
    ]
    assert originals(office)["faelle.csv"].decode().splitlines()[1].startswith("F-0001;08111000")


def test_a_column_of_art_9_is_taken_out_of_an_archive(office):
    folder = with_special_column(office)
    path = office.folder / "abgabe.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)

    assert_kept_without(office, office.hands_in(path), {"lieferung.csv", "faelle.csv"})


def test_a_file_that_belongs_to_no_table_is_not_kept(office):
    folder = office.draws(faelle="fall_id\nF-0001")
    (folder / "Teilnehmerliste.pdf").write_text(SECRET, encoding="utf-8")

    assert_kept_without(office, office.hands_in(folder), {"lieferung.csv", "faelle.csv"})


def test_a_sheet_that_belongs_to_no_table_is_not_kept(office):
    folder = office.draws(faelle="fall_id\nF-0001")
    book = openpyxl.Workbook()
    book.active.append([SECRET])
    for file in sorted(folder.iterdir()):
        sheet = book.create_sheet(file.stem)
        for line in file.read_text(encoding="utf-8").splitlines():
            sheet.append(line.split(";"))
    book.save(office.folder / "abgabe.xlsx")

    imported = office.hands_in(office.folder / "abgabe.xlsx")

    assert_kept_without(office, imported, {"lieferung.csv", "faelle.csv"})


@pytest.mark.parametrize("packed", [False, True])
def test_a_delivery_of_nothing_but_tables_is_kept_as_it_came(office, packed):
    path = folder = office.draws(faelle="fall_id | lieblingsfarbe\nF-0001 | blau")
    if packed:
        path = office.folder / "abgabe.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for file in folder.iterdir():
                archive.write(file, file.name)

    imported = office.hands_in(path)

    assert imported.counts == {"unknown-column": 1}
    files = [path] if packed else list(folder.iterdir())
    assert originals(office) == {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("complete", [False, True])
def test_a_delivery_in_which_no_table_was_read_is_refused_and_nothing_of_it_stored(office, complete):
    book = openpyxl.Workbook()
    book.active.title = "Klienten"
    book.active.append(["Nachname", SECRET])
    book.create_sheet("Notizen").append([SECRET])
    folder = office.draws() if complete else office.folder / "unread"
    folder.mkdir(exist_ok=True)
    book.save(folder / "klienten.xlsx")
    beside = {} if complete else {"sender": "amt-a", "day": "30.09.2026"}

    imported = office.hands_in(folder, **beside)

    assert not imported.accepted
    assert imported.counts["nothing-read"] == 1
    assert not list((office.settings.store / "deliveries").glob("*"))


def as_archive(office, folder):
    path = office.folder / "abgabe.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
    return path


def with_unknown_file(office):
    folder = office.draws(faelle="fall_id\nF-0001")
    (folder / "Liste.txt").write_text(SECRET, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "made",
    [
        with_special_column,
        with_unknown_file,
        lambda office: as_archive(office, with_special_column(office)),
    ],
)
def test_the_same_files_are_the_same_delivery_also_when_what_was_kept_of_them_is_examined_again(office, made):
    path = made(office)
    first = uploads.examine(path, office.settings, connection=office.connection)
    again = uploads.again(office.settings, first.token, connection=office.connection)
    third = uploads.again(office.settings, again.token, connection=office.connection)

    assert first.sha256 == again.sha256 == third.sha256
    assert again.path == path.name
    assert [each.counts["not-kept"] for each in (first, again, third)] == [1, 1, 1]
    assert uploads.accept(office.settings, third.token).accepted
    assert damages_and_leftovers(office.settings).damages == ()
    assert not any(SECRET.encode() in content for content in originals(office).values())
    assert office.hands_in(path).already_stored
