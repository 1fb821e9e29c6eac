"""A grouping and the published values of its municipalities; what may be said of their sums."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from data.disclosure import bounds, sums
from data.disclosure.published import Cell, Published, is_number
from data.foundation import areas
from data.questions.filters import Filters
from pages.figures import sentences
from pages.figures.sentences import Change
from pages.figures.wanted import Wanted
from pages.reading import groups
from pages.reading.groups import Group
from pages.text.words import Words

FROM_KREIS = 2025  # from this budget year on money and posts stand with the Kreise (rule of 2025)
ABOUT = 0.01  # numbers that differ by so small a share are about the same
MONEY, PLANNED = "approved_eur", "planned_eur"
OF_INSTITUTIONS = ("approved_vzae", "filled_vzae", "fill_rate", "caseload")


@dataclass(frozen=True)
class Together:
    """The group, the choices, and the answers, each with a row for every municipality and period or year."""

    group: Group
    chosen: Filters
    profile: Published
    over_time: Published
    funds: Published

    @property
    def every(self) -> int:
        """How many municipalities are in the group."""
        return len(self.group.places)

    @property
    def now(self) -> Published:
        """The values of each municipality at the chosen period."""
        return self.profile.where(period=self.chosen.period)

    @cached_property
    def by_kreis(self) -> bool:
        """Whether money and posts of some of these places stand with their Kreis at the chosen period."""
        return any(replace(self.chosen, area_code=code).kreis_holds_funds for code in self.group.places)

    @property
    def money_year(self) -> int | None:
        """The budget year of what is told of money: never one that is still running."""
        return self.chosen.of_full_year(self.funds.edition.day).budget_year

    @property
    def received(self) -> Published:
        """The funds of those municipalities that had money of their own approved, in each year.

        A planned amount is set for every municipality: beside what only some received it would seem unspent.
        """
        at = self.funds.names.index(MONEY)
        return replace(self.funds, rows=tuple(row for row in self.funds.rows if is_number(row[at])))

    @property
    def years(self) -> list[Cell]:
        """The budget years for which the municipalities had money of their own, oldest first."""
        mixed = any(
            replace(self.chosen, area_code=code, period=str(FROM_KREIS)).kreis_holds_funds
            for code in self.group.places
        )
        every = dict.fromkeys(self.received.column("budget_year"))
        return [year for year in every if not mixed or int(str(year)) < FROM_KREIS]


def of(wanted: Wanted) -> Together:
    """Ask for everything that the chosen grouping shows. Raises what `data.publish.ask` raises."""
    chosen = wanted.chosen
    profile = wanted.ask("groupings/profile")  # which raises for a grouping that there is not
    group = groups.of(chosen.edition, wanted.audience)[str(chosen.grouping)]
    return Together(group, chosen, profile, wanted.ask("groupings/over_time"), wanted.ask("groupings/funds"))


def kreise(group: Group) -> list[str]:
    """The Kreise in which the places lie, in the order of their keys."""
    return sorted({code for each in group.places if (code := areas.within(each, areas.KREIS))})


def share(words: Words, known: int, every: int, texts: str = "share") -> str:
    """Of how many places a sum is: aus 14 von 20 Gemeinden, aus nur 6 von 20, aus allen 20, aus keiner.

    With the `texts` for `both` it says in how many two sums are compared: in 14 von 20 Gemeinden.
    """
    way = "none" if not known else "all" if known == every else "few" if known * 2 < every else "some"
    return words.t(f"groupings.{texts}.{way}", known=words.number(known), every=words.number(every))


def known(published: Published, name: str) -> int:
    """How many places are in the sum of a column, in the first row."""
    cells = published.column(sums.places_of(name))
    return int(str(cells[0])) if cells else 0


def year_before(
    members: Published, name: str, *, words: Words, by: str, now: Cell
) -> tuple[Change, Published]:
    """What may be said of a sum against the year before, and both sums over the same places, now first.

    `Change.way` is `only` where no place shows both, and `unsure` where the two differ, but by no more than
    the deviations of all their places may have done.
    """
    before = members.where(**{by: now}).column("year_before")
    both = sums.over(members, name, by=by, at=(now, *before[:1]), same=True)
    cells = both.column(name)
    if len(cells) < 2:
        return Change("only"), both
    return change(both, name, cells[0], cells[1], words=words), both


def change(published: Published, name: str, now: Cell, before: Cell, *, words: Words) -> Change:
    """What may be said of two sums over the same places; `unsure` as in `year_before`."""
    found = sentences.change(published, name, now, before, words=words)
    return Change("unsure") if found.way == "same" and _differ(now, before) else found


def course(members: Published, name: str, *, by: str) -> tuple[Published, bool]:
    """The sums over time, and whether each is of the same places.

    They are, if at least half of the most that ever show a number show one all the time: places that come and
    go would make a course of their own.
    """
    every = sums.over(members, name, by=by)
    at = [row[by] for row in every if is_number(row[name])]
    if not at:
        return every, False
    same = sums.over(members, name, by=by, at=at, same=True)
    most = max(int(str(cell)) for cell in every.column(sums.places_of(name)))
    steady = 2 * int(str(same.column(sums.places_of(name))[0])) >= most
    return (same, True) if steady else (every, False)


def farthest(published: Published, name: str, cell: Cell) -> int:
    """By how much a sum may be off at most: each of its counts by the largest deviation; 0 if it is exact."""
    if not is_number(cell):
        return 0
    return round(bounds.certain(published, name, cell).high - float(cell))  # type: ignore[arg-type]


def _differ(now: Cell, before: Cell) -> bool:
    """Whether a reader would see two other numbers, not about the same one."""
    numbers = [float(cell) for cell in (now, before) if is_number(cell)]  # type: ignore[arg-type]
    return len(numbers) == 2 and abs(numbers[0] - numbers[1]) > ABOUT * max(map(abs, numbers))


def listed(codes: Sequence[str], words: Words) -> str:
    """The names of areas as one text."""
    return words.listed([words.area(code) for code in codes])
