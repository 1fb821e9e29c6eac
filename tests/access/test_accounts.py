"""Accounts, from an invitation to a session and out again; each test has a store of its own."""

import subprocess
import sys
import time
from pathlib import Path

import pyotp
import pytest

from data.access import accessfile, accounts, audit, passwords, second_factor, sessions
from data.access.rights import EVERY_SENDER, Entrance, Grant, Reader, Right, WrongRightError, grants
from data.foundation.settings import Settings

PASSWORD = "vier Pferde im Regen"
AT = 1_800_000_000.0


@pytest.fixture
def where(tmp_path: Path) -> Settings:
    return Settings(tmp_path, "", 0)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, ...]]:
    """A store with one account that has followed its invitation, made once: a password costs its time."""
    folder = tmp_path_factory.mktemp("accounts")
    where = Settings(folder, "", 0)
    token = accounts.add(where, "ada", grants([("read", "08"), ("send", "lra-ulm")]), "chief")
    code = pyotp.TOTP(accounts.invited(where, token).secret).now()
    return folder, accounts.follow(where, token, PASSWORD, code)


@pytest.fixture
def ada(template: tuple[Path, tuple[str, ...]], where: Settings) -> tuple[Settings, tuple[str, ...]]:
    folder, codes = template
    (where.store / accessfile.FILE).write_bytes((folder / accessfile.FILE).read_bytes())
    return where, codes


def code(where: Settings, at: float) -> str:
    with accessfile.opened(where) as file:
        secret = file.execute("select secret from accounts where name = 'ada'").fetchone()[0]
    return pyotp.TOTP(secret).at(int(at))


def test_who_follows_an_invitation_signs_in_with_password_and_code(ada):
    where, _ = ada
    token = sessions.begin(where, "ada", PASSWORD, code(where, AT), AT)
    found = sessions.of(where, token, AT)
    assert (found.name, found.entrance) == ("ada", Entrance.SESSION)
    assert found.may(Right.READ, "08118")
    assert found.may(Right.SEND, "lra-ulm")
    assert not found.may(Right.SEND, "lra-biberach")
    assert not found.may(Right.PUBLISH)


def test_a_code_is_good_once_and_so_is_a_recovery_code(ada):
    where, codes = ada
    sessions.begin(where, "ada", PASSWORD, code(where, AT), AT)
    for used, at in ((code(where, AT), AT + 1), (codes[0], AT + 2)):
        if used == codes[0]:
            sessions.begin(where, "ada", PASSWORD, used.lower().replace("-", " "), at)
        with pytest.raises(sessions.RefusedError):
            sessions.begin(where, "ada", PASSWORD, used, at)


@pytest.mark.parametrize("wrong", ["name", "password", "code", "locked"])
def test_whatever_is_wrong_is_refused_in_the_same_words(ada, wrong: str):
    where, _ = ada
    if wrong == "locked":
        accounts.lock(where, "ada")
    given = {"name": "ada", "password": PASSWORD, "code": code(where, AT)}
    given |= {wrong: {"name": "eve", "password": PASSWORD + "!", "code": "000000"}.get(wrong, "")}
    given.pop("locked", None)
    with pytest.raises(sessions.RefusedError, match=r"^Name, password and code do not go together\.$"):
        sessions.begin(where, **given, now=AT)


def test_who_tries_on_waits_longer_each_time_whether_there_is_such_an_account_or_not(ada):
    where, _ = ada
    for name in ("ada", "nobody"):
        waits, at = [], AT
        for _ in range(12):
            try:
                sessions.begin(where, name, "wrong password", "1", at)
            except sessions.SlowedError as error:
                waits.append(error.seconds)
                at += error.seconds
            except sessions.RefusedError:
                at += 0.01
        assert waits == sorted(waits), name
        assert waits[0] <= 2 < waits[-1]


def test_a_session_ends_by_idling_after_ten_hours_and_by_signing_out(ada):
    where, codes = ada
    idle, long, out = (sessions.begin(where, "ada", PASSWORD, each, AT) for each in codes[1:4])
    assert sessions.of(where, idle, AT + 29 * 60)
    assert sessions.of(where, idle, AT + 58 * 60)
    assert sessions.of(where, idle, AT + 89 * 60) is None
    # A page that only looks does not keep it.
    assert sessions.of(where, out, AT + 29 * 60, used=False)
    assert sessions.of(where, out, AT + 31 * 60, used=False) is None
    at = AT
    while at < AT + 10 * 3600:
        assert sessions.of(where, long, at)
        at += 25 * 60
    assert sessions.of(where, long, AT + 10 * 3600 + 1) is None


@pytest.mark.parametrize("how", ["end", "lock", "reset", "remove", "more rights", "no rights"])
def test_signing_out_and_every_change_of_the_account_end_its_sessions_at_once_and_say_why(ada, how: str):
    where, codes = ada
    token = sessions.begin(where, "ada", PASSWORD, codes[5], AT)
    reader = sessions.of(where, token, AT)
    accounts.change_rights(where, "ada", reader.grants)
    assert sessions.of(where, token, AT), "the same rights as before"
    {
        "end": lambda: sessions.end(where, token),
        "lock": lambda: accounts.lock(where, "ada"),
        "reset": lambda: accounts.reset(where, "ada", "chief"),
        "remove": lambda: accounts.remove(where, "ada"),
        "more rights": lambda: accounts.change_rights(where, "ada", reader.grants | {Grant(Right.PUBLISH)}),
        "no rights": lambda: accounts.change_rights(where, "ada", ()),
    }[how]()
    assert sessions.of(where, token, AT) is None
    assert sessions.holds(where, reader) is None
    why = {"end": "", "lock": "locked (1)", "reset": "reset (1)", "remove": "removed (1)"}
    told = [(each.who, each.what) for each in audit.entries(where) if each.action == "session: ended"]
    assert told == ([("ada", said)] if (said := why.get(how, "rights changed (1)")) else [])


def test_a_clock_that_was_ahead_and_is_set_right_keeps_nobody_in_and_nobody_out(ada):
    where, codes = ada
    ahead = AT + 400 * 86_400
    stays = sessions.begin(where, "ada", PASSWORD, codes[7], ahead)
    for _ in range(6):
        with pytest.raises((sessions.RefusedError, sessions.SlowedError)):
            sessions.begin(where, "ada", "x", "", ahead)
    assert sessions.of(where, stays, AT) is None
    assert sessions.begin(where, "ada", PASSWORD, codes[8], AT)


def test_an_invitation_is_good_once_not_too_long_and_not_beside_a_newer_one(where: Settings, monkeypatch):
    first = accounts.add(where, "ulm", (), "chief")
    second = accounts.reset(where, "ulm", "chief")
    with pytest.raises(accounts.InvitationOverError):
        accounts.invited(where, first)
    with pytest.raises(accounts.WrongCodeError):
        accounts.follow(where, second, PASSWORD, "000000")
    secret = accounts.invited(where, second).secret
    accounts.follow(where, second, PASSWORD, pyotp.TOTP(secret).now())
    with pytest.raises(accounts.InvitationOverError):
        accounts.follow(where, second, PASSWORD, pyotp.TOTP(secret).now())
    third, now = accounts.reset(where, "ulm", "chief"), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 8 * 24 * 3600)
    with pytest.raises(accounts.InvitationOverError):
        accounts.invited(where, third)


def test_a_copy_of_the_file_opens_no_door(ada):
    where, codes = ada
    invitation = accounts.add(where, "ulm", (), "chief")
    token = sessions.begin(where, "ada", PASSWORD, codes[7], AT)
    stored = (where.store / accessfile.FILE).read_bytes()
    for secret in (token, invitation, PASSWORD, codes[8].replace("-", ""), codes[8]):
        assert secret.encode() not in stored
    with accessfile.opened(where) as file:
        in_it = file.execute("select token from sessions").fetchone()[0]
    assert sessions.of(where, in_it, AT) is None


def test_a_new_file_is_readable_by_nobody_else(where: Settings):
    accounts.add(where, "ulm", (), "chief")
    assert (where.store / accessfile.FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        *(("elf Zeichen", "short"), ("x" * 300, "long"), ("aaaaaaaaaaaa", "same"), ("lra-ulm-2026", "name")),
        *(("Integrationsmanagement1", "name"), ("Dashboard-LRA-ulm!", "name")),
    ],
)
def test_a_password_that_is_guessed_soon_is_told_why(password: str, reason: str):
    with pytest.raises(passwords.WeakPasswordError) as found:
        passwords.check(password, "lra-ulm")
    assert found.value.reason == reason


def test_a_password_is_the_same_however_a_keyboard_writes_it():
    kept = passwords.kept("zwo\u0308lf Ba\u0308ume im Wald")
    assert passwords.fits("zw\u00f6lf B\u00e4ume im Wald", kept)
    assert not passwords.fits("zwolf Baume im Wald", kept)
    assert not passwords.fits("zw\u00f6lf B\u00e4ume im Wald", None)
    # What a name without an account is compared with opens none either.
    assert not passwords.fits("the password of nobody", None)


def test_a_password_costs_who_steals_the_file_64_mebibytes_a_try():
    code = "from data.access import passwords; print(passwords.kept('vier Pferde im Regen'))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_a_code_of_another_time_is_none():
    secret = second_factor.new_secret()
    now = pyotp.TOTP(secret).at(int(AT))
    assert second_factor.step_of(now, secret, now=AT)
    assert second_factor.step_of(f" {now[:3]} {now[3:]} ", secret, now=AT + 29)
    assert second_factor.step_of(now, secret, now=AT + 90) is None
    assert second_factor.step_of("", secret, now=AT) is None


@pytest.mark.parametrize("name", ["", "a", "x" * 61, "a b", "<b>", "../etc", "-rf", "a\nb"])
def test_a_name_that_would_be_taken_for_something_else_is_refused(where: Settings, name: str):
    with pytest.raises(accounts.AccountError):
        accounts.add(where, name, (), "chief")


def test_rights_are_those_there_are_for_what_there_is():
    for right, scope in (("own", ""), ("read", "99"), ("read", ""), ("send", "")):
        with pytest.raises(WrongRightError):
            grants([(right, scope)])
    kreis = Reader("k", Entrance.SESSION, grants([("read", "08118"), ("send", EVERY_SENDER)]))
    assert kreis.may(Right.READ, "08118048")
    assert not kreis.may(Right.READ, "08")
    assert not kreis.reads_all
    assert kreis.may(Right.SEND, "anybody")
    assert kreis.senders is None
