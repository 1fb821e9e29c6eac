"""Whether a place surely has most or least of a measure among all of its level."""

from data.disclosure import bounds
from data.disclosure.published import is_number
from data.foundation import areas
from data.questions.filters import Filters
from pages.checked import rest
from pages.checked.understood import Read
from pages.figures.described import Described
from pages.figures.wanted import Wanted
from pages.maps import boundaries
from pages.named import every, overview
from pages.text.words import Words

MAP = "overview_map"
HIGHEST = "highest of all"  # how the note of a published amount begins whose source says so


def of(read: Read, period: str, figure: Described, words: Words) -> tuple[int, str]:
    """1 where no other place has surely more (or less) and the place has surely more than all, -1 where
    another one has, with its code; 0 where nobody can tell.
    """
    if "amount_eur" in figure.published.names:
        return _of_published(read, period, figure)
    level = areas.level(read.place)
    if read.measure.column not in overview.MAPPED or level not in boundaries.FILES:
        return 0, ""
    edition = str(figure.chosen.edition)
    wanted = Wanted(Filters(read.place, period=period, edition=edition), words, alone=True)
    (mapped,) = every.of(MAP, every.choose(wanted, {"measure": read.measure.column, "level": level}))
    if read.measure.column not in overview.YEARLY and mapped.chosen.period != period:
        return 0, ""  # a month, of which there is a map of its quarter alone
    answer, name = mapped.published, read.measure.column
    own = answer.cell(name, area_code=read.place)
    others = [row for row in answer if row["area_code"] != read.place]
    if not is_number(own):
        return 0, ""
    sign = 1 if read.left.rank == rest.MOST else -1
    ways = [
        sign * bounds.told_apart(answer, name, own, row[name]) if is_number(row[name]) else 0
        for row in others
    ]
    if -1 in ways:
        return -1, str(others[ways.index(-1)]["area_code"])
    return (1, "") if ways and all(ways) else (0, "")


def _of_published(read: Read, period: str, figure: Described) -> tuple[int, str]:
    """Of amounts with a source: not all places are among them, so another one may be ahead of a place, and it
    is itself the first where its source says so, or all of its level are there.
    """
    level = areas.level(read.place)
    rows = [
        row
        for row in figure.published
        if str(row["budget_years"]) == period and areas.level(str(row["area_code"])) == level
    ]
    own = [row for row in rows if row["area_code"] == read.place]
    largest = max(rows, key=lambda row: float(str(row["amount_eur"])), default=None)
    if read.left.rank != rest.MOST or not own or largest is None:
        return 0, ""
    if largest["area_code"] == read.place:
        every = sum(each.level == level for each in areas.register().values())
        is_said = any(str(row["note"]).startswith(HIGHEST) for row in own)
        return int(is_said or len({row["area_code"] for row in rows}) == every), ""
    return -1, str(largest["area_code"])
