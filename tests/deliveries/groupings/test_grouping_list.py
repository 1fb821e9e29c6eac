"""A list of groupings: what is taken over, and what is said of one that is not."""

import json

import pytest

from data.deliveries.groupings import grouping_list, stock
from data.deliveries.groupings.grouping_list import GroupingListError
from data.deliveries.groupings.stock import UnknownGroupingError
from data.deliveries.store import register
from data.foundation.settings import Settings
from tests.support.asked import command

ULM, LANGENAU, BLAUSTEIN = "08421000", "08425072", "08425141"


@pytest.fixture
def office(tmp_path):
    """The settings of a store that nobody has handed anything in to."""
    return Settings(store=tmp_path / "store", address="localhost", port=0)


@pytest.fixture
def listed(tmp_path):
    """Writes a list, and gives its path."""

    def write(*lines, name="wahlkreise.csv", head="grouping,name,area_code", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes("\n".join((head, *lines, "")).encode(encoding))
        return path

    return write


def refused(path):
    """What is said of a list that is refused."""
    with pytest.raises(GroupingListError) as raised:
        grouping_list.read(path)
    return str(raised.value)


def test_a_list_is_kept_as_it_is_and_a_second_one_replaces_the_groupings_of_its_names(office, listed):
    stock.take_over(office, listed(f"Wahlkreise,Ulm,{ULM}", f"Regionen,Donau-Iller,{ULM}"), "anna")
    stock.take_over(office, listed(f"Wahlkreise,Ehingen,{LANGENAU}"), "anna")
    kept = [(line.grouping, line.name, line.area_code) for line in stock.lines(office.groupings)]
    assert kept == [("Regionen", "Donau-Iller", ULM), ("Wahlkreise", "Ehingen", LANGENAU)]
    with register.open_for_reading(office.store) as opened:
        told = [(one["who"], one["action"], one["note"]) for one in register.audit_entries(opened)]
    assert told == [
        ("anna", "groupings", "handed in: Wahlkreise, Regionen"),
        ("anna", "groupings", "handed in: Wahlkreise"),
    ]


def test_a_grouping_is_removed_by_its_name_and_one_that_is_not_there_is_an_error(office, listed):
    stock.take_over(office, listed(f"Wahlkreise,Ulm,{ULM}"), "")
    with pytest.raises(UnknownGroupingError, match=r"'Regionen'.*Wahlkreise"):
        stock.remove(office, "Regionen", "")
    stock.remove(office, "Wahlkreise", "")
    assert stock.lines(office.groupings) == ()
    assert not office.groupings.exists()


def test_what_offices_write_is_read(listed):
    path = listed(
        f"Wahlkreise;Bächingen;{ULM}",
        "",
        f"Wahlkreise ; Bächingen ;{LANGENAU}",
        head="Gruppierung;Name;AGS",
        encoding="cp1252",
    )
    lines = grouping_list.read(path)
    assert [(line.number, line.name, line.area_code) for line in lines] == [
        (2, "Bächingen", ULM),
        (4, "Bächingen", LANGENAU),
    ]
    assert {line.group_code for line in lines} == {"wahlkreise.baechingen"}


def test_a_municipality_may_stand_in_two_groups_and_is_named(listed):
    lines = grouping_list.read(listed(f"W,A,{ULM}", f"W,B,{ULM}", f"W,B,{LANGENAU}", f"R,C,{LANGENAU}"))
    assert grouping_list.in_several(lines) == {"W": (ULM,), "R": ()}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("W,A,08425999", "line 3: '08425999' is the key of no area."),
        ("W,A,08425", "line 3: '08425' is the key of Alb-Donau-Kreis, which is no municipality."),
        ("W,A,8425072", "line 3: '8425072' has lost the zero that it begins with."),
        (f"W,A,{ULM}", "line 3: 08421000 in 'A' (W) stands in line 2 already."),
        (f"W,a,{LANGENAU}", "line 3: 'a' is called like 'A'."),
        (f"w,A,{LANGENAU}", "line 3: 'w' is called like 'W'."),
        (f"W,=1+1,{LANGENAU}", "line 3: the name '=1+1' begins like a formula."),
        (f"W,<b>fett</b>,{LANGENAU}", "line 3: the name '<b>fett</b>' has a sign that no name has."),
        (f"W,a\u202eb,{LANGENAU}", "has a sign that no name has."),
        (f"W,a\u2028b,{LANGENAU}", "line 3: the name 'a\\u2028b' has a sign that no name has."),
        (f"W,{'a' * 61},{LANGENAU}", "is longer than 60 characters."),
        (f"W,!!!,{LANGENAU}", "line 3: the name '!!!' has no Latin letter and no digit."),
        (f"W,{LANGENAU}", "line 3: it has 2 cells with something in them."),
        (f"W,,{LANGENAU}", "line 3: it has 2 cells with something in them."),
    ],
)
def test_a_line_that_can_not_stand_is_named_with_what_to_do(listed, line, what):
    path = listed(f"W,A,{ULM}", line)
    said = refused(path)
    assert said.startswith("wahlkreise.csv, line 3: ")
    assert what in said
    assert len(said.splitlines()) == 3  # what, what to do, and that nothing was taken over
    assert said.endswith("Nothing of this list was taken over.")


def test_every_fault_of_a_list_is_told_at_once_and_lines_of_one_kind_together(listed):
    said = refused(listed("W,A,1", "W,A,2", "W,A,3", f"W,=A,{ULM}"))
    assert "line 2: '1' is the key of no area." in said
    assert "3 of 4 lines have this fault (lines 2, 3, 4)." in said
    assert "line 5: the name '=A' begins like a formula." in said


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ("name,area_code", "line 1: the headings are 'name', 'area_code'."),
        ("grouping,name,area_code,more", "line 1: the headings are"),
        ("\0", "it is no text."),
    ],
)
def test_a_file_that_is_no_such_list_is_refused(listed, head, what):
    assert what in refused(listed(f"W,A,{ULM}", head=head))


def test_a_file_that_is_not_there_and_one_without_a_line_are_refused(listed, tmp_path):
    assert "it can't be read" in refused(tmp_path / "nothing.csv")
    assert "no line follows the headings" in refused(listed())
    assert "larger than" in refused(listed("x" * grouping_list.MOST_BYTES))


def test_a_grouping_that_is_called_like_one_that_is_kept_is_refused(office, listed):
    stock.take_over(office, listed(f"Wahlkreise,Ulm,{ULM}"), "")
    with pytest.raises(GroupingListError, match="'wahlkreise' is called like the grouping 'Wahlkreise'"):
        stock.take_over(office, listed(f"wahlkreise,Ulm,{LANGENAU}"), "")
    assert [line.area_code for line in stock.lines(office.groupings)] == [ULM]


def test_the_command_hands_in_lists_removes_and_refuses(office, listed, monkeypatch):
    monkeypatch.setenv("DASHBOARD_STORE", str(office.store))
    done = command("groupings", str(listed(f"W,A,{ULM}", f"W,B,{ULM}", f"W,B,{BLAUSTEIN}")))
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        ["W: 2 groups, 2 municipalities", "  in several groups, and whole in each of them: Ulm"],
    )
    assert "python -m data release" in done.stderr
    assert json.loads(command("groupings", "--json").stdout) == {
        "groupings": {"W": {"A": [ULM], "B": [ULM, BLAUSTEIN]}}
    }
    bad = command("groupings", str(listed("W,A,1", name="falsch.csv")))
    assert (bad.returncode, bad.stdout) == (3, "")
    assert "falsch.csv, line 2: '1' is the key of no area." in bad.stderr
    assert command("groupings", "--remove", "X").returncode == 2
    assert command("groupings", "--remove", "W").stdout == "No grouping is kept.\n"
