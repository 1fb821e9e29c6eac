"""What sentences claim, held against the exact figures of the same store."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache

from data.access.rights import COMMAND, PUBLIC
from data.disclosure.published import Cell, Gap, Published, Ratio, Role, is_number
from data.foundation import areas
from data.publish import ask
from data.questions import catalogue
from data.questions.filters import Filters
from pages.figures import sentences
from pages.text import claims
from pages.text.claims import Cited, Claim, Kind
from pages.text.words import of

PEOPLE = 2  # a change by no more is nothing that changed


@dataclass
class Held:
    """How many claims were checked, and those that the exact figures contradict."""

    changes: int = 0
    superlatives: int = 0
    unknown: int = 0
    wrong_sign: list[Claim] = field(default_factory=list)
    nothing_changed: list[Claim] = field(default_factory=list)
    not_ahead: list[Claim] = field(default_factory=list)
    ranks: int = 0
    wrong_rank: list[Claim] = field(default_factory=list)


def against_exact(said: Iterable[Claim]) -> Held:
    """Check each claim. Exact figures have to be open."""
    found = Held()
    for claim in dict.fromkeys(said):
        if claim.kind is Kind.CHANGE and claim.direction in ("more", "less"):
            now, before = (_exact(cell) for cell in claim.cells)
            if not is_number(now) or not is_number(before):
                found.unknown += 1
                continue
            found.changes += 1
            difference = (float(now) - float(before)) * (1 if claim.direction == "more" else -1)
            if difference < 0:
                found.wrong_sign.append(claim)
            if _deviates(claim.cells[0]) and not _by_people(now, before):
                found.nothing_changed.append(claim)
        elif claim.kind is Kind.AHEAD and claim.others:
            sign = -1 if claim.direction == "least" else 1
            ahead, others = ([_exact(cell) for cell in cells] for cells in (claim.cells, claim.others))
            if not all(is_number(cell) for cell in (*ahead, *others)):
                found.unknown += 1
                continue
            found.superlatives += 1
            if min(sign * float(cell) for cell in ahead) <= max(sign * float(cell) for cell in others):
                found.not_ahead.append(claim)
        elif claim.kind is Kind.RANK:
            holds = _rank_holds(claim)
            found.ranks += holds is not None
            if holds is False:
                found.wrong_rank.append(claim)
    return found


def every_claim(chosen: Filters, lang: str = "de") -> Iterator[Claim]:
    """Whatever could be said of an area, of which what pages say is a part.

    Of each question about it: each change of each number against the year before, and what is ahead in each
    column. What is asked of all places at once (a map, the senders) is said with the Land.
    """
    words = of(lang)
    for name in catalogue.public():
        if name.startswith("publishing/") or not (_is_of_a_place(name) or chosen.area_code == areas.LAND):
            continue
        answer = ask(name, chosen, PUBLIC)
        numbers = [column.name for column in answer.columns if column.role is not Role.DIMENSION]
        time = next((each for each in ("period", "cohort", "budget_year") if each in answer.names), None)
        for of_place in _parts(answer) if _is_of_a_place(name) else [answer]:
            for number in numbers:
                if time and "year_before" in answer.names:
                    for at in of_place.column(time):
                        _, claim = sentences.year_before(
                            of_place, number, words=words, time=time, **{time: at}
                        )
                        if claim:
                            yield claim
                for least in (False, True):
                    found = claims.ahead(of_place, number, list(of_place), least=least)
                    if found.surely:
                        yield claims.of_ahead(of_place, number, found, least=least)


def _rank_holds(claim: Claim) -> bool | None:
    """Whether the exact rank lies between the best and the worst place that are claimed; None if unknown."""
    own, others = _exact(claim.cells[0]), [_exact(cell) for cell in claim.others]
    if not all(is_number(cell) for cell in (own, *others)):
        return None
    best, worst = map(int, claim.direction.split("-"))
    above = sum(float(cell) > float(own) for cell in others)  # type: ignore[arg-type]
    below = sum(float(cell) < float(own) for cell in others)  # type: ignore[arg-type]
    return best <= 1 + above and len(others) + 1 - below <= worst


@contextmanager
def heard() -> Iterator[list[Claim]]:
    """Every claim that pages make while it is open."""
    made: list[Claim] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            made.append(record.claim)  # type: ignore[attr-defined]

    ear, level = Ear(), claims.LOG.level
    claims.LOG.addHandler(ear)
    claims.LOG.setLevel(logging.DEBUG)
    try:
        yield made
    finally:
        claims.LOG.removeHandler(ear)
        claims.LOG.setLevel(level)


def _is_of_a_place(name: str) -> bool:
    return "area_code" in catalogue.query(name).params


def _parts(answer: Published) -> list[Published]:
    """One for each area, breakdown and feature: within one, rows are compared."""
    by = [name for name in ("area_code", "breakdown", "feature") if name in answer.names]
    if not by:
        return [answer]
    parts: dict[tuple[Cell, ...], list[tuple[Cell, ...]]] = {}
    for row, part in zip(answer.rows, zip(*map(answer.column, by), strict=True), strict=True):
        parts.setdefault(part, []).append(row)
    return [
        replace(
            answer,
            rows=tuple(rows),
            narrowed=tuple((dict(answer.narrowed) | dict(zip(by, part, strict=True))).items()),
        )
        for part, rows in parts.items()
    ]


def _exact(cell: Cited) -> Cell:
    """The exact figure, or a gap where there is none."""
    names = tuple(name for name, _ in cell.row)
    found = _indexed(cell.query, replace(cell.asked or Filters(), edition=None), names)
    return found.get(tuple(value for _, value in cell.row), {}).get(cell.column, Gap.UNKNOWN)


@lru_cache(maxsize=64)
def _indexed(query: str, asked: Filters, names: tuple[str, ...]) -> dict[tuple[Cell, ...], dict[str, Cell]]:
    return {tuple(row[name] for name in names): row for row in ask(query, asked, COMMAND)}


def _deviates(cell: Cited) -> bool:
    if isinstance(cell.value, Ratio):
        return cell.value.deviates
    query = catalogue.query(cell.query)
    return cell.column in (*query.counts, *(each.name for each in query.differences))


def _by_people(now: Cell, before: Cell) -> bool:
    """Whether more than two people changed it, or what is no number of people (posts)."""
    if isinstance(now, Ratio) and isinstance(before, Ratio):
        if not now.base_counts and now.base != before.base:
            return True
        return abs(now.part - before.part) > PEOPLE or abs(now.base - before.base) > PEOPLE
    return abs(float(now) - float(before)) > PEOPLE  # type: ignore[arg-type]


def turned(claim: Claim, direction: str) -> Claim:
    """The same claim with another direction."""
    return replace(claim, direction=direction)
