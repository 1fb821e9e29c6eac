"""Where two people publish, one proposes and another confirms just that; nobody does it alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.access import audit
from data.commands import main
from data.foundation.steps import silent
from data.releases import approval, make, shelf
from data.releases.approval import NothingProposedError, NothingToProposeError, SamePersonError
from data.releases.make import LapsedError, Terms, TwoPeopleError
from tests.releases.conftest import cases, faelle
from tests.support import signed

PAGE = Path(__file__).parents[2] / "pages" / "internal" / "publishing.py"


@pytest.fixture
def two(previewed):
    """A store with a preview, in which two people publish."""
    figures, _ = previewed
    return figures, replace(figures.settings, two_people=True)


def released(settings):
    return [entry.name for entry in shelf.entries(settings.store)]


def test_nobody_publishes_alone_and_who_proposed_does_not_confirm(two):
    _, where = two
    for terms in (None, Terms("2018-Q4"), Terms(agreed="")):
        with pytest.raises(TwoPeopleError):
            make.make(where, silent, terms)
    proposal = approval.propose(where, "anna", "as it is")
    for nobody in ("anna", ""):
        with pytest.raises(SamePersonError):
            approval.confirm(where, nobody, proposal, silent)
    assert released(where) == []
    made = approval.confirm(where, "bert", proposal, silent)
    assert (made.name, made.note, made.sha256) == (proposal.name, "as it is", proposal.sha256)
    assert released(where) == [made.name]
    with pytest.raises(NothingProposedError):  # it is used up
        approval.confirm(where, "bert", proposal, silent)


def test_a_proposal_lapses_with_the_next_delivery_and_another_note_is_another_proposal(two):
    figures, where = two
    seen = approval.propose(where, "anna", "harmless")
    other = approval.propose(where, "anna", "something else")
    with pytest.raises(NothingProposedError):
        approval.confirm(where, "bert", seen, silent)
    figures.hand_in(
        sender="lra-b", reporting_date="31.12.2018", faelle=faelle(cases(range(9000, 9020), "08425072"))
    )
    assert approval.waiting(where) is None
    for refused, act in (
        (NothingProposedError, lambda: approval.confirm(where, "bert", other, silent)),
        (NothingToProposeError, lambda: approval.propose(where, "anna")),
        # Also of somebody who was just about to publish it.
        (LapsedError, lambda: make.make(where, silent, Terms(other.name, agreed=other.sha256))),
    ):
        with pytest.raises(refused):
            act()
    assert released(where) == []


def test_commands_ask_for_two_and_the_log_has_both(two, monkeypatch, capsys):
    _, where = two
    monkeypatch.setenv("DASHBOARD_STORE", str(where.store))
    monkeypatch.setenv("DASHBOARD_TWO_PEOPLE", "1")
    assert main(["release"]) == 2
    assert "--propose" in capsys.readouterr().err
    assert main(["release", "--confirm"]) == 4
    proposal = approval.propose(where, "anna")
    monkeypatch.setattr("data.commands.operator", lambda: "anna")
    assert main(["release", "--confirm"]) == 2
    assert released(where) == []
    told = [(each.who, each.action, each.result) for each in audit.entries(where)]
    assert told[-1] == ("anna", "publish", "SamePersonError")
    assert f"{proposal.name} {proposal.sha256[:12]}, proposed by anna" == audit.entries(where)[-1].what


def test_the_page_asks_two_people_also_before_there_is_any_release(two, monkeypatch):
    _, where = two
    monkeypatch.setenv("DASHBOARD_TWO_PEOPLE", "1")
    signed.sit(monkeypatch, where.store, "anna", ("publish", ""))
    page = AppTest.from_file(str(PAGE), default_timeout=120).run()
    page.button(key="publishing_do").click().run()
    assert not page.exception
    assert page.button(key="publishing_confirm").disabled
    assert approval.waiting(where).by == "anna"
    signed.sit(monkeypatch, where.store, "bert", ("publish", ""))
    page.run()
    assert not page.button(key="publishing_confirm").disabled
    page.button(key="publishing_withdraw").click().run()
    assert approval.waiting(where) is None
    told = [(each.who, each.action) for each in audit.entries(where)]
    assert told == [("anna", "propose"), ("bert", "withdraw")]
