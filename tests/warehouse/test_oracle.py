"""A slow, obvious version in plain Python agrees with the SQL of the harder measures on random rows."""

import random
from calendar import monthrange
from datetime import date, timedelta

import pytest

from tests.support.figures import Figures

PLACES = ("08421000", "08425072", "08425002", "08111000")
AGES = ("6-14", "15-17", "18-26", "65+", "")
LEVELS = ("A1", "A2", "B1", "C1")
STATUSES = ("Ziel erreicht", "Ziel verfehlt", "In Umsetzung", "Vorgeschlagen")
ADULT = ("18-26", "27-44", "45-64", "65+")
AS_OF = {"amt-a": date(2018, 12, 31), "amt-b": date(2018, 10, 31)}


def day(chance, first, last):
    return first + timedelta(days=chance.randint(0, (last - first).days))


def invent(seed):
    """Cases, observations and goals of two senders, as plain dictionaries."""
    chance = random.Random(seed)
    cases, seen, goals = [], [], []
    for number in range(60):
        # The second sender delivers Stuttgart alone, so that each place has one reporting date.
        sender = "amt-a" if number % 4 else "amt-b"
        end = AS_OF[sender]
        opened = day(chance, date(2015, 1, 1), end)
        closed = day(chance, opened, end) if chance.random() < 0.4 else None
        plan = day(chance, opened, end) if chance.random() < 0.7 else None
        case = {
            "id": f"F{number:04}",
            "sender": sender,
            "place": chance.choice(PLACES[:3]) if sender == "amt-a" else PLACES[3],
            "opened": opened,
            "closed": closed,
            "plan": plan,
            "age": chance.choice(AGES),
            "level": chance.choice((*LEVELS, "")),
        }
        cases.append(case)
        days = {day(chance, opened, closed or end) for _ in range(chance.randint(0, 3))}
        seen += [{"case": case, "on": on, "level": chance.choice(LEVELS)} for on in sorted(days)]
        for of in range(chance.randint(0, 3)):
            agreed = day(chance, max(opened, date(2017, 1, 1)), end)
            status = chance.choice(STATUSES)
            goals.append(
                {
                    "id": f"Z{number:04}{of}",
                    "case": case,
                    "area": chance.choice(("Sprache", "Wohnung")),
                    "status": status,
                    "agreed": None if status == "Vorgeschlagen" else agreed,
                    "ended": day(chance, agreed, end) if status.startswith("Ziel") else None,
                }
            )
    return cases, seen, goals


def written(value):
    return value.strftime("%d.%m.%Y") if value else ""


def hand_in(figures, sender, cases, seen, goals):
    def own(rows):
        return [row for row in rows if row["case"]["sender"] == sender]

    lines = [
        f"{c['id']} | {c['place']} | {written(c['opened'])} | {written(c['closed'])} | {written(c['plan'])} "
        f"| {c['age']} | {c['level']}"
        for c in cases
        if c["sender"] == sender
    ]
    header = "fall_id | ags | aufnahme_am | beendet_am | integrationsplan_am | altersgruppe | sprachniveau"
    observed = [f"{o['case']['id']} | {written(o['on'])} | sprachniveau | {o['level']}" for o in own(seen)]
    agreed = [
        f"{g['id']} | {g['case']['id']} | {g['area']} | {g['status']} | {written(g['agreed'])} "
        f"| {written(g['ended'])}"
        for g in own(goals)
    ]
    goal_header = "ziel_id | fall_id | zielbereich | zielstatus | vereinbart_am | abgeschlossen_am"
    figures.hand_in(
        sender=sender,
        reporting_date=written(AS_OF[sender]),
        faelle="\n".join([header, *lines]),
        verlauf="\n".join(["fall_id | datum | merkmal | wert", *observed]),
        ziele="\n".join([goal_header, *agreed]),
    )


@pytest.fixture(scope="module", params=(1, 2, 3))
def both(request, tmp_path_factory):
    cases, seen, goals = invent(request.param)
    figures = Figures(tmp_path_factory.mktemp(f"oracle-{request.param}"))
    for sender in AS_OF:
        hand_in(figures, sender, cases, seen, goals)
    return figures.build(), cases, seen, goals


def months():
    for number in range(1, 13):
        yield f"2018-{number:02}", date(2018, number, 1), date(2018, number, monthrange(2018, number)[1])


def years_later(on, years):
    return on.replace(year=on.year + years, day=min(on.day, monthrange(on.year + years, on.month)[1]))


def test_stocks_flows_plans_and_long_cases_of_every_place_and_month(both):
    figures, cases, _, _ = both
    for place in PLACES:
        of_place = [case for case in cases if case["place"] == place]
        known_until = AS_OF["amt-b" if place == "08111000" else "amt-a"]
        for period, first, last in months():
            row = figures.row("cases", area_code=place, period=period)
            if last > known_until:
                assert row["active_cases"] is None
                continue
            open_then = [
                c for c in of_place if c["opened"] <= last and (c["closed"] is None or c["closed"] > last)
            ]
            assert row["active_cases"] == len(open_then), (place, period)
            assert row["with_plan"] == sum(c["plan"] is not None and c["plan"] <= last for c in open_then)
            assert row["over_36"] == sum(years_later(c["opened"], 3) < last for c in open_then)
            assert row["opened"] == sum(first <= c["opened"] <= last for c in of_place)
            assert row["closed"] == sum(bool(c["closed"]) and first <= c["closed"] <= last for c in of_place)


def level_at(case, seen, last):
    """The last level observed by that day; the one of the case table is observed on the last day known."""
    known = AS_OF[case["sender"]]
    observed = [(o["on"], 0, o["level"]) for o in seen if o["case"] is case and o["on"] <= last]
    final = min(case["closed"] or known, known)
    if case["level"] and final <= last:
        observed.append((final, 1, case["level"]))
    return observed


def test_language_of_adults_as_it_was_known_at_the_end_of_each_month(both):
    figures, cases, seen, _ = both
    for place in PLACES[:3]:
        for period, _, last in months():
            adults = [
                c
                for c in cases
                if c["place"] == place
                and c["age"] in ADULT
                and c["opened"] <= last
                and (c["closed"] is None or c["closed"] > last)
            ]
            levels = [sorted(observed)[-1][2] for c in adults if (observed := level_at(c, seen, last))]
            row = figures.row("outcomes", area_code=place, period=period)
            assert row["language_known"] == len(levels), (place, period)
            assert row["language_at_b1"] == sum(level in ("B1", "C1") for level in levels), (place, period)


def test_goals_and_the_people_behind_them_by_cohort(both):
    figures, _, _, goals = both
    quarter = {"2018-Q1": (1, 3), "2018-Q2": (4, 6), "2018-Q3": (7, 9)}
    for place in ("08425", "08421"):
        for period, (start, end) in quarter.items():
            cohort = [
                g
                for g in goals
                if g["agreed"]
                and g["case"]["place"].startswith(place)
                and g["agreed"].year == 2018
                and start <= g["agreed"].month <= end
            ]
            attained = [g for g in cohort if g["status"] == "Ziel erreicht"]
            row = figures.row("goals", area_code=place, period=period, goal_area="gesamt")
            assert row["agreed"] == len(cohort)
            assert row["agreed_persons"] == len({g["case"]["id"] for g in cohort})
            assert row["attained"] == len(attained)
            assert row["attained_persons"] == len({g["case"]["id"] for g in attained})


def whole_months(start, end):
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def test_goals_at_risk_and_attained_by_months_since_the_agreement(both):
    figures, _, _, goals = both
    for place in ("08421", "08425"):
        lasting = [
            (whole_months(g["agreed"], g["ended"] or AS_OF[g["case"]["sender"]]), g)
            for g in goals
            if g["agreed"] and g["case"]["place"].startswith(place)
        ]
        for row in figures.rows("goal_durations", area_code=place, goal_area="gesamt"):
            start = row["months"] - 3
            at_risk = [(lasted, g) for lasted, g in lasting if lasted >= start]
            attained = [g for lasted, g in at_risk if lasted < start + 3 and g["status"] == "Ziel erreicht"]
            assert row["at_risk"] == len(at_risk)
            assert row["at_risk_persons"] == len({g["case"]["id"] for _, g in at_risk})
            assert row["attained"] == len(attained)
            assert row["attained_persons"] == len({g["case"]["id"] for g in attained})
