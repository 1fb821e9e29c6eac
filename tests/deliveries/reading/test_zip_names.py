"""Names in an archive are read as whoever packed it knows them, whatever program wrote them."""

import os
import struct
import unicodedata
import zipfile
import zlib

import pytest

CASES = "fall_id | ags | aufnahme_am\nF-0001 | 08111000 | 05.01.2024"
FOLDER, TABLE = "Übergabe für Süd", "Fälle.csv"


def packed(office, raw, name=TABLE, extra=b""):
    """An archive of `lieferung` and cases under a name of these bytes, without the flag of UTF-8."""
    folder = office.draws(faelle=CASES)
    path = office.folder / "abgabe.zip"
    stand_in = "x" * len(raw)
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(folder / "lieferung.csv", "lieferung.csv")
        member = zipfile.ZipInfo(stand_in)
        member.extra = extra
        archive.writestr(member, (folder / "faelle.csv").read_bytes())
    content = path.read_bytes()
    assert content.count(stand_in.encode()) == 2
    path.write_bytes(content.replace(stand_in.encode(), raw))
    return path


WRITTEN = {
    "macOS": unicodedata.normalize("NFD", f"{FOLDER}/{TABLE}").encode(),
    "UTF-8": f"{FOLDER}/{TABLE}".encode(),
    "Windows": f"{FOLDER}\\{TABLE}".encode("cp850"),
    "DOS": f"{FOLDER}/{TABLE}".encode("cp437"),
    "other programs": f"{FOLDER}/{TABLE}".encode("cp1252"),
}


@pytest.mark.parametrize("program", WRITTEN)
def test_umlauts_of_a_name_are_read_in_every_code_page(office, program):
    imported = office.hands_in(packed(office, WRITTEN[program]))

    assert (imported.accepted, imported.counts) == (True, {})
    assert imported.recognised[1].file == f"{FOLDER}/{TABLE}"
    assert office.stored("faelle", "fall_id") == [("F-0001",)]
    assert [each.name for each in office.settings.store.glob("deliveries/*/original/*")] == ["abgabe.zip"]


SIGNS = {"é": ("cp850", "cp437", "cp1252"), "§": ("cp850", "cp1252"), "–": ("cp1252",)}


@pytest.mark.parametrize(("sign", "codec"), [(sign, codec) for sign, of in SIGNS.items() for codec in of])
def test_other_signs_of_the_west_are_what_they_were(office, sign, codec):
    name = f"Fälle {sign} 2026.csv"
    raw = name.encode(codec)

    imported = office.hands_in(packed(office, raw))

    assert imported.counts == {"table-read-as": 1}
    assert imported.findings[0].file == name


def test_a_name_in_utf_8_beside_the_other_one_counts_if_it_belongs_to_it(office):
    raw = b"F_lle.csv"
    beside = struct.pack("<BI", 1, zlib.crc32(raw)) + TABLE.encode()
    field = struct.pack("<HH", 0x7075, len(beside)) + beside

    assert office.hands_in(packed(office, raw, extra=field)).recognised[1].file == TABLE

    wrong = field[:5] + b"\0\0\0\0" + field[9:]
    assert office.hands_in(packed(office, raw, extra=wrong)).recognised[1].file == "F_lle.csv"


@pytest.mark.parametrize("codec", ["utf-8", "cp850", "cp437", "cp1252"])
def test_a_name_of_a_person_is_found_in_every_code_page(office, codec):
    imported = office.hands_in(packed(office, "Jürgen Größmüller 12.03.1987.csv".encode(codec)))

    assert not imported.accepted
    assert imported.counts["guard-title"] == 2
    assert "Jürgen" not in repr(imported)


def named(raw):
    """A name of these bytes, as Python has it."""
    return os.fsdecode(raw)


def test_names_in_a_folder_that_are_no_utf_8_are_those_that_windows_wrote(office):
    folder = office.draws(faelle=CASES)
    (folder / "faelle.csv").rename(folder / named(b"F\xe4lle.csv"))
    for name in (named(b"Gespr\xe4ch.txt"), "Gespräch.txt"):
        (folder / name).write_text("Notiz", encoding="utf-8")

    imported = office.hands_in(folder)

    assert (imported.accepted, office.stored("faelle", "fall_id")) == (True, [("F-0001",)])
    assert {each.file for each in imported.findings} >= {"Gespräch.txt", "Gespräch (2).txt"}
    assert [one.name for one in office.settings.store.glob("deliveries/*/original/F*")] == ["Fälle.csv"]


def test_a_folder_that_is_called_like_a_file_once_read_lies_beside_it(office):
    folder = office.draws(faelle=CASES)
    (folder / "Gespräche").write_text("Notiz", encoding="utf-8")
    (folder / named(b"Gespr\xe4che")).mkdir()
    (folder / named(b"Gespr\xe4che") / "ziele.csv").write_text("ziel_id;fall_id\n", encoding="utf-8")

    imported = office.hands_in(folder)

    assert {each.file for each in imported.findings} >= {"Gespräche", "Gespräche (2)/ziele.csv"}


def test_a_person_in_such_a_name_is_found(office):
    folder = office.draws(faelle=CASES)
    (folder / "faelle.csv").rename(folder / named(b"J\xfcrgen M\xfcller.csv"))

    imported = office.hands_in(folder)

    assert not imported.accepted
    assert imported.counts["guard-title"] >= 1
    assert "Jürgen" not in repr(imported)
