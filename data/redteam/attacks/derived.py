"""Attack 9, a check: is any number told that does not follow from the release alone? Counts, rates, curves,
order.
"""

import csv
import io
import json
import re
from typing import Any

from data.foundation import land
from data.redteam.attacker import door
from data.redteam.attacker.door import Public
from data.redteam.attacker.likelihood import T
from data.redteam.attacker.opened import Opened
from data.redteam.attacker.verdict import entry

QUICK = ("goals/time_to_goal", "goals/outcomes", "caseload/people", "overview/map")
BANDS = ("0 to 0.25", "0.25 to 0.5", "0.5 to 0.75", "0.75 to 1", "0 to 0.5", "0.5 to 1")
GOAL_AREAS = ("gesamt", "Sprache", "Wohnung")
Row = dict[str, Any]


def attack(found: Opened, public: Public, asked_each: int) -> dict[str, Any]:
    """Passes if every cell of every answer is worked out again from the file, as JSON and as CSV.

    Each question of the public is asked so often, of places that chance chooses; with 0 a few, twice.
    """
    names = door.questions("public") if asked_each else QUICK
    places = [
        row[0]
        for row in found.rows("select area_code from r.marts.areas where area_level <> 'gemeinde' order by 1")
    ]
    places += [
        row[0]
        for row in found.rows(
            "select area_code from r.marts.cases where area_level = 'gemeinde' "
            "and active_cases > 0 group by 1 order by 1 limit 500"
        )
    ]
    questions = []
    for name in names:
        for _ in range(asked_each or 2):
            area, other = (str(each) for each in found.rng.choice(places, 2))
            level, goal = (
                ("kreis", "gesamt")
                if name == "overview/map"
                else ("gemeinde", str(found.rng.choice(GOAL_AREAS)))
            )
            questions.append((name, {"area_code": area, "compare": other, "goal_area": goal, "level": level}))
    asked = [[name, *(f"{key}={value}" for key, value in chosen.items())] for name, chosen in questions]
    as_json = public([[*each, "--format", "json"] for each in asked])
    as_csv = public([[*each, "--format", "csv"] for each in asked])
    cells = differing = 0
    refused = [name for (name, _), *both in zip(questions, as_json, as_csv, strict=True)
               if any(each.code != 0 for each in both)]  # fmt: skip
    for (name, chosen), answer, table in zip(questions, as_json, as_csv, strict=True):
        if name in refused:
            continue
        own = _own(found, name, chosen)
        shown = json.loads(answer.out)["rows"]
        written = list(csv.DictReader(io.StringIO(table.out)))
        differing += abs(len(own) - len(shown)) + abs(len(own) - len(written))
        for mine, theirs, line in zip(own, shown, written, strict=False):
            for column, value in mine.items():
                cells += 1
                differing += not (_same(value, theirs.get(column)) and _same(value, line.get(column, "")))
            differing += len(theirs.keys() - mine.keys())
    figures: dict[str, Any] = {"answers": 2 * len(asked), "cells": cells, "differing": differing}
    if refused:
        figures["refused"] = refused
    return entry(9, "derived values", bool(cells) and not differing and not refused, **figures)


def _own(found: Opened, name: str, chosen: dict[str, str]) -> list[Row]:
    """The answer as anybody works it out: the statement in the repository, the limit, rates, curve, order."""
    sql, head = door.question(name)
    ((newest,),) = found.rows("select latest_quarter from r.marts.edition")
    values = {"period": newest, "programme": land.own().main} | chosen
    wanted = set(re.findall(r"\$(\w+)", sql))
    found.connection.execute("use r")
    result = found.connection.execute(sql, {key: values.get(key) for key in wanted})  # not chosen: null
    columns = [column[0] for column in result.description or ()]
    rows: list[Row] = [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
    found.connection.execute("use memory")
    counts = [each.strip() for each in head.get("counts", "").split(",") if each.strip()]
    rates = re.findall(r"(\w+) = (\w+) / (\w+)", head.get("rates", ""))
    told = [each.strip() for each in head.get("bands", "").split(",") if each.strip()]
    left = re.findall(r"(\w+) = (\w+) - (\w+)", head.get("differences", ""))
    for row in rows:
        exact = dict(row)
        for count in counts:
            row[count] = "." if exact[count] is None else exact[count] if exact[count] >= T else "•"
        for column in (each.strip() for each in head.get("amounts", "").split(",") if each.strip()):
            row[column] = "." if row[column] is None else row[column]
        for name, whole, part in left:
            gap = next((sign for sign in (".", "•") if sign in (row[whole], row[part])), None)
            row[name] = gap or (row[whole] - row[part] if row[whole] - row[part] >= T else "•")
        for rate, over, under in rates:
            parts = [row[over], int(under) if under.isdigit() else row[under]]
            gap = next((sign for sign in (".", "•") if sign in parts), None)
            row[rate] = gap or (float(parts[0]) / float(parts[1]) if parts[1] else ".")
        for name, needed, there in re.findall(r"(\w+) = (\w+) - (\w+)", head.get("balances", "")):
            gap = next((sign for sign in (".", "•") if sign in (row[needed], row[there])), None)
            row[name] = gap or round(float(row[needed]) - float(row[there]), 1)
        for rate, over, under in (each for each in rates if each[0] in told):
            if code := row.pop(f"{over}_band"):
                base_is_shown = not isinstance(row[under], str)
                row[rate] = BANDS[code - 1] if row[rate] == "•" and base_is_shown else row[rate]
    _curve(rows, head.get("curves", ""))
    if "sorted" in head:
        column, _, down = head["sorted"].partition(" ")
        numbers = {*counts, *(each.strip() for each in head.get("amounts", "").split(","))}
        names = [each for each in columns if each not in numbers and not each.endswith("_band")]
        sign = -1 if down == "desc" else 1

        def place(row: Row) -> tuple[bool, float, list[str]]:
            gap = isinstance(row[column], str)
            return gap, 0.0 if gap else sign * float(row[column]), [str(row[each]) for each in names]

        rows.sort(key=place)
    return rows


def _curve(rows: list[Row], declared: str) -> None:
    """Kaplan and Meier, with missed goals as a competing end; it stops at a gap and below 20 at risk."""
    for name, over, risk, ended, by in re.findall(r"(\w+) = (\w+) / (\w+) until (\w+) by (\w+)", declared):
        states: dict[Any, tuple[float, float] | str] = {}
        for row in rows:
            state = states.get(row[by], (1.0, 0.0))
            parts = [row[over], row[ended], row[risk]]
            if not isinstance(state, str):
                if any(isinstance(part, str) for part in parts) or row[risk] < 20:
                    state = "." if "." in parts else "•"
                else:
                    still, share = state
                    left = max(0.0, min(still, still * (1 - row[ended] / row[risk])))
                    state = (left, min(1.0, share + still * row[over] / row[risk]))
            states[row[by]] = state
            row[name] = state if isinstance(state, str) else state[1]


def _same(mine: Any, theirs: Any) -> bool:
    """Equal as written: gaps by their signs or names, bands, numbers to six digits, the rest as text."""
    if isinstance(theirs, dict):
        theirs = f"{theirs['from']:g} to {theirs['to']:g}"
    theirs = (
        {"withheld": "•", "unknown": ".", "None": "", None: ""}.get(theirs, theirs)
        if not isinstance(theirs, list)
        else theirs
    )
    if mine is None:
        return theirs in ("", ".")
    if isinstance(mine, bool | str) or not hasattr(mine, "__float__"):
        return str(mine) == str(theirs)
    try:
        return abs(float(mine) - float(theirs)) <= 1e-5 * max(1.0, abs(float(mine)))
    except (TypeError, ValueError):
        return False
