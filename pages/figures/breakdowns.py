"""Who the people are, one figure for each breakdown; and places side by side, one line for each measure."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from data.disclosure.published import Gap, Published, Role
from data.foundation import areas
from pages.charts import bars
from pages.figures import finest, sentences
from pages.figures.described import Described
from pages.figures.finest import Finest
from pages.text import setting, whole
from pages.text.words import Words

AGES = ("0-5", "6-14", "15-17", "18-26", "27-44", "45-64", "65+")


@dataclass(frozen=True)
class Kinds:
    """What is told by its kinds: the question, its columns, and the texts below `texts` and the breakdown.

    `note`: whether the texts have one; `levels`: those of areas that have it.
    """

    query: str
    count: str
    texts: str
    category: str = "category"
    share: str = "share"
    note: bool = False
    levels: Collection[str] = areas.LEVELS


PEOPLE = Kinds("caseload/people", "active_cases", "caseload.people", levels=finest.PERSONAL)


def described(
    levels: Iterable[Finest], breakdown: str, *, words: Words, key: str, top: int, kinds: Kinds = PEOPLE
) -> Iterator[Described]:
    """The largest groups first, ages in their natural order; at most `top` bars, the table has all.

    Where the answer has the comparison too, its shares stand beside those of the place, in the same order.
    """
    for at in levels:
        every = at.published.where(breakdown=breakdown)
        own = every.where(**at.chosen.here) if "area_code" in every.names else every
        group = own.only(kinds.category, kinds.count, kinds.share)
        if breakdown == "age_group":
            group = group.in_order("category", AGES)
        texts = f"{kinds.texts}.{breakdown}"
        notes = [
            words.t(f"{texts}.note") if kinds.note else "",
            whole.noted(words, own, at.chosen.area_code),
        ]
        compared = _compared(every, group, kinds) if at.chosen.compare and own is not every else None
        if compared and not _is_delivered(compared, kinds, str(at.chosen.compare)):
            notes.append(_not_beside(str(at.chosen.compare), words))
            compared = None
        both = partial(bars.side_by_side, words=words, x=kinds.category, y=kinds.share, by=at.series)
        alone = partial(bars.ranked, words=words, x=kinds.category, y=kinds.count, top=top)
        yield Described(
            key,
            sentences.largest(
                group,
                kinds.share,
                words=words,
                key=texts,
                label=kinds.category,
                decided_by=kinds.count,
                **setting.told(words, at.chosen.area_code, at.chosen.period),
            ),
            at,
            compared or group,
            partial(both, compared) if compared else partial(alone, group),
            note=" ".join(filter(None, notes)) or None,
        )


def lines(published: Published, by: str, words: Words) -> tuple[list[str], list[list[str]]]:
    """The headings of that table, and its rows, each with its name in front."""
    names = [column for column in published.columns if column.role is not Role.DIMENSION]
    headings = [words.t("municipality.measure")]
    headings += [words.place_or_category(str(value), by) for value in published.column(by)]
    rows = [
        [words.label(column.name)]
        + [words.cell(cell, column.name, column.role) for cell in published.column(column.name)]
        for column in names
    ]
    return headings, rows


def _compared(every: Published, own: Published, kinds: Kinds) -> Published:
    """The place and the comparison, with the groups in the order of those of the place."""
    shown = every.only("area_code", kinds.category, whole.MISSING, kinds.count, kinds.share)
    first = str(dict(own.narrowed)["area_code"])
    return shown.in_order("area_code", (first,)).in_order(
        kinds.category, [str(cell) for cell in own.column(kinds.category)]
    )


def _is_delivered(compared: Published, kinds: Kinds, area_code: str) -> bool:
    cells = compared.where(area_code=area_code).column(kinds.count)
    return any(cell is not Gap.UNKNOWN for cell in cells)


def _not_beside(area_code: str, words: Words) -> str:
    few = areas.within(area_code, areas.KREIS) is None
    return words.t(f"show.not_beside.{'few' if few else 'none'}", area=words.area(area_code))
