"""People whom somebody else tells apart: what is kept here decides what they may do."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from data.access import accessfile, accounts, audit, sessions, subjects
from data.access.rights import Right, grants
from data.access.subjects import PROXY, Identity
from data.foundation import connections, sql
from data.foundation.settings import Settings

IDP = "https://idp.example"
ADA = Identity(IDP, "17", "ada", frozenset({"staff"}))


@pytest.fixture
def where(tmp_path: Path) -> Settings:
    return Settings(tmp_path, "", 0)


def test_a_subject_has_the_account_it_was_given_and_a_name_outside_opens_none(where: Settings):
    subjects.add(where, "ada", grants([("publish", "")]), "chief", (IDP, "17"))
    token, name = subjects.begin(where, ADA)
    assert name == "ada"
    assert sessions.of(where, token).may(Right.PUBLISH)
    for other in (Identity(IDP, "18", "ada"), Identity(PROXY, "17", "ada"), Identity(IDP, "", "ada")):
        with pytest.raises(subjects.StrangerError):
            subjects.begin(where, other)
    with pytest.raises(sessions.RefusedError):  # it has no password, so the form opens it to nobody
        sessions.begin(where, "ada", "", "")


def test_who_is_unlinked_or_locked_is_out_at_once(where: Settings):
    subjects.add(where, "ada", (), "chief", (IDP, "17"))
    for end, error in (
        (lambda: accounts.lock(where, "ada"), subjects.LockedOutError),
        (lambda: subjects.unlink(where, "ada"), subjects.StrangerError),
    ):
        token, _ = subjects.begin(where, ADA)
        end()
        assert sessions.of(where, token) is None
        with pytest.raises(error):
            subjects.begin(where, ADA)
        accounts.lock(where, "ada", locked=False)


def test_a_group_opens_what_it_has_now_and_an_account_of_its_own_takes_its_place(where: Settings):
    subjects.change_group(where, "staff", grants([("read", "08")]))
    token, made = subjects.begin(where, ADA)
    reader = sessions.of(where, token)
    assert (made, reader.reads_all) == ("ada", True)
    subjects.change_group(where, "staff", grants([("publish", "")]))
    assert sessions.holds(where, reader) is None
    token, _ = subjects.begin(where, ADA)
    subjects.change_group(where, "staff", grants([("publish", "")]))  # the same rights end nothing
    assert sessions.of(where, token).grants == grants([("publish", "")])
    accounts.add(where, "chief-of-ulm", grants([("send", "sk-ulm")]), "chief")
    subjects.link(where, "chief-of-ulm", IDP, "17")
    assert sessions.of(where, token) is None
    assert subjects.begin(where, ADA)[1] == "chief-of-ulm"
    with pytest.raises(accounts.AccountError, match="has the account chief-of-ulm already"):
        subjects.add(where, "another", (), "chief", (IDP, "17"))
    assert [each.name for each in accounts.every(where)] == ["chief-of-ulm"]


@pytest.mark.parametrize("now", [frozenset({"staff"}), frozenset({"staff", "heads"}), frozenset()])
def test_who_comes_back_in_other_groups_has_no_session_of_before(where: Settings, now: frozenset[str]):
    """Also where they are in none any more, and so get no new one."""
    subjects.change_group(where, "staff", grants([("read", "08")]))
    subjects.change_group(where, "heads", grants([("publish", "")]))
    before, other = subjects.begin(where, ADA)[0], subjects.begin(where, replace(ADA, subject="18"))[0]
    if now:
        subjects.begin(where, replace(ADA, groups=now | {"nobody-gave-it-rights"}))
    else:
        with pytest.raises(subjects.StrangerError):
            subjects.begin(where, replace(ADA, groups=now))
    assert (sessions.of(where, before) is None) is (now != ADA.groups)
    assert sessions.of(where, other)
    told = [each.what for each in audit.entries(where) if each.action == "session: ended"]
    assert told == ([] if now == ADA.groups else ["other groups at the provider (1)"])


def test_accounts_of_the_version_before_go_on(where: Settings):
    accessfile.VERSION, now = 1, accessfile.VERSION
    try:
        with accessfile.opened(where) as file:
            file.execute("insert into accounts (name, made_at, made_by) values ('of-old', 1, 'chief')")
    finally:
        accessfile.VERSION = now
    subjects.link(where, "of-old", IDP, "17")
    assert subjects.begin(where, ADA)[1] == "of-old"
    with sqlite3.connect(where.store / accessfile.FILE) as file:
        assert file.execute("pragma user_version").fetchone() == (accessfile.VERSION,)
    assert sql.beside(accessfile.__file__, f"tables/access_{accessfile.VERSION}")


@pytest.mark.parametrize(
    ("given", "url", "told"),
    [
        ({"ISSUER": IDP}, "https://im.example", "half set: DASHBOARD_OIDC_CLIENT_ID and "),
        ({"CLIENT_ID": "x"}, "https://im.example", "half set: DASHBOARD_OIDC_ISSUER and "),
        ({"ISSUER": IDP, "CLIENT_ID": "x", "CLIENT_SECRET_FILE": "s"}, "", "needs DASHBOARD_URL"),
        (
            {"ISSUER": IDP, "CLIENT_ID": "x", "CLIENT_SECRET_FILE": "s"},
            "http://im.example",
            "by https:// alone",
        ),
        (
            {"ISSUER": "http://idp", "CLIENT_ID": "x", "CLIENT_SECRET_FILE": "s"},
            "https://im.example",
            "https://",
        ),
        (
            {"ISSUER": IDP, "CLIENT_ID": "x", "CLIENT_SECRET_FILE": "s", "SUBJECT": "email"},
            "https://im.example",
            "people can change",
        ),
    ],
)
def test_a_provider_that_is_half_set_or_unsafe_is_told_in_a_sentence(given, url: str, told: str):
    with pytest.raises(connections.DoorError, match=told):
        connections.open_id(given, url)


def test_a_secret_is_read_from_a_file_that_is_not_for_everybody(tmp_path: Path):
    file = tmp_path / "secret"
    of = connections.OpenId(IDP, "x", file)
    for text, mode, told in (
        (None, 0, "can't be read"),
        ("a", 0o644, "may read"),
        (" \n", 0o600, "is empty"),
    ):
        if text is not None:
            file.write_text(text)
            file.chmod(mode)
        with pytest.raises(connections.DoorError, match=told):
            of.secret()
    file.write_text("a\n")
    assert of.secret() == "a"
