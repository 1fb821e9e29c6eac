"""Handing in on a page: examine, see what changes, leave and come back, accept or discard."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from data.deliveries.format.sender import Given
from data.deliveries.handin import uploads, waiting
from data.deliveries.handin.acceptance import ChangedMeanwhileError
from data.deliveries.handin.waiting import NotWaitingError
from data.deliveries.store import deliveries

ODD = "fall_id | integrationsplan_am | aufnahme_am | beendet_am\nF1 | 01.02.2024 | 01.01.2024 | 15.01.2024"


def examine(office, path=None, by="", sender=None, day=None, **drawings):
    path = path or office.draws(**drawings)
    return uploads.examine(path, office.settings, Given(sender, day, by=by), connection=office.connection)


def by_name(changes):
    return {each.name: (each.before, each.after) for each in changes}


def test_an_examined_delivery_waits_and_is_taken_over_when_somebody_says_yes(office):
    examined = examine(office, by="amt-a", faelle="fall_id\nF1")

    assert deliveries.all_deliveries(office.settings) == ()
    assert uploads.all_waiting(office.settings) == (examined,)
    imported = uploads.accept(office.settings, examined.token, by="frau-k")

    (stored,) = deliveries.all_deliveries(office.settings)
    assert (imported.accepted, stored.sha256, stored.handed_in_by) == (True, examined.sha256, "frau-k")
    assert office.stored("faelle", "fall_id") == [("F1--",)]
    assert uploads.all_waiting(office.settings) == ()


def test_warnings_wait_for_a_reason_which_is_kept(office):
    examined = examine(office, faelle=ODD)

    assert (examined.refused, examined.needs_confirmation, examined.acceptable) == (False, True, True)
    refused = uploads.accept(office.settings, examined.token, confirm="  ")
    assert (refused.accepted, refused.needs_confirmation) == (False, True)
    assert deliveries.all_deliveries(office.settings) == ()

    assert uploads.accept(office.settings, examined.token, confirm="Plan lag vor").accepted
    assert deliveries.current(office.settings)[0].confirmed == "Plan lag vor"


def test_an_upload_with_faults_waits_with_its_faulty_rows_but_can_not_be_accepted(office):
    examined = examine(office, faelle="fall_id | aufnahme_am\nF1 | gestern\nF2 | 01.01.2024\nF3 | morgen")

    (again,) = uploads.all_waiting(office.settings)
    assert again == examined
    (faulty,) = again.faulty
    assert faulty.columns == ("fall_id", "ags", "aufnahme_am")
    assert faulty.cells == ((2, ("F1--", "08111000", "gestern")), (4, ("F3--", "08111000", "morgen")))
    assert (examined.acceptable, examined.comparison) == (False, None)
    assert not uploads.accept(office.settings, examined.token, confirm="doch").accepted


def test_two_people_do_not_disturb_each_other(office):
    mine = examine(office, path=office.draws(sender="amt-a", faelle="fall_id\nF1"), by="a")
    theirs = examine(office, path=office.draws(sender="amt-b", faelle="fall_id\nF1"), by="b")

    assert [each.token for each in uploads.all_waiting(office.settings, by="a")] == [mine.token]
    uploads.discard(office.settings, mine.token)

    assert uploads.all_waiting(office.settings) == (theirs,)
    with pytest.raises(NotWaitingError):
        uploads.accept(office.settings, mine.token)
    with pytest.raises(NotWaitingError):
        uploads.accept(office.settings, f"../waiting/{theirs.token}")


def test_what_is_in_the_store_already_does_not_wait(office):
    folder = office.draws(faelle="fall_id\nF1")
    office.hands_in(folder)

    examined = examine(office, folder)

    assert (examined.already_stored, examined.token) == (True, None)
    assert uploads.all_waiting(office.settings) == ()


def test_a_comparison_that_is_out_of_date_is_not_accepted_but_made_again(office):
    examined = examine(office, faelle="fall_id\nF1\nF2", reporting_date="30.06.2026")
    office.hands_in(faelle="fall_id\nF1", reporting_date="31.03.2026")

    with pytest.raises(ChangedMeanwhileError):
        uploads.accept(office.settings, examined.token)
    newer = uploads.again(office.settings, examined.token, connection=office.connection)

    assert newer.sha256 == examined.sha256
    assert newer.comparison.before.reporting_date.isoformat() == "2026-03-31"
    assert uploads.accept(office.settings, newer.token).accepted


def test_a_single_table_is_examined_with_the_sender_given_beside_it(office):
    office.hands_in(reporting_date="30.06.2026", faelle="fall_id\nF-0001", ziele="ziel_id\nZ-01")
    goals = office.draws(ziele="ziel_id\nZ-01\nZ-02") / "ziele.csv"

    examined = examine(office, goals, sender="amt-a", day="30.09.2026")

    figures = by_name(examined.comparison.figures)
    assert (figures["cases"], figures["goals"]) == ((1, 1), (1, 2))
    assert uploads.accept(office.settings, examined.token).accepted
    assert office.stored("ziele", "ziel_id") == [("Z-01",), ("Z-02",)]


def test_what_waits_for_more_than_a_week_is_swept_at_the_next_hand_in(office):
    old = examine(office, faelle="fall_id\nF1")
    file = office.settings.store / "waiting" / old.token / waiting.FILE
    written = json.loads(file.read_text(encoding="utf-8"))
    written["examined"]["examined_at"] = (datetime.now(UTC) - timedelta(days=8)).isoformat()
    file.write_text(json.dumps(written), encoding="utf-8")

    new = examine(office, faelle="fall_id\nF2")

    assert [each.token for each in uploads.all_waiting(office.settings)] == [new.token]
    assert [path.name for path in (office.settings.store / "waiting").iterdir()] == [new.token]


def test_what_an_earlier_program_let_wait_with_two_languages_in_fields_of_their_own_is_still_there(office):
    examined = examine(office, faelle=ODD)
    file = office.settings.store / "waiting" / examined.token / waiting.FILE
    written = json.loads(file.read_text(encoding="utf-8"))
    for half in ("examined", "parcel"):
        for group in written[half]["groups"]:
            for finding in group["findings"]:
                for what in ("message", "remedy"):
                    by_language = finding.pop(what)
                    finding[f"{what}_de"], finding[f"{what}_en"] = by_language["de"], by_language["en"]
    file.write_text(json.dumps(written), encoding="utf-8")

    (again,) = uploads.all_waiting(office.settings)

    assert again == examined
    assert again.findings[0].message["en"].startswith("'beendet_am' is '15.01.2024'")
    assert uploads.accept(office.settings, examined.token, "so it was").accepted


def test_an_import_beside_it_leaves_what_waits_alone(office):
    examined = examine(office, faelle="fall_id\nF1")
    office.hands_in(sender="amt-b", faelle="fall_id\nF1")

    assert uploads.all_waiting(office.settings) == (examined,)


def test_of_what_the_guard_refuses_nothing_waits(office):
    names = "\n".join(f"F{number} | {name}" for number, name in enumerate(["Schneider", "Müller", "Weber"]))

    with uploads.upload_folder(office.settings) as folder:
        shutil.copytree(office.draws(faelle=f"fall_id | Nachname\n{names}"), folder / "upload")
        examined = examine(office, folder / "upload")

    assert (examined.token, examined.refused, examined.faulty) == (None, True, ())
    assert uploads.all_waiting(office.settings) == ()
    left = [path for path in office.settings.store.rglob("*") if path.is_file()]
    assert not any(b"Schneider" in path.read_bytes() for path in left)


def test_an_upload_of_a_killed_page_is_gone_at_the_next_hand_in(office):
    left = office.settings.store / "incoming" / "left" / "scratch"
    left.mkdir(parents=True)
    (left / "upload.csv").write_text("Schneider", encoding="utf-8")

    with uploads.upload_folder(office.settings) as folder:
        assert folder.is_dir()
        assert not left.exists()
    assert list((office.settings.store / "incoming").iterdir()) == []
