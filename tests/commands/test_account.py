"""Accounts and the log by command: what is printed leads on, and what is wrong is told."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from data.access import accounts
from data.commands import main
from data.foundation import settings


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Runs a command on a store of its own; gives its exit code, and what it printed and complained."""
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    monkeypatch.setenv("DASHBOARD_URL", "https://im.example/")

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(list(arguments))
        out, complained = capsys.readouterr()
        return code, out.strip(), complained.strip()

    return run


Said = Callable[..., tuple[int, str, str]]


def test_an_account_from_the_invitation_to_its_end(said: Said):
    code, invitation, next_step = said("account", "add", "ulm", "--send", "sk-ulm", "--read", "08421")
    assert (code, invitation.startswith("https://im.example/einladung/")) == (0, True)
    assert "good once, for seven days" in next_step
    assert accounts.invited(settings.from_environment(), invitation.rsplit("/", 1)[1]).name == "ulm"
    assert said("account", "list")[1] == "ulm (invited): read:08421, send:sk-ulm"
    assert said("account", "rights", "ulm", "--publish")[0] == 0
    assert said("account", "lock", "ulm")[0] == 0
    listed = json.loads(said("account", "list", "--json")[1])["accounts"]
    assert [(each["name"], each["rights"], each["state"]) for each in listed] == [
        ("ulm", ["publish"], "locked")
    ]
    again = json.loads(said("account", "reset", "ulm", "--json")[1])
    assert again["invitation"] not in ("", None, invitation)
    assert said("account", "remove", "ulm")[0] == 0
    assert said("account", "list")[1].startswith("There is no account.")
    entries = json.loads(said("audit", "--json")[1])["entries"]
    assert [each["action"] for each in entries] == [
        f"account: {done}" for done in ("add", "rights", "lock", "reset", "remove")
    ]
    assert said("audit", "--check")[1] == "sound: 5"
    assert said("audit")[1].splitlines()[1].split(",")[3:5] == ["account: add", "ulm read:08421 send:sk-ulm"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "a b"), "can't be the name of an account"),
        (("add", "ulm", "--read", "99"), "official key"),
        (("lock", "nobody"), "no account nobody"),
    ],
)
def test_what_is_wrong_is_told_with_the_way_out(said: Said, arguments: tuple[str, ...], told: str):
    code, out, complained = said("account", *arguments)
    assert (code, out) == (2, "")
    assert told in complained


def test_a_log_that_somebody_cut_ends_with_6(said: Said, tmp_path: Path):
    said("account", "add", "ulm")
    (tmp_path / "audit.sqlite").unlink()
    code, _, complained = said("audit", "--check")
    assert code == 6
    assert "audit.sqlite is gone" in complained
