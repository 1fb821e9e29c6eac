"""A stored file for each way of writing reads as `golden/expected.toml` says: values, writing, findings."""

import tomllib
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"
EXPECTED = tomllib.loads((GOLDEN / "expected.toml").read_text(encoding="utf-8"))
NOTES = {"expected.toml", ".gitattributes"}


def lines(rows) -> list[str]:
    """Rows of the store as they are written in the expectations."""
    cells = [[("true" if c else "false") if isinstance(c, bool) else c for c in row] for row in rows]
    return [" | ".join("." if cell is None else str(cell) for cell in row) for row in cells]


@pytest.mark.parametrize("name", EXPECTED["golden"])
def test_a_golden_file_reads_as_it_always_did(office, name):
    expected = EXPECTED["golden"][name]
    reads = expected.get("reads", {})
    beside = {} if "lieferung" in reads else {"sender": "amt-a", "day": "31.03.2024"}

    imported = office.hands_in(GOLDEN / name, **beside)

    assert {each.place: each.text for each in imported.recognised} == expected["written"]
    assert imported.counts == expected.get("found", {})
    assert imported.accepted == bool(reads)
    for table, rows in reads.items():
        wanted = EXPECTED["rows"][rows]
        assert lines(office.stored(table, wanted["columns"])) == wanted["rows"]


def test_every_golden_file_is_expected_and_small():
    assert {path.name for path in GOLDEN.iterdir()} - NOTES == set(EXPECTED["golden"])
    assert all(path.stat().st_size < 10_000 for path in GOLDEN.rglob("*") if path.name not in NOTES)
