"""Each cell of the table in `docs/security.md`, tried with real accounts through the code that pages call."""

import inspect
import json
import os
import pkgutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

import pages.work
from data import publish
from data.access import accounts, audit, sessions
from data.access.rights import PUBLIC, Reader
from data.commands import COMMANDS
from data.deliveries.format.sender import Given
from data.deliveries.handin import uploads
from data.deliveries.handin.waiting import NotWaitingError
from data.deliveries.store import deliveries
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.questions.filters import Filters
from data.releases import manifest, shelf
from data.releases.approval import Proposal
from data.upkeep import taking
from pages.menu import INTERNAL
from pages.work import accounting, actions, jobs, logged, releasing, signed_in, steering
from tests.publish.conftest import PEOPLE
from tests.support import drawn, effort, rights, signed

REFUSED = (publish.InternalClosedError, NotWaitingError)
# No actions: what runs work, keeps uploads in memory, and stands in the head of every page.
MACHINERY = {"jobs", "memory", "signed_in"}
# They do something with what another action handed out to whoever asked, or with text alone.
HANDED = {
    "actions.is_other", "actions.profile_of", "actions.profile_problems", "actions.repair_list",
    "actions.me", "actions.noted", "releasing.is_own", "accounting.is_own",
}  # fmt: skip
PROFILE = """name = "amt-a"
[[table]]
to = "faelle"
[table.columns]
fall_id = "Nr"
ags = "Ort"
aufnahme_am = "Beginn"
"""
AREAS = {True: Filters(area_code="08421"), False: Filters(area_code="08426")}
OFFICES = {True: "amt-a", False: "lra-b"}
Probe = Callable[[bool], object]


@pytest.fixture(scope="module")
def tokens(where: Settings) -> dict[str, str]:
    """What the browser of each role holds."""
    return {
        role: signed.session(where, role, *grants) if grants else "" for role, grants in rights.GRANTS.items()
    }


@pytest.fixture
def late(where: Settings, monkeypatch: pytest.MonkeyPatch) -> list[Callable[..., object]]:
    """The process is the internal one of this store; work in the background waits to be run here."""
    monkeypatch.setenv("DASHBOARD_STORE", str(where.store))
    monkeypatch.setenv("DASHBOARD_ROLE", "internal")
    begun: list[Callable[..., object]] = []
    for module in (actions, jobs):
        monkeypatch.setattr(module, "start", lambda by, work: begun.append(work))
    return begun


@pytest.fixture(scope="module")
def waiting(where: Settings, tmp_path_factory: pytest.TempPathFactory) -> dict[bool, str]:
    """The token of an upload of each office."""
    found = {}
    for own, sender in OFFICES.items():
        more = PEOPLE.replace("F1", "F1" if own else "G1").replace("2018", "2017")
        folder = tmp_path_factory.mktemp(sender)
        path = drawn.delivery(folder, sender=sender, reporting_date="31.03.2019", faelle=more)
        found[own] = uploads.examine(path, where, Given(by="somebody")).token or ""
    assert all(found.values())
    return found


def probes(where: Settings, waiting: dict[bool, str]) -> dict[str, Probe]:
    """Action -> what does it, for what is one's own or another's. Nobody else rests on what it changes."""
    stored = {each.sender: each for each in deliveries.all_deliveries(where)}
    one = {own: stored[sender] for own, sender in OFFICES.items()}
    made = manifest.read(shelf.manifest(where.store, shelf.entries(where.store)[-1].name))
    proposal = Proposal("0" * 64, "x", "", None, "nobody", "2026-01-01T00:00:00+00:00")

    def there(found: object) -> object:
        """What is not told of is refused."""
        if not found:
            raise NotWaitingError
        return found

    def listed(every: tuple[object, ...], own: bool) -> object:
        heads = [getattr(each, "head", None) or each for each in every]
        return there([each for each in heads if getattr(each, "sender", "") == OFFICES[own]])

    return {
        "actions.examine": lambda own: actions.examine([("faelle.csv", b"x")], OFFICES[own], "31.12.2018"),
        "actions.propose": lambda own: actions.propose(waiting[own]),
        "actions.again": lambda own: actions.again(waiting[own], PROFILE),
        "actions.own": lambda own: actions.own(actions.me(), waiting[own]),
        "actions.waits": lambda own: there(actions.waits(waiting[own])),
        "actions.waiting": lambda own: listed(actions.waiting(), own),
        "actions.stored": lambda own: listed(actions.stored(), own),
        "actions.compare": lambda own: actions.compare(one[own], one[own]),
        "actions.rebuild": lambda own: actions.rebuild(),
        # Those that change something are tried on what is not there, or not theirs.
        "actions.accept": lambda own: actions.accept(waiting[own], ""),
        "actions.discard": lambda own: (actions.waits(waiting[own]) or there(None)) and None,
        "actions.take_back": lambda own: actions.take_back(one[own].sha256, "tried"),
        "steering.odd": lambda own: steering.odd(actions.me(), AREAS[own]),
        "steering.until": lambda own: steering.until(actions.me(), AREAS[own]),
        "steering.changes": lambda own: steering.changes(actions.me(), AREAS[own].area_code),
        "releasing.prepare": lambda own: releasing.prepare(),
        "releasing.publish": lambda own: releasing.publish("x", "", None),
        "releasing.propose": lambda own: releasing.propose("", None),
        "releasing.confirm": lambda own: releasing.confirm(proposal),
        "releasing.withdraw": lambda own: releasing.withdraw(),
        "releasing.proposed": lambda own: releasing.proposed(),
        "releasing.two_people": lambda own: releasing.two_people(),
        "releasing.running": lambda own: releasing.running(),
        "releasing.previewed": lambda own: releasing.previewed(),
        "releasing.answer": lambda own: releasing.answer("frame/periods", Filters()),
        "releasing.name_is_free": lambda own: releasing.name_is_free("x"),
        "releasing.releases": lambda own: releasing.releases(),
        "releasing.forgotten": lambda own: releasing.forgotten(made),
        "releasing.withdrawn": lambda own: releasing.withdrawn(),
        "releasing.serving": lambda own: releasing.serving(),
        "accounting.every": lambda own: accounting.every(),
        "accounting.invite": lambda own: accounting.invite("new", [("publish", "")]),
        "accounting.change_rights": lambda own: accounting.change_rights("new", [("audit", "")]),
        "accounting.lock": lambda own: accounting.lock("new", True),
        "accounting.reset": lambda own: accounting.reset("new"),
        "accounting.remove": lambda own: accounting.remove("new"),
        "logged.entries": lambda own: logged.entries(),
        "logged.sound": lambda own: logged.sound(),
        "logged.export": lambda own: logged.export()(),
    }


def of_pages() -> Iterator[str]:
    """Every function that a page may call to do something."""
    for module in pkgutil.iter_modules(pages.work.__path__):
        if module.name not in MACHINERY:
            read = import_module(f"pages.work.{module.name}")
            for name, found in inspect.getmembers(read, inspect.isfunction):
                if found.__module__ == read.__name__ and not name.startswith("_"):
                    yield f"{module.name}.{name}"


def test_every_action_and_command_has_a_row():
    assert {cell.what for cell in rights.cells("action")} == set(of_pages()) - HANDED
    assert {cell.what for cell in rights.cells("page")} >= {f"/{path}" for path in INTERNAL.values()}
    assert rights.commands() == {name.rpartition(".")[2].rstrip("_") for name in COMMANDS}


# Each command with what it needs to reach the store; `{backup}` and `{files}` are folders that are open.
TRIED = {
    "account": "list", "ask": "caseload/by_period", "audit": "", "backup": "{files}/backup",
    "restore": "{backup} --without-secrets", "upgrade": "", "build": "", "compare": "aaaa bbbb",
    "demo": "--prepare", "digest": "--print", "doctor": "", "forget": "--before 2020-01-01", "groupings": "",
    "import": "{files}", "undo": "aaaa", "watch": "{files} --once", "profile": "list", "key": "", "pull": "",
    "release": "", "withdraw": "x --reason y", "status": "", "verify": "", "store": "",
}  # fmt: skip
EACH = """
import contextlib, io, json, sys
from data.commands import main
found = {}
for line in json.load(sys.stdin):
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            code = main(line)
        except BaseException as error:
            code = repr(error)
    found[line[0]] = [code, said.getvalue()]
json.dump(found, sys.stdout)
"""


@pytest.mark.long
def test_a_command_is_refused_in_a_sentence_to_whoever_can_not_read_the_store(tmp_path: Path):
    """As somebody with a shell on the machine and every right of an account: that opens no file."""
    wrong = [cell for cell in rights.cells("command") if cell.may != "no"]
    assert (wrong, {cell.what for cell in rights.cells("command")}) == ([], {*TRIED})
    store, files = tmp_path / "store", tmp_path / "files"
    files.mkdir()
    (files / "faelle.csv").write_text("fall_id;ags\n")
    signed.session(Settings(store, "", 0), "chief", *signed.EVERYTHING)
    taken = taking.take(Settings(store, "", 0), tmp_path / "backups")
    assert taken
    tried = TRIED if effort.LONG else {name: TRIED[name] for name in ("account", "status", "withdraw")}
    folders = {"backup": tmp_path / "backups", "files": files}
    lines = [[name, *said.format(**folders).split()] for name, said in tried.items()]
    # Who runs the tests as root may read everything, unless that is taken away.
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(store, 65534, 65534)
    store.chmod(0o700 if is_root else 0)
    without = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner,-chown"] if is_root else []
    try:
        done = subprocess.run(
            [*without, sys.executable, "-c", EACH],
            input=json.dumps(lines),
            cwd=Path(__file__).parents[2],
            env=os.environ | {"DASHBOARD_STORE": str(store), "DASHBOARD_ROLE": "internal"},
            capture_output=True,
            text=True,
            check=True,
        )
    finally:
        store.chmod(0o700)
    found = json.loads(done.stdout)
    open_to = {
        name: told
        for name, told in found.items()
        if told[0] not in (1, 2, 3, 4, 6) or "Permission denied" not in told[1] or "Traceback" in told[1]
    }
    assert (found.keys(), open_to) == (tried.keys(), {})


def refused(probe: Probe, late: list[Callable[..., object]], *, own: bool, allowed: bool) -> bool:
    """Whether the door refused: at once, or the work in the background, which asks once more."""
    late.clear()
    try:
        probe(own)
        for work in () if allowed else late:
            work(lambda step: None)
    except REFUSED:
        return True
    except DashboardError:
        return False  # it was let in, and did not find what it was to do
    return False


def test_each_action_does_for_each_role_what_the_table_says(
    where: Settings,
    tokens: dict[str, str],
    waiting: dict[bool, str],
    late: list[Callable[..., object]],
    monkeypatch: pytest.MonkeyPatch,
):
    tried, wrong = probes(where, waiting), []
    # Whoever may do most comes last: what they take over is tried for the others before.
    for cell in sorted(rights.cells("action"), key=lambda cell: cell.may != "no"):
        signed.hold(monkeypatch, tokens[cell.role])
        for own in (False, True):
            allowed = cell.allows(own=own)
            if refused(tried[cell.what], late, own=own, allowed=allowed) is allowed:
                wrong.append((cell, own))
    assert wrong == []
    assert [each.sender for each in deliveries.all_deliveries(where) if each.state == "taken_back"] == [
        "amt-a"
    ]
    # What was refused is in the log, with who tried it.
    told = {(each.who, each.action, each.result) for each in audit.entries(where)}
    assert ("sender", "take back", "done") in told
    assert {who for who, action, _ in told if action == "refused"} == {*rights.GRANTS} - {"nobody"}


def test_figures_and_pages_are_open_to_whom_the_table_says(
    where: Settings, tokens: dict[str, str], late: list[Callable[..., object]]
):
    for cell in rights.cells("figures"):
        who = sessions.of(where, tokens[cell.role]) or PUBLIC
        for own, code in ((True, "08421"), (False, "08426")):
            assert asked(who, code, exact=cell.what == "exact") is cell.allows(own=own), (cell, code)
    for cell in rights.cells("page"):
        path = cell.what.strip("/")
        if path not in INTERNAL.values():
            continue
        who = sessions.of(where, tokens[cell.role]) or PUBLIC
        listed = path in signed_in.pages_of(who).values()
        assert listed is cell.allows(own=True), cell
        assert (publish.closed(who, signed_in.needed(path)) is None) is listed, cell


def asked(who: Reader, code: str, *, exact: bool) -> bool:
    try:
        answer = publish.ask(
            "caseload/by_period", Filters(area_code=code, period="2018"), who if exact else PUBLIC
        )
    except publish.InternalClosedError:
        return False
    return answer.edition.internal is exact


def test_nobody_gives_themselves_a_right(
    where: Settings, late: list[object], monkeypatch: pytest.MonkeyPatch
):
    signed.hold(monkeypatch, signed.session(where, "chief", ("administer", "")))
    for act in (
        lambda: accounting.change_rights("chief", [("administer", ""), ("read", "08")]),
        lambda: accounting.lock("chief", False),
        lambda: accounting.reset("chief"),
        lambda: accounting.remove("chief"),
    ):
        with pytest.raises(accounting.OwnAccountError):
            act()
    address = accounting.invite("second", [("send", "amt-a"), ("audit", "")])
    assert accounts.invited(where, address.rpartition("/")[2]).name == "second"
    last = audit.entries(where)[-1]
    assert (last.who, last.action, last.what) == ("chief", "account: add", "second audit send:amt-a")
    # A right that is taken counts at once, also of who administers.
    accounts.change_rights(where, "chief", ())
    with pytest.raises(publish.InternalClosedError):
        accounting.every()


def test_an_account_that_a_click_opens_is_worth_nothing_before_real_deliveries(
    where: Settings, late: list[object], monkeypatch: pytest.MonkeyPatch
):
    signed.hold(monkeypatch, accounts.demonstration(where, "ministerium"))
    for act in (actions.stored, actions.waiting, releasing.previewed, lambda: publish.edition(actions.me())):
        with pytest.raises(publish.InternalClosedError) as refused:
            act()
        assert refused.value.door is publish.Door.STORE
    assert not publish.demonstrates()
