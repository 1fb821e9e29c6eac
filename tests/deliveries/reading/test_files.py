"""Broken, hostile or incomplete files are refused with one clear finding and leave nothing behind."""

import os
import struct
import zipfile

import pytest

from data.foundation.limits import LIMITS, RATIO_FROM_BYTES

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01"
CASE = "fall_id;ags;aufnahme_am\r\n"


def rules(imported):
    return [(each.rule, each.line) for each in imported.findings if each.rule != "not-kept"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ("empty-file", None)),
        (PNG, ("no-text", None)),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, ("old-workbook", None)),
        (b"PK\x03\x04 no archive", ("nested-archive", None)),
        (b"a;b;c\r\n1;2;3\r\n", ("no-header", 1)),
        (b"fall_id;ags;aufnahme_am\x00\r\n", ("no-text", None)),
        (f"{CASE}F-0001;08111000\r\n".encode(), ("row-length", 2)),
        (f'{CASE}F-0001;08111000;01.01.2024\r\n"F-0002;0'.encode(), ("broken-quotes", 3)),
        (f"{CASE}F-0001;{'x' * (LIMITS.line_characters * 3)}".encode(), ("broken-quotes", 2)),
        (f"{CASE[:-2]};fall_id\r\n".encode(), ("column-twice", 1)),
        ((CASE[:-2] + ";x" * LIMITS.columns + "\r\n").encode(), ("too-many-columns", 1)),
    ],
)
def test_a_broken_file_is_one_finding(office, content, expected):
    folder = office.draws(faelle="fall_id\nF1")
    (folder / "faelle.csv").write_bytes(content)

    imported = office.hands_in(folder)

    assert not imported.accepted
    assert rules(imported) == [expected]
    assert not list(office.settings.store.glob("deliveries/*"))
    assert not list(office.settings.store.glob("incoming/*"))


def test_sound_rows_of_a_broken_file_are_checked_too_so_that_all_faults_are_listed(office):
    folder = office.draws(faelle="fall_id\nF1")
    lines = [
        "F-0001;08111000;01.01.2024",
        "F-0002;08111000",
        "F-0003;08111000;32.01.2024",
        "",
        "F-0004;0;1;2",
    ]
    (folder / "faelle.csv").write_text(CASE + "\n".join(lines), encoding="utf-8")

    assert sorted(rules(office.hands_in(folder))) == [("date", 4), ("row-length", 3), ("row-length", 6)]


@pytest.mark.parametrize("name", ["../faelle.csv", "/etc/faelle.csv", "a/../../faelle.csv", "C:\\faelle.csv"])
def test_an_archive_with_a_name_that_leads_outside_is_refused(office, name):
    path = office.folder / "abgabe.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, CASE)

    assert [rule for rule, _ in rules(office.hands_in(path))] == ["path-outside"]


def test_a_link_in_an_archive_or_folder_is_refused(office):
    path = office.folder / "abgabe.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("faelle.csv")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    folder = office.draws(ziele="")
    (folder / "faelle.csv").symlink_to("/etc/passwd")

    assert [rule for rule, _ in rules(office.hands_in(path))] == ["link"]
    assert [rule for rule, _ in rules(office.hands_in(folder))] == ["link"]


def test_an_archive_that_unpacks_far_too_large_is_not_unpacked(office):
    path = office.folder / "abgabe.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("faelle.csv", b"0" * (RATIO_FROM_BYTES + 1))

    assert [rule for rule, _ in rules(office.hands_in(path))] == ["too-large"]


def test_an_archive_that_lies_about_its_sizes_is_refused(office):
    path = office.folder / "abgabe.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("faelle.csv", CASE + "F-0001;08111000;01.01.2024\n" * 1000)
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, entry + 24, 10)
    path.write_bytes(content)

    assert [rule for rule, _ in rules(office.hands_in(path))] == ["broken-archive"]


def test_an_encrypted_archive_is_refused(office):
    path = office.folder / "abgabe.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("faelle.csv", CASE)
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    path.write_bytes(content)

    assert [rule for rule, _ in rules(office.hands_in(path))] == ["encrypted"]


@pytest.mark.parametrize("cut", [0.3, 0.9])
def test_a_truncated_archive_is_refused(office, cut):
    path = office.folder / "abgabe.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("faelle.csv", CASE * 100)
    os.truncate(path, int(path.stat().st_size * cut))

    assert [rule for rule, _ in rules(office.hands_in(path))] == ["broken-archive"]


def test_a_path_that_does_not_exist_and_an_empty_folder_are_findings(office):
    (office.folder / "leer").mkdir()

    assert [rule for rule, _ in rules(office.hands_in(office.folder / "nichts"))] == ["no-file"]
    assert [rule for rule, _ in rules(office.hands_in(office.folder / "leer"))] == ["empty-folder"]


def test_what_is_no_file_though_it_is_called_like_one_is_told_as_what_it_is(office):
    (office.folder / "faelle.csv").mkdir()
    os.mkfifo(office.folder / "ziele.csv")

    told = {name: office.hands_in(office.folder / name).groups for name in ("faelle.csv", "ziele.csv")}

    assert [(name, each.rule, each.file) for name, found in told.items() for each in found] == [
        ("faelle.csv", "folder-for-file", "faelle.csv"),
        ("ziele.csv", "special-file", "ziele.csv"),
    ]
    assert [rule for rule, _ in rules(office.hands_in(office.folder / ("x" * 300)))] == ["no-file"]


def test_a_table_that_is_there_twice_and_a_file_of_another_name(office):
    folder = office.draws(faelle="fall_id\nF1")
    (folder / "Fälle.csv").write_bytes((folder / "faelle.csv").read_bytes())
    (folder / "liesmich.txt").write_text("nur für uns\n", encoding="utf-8")
    (folder / ".DS_Store").write_bytes(PNG)

    assert sorted(rules(office.hands_in(folder))) == [("table-twice", None), ("unknown-file", None)]


def test_two_rows_of_lieferung_and_none_are_no_delivery(office):
    folder = office.draws(faelle="fall_id\nF1")
    head, row = (folder / "lieferung.csv").read_text(encoding="utf-8").splitlines()
    for rows in ([], [row, row]):
        (folder / "lieferung.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
        assert rules(office.hands_in(folder)) == [("one-row", None)]


def test_names_and_values_from_outside_never_become_sql(office):
    folder = office.draws(faelle="""fall_id | x"); drop table y; --\nF1 | '); drop table typed.faelle; --""")
    evil = folder.parent / "a' or 1=1; --*[0-9]"
    folder.rename(evil)
    (evil / "x'*\".csv").write_text("a;b\n", encoding="utf-8")

    imported = office.hands_in(evil)

    assert imported.accepted
    assert {each.rule for each in imported.findings} == {"unknown-column", "unknown-file", "not-kept"}
