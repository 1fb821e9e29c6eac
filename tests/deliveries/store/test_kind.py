"""A store is a demonstration or real from its creation: no delivery changes that, or comes into the other."""

import json
import shutil

import pytest

from data.commands import main
from data.deliveries.format.sender import SYNTHETIC
from data.deliveries.handin import uploads
from data.deliveries.store import deliveries, kind
from data.deliveries.store.kind import Kind, KindError, WrongKindError
from data.foundation.errors import DamagedFileError

CASES = "fall_id\nF1"


def faults(imported):
    return [each.rule for each in imported.groups if each.severity == "fault"]


def test_what_a_file_says_of_itself_makes_no_demonstration(office):
    assert faults(office.hands_in(software=SYNTHETIC, faelle=CASES)) == ["kind-undecided"]
    assert kind.of(office.settings) is None
    assert office.hands_in(software="Verfahren 7", faelle=CASES).accepted
    assert kind.of(office.settings) is Kind.REAL
    assert faults(office.hands_in(sender="amt-b", software=SYNTHETIC, faelle=CASES)) == ["kind-real"]
    # Nothing of it waits either, and whoever takes it back has a real store all the same.
    examined = uploads.examine(
        office.draws(sender="amt-b", software=SYNTHETIC, faelle=CASES), office.settings
    )
    assert (examined.token, uploads.all_waiting(office.settings)) == (None, ())
    deliveries.take_back(office.settings, "amt-a")
    assert faults(office.hands_in(software=SYNTHETIC, faelle=CASES)) == ["kind-real"]
    with pytest.raises(KindError, match="stays so"):
        kind.decide(office.settings, Kind.DEMONSTRATION)


def test_a_demonstration_takes_demonstration_data_alone_on_the_command_line_and_in_a_drop_folder(
    office, monkeypatch, capsys
):
    monkeypatch.setenv("DASHBOARD_STORE", str(office.settings.store))
    assert main(["store", "demonstration"]) == 0
    assert office.hands_in(software=SYNTHETIC, faelle=CASES).accepted
    real = office.draws(sender="amt-b", faelle=CASES)
    assert main(["import", str(real)]) == 3
    said = " ".join(capsys.readouterr().err.split())
    assert "takes demonstration data alone" in said
    assert "DASHBOARD_STORE" in said
    assert real.name in said
    drop = office.folder / "drop"
    drop.mkdir()
    shutil.make_archive(str(drop / "real"), "zip", real)
    main(["watch", str(drop), "--once", "--settle", "0"])
    told = json.loads((drop / "real.zip.ergebnis.json").read_text(encoding="utf-8"))
    assert "kind-demonstration" in [each["rule"] for each in told["findings"]]
    assert [each.sender for each in deliveries.all_deliveries(office.settings)] == ["amt-a"]
    assert main(["store", "real"]) == 2
    assert main(["store", "--json"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == '{"kind": "demonstration"}'


def test_a_store_that_became_the_other_meanwhile_takes_nothing_that_waits(office):
    kind.decide(office.settings, Kind.DEMONSTRATION)
    path = office.draws(software=SYNTHETIC, faelle=CASES)
    token = uploads.examine(path, office.settings).token
    (office.settings.store / kind.FILE).write_text('{"kind": "real"}', encoding="utf-8")
    with pytest.raises(WrongKindError, match="for real deliveries"):
        uploads.accept(office.settings, token, "so")
    assert deliveries.all_deliveries(office.settings) == ()


def test_an_old_store_is_what_it_holds_and_one_with_both_says_so(office):
    kind.decide(office.settings, Kind.DEMONSTRATION)
    office.hands_in(software=SYNTHETIC, faelle=CASES)
    (office.settings.store / kind.FILE).unlink()
    assert kind.described(office.settings) == "demonstration"
    (office.settings.store / kind.FILE).write_text('{"kind": "real"}', encoding="utf-8")
    assert office.hands_in(sender="amt-b", faelle=CASES).accepted
    (office.settings.store / kind.FILE).unlink()
    assert (kind.of(office.settings), kind.described(office.settings)) == (Kind.REAL, "mixed")
    assert "makes figures wrong" in kind.SENTENCES["mixed"]
    assert office.hands_in(sender="amt-c", faelle=CASES).accepted
    assert kind.described(office.settings) == "mixed"


@pytest.mark.parametrize("written", ["", "{", '{"kind": "other"}', "[]"])
def test_a_kind_that_cannot_be_read_is_no_demonstration(office, written):
    office.settings.store.mkdir()
    (office.settings.store / kind.FILE).write_text(written, encoding="utf-8")
    with pytest.raises(DamagedFileError, match=kind.FILE):
        kind.is_demonstration(office.settings)
