"""A whole release as an archive: valid by its own description, with the release's figures and no others."""

import csv
import io
import json
import zipfile
from pathlib import Path

import duckdb
import pytest
from frictionless import Package, system

from data.releases import shelf
from data.releases.afterwards import as_text
from pages.machines.standing import Standing
from pages.server import machines
from tests.support.answered import answered
from tests.support.published import EMBARGOED, NEWEST, OLD, ULM

WHOLE = f"/daten/alles/{OLD}.zip"


@pytest.fixture
def forgetful(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has made nothing yet."""
    monkeypatch.setattr(machines, "_STANDING", Standing())


def rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode(), newline="")))


@pytest.mark.usefixtures("forgetful")
def test_every_table_is_valid_by_its_description_and_has_the_figures_of_the_release(
    public: Path, tmp_path: Path
):
    answer = answered(WHOLE)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/zip")
    assert answer.name == f"integrationsmanagement-{OLD}.zip"
    assert answered(WHOLE, if_none_match=answer.headers["etag"]).status == 304
    machines._STANDING = Standing()
    again = answered(WHOLE)
    assert (again.body, again.headers["etag"]) == (answer.body, answer.headers["etag"])
    part = answered(WHOLE, range="bytes=0-99")
    assert (part.status, part.body) == (206, answer.body[:100])
    head = answered(WHOLE, "HEAD")
    assert (head.status, head.body, head.headers["etag"]) == (200, b"", answer.headers["etag"])

    archive = zipfile.ZipFile(io.BytesIO(answer.body))
    archive.extractall(tmp_path)
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["fieldName", "note"])[:5]
    described = json.loads(archive.read("datapackage.json"))
    assert described["x-demonstration-data"]
    assert "DEMONSTRATIONSDATEN" in described["description"]
    assert {each["path"] for each in described["resources"]} == set(archive.namelist()) - {"datapackage.json"}

    counted, withheld = 0, 0
    with duckdb.connect(str(shelf.database(public, OLD)), read_only=True, config=as_text.CLOSED) as release:
        for given in as_text.of(shelf.database(public, OLD)):
            found = rows(archive, given.name)
            of_release = release.execute(f"select * from marts.{given.name}").fetchall()
            assert len(found) == len(of_release), given.name
            for row, values in zip(found, of_release, strict=True):
                for column, value in zip(given.columns, values, strict=True):
                    cell = row[column.name]
                    if column.sort is as_text.Sort.COUNT:
                        meant = {None: "", 0: "withheld"}.get(value, str(value))
                        assert cell == meant, (given.name, row)
                        counted, withheld = counted + 1, withheld + (value == 0)
                    elif column.type in ("integer", "number"):
                        assert cell == ("" if value is None else str(value))
    assert counted > 1000
    assert withheld > 100
    # No exact count, no hash of the state, no time at which anything was handed in.
    assert "edition.csv" not in archive.namelist()
    # As a figure has it.
    one = answered(f"/daten/caseload_active.csv?area_code={ULM}&period=2018-Q4&release={OLD}").body
    (year,) = (
        each for each in rows(archive, "cases") if (each["area_code"], each["period"]) == (ULM, "2018-Q4")
    )
    figure = {
        each["Zeitraum"]: each for each in csv.DictReader(io.StringIO(one.decode("utf-8-sig")), delimiter=";")
    }
    assert figure["2018-Q4"]["Betreute Personen"] == year["active_cases"]


@pytest.mark.usefixtures("public")
def test_the_database_is_the_file_itself_and_the_newest_has_an_address(public: Path):
    answer = answered(f"/daten/alles/{OLD}.duckdb")
    assert (answer.status, answer.name) == (200, f"integrationsmanagement-{OLD}.duckdb")
    assert answer.body == shelf.database(public, OLD).read_bytes()
    for ending in ("zip", "duckdb"):
        leads = answered(f"/daten/alles.{ending}?lang=en")
        assert (leads.status, leads.headers["location"]) == (307, f"alles/{NEWEST}.{ending}?lang=en")


@pytest.mark.usefixtures("public")
def test_what_is_no_release_for_readers_is_refused():
    for address, status in (
        (f"/daten/alles/{EMBARGOED}.zip", 404),
        (f"/daten/alles/{EMBARGOED}.duckdb", 404),
        ("/daten/alles/Qz7Kb.zip", 404),
        (f"/daten/alles/{OLD}", 404),
        (f"/daten/alles/{OLD}.csv", 404),
        (f"/daten/alles/..%2F{OLD}.zip", 404),
        (f"{WHOLE}?area_code=08", 400),
        ("/daten/alles.zip?x=Qz7Kb", 400),
        ("/daten/alles.csv", 404),
    ):
        answer = answered(address)
        assert answer.status == status, address
        assert b"Qz7Kb" not in answer.body
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_a_text_from_outside_is_no_formula_and_no_line_of_its_own(tmp_path: Path):
    file = tmp_path / "release.duckdb"
    odd = ["=1+1", "  @x", '-5 "a", b', "a\r\nb", "ä ü", "", "+", "plain"]
    with duckdb.connect(str(file)) as made:
        made.execute("create schema marts")
        made.execute("create table marts.groupings (group_code varchar)")
        made.executemany("insert into marts.groupings values (?)", [[each] for each in odd])
    (given,) = as_text.of(file)
    text = b"".join(as_text.lines(file, given)).decode()
    read = [row[0] if row else "" for row in csv.reader(io.StringIO(text, newline=""))][1:]
    assert read == ["'=1+1", "'  @x", '\'-5 "a", b', "a b", "ä ü", "", "'+", "plain"]
