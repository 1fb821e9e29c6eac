"""The official list of municipalities: recognised, read in both forms, kept by year, taken back, verified."""

import datetime
import zipfile

import pyarrow.parquet as pq
import pytest

from data.deliveries.store import deliveries, restoring
from data.deliveries.store.deliveries import OFFICIAL
from data.upkeep import integrity
from tests.support import municipalities
from tests.support.municipalities import ELSEWHERE, every

DAY = datetime.date(2024, 12, 31)


def rules(imported):
    return sorted(imported.counts)


def standing(office):
    return [
        (each.reporting_date.year, pq.read_table(each.tables["gemeindeverzeichnis"]).to_pylist())
        for each in deliveries.official_lists(office.settings)
        if each.state == "accepted"
    ]


def stuttgart(office):
    return [
        (year, *((row["inhabitants"], row["census"]) for row in rows if row["area_code"] == "08111000"))
        for year, rows in standing(office)
    ]


def test_the_workbook_is_taken_over_with_its_date_and_its_census(office):
    book = municipalities.book(office.folder / "AuszugGV2QAktuell.xlsx", every(_08111000=610000) | ELSEWHERE)

    imported = office.hands_in(book)

    assert (imported.accepted, rules(imported)) == (True, ["list-read"])
    assert imported.head.sender == OFFICIAL
    said = imported.findings[0].message["en"]
    assert "1,101 municipalities with 1,710,000 inhabitants as of 31.12.2024" in said
    assert "Zensus 2022" in said
    assert said.endswith("2 municipalities of other Länder are left out.")
    ((year, rows),) = standing(office)
    assert (year, len(rows), {row["counted_on"] for row in rows}) == (2024, 1101, {DAY})
    assert stuttgart(office) == [(2024, (610000, "Zensus 2022"))]
    # It is of no sender, and its file is not kept.
    assert deliveries.all_deliveries(office.settings) == ()
    (stored,) = deliveries.official_lists(office.settings)
    assert sorted(path.name for path in stored.folder.iterdir()) == [
        "delivery.json", "gemeindeverzeichnis.parquet", "left-out.txt",
    ]  # fmt: skip


@pytest.mark.parametrize("packed", ["text", "zip", "folder"])
def test_the_text_is_taken_over_out_of_whatever_it_lies_in(office, packed):
    folder = office.folder / "gv"
    folder.mkdir()
    file = municipalities.text(folder / "GV100AD_30062025.txt", every(_08111000=610000) | ELSEWHERE)
    (folder / "Datensatzbeschreibung.pdf").write_bytes(b"%PDF-1.7")
    path = {"text": file, "folder": folder, "zip": office.folder / "GV100AD2QAktuell.zip"}[packed]
    if packed == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for each in folder.iterdir():
                archive.write(each, each.name)

    imported = office.hands_in(path, day="31.12.2024")

    assert imported.accepted, imported.findings
    assert stuttgart(office) == [(2024, (610000, "Zensus 2022"))]
    beside = [] if packed == "text" else ["list-beside"]
    assert rules(imported) == [*beside, "list-read"]


def test_the_archive_is_read_as_it_is_published_and_its_notes_say_as_of_when_and_from_which_census(office):
    file = municipalities.text(office.folder / "GV100AD_31082025.txt", every(_08111000=610000))
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    notes = (
        "Erscheinungsmonat: Juli 2025\r\n\r\nDie Bevölkerungsangaben basieren für alle Bundesländer "
        "auf dem Stichtag 31.12.2023 (ZENSUS 2022).\r\n\r\nDie Ergebnisse sind nur bedingt vergleichbar, "
        "siehe Bevölkerungsstand.\r\nDie Flächenangaben basieren auf dem Stichtag 31.12.2022.\r\n"
    )
    path = office.folder / "GV100AD3108.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Datensatzbeschreibung_GV100AD.pdf", b"%PDF-1.7")
        archive.write(file, file.name)
        archive.writestr("Hinweise.txt", notes.encode("latin-1"))

    assert "given-otherwise" in rules(office.hands_in(path, day="31.12.2024"))
    imported = office.hands_in(path)

    assert (imported.accepted, rules(imported)) == (True, ["list-beside", "list-read"])
    assert stuttgart(office) == [(2023, (610000, "Zensus 2022"))]


def test_notes_that_name_two_dates_do_not_say_as_of_when(office):
    folder = office.folder / "gv"
    folder.mkdir()
    municipalities.text(folder / "GV100AD_31082025.txt", every())
    notes = "Die Bevölkerung ist vom 31.12.2023 (Zensus 2022), die Bevölkerung von Bayern vom 31.12.2022."
    (folder / "Hinweise.txt").write_text(notes, encoding="utf-8")

    assert rules(office.hands_in(folder)) == ["list-beside", "list-date"]


def test_the_workbook_saved_as_text_is_told_as_that_and_no_profile_is_proposed(office, command):
    path = office.folder / "AuszugGV.csv"
    path.write_text("Satz-art;Text-kennzeichen;Land;Gemeindename\n60;61;08;Stuttgart\n", encoding="utf-8")

    code, _, err = command("import", path)

    assert (code, "saved as text" in err, "profile" in err) == (3, True, False)


def test_up_to_2021_it_is_the_census_of_2011_whatever_is_said_beside_it(office, command):
    file = municipalities.text(office.folder / "GV100AD_31122021.txt", every(), territory="20211231")

    assert command("import", file, "--reporting-date", "31.12.2021", "--census", "2022")[0] == 3
    office.hands_in(file, day="31.12.2021")

    assert stuttgart(office) == [(2021, (1000, "Zensus 2011"))]


def test_of_2022_and_2023_there_are_figures_of_both_censuses_so_a_list_that_says_none_is_asked_about(
    office, command
):
    file = municipalities.text(office.folder / "GV100AD_31122023.txt", every(), territory="20231231")
    for day in ("31.12.2022", "31.12.2023"):
        imported = office.hands_in(file, day=day)
        assert (imported.accepted, rules(imported)) == (False, ["list-census-open"])
        assert day in imported.findings[0].message["de"]
    assert standing(office) == []

    said = ("--reporting-date", "31.12.2023", "--census")
    wrong, _, err = command("import", file, *said, "1987")
    assert (wrong, "'Zensus 1987'" in err) == (3, True)
    assert command("import", file, *said, "2022")[0] == 0
    assert stuttgart(office) == [(2023, (1000, "Zensus 2022"))]
    # The same file once more, said to be of the other census, is no file that is stored already.
    code, out, err = command("import", file, *said, "2011")
    assert (code, "'Zensus 2011' was given" in err, "already stored" in out) == (3, True, False)
    remedy = err[err.index("python -m data undo") :].split(")")[0].split()[4:]
    assert command("import", file, "--reporting-date", "31.12.2022", "--census", "2022")[0] == 3
    assert command("import", file, *said, "2022")[0] == 0
    assert command("undo", *remedy)[0] == 0
    assert command("import", file, *said, "2011")[0] == 0
    assert stuttgart(office) == [(2023, (1000, "Zensus 2011"))]
    # What the file says itself nobody says otherwise.
    book = municipalities.book(office.folder / "Auszug.xlsx", every())
    assert command("import", book, "--census", "2011")[0] == 3


def test_a_text_alone_does_not_say_as_of_when(office):
    file = municipalities.text(office.folder / "GV100AD_31122024.txt", every(), territory="20241231")

    imported = office.hands_in(file)

    assert (imported.accepted, rules(imported)) == (False, ["list-date"])
    assert "--reporting-date 31.12.JJJJ" in imported.findings[0].remedy["en"]
    assert standing(office) == []


def test_what_is_said_beside_a_workbook_may_not_contradict_it(office):
    book = municipalities.book(office.folder / "Auszug.xlsx", every())

    assert rules(office.hands_in(book, day="31.12.2023")) == ["given-otherwise", "list-read"]
    assert standing(office) == []


BROKEN = {
    "list-line": (["6020241231" + "08111O00"], 1104),
    "list-key": ([municipalities.record("08999999", "12")], 1104),
    "list-twice": ([municipalities.record("08111000", "12")], 1104),
    "list-empty": ([municipalities.record("08111000", "0")], 1104),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_line_is_named_and_nothing_is_taken_over(office, rule):
    more, line = BROKEN[rule]
    people = every()
    if rule == "list-empty":
        del people["08111000"]
        line -= 1
    file = municipalities.text(office.folder / "GV100AD.txt", people, more=more)

    imported = office.hands_in(file, day="31.12.2024")

    found = [(each.rule, each.file, each.line) for each in imported.findings if each.severity == "fault"]
    assert found == [(rule, "GV100AD.txt", line)]
    assert not imported.accepted
    assert standing(office) == []


def test_in_a_workbook_the_sheet_and_the_row_are_named(office):
    book = municipalities.book(office.folder / "Auszug.xlsx", every(_08111000="sehr viele"))

    (found,) = office.hands_in(book).findings

    assert (found.rule, found.sheet, found.line) == ("list-line", "Onlineprodukt_Gemeinden30062025", 9)
    assert found.value == "08111000 sehr viele"


def test_keys_that_a_spreadsheet_made_numbers_of_are_read(office):
    from openpyxl import load_workbook

    path = municipalities.book(office.folder / "Auszug.xlsx", every())
    book = load_workbook(path)
    sheet = book.worksheets[1]
    for row in sheet.iter_rows(min_row=7):
        for cell in [row[0], *row[2:7]]:
            cell.value = int(cell.value) if str(cell.value or "").isdecimal() else cell.value
        row[9].value = "1 000" if row[9].value == 1000 else row[9].value
    book.save(path)

    assert office.hands_in(path).accepted
    assert stuttgart(office) == [(2024, (1000, "Zensus 2022"))]


def test_a_list_of_a_day_that_is_still_to_come_is_refused(office):
    book = municipalities.book(
        office.folder / "a.xlsx", every(), day=f"31.12.{datetime.date.today().year + 1}"
    )

    imported = office.hands_in(book)

    assert (imported.accepted, rules(imported)) == (False, ["list-future"])


def test_a_list_of_another_land_is_refused(office):
    file = municipalities.text(office.folder / "GV100AD.txt", ELSEWHERE)

    assert rules(office.hands_in(file, day="31.12.2024")) == ["list-without-land"]


def test_areas_of_no_municipality_are_left_out(office):
    forest = municipalities.record("08415971", "0", mark="66", name="Gutsbezirk Münsingen")
    file = municipalities.text(office.folder / "GV100AD.txt", every(), more=[forest])

    assert office.hands_in(file, day="31.12.2024").accepted


def test_a_missing_municipality_has_to_be_confirmed(office, command):
    people = every()
    del people["08111000"]
    file = municipalities.text(office.folder / "GV100AD.txt", people)

    code, _, err = command("import", file, "--reporting-date", "31.12.2024")
    assert code == 5
    assert "The list lacks 1 municipalities of the register: Stuttgart (08111000)." in err
    assert standing(office) == []

    assert command("import", file, "--reporting-date", "31.12.2024", "--confirm", "merged")[0] == 0
    assert [len(rows) for _, rows in standing(office)] == [1100]


def test_each_year_stands_beside_the_others_and_the_same_numbers_change_nothing(office):
    office.hands_in(municipalities.text(office.folder / "2021.txt", every(_08111000=1)), day="31.12.2021")
    office.hands_in(municipalities.book(office.folder / "2024.xlsx", every(_08111000=2)))

    numbers = municipalities.text(office.folder / "2024.txt", every(_08111000=2))
    again = office.hands_in(numbers, day="31.12.2024")
    same = office.hands_in(office.folder / "2024.xlsx")

    assert (again.already_stored, rules(again)) == (True, ["list-read", "list-same"])
    assert (same.accepted, same.already_stored) == (True, True)
    assert stuttgart(office) == [(2021, (1, "Zensus 2011")), (2024, (2, "Zensus 2022"))]


def test_other_numbers_of_a_year_need_a_reason_and_are_taken_back_by_undo(office, command):
    first = municipalities.book(office.folder / "first.xlsx", every(_08111000=600))
    second = municipalities.book(office.folder / "second.xlsx", every(_08111000=601))
    assert command("import", first)[0] == 0

    code, _, err = command("import", second)
    assert (code, "08111000: 600 (Zensus 2022) → 601 (Zensus 2022)" in err) == (5, True)
    assert stuttgart(office) == [(2024, (600, "Zensus 2022"))]

    assert command("import", second, "--confirm", "corrected edition")[0] == 0
    assert stuttgart(office) == [(2024, (601, "Zensus 2022"))]

    code, out, _ = command("undo", OFFICIAL, "--reason", "it was not")
    assert (code, "stands now: destatis:gemeindeverzeichnis, 31.12.2024" in out) == (0, True)
    assert stuttgart(office) == [(2024, (600, "Zensus 2022"))]


def test_a_census_that_nobody_knows_is_refused(office):
    book = municipalities.book(office.folder / "Auszug.xlsx", every(), census="Zensus 1987")

    assert rules(office.hands_in(book)) == ["list-census"]


def test_verify_names_a_changed_list_and_the_register_is_made_again_with_it(office):
    office.hands_in(municipalities.book(office.folder / "Auszug.xlsx", every(_08111000=7)))
    sound = integrity.damages_and_leftovers(office.settings)
    assert (sound.deliveries, sound.damages, sound.leftovers) == (1, (), ())

    (office.settings.store / "register.sqlite").unlink()
    restoring.restore(office.settings)
    assert stuttgart(office) == [(2024, (7, "Zensus 2022"))]

    (stored,) = deliveries.official_lists(office.settings)
    stored.tables["gemeindeverzeichnis"].write_bytes(b"other")
    (damage,) = integrity.damages_and_leftovers(office.settings).damages
    assert damage.file.endswith("gemeindeverzeichnis.parquet")


def test_status_shows_the_lists_apart_from_the_deliveries(office, command):
    command("import", municipalities.book(office.folder / "Auszug.xlsx", every()))

    _, out, _ = command("status")

    assert "inhabitants: 31.12.2024, Zensus 2022, 1,101 municipalities, accepted" in out


def test_a_delivery_with_a_list_beside_its_tables_stays_a_delivery(office):
    folder = office.draws(faelle="fall_id\nF1")
    municipalities.text(folder / "GV100AD_31122024.txt", every())

    imported = office.hands_in(folder)

    assert imported.head.sender == "amt-a"
    assert standing(office) == []
