"""Exact figures of a part of the Land: every question, for areas inside, outside and above."""

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from data import publish
from data.access.rights import COMMAND, PUBLIC, Entrance, Reader, grants
from data.disclosure.published import is_number
from data.foundation import areas
from data.publish import ask
from data.questions import catalogue, older, own_areas
from data.questions.catalogue import Reach
from data.questions.filters import Filters
from data.warehouse import versions

ULM, ALB, LAND = "08421", "08425", "08"
OTHERS = (ALB, "08425072", "084", "08425039", LAND, "08111000")
CHOSEN = Filters(
    area_code=ULM, period="2025-Q4", since="2024-Q4", kind="no_plan", level="gemeinde", goal_area="gesamt"
)
AGREED = {"steering/managers", "steering/vacant_by_month"}


def reads(*codes: str) -> Reader:
    """Whoever may read exact figures of these areas alone."""
    return Reader("kreis", Entrance.COMMAND, grants(("read", code) for code in codes))


def refused(query: str, reader: Reader, **choices: str | None) -> bool:
    try:
        ask(query, replace(CHOSEN, **choices), reader)
    except publish.NotTheirAreaError as error:
        return "alone: no other area, no comparison with one, and no total over more" in str(error)
    return False


@pytest.fixture
def groups(figures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the warehouse with a grouping that lies in Ulm, and one that does not wholly."""
    pointer = versions.current(figures)
    versions.serve(tmp_path, pointer)
    copy = shutil.copy(versions.warehouse(figures, pointer.version), tmp_path)
    with duckdb.connect(copy) as file:
        file.execute(
            "insert into marts.groupings (group_code, grouping_name, group_name, area_code) values "
            "('own', 'Kreise', 'Ulm', '08421000'), ('more', 'Kreise', 'Ulm und Langenau', '08421000'), "
            "('more', 'Kreise', 'Ulm und Langenau', '08425072')"
        )
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    return Path(copy)


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("query", sorted({*catalogue.names()} - AGREED))
def test_who_reads_one_kreis_is_answered_for_it_and_refused_for_all_others(query: str):
    own, asked = reads(ULM), catalogue.query(query)
    if "grouping" in asked.params:
        return
    if asked.reach is Reach.LAND:
        assert all(refused(query, own, area_code=code) for code in (ULM, "08421000", *OTHERS))
        return
    for code in (ULM, "08421000"):
        assert not refused(query, own, area_code=code)
    if asked.reach is Reach.REGISTER:
        return
    if "area_code" in asked.params:
        assert all(refused(query, own, area_code=code) for code in OTHERS)
        assert all(refused(query, reads("08421000"), area_code=code) for code in (ULM, *OTHERS))
    if "compare" in asked.params:
        assert not refused(query, own, compare="08421000")
        assert all(refused(query, own, compare=code) for code in (*OTHERS, f"08421000,{ALB}"))
        assert not refused(query, reads(ULM, ALB), compare=f"08425072,{ALB}")
    if "level" in asked.params:
        assert refused(query, own, level="land")
        assert refused(query, reads("08421000"), level="kreis")


def test_a_grouping_is_answered_for_if_all_of_it_is_theirs(groups: Path):
    for query in (each for each in catalogue.names() if "grouping" in catalogue.query(each).params):
        assert not refused(query, reads(ULM), grouping="own", area_code=LAND)
        assert refused(query, reads(ULM), grouping="more", area_code=LAND)
        assert not refused(query, reads(ULM, ALB), grouping="more", area_code=LAND)
    named = set(ask("frame/groupings", CHOSEN, reads(ULM)).column("group_code"))
    assert "own" in named
    assert "more" not in named
    with pytest.raises(publish.UnknownChoiceError):
        ask("groupings/profile", replace(CHOSEN, grouping="nobody"), reads(ULM))


def test_no_answer_changes_with_what_lies_outside(groups: Path):
    """The strongest form of it: with all rows of other places gone, each answer stays as it was."""

    def answers() -> dict[str, tuple[tuple[object, ...], ...]]:
        found: dict[str, tuple[tuple[object, ...], ...]] = {}
        for name in sorted({*catalogue.names()} - AGREED):
            for level in ("kreis", "gemeinde") if "level" in catalogue.query(name).params else ("gemeinde",):
                chosen = replace(
                    CHOSEN, grouping="own" if "grouping" in catalogue.query(name).params else None
                )
                if not refused(name, reads(ULM), level=level, grouping=chosen.grouping):
                    found[f"{name} {level}"] = ask(name, replace(chosen, level=level), reads(ULM)).rows
        return found

    before = answers()
    assert sum(bool(rows) for rows in before.values()) > 45
    own = sorted(own_areas.inside(frozenset([ULM])))
    for name, rows in before.items():
        if catalogue.query(name.split()[0]).reach is not Reach.REGISTER:
            told = {
                cell for row in rows if any(map(is_number, row)) for cell in row if cell in areas.register()
            }
            assert told <= {*own}, name
    pointer = versions.current(groups.parent)
    other = versions.warehouse(groups.parent, "20200101T000000-abcdef")
    shutil.copy(groups, other)
    with duckdb.connect(str(other)) as file:
        kept = {*own_areas.OF_NOBODY, own_areas.PLACES, own_areas.GROUPINGS}
        kept |= {name for (name,) in file.execute("select view_name from duckdb_views()").fetchall()}
        for mart, columns in older.of(file).items():
            if "area_code" in columns and mart not in kept:
                file.execute(f"delete from marts.{mart} where area_code not in ({', '.join(map(repr, own))})")
    versions.serve(groups.parent, replace(pointer, version="20200101T000000-abcdef"))
    after = answers()
    assert {name for name in before if before[name] != after[name]} == set()


@pytest.mark.usefixtures("figures")
def test_what_watches_people_who_work_there_needs_the_agreement(monkeypatch: pytest.MonkeyPatch):
    for reader in (COMMAND, reads(ULM)):
        for query in AGREED:
            with pytest.raises(publish.InternalClosedError, match="staff council"):
                ask(query, CHOSEN, reader)
    monkeypatch.setenv("DASHBOARD_STAFF_COUNCIL_AGREES", "1")
    assert ask("steering/managers", CHOSEN, reads(ULM))
    assert refused("steering/managers", reads(ULM), area_code=ALB)


@pytest.mark.usefixtures("figures")
def test_a_question_of_the_inside_has_no_answer_for_the_public():
    for query in catalogue.names():
        if catalogue.query(query).inside:
            with pytest.raises(publish.InternalClosedError):
                ask(query, CHOSEN, PUBLIC)
