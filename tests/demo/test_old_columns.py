"""What the demonstration had in version 1 of the format it has byte for byte, to compare figures by.

Columns that came later are drawn by draws of their own. Only `format_version` follows the format.
"""

import csv
import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from data import demo

# By table: its columns in version 1, and the sha256 over them in the files of all senders of 1,500 cases.
BEFORE = {
    "lieferung": (
        "absender_id absender_name absender_art stichtag software",
        "a93766a7751a5b854241ae9b4b8f5b9ad8abca85c88237f754033115107d918d",
    ),
    "faelle": (
        "fall_id ags integrationsmanager_id aufnahme_am beendet_am beendigungsgrund"
        " altersgruppe geschlecht herkunftsland aufenthaltsstatus haushaltstyp unterbringung"
        " leistungsbezug schulabschluss berufsabschluss anerkennung sprachniveau"
        " sprache_zertifiziert beschaeftigung kompetenzen integrationsplan_am"
        " plan_fortgeschrieben_am",
        "3266a609222d68d8b01b55648c732b1742c4fb5590e96881cba548f4a553983d",
    ),
    "ziele": (
        "ziel_id fall_id zielbereich zielstatus vereinbart_am frist abgeschlossen_am",
        "f11414fb0a3198f72d82942ef33bfb6228b50c3ec2a2c9ceb48a3df9a20f8061",
    ),
    "beratungen": (
        "beratung_id fall_id datum art ort kanal thema dauer_min verweis_an",
        "9f44319c6f1dc95d202dc7eb61bab2d07c4ba7baf29f582b4ead9878173a0fbf",
    ),
    "verlauf": (
        "fall_id datum merkmal wert",
        "da74cfef60aed783207006ea0d0fda366816c2c1bffccac1541d2b5baa9a590d",
    ),
    "stellen": (
        "stelle_id monat ags kreis traeger_art vzae_bewilligt vzae_besetzt",
        "781ce651be1663eb5521ff9094f857bbf11b20b3e193a492a98c54a4012c4554",
    ),
    "mittel": (
        "buchung_id ags kreis haushaltsjahr programm stufe betrag_eur gebucht_am bemessungszahl",
        "e8ae4f90397390a7ab7008ef720f10889d5894758e94b5a451e6b72400234b43",
    ),
    "kontext": (
        "ags kreis stichtag personen_anschlussunterbringung zuweisungen_jahr einwohner einwohner_basis",
        "cdf56266b17e4fc45a600c81d1923c4647bc15ed863b98ce1fdd92e2fdcd4d85",
    ),
}


def cells(path: Path, table: str) -> list[list[str]]:
    """The rows of a table as they are written, the header first; nothing where the sender lacks it."""
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(str(path))
        if table not in book.sheet_names:
            return []
        return [[str(cell) for cell in row] for row in book.get_sheet_by_name(table).to_python()]
    if path.suffix == ".zip":
        archive = zipfile.ZipFile(path)
        named = [name for name in archive.namelist() if name.endswith(f"{table}.csv")]
        text = archive.read(named[0]).decode("utf-8-sig") if named else ""
    else:
        file = path / f"{table}.csv"
        text = file.read_bytes().decode("cp1252") if file.exists() else ""
    separator = ";" if ";" in text.split("\n", 1)[0] else ","
    return list(csv.reader(io.StringIO(text), delimiter=separator))


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return demo.write(tmp_path_factory.mktemp("demo"), cases=1500, seed=2018)


def hashed(paths: list[Path], table: str, columns: list[str]) -> str:
    found = hashlib.sha256()
    for path in paths:
        header, *rows = cells(path, table) or [[]]
        had = [(column, header.index(column)) for column in columns if column in header]
        found.update(repr((path.name, [column for column, _ in had])).encode())
        for row in rows:
            found.update(repr([row[at] for _, at in had]).encode())
    return found.hexdigest()


@pytest.mark.parametrize("table", BEFORE)
def test_the_old_columns_of_every_file_are_as_they_were(paths: list[Path], table: str) -> None:
    columns, before = BEFORE[table]
    assert hashed(paths, table, columns.split()) == before
