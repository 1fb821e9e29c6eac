"""Tables of a release are protected two at a time: each after its wholes, none once one has failed."""

import time

import pytest

from data.disclosure.table_list import Table
from data.releases import database
from data.releases.protect import Protected, Protection


class Slow(Protection):
    """Its tables take the longer, the earlier they come; `begun` and `done` are their names in that order."""

    def __init__(self, failing: str = "") -> None:
        self.begun: list[str] = []
        self.done: list[str] = []
        self.missed: list[str] = []
        self._failing = failing

    def table(self, table: Table) -> Protected:
        self.begun.append(table.name)
        self.missed += [name for name in wholes(table) if name not in self.done]
        if table.name == self._failing:
            raise ZeroDivisionError
        time.sleep(0.02 if table.name == next(iter(TABLES)).name else 0.002)
        self.done.append(table.name)
        return table.name, []  # type: ignore[return-value]


def wholes(table: Table) -> set[str]:
    return {part.table for parts in table.parts.values() for part in parts if part.table}


TABLES = [table for table in database.listed_tables().values() if table.counts]


def test_a_table_begins_when_those_that_it_is_a_part_of_are_done_and_comes_by_its_name():
    assert sum(map(bool, map(wholes, TABLES))) > 5
    slow = Slow()
    with slow.side_by_side(TABLES) as protected:
        assert [protected(table)[0] for table in TABLES] == [table.name for table in TABLES]
    assert slow.missed == []


def test_the_error_of_a_table_is_that_of_the_release_and_those_after_it_are_not_begun():
    slow = Slow(failing=TABLES[1].name)
    with pytest.raises(ZeroDivisionError), slow.side_by_side(TABLES) as protected:
        list(map(protected, TABLES))
    assert len(slow.begun) < len(TABLES)
