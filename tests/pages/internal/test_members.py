"""Accounts on a page, and the log: what is clicked is done by the program's own code, and logged."""

import codecs
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.access import accounts, audit
from data.access.rights import grants
from data.foundation.settings import Settings
from data.publish import InternalClosedError
from pages.work import logged
from tests.support import signed, stores
from tests.support.opened import said

PAGES = Path(__file__).parents[3] / "pages" / "internal"


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A store whose accounts somebody administers, who reads the log too."""
    store = stores.made_up(tmp_path / "store")
    signed.sit(monkeypatch, store, "chief", ("administer", ""), ("audit", ""))
    return Settings(store, "localhost", 0)


def page(name: str) -> AppTest:
    return AppTest.from_file(str(PAGES / f"{name}.py"), default_timeout=60)


def test_an_account_is_invited_changed_locked_and_removed_and_its_address_is_shown_once(where: Settings):
    shown = page("members").run()
    shown.text_input(key="members_name").input("sk-ulm").run()
    shown.text_input(key="members_new_send").input("sk-ulm, lra-b")
    shown.multiselect(key="members_new_read").select("08421")
    shown.button(key="members_invite").click().run()
    assert not shown.exception
    (address,) = (each.value for each in shown.code)
    assert accounts.invited(where, address.rpartition("/")[2]).name == "sk-ulm"
    (one,) = (each for each in accounts.every(where) if each.name == "sk-ulm")
    assert one.grants == grants([("send", "sk-ulm"), ("send", "lra-b"), ("read", "08421")])
    assert not shown.run().code

    shown.selectbox(key="members_chosen").select("sk-ulm").run()
    shown.text_input(key="members_sk-ulm_send").input("sk-ulm")
    shown.checkbox(key="members_sk-ulm_publish").check()
    shown.button(key="members_sk-ulm_do").click().run()
    shown.button(key="members_sk-ulm_lock").click().run()
    assert "ist gesperrt und überall abgemeldet" in "".join(each.value for each in shown.success)
    (one,) = (each for each in accounts.every(where) if each.name == "sk-ulm")
    assert one.locked
    assert one.grants == grants([("send", "sk-ulm"), ("read", "08421"), ("publish", "")])
    assert shown.button(key="members_sk-ulm_remove").disabled
    shown.checkbox(key="members_sk-ulm_sure").check().run()
    shown.button(key="members_sk-ulm_remove").click().run()
    assert [each.name for each in accounts.every(where)] == ["chief"]
    shown.selectbox(key="members_chosen").select("chief").run()
    assert "Das ist Ihr eigenes Konto" in said(shown)

    done = [(each.who, each.action, each.result) for each in audit.entries(where)]
    assert done == [("chief", f"account: {what}", "done") for what in ("add", "rights", "lock", "remove")]
    log = page("logbook").run()
    assert "Alle 4 Einträge" in "".join(each.value for each in log.success)
    assert "account: rights" in said(log)
    log.text_input(key="logbook_filter").input("remove").run()
    assert "account: rights" not in said(log)


def test_the_log_is_taken_away_by_who_audits_and_no_more_by_who_did(where: Settings):
    take = logged.export()
    assert take().startswith(codecs.BOM_UTF8 + b"number,at,who,action")
    assert audit.entries(where)[-1].action == "audit: export"
    accounts.change_rights(where, "chief", grants([("administer", "")]))
    with pytest.raises(InternalClosedError):  # of a page that was drawn before
        take()


def test_a_log_that_was_altered_says_so_on_the_page(where: Settings):
    audit.note(where, "chief", "x")
    where.audit_head.write_text('{"number": 1, "hash": "0"}', encoding="utf-8")
    log = page("logbook").run()
    assert "nicht das, was geschrieben wurde" in "".join(each.value for each in log.error)
    assert not log.exception


def test_no_cell_of_the_log_is_a_formula_to_a_spreadsheet(where: Settings):
    audit.note(where, "chief", "=cmd()", "+1", address="@x")
    *_, last = audit.as_csv(audit.entries(where)).splitlines()
    assert ",chief,'=cmd(),'+1,'@x,done," in last


def test_a_page_that_nobody_touches_is_emptied_when_rights_change(where: Settings):
    """It shows what was theirs before until then, and nobody may come back to that tab for hours."""
    token = signed.session(where, "kreis", ("read", "08421"), ("send", "amt-a"))

    def frame(store: object) -> None:  # a script of its own: it knows no name of this file
        import streamlit as st

        from data.access import accounts
        from data.access.rights import grants
        from data.foundation.settings import Settings
        from pages.reading import reader
        from pages.work import signed_in

        who = reader.person()
        if signed_in.over(who):
            signed_in.signed_out()
            return
        st.write(", ".join(sorted(signed_in.pages_of(who).values())))
        accounts.change_rights(Settings(store, "", 0), who.name, grants([("send", "amt-a")]))
        signed_in.button(who)

    with pytest.MonkeyPatch.context() as patched:
        signed.hold(patched, token)
        shown = AppTest.from_function(frame, args=(where.store,), default_timeout=60).run()
    assert not shown.markdown
    assert ["nicht mehr angemeldet" in each.value for each in shown.warning] == [True]
    last = audit.entries(where)[-1]
    assert (last.who, last.action, last.what) == ("kreis", "session: ended", "rights changed (1)")
