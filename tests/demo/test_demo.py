"""The demonstration deliveries: repeatable, in every way of writing, and true to the published rules."""

import csv
import hashlib
import io
import zipfile
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from data import demo
from data.deliveries.format.sender import SYNTHETIC

Rows = list[dict[str, str]]


def hashes(paths: list[Path]) -> dict[str, str]:
    files = [file for path in paths for file in ([path] if path.is_file() else sorted(path.iterdir()))]
    return {
        f"{file.parent.name}/{file.name}": hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    }


def rows_of(path: Path, table: str) -> Rows:
    """The rows as text, with dates as JJJJ-MM-TT and decimal points, whatever the office's way of writing."""
    if path.suffix == ".xlsx":
        header, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(table).to_python()
        return [{str(name): str(value) for name, value in zip(header, row, strict=True)} for row in rows]
    if path.suffix == ".zip":
        text = zipfile.ZipFile(path).read(f"{table}.csv").decode("utf-8-sig")
    else:
        text = (path / f"{table}.csv").read_bytes().decode("cp1252")
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.split("\n", 1)[0] else ",")
    return [{name: plain(value) for name, value in row.items()} for row in rows]


def plain(value: str) -> str:
    if len(value) == 10 and value[2] == value[5] == ".":
        return f"{value[6:]}-{value[3:5]}-{value[:2]}"
    amount = value.removesuffix(" €").replace(".", "").replace(",", ".")
    return amount if "," in value and amount.replace(".", "").isdigit() else value


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return demo.write(tmp_path_factory.mktemp("demo"), cases=1500, seed=2018)


@pytest.fixture(scope="module")
def bookings(paths: list[Path]) -> Rows:
    return [row for path in paths for row in rows_of(path, "mittel")]


def sums(bookings: Rows, stage: str) -> dict[str, Decimal]:
    by_year: dict[str, Decimal] = defaultdict(Decimal)
    for row in bookings:
        if row["stufe"] == stage and row["programm"] == "PIK Integrationsmanagement":
            by_year[str(int(float(row["haushaltsjahr"])))] += Decimal(row["betrag_eur"])
    return by_year


def test_the_same_seed_writes_the_same_bytes(paths: list[Path], tmp_path: Path) -> None:
    again = demo.write(tmp_path / paths[0].parent.name, cases=1500, seed=2018)
    assert hashes(again) == hashes(paths)


def test_another_seed_writes_other_cases(paths: list[Path], tmp_path: Path) -> None:
    other = demo.write(tmp_path, cases=1500, seed=2019)
    first = {row["fall_id"] for path in paths[:3] for row in rows_of(path, "faelle")}
    second = {row["fall_id"] for path in other[:3] for row in rows_of(path, "faelle")}
    assert not first & second


def test_every_kreis_hands_in_once_and_says_that_it_is_synthetic(paths: list[Path]) -> None:
    heads = [rows_of(path, "lieferung")[0] for path in paths]
    assert len({head["absender_id"] for head in heads}) == 44
    assert {head["software"] for head in heads} == {SYNTHETIC}


def test_one_sender_has_no_delivery_in_the_last_quarter(paths: list[Path]) -> None:
    dates = Counter(rows_of(path, "lieferung")[0]["stichtag"] for path in paths)
    assert dates == {"2026-09-30": 43, "2026-06-30": 1}


def test_all_cases_are_written_and_no_sender_is_without(paths: list[Path]) -> None:
    cases = [len(rows_of(path, "faelle")) for path in paths]
    assert sum(cases) == 1500
    assert min(cases) > 0


def test_stuttgart_is_planned_with_the_published_amount_of_2018(bookings: Rows) -> None:
    frames = [row for row in bookings if row["haushaltsjahr"] == "2018" and row["stufe"] == "Planungsrahmen"]
    stuttgart = [row for row in frames if row["ags"] == "08111000"]
    assert [(row["betrag_eur"], row["bemessungszahl"]) for row in stuttgart] == [("3270296.64", "4108")]


def test_every_allocation_of_2018_is_a_multiple_of_796_08_euros(bookings: Rows) -> None:
    frames = [
        (Decimal(row["betrag_eur"]), Decimal(row["bemessungszahl"]))
        for row in bookings
        if float(row["haushaltsjahr"]) == 2018 and row["stufe"] == "Planungsrahmen"
    ]
    assert all(amount == persons * Decimal("796.08") for amount, persons in frames)
    assert sum(persons for _, persons in frames) == 72_857


def test_stuttgart_is_approved_6540594_euros_for_2018_and_2019(bookings: Rows) -> None:
    approved = [row for row in bookings if row["ags"] == "08111000" and row["stufe"] == "bewilligt"]
    two_years = [row for row in approved if row["haushaltsjahr"] in ("2018", "2019")]
    assert sum(Decimal(row["betrag_eur"]) for row in two_years) == 6_540_594


def test_the_land_plans_58_million_euros_in_every_year(bookings: Rows) -> None:
    frames = sums(bookings, "Planungsrahmen")
    assert sorted(frames) == [str(year) for year in range(2018, 2027)]
    assert all(abs(amount / 58_000_000 - 1) < Decimal("0.005") for amount in frames.values())


def test_every_stage_is_lower_than_the_one_before(bookings: Rows) -> None:
    stages = ["Planungsrahmen", "beantragt", "bewilligt", "ausgezahlt", "verwendet"]
    by_stage = [sums(bookings, stage) for stage in stages]
    for year in range(2018, 2027):
        amounts = [stage[str(year)] for stage in by_stage]
        assert amounts == sorted(amounts, reverse=True)
        assert len(set(amounts)) == len(stages)


def test_the_kreise_of_which_the_press_wrote_get_the_published_amounts_of_2025(bookings: Rows) -> None:
    frames: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in bookings:
        if row["stufe"] == "Planungsrahmen" and row["programm"] == "PIK Integrationsmanagement":
            frames[(row["ags"] or row["kreis"])[:5], row["haushaltsjahr"]] += Decimal(row["betrag_eur"])
    assert frames["08437", "2025"] == 292_750
    assert frames["08417", "2025"] == 793_000
    assert round(frames["08226", "2025"] / frames["08226", "2024"] - 1, 2) == Decimal("-0.57")


def test_from_2025_nothing_is_booked_for_a_municipality(bookings: Rows) -> None:
    assert not [row for row in bookings if float(row["haushaltsjahr"]) >= 2025 and row["ags"]]


def test_the_wave_from_ukraine_arrives_in_2022(paths: list[Path]) -> None:
    years = Counter(
        row["aufnahme_am"][:4]
        for path in paths
        for row in rows_of(path, "faelle")
        if row["herkunftsland"] in ("UA", "Ukraine")
    )
    assert years["2022"] > 5 * years["2021"] + 50


def test_offices_write_folders_archives_and_workbooks(paths: list[Path]) -> None:
    assert Counter(path.suffix for path in paths) == {"": 26, ".zip": 14, ".xlsx": 4}
    folder = next(path for path in paths if path.name == "lra-rems-murr-kreis")
    lines = (folder / "mittel.csv").read_bytes().decode("cp1252").splitlines()
    assert lines[1].split(";")[6].endswith(" €")
    archive = zipfile.ZipFile(next(path for path in paths if path.name == "sk-stuttgart.zip"))
    assert archive.read("faelle.csv").startswith(b"\xef\xbb\xbffall_id;ags;")


def test_a_workbook_has_real_dates_and_numbers(paths: list[Path]) -> None:
    path = next(path for path in paths if path.name == "sk-baden-baden.xlsx")
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("stellen").to_python()
    row = dict(zip(sheet[0], sheet[1], strict=True))
    assert row["monat"] == date(2018, 1, 1)
    assert isinstance(row["vzae_bewilligt"], float)


def test_one_office_lost_the_leading_zeros_and_one_delivers_little(paths: list[Path]) -> None:
    by_name = {path.name: path for path in paths}
    assert {len(row["ags"]) for row in rows_of(by_name["lra-ostalbkreis"], "faelle")} == {7}
    sparse = by_name["lra-neckar-odenwald-kreis"]
    assert not {"beratungen.csv", "verlauf.csv"} & {file.name for file in sparse.iterdir()}
    assert "sprachniveau" not in rows_of(sparse, "faelle")[0]


def test_who_comes_back_names_a_closed_case_of_the_same_office_and_some_offices_do_not_say(
    paths: list[Path],
) -> None:
    named, silent = 0, 0
    for path in paths:
        cases = {row["fall_id"]: row for row in rows_of(path, "faelle")}
        version = rows_of(path, "lieferung")[0]["format_version"]
        has = "fruehere_fall_id" in next(iter(cases.values()))
        silent += not has
        assert version == ("1.1" if has else "1")
        for row in cases.values():
            if earlier := row.get("fruehere_fall_id"):
                named += 1
                assert "" < cases[earlier]["beendet_am"] < row["aufnahme_am"]
    assert silent == 5
    assert named > 10
