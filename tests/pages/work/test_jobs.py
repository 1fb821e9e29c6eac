"""Two people hand in at once: neither sees, waits for, or loses what is the other's."""

import time

import openpyxl
import pytest

from data.access import accounts, sessions
from data.deliveries.format.sender import SYNTHETIC
from data.deliveries.handin import results
from data.deliveries.handin.waiting import NotWaitingError
from data.deliveries.handin.work import HandIn, import_delivery
from data.deliveries.profiles import saved
from data.deliveries.store import deliveries
from data.foundation.settings import Settings
from data.foundation.steps import Step
from data.publish import Door, InternalClosedError
from pages.work import actions, jobs, memory, releasing
from tests.support import books, drawn, signed, stores


def upload(folder, sender, number, software=SYNTHETIC):
    rows = "\n".join(f"F{1000 + at} | 08421000 | 05.01.2018" for at in range(number))
    path = drawn.delivery(
        folder / sender,
        sender=sender,
        software=software,
        reporting_date="31.03.2018",
        faelle=f"fall_id | ags | aufnahme_am\n{rows}",
    )
    return [(file.name, file.read_bytes()) for file in sorted(path.iterdir())]


def finished(job: jobs.Job) -> jobs.Job:
    until = time.monotonic() + 60
    while not job.done and time.monotonic() < until:
        time.sleep(0.02)
    assert job.done
    return job


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    signed.sit(monkeypatch, stores.made_up(tmp_path / "store"))
    return tmp_path / "store"


def test_two_uploads_at_once_are_examined_each_by_itself_and_wait_side_by_side(tmp_path, store, monkeypatch):
    both = {"anna": actions.examine(upload(tmp_path, "amt-a", 12), "", "")}
    signed.sit(monkeypatch, store, "bert")
    both["bert"] = actions.examine(upload(tmp_path, "amt-b", 30), "", "")
    for who, job in both.items():
        finished(job)
        assert job.result.by == who
    assert {one.by: one.rows["faelle"] for one in actions.waiting()} == {"anna": 12, "bert": 30}
    actions.discard(both["anna"].result.token)
    assert actions.accept(both["bert"].result.token, "").accepted
    assert [one.sender for one in actions.stored()] == ["amt-b"]


def test_the_token_of_what_another_office_handed_in_is_worth_nothing(tmp_path, store):
    token = finished(actions.examine(upload(tmp_path, "amt-a", 2), "", "")).result.token
    where = Settings(store, "", 0)
    one, other = (
        sessions.of(where, signed.session(where, f"of-{sender}", ("send", sender)))
        for sender in ("amt-a", "amt-b")
    )
    assert actions.own(one, token).by == "anna"
    for who, guessed in ((other, token), (one, token[:-1]), (one, "")):
        with pytest.raises(NotWaitingError):
            actions.own(who, guessed)
    _, profile = single(2, "Liste")
    for act in (actions.again(token[:-1], profile), actions.propose(token[:-1])):
        assert finished(act).error == "NotWaitingError"
    with pytest.raises(NotWaitingError):
        actions.accept(token[:-1], "")


def test_two_files_of_one_name_are_both_read(tmp_path):
    files = dict(upload(tmp_path, "amt-a", 2))
    more = files["faelle.csv"].replace(b"F1000", b"F2000")
    twice = [*files.items(), ("faelle.csv", more)]

    found = finished(actions.examine(twice, "", "")).result

    (twice,) = [each for each in found.findings if each.severity == "fault"]
    assert (twice.rule, twice.file, "3/faelle.csv" in twice.message["en"]) == (
        "table-twice",
        "faelle.csv",
        True,
    )


def test_two_workbooks_of_one_name_with_a_table_each_are_one_delivery(tmp_path):
    cases = books.xlsx(tmp_path / "Export.xlsx", faelle="fall_id\nF-0001").read_bytes()
    goals = openpyxl.Workbook()
    goals.active.title = "ziele"
    goal = drawn.table("ziele", "fall_id\nF-0001")[0]
    goals.active.append(list(goal))
    goals.active.append(list(goal.values()))
    goals.save(tmp_path / "Export.xlsx")
    both = [("Export.xlsx", cases), ("Export.xlsx", (tmp_path / "Export.xlsx").read_bytes())]

    found = finished(actions.examine(both, "", "")).result

    assert (found.rows["faelle"], found.rows["ziele"]) == (1, 1)
    assert [each.rule for each in found.findings if each.severity == "fault"] == ["kind-demonstration"]


def test_a_demonstration_takes_no_real_delivery_and_keeps_nothing_of_one(tmp_path, store):
    real = finished(actions.examine(upload(tmp_path, "amt-a", 12, "Fachverfahren 3"), "", "")).result
    assert (real.token, real.refused, actions.waiting()) == (None, True, ())
    assert not import_delivery(tmp_path / "amt-a", Settings(store, "", 0), HandIn(confirm="so")).accepted
    assert actions.stored() == ()


def single(number, title=""):
    """A table by itself in a shape of its own, with a title above its header; and the profile for it."""
    rows = "".join(f"{at};08421000;05.01.2018\r\n" for at in range(number))
    above = f"{title};;\r\n" if title else ""
    return [("Liste.csv", f"{above}Nr;Ort;Start\r\n{rows}".encode())], (
        'name = "amt-a"\n[[table]]\nto = "faelle"\n[table.columns]\n'
        'fall_id = { key = ["Nr"] }\nags = "Ort"\naufnahme_am = "Start"\n'
    )


def examined_single(number, title="", more="", sender="amt-a"):
    files, profile = single(number, title)
    first = finished(actions.examine(files, sender, "31.03.2018" if sender else "")).result
    return finished(actions.again(first.token, profile + more)).result


def test_a_single_table_is_demonstration_data_only_where_its_file_says_so(store):
    made_up = examined_single(12, SYNTHETIC)
    assert made_up.head.synthetic
    assert actions.accept(made_up.token, "").accepted

    for title in ("", f"Keine {SYNTHETIC}"):
        files, _ = single(13, title)  # though its sender handed in nothing else before
        real = finished(actions.examine(files, "amt-a", "31.03.2018")).result
        assert (real.token, real.refused) == (None, True)
        assert "kind-demonstration" in [each.rule for each in real.groups]
    assert [(one.sender, one.synthetic) for one in actions.stored()] == [("amt-a", True)]


def test_of_several_files_each_has_to_say_that_it_is_demonstration_data(tmp_path, store):
    rows = {name: drawn.table(name, "fall_id\nF-0001") for name in ("faelle", "ziele")}
    plain = {name: drawn.csv(each, list(each[0])) for name, each in rows.items()}
    titled = {name: f"{SYNTHETIC}\r\n{text}" for name, text in plain.items()}

    def head(files):
        both = [(f"{name}.csv", text.encode()) for name, text in files.items()]
        return finished(actions.examine(both, "amt-a", "31.03.2026")).result.head

    assert head(titled).synthetic
    assert not head({**titled, "ziele": plain["ziele"]}).synthetic


def test_no_profile_makes_a_file_demonstration_data(store):
    head = (
        '[[table]]\nto = "lieferung"\n[table.columns]\nabsender_id = { constant = "amt-a" }\n'
        'absender_name = { constant = "Amt A" }\nabsender_art = { constant = "Landkreis" }\n'
        'stichtag = { constant = "31.03.2018" }\nformat_version = { constant = "1" }\n'
        f'software = {{ constant = "{SYNTHETIC}" }}\n'
    )
    assert not examined_single(12, more=head, sender="").head.synthetic
    assert examined_single(12, SYNTHETIC, more=head).head.synthetic


def test_what_was_open_when_the_page_was_drawn_is_closed_to_the_click_of_a_locked_account(tmp_path, store):
    where = Settings(store, "", 0)
    made_up = finished(actions.examine(upload(tmp_path, "amt-a", 12), "", "")).result
    assert actions.accept(made_up.token, "").accepted
    waits = finished(actions.examine(upload(tmp_path, "amt-b", 30), "", "")).result
    (before,) = actions.stored()
    accounts.lock(where, "anna")

    for click in (
        lambda: actions.accept(waits.token, ""),
        lambda: actions.discard(waits.token),
        lambda: actions.take_back(before.sha256, "so"),
        lambda: actions.examine(upload(tmp_path, "amt-d", 5), "", ""),
        lambda: actions.propose(waits.token),
        lambda: actions.rebuild(),
        lambda: actions.compare(before, before),
        lambda: actions.waits(waits.token),
        actions.waiting,
        actions.stored,
        releasing.prepare,
        lambda: releasing.publish("x", "", None),
        releasing.previewed,
        releasing.releases,
    ):
        with pytest.raises(InternalClosedError) as closed:
            click()
        assert closed.value.door is Door.SIGN_IN
    again = finished(actions.again(waits.token, SAVED))
    assert (again.result, again.error) == (None, "InternalClosedError")
    assert [(one.sender, one.state) for one in deliveries.all_deliveries(where)] == [("amt-a", "accepted")]


def test_work_that_has_begun_stops_where_the_account_was_locked_meanwhile(tmp_path, store, monkeypatch):
    late = []
    monkeypatch.setattr(actions, "start", lambda by, work: late.append(work))
    monkeypatch.setattr(jobs, "start", lambda by, work: late.append(work))
    actions.examine(upload(tmp_path, "amt-b", 30), "", "")
    actions.propose("none")
    actions.rebuild()
    releasing.prepare()
    releasing.publish("x", "", None)
    accounts.lock(Settings(store, "", 0), "anna")

    assert len(late) == 5
    for begun in late:
        with pytest.raises(InternalClosedError):
            begun(lambda stage, about: None)


def test_nothing_of_an_upload_stays_on_the_disk_if_the_guard_refuses_it(tmp_path, store):
    job = finished(
        actions.examine(
            [("faelle.csv", b"fall_id;ags;aufnahme_am;Nachname\nF-0001;08421000;05.01.2018;Geheimhuber\n")],
            "amt-a",
            "31.03.2018",
        )
    )
    assert job.result.refused
    assert job.result.token is None
    for file in store.rglob("*"):
        if file.is_file():
            assert b"Geheimhuber" not in file.read_bytes(), file


def test_what_goes_wrong_in_a_job_is_told_by_a_reference_and_no_trace(monkeypatch):
    def broken(tell):
        tell(Step("read", "x"))
        raise ValueError("secret")

    job = finished(jobs.start("anna", broken))
    assert job.result is None
    assert len(job.reference) == 6
    assert "secret" not in job.message


MIXED = "Nr;Ort;Beginn\nF-0001;08421000;05.01.2018\nF-0002;08421000;06.01.2018\n"
SAVED = """
name = "amt-a"
[[table]]
to = "faelle"
file = "klienten.csv"
[table.columns]
fall_id = "Nr"
ags = "Ort"
aufnahme_am = "Beginn"
"""


def mixed(tmp_path):
    """`lieferung` in the format, and beside it a list of cases of another shape."""
    (head,) = [each for each in upload(tmp_path, "amt-a", 1) if each[0] == "lieferung.csv"]
    return [head, ("klienten.csv", MIXED.encode())]


def test_the_assignment_saved_for_a_sender_who_stands_in_a_file_is_used_without_a_word(tmp_path, store):
    saved.save(Settings(store, "", 0), "amt-a", SAVED)

    found = finished(actions.examine(mixed(tmp_path), "", "")).result

    assert {each.place for each in found.recognised} == {"lieferung.csv", "klienten.csv → faelle"}
    assert found.rows["faelle"] == 2
    assert not results.is_other(found)
    assert [each.token for each in actions.waiting()] == [found.token]


def test_without_a_saved_assignment_the_files_wait_whole_for_a_proposal(tmp_path):
    found = finished(actions.examine(mixed(tmp_path), "", "")).result

    assert results.is_other(found)
    assert found.refused
    proposal = finished(actions.propose(found.token)).result
    assert [table.to for table in proposal.tables] == ["lieferung", "faelle"]


def test_what_the_guard_could_not_look_into_is_assigned_from_memory_and_never_on_the_disk(tmp_path, store):
    first = finished(actions.examine(mixed(tmp_path), "", "")).result
    assert actions.waits(first.token) == first
    assert first.hidden_from_guard
    assert actions.waiting() == ()
    assert not [path for path in store.rglob("*") if path.is_file() and b"F-0002" in path.read_bytes()]

    second = finished(actions.again(first.token, SAVED)).result

    assert (second.refused, second.rows["faelle"], second.received) == (False, 2, first.received)
    assert [each.token for each in actions.waiting()] == [second.token]
    assert actions.waits(first.token) is None


def test_an_upload_in_memory_is_forgotten_when_it_is_discarded(tmp_path):
    first = finished(actions.examine(mixed(tmp_path), "", "")).result

    actions.discard(first.token)

    assert actions.waits(first.token) is None


def test_uploads_in_memory_make_room_for_newer_ones_and_the_newest_is_held_however_large(tmp_path):
    small = [finished(actions.examine(mixed(tmp_path / str(at)), "", "")).result for at in range(2)]
    held = memory.find(small[0].token)
    large = [("large.csv", b"x" * (memory.MOST_BYTES + 1))]

    kept = memory.keep(large, "", "", held.examined)

    assert memory.find(kept.token).size > memory.MOST_BYTES
    assert [memory.find(each.token) for each in small] == [None, None]
    memory.forget(kept.token)


def test_of_work_that_ended_long_ago_nothing_is_kept_and_of_much_work_the_newest():
    ended = [finished(jobs.start("ben", lambda tell: "done")) for _ in range(jobs.KEPT + 3)]
    last = finished(jobs.start("ben", lambda tell: "done"))

    assert jobs.find(ended[0].id) is None
    assert [jobs.find(each.id) for each in ended[-5:]] == ended[-5:]
    assert jobs.find(last.id) is last
