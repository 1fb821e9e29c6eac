"""Names of files, folders and sheets are looked at, and not said; the id of a sender is no name."""

import zipfile

import openpyxl
import pytest

from data.deliveries.format.findings import Place
from data.deliveries.format.names import heading_key
from data.deliveries.handin import uploads
from data.deliveries.personal.kinds import Column, in_text
from data.deliveries.reading.titles import of_sheets
from data.foundation import areas
from tests.deliveries.guard.test_hits import found, handed_in, said

NAME = "Fatima Al-Hamwi"
TITLES = {
    NAME: ["Namen"],
    f"{NAME} 12.03.1987": ["Namen", "Geburtsdaten"],
    "Fatima_Al-Hamwi_2024": ["Namen"],
    "FatimaHamwi": ["Namen"],
    "Frau Hamwi": ["Namen"],
    "Export 12.03.1987": ["Geburtsdaten"],
    "0711 2161234": ["Telefonnummern"],
    "DE89370400440532013000": ["Bankverbindungen (IBAN)"],
}


def book(path, title, rows=(("a", "b"), (1, 2))):
    """A workbook with the tables of a delivery that are named, and one more sheet of this title."""
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def with_sheet(office, title, rows=(("a", "b"), (1, 2))):
    folder = office.draws(faelle="fall_id\nF-0001")
    path = book(office.folder / "abgabe.xlsx", title, rows)
    made = openpyxl.load_workbook(path)
    for file in sorted(folder.iterdir()):
        sheet = made.create_sheet(file.stem)
        for line in file.read_text(encoding="utf-8").splitlines():
            sheet.append(line.split(";"))
    made.move_sheet(title, 1)
    made.save(path)
    return path


def with_file(office, title):
    folder = office.draws(faelle="fall_id\nF-0001")
    (folder / f"{title}.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    return folder


def with_folder(office, title):
    folder = office.draws(faelle="fall_id\nF-0001")
    inside = folder / title
    inside.mkdir()
    for file in [file for file in folder.iterdir() if file.is_file()]:
        file.rename(inside / file.name)
    return folder


def with_link(office, title):
    folder = office.draws(faelle="fall_id\nF-0001")
    (folder / title).symlink_to("/nowhere")
    return folder


def packed(folder, *entries):
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            archive.write(file, file.relative_to(folder))
        for entry in entries:
            archive.writestr(entry, "")
    return path


WAYS = {
    "sheet": with_sheet,
    "empty sheet": lambda office, title: with_sheet(office, title, ()),
    "file": with_file,
    "folder": with_folder,
    "link": with_link,
    "file of an archive": lambda office, title: packed(with_file(office, title)),
    "folder of an archive": lambda office, title: packed(with_folder(office, title)),
    "empty folder of an archive": lambda office, title: packed(office.draws(faelle="fall_id"), f"{title}/"),
    "path out of an archive": lambda office, title: packed(office.draws(faelle="fall_id"), f"../{title}.csv"),
    "sheet of an archive": lambda office, title: packed(with_sheet_in_folder(office, title)),
}


def with_sheet_in_folder(office, title):
    folder = office.draws(faelle="fall_id\nF-0001")
    book(folder / "ziele.xlsx", title, [["ziel_id", "fall_id"], ["Z-0001", "F-0001"]])
    return folder


def traces(folder):
    """Files below a folder that hold a name, or are called by it."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file for file in files if "Hamwi" in str(file) or b"Hamwi" in file.read_bytes()]


@pytest.mark.parametrize("way", WAYS)
def test_a_name_of_a_person_is_refused_wherever_it_is_a_title(office, temporary, way):
    path = WAYS[way](office, f"{NAME} 12.03.1987")

    imported = office.hands_in(path)
    examined = uploads.examine(path, office.settings, connection=office.connection)

    for each in (imported, examined):
        assert each.counts.get("guard-title") == 2, each.counts
        assert not [piece for piece in ("Fatima", "Hamwi", "03.1987") if piece in repr(each)]
    assert not [piece for piece in ("Fatima", "Hamwi", "03.1987") if piece in said(imported)]
    assert (imported.accepted, examined.token) == (False, None)
    assert traces(office.settings.store) == traces(temporary) == []


def test_the_finding_says_where_it_is(office):
    findings = office.hands_in(with_sheet(office, NAME)).findings
    assert [(each.file, each.sheet, each.line, each.column) for each in findings] == [
        ("abgabe.xlsx", None, None, None)
    ]
    assert findings[0].message["de"] == "Der Name des 2. Blatts enthält Namen."
    assert findings[0].message["en"] == "The name of sheet no. 2 holds names."
    (file,) = office.hands_in(with_file(office, NAME)).findings
    assert file.message["de"] == "Der Name der 1. Datei enthält Namen."


@pytest.mark.parametrize("title", TITLES)
def test_each_kind_is_told_by_a_title(title):
    said = [each.findings[0].message["de"] for each in of_sheets([title], Place("x"))]
    assert sorted(said) == sorted(f"Der Name des 1. Blatts enthält {kind}." for kind in TITLES[title])


def test_the_name_under_which_somebody_hands_in_is_their_own(office):
    path = with_file(office, "Notizen")
    assert office.hands_in(path.rename(path.with_name(NAME))).accepted
    path = packed(office.draws(faelle="fall_id\nF-0002"))
    assert office.hands_in(path.rename(path.with_name(f"{NAME}.zip"))).accepted


@pytest.mark.parametrize("kind", ["{}", "Stadt {}", "gemeinde_{}", "Landkreis {} 2024-09-30", "lra {} Fälle"])
def test_places_in_a_title_raise_no_alarm(kind):
    titles = [kind.format(area.name) for area in areas.register().values()]
    titles += [heading_key(title) for title in titles]
    assert len(titles) > 2200
    assert [each.findings[0].message["de"] for each in of_sheets(titles, Place("x"))] == []


@pytest.mark.parametrize("id_", ["fatima.al-hamwi", "fatima-al-hamwi", "f.mustermann", "olena.kovalenko.2"])
def test_a_sender_is_no_person(office, id_):
    imported = handed_in(office, "lieferung", {"absender_id": [id_]})

    assert found(imported, "lieferung") == {"name": {"absender_id"}}
    assert id_ not in said(imported)
    assert imported.head is None


@pytest.mark.parametrize(
    "form", ["{}", "stadt-{}", "lra.{}", "gemeinde_{}", "{}.amt", "{}-08", "s-{}", "k.{}", "sk_{}"]
)
def test_the_id_of_a_place_is_a_sender(form):
    names = [
        heading_key(area.name).replace("_", sign) for area in areas.register().values() for sign in "-_."
    ]
    ids = [form.format("".join(each for each in name if each.isalnum() or each in "-_.")) for name in names]
    assert [
        each for each in [*ids, "amt-a", "caritas-ulm", "awo.ma"] if list(in_text(each, Column.SENDER))
    ] == []
