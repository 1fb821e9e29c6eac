"""What earlier versions wrote as JSON is read as it was meant, and written again to the letter."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from data.deliveries.format.findings import FaultyRows, Finding, Group
from data.deliveries.format.parts import Recognised
from data.deliveries.format.sender import Sender
from data.deliveries.handin import waiting
from data.deliveries.handin.acceptance import Parcel
from data.deliveries.handin.comparison import CaseChanges, Change, Comparison, Side
from data.deliveries.handin.waiting import Examined, Waiting
from data.deliveries.store import register
from data.foundation import storedjson
from data.foundation.errors import DamagedFileError
from data.releases import draft, manifest, shelf
from data.releases.draft import Basis, Draft
from data.releases.manifest import Manifest
from data.warehouse import versions

NOON = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
HEAD = Sender("amt-a", "Amt Ä", "Landkreis", date(2026, 3, 31), "", complete=True)
FINDING = Finding(
    "warning",
    "after-today",
    "faelle.csv",
    None,
    4,
    "aufnahme_am",
    None,
    {"de": "ä", "en": "b"},
    {"de": "c", "en": "d"},
)
GROUP = Group("after-today", "warning", "faelle.csv", None, "aufnahme_am", 1, 12, (FINDING,), (3,), "faelle")
EXAMINED = Examined(
    path="amt-a",
    sha256="ab",
    head=HEAD,
    rows={"faelle": 12},
    recognised=(Recognised("faelle", "faelle.csv", None, "CSV", "UTF-8", ";", rows=12),),
    groups=(GROUP,),
    faulty=(FaultyRows("faelle.csv", None, ("fall_id",), ((4, ("F4", None)),)),),
    by="anna",
    examined_at=NOON,
    token="t0",
    comparison=Comparison(
        sender="amt-a",
        before=None,
        after=Side(date(2026, 3, 31), "ab"),
        becomes_current=True,
        figures=(Change("funds_eur:gezahlt", None, Decimal("1250.50")),),
        municipalities=(Change("08421000", Decimal(0), Decimal(12), 5),),
        cases=CaseChanges(12, 0, 0, 0),
    ),
)
PARCEL = Parcel(
    path="amt-a",
    sha256="ab",
    head=HEAD,
    rows={"faelle": 12},
    present={"faelle": ("fall_id", "ags")},
    recognised={"faelle.csv": {"table": "faelle", "sheet": None, "rows": 12}},
    groups=(GROUP,),
    files={"faelle.csv": "cd"},
    base=("ef",),
    handed_in_ns=7,
)
MANIFEST = Manifest(
    name="2026-Q1",
    series=1,
    created_at=NOON.isoformat(),
    serves_from=NOON.isoformat(),
    note="Ämter",
    program="1",
    layers="l",
    synthetic=True,
    as_of="2026-03-31",
    before=None,
    sha256="ab",
    keys="k",
    parameters={"deviation": 5, "variance": 3.0},
    deliveries=[{"sender": "amt-a", "reporting_date": "2026-03-31"}],
    tables={"cases": [{"level": "kreis", "covered": None}]},
    revised={},
    red_team={"passed": True, "attacks": [{"number": 1, "figures": {"gain": 0.5}}]},
)
DRAFT = Draft(
    name="2026-Q1",
    basis=Basis(None, False, "k", {"variance": 3.0}, "l", "p", [{"sender": "amt-a"}]),
    starts_series=True,
    about={"behind": ["08111"], "synthetic": True, "senders": 1, "as_of": "2026-03-31"},
    sha256="ab",
    useful={},
    broken=("cases: 1 row",),
)

# In these files as the version before wrote them, by other means.
BEFORE = Path(__file__).with_name("written_before")
KINDS = {
    "examined.json": (Waiting, Waiting(EXAMINED, PARCEL), None),
    "manifest.json": (Manifest, MANIFEST, 1),
    "preview.json": (Draft, DRAFT, None),
    "published.json": (tuple[shelf.Entry, ...], (shelf.Entry("2026-Q1", NOON, NOON),), 1),
    "current.json": (versions.Pointer, versions.Pointer("20260504T123000-abcdef", NOON, "l"), None),
    "finding.json": (Finding, FINDING, None),
}


@pytest.mark.parametrize("name", KINDS)
def test_what_the_version_before_wrote_is_read_and_written_again_to_the_letter(name):
    kind, meant, indent = KINDS[name]
    written = (BEFORE / name).read_text(encoding="utf-8")
    assert storedjson.read(kind, written, earlier=waiting._by_language) == meant
    if name == "finding.json":
        meant = meant.as_json()
    if name != "examined.json":  # its texts have fields of their own by now
        assert storedjson.text(meant, indent=indent) == written


@pytest.fixture
def store(tmp_path):
    """A store with each kind of file at its place."""
    for name, folder in (
        ("examined.json", "waiting/t0"),
        ("manifest.json", "releases/2026-Q1"),
        ("preview.json", "releases/.preview"),
        ("published.json", "releases"),
        ("current.json", ""),
    ):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / name).write_bytes((BEFORE / name).read_bytes())
    return tmp_path


READ = {
    "waiting/t0/examined.json": lambda store: waiting.one(store, "t0")[0],
    "releases/2026-Q1/manifest.json": lambda store: manifest.read(shelf.manifest(store, "2026-Q1")),
    "releases/.preview/preview.json": draft.waiting_draft,
    "releases/published.json": shelf.entries,
    "current.json": versions.current,
}


@pytest.mark.parametrize("name", READ)
def test_each_kind_of_file_is_read_from_its_place(store, name):
    assert READ[name](store) == KINDS[Path(name).name][1]


@pytest.mark.parametrize("damaged", ["", "{", "[1]", "null", "{}", '"text"', '[{"name": 1}]'])
def test_a_damaged_upload_does_not_wait_and_a_damaged_preview_is_none(store, damaged):
    (store / "waiting" / "t0" / "examined.json").write_text(damaged)
    (store / "releases" / ".preview" / "preview.json").write_text(damaged)
    with pytest.raises(waiting.NotWaitingError):
        waiting.one(store, "t0")
    assert waiting.every(store) == []
    assert draft.waiting_draft(store) is None


@pytest.mark.parametrize("damaged", ["", "{", "[1]", "null", "{}", '"text"', '[{"name": 1}]'])
@pytest.mark.parametrize(
    "name", ["releases/2026-Q1/manifest.json", "current.json", "releases/published.json"]
)
def test_what_is_damaged_otherwise_is_told_with_its_file_and_the_way_out(store, name, damaged):
    (store / name).write_text(damaged)
    with pytest.raises(DamagedFileError) as error:
        READ[name](store)
    assert str(error.value).startswith(f"{name} is damaged (")
    assert "`python -m data " in str(error.value)
    assert error.value.exit_code == 6
    assert shelf.count(store) == (0 if name.endswith("published.json") else 1)


def changed(name, **fields):
    return json.dumps({**json.loads((BEFORE / name).read_text(encoding="utf-8")), **fields})


def test_a_pointer_of_an_early_version_without_layers_is_read():
    early = '{"version": "20250101T000000-abcdef", "built_at": "2025-01-01T00:00:00+00:00"}'
    assert storedjson.read(versions.Pointer, early).layers == ""


def test_fields_of_a_newer_program_are_left_out_where_an_older_one_has_to_go_on(store):
    (store / "current.json").write_text(changed("current.json", added=1))
    (store / "waiting" / "t0" / "examined.json").write_text(changed("examined.json", added={"a": 1}))
    assert versions.current(store).layers == "l"
    assert waiting.one(store, "t0")[0].examined == EXAMINED
    with pytest.raises(storedjson.OtherShapeError, match="unknown: added"):
        storedjson.read(Manifest, changed("manifest.json", added=1))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"sha256": None}, "no str @ $.sha256"),
        ({"series": "1"}, "no int @ $.series"),
        ({"series": True}, "no int @ $.series"),
        ({"synthetic": 1}, "no bool @ $.synthetic"),
        ({"revised": {"geheim": "x"}}, "no int @ $.revised"),
    ],
)
def test_a_value_of_another_kind_is_told_by_its_place_and_not_made_to_fit(fields, said):
    with pytest.raises(storedjson.OtherShapeError) as raised:
        storedjson.read(Manifest, changed("manifest.json", **fields))
    assert said in str(raised.value)


def test_the_columns_of_a_register_are_what_they_were(tmp_path):
    row = {
        **dict.fromkeys(("sender_name", "sender_kind", "software", "confirmed"), ""),
        **{"sha256": "ab", "folder": "ab", "sender": "amt-a", "reporting_date": "2026-03-31"},
        **{"complete": 1, "synthetic": 0, "handed_in_ns": 7, "handed_in_by": "anna"},
        "accepted_at": NOON.isoformat(),
        **{
            "rows": PARCEL.rows,
            "present": PARCEL.present,
            "recognised": PARCEL.recognised,
            "counts": {"a": 2},
        },
    }
    with register.open_for_writing(tmp_path) as opened:
        register.enter(opened, row, (FINDING,), {})
        written = dict(opened.execute("select rows, present, recognised, counts from deliveries").fetchone())
        (finding,) = opened.execute("select finding from findings").fetchone()
        (read,) = register.deliveries(opened)
    assert written == {
        "rows": '{"faelle": 12}',
        "present": '{"faelle": ["fall_id", "ags"]}',
        "recognised": '{"faelle.csv": {"table": "faelle", "sheet": null, "rows": 12}}',
        "counts": '{"a": 2}',
    }
    assert finding == (BEFORE / "finding.json").read_text(encoding="utf-8")
    assert {name: read[name] for name in written} == {name: row[name] for name in written}
