"""How language, work, housing, recognition and benefits change while a person is counselled.

Each field has a course: its values over time, per case, as observations in order. The table verlauf holds
what offices noted of these, at the start and at changes.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.demo import arrow_columns, drawing
from data.demo.drawing import MONTH, NEVER, Integers, Rows, happens, months_later, pick, pick_by
from data.demo.persons import Persons
from data.demo.spells import Spells

Step = tuple[Integers, Integers]  # per case: the day of a change (NEVER = none) and the new code

WORKING = ("sozialversicherungspflichtig", "selbstständig")
# First occupation (keine, Minijob, soz., selbst., Ausb., Studium, Schule, Sprachkurs, Maßnahme, Elternzeit)
FIRST_JOB: Rows = [
    [54, 5, 6, 0.3, 1.5, 0.6, 0, 26, 3, 4],
    [20, 1, 0.3, 0, 2, 0, 64, 11, 2, 0],
    [100, 0, 0, 0, 0, 0, 0, 0, 0, 0],
]
# What the levels from kein to C2 take; the upper ones are further apart.
NEEDED = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.3, 6.9, 9.0])
LATER_JOB = [5, 23, 46, 2.5, 13, 2.5, 0, 0, 8, 0]
# Share of the cases whose development in a field is noted at all.
NOTED = {
    "sprachniveau": 0.75,
    "beschaeftigung": 0.75,
    "unterbringung": 0.70,
    "anerkennung": 0.50,
    "leistungsbezug": 0.15,
}


@dataclass(frozen=True)
class Course:
    """All observations (case position, day, code), and per case the latest code and the day it began."""

    case: Integers
    day: Integers
    code: Integers
    latest: Integers
    changed: Integers


@dataclass(frozen=True)
class Development:
    """One course per field of the table verlauf."""

    sprachniveau: Course
    beschaeftigung: Course
    unterbringung: Course
    anerkennung: Course
    leistungsbezug: Course

    def working(self) -> Integers:
        """1 where the person earns a living at the end: insured work or self-employed."""
        codes = [drawing.code_of("beschaeftigung", name) for name in WORKING]
        return np.isin(self.beschaeftigung.latest, codes).astype(np.int64)


def drawn(rng: np.random.Generator, spells: Spells, persons: Persons) -> Development:
    """The courses of all cases, from the first to the last day on record."""
    job = _work(rng, spells, persons)
    return Development(
        sprachniveau=_language(rng, spells, persons),
        beschaeftigung=job,
        unterbringung=_housing(rng, spells, persons),
        anerkennung=_recognition(rng, spells, persons),
        leistungsbezug=_benefits(rng, spells, persons, job),
    )


def verlauf(
    rng: np.random.Generator, case_ids: pa.Array, persons: Persons, development: Development
) -> pa.Table:
    """One row per observation; work and language of persons from 15 on, recognition where it is needed."""
    parts = []
    for field, share in NOTED.items():
        course = getattr(development, field)
        noted = happens(rng, share, len(case_ids))
        if field in ("sprachniveau", "beschaeftigung"):
            noted &= persons.age >= 15
        if field == "anerkennung":
            noted &= course.latest != drawing.code_of("anerkennung", "nicht erforderlich")
        rows = noted[course.case]
        parts.append(
            pa.table(
                {
                    "fall_id": case_ids.take(pa.array(course.case[rows])),
                    "datum": arrow_columns.days(course.day[rows]),
                    "merkmal": arrow_columns.constant(field, int(rows.sum())),
                    "wert": arrow_columns.choice(course.code[rows], drawing.values_of(field)),
                }
            )
        )
    return pa.concat_tables(parts).unify_dictionaries().combine_chunks()


def _followed(start: Integers, steps: list[Step], spells: Spells) -> Course:
    """Begin with `start` on the first day; take each step that is later, different and still on record."""
    cases = np.arange(len(start))
    latest, changed = start.astype(np.int64), spells.opened.copy()
    seen = [(cases, spells.opened, latest)]
    for days, codes in steps:
        taken = (days > changed) & (days <= spells.last) & (codes != latest)
        latest, changed = np.where(taken, codes, latest), np.where(taken, days, changed)
        seen.append((cases[taken], days[taken], codes[taken].astype(np.int64)))
    case, day, code = (np.concatenate(parts) for parts in zip(*seen, strict=True))
    return Course(case, day, code, latest, changed)


def _language(rng: np.random.Generator, spells: Spells, persons: Persons) -> Course:
    count = len(spells.opened)
    schooled = np.array([0.0, 0.05, 0.12, 0.25, 0.45, 0.3])[persons.school]
    first = np.clip(rng.normal(0.9, 1.0, count) + schooled, 0, 5.4)
    # Levels grow with the square root of time: quickly in the first course, slowly from B1 on.
    pace = rng.lognormal(-1.15, 0.5, count) * (0.8 + schooled) * np.where(persons.age < 25, 1.25, 1.0)
    steps: list[Step] = []
    for level, needed in enumerate(NEEDED[1:], 1):
        months = ((needed - first) / pace) ** 2
        reached = (needed > first) & (months < 140)
        days = np.where(reached, spells.opened + (np.minimum(months, 200) * MONTH).astype(np.int64), NEVER)
        steps.append((days, np.full(count, level, dtype=np.int64)))
    start = np.where(happens(rng, 0.003, count), 8, np.searchsorted(NEEDED, first, side="right") - 1)
    steps = [(np.where(start == 8, NEVER, days), codes) for days, codes in steps]
    return _followed(start, steps, spells)


def _work(rng: np.random.Generator, spells: Spells, persons: Persons) -> Course:
    count, age = len(spells.opened), persons.age_at_start
    group = np.where((age < 6) | (age >= 64), 2, np.where(age < 17, 1, 0))
    start = pick_by(rng, FIRST_JOB, group)
    child, able = drawing.code_of("beschaeftigung", "Schule"), (age >= 16) & (age < 62)
    school_day = spells.opened + ((6 - age) * 365.25).astype(np.int64)
    course = spells.opened + months_later(rng, 9, count)
    job = spells.opened + months_later(rng, np.where(persons.sex == 1, 84.0, 46.0), count) + 60
    course_over = course + months_later(rng, 12, count)
    fixed = job + months_later(rng, 30, count)
    nothing = np.zeros(count, dtype=np.int64)
    ready = spells.opened + np.maximum((17.5 - age) * 365.25, 0).astype(np.int64)
    return _followed(
        start,
        [
            (np.where(age < 6, school_day, NEVER), np.full(count, child)),
            (
                np.where(able & (start == 0) & (course < job) & happens(rng, 0.7, count), course, NEVER),
                np.where(happens(rng, 0.8, count), drawing.code_of("beschaeftigung", "Sprachkurs"), 8),
            ),
            (np.where(able & (course_over < job) & happens(rng, 0.6, count), course_over, NEVER), nothing),
            (np.where(persons.age_at_start < 62, np.maximum(job, ready), NEVER), pick(rng, LATER_JOB, count)),
            (np.where(able & happens(rng, 0.5, count), fixed, NEVER), np.full(count, 2)),
        ],
        spells,
    )


def _housing(rng: np.random.Generator, spells: Spells, persons: Persons) -> Course:
    count = len(spells.opened)
    start = pick_by(rng, [[9, 78, 13], [5, 42, 53]], spells.ukraine.astype(np.int64))
    follow = spells.opened + months_later(rng, 4, count)
    private = spells.opened + months_later(rng, np.where(persons.household == 1, 68.0, 92.0), count) + 45
    follow = np.where((start == 0) & (follow < private), follow, NEVER)
    return _followed(start, [(follow, np.full(count, 1)), (private, np.full(count, 2))], spells)


def _recognition(rng: np.random.Generator, spells: Spells, persons: Persons) -> Course:
    count = len(spells.opened)
    foreign = np.isin(persons.vocation, [1, 3]) & persons.adult
    applied = spells.opened + months_later(rng, np.where(persons.vocation == 3, 20.0, 34.0), count)
    decided = applied + months_later(rng, 9, count) + 60
    outcome = np.array([4, 3, 5])[pick(rng, [56, 29, 15], count)]
    start = np.where(foreign, 1, 0)
    steps = [
        (np.where(foreign, applied, NEVER), np.full(count, 2)),
        (np.where(foreign, decided, NEVER), outcome),
    ]
    return _followed(start, steps, spells)


def _benefits(rng: np.random.Generator, spells: Spells, persons: Persons, job: Course) -> Course:
    count = len(spells.opened)
    old = persons.age_at_start >= 65
    protected = np.isin(persons.status, [1, 2, 4])
    start = np.where(protected & happens(rng, 0.72, count), 1, 0)
    start = np.where(old & protected, 2, np.where(happens(rng, 0.015, count), 3, start))
    moved = np.where(protected & (start == 0), spells.opened + months_later(rng, 7, count), NEVER)
    independent = np.where(
        np.isin(job.latest, [2, 3]) & happens(rng, 0.66, count) & ~old,
        job.changed + rng.integers(1, 90, count),
        NEVER,
    )
    return _followed(start, [(moved, np.full(count, 1)), (independent, np.full(count, 4))], spells)
