"""Small files that ask for gigabytes: each is one finding with file and remedy, and nobody dies of it."""

import json
import os

import pytest

from data.deliveries.handin import isolated, uploads
from data.deliveries.handin.isolated import NotReadToItsEndError, import_deliveries
from data.deliveries.handin.work import HandIn
from data.deliveries.store import deliveries, register
from data.foundation import apart
from data.foundation.limits import LIMITS, Limits
from data.foundation.settings import Settings
from tests.foundation import ends
from tests.support import bombs, books, drawn, peaks

GIVEN = HandIn("amt-a", "30.09.2026")
CASES = "fall_id | ags | aufnahme_am\nF-0001 | 08111000 | 05.01.2024\nF-0002 | 08115003 | 29.02.2024"
STACKS = 16 * (os.cpu_count() or 1)


@pytest.fixture
def where(tmp_path):
    return Settings(tmp_path / "store", "localhost", 0)


def one_fault(result):
    (fault,) = [each for each in result.groups if each.severity == "fault"]
    return fault


def noted(where):
    with register.open_for_reading(where.store) as opened:
        return [tuple(row) for row in opened.execute("select action, note from audit").fetchall()]


@pytest.mark.parametrize("name", bombs.MEASURED)
def test_what_asks_for_much_is_one_finding_and_takes_little(where, tmp_path, name):
    make, rule = bombs.MEASURED[name]
    path = make(tmp_path / name)
    grown = peaks.since_now()

    imported = isolated.import_delivery(path, where, GIVEN)

    fault = one_fault(imported)
    assert (fault.rule, imported.accepted) == (rule, False)
    assert fault.file == ("9.zip" if name == "of-zips.zip" else name)
    assert all(fault.findings[0].remedy.values())
    assert grown() < 200
    assert apart.call(ends.most_mb, (), apart.Bounds(LIMITS.reading_mb, 1)) < 1_000
    assert list((where.store / "incoming").iterdir()) == []


def test_what_no_measure_sees_ends_its_process_and_nothing_else(where, tmp_path):
    path = bombs.unforeseen(tmp_path / "faelle.xlsx")
    assert path.stat().st_size < 50_000
    grown = peaks.since_now()

    imported = isolated.import_delivery(path, where, GIVEN)

    fault = one_fault(imported)
    assert (fault.rule, fault.file, imported.hidden_from_guard) == ("reader-ended", "faelle.xlsx", True)
    assert "3.072 MB" in fault.findings[0].message["de"]
    assert "DASHBOARD_LIMIT_READING_MB" in fault.findings[0].message["en"]
    assert grown() < 200
    assert list((where.store / "incoming").iterdir()) == []
    assert noted(where) == [("refused", "reader-ended: 1")]
    good = books.xlsx(tmp_path / "gut.xlsx", faelle=CASES)
    assert isolated.import_delivery(good, where).accepted


def test_the_command_says_it_in_one_paragraph_and_with_the_code_of_a_refusal(command, tmp_path):
    path = bombs.unforeseen(tmp_path / "faelle.xlsx")

    code, out, err = command("import", path, "--sender", "amt-a", "--reporting-date", "30.09.2026")

    assert (code, err.count("fault: faelle.xlsx")) == (3, 1)
    assert "could not be read to its end" in err
    assert "hand it in again" in err
    assert out.splitlines()[0].endswith(
        "refused, 1 fault, nothing was taken over (no sender or reporting date)"
    )


def test_beside_others_the_file_is_named_and_the_others_are_taken_over(where, tmp_path):
    folders = []
    for number in range(4):
        folder = drawn.delivery(
            tmp_path / f"amt-{number}", sender=f"amt-{number}", faelle=f"fall_id\nF-{number}"
        )
        folders.append(folder)
    bombs.unforeseen(folders[2] / "ziele.xlsx")

    results = list(import_deliveries(folders, where))

    assert [each.accepted for each in results] == [True, True, False, True]
    assert (one_fault(results[2]).rule, one_fault(results[2]).file) == ("reader-ended", "ziele.xlsx")
    assert [each.sender for each in deliveries.all_deliveries(where)] == ["amt-0", "amt-1", "amt-3"]


def test_examined_on_a_page_nothing_waits_and_a_refusal_is_noted(where, tmp_path):
    path = bombs.unforeseen(tmp_path / "faelle.xlsx")

    examined = isolated.examine(path, where, GIVEN)

    assert (one_fault(examined).rule, examined.token, examined.path) == ("reader-ended", None, "faelle.xlsx")
    assert uploads.all_waiting(where) == ()
    assert noted(where) == [("refused", "reader-ended: 1")]
    assert deliveries.all_deliveries(where) == ()


def test_a_proposal_for_it_is_an_error_with_the_same_sentences(where, tmp_path):
    path = bombs.unforeseen(tmp_path / "faelle.xlsx")

    with pytest.raises(NotReadToItsEndError, match=r"faelle\.xlsx: This file could not be read to its end"):
        isolated.propose(path, where)


def test_what_waits_goes_on_waiting_if_it_ends_its_process_later(where, tmp_path):
    first = isolated.examine(books.xlsx(tmp_path / "gut.xlsx", faelle=CASES), where)
    small = Settings(where.store, "localhost", 0, limits=Limits(reading_mb=60))

    second = isolated.again(first.token, small)

    assert one_fault(second).rule == "reader-ended"
    assert [each.token for each in uploads.all_waiting(where)] == [first.token]
    assert uploads.accept(where, first.token).accepted


def test_an_ordinary_delivery_passes_through_as_it_did(where, tmp_path):
    kinds = [
        books.xlsx(tmp_path / "a.xlsx", faelle=CASES),
        books.ods(tmp_path / "b.ods", faelle=CASES.replace("F-0002", "F-0003")),
        drawn.delivery(tmp_path / "c", faelle=CASES.replace("F-0002", "F-0004")),
    ]
    told = []

    results = [isolated.import_delivery(path, where, HandIn(confirm="x"), told.append) for path in kinds]

    assert [(each.accepted, each.rows["faelle"]) for each in results] == [(True, 2)] * 3
    assert {"receive", "read", "check", "guard", "store"} <= {step.stage for step in told}
    odd = (
        "fall_id | aufnahme_am | beendet_am | integrationsplan_am\nF1 | 01.01.2024 | 15.01.2024 | 01.02.2024"
    )
    asked = isolated.import_delivery(drawn.delivery(tmp_path / "d", sender="amt-d", faelle=odd), where)
    assert (asked.accepted, asked.needs_confirmation) == (False, True)


def test_the_report_of_the_command_has_the_rule(command, tmp_path):
    make, rule = bombs.MEASURED["rows-by-columns.ods"]

    code, out, _ = command("import", make(tmp_path / "faelle.ods"), "--json")

    assert (code, json.loads(out)["counts"]) == (3, {rule: 1})
