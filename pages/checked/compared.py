"""Whether a number was published: as it is, within its rounding, within the bounds of a deviation, or not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from data import publish
from data.access.rights import PUBLIC
from data.disclosure import bounds
from data.disclosure.bands import Band
from data.disclosure.bounds import Range
from data.disclosure.published import Cell, Gap, Published, Ratio, is_number
from data.foundation import periods
from data.foundation.errors import DashboardError
from data.foundation.languages import DEFAULT
from data.questions.filters import Filters
from data.releases.notices import Notice
from pages.checked import amounts, mentions, ranks
from pages.checked.amounts import Amount
from pages.checked.understood import EURO, PERCENT, PERIOD, Read
from pages.figures.described import Described
from pages.figures.wanted import Wanted
from pages.named import every
from pages.text import precision
from pages.text.words import Words, of

RELEASES = 12  # so many are looked back at
SHARE_ABOUT, SHARE_ROUGH = 0.03, 0.025  # of a share that is told roughly
ABOUT = 0.05
NEAR_SHARE, NEAR = 0.05, 0.1  # how far "knapp" and "gut" reach
PUBLISHED = "funds_published"
TINY = 1e-9


class Verdict(Enum):
    """What a number is beside the published one.

    UNREAD: the sentence says more than was understood; LITERAL: and stands in the release word for word.
    RANK: another place has more, or less, than the one that is said to have most, or least; TIED: nobody can
    tell. PLACE: the number is none of the town, and that of the Kreis of its name. ASKED: a question.
    """

    AGREES = "agrees"
    ROUNDED = "rounded"
    BOUNDS = "bounds"
    DIFFERS = "differs"
    WITHHELD = "withheld"
    UNKNOWN = "unknown"
    UNREAD = "unread"
    RANK = "rank"
    TIED = "tied"
    LITERAL = "literal"
    PLACE = "place"
    ASKED = "asked"


@dataclass(frozen=True)
class Found:
    """A published number: the figure in which it stands, its column and cell, and the period it is of."""

    figure: Described
    published: Published
    column: str
    cell: Cell
    period: str


@dataclass(frozen=True)
class Checked:
    """The answer: `since` is the release that had this number first, `was` one that had what is claimed.
    `unread` are words that nobody understood, `other` is the place that is ahead, or the Kreis that is meant.
    `can_be_right`: with the published number the sentence would be.
    """

    read: Read
    verdict: Verdict
    found: Found
    since: Notice | None = None
    was: Notice | None = None
    unread: tuple[str, ...] = ()
    other: str = ""
    can_be_right: bool = True

    @property
    def is_judged(self) -> bool:
        """Whether a number is known and said to be right or wrong, and the sentence is right with that."""
        return self.can_be_right and (self.agrees or self.verdict is Verdict.DIFFERS)

    def right(self) -> str:
        """The sentence with the published number in place of its own; as it is where that is right."""
        text, number = self.read.text, self.read.amount
        if self.verdict not in (Verdict.BOUNDS, Verdict.DIFFERS) or not is_number(self.found.cell):
            return text
        words, cell = of(self.read.lang), self.found.cell
        value = self.value(words)
        if not number.unit:
            # People and posts are named by the sentence itself.
            value = words.number(cell, 0 if isinstance(cell, int) else 1)  # type: ignore[arg-type]
            if isinstance(cell, Ratio) and cell.deviates:
                value = precision.bare(cell, _unit(self.found.published, self.found.column), words)
        return f"{text[: number.begin]}{value}{text[number.end :]}"

    def value(self, words: Words) -> str:
        """The published number as it is written."""
        found = self.found
        return words.cell(found.cell, found.column, found.published.role(found.column))

    @property
    def agrees(self) -> bool:
        """Whether nothing published speaks against it."""
        return self.verdict in (Verdict.AGREES, Verdict.ROUNDED, Verdict.BOUNDS, Verdict.LITERAL)


def check(read: Read, words: Words) -> Checked:
    """What the newest release says of a sentence, and what the ones before said. Raises NoFiguresError."""
    every_release = publish.releases()
    now = _best(read, every_release[-1].name if every_release else None, words)
    if read.asks:
        return Checked(read, Verdict.ASKED, now)
    if left := _unread(read, now):
        if _as_written(read, now, words):
            return Checked(read, Verdict.LITERAL, now)
        return Checked(read, Verdict.UNREAD, now, unread=left)
    verdict = compare(read.amount, now.cell, now.published, now.column)
    if read.left.rank:
        way, first = ranks.of(read, now.period, now.figure, words)
        if way < 0:
            return Checked(read, Verdict.RANK, now, other=first)
        if not way and verdict is not Verdict.DIFFERS:
            return Checked(read, Verdict.TIED, now)
        if not way:  # with the right number it would be no right sentence
            return Checked(read, verdict, now, can_be_right=False)
    if verdict is Verdict.DIFFERS and read.plainly and (kreis := mentions.kreis(read.place)):
        there = _best(replace(read, place=kreis), now.figure.published.edition.version, words)
        if compare(read.amount, there.cell, there.published, there.column) in (
            Verdict.AGREES,
            Verdict.ROUNDED,
        ):
            return Checked(read, Verdict.PLACE, now, other=kreis)
    since, was = None, None
    for notice in reversed(every_release[-RELEASES:]):
        before = now if notice is every_release[-1] else _same(read, now, notice.name, words)
        if before is not None and before.cell == now.cell and (since is None or was is None):
            since = notice
            continue
        if before is not None and is_number(before.cell) and verdict is Verdict.DIFFERS and was is None:
            then = compare(read.amount, before.cell, before.published, before.column)
            was = notice if then in (Verdict.AGREES, Verdict.ROUNDED) else None
        break
    return Checked(read, verdict, now, since, was)


def _as_written(read: Read, now: Found, words: Words) -> bool:
    """Whether a sentence is that of the figure, word for word: then all of it was published."""
    spoken = of(read.lang)
    same = spoken.lang == words.lang or now.figure.key == PUBLISHED
    figure = now.figure if same else _figure(read, now.figure.chosen, spoken)
    return " ".join(read.text.rstrip(". ").split()) == " ".join(figure.heading.split())


def _unread(read: Read, now: Found) -> tuple[str, ...]:
    """What was not understood; for how many years an amount is said to be, if it is for others."""
    other = read.years if read.years and read.years[0] != _years(now) else None
    return (*read.left.words, *([other[1]] if other else []))


def _years(found: Found) -> int:
    """For how many years an amount is."""
    known, span = periods.read(found.period), found.period.split("-")
    return known.year - known.first_year + 1 if known else int(span[-1]) - int(span[0]) + 1


def compare(amount: Amount, cell: Cell, published: Published, column: str) -> Verdict:
    """What a number is beside a published cell."""
    if isinstance(cell, Band):
        low, high = cell.low, cell.high
        around = _around(amount, PERCENT)
        return Verdict.BOUNDS if around.low <= high and low <= around.high else Verdict.DIFFERS
    if not is_number(cell):
        return Verdict.WITHHELD if cell is Gap.WITHHELD else Verdict.UNKNOWN
    # A rate as it is told: digits that its bounds don't bear were never published.
    value = precision.rounded(cell, _unit(published, column))  # type: ignore[arg-type]
    unit = PERCENT if amount.unit == PERCENT else ""
    around = _around(amount, unit, whole=isinstance(cell, int))
    if around.low - TINY <= value <= around.high + TINY and not _excluded(amount, value):
        plain = not amount.said and not amount.rough and abs(value - amount.value) < TINY
        return Verdict.AGREES if plain else Verdict.ROUNDED
    within = bounds.likely(published, column, cell) if unit else bounds.certain(published, column, cell)
    if bounds.deviates(published, column, cell) and around.low <= within.high and within.low <= around.high:
        return Verdict.BOUNDS
    return Verdict.DIFFERS


def _unit(published: Published, column: str) -> str:
    return of(DEFAULT).unit(column, published.role(column))


def _excluded(amount: Amount, value: float) -> bool:
    """More than a number is not that number."""
    return amount.said in (amounts.OVER, amounts.UNDER) and abs(value - amount.value) < TINY


def _around(amount: Amount, unit: str, *, whole: bool = False) -> Range:
    """What a number may stand for, by how it is said. A count is `whole`: 5 is not 5.2 rounded."""
    value, half = amount.value, _half(amount, unit, whole=whole)
    near = NEAR_SHARE if unit else NEAR * value
    match amount.said:
        case amounts.OVER | amounts.LEAST:
            return Range(value, float("inf"))
        case amounts.UNDER | amounts.MOST:
            return Range(0.0, value)
        case amounts.NEARLY:
            return Range(value - near, value)
        case amounts.GOOD:
            return Range(value, value + near)
    return Range(value - half, value + half)


def _half(amount: Amount, unit: str, *, whole: bool) -> float:
    """Half of the digit to which a number is told."""
    about = amount.said == amounts.ABOUT
    if unit:
        rough = SHARE_ROUGH if amount.rough else amount.step / 2
        return max(rough, SHARE_ABOUT) if about else rough
    value, step = amount.value, amount.step
    if step >= 1:
        # Noughts at the end may be rounded, as long as two digits are told: 3,200, and not 3,000.
        digits = str(round(value / step))
        noughts = len(digits) - len(digits.rstrip("0"))
        step *= 10 ** max(0, noughts if about else min(noughts, len(digits) - 2))
    if about:
        return max(step / 2, ABOUT * value)
    return 0.0 if step == 1 and (whole or amount.unit == EURO) else step / 2


def _best(read: Read, release: str | None, words: Words) -> Found:
    """The published number that a sentence is about. Of several amounts of money: one that agrees, else one
    of the same years, the nearest first.
    """
    found = list(_numbers(read, release, words)) or [_nothing(read, release, words)]
    found = [each for each in found if read.years and read.years[0] == _years(each)] or found
    agreeing = [each for each in found if is_number(each.cell) and _agrees(read, each)]
    numbers = [each for each in found if is_number(each.cell)]
    if agreeing or not numbers:
        return (agreeing or found)[0]
    if read.measure.unit != EURO:
        return numbers[0]

    def distance(each: Found) -> tuple[bool, float]:
        other_years = bool(read.periods) and each.period not in read.periods
        return other_years, abs(float(each.cell) - read.amount.value)  # type: ignore[arg-type]

    return min(numbers, key=distance)


def _agrees(read: Read, found: Found) -> bool:
    return compare(read.amount, found.cell, found.published, found.column) in (
        Verdict.AGREES,
        Verdict.ROUNDED,
    )


def _same(read: Read, now: Found, release: str, words: Words) -> Found | None:
    """The same number in another release; None where that has no such figure."""
    try:
        found = _numbers(read, release, words)
        return next(
            (
                each
                for each in found
                if (each.column, each.period, each.figure.key) == (now.column, now.period, now.figure.key)
            ),
            None,
        )
    except DashboardError:
        return None


def _numbers(read: Read, release: str | None, words: Words) -> Iterator[Found]:
    if read.measure.unit == EURO:
        yield from _published(read, release, words)
        whole_years = [
            each for each in read.periods if (known := periods.read(each)) and known.first_year == known.year
        ]
        if not whole_years and PERIOD not in read.assumed:
            return
    edition = publish.edition(PUBLIC, release)
    for code in read.periods or (edition.period,):
        if periods.read(code) is None:
            continue
        found = _figure(read, Filters(read.place, period=code, edition=edition.version), words)
        where = found.chosen.this_year if "budget_year" in found.published.names else found.chosen.now
        there = {name: value for name, value in where.items() if name in found.published.names}
        cell = found.published.cell(read.measure.column, **there)
        yield Found(found, found.published, read.measure.column, cell, str(found.chosen.period))


def _nothing(read: Read, release: str | None, words: Words) -> Found:
    """No number, of a time of which there are none: 2018 to 2025 is neither a phase nor the programme."""
    edition = publish.edition(PUBLIC, release)
    found = _figure(read, Filters(read.place, period=edition.period, edition=edition.version), words)
    return Found(found, found.published, read.measure.column, Gap.UNKNOWN, read.periods[0])


def _figure(read: Read, chosen: Filters, words: Words) -> Described:
    wanted = Wanted(chosen, words, alone=True)
    recipe = every.recipe(read.measure.figure)
    (found,) = every.of(
        read.measure.figure,
        every.choose(wanted, {name: each(wanted).default for name, each in recipe.choices.items()}),
    )
    return found


def _published(read: Read, release: str | None, words: Words) -> Iterator[Found]:
    """Amounts that somebody published, with their source: of any stage where the sentence says none."""
    edition = publish.edition(PUBLIC, release)
    wanted = Wanted(Filters(read.place, period=edition.period, edition=edition.version), words, alone=True)
    (listed,) = every.of(PUBLISHED, wanted)
    stage = "" if read.measure.column == "planned_eur" else read.measure.stage
    years = [known for each in read.periods if (known := periods.read(each))]
    spans = [tuple(each.split("-")) for each in read.periods if periods.read(each) is None and "-" in each]
    for row in listed.published.where(area_code=read.place):
        told = str(row["budget_years"])
        first, last = (int(told[:4]), int(told[-4:]))
        meant = [(each.first_year, each.year) for each in years] + [(int(a), int(b)) for a, b in spans]
        if not str(row["stage"]).startswith(stage) or (
            meant and not any(a <= last and first <= b for a, b in meant)
        ):
            continue
        one = replace(
            listed.published,
            rows=tuple(each for each in listed.published.rows if each == tuple(row.values())),
        )
        yield Found(listed, one, "amount_eur", row["amount_eur"], told)
